"""Values of expressions over arrays in floating point, each with a bound on its error.

The bound is a running one, by Wilkinson's rules: it holds for whatever is computed, and it is
infinite where nothing is known, as at a root of a number that may be negative. There the caller
has to ask for exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.signs import SIGNS

Array: TypeAlias = np.ndarray[Any, Any]

UNIT = 1.2e-16
"""A little above half the distance between 1 and the next float, for the bounds' own rounding."""
TINY = 1e-290
"""More than any underflow loses."""


class Bounded(NamedTuple):
    """A value and how far from it the exact one may be; infinite where it may be undefined."""

    value: Any
    radius: Any


class _Truth(NamedTuple):
    """Where a condition is surely true, and where surely false."""

    true: Any
    false: Any


def bounded(expr: Expr, columns: Mapping[Symbol, Array]) -> Bounded:
    """An expression over arrays, with a bound on the error, that of reading decimals included.

    Parameters
    ----------
    expr : SymPy expression
    columns : mapping of symbol to array of floats
        Each the float nearest to the exact value.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> value, radius = bounded(sp.sqrt(x) - x, {x: np.array([0.25, -1.0])})
    >>> float(value[0]), bool(radius[0] < 1e-15), float(radius[1])
    (0.25, True, inf)
    """
    with np.errstate(all="ignore"):
        return _clean(_Evaluation(columns)(expr))


def large_numbers_as_floats(expr: Expr) -> Expr:
    """An expression that can be written as NumPy code: whole numbers beyond floats end that."""
    replacements = {
        number: sp.Float(number, 17)
        for number in expr.atoms(sp.Rational)
        if max(abs(number.p), number.q) > 2**53
    }
    return expr.xreplace(replacements) if replacements else expr


def _clean(item: Bounded) -> Bounded:
    known = np.isfinite(item.value) & np.isfinite(item.radius)
    return Bounded(
        np.where(known, item.value, 0.0), np.where(known, item.radius * 1.01 + TINY, np.inf)
    )


class _Evaluation:
    """Values with bounds over some columns, of each common part once.

    A radius that is NaN, as that of zero times what nothing is known of, counts as infinite.
    """

    def __init__(self, columns: Mapping[Symbol, Array]) -> None:
        self.columns = columns
        self._known: dict[Expr, Bounded] = {}
        self._truths: dict[Boolean, _Truth] = {}

    def __call__(self, expr: Expr) -> Bounded:
        if expr not in self._known:
            self._known[expr] = self._evaluate(expr)
        return self._known[expr]

    def _evaluate(self, expr: Expr) -> Bounded:
        if isinstance(expr, sp.Symbol):
            column = self.columns[expr]
            return Bounded(column, np.abs(column) * UNIT)
        if not expr.args or isinstance(expr, sp.CRootOf):
            return _constant(expr)
        if isinstance(expr, sp.Piecewise):
            return self._piecewise(expr)
        parts = [self(part) for part in expr.args]
        if isinstance(expr, sp.Pow):
            return _power(expr, *parts)
        rule = _RULES.get(expr.func)
        return reduce(rule, parts) if rule else _function(expr, parts)

    def _piecewise(self, expr: Expr) -> Bounded:
        """The first branch whose condition is surely true, after those that are surely false."""
        value: Any = 0.0
        radius: Any = np.inf
        remaining: Any = True
        for branch, condition in expr.args:
            truth = self.truth(condition)
            result = _clean(self(branch))
            chosen = remaining & truth.true
            value = np.where(chosen, result.value, value)
            radius = np.where(chosen, result.radius, radius)
            remaining = remaining & truth.false
        return Bounded(value, radius)

    def truth(self, condition: Boolean) -> _Truth:
        """Where a condition is surely true, and where surely false."""
        if condition not in self._truths:
            self._truths[condition] = self._truth(condition)
        return self._truths[condition]

    def _truth(self, condition: Boolean) -> _Truth:
        if condition in (sp.true, sp.false):
            return _Truth(condition == sp.true, condition == sp.false)
        if isinstance(condition, sp.core.relational.Relational):
            left, right = map(self, condition.args)
            value, radius = _clean(_add(left, Bounded(-right.value, right.radius)))
            signs = SIGNS[condition.rel_op]
            above, below = value > radius, value < -radius
            true = (above & (1 in signs)) | (below & (-1 in signs))
            return _Truth(true, (above | below) & ~true)
        parts = [self.truth(part) for part in condition.args]
        if isinstance(condition, sp.Not):
            return _Truth(parts[0].false, parts[0].true)
        if isinstance(condition, (sp.And, sp.Or)):
            both, either = (np.logical_and, np.logical_or)
            is_and = isinstance(condition, sp.And)
            return _Truth(
                reduce(both if is_and else either, (part.true for part in parts)),
                reduce(either if is_and else both, (part.false for part in parts)),
            )
        return _Truth(False, False)  # left to exact arithmetic


