"""Continuations against their definition, and conditions in conjunctions against their values."""

import math
from fractions import Fraction
from functools import cache
from itertools import product
from math import isqrt
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import continuation as module
from gametheory_eeu.solvers.continuation import (
    Continuation,
    linear_conjunctions,
    merged,
    occurring,
    smooth_cases,
    weighted_sum,
)

a, b, x, y = sp.symbols("a b x y", real=True)
SYMBOLS = (a, b, x)
POINTS = [
    tuple(map(Fraction, texts))
    for texts in product(
        ("-1", "0", "1/2", "2"), ("-1", "0", "1"), ("-2", "-1", "0", "1/2", "1", "2")
    )
]
ANYWHERE = Space(SYMBOLS)
POSITIVE = Space(SYMBOLS, (a > 0, b > 0))
COMPARE = {">": gt, ">=": ge, "==": eq, "!=": ne, "<": lt, "<=": le}


def root(number: Fraction) -> Fraction | float:
    """The root, exact where it is rational; an error where it is not real."""
    exact = Fraction(isqrt(number.numerator), isqrt(number.denominator))
    return exact if exact**2 == number else math.sqrt(number)


@cache
def function(expression: Any) -> Any:
    return sp.lambdify(SYMBOLS, expression, modules=[{"sqrt": root}], cse=False)


def value(expression: Any, point: tuple[Fraction, ...]) -> Any:
    """The value at a point; None where it is undefined."""
    try:
        return function(expression)(*point)
    except (ZeroDivisionError, ValueError):
        return None


def holds(condition: Any, point: tuple[Fraction, ...]) -> bool | None:
    """The truth of a condition at a point; None where it is undefined."""
    relations = condition.atoms(sp.core.relational.Relational)
    if any(value(r.lhs - r.rhs, point) is None for r in relations):
        return None
    known = {r: sp.sympify(bool(value(r, point))) for r in relations}
    return bool(condition.xreplace(known))


CONDITIONS = [
    x > a, x >= a, sp.Eq(x, a), sp.Ne(x, a), x < -a, sp.true, sp.false,
    a * x > 1, a * x >= 1, a * x <= b, -a * x < b, (a - b) * x >= b, sp.Eq(a * x, b),
    (x - a) * (x - b) > 0, (x - a) * (x - b) >= 0, (x - a) * (b - x) > 0, (x - a) * (b - x) >= 0,
    sp.Ne((x - a) * (x - b), 0), sp.Eq((x - a) * (x - b), 0), sp.Eq((x - a) * (x - b) * (x - 1), 0),
    (x - a) ** 2 > 0, (x - a) ** 2 * (x - b) > 0, (x - a) ** 2 * (x - b) >= 0,
    (x - a) ** 3 > 0, -((x - a) ** 3) >= 0, -3 * (x - a) * (x - b) > 0, -a * (x - b) >= 0,
    (x - a) ** 2 * (x - b) ** 2 * x > 0, (x - a) ** 2 * (x - b) ** 2 * x >= 0,
    x**2 > a, x**2 >= a, x**2 < a, x**2 <= a, x**2 + a > 0,
    a * x**2 > b, a * x**2 >= b, a * x**2 + b * x + 1 > 0, a * x**2 + b * x - 1 >= 0,
    x**2 + a * x + 1 >= 0, -(x**2) + a * x + b > 0, -(x**2) + a * x + b >= 0,
    x**3 > a + 1, x**3 + x >= b,
    1 / x > a, (x - a) / b > 1, (x - a) / (b - 2) >= 1, (x - a) / (x - b) >= 0,
    x / (a + 1) > b, sp.Eq((x - a) / b, 1), sp.Ne((x - a) / (b - 5), 1), x / 2 >= a / 3,
    sp.And(x > a, x < b), sp.Or(x > a, x < b), sp.And(sp.Or(x > a, x > b), sp.Or(x < 1, a < b)),
    sp.Not(sp.And(x > a, x <= b)), sp.Not(sp.Or(x > a, sp.Eq(x, b))), sp.Or(sp.Eq(x, a), a > b),
    sp.And(x > a, sp.Or(a >= b, sp.Ne(x, b))), a > b, sp.And(a >= b, a > 0), sp.And(x > a, x < a),
]  # fmt: skip


