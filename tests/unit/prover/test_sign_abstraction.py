"""Conditions as formulas on signs: true at a point exactly where they are defined and true."""

from itertools import product
from typing import Any

import pytest
import sympy as sp
import z3

from gametheory_eeu._types import Boolean, Expr, Point
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.sign_abstraction import SignAbstraction, SignFormula, is_satisfied

x, y = SYMBOLS = sp.symbols("x y", real=True)
PLANE = Space(SYMBOLS)
GRID = [dict(zip(SYMBOLS, map(sp.Rational, point), strict=True))
        for point in product((-2, -1, 0, "1/2", 2), repeat=2)]  # fmt: skip
RELATIONS = {sp.Gt: {1}, sp.Ge: {0, 1}, sp.Lt: {-1}, sp.Le: {-1, 0}, sp.Eq: {0}, sp.Ne: {-1, 1}}


def holds(parts: SignAbstraction, formula: SignFormula, point: Point) -> bool:
    return is_satisfied(formula, [int(sp.sign(e.xreplace(dict(point)))) for e in parts.expressions])


SIDES = (
    x, x * y, x**2, x**2 * y, -(x**3) * y, x / y, x**2 / y, -x / y**2, x - y, (1 - x) * y,
    (x - y) ** 2 * (x - 1), 1 / x, -2 / (x * y), x**2 + 1, sp.S.Zero, sp.Integer(-3), x**3 - x,
    (x - y) / (y - x), (x**2 - y**2) / (x - y), 2 - x - y, (1 / x) / (1 / y),
)  # fmt: skip


@pytest.mark.parametrize("side", SIDES, ids=str)
def test_a_relation_is_a_formula_on_signs(side: Expr) -> None:
    values = [side.xreplace(point) for point in GRID]
    for head, allowed in RELATIONS.items():
        condition = head(side, sp.S.Zero, evaluate=False)
        parts = SignAbstraction([condition], PLANE)
        negative = parts.formula(condition, False)
        for point, value in zip(GRID, values, strict=True):
            truth = sp.sign(value) in allowed if value.is_Rational else None
            assert holds(parts, parts.formulas[0], point) is (truth is True), (condition, point)
            assert holds(parts, negative, point) is (truth is False), (condition, point)


CONDITIONS = (
    sp.true, sp.false, sp.And(x > 0, y > 0), sp.Or(x > 0, y > 0), sp.Not(sp.And(x > 0, y > 0)),
    sp.Not(sp.Or(x > 0, 1 / y > 0), evaluate=False), sp.Implies(x > 0, y > 1),
    sp.Implies(x > 0, 1 / y > 1), sp.ITE(x > 0, y > 0, y < 1), sp.Not(sp.Eq(x, y)),
    sp.And(x > 0, sp.Or(y > 1, sp.Not(x > 1))), sp.Eq(1 / (x - 1), y), sp.Gt(1 / (1 + 1 / x), y),
    sp.Not(sp.Implies(x > 0, y > 0), evaluate=False), sp.Not(sp.ITE(x > 0, y > 0, y < 1)),
    sp.Gt(1 / x, 1 / x, evaluate=False), sp.Ge(1 / x, 1 / x, evaluate=False),
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(CONDITIONS)))
def test_a_condition_is_true_where_it_is_defined_and_holds(number: int) -> None:
    condition = CONDITIONS[number]
    parts = SignAbstraction([condition], PLANE)
    negative = parts.formula(condition, False)
    for point in GRID:
        truth = truth_value(condition, point)
        assert holds(parts, parts.formulas[0], point) is (truth is True), point
        assert holds(parts, negative, point) is (truth is False), point


EVERYWHERE, NOWHERE, DEFINED = sp.true, sp.false, sp.Ne(x, 0)


@pytest.mark.parametrize(("condition", "expected"), [
    (sp.Xor(x > 0, y > 0), sp.Or(sp.And(x > 0, y <= 0), sp.And(x <= 0, y > 0))),
    (sp.Equivalent(x > 0, y > 0), sp.Or(sp.And(x > 0, y > 0), sp.And(x <= 0, y <= 0))),
    (sp.Lt(x, sp.oo, evaluate=False), EVERYWHERE), (sp.Lt(1 / x, sp.oo, evaluate=False), DEFINED),
    (sp.Gt(1 / x, -sp.oo, evaluate=False), DEFINED), (sp.Gt(1 / x, sp.oo, evaluate=False), NOWHERE),
    (sp.Gt(-sp.oo, y, evaluate=False), NOWHERE), (sp.Eq(x, sp.oo, evaluate=False), NOWHERE),
], ids=range(8))  # fmt: skip
def test_what_the_evaluator_does_not_read(condition: Boolean, expected: Boolean) -> None:
    parts = SignAbstraction([condition], PLANE)
    for point in GRID:
        assert holds(parts, parts.formulas[0], point) is bool(expected.xreplace(point))