@lru_cache(maxsize=4096)
def _constant(expr: Expr) -> Bounded:
    value = float(expr) if expr.is_number and expr.is_finite else np.nan
    exact = isinstance(expr, sp.Integer) and abs(expr) < 2**53
    return Bounded(value, 0.0 if exact else abs(value) * 2 * UNIT)


def _add(a: Bounded, b: Bounded) -> Bounded:
    value = a.value + b.value
    return Bounded(value, a.radius + b.radius + np.abs(value) * UNIT)


def _multiply(a: Bounded, b: Bounded) -> Bounded:
    value = a.value * b.value
    radius = np.abs(a.value) * b.radius if _is_inexact(b) else 0.0
    if _is_inexact(a):
        radius = radius + (np.abs(b.value) + b.radius) * a.radius
    return Bounded(value, radius + np.abs(value) * UNIT)


def _is_inexact(item: Bounded) -> bool:
    return not isinstance(item.radius, float) or item.radius != 0


def _extremum(choose: Callable[[Any, Any], Any]) -> Callable[[Bounded, Bounded], Bounded]:
    return lambda a, b: Bounded(choose(a.value, b.value), np.maximum(a.radius, b.radius))


_RULES = {
    sp.Add: _add,
    sp.Mul: _multiply,
    sp.Max: _extremum(np.maximum),
    sp.Min: _extremum(np.minimum),
}


def _power(power: Expr, base: Bounded, exponent: Bounded) -> Bounded:
    if isinstance(power.exp, sp.Integer):
        result = _whole_power(base, abs(int(power.exp)))
        return result if power.exp > 0 else _reciprocal(result)
    if isinstance(power.exp, sp.Rational):
        return _root(base, float(power.exp))
    return _exponential(_multiply(exponent, _logarithm(base)))


def _whole_power(base: Bounded, k: int) -> Bounded:
    value = base.value**k
    outer = (np.abs(base.value) + base.radius) ** k
    return Bounded(value, outer - np.abs(value) + (k + 4) * UNIT * outer)


def _reciprocal(item: Bounded) -> Bounded:
    size = np.abs(item.value)
    radius = item.radius / (size * (size - item.radius)) + 2 * UNIT / size
    return Bounded(1.0 / item.value, np.where(size > item.radius, radius, np.inf))


def _root(base: Bounded, exponent: float) -> Bounded:
    low, high = base.value - base.radius, base.value + base.radius
    value, ends = base.value**exponent, np.stack(np.broadcast_arrays(low, high)) ** exponent
    spread = np.abs(ends - value).max(axis=0) + 8 * UNIT * np.abs(ends).max(axis=0)
    return Bounded(value, np.where(low > 0, spread, np.inf))


def _exponential(item: Bounded) -> Bounded:
    value = np.exp(item.value)
    return Bounded(value, value * np.expm1(item.radius) + 8 * UNIT * value)


def _logarithm(item: Bounded) -> Bounded:
    low = item.value - item.radius
    value = np.log(item.value)
    radius = item.radius / low + 8 * UNIT * (np.abs(value) + 1)
    return Bounded(value, np.where(low > 0, radius, np.inf))


def _absolute(item: Bounded) -> Bounded:
    return Bounded(np.abs(item.value), item.radius)


def _sign(item: Bounded) -> Bounded:
    return Bounded(np.sign(item.value), np.where(np.abs(item.value) > item.radius, 0.0, np.inf))


def _unknown(item: Bounded) -> Bounded:
    return Bounded(np.zeros_like(item.value), np.full_like(item.value, np.inf))


def _function(expr: Expr, parts: list[Bounded]) -> Bounded:
    rules = {sp.exp: _exponential, sp.log: _logarithm, sp.Abs: _absolute, sp.sign: _sign}
    return rules.get(expr.func, _unknown)(parts[0])
