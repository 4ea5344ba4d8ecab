"""Reputation on its whole tree: every history, every single deviation, none of the game's code."""

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.games import assessment as assessed
from gametheory_eeu.games import tree as t

History = str  # one letter a turn: S stayed, F fought, G the hegemon gave way
Plan = Callable[[History], tuple[Fraction, Fraction]]


def information_set(who: str, history: History, n: int) -> str:
    left = n - len(history)
    if "G" in history:
        return f"{who} {left}, weakness seen"
    if "F" in history:
        return f"{who} {left}, after fighting {n - history.rindex('F')}"
    return f"{who} {left}, untested"


def plan_of(equilibrium: eeu.Equilibrium, n: int) -> Plan:
    def chance(who: str, action: str, history: History) -> Fraction:
        value = equilibrium.profile[information_set(who, history, n)][action]
        return Fraction(int(value.p), int(value.q))

    return lambda h: (chance("member", "stay", h), chance("hegemon", "fight", h))


def gain(plan: Plan, n: int, a: Fraction, b: Fraction, p: Fraction) -> Fraction:
    """The most that one deviation, after any history whatever, gains anybody."""
    most = Fraction(-1)

    def visit(history: History, belief: Fraction) -> Fraction:
        """The weak hegemon's value from here on; looks at every deviation below on its way."""
        nonlocal most
        if len(history) == n:
            return Fraction(0)
        stay, fight = plan(history)
        fought = belief + (1 - belief) * fight
        after = belief / fought if fought else belief
        kept = a + visit(history + "S", belief)
        met, given = visit(history + "F", after) - 1, visit(history + "G", Fraction(0))
        mean = fight * met + (1 - fight) * given
        defying = b - fought
        most = max(most, met - mean, given - mean, -(1 - stay) * defying, stay * defying)
        return stay * kept + (1 - stay) * mean

    visit("", p)
    return most


def numbers(rng: random.Random) -> tuple[Fraction, Fraction, Fraction, int]:
    n = rng.randint(1, 5)
    b = Fraction(rng.randint(1, 9), 10)
    a = 1 + Fraction(rng.randint(1, 30), 10)
    tie = rng.random() < 0.3
    p = b ** rng.randint(1, n) if tie else Fraction(rng.randint(1, 999), 1000) ** rng.randint(1, 4)
    return a, b, p, n


def test_no_single_deviation_gains_after_any_history(
    rng: random.Random, samples: Callable[[int], range]
) -> None:
    for _ in samples(60):
        a, b, p, n = numbers(rng)
        game = eeu.Reputation(a=a, b=b, p=p, member_count=n)
        found = [e for e in game.solve() if not e.free]
        assert len(found) == 1
        assert gain(plan_of(found[0], n), n, a, b, p) == 0


def test_free_mixes_at_a_tie_hold_on_the_whole_tree() -> None:
    x = sp.Symbol("x", real=True)
    for n in (1, 2, 3):
        for first in range(1, n + 1):
            b, a = Fraction(1, 3), Fraction(2)
            game = eeu.Reputation(a=a, b=b, p=b**first, member_count=n)
            (family,) = (e for e in game.solve() if e.free)
            for mix in (Fraction(3, 5), Fraction(1)):
                chosen = family.subs({x: sp.Rational(mix.numerator, mix.denominator)}, game)
                assert gain(plan_of(chosen, n), n, a, b, b**first) == 0
            low = family.subs({x: sp.Rational(1, 4)}, game)  # below 1/a
            assert (gain(plan_of(low, n), n, a, b, b**first) == 0) == (first == n)


@pytest.mark.parametrize("n", [6, 7, 8])
def test_the_whole_tree_of_as_many_members_as_are_listed(n: int, rng: random.Random) -> None:
    """3^8 histories with every deviation after each, at a tie and between ties."""
    for tie in (False, True):
        a, b, _, _ = numbers(rng)
        p = b ** rng.randint(1, n) * (1 if tie else Fraction(9, 10))
        found = eeu.Reputation(a=a, b=b, p=p, member_count=n).solve()
        (equilibrium,) = (e for e in found if not e.free)
        assert gain(plan_of(equilibrium, n), n, a, b, p) == 0


def test_others_exist_at_a_tie_with_mixes_that_differ_by_history() -> None:
    """p = b, two members: the last stays or not when untested, and pays for having been fought."""
    a, b = Fraction(2), Fraction(1, 3)
    (listed,) = (e for e in eeu.Reputation(a=a, b=b, p=b, n=2).solve() if not e.free)
    for untested in (Fraction(0), Fraction(1, 5), Fraction(1)):

        def plan(history: History, untested: Fraction = untested) -> tuple[Fraction, Fraction]:
            stay, fight = plan_of(listed, 2)(history)
            return (untested if history == "S" else stay), fight

        assert gain(plan, 2, a, b, b) == 0