@pytest.mark.parametrize("space", [ANYWHERE, POSITIVE], ids=["anywhere", "positive"])
@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_conjunctions_hold_where_the_condition_does(condition: Any, space: Space) -> None:
    conjunctions = list(linear_conjunctions(condition, x, space))
    for point in POINTS:
        expected = holds(condition, point)
        if expected is not None and all(holds(c, point) for c in space.constraints):
            found = any(all(is_true(e, op, point) for e, op in atoms) for atoms in conjunctions)
            assert found == expected, point


def is_true(expression: sp.Expr, op: str, point: tuple[Fraction, ...]) -> bool:
    """The relation to zero, not true where a root of it is not real."""
    number = value(expression, point)
    return number is not None and bool(COMPARE[op](number, 0))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (x > a, [((x - a, ">"),)]),
        (a * x > 1, [((a * x - 1, ">"),)]),
        (b * x < -a * x, [((-x, ">"),)]),
        ((x - a) ** 2 > 0, [((x - a, "!="),)]),
        (a * b > 0, [()]),
        (a + b < 0, []),
        (sp.true, [()]),
        (sp.false, []),
        (sp.And(x > a, x < b), [((x - a, ">"), (b - x, ">"))]),
        (sp.And(x > a, x < -a - 1), []),
        (sp.And(x > 1, sp.Or(a >= b, a < 0)), [((x - 1, ">"), (a - b, ">="))]),
        (x**2 + a * x + a**2 > 0, [()]),
        (-(x**2) - a > 0, []),
    ],
    ids=str,
)
def test_what_a_space_settles_is_left_out(condition: Any, expected: list[Any]) -> None:
    found = list(linear_conjunctions(condition, x, POSITIVE))
    assert [
        tuple((sp.expand(e), op) for e, op in atoms) for atoms in found
    ] == [tuple((sp.expand(e), op) for e, op in atoms) for atoms in expected]  # fmt: skip


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_lines_have_a_slope_of_known_sign(condition: Any) -> None:
    for atoms in linear_conjunctions(condition, x, ANYWHERE):
        for expression, op in atoms:
            poly = sp.Poly(expression, x) if expression.is_polynomial(x) else None
            if poly is None or poly.degree() != 1 or op in ("==", "!="):
                continue
            slope = poly.LC()
            assert slope.is_number or {(slope, ">"), (-slope, ">")} & set(atoms)


ONE = Continuation(
    x > 0,
    FrozenMapping({"A": x, "B": a + x}),
    FrozenMapping({"y": x + 1}),
    FrozenMapping({"I": ("l", "r"), "J": ("u",)}),
    FrozenMapping({"y": "y inside"}),
    FrozenMapping({"I": (0,)}),
    (x,),
    x < a,
)
TWO = Continuation(
    a > 0,
    FrozenMapping({"A": sp.Integer(3), "B": b}),
    FrozenMapping({"y": sp.Integer(7), "z": b}),
    FrozenMapping({"I": ("m", "l"), "K": ("d",)}),
    FrozenMapping({"y": "y = 0", "z": "z = 1"}),
    FrozenMapping({"I": (1,), "K": (2, 3)}),
    (y, x),
    y > b,
)


def test_an_action_comes_before_what_follows() -> None:
    after = TWO.after_action("L", "go")
    assert list(after.steps.items()) == [("L", ("go",)), ("I", ("m", "l")), ("K", ("d",))]
    assert (after.condition, after.payoffs, after.selection) == (a > 0, TWO.payoffs, TWO.selection)
    taken = TWO.taking("L", [4, 5])
    assert list(taken.selection.items()) == [("L", (4, 5)), ("I", (1,)), ("K", (2, 3))]
    assert taken.steps == TWO.steps


