"""Bounds on rounding: no exact value lies outside, and signs are those of exact arithmetic."""

from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.core import evaluate
from gametheory_eeu.core.evaluate import UndecidedError
from gametheory_eeu.sweeps.error_bounds import bounded
from gametheory_eeu.sweeps.formulas import Signs, SignTable
from gametheory_eeu.sweeps.sign_tests import UNDEFINED, GeneralTest, PolynomialTest, SignTest
from gametheory_eeu.sweeps.tiles import Column, Tile

x, y = sp.symbols("x y", real=True)

DECIMALS = st.decimals(-3, 3, places=3).map(float)
LEAVES = st.sampled_from([x, y, sp.Integer(2), sp.Rational(1, 3), sp.Integer(-1)])


def combined(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: sp.Max(*p)),
        pairs.map(lambda p: sp.Piecewise((p[0], p[0] > p[1]), (p[1], True))),
        parts.map(lambda p: p**2),
        parts.map(lambda p: sp.Pow(p, -1, evaluate=False)),
        parts.map(lambda p: sp.sqrt(p) if not p.is_negative else p),
        parts.map(sp.Abs),
        parts.map(lambda p: sp.exp(p) if sp.count_ops(p) < 6 else p),
        parts.map(lambda p: p if p.is_number and not p.is_positive else sp.log(p)),
    )


EXPRESSIONS = st.recursive(LEAVES, combined, max_leaves=6).filter(
    lambda e: e.free_symbols and not e.has(sp.zoo, sp.nan, sp.I)
)


@given(EXPRESSIONS, DECIMALS, DECIMALS)
def test_no_exact_value_lies_outside_its_bound(expr: sp.Expr, a: float, b: float) -> None:
    point = {x: eeu.exact(a), y: eeu.exact(b)}
    try:
        exact = evaluate.value(expr, point)
    except (UndecidedError, OverflowError):
        return
    value, radius = bounded(expr, {x: np.array([a]), y: np.array([b])})
    if exact is None:
        assert not np.isfinite(radius[0])
    elif np.isfinite(radius[0]):
        assert abs(sp.N(exact - sp.Float(float(value[0]), 40), 40)) <= radius[0] * (1 + 1e-9)


def codes(test: SignTest, tile: Tile) -> Any:
    """The signs as numbers, 2 for none."""
    found = test.signs(tile)
    if found.signs is not None:
        return found.signs
    return found.above.astype(int) - found.below.astype(int)


@given(EXPRESSIONS, st.lists(st.tuples(DECIMALS, DECIMALS), min_size=1, max_size=4))
def test_signs_are_exact(expr: sp.Expr, points: list[tuple[float, float]]) -> None:
    columns = {s: Column(np.array([p[k] for p in points])) for k, s in enumerate((x, y))}
    try:
        values = [evaluate.value(expr, {x: eeu.exact(a), y: eeu.exact(b)}) for a, b in points]
        expected = [UNDEFINED if v is None else evaluate.sign_of(v) for v in values]
        found = codes(GeneralTest(expr), Tile(columns))
    except (UndecidedError, OverflowError, eeu.GameTheoryError):
        return
    assert np.broadcast_to(found, (len(points),)).tolist() == expected
    for sign in (-1, 0, 1):
        is_in = GeneralTest(expr).signs(Tile(columns)).is_in(frozenset({sign}))
        assert np.broadcast_to(is_in, (len(points),)).tolist() == [e == sign for e in expected]


@pytest.mark.parametrize("offset", [0, 1e-17, -1e-17, 1e-15, -1e-15])
def test_a_polynomial_that_cancels_is_decided_exactly(offset: float) -> None:
    polynomial = sp.expand((x - y) ** 2 * (x + y))
    a = sp.Rational(1, 3) + eeu.exact(offset)
    given_ = np.array([a], dtype=object)
    columns = {x: Column(given_.astype(float), given_), y: Column(np.array([1 / 3]))}
    expected = evaluate.sign_of((a - eeu.exact(1 / 3)) ** 2)
    assert codes(PolynomialTest(polynomial), Tile(columns)).tolist() == [expected]


RATIONAL = st.recursive(LEAVES, lambda parts: st.one_of(
    st.tuples(parts, parts).map(lambda p: p[0] + p[1]),
    st.tuples(parts, parts).map(lambda p: sp.Mul(*p, evaluate=False)),
    parts.map(lambda p: sp.Pow(p, -1, evaluate=False)),
), max_leaves=3)  # fmt: skip
BY_CASES = st.tuples(RATIONAL, RATIONAL, RATIONAL).map(
    lambda p: sp.Piecewise((p[0], p[1] > p[2]), (p[2], True), evaluate=False)
)


@given(BY_CASES, BY_CASES, RATIONAL, st.sampled_from([sp.Gt, sp.Ge, sp.Eq, sp.Ne]))
def test_relations_of_values_by_cases_are_decided_case_by_case(
    first: sp.Expr, second: sp.Expr, other: sp.Expr, relation: Any
) -> None:
    """At every point of a grid with ties and poles, as the evaluator reads the condition."""
    condition = relation(sp.Add(sp.Mul(first, other, evaluate=False), second, evaluate=False),
                         first, evaluate=False)  # fmt: skip
    if condition.has(sp.zoo, sp.nan):
        return
    table = SignTable()
    formulas = [table.formula(condition), table.formula(condition, truth=False)]
    assert not any(isinstance(test, GeneralTest) for test in table.tests)
    points = [(a, b) for a in (-1.0, 0.0, 1.0, 2.0) for b in (-1.0, 0.0, 1.0)]
    columns = {s: Column(np.array([p[k] for p in points])) for k, s in enumerate((x, y))}
    signs = Signs(table, Tile(columns))
    true, false = (np.broadcast_to(signs.truth(f), (len(points),)) for f in formulas)
    for k, (a, b) in enumerate(points):
        expected = evaluate.truth_value(condition, {x: eeu.exact(a), y: eeu.exact(b)})
        assert (true[k], false[k]) == (expected is True, expected is False)


def test_conditions_follow_kleene() -> None:
    table = SignTable()
    condition = sp.Or(1 / x > 0, y > 1, evaluate=False)
    formulas = [table.formula(condition), table.formula(condition, truth=False)]
    columns = {
        x: Column(np.array([0.0, 0.0, 2.0, -2.0])),
        y: Column(np.array([2.0, 0.0, 0.0, 0.0])),
    }
    signs = Signs(table, Tile(columns))
    true, false = (signs.truth(f).tolist() for f in formulas)
    assert true == [True, False, True, False]
    assert false == [False, False, False, True]
