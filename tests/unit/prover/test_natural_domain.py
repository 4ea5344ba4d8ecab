"""Where an expression is a real number, against its values."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.indeterminates import natural_domain

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True)
GRID = list(product((-2, -1, sp.Rational(-1, 2), 0, sp.Rational(1, 2), 1, 2), repeat=2))


def piecewise(*pairs: tuple[Expr, Boolean]) -> Expr:
    return sp.Piecewise(*pairs, evaluate=False)


@pytest.mark.parametrize(("expr", "expected"), [
    (x, sp.true), (sp.Integer(2), sp.true), (x**2 * y - 3, sp.true), (1 / x, sp.Ne(x, 0)),
    (x**-3, sp.Ne(x, 0)), (sp.sqrt(x), x >= 0), (1 / sp.sqrt(x), x > 0), (sp.log(x), x > 0),
    (x ** sp.Rational(2, 3), x >= 0), (x ** sp.Rational(-2, 3), x > 0),
    (sp.log(x) + sp.sqrt(y), sp.And(x > 0, y >= 0)), (sp.erfinv(x), sp.And(x > -1, x < 1)),
    (sp.Abs(1 / x) + sp.exp(y), sp.Ne(x, 0)), (sp.Max(sp.sqrt(x), y), x >= 0),
    (x**y, sp.Or(x > 0, sp.And(sp.Eq(x, 0), y > 0))),
    (x**n, sp.Or(sp.Ne(x, 0), sp.And(sp.Eq(x, 0), n > 0))),
    (sp.log(1 / x), sp.And(sp.Ne(x, 0), 1 / x > 0)), (2**x, sp.true), (sp.sin(x), sp.true),
    (x > 1 / y, sp.Ne(y, 0)), (sp.And(1 / x > 0, sp.sqrt(y) > 0), sp.And(sp.Ne(x, 0), y >= 0)),
    (piecewise((1, x > 0), (y, True)), sp.true), (piecewise((1, x > 0)), x > 0),
    (piecewise((1 / y, x > 0), (y, True)), sp.Or(sp.And(x > 0, sp.Ne(y, 0)), x <= 0)),
    (piecewise((1, x > 0), (1 / y, True)), sp.Or(x > 0, sp.And(x <= 0, sp.Ne(y, 0)))),
    (piecewise((1, 1 / x > 0), (y, True)), sp.Ne(x, 0)),
    (piecewise((1, x > 0), (y, 1 / x > -1)), sp.Or(x > 0, sp.And(x < 0, 1 / x > -1))),
    (piecewise((1, x > 0), (y, x < -1)), sp.Or(x > 0, x < -1)),
    (sp.log(piecewise((y, x > 0), (1, True))), sp.Or(sp.And(x > 0, y > 0), x <= 0)),
    (sp.CRootOf(x**5 - x + 1, 0), sp.true),
], ids=range(30))  # fmt: skip
def test_the_condition_under_which_an_expression_is_real(expr: Expr, expected: Boolean) -> None:
    found = natural_domain(expr)
    if expected in (sp.true, sp.false):
        assert found == expected
        return
    for a, b in GRID:
        at = {x: sp.sympify(a), y: sp.sympify(b), n: sp.sympify(b)}
        if not (expr.has(n) and not at[n].is_Integer):
            assert holds(found, at) is holds(expected, at), at


def holds(condition: Boolean, at: dict[Expr, Expr]) -> bool:
    """Whether a condition is true, read from left to right: what is false first ends it."""
    if isinstance(condition, (sp.And, sp.Or)):
        join = all if isinstance(condition, sp.And) else any
        defined = [c for c in condition.args if not _divides_by_zero(c, at)]
        undefined = len(defined) < len(condition.args)
        values = [holds(c, at) for c in defined]
        return join(values) if not undefined else join is any and any(values)
    return not _divides_by_zero(condition, at) and bool(condition.xreplace(at))


def _divides_by_zero(condition: Boolean, at: dict[Expr, Expr]) -> bool:
    powers = condition.atoms(sp.Pow) if isinstance(condition, sp.core.relational.Relational) else ()
    return any(p.exp.is_negative and p.base.xreplace(at) == 0 for p in powers)


@pytest.mark.parametrize("expr", [sp.gamma(x), sp.Function("f")(x), sp.log(sp.tan(x))], ids=str)
def test_a_function_whose_domain_is_not_known_is_refused(expr: Expr) -> None:
    with pytest.raises(UnsupportedError, match="does not decide"):
        natural_domain(expr)


@pytest.mark.parametrize("function", [
    sp.Abs, sp.sign, sp.exp, sp.erf, sp.erfc, sp.sin, sp.cos, sp.atan, sp.sinh, sp.cosh, sp.tanh,
    sp.asinh,
], ids=str)  # fmt: skip
def test_functions_with_a_value_everywhere(function: type) -> None:
    assert natural_domain(function(x)) == sp.true
    found = natural_domain(function(1 / (x - 1)) + sp.Min(x, y) + sp.Max(x, 2))
    assert [bool(found.subs(x, value)) for value in (0, 1, 2)] == [True, False, True]


def test_cases_that_always_have_a_value_need_no_condition() -> None:
    total = sp.Piecewise((x, x > y), (1, x > 0), (0, True))
    assert natural_domain(total) == sp.true
    partial = sp.Piecewise((x, x > y), (1, x > 0))
    assert natural_domain(partial) != sp.true
