"""Sequential equilibria: beliefs off the path are limits under trembles (Kreps and Wilson 1982)."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms.tree_builder import TreeBuilder
from gametheory_eeu.games.tree import Chance, Move, Node

Beliefs = dict[str, dict[str, str]]
HALF = sp.Rational(1, 2)


def build(*players: str, given: object = ()) -> TreeBuilder[eeu.ExtensiveForm]:
    started: TreeBuilder[eeu.ExtensiveForm] = eeu.ExtensiveForm.builder(*players, given=given)
    return started


def uninformed(prior: object = "1/4", given: object = ()) -> eeu.ExtensiveForm:
    """A, who does not know the type, stops or goes; then B plays L or R."""
    builder = build("A", "B", given=given).chance({"1": prior, "2": f"1 - ({prior})"})
    builder.move("A", ["stop", "go"], ["1", "2"]).move("B", ["L", "R"], ["1/go", "2/go"])
    builder.payoffs("*/stop", 0, 0)
    builder.payoffs("1/go/L", -1, 1).payoffs("2/go/L", -1, 0)
    return builder.payoffs("1/go/R", 1, 0).payoffs("2/go/R", 1, 1).build()


def test_a_deviation_of_somebody_uninformed_says_nothing() -> None:
    game = uninformed()
    assert "stop; L" in game.solve().names
    found = game.solve("sequential")
    assert found.names == ("go; R",)
    assert found.complete_where == sp.true
    assert found[0].verify().verdict == "proved"


def test_any_assessment_is_checked_for_consistency() -> None:
    game = uninformed()
    stops = {"A": "stop", "B": "L"}
    believed = {"B": {"1": "3/4", "2": "1/4"}}
    assert game.verify_assessment(stops, believed).verdict == "proved"
    check = game.verify_assessment(stops, believed, "sequential")
    assert check.failures == ("at B: beliefs are consistent",)
    prior = {"B": {"1": "1/4", "2": "3/4"}}
    assert game.verify_assessment(stops, prior, "sequential").failures == ("at B: R gains nothing",)


def test_with_a_symbol_as_prior() -> None:
    """(stop; L) is sequential exactly where L is best against the prior."""
    found = uninformed("p", given="0 < p < 1").solve("sequential")
    p = sp.Symbol("p", real=True)
    conditions = {e.name: e.condition for e in found}
    assert conditions["go; R"] == (p <= HALF)
    assert conditions["stop; L"] == (p >= HALF)
    assert found["stop; L"].beliefs["B"] == {"1": p, "2": 1 - p}
    assert found.complete_where == sp.true
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_a_chance_that_may_be_zero_is_refused() -> None:
    with pytest.raises(GameTheoryError, match="p is not known to"):
        uninformed("p").solve("sequential")


@pytest.fixture(scope="module")
def horse() -> eeu.ExtensiveForm:
    """Selten (1975), figure 1."""
    tree = build("1", "2", "3").move("1", ["D", "A"]).move("2", ["d", "a"], "A")
    tree.move("3", ["L", "R"], ["D", "A/d"])
    tree.payoffs("D/L", 3, 3, 2).payoffs("D/R", 0, 0, 0).payoffs("A/d/L", 4, 4, 0)
    return tree.payoffs("A/d/R", 0, 0, 1).payoffs("A/a", 1, 1, 1).build()


def test_two_trembles_leave_a_belief_free(horse: eeu.ExtensiveForm) -> None:
    """At 3's set D and d are trembles of different players: any belief is consistent."""
    perfect, sequential = horse.solve(), horse.solve("sequential")
    assert sequential.names == perfect.names == ("A; a; R", "A; a; L + R (tie)")
    assert [e.where for e in sequential] == [e.where for e in perfect]
    assert {v.verdict for v in sequential.verify().values()} == {"proved"}


def two_receivers() -> eeu.ExtensiveForm:
    """Types t and u; the sender, informed, may go, and R and Q see it, one after the other."""
    builder = build("S", "R", "Q").chance({"t": "1/3", "u": "2/3"})
    builder.move("S", ["home", "go"], "t").move("S", ["home", "go"], "u")
    builder.move("R", ["x", "y"], ["t/go", "u/go"])
    builder.move("Q", ["l", "r"], ["t/go/x", "u/go/x", "t/go/y", "u/go/y"])
    builder.payoffs("t/home", 0, 0, 0).payoffs("u/home", 0, 0, 0)
    for kind, r, q in product("tu", "xy", "lr"):
        right = int((kind == "t") == (r == "x")), int((kind == "t") == (q == "l"))
        builder.payoffs(f"{kind}/go/{r}/{q}", -1, *right)
    return builder.build()


