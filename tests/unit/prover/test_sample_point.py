"""Small points of the regions that signs mark off: inside, and in simple numbers."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Point
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover import cells
from gametheory_eeu.prover.cells import SamplePoints
from gametheory_eeu.prover.point_search import candidate_values, contains
from gametheory_eeu.prover.sign_abstraction import SignAbstraction

x, y = sp.symbols("x y", real=True)
k = sp.Symbol("k", integer=True)
p = sp.Symbol("p", positive=True)
R = sp.Rational


def sampled(
    condition: Boolean, signs: dict[Any, set[int]], start: Point, space: Space
) -> Point | None:
    """A point where polynomials, named by their expressions, have some of the signs."""
    parts = SignAbstraction([condition], space)
    expressions = parts.expressions
    literals = {expressions.index(e): frozenset(s) for e, s in signs.items()}
    return SamplePoints(parts).point(literals, condition, start)


UNIT = Space((x, y), (x > 0, x < 1, y > x))


@pytest.mark.parametrize(("condition", "signs", "start", "space", "expected"), [
    (x > 3, {x - 3: {1}}, {x: R(17, 3)}, Space((x,)), {x: 4}),
    (x < 3, {x - 3: {-1}}, {x: R(-17, 3)}, Space((x,)), {x: 0}),
    (x <= 3, {x - 3: {-1, 0}}, {x: R(3, 2)}, Space((x,)), {x: 0}),
    (sp.Eq(x, 3), {x - 3: {0}}, {x: 3}, Space((x,)), {x: 3}),
    (sp.Eq(x, R(22, 7)), {7 * x - 22: {0}}, {x: R(22, 7)}, Space((x,)), {x: R(22, 7)}),
    (x > y, {x - y: {1}}, {x: 5, y: R(1, 3)}, Space((x, y)), {x: 1, y: 0}),
    (x + y > 1, {x + y - 1: {1}}, {x: R(7, 9), y: R(8, 9)}, UNIT, {x: R(1, 2), y: 1}),
    (x + y < 1, {x + y - 1: {-1}}, {x: R(1, 9), y: R(2, 9)}, UNIT, {x: R(1, 10), y: R(1, 2)}),
    (x > 10, {x - 10: {1}}, {x: R(1001, 100)}, Space((x,)), {x: R(1001, 100)}),
    (x > 11, {x - 11: {1}}, {x: R(57, 5)}, Space((x,)), {x: R(34, 3)}),
    (k > 2, {k - 2: {1}}, {k: 7}, Space((k,)), {k: 3}),
    (k > 20, {k - 20: {1}}, {k: 27}, Space((k,)), {k: 27}),
    (k < 0, {k: {-1}}, {k: -5}, Space((k,)), {k: -1}),
    (p < 1, {p - 1: {-1}}, {p: R(1, 7)}, Space((p,)), {p: R(1, 2)}),
    (sp.true, {}, {}, Space((x,)), {x: 0}),
    (x > y, {x - y: {1}}, {x: 5}, Space((x, y)), {x: 1, y: 0}),
    (sp.Eq(x, y), {x - y: {0}}, {x: 5, y: 5}, Space((x, y)), {x: 0, y: 0}),
    (sp.And(sp.Eq(x, y), y > 1), {x - y: {0}, y - 1: {1}}, {x: 5, y: 5}, Space((x, y)),
     {x: 2, y: 2}),
    (x > y, {x - y: {1}}, {x: 2, y: sp.sqrt(3)}, Space((x, y)), {x: 0, y: -1}),
    (sp.true, {}, {p: 3}, Space((p,)), {p: 1}),
], ids=range(20))  # fmt: skip
def test_one_symbol_after_the_other_takes_the_simplest_value(
    condition: Boolean, signs: Any, start: Point, space: Space, expected: Point
) -> None:
    point = sampled(condition, signs, start, space)
    assert point is not None
    assert contains(space, point)
    assert truth_value(condition, point) is True
    assert point == expected


def test_a_start_outside_is_searched_for_anew() -> None:
    point = sampled(x > 1, {x - 1: {1}}, {x: 1, y: 1}, Space((x, y), (y > 2,)))
    assert point is not None
    assert point[x] > 1
    assert point[y] > 2
    assert sampled(x > 1, {x - 1: {1}}, {x: 5}, Space((x,), (x < 1,))) is None
    assert sampled(x > 1, {x - 1: {1}}, {x: 5, y: 0}, Space((x, y), (y > 1, y < 1))) is None
    root = sampled(sp.Eq(x**2, 2), {x**2 - 2: {0}}, {x: sp.sqrt(2)}, Space((x,), (x > 0,)))
    assert root == {x: sp.sqrt(2)}
    irrational = sampled(x > 1, {x - 1: {1}}, {x: sp.sqrt(3)}, Space((x,)))
    assert irrational == {x: 2}
    absolute = sampled(sp.Abs(x) > 3, {}, {x: 4}, Space((x,)))
    assert absolute is not None
    assert abs(absolute[x]) > 3


@pytest.mark.parametrize("values", list(product((-2, 0, R(1, 3), 5), repeat=2)))
def test_the_signs_at_a_point(values: tuple[Any, Any]) -> None:
    parts = SignAbstraction([x > 0, x * y - 1 > 0, sp.Eq(x + y, R(1, 3))], Space((x, y)))
    point = dict(zip((x, y), map(sp.sympify, values), strict=True))
    signs = cells._PointSigns(parts, point)
    for index, expression in enumerate(parts.expressions):
        assert signs[index] == signs[index] == sp.sign(expression.subs(point))


@pytest.mark.parametrize("value", [
    R(31416, 10000), R(1819, 10001), R(-7, 11), R(23, 101), R(2, 5), R(-1, 3),
], ids=str)  # fmt: skip
def test_candidates_are_small_numbers_and_then_near_ones(value: sp.Rational) -> None:
    *found, last = candidate_values(x, value)
    assert last == value
    assert found[:5] == [0, 1, -1, 2, R(1, 2)]
    for largest, near in zip((4, 10, 100, 10_000), found[-4:], strict=True):
        assert near.q <= largest
        # What |value - n/d| is for the best n, as a float: the least of them is no nearer.
        least = min(abs((2 * value.p * d + value.q) // (2 * value.q) * value.q - value.p * d) / d
                    for d in range(1, largest + 1)) / value.q  # fmt: skip
        assert float(abs(near - value)) == pytest.approx(least, rel=1e-9, abs=1e-15)


def test_candidates_for_a_whole_number_are_whole() -> None:
    whole = list(candidate_values(k, R(7, 2)))
    assert whole[:3] == [0, 1, 2]
    assert whole[-2:] == [3, 4]
    assert all(v.is_Integer for v in whole)
