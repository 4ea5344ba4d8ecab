"""The natural domain of an expression: where it is a real number, as a condition."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.prover.indeterminates import unsupported_error

_TOTAL_FUNCTIONS = (
    sp.Add, sp.Mul, sp.Abs, sp.Max, sp.Min, sp.sign, sp.exp, sp.erf, sp.erfc, sp.sin, sp.cos,
    sp.atan, sp.sinh, sp.cosh, sp.tanh, sp.asinh,
)  # fmt: skip
"""Functions with a value wherever their arguments have one."""


@lru_cache(maxsize=4096)
def natural_domain(expression: Expr) -> Boolean:
    """The condition under which every part of an expression is a real number.

    A derivative does not tell: that of ``log(y)`` has values where ``log(y)`` has none.

    Raises
    ------
    UnsupportedError
        A function whose domain is not known here.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> natural_domain(sp.log(x) + sp.sqrt(y)) == sp.And(x > 0, y >= 0)
    True
    """
    return sp.And(*_domain_conditions(expression))


def _domain_conditions(expression: Expr) -> Iterator[Boolean]:
    if isinstance(expression, sp.Piecewise):
        yield _piecewise_domain(expression)
        return
    for part in expression.args:
        yield natural_domain(part)
    if isinstance(expression, sp.Pow):
        yield _power_domain(expression.base, expression.exp)
    elif isinstance(expression, sp.log):
        yield sp.Gt(expression.args[0], 0)
    elif isinstance(expression, sp.erfinv):
        yield sp.And(sp.Gt(expression.args[0], -1), sp.Lt(expression.args[0], 1))
    elif expression.args and not isinstance(
        expression, (*_TOTAL_FUNCTIONS, sp.CRootOf, sp.logic.boolalg.Boolean)
    ):
        raise unsupported_error(expression)


def _power_domain(base: Expr, exponent: Expr) -> Boolean:
    """The domain of a power: a root needs a base >= 0; ``0**0`` is 1 where it is so written."""
    if exponent.is_Integer:
        return sp.Ne(base, 0) if exponent.is_negative else sp.true
    if exponent.is_Rational:
        return sp.Gt(base, 0) if exponent.is_negative else sp.Ge(base, 0)
    at_zero = sp.And(sp.Eq(base, 0), sp.Gt(exponent, 0))
    return sp.Or(sp.Ne(base, 0) if exponent.is_integer else sp.Gt(base, 0), at_zero)


def _piecewise_domain(piecewise: Expr) -> Boolean:
    """The domain of a Piecewise: the first true case and the conditions up to it have values."""
    alternatives: list[Boolean] = []
    premises: list[Boolean] = []
    for value, condition in piecewise.args:
        premises.append(natural_domain(condition))
        alternatives.append(sp.And(*premises, condition, natural_domain(value)))
        premises.append(sp.to_nnf(sp.Not(condition), simplify=False))
    is_total = all(natural_domain(part) == sp.true for pair in piecewise.args for part in pair)
    if is_total and piecewise.args[-1][1] == sp.true:
        return sp.true
    return sp.Or(*alternatives)


__all__ = ["natural_domain"]