def whole_tree(game: eeu.Reputation, n: int) -> t.Node:
    """The same game written as an extensive form, with the members' information sets."""
    s = game.symbols

    def turn(kind: str, history: History, paid: sp.Expr, members: dict[str, sp.Expr]) -> t.Node:
        left = n - len(history)
        if left == 0:
            return t.Outcome({"weak hegemon": paid, **members})
        me = f"member {left}"
        stayed = turn(kind, history + "S", paid + s.a, {**members, me: sp.Integer(0)})
        fought = turn(kind, history + "F", paid - 1, {**members, me: s.b - 1})
        gave = turn(kind, history + "G", paid, {**members, me: s.b})
        answer: t.Node = fought
        if kind == "weak":
            actions = (("fight", fought), ("give way", gave))
            answer = t.Move("weak hegemon", f"hegemon after {history!r}", actions, "weak")
        choice = (("stay", stayed), ("defy", answer))
        return t.Move(me, f"member after {history!r}", choice, kind)

    types = (("tough", s.p), ("weak", 1 - s.p))
    zero = sp.Integer(0)
    return t.Chance(tuple((kind, chance, turn(kind, "", zero, {})) for kind, chance in types))


@pytest.mark.parametrize("n", [1, 2])
def test_the_general_tree_code_proves_every_equilibrium(n: int) -> None:
    """In symbols, over the region of each: Bayes' rule and sequential rationality."""
    game = eeu.Reputation(member_count=n)
    root = whole_tree(game, n)
    for equilibrium in game.solve():
        profile, beliefs = {}, {}
        for move in t.decision_nodes(root):
            history = move.information_set.split("'")[1]
            own = information_set(move.information_set.split()[0], history, n)
            profile[move.information_set] = equilibrium.profile[own]
            beliefs[move.information_set] = (
                equilibrium.beliefs[own] if own in equilibrium.beliefs else {"weak": sp.Integer(1)}
            )
        for owed in assessed.obligations(root, (profile, beliefs), perfect=True):
            proof = eeu.prove(owed.statement, given=equilibrium.space)
            assert proof.verdict == "proved", (equilibrium.name, owed)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_the_course_agrees_with_the_plans(rng: random.Random, n: int) -> None:
    """Its value and its defections, against payoffs summed over the plans of all histories."""
    for _ in range(6):
        a, b, p, _ = numbers(rng)
        game = eeu.Reputation(a=a, b=b, p=p, member_count=n)
        (equilibrium,) = (e for e in game.solve() if not e.free)
        course = game.course()
        value = equilibrium.payoffs["weak hegemon"]
        assert course.rows[0].weak_value == Fraction(int(value.p), int(value.q))
        members = sum(equilibrium.payoffs[f"member {k}"] for k in range(1, n + 1))
        expected = sum((row.reached * row.defies * (b - row.fought) for row in course), Fraction(0))
        assert sp.Rational(expected.numerator, expected.denominator) == members
        for k in range(1, n + 1):
            assert sum(row.reached for row in course if row.members_left == k) == 1


def member(equilibrium: eeu.Equilibrium, played: dict[str, dict[str, sp.Expr]]) -> bool:
    """Whether some values of what is free give this profile."""
    gaps = [c - played[n][a] for n, mix in equilibrium.profile.items() for a, c in mix.items()]
    open_ = [gap for gap in gaps if gap.free_symbols]
    if any(gap != 0 for gap in gaps if not gap.free_symbols):
        return False
    at = sp.solve(open_, equilibrium.free, dict=True) if open_ else [{}]
    return any(equilibrium.where.subs(values) != sp.false for values in at)


@pytest.mark.parametrize(
    ("n", "p"), [(1, "1/4"), (1, "1/2"), (1, "3/4"), (2, "1/8"), (2, "3/8"), (2, "3/4")]
)
def test_the_engine_for_trees_finds_the_closed_form(n: int, p: str) -> None:
    """Among all perfect Bayesian equilibria of the whole tree is that of Kreps and Wilson."""
    game = eeu.Reputation(member_count=n)
    players = ["weak hegemon", *(f"member {n - k}" for k in range(n))]
    tree = eeu.ExtensiveForm(whole_tree(game, n), players, given=game.space)
    values = {"a": 2, "b": "1/2", "p": p}
    found = tree.at(**values).solve("perfect Bayesian")
    assert found.complete_where == sp.true
    for closed in game.at(**values).solve():
        if closed.free:
            continue
        played = {}
        for name, actions in tree.actions.items():
            own = information_set(name.split()[0], name.split("'")[1], n)
            played[name] = {action: closed.profile[own][action] for action in actions}
        assert any(member(equilibrium, played) for equilibrium in found)
    if n == 1:
        assert len(found) == (3 if p == "1/2" else 1)
