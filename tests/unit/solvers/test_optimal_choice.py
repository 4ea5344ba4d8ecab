"""Best choices of a number, against a search over the range at values of the parameters."""

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.optimal_choice import (
    BestChoice,
    Gap,
    _overlaps,
    _Piece,
    _regimes,
    _sign_fits,
    _undecided,
    best_choices,
)

a, b, x = sp.symbols("a b x", real=True)
UNIT = ChoiceRange(x, sp.Integer(0), sp.Integer(1), True, True)
GRID = [sp.Rational(n, 12) for n in range(13)]
HALF = sp.Rational(1, 2)


def item(condition: Any, value: Any, other: Any = 0) -> Continuation:
    payoffs = {"A": sp.sympify(value), "B": sp.sympify(other)}
    return Continuation(sp.sympify(condition), FrozenMapping(payoffs))


def solved(items: list[Continuation], space: Space) -> tuple[list[BestChoice], list[Gap]]:
    found = list(best_choices("A", UNIT, items, space))
    return [f for f in found if isinstance(f, BestChoice)], [f for f in found if isinstance(f, Gap)]


GAMES: list[tuple[list[Continuation], tuple[Any, ...]]] = [
    ([item(True, a * x)], (a > -2, a < 2)),
    ([item(True, x * (a - x))], (a > -1, a < 3)),
    ([item(x <= a, x), item(x >= a, 0)], (a > 0, a < 1)),
    ([item(x <= a, 1 - x), item(x >= a, 3 - x)], (a > 0, a < 1)),
    ([item(x >= a, -(x**2)), item(x <= a, -HALF)], (a > 0, a < 1)),
    ([item(sp.And(x <= HALF, a >= 0), x), item(sp.And(x >= HALF, a >= 0), 1 - x),
      item(a <= 0, -x)], (a > -1, a < 1)),
    ([item(sp.Or(x <= HALF, a > 0), x), item(sp.And(x >= HALF, a <= 0), -x)], (a > -1, a < 1)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(GAMES)))
def test_a_best_choice_pays_at_least_what_every_other_does(number: int) -> None:
    items, given = GAMES[number]
    found, _ = solved(items, Space((a,), given))
    assert found
    for value in map(sp.Rational, ("-7/12", "-1/4", "1/12", "1/4", "1/2", "7/12", "3/4", "11/12")):
        point = {a: value}
        if not all(bool(c.subs(point)) for c in given):
            continue
        # What is open at a boundary is left out of a deviation's gain: only inner points count.
        payoffs = {z: [i.payoffs["A"].subs({a: value, x: z}) for i in items
                       if bool(i.condition.subs({a: value, x: z}))] for z in GRID}  # fmt: skip
        best = max(v[0] for v in payoffs.values() if len(v) == 1)
        there = [f for f in found if not f.free and bool(sp.sympify(f.condition).subs(point))]
        assert there
        for choice in there:
            z = choice.value.subs(point)
            assert 0 <= z <= 1
            follows = items[choice.continuation]
            assert bool(follows.condition.subs({a: value, x: z}))
            assert follows.payoffs["A"].subs({a: value, x: z}) >= best


def test_a_slope_decides_between_the_ends() -> None:
    found, gaps = solved([item(True, a * x)], Space((a,)))
    fixed = {(f.value, f.condition, f.place) for f in found if not f.free}
    assert {(0, a <= 0, "low"), (1, a >= 0, "high")} <= fixed
    assert all(f.condition == sp.Eq(a, 0) for f in found if f.free)
    assert gaps == []


def test_at_a_breakpoint_the_follower_does_what_existence_demands() -> None:
    w = sp.Symbol("w", real=True)
    accepts, rejects = item(x <= 1 - w, x), item(x >= 1 - w, 0)
    found, gaps = solved([accepts, rejects], Space((w,), (w > 0, w < 1)))
    there = [f for f in found if bool(f.condition.subs(w, sp.Rational(1, 3)))]
    assert [(f.value, f.continuation, f.place, f.free) for f in there] == [(1 - w, 0, "edge", ())]
    assert gaps == []


def test_a_payoff_that_is_only_approached_is_no_best_choice() -> None:
    found, _ = solved([item(x < HALF, x), item(x >= HALF, -x)], Space((a,)))
    assert [f for f in found if f.condition != sp.false] == []


def test_two_continuations_with_different_payoffs_leave_a_gap() -> None:
    _, gaps = solved([item(x >= 0, x), item(x >= -1, -x)], Space((a,)))
    assert [g.condition for g in gaps] == [sp.true]
    assert "several continuations" in gaps[0].why
    _, gaps = solved([item(x >= 0, x, 1), item(x >= -1, x, 2)], Space((a,)))
    assert len(gaps) == 1  # they differ for somebody else
    _, gaps = solved([item(x >= 0, x, 1), item(x >= -1, x, 1)], Space((a,)))
    assert gaps == []
    _, gaps = solved([item(x >= HALF, x), item(x <= HALF, 1 - x)], Space((a,)))
    assert gaps == []  # they meet in a point


