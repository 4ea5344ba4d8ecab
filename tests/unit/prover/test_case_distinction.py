"""Case distinctions: what a formula with cases is at points, and conditions without their edges."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.case_distinction import (
    MAX_CASES,
    cases,
    closure,
    interior,
    is_satisfiable,
    negation,
)

x, y, z = sp.symbols("x y z", real=True)
PLANE = Space.of(symbols=[x, y])
ALL = Space.of(symbols=[x, y, z])
GRID = [sp.Rational(n, 2) for n in (-4, -1, 0, 1, 2, 3)]
POINTS = [{x: i, y: j} for i, j in product(GRID, repeat=2)]
EXPRESSIONS = [
    sp.Max(x, y), sp.Min(x, y, 1), sp.Abs(x - y), sp.sign(x) * y, sp.Max(x, 0) - sp.Min(y, 0),
    sp.Piecewise((x, x > 1), (y, x > 0), (x + y, True)), sp.Piecewise((x, x > 0), (y, y > 0)),
    sp.Max(sp.Abs(x), y), sp.Piecewise((sp.Abs(y), sp.Or(x > 1, y > 1)), (2, True)),
    sp.sign(sp.Abs(x) - 1), sp.Piecewise((x, sp.Abs(y) < 1), (y, sp.Eq(x, 0)), (2, True)),
]  # fmt: skip


def found(expression: sp.Expr, space: Space = ALL) -> list[tuple[sp.Expr, sp.Basic]]:
    return [(case.expression, case.condition) for case in cases(expression, space)]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_at_every_point_each_case_that_holds_has_the_value(expression: sp.Expr) -> None:
    all_cases = cases(expression, PLANE)
    for point in POINTS:
        held = [c for c in all_cases if c.condition.xreplace(point) == sp.true]
        here = {c.expression.xreplace(point) for c in held}
        value = expression.xreplace(point)
        assert here == (set() if value is sp.nan else {value}), point
    assert not any(
        c.expression.has(sp.Max, sp.Min, sp.Abs, sp.sign, sp.Piecewise) for c in all_cases
    )
    assert len({c.expression for c in all_cases}) == len(all_cases)


def test_each_function_has_its_cases_in_order() -> None:
    assert found(x * y) == [(x * y, sp.true)]
    assert found(sp.Abs(x)) == [(x, x >= 0), (-x, x <= 0)]
    assert found(sp.sign(x)) == [(1, x > 0), (0, sp.Eq(x, 0)), (-1, x < 0)]
    assert found(sp.Max(x, y, z)) == [
        (x, sp.And(x >= y, x >= z)), (y, sp.And(y >= x, y >= z)), (z, sp.And(z >= x, z >= y)),
    ]  # fmt: skip
    assert found(sp.Max(x / z, y / z)) == [(x / z, x / z >= y / z), (y / z, y / z >= x / z)]
    assert found(sp.Min(x, y)) == [(x, x <= y), (y, y <= x)]
    assert found(sp.Piecewise((x, x > 1), (y, y > 0), (z, True))) == [
        (x, x > 1), (y, sp.And(x <= 1, y > 0)), (z, sp.And(x <= 1, y <= 0)),
    ]  # fmt: skip


def test_the_case_of_an_outer_function_comes_first() -> None:
    inner = sp.Piecewise((sp.Max(x, y), z > 0), (0, True))
    assert found(inner) == [(x, sp.And(x >= y, z > 0)), (y, sp.And(y >= x, z > 0)), (0, z <= 0)]
    # but not where its own case depends on the inner one
    assert found(sp.Max(y, sp.Abs(x))) == [
        (x, sp.And(x >= 0, x >= y)),
        (y, sp.Or(sp.And(x >= 0, y >= x), sp.And(x <= 0, y >= -x))),
        (-x, sp.And(x <= 0, -x >= y)),
    ]


def test_cases_that_no_point_is_in_are_left_out() -> None:
    right = Space.of(x > 0, symbols=[x, y])
    assert found(sp.Abs(x), right) == [(x, x >= 0)]
    assert found(sp.sign(x), right) == [(1, x > 0)]
    assert {e for e, _ in found(sp.Max(x, -x, y), right)} == {x, y}


def test_an_edge_is_a_case_only_where_its_neighbours_do_not_have_it() -> None:
    half = Space.of(x >= 0)
    assert found(sp.Max(x, 0), half) == [(x, x >= 0)]
    edge = sp.Piecewise((5, sp.Eq(x, 0)), (x, True))
    assert found(edge, half) == [(5, sp.Eq(x, 0)), (x, sp.Ne(x, 0))]
    assert found(sp.sign(x), half) == [(1, x > 0), (0, sp.Eq(x, 0))]
    # A space that is an edge, or that has a part that is one, is covered all the same.
    assert {e for e, _ in found(sp.Max(x, y), Space.of(sp.Eq(x, y)))} == {x, y}
    part = sp.Or(sp.And(sp.Eq(x, y), x > z), sp.And(z > x, z > y))
    assert {e for e, _ in found(sp.Max(x, y, z), Space.of(part))} == {x, y, z}


def test_too_many_cases_are_refused() -> None:
    s = sp.symbols("s:7", real=True)
    bits = [sp.sign(e) * 3**k for k, e in enumerate(s)]
    with pytest.raises(TooLargeError, match="more than 64 cases"):
        cases(sp.Add(*bits), Space.of(symbols=s))
    assert len(cases(sp.Add(*bits[:2]), Space.of(symbols=s[:2]))) == 9 < MAX_CASES


def test_conditions_with_and_without_their_edges() -> None:
    condition = sp.And(x > 0, y <= x, sp.Ne(x, 2), sp.Or(y < 1, sp.Eq(x, 1)))
    assert closure(condition) == sp.And(x >= 0, y <= x, sp.Or(y <= 1, sp.Eq(x, 1)))
    assert closure(sp.Or(x > 1, x < 0)) == sp.Or(x >= 1, x <= 0)
    assert interior(condition, frozenset({x})) == sp.And(x > 0, y < x, sp.Ne(x, 2), y < 1)
    assert interior(sp.And(x >= 0, y <= 1), frozenset({y})) == sp.And(x >= 0, y < 1)
    assert interior(sp.Or(sp.Eq(x, y), y <= 0), frozenset({x})) == (y <= 0)
    assert interior(sp.Le(x, 0), frozenset({x, y})) == (x < 0)
    assert interior(sp.Ge(x, y), frozenset()) == (x >= y)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (x > 0, x <= 0), (x >= y, x < y), (sp.Eq(x, y), sp.Ne(x, y)), (sp.Ne(x, 0), sp.Eq(x, 0)),
        (sp.And(x > 0, sp.Or(y > 0, z > 0)), sp.Or(x <= 0, sp.And(y <= 0, z <= 0))),
        (sp.true, sp.false),
    ],
    ids=str,
)  # fmt: skip
def test_a_denial_goes_down_to_the_relations(condition: sp.Basic, expected: sp.Basic) -> None:
    assert negation(condition) == expected


def test_what_is_not_settled_may_be() -> None:
    assert is_satisfiable(Space.of(x > 0, x < 1))
    assert not is_satisfiable(Space.of(x > 1, x < 1))
    assert is_satisfiable(Space.of(sp.sin(x) > 2))