def test_a_number_is_put_in_everywhere() -> None:
    at = ONE.at({x: b})
    assert (at.condition, at.where) == (b > 0, b < a)
    assert dict(at.payoffs) == {"A": b, "B": a + b}
    assert dict(at.choices) == {"y": b + 1}
    assert (at.steps, at.places, at.selection, at.free) == (
        ONE.steps, ONE.places, ONE.selection, (x,)
    )  # fmt: skip


def test_what_chance_reaches_is_merged() -> None:
    both = merged([ONE, TWO])
    assert both.condition == sp.And(x > 0, a > 0)
    assert both.where == sp.And(x < a, y > b)
    assert both.payoffs == ONE.payoffs
    assert dict(both.choices) == {"y": x + 1, "z": b}
    assert dict(both.places) == {"y": "y inside", "z": "z = 1"}
    assert dict(both.steps) == {"I": ("l", "r", "m"), "J": ("u",), "K": ("d",)}
    assert dict(both.selection) == {"I": (0,), "K": (2, 3)}
    assert both.free == (x, y)


def test_the_payoffs_of_a_lottery_are_weighted_by_player() -> None:
    half = {"A": sp.Rational(1, 2), "B": 1 - a}
    rest = {"A": b, "B": a}
    total = weighted_sum([(half, ONE), (rest, TWO)])
    assert sp.expand(total.payoffs["A"] - x / 2 - 3 * b) == 0
    assert sp.expand(total.payoffs["B"] - (1 - a) * (a + x) - a * b) == 0
    assert (total.condition, total.free) == (sp.And(x > 0, a > 0), (x, y))


def item(condition: Any, **payoffs: Any) -> Continuation:
    return Continuation(condition, FrozenMapping(payoffs))


def test_only_what_occurs_is_kept() -> None:
    space = Space((a, b), (a > 0,))
    items = [item(c, A=sp.Integer(k)) for k, c in enumerate(
        (sp.true, sp.false, a > -1, a < -1, sp.And(a > b, a > -5), b > 0)
    )]  # fmt: skip
    found = [(c.payoffs["A"], c.condition) for c in occurring(items, space)]
    assert found == [(0, sp.true), (2, sp.true), (4, a > b), (5, b > 0)]
    assert occurring(items[:2], Space((a,), (a > 0, a < 0))) == items[:1]  # nothing is asked


def test_the_number_of_cases_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CONTINUATIONS", 2)
    items = [item(sp.true, A=sp.Integer(k)) for k in range(3)]
    assert occurring(items[:2], Space((a,))) == items[:2]
    with pytest.raises(TooLargeError, match="3 cases, above the limit of 2"):
        occurring(items, Space((a,)))


def test_extrema_are_resolved_into_cases() -> None:
    smooth = item(a > 0, A=a, B=b)
    pointed = item(b > -1, A=sp.Max(a, 0), B=sp.Min(a, b))
    found = smooth_cases([smooth, pointed], Space((a, b)))
    assert found[0] is smooth
    assert all(not v.has(sp.Max, sp.Min) for c in found for v in c.payoffs.values())
    for point in product(
        map(Fraction, (-2, -1, 0, 1, 2)), map(Fraction, (-1, 0, 2)), (Fraction(0),)
    ):
        values = {(value(c.payoffs["A"], point), value(c.payoffs["B"], point))
                  for c in found[1:] if holds(c.condition, point)}  # fmt: skip
        first, second, _ = point
        assert values == ({(max(first, 0), min(first, second))} if second > -1 else set())


def test_cases_that_a_condition_excludes_are_left_out() -> None:
    found = smooth_cases([item(a > 0, A=sp.Abs(a), B=b)], Space((a, b)))
    assert [(c.condition, dict(c.payoffs)) for c in found] == [
        (sp.And(a > 0, a >= 0), {"A": a, "B": b})
    ]
