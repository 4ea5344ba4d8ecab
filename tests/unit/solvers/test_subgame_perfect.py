"""Backward induction with real moves, on small trees solved by hand."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.solvers import subgame_perfect
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.moves import (
    ChoiceRange,
    Decision,
    Distribution,
    Draw,
    End,
    Lottery,
    RealChoice,
)
from gametheory_eeu.solvers.optimal_choice import BestChoice
from gametheory_eeu.solvers.subgame_perfect import BackwardInduction, _at_least, _chosen

a, b, p, t, x = sp.symbols("a b p t x", real=True)
FREE = Space((a, b))
UNIT = ChoiceRange(x, sp.Integer(0), sp.Integer(1), True, True)
NUMBER = Distribution.uniform(t, sp.Integer(0), sp.Integer(1))


def end(first: Any, second: Any = 0) -> End:
    return End(FrozenMapping({"A": sp.sympify(first), "B": sp.sympify(second)}))


def lottery(**chances: Any) -> Lottery:
    return Lottery(FrozenMapping({k: sp.sympify(v) for k, v in chances.items()}))


def solve(nodes: Any, space: Space = FREE) -> tuple[BackwardInduction, list[Continuation]]:
    induction = BackwardInduction(nodes, ("A", "B"), space)
    return induction, induction.solve()


def test_the_better_action_and_both_at_a_tie() -> None:
    nodes = {(): Decision("A", "A1", ("l", "r")), ("l",): end(a, 1), ("r",): end(b, 2)}
    induction, found = solve(nodes)
    assert [(dict(c.steps), c.payoffs["A"], c.payoffs["B"]) for c in found] == [
        ({"A1": ("l",)}, a, 1), ({"A1": ("r",)}, b, 2)
    ]  # fmt: skip
    for values in ((1, 0), (0, 0), (0, 1)):
        point = dict(zip((a, b), values, strict=True))
        truths = [bool(c.condition.subs(point)) for c in found]
        assert truths == [values[0] >= values[1], values[1] >= values[0]]
    assert [o.play for o in induction.options["A1"]] == ["l", "r"]
    assert [dict(c.selection) for c in found] == [{"A1": (0,)}, {"A1": (1,)}]


def test_an_action_that_is_never_best_is_left_out() -> None:
    nodes = {(): Decision("A", "A1", ("l", "r")), ("l",): end(a), ("r",): end(a + 1)}
    induction, (only,) = solve(nodes)
    assert (only.condition, only.steps["A1"]) == (sp.true, ("r",))
    assert [o.play for o in induction.options["A1"]] == ["r"]


def test_whoever_moves_first_looks_ahead() -> None:
    nodes = {
        (): Decision("A", "A1", ("stop", "go")), ("stop",): end(1, 5),
        ("go",): Decision("B", "B1", ("kind", "mean")),
        ("go", "kind"): end(2, 0), ("go", "mean"): end(0, b),
    }  # fmt: skip
    _, found = solve(nodes)
    plays = {c.steps["A1"] + c.steps.get("B1", ()): c for c in found}
    for number, expected in ((-1, {("go", "kind")}), (1, {("stop",)}),
                             (0, {("go", "kind"), ("stop",)})):  # fmt: skip
        there = {k for k, c in plays.items() if bool(c.condition.subs(b, number))}
        assert there == expected
    assert list(plays["go", "kind"].steps) == ["A1", "B1"]


@pytest.mark.parametrize("weight", [sp.Rational(1, 3), p])
def test_chance_weighs_what_follows(weight: sp.Expr) -> None:
    nodes = {
        (): lottery(up=weight, down=1 - weight), ("up",): end(a, 1),
        ("down",): Decision("B", "B1", ("l", "r")),
        ("down", "l"): end(b, 3), ("down", "r"): end(7, 2),
    }  # fmt: skip
    _, (only,) = solve(nodes, Space((a, b, p), (p > 0, p < 1)))
    assert sp.expand(only.payoffs["A"] - weight * a - (1 - weight) * b) == 0
    assert sp.expand(only.payoffs["B"] - weight - 3 * (1 - weight)) == 0
    assert dict(only.steps) == {"B1": ("l",)}


def test_what_follows_an_outcome_of_probability_zero_is_solved() -> None:
    nodes = {
        (): lottery(up=1, down=0), ("up",): end(a, 1),
        ("down",): Decision("B", "B1", ("l", "r")), ("down", "l"): end(3, 3),
        ("down", "r"): end(7, 2),
    }  # fmt: skip
    _, (only,) = solve(nodes)
    assert (dict(only.payoffs), dict(only.selection)) == ({"A": a, "B": 1}, {"B1": (0,)})
    unknown = {
        (): lottery(up=1, down=0, low=0), ("up",): end(a, 1),
        ("down",): Decision("B", "B1", ("l",)), ("down", "l"): end(3, 3),
        ("low",): Decision("B", "B1", ("l",)), ("low", "l"): end(7, 2),
    }  # fmt: skip
    with pytest.raises(UnsupportedError, match="'B1' is reached with probability zero"):
        solve(unknown)


def test_who_does_not_know_a_chance_move_weighs_it() -> None:
    nodes = {
        (): lottery(up=p, down=1 - p),
        ("up",): Decision("A", "A1", ("l", "r")), ("down",): Decision("A", "A1", ("l", "r")),
        ("up", "l"): end(1), ("up", "r"): end(0), ("down", "l"): end(0), ("down", "r"): end(2),
    }  # fmt: skip
    _, found = solve(nodes, Space((p,), (p > 0, p < 1)))
    assert {c.steps["A1"]: sp.expand(c.payoffs["A"]) for c in found} == {
        ("l",): p,
        ("r",): 2 - 2 * p,
    }
    left, right = found
    for number in map(sp.Rational, ("1/2", "2/3", "3/4")):
        truths = [bool(c.condition.subs(p, number)) for c in (left, right)]
        assert truths == [number >= sp.Rational(2, 3), number <= sp.Rational(2, 3)]


def test_a_real_number_is_chosen_best() -> None:
    induction, found = solve({(): RealChoice("A", "A1", UNIT), ("x",): end(a * x - x**2, x)})
    for number, best in ((-1, 0), (0, 0), (1, sp.Rational(1, 2)), (2, 1), (3, 1)):
        there = {c.choices["x"].subs(a, number) for c in found
                 if bool(sp.sympify(c.condition).subs(a, number))}  # fmt: skip
        assert there == {best}
    assert induction.gaps == []
    assert {c.places["x"] for c in found} == {"x = 0", "x inside", "x = 1"}
    assert [dict(c.selection) for c in found] == [{"A1": (k,)} for k in range(len(found))]
    assert all(sp.expand(c.payoffs["B"] - c.choices["x"]) == 0 for c in found)


def test_an_offer_and_its_answer() -> None:
    nodes = {
        (): RealChoice("A", "A1", UNIT), ("x",): Decision("B", "B1", ("yes", "no")),
        ("x", "yes"): end(x, 1 - x), ("x", "no"): end(0, a),
    }  # fmt: skip
    induction, (only,) = solve(nodes, Space((a,), (a > 0, a < 1)))
    assert (only.condition, only.choices["x"], only.steps["B1"]) == (sp.true, 1 - a, ("yes",))
    assert dict(only.payoffs) == {"A": 1 - a, "B": a}
    assert only.places["x"] == "x at a breakpoint"
    assert {o.play for o in induction.options["B1"]} == {"yes", "no"}


@pytest.mark.parametrize(("informed", "pay"), [(("A",), sp.Rational(1, 2) + a**2 / 2), ((), None)])
def test_a_draw_that_is_known_or_not(informed: tuple[str, ...], pay: Any) -> None:
    """Guess whether t exceeds a: with t known A takes the larger of t and a."""
    nodes = {
        (): Draw(NUMBER, informed), ("t",): Decision("A", "A1", ("t", "a")),
        ("t", "t"): end(t), ("t", "a"): end(a),
    }  # fmt: skip
    _, found = solve(nodes, Space((a,), (a > 0, a < 1)))
    for number in map(sp.Rational, ("1/4", "1/2", "3/4")):
        there = {c.payoffs["A"].subs(a, number) for c in found
                 if bool(sp.sympify(c.condition).subs(a, number))}  # fmt: skip
        expected = max(number, sp.Rational(1, 2)) if pay is None else pay.subs(a, number)
        assert there == {expected}


def test_signals_are_refused() -> None:
    actions = ("l", "r")
    nodes = {
        (): lottery(up=p, down=1 - p), ("up",): Decision("B", "B1", actions),
        ("up", "l"): Decision("A", "A1", actions), ("up", "r"): end(0),
        ("up", "l", "l"): end(1), ("up", "l", "r"): end(0),
        ("down",): Decision("A", "A1", actions), ("down", "l"): end(1), ("down", "r"): end(0),
    }  # fmt: skip
    with pytest.raises(UnsupportedError, match="'A1' does not know what a better informed"):
        solve(nodes, Space((p,), (p > 0, p < 1)))
    first, second = Draw(NUMBER, ("A",)), Draw(NUMBER, ())
    differ: dict[tuple[str, ...], Any] = {
        (): lottery(up=p, down=1 - p), ("up",): first, ("down",): second,
        ("up", "t"): Decision("A", "A1", actions), ("down", "t"): Decision("A", "A1", actions),
        **{(side, "t", act): end(1) for side in ("up", "down") for act in actions},
    }  # fmt: skip
    with pytest.raises(UnsupportedError, match="nodes of 'A1' differ in what A knows"):
        solve(differ, Space((p,), (p > 0, p < 1)))


def test_the_cases_after_chance_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes: dict[tuple[str, ...], Any] = {(): lottery(up=p, down=1 - p)}
    for side in ("up", "down"):
        nodes[(side,)] = Decision("A", f"A {side}", ("l", "r"))
        nodes[side, "l"], nodes[side, "r"] = end(0, 1), end(0, 2)
    space = Space((p,), (p > 0, p < 1))
    monkeypatch.setattr(subgame_perfect, "MAX_CONTINUATIONS", 4)
    assert len(solve(nodes, space)[1]) == 4
    monkeypatch.setattr(subgame_perfect, "MAX_CONTINUATIONS", 3)
    with pytest.raises(TooLargeError, match="falls into 4 cases, above the limit of 3"):
        solve(nodes, space)


def test_a_continuum_matters_where_somebody_moved_before() -> None:
    last = {(): RealChoice("A", "A1", UNIT), ("x",): end(1, x)}
    induction, found = solve(last)
    assert any(c.free for c in found)
    assert induction.gaps == []
    for second, gaps in ((x, 1), (2, 0)):
        nodes = {
            (): Decision("B", "B1", ("in", "out")), ("in",): RealChoice("A", "A1", UNIT),
            ("in", "x"): end(1, second), ("out",): end(0, 0),
        }  # fmt: skip
        induction, _ = solve(nodes)
        assert len([g for g in induction.gaps if "continuum" in g.why]) == gaps


@pytest.mark.parametrize(
    ("place", "name"),
    [("low", "x = 0"), ("high", "x = 1"), ("inside", "x inside"), ("edge", "x at a breakpoint")],
)
def test_a_choice_comes_before_what_follows(place: Any, name: str) -> None:
    after = Continuation(
        x > b, FrozenMapping({"A": x + a, "B": x * b}), FrozenMapping({"y": 2 * x}),
        places=FrozenMapping({"y": "y inside"}), free=(t,), where=t < x,
    )  # fmt: skip
    best = BestChoice(a, a > 0, place, 0, (x,), x > 0)
    found = _chosen(UNIT, best, after)
    assert (found.condition, dict(found.payoffs)) == (a > 0, {"A": 2 * a, "B": a * b})
    assert list(found.choices.items()) == [("x", a), ("y", 2 * a)]
    assert list(found.places.items()) == [("x", name), ("y", "y inside")]
    assert (found.free, found.where) == ((x, t), sp.And(x > 0, t < a))


@pytest.mark.parametrize(
    ("own", "other"),
    [(a, b), (a * b + 1, a * b), (sp.Max(a, 0), b), (a, sp.Min(b, 1)), (sp.Abs(a), sp.Max(a, b))],
    ids=str,
)
def test_what_pays_at_least_as_much(own: sp.Expr, other: sp.Expr) -> None:
    found = _at_least(own, other, FREE)
    assert not found.has(sp.Max, sp.Min, sp.Abs)
    for first in (-1, 0, sp.Rational(1, 2), 2):
        for second in (-1, 0, 1, 2):
            point = {a: first, b: second}
            assert bool(found.subs(point)) == bool(own.subs(point) >= other.subs(point))