@pytest.mark.parametrize("condition", [
    sp.Gt(sp.Abs(x), y), sp.Max(x, y) > 1, sp.sqrt(x) > y, 1 / sp.sqrt(x) > 0,
    sp.Gt(x ** sp.Rational(2, 3), y, evaluate=False), sp.Lt(x ** sp.Rational(-1, 2), 1 - y),
], ids=str)  # fmt: skip
def test_roots_and_cases_have_an_unknown(condition: Boolean) -> None:
    """Some polynomials have an unknown more, which has its value at each point."""
    parts = SignAbstraction([condition], PLANE)
    for point in GRID:
        values = {}
        for node, name in parts.encoder.names.items():
            value = sp.sympify(node).xreplace(point)
            values[name] = value if value.is_real else sp.S.Zero  # undefined: of any value
        signs = []
        for polynomial in parts.polynomials:
            names = polynomial.context().names()
            total = sum(sp.Rational(int(c.p), int(c.q))
                        * sp.prod(values[n] ** int(k) for n, k in zip(names, powers, strict=True))
                        for powers, c in polynomial.to_dict().items())  # fmt: skip
            signs.append(int(sp.sign(total)))
        expected = truth_value(condition, point) is True
        assert is_satisfied(parts.formulas[0], signs) is expected, point


def test_conditions_share_their_polynomials() -> None:
    parts = SignAbstraction([x * y > 0, sp.Eq(-y, 0), y - x < 0, (x - y) ** 3 * x > 0], PLANE)
    assert set(parts.expressions) == {x, y, x - y}
    assert len(parts.polynomials) == 3
    assert all(p.leading_coefficient() > 0 for p in parts.polynomials)


def test_nine_factors_of_a_product_are_kept_together() -> None:
    for count in (8, 9):
        many = sp.prod(x - k for k in range(count))
        parts = SignAbstraction([many > 0], PLANE)
        extra = [e for e in parts.expressions if sp.degree(e, x) > 1]
        assert bool(extra) is (count > 8)
        for value in (sp.Rational(-1, 2), sp.Integer(3), sp.Rational(7, 2), sp.Integer(11)):
            point = {x: value, y: sp.S.Zero}
            assert holds(parts, parts.formulas[0], point) is bool(many.subs(x, value) > 0)


def test_what_is_no_condition_on_signs_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="is not a condition"):
        SignAbstraction([sp.Symbol("p")], PLANE)


def test_an_expression_by_cases_is_defined_on_the_space() -> None:
    open_cases = sp.Piecewise((y, x > 0)) > 1
    inside = SignAbstraction([open_cases], Space(SYMBOLS, (x > 1,)))
    assert inside.formulas
    with pytest.raises(UnsupportedError, match="not proved to be defined"):
        SignAbstraction([open_cases], PLANE)
    with pytest.raises(UnsupportedError, match="not proved to be defined"):
        SignAbstraction([sp.Max(1 / x, y) > 0], PLANE)
    assert SignAbstraction([sp.Max(1 / x, y) > 0], Space(SYMBOLS, (x > 1,))).formulas


def test_the_space_is_text_for_a_solver() -> None:
    space = Space(SYMBOLS, (x > 1, x * y < 2))
    parts = SignAbstraction([y > 0], space)
    solver = z3.Solver()
    solver.from_string(parts.base)
    zx, zy = z3.Reals("$x $y")
    expected = z3.And(zx > 1, zx * zy < 2)
    other = z3.Solver()
    other.add(z3.And(*solver.assertions()) != expected)
    assert other.check() == z3.unsat


INSIDE = Space(SYMBOLS, (x > 0, y < 0))


@pytest.mark.parametrize(("expr", "expected"), [
    (x - 3, 1), (3 - x, -1), ((x - 3) * y, -1), ((x - 3) / x, 1), ((3 - x) / y, 1), (x, None),
    ((x - 3) ** 2, None), ((x - 3) ** 3, 1), ((x - 3) * y**2, 1), ((x - 3) * (x + y), None),
    ((x - 3) * (x + y) ** 2, None), (x / (x - 3), 1), (x * (2 * x - 6), 1), (sp.Integer(2), None),
    (sp.Symbol("other", real=True) * (x - 3), None), (sp.sqrt(x) * (x - 3), None),
    (-2 * x * (x - 3), -1), ((x - 3) / (-5), -1), (1 / (3 - x), -1),
], ids=str)  # fmt: skip
def test_which_expressions_share_the_sign_of_a_polynomial(expr: Expr, expected: Any) -> None:
    parts = SignAbstraction([x > 3], INSIDE)
    assert parts.expressions == [x - 3]
    assert parts.orientation(expr, 0) == expected


@pytest.mark.parametrize(("expr", "expected"), [
    (x, 1), (y, -1), (x - y, 1), (x + y, None), (x * y, -1), (-x, -1), (x**2, 1),
    (sp.Integer(2), 1), (sp.Integer(-2), -1), (sp.Integer(1), 1), (x - 1, None),
], ids=str)  # fmt: skip
def test_the_strict_sign_all_over_the_space(expr: Expr, expected: int | None) -> None:
    parts = SignAbstraction([x > 3], INSIDE)
    polynomial = parts.encoder.quotient(expr).above
    assert [parts.strict_sign(polynomial) for _ in range(2)] == [expected, expected]
