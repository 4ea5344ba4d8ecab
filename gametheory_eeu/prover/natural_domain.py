"""The natural domain of an expression: where it is a real number, as a condition."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.prover.indeterminates import unsupported

_TOTAL = (
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
    return sp.And(*_demands(expression))


def _demands(expression: Expr) -> Iterator[Boolean]:
    if isinstance(expression, sp.Piecewise):
        yield _of_cases(expression)
        return
    for part in expression.args:
        yield natural_domain(part)
    if isinstance(expression, sp.Pow):
        yield _of_power(expression.base, expression.exp)
    elif isinstance(expression, sp.log):
        yield sp.Gt(expression.args[0], 0)
    elif isinstance(expression, sp.erfinv):
        yield sp.And(sp.Gt(expression.args[0], -1), sp.Lt(expression.args[0], 1))
    elif expression.args and not isinstance(
        expression, (*_TOTAL, sp.CRootOf, sp.logic.boolalg.Boolean)
    ):
        raise unsupported(expression)


def _of_power(base: Expr, exponent: Expr) -> Boolean:
    """A root is that of a number that is not negative; ``0**0`` is 1 where it is so written."""
    if exponent.is_Integer:
        return sp.Ne(base, 0) if exponent.is_negative else sp.true
    if exponent.is_Rational:
        return sp.Gt(base, 0) if exponent.is_negative else sp.Ge(base, 0)
    at_zero = sp.And(sp.Eq(base, 0), sp.Gt(exponent, 0))
    return sp.Or(sp.Ne(base, 0) if exponent.is_integer else sp.Gt(base, 0), at_zero)


def _of_cases(piecewise: Expr) -> Boolean:
    """The first case that holds has a value, and so has every condition up to it."""
    found: list[Boolean] = []
    before: list[Boolean] = []
    for value, condition in piecewise.args:
        before.append(natural_domain(condition))
        found.append(sp.And(*before, condition, natural_domain(value)))
        before.append(sp.to_nnf(sp.Not(condition), simplify=False))
    plain = all(natural_domain(part) == sp.true for pair in piecewise.args for part in pair)
    if plain and piecewise.args[-1][1] == sp.true:
        return sp.true
    return sp.Or(*found)


__all__ = ["natural_domain"]
