"""Random trees of two players with types and hidden moves, by independent routes.

Linear programmes leave supports out; here they are compared with the search without them, and with
the normal form: every pure equilibrium of its reduced strategies, and every isolated mixed one.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.forms.tree_strategies import strategies
from gametheory_eeu.solvers import behaviour_supports


def two_stages(rng: random.Random) -> eeu.ExtensiveForm:
    """1 has a type, and moves again after 2, who sees 1's first move alone, has replied."""
    builder = eeu.ExtensiveForm.builder("1", "2").chance({"t": "1/3", "u": "2/3"})
    for kind in "tu":
        builder.move("1", ["l", "r"], kind, f"1 of type {kind}")
    for move in "lr":
        builder.move("2", ["x", "y"], f"*/{move}", f"2 after {move}")
    builder.move("1", ["go", "stop"], ["t/l/x"], "1 again")
    for kind, move, reply in product("tu", "lr", "xy"):
        ends = ["/go", "/stop"] if (kind, move, reply) == ("t", "l", "x") else [""]
        for end in ends:
            builder.payoffs(f"{kind}/{move}/{reply}{end}", rng.randint(0, 9), rng.randint(0, 9))
    return builder.build()


def types_on_both_sides(rng: random.Random) -> eeu.ExtensiveForm:
    """Two types each, moves at the same time."""
    deals = [a + b for a in "tu" for b in "vw"]
    builder = eeu.ExtensiveForm.builder("1", "2").chance(dict.fromkeys(deals, "1/4"))
    for a in "tu":
        builder.move("1", ["l", "r"], [d for d in deals if d[0] == a], f"1 of type {a}")
    for b in "vw":
        places = [f"{d}/{m}" for d in deals if d[1] == b for m in "lr"]
        builder.move("2", ["x", "y"], places, f"2 of type {b}")
    for deal, move, reply in product(deals, "lr", "xy"):
        builder.payoffs(f"{deal}/{move}/{reply}", rng.randint(0, 9), rng.randint(0, 9))
    return builder.build()


Trees = pytest.mark.parametrize("tree", [two_stages, types_on_both_sides])


@Trees
@pytest.mark.parametrize("concept", ["Nash", "perfect Bayesian"])
def test_linear_programmes_leave_out_nothing(
    tree: Callable[[random.Random], eeu.ExtensiveForm],
    concept: str,
    samples: Callable[[int], range],
    rng: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in samples(4):
        game = tree(rng)
        quick = game.solve(concept)
        with monkeypatch.context() as patch:
            patch.setattr(behaviour_supports, "is_rational_tree", lambda _: False)
            slow = game.solve(concept)
        assert quick.names == slow.names
        assert [(e.profile, e.beliefs, e.free, e.where) for e in quick] == [
            (e.profile, e.beliefs, e.free, e.where) for e in slow
        ]


@Trees
def test_pure_equilibria_are_those_of_the_normal_form(
    tree: Callable[[random.Random], eeu.ExtensiveForm],
    samples: Callable[[int], range],
    rng: random.Random,
) -> None:
    several = 0
    for _ in samples(10):
        game = tree(rng)
        plans = {p: strategies(game, p) for p in game.players}
        form = game.normal_form()
        expected = set()
        for equilibrium in form.solve("pure Nash"):
            played = {
                at: action
                for player, mix in equilibrium.profile.items()
                for at, action in plans[player][next(s for s, q in mix.items() if q == 1)].items()
            }
            expected.add(tuple(played.get(at, "any") for at in game.actions))
        found = {_pure(e) for e in game.solve("Nash")} - {None}
        assert found == expected
        several += len(expected) > 1
    assert several > 0


def _pure(equilibrium: eeu.Equilibrium) -> tuple[str, ...] | None:
    """The action at each set, any where the player's own play never leads; None for a mix."""
    found = []
    for name, mix in equilibrium.profile.items():
        sure = [a for a, p in mix.items() if p == 1]
        idle = name == "1 again" and equilibrium.profile["1 of type t"]["l"] == 0
        if not sure and not idle:
            return None
        found.append("any" if idle else sure[0])
    return tuple(found)


def test_isolated_mixed_equilibria_are_those_of_the_normal_form(
    samples: Callable[[int], range], rng: random.Random
) -> None:
    mixed = 0
    for _ in samples(10):
        game = types_on_both_sides(rng)
        nash = game.solve("Nash")
        known = [e for e in nash if not e.free]
        for equilibrium in game.normal_form().solve():
            if equilibrium.free:
                continue
            behaviour = game.behaviour(equilibrium.profile)
            same = [
                e
                for e in known
                if all(sp.simplify(e.profile[at][a] - p) == 0
                       for at, mix in behaviour.items() for a, p in mix.items())
            ]  # fmt: skip
            assert same or any(e.free for e in nash)
            mixed += bool(same) and any(
                p not in (0, 1) for mix in behaviour.values() for p in mix.values()
            )
        for own in known:
            replies = [game.best_replies(own.profile, player) for player in game.players]
            mixture = game.mixture(own.profile)
            for player, best in zip(game.players, replies, strict=True):
                assert all(s in best for s, p in mixture[player].items() if p != 0)
    assert mixed > 0