def test_a_tie_that_the_choice_does_not_break_is_a_gap() -> None:
    items = [item(a >= 0, x), item(a <= 0, -x)]
    found, gaps = solved(items, Space((a,)))
    assert {(f.value, f.condition, f.continuation) for f in found} == {
        (sp.Integer(1), a >= 0, 0), (sp.Integer(0), -a >= 0, 1)
    }  # fmt: skip
    assert {g.condition for g in gaps} == {sp.Eq(a, 0)}
    assert all("does not break" in g.why for g in gaps)
    _, gaps = solved(items, Space((a,), (sp.Ne(a, 0),)))
    assert gaps == []


def piece(number: int, *given: Any, atoms: Any = ()) -> _Piece:
    return _Piece(number, tuple(given), tuple(atoms), x)


def test_expressions_are_counted_once_whatever_their_sign() -> None:
    pieces = [piece(0, (a - b, ">")), piece(1, (b - a, ">="), (2 * a, ">")), piece(2, (a, "!="))]
    assert _undecided(pieces) == [a - b, 2 * a, a]
    assert _undecided([]) == []
    assert _undecided([piece(0)]) == []


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("op", "signs"), [(">", {1}), (">=", {1}), ("==", set()), ("!=", {1, -1}), ("<", {-1})]
)
def test_a_relation_where_the_sign_is_given(op: str, signs: set[int], sign: int) -> None:
    assert _sign_fits((a - b, op), (-sign, sign), (b, a - b)) is (sign in signs)
    assert _sign_fits((b - a, op), (sign, sign), (a, a - b)) is (-sign in signs)


def test_a_sign_that_was_not_collected_is_an_error() -> None:
    with pytest.raises(AssertionError, match="has no sign"):
        _sign_fits((a, ">"), (1,), (b,))


def test_the_pieces_of_each_sign_pattern() -> None:
    first, second, always = piece(0, (a, ">")), piece(1, (-a, ">=")), piece(2)
    regimes = list(_regimes((first, second, always), Space((a, b))))
    assert regimes == [(a >= 0, (first, always)), (-a >= 0, (second, always))]
    assert list(_regimes((first, second), Space((a, b), (a > 0,)))) == [(a >= 0, (first,))]
    assert list(_regimes((always,), Space((a, b)))) == [(sp.true, (always,))]
    apart = piece(3, (a, "!="))
    ((regime, active),) = _regimes((apart,), Space((a, b)))
    assert active == (apart,)
    assert all(bool(regime.subs(a, Fraction(n, 2))) for n in (-1, 0, 1))


def test_overlaps_are_looked_for_inside_the_regime() -> None:
    items = [item(True, x), item(True, 1 - x)]
    pieces = [piece(0, atoms=[(x - a, ">=")]), piece(1, atoms=[(b - x, ">=")])]
    (gap,) = _overlaps(pieces, items, a < 7, Space((a, b, x)))
    assert (gap.condition, gap.why) == (
        a < 7, "several continuations are equilibria of one subgame"
    )  # fmt: skip
    assert not list(_overlaps(pieces, items, sp.true, Space((a, b, x), (a >= b,))))
    assert not list(_overlaps([pieces[0], pieces[0]], items, sp.true, Space((a, b, x))))
    assert not list(_overlaps(pieces, [items[0], items[0]], sp.true, Space((a, b, x))))
    assert len(list(_overlaps([*pieces, *pieces], items, sp.true, Space((a, b, x))))) == 1


def test_where_nothing_follows_there_is_a_gap() -> None:
    (gap,) = best_choices("A", UNIT, [item(a > 0, x)], Space.of(a < 0))
    assert isinstance(gap, Gap)
    assert "nothing that follows" in gap.why


def test_a_bound_with_a_slope_in_the_parameters_bounds_a_continuum() -> None:
    """Any x with b x <= a is best where that pays most: found for b > 0, sample and all."""
    line = ChoiceRange(x, -sp.oo, sp.oo)
    after = [item(b * x <= a, sp.Integer(1)), item(b * x > a, sp.Integer(0))]
    found = list(best_choices("A", line, after, Space.of(b > 0, symbols=(a,))))
    assert not any(isinstance(solution, Gap) for solution in found)
    (family,) = (
        s for s in found if isinstance(s, BestChoice) and s.free and s.condition != sp.false
    )
    assert family.condition == sp.true
    assert sp.simplify(family.where.gts - family.where.lts - (a / b - x)) == 0