def test_beliefs_at_two_sets_are_bound_to_each_other() -> None:
    """Kreps and Wilson (1982): two uninformed players who follow one tremble share its belief.

    The sender stays at home; both receivers would see it go, and what one knows the other knows.
    """
    game = two_receivers()
    (apart,) = [e for e in game.solve() if e.name == "home, home; x; r"]
    assert len(apart.free) > 1  # R may take it for t, and Q, who knows no more, for u
    found = game.solve("sequential")
    same = found["home, home; x; r"]
    assert (same.free, same.beliefs["R"]) == ((), {"t": HALF, "u": HALF})
    alike = [e for e in found if e.name.startswith(("home, home; x; l [", "home, home; y; r ["))]
    assert len(alike) == 4  # the belief in the better type is 1, or less and at least a half
    for equilibrium in (same, *alike):
        own = [p for node, p in equilibrium.beliefs["Q"].items() if node.startswith("t")]
        assert sp.simplify(sp.Add(*own) - equilibrium.beliefs["R"]["t"]) == 0
        assert equilibrium.verify().verdict == "proved"


def limit(game: eeu.ExtensiveForm, profile: dict[str, str], rng: random.Random) -> Beliefs:
    """What Bayes' rule tends to as random trembles e**k, times a factor, go to zero.

    By the terms of the lowest order alone: neither linear programmes nor logarithms.
    """
    steps = [(name, action) for name, actions in game.actions.items() for action in actions]
    order = {(n, a): 0 if a == profile[n] else rng.randint(1, 3) for n, a in steps}
    factor = {step: Fraction(rng.randint(1, 5)) if k else Fraction(1) for step, k in order.items()}
    found: dict[str, list[tuple[str, int, Fraction]]] = {}

    def walk(node: Node, power: int, weight: Fraction) -> None:
        if isinstance(node, Move):
            name = node.information_set
            found.setdefault(name, []).append((node.node, power, weight))
            for action, child in node.actions:
                step = name, action
                walk(child, power + order[step], weight * factor[step])
        elif isinstance(node, Chance):
            for _, p, child in node.branches:
                walk(child, power, weight * Fraction(int(p.p), int(p.q)))

    walk(game.root, 0, Fraction(1))
    beliefs: Beliefs = {}
    for name, nodes in found.items():
        least = min(power for _, power, _ in nodes)
        kept = {node: weight if power == least else Fraction(0) for node, power, weight in nodes}
        total = sum(kept.values())
        beliefs[name] = {n: f"{w / total}" for n, w in kept.items()}
    return beliefs


def long_shots() -> eeu.ExtensiveForm:
    """Three of a player's moves lead to two sets of another, with some trembles in common."""
    builder = build("1", "2", "3").move("1", ["a", "b", "c"]).move("2", ["d", "e"], ["a", "b"])
    builder.move("3", ["l", "r"], ["a/d", "b/d", "c"]).move("3", ["x", "y"], ["a/e", "b/e"])
    builder.payoffs("*/*/*", 0, 0, 0)
    return builder.payoffs("c/*", 0, 0, 0).build()


@pytest.mark.parametrize("tree", [uninformed, two_receivers, long_shots])
def test_limits_of_trembles_are_consistent_and_others_are_not(
    tree: Callable[[], eeu.ExtensiveForm], rng: random.Random
) -> None:
    game = tree()
    wrong = 0
    for _ in range(12):
        profile = {name: rng.choice(actions) for name, actions in game.actions.items()}
        beliefs = limit(game, profile, rng)
        checks = game.verify_assessment(profile, beliefs, "sequential").results
        found = [proof.verdict for owed, proof in checks if "consistent" in owed.where]
        assert set(found) <= {"proved"}
        for name, belief in beliefs.items():
            if tree is uninformed and len(belief) > 1 and found:
                odd = {**beliefs, name: dict(zip(belief, ("3/5", "2/5"), strict=True))}
                failures = game.verify_assessment(profile, odd, "sequential").failures
                wrong += any("consistent" in f for f in failures)
    assert wrong > 0 or tree is not uninformed
