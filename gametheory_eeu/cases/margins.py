"""How far each parameter may move, the others kept, before a statement stops holding: exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import (
    UndecidedError,
    rational_between,
    rational_bounds,
    truth_value,
)
from gametheory_eeu.core.results import Picklable

_MOST_DEGREE = 120


@dataclass(frozen=True, repr=False)
class Margin(Picklable):
    """The values of one parameter, about the calibrated one, at which a statement holds.

    Parameters
    ----------
    symbol : Symbol
    value : SymPy number
        The calibrated one.
    low, high : SymPy number
        The ends, which may be infinite; the parameter's domain ends there, or the statement fails
        beyond.
    fails_below, fails_above : bool
        Whether the statement fails beyond the end; otherwise the domain of the parameter ends.
    """

    symbol: Symbol
    value: Expr
    low: Expr
    high: Expr
    fails_below: bool
    fails_above: bool

    @property
    def distance(self) -> Expr:
        """The least relative change that overturns the statement, infinite where none does.

        Where the value is 0: the least change.
        """
        scale = sp.Abs(self.value) or sp.Integer(1)
        step = 1 if self.symbol.is_integer else 0
        below = (self.value - self.low + step) / scale if self.fails_below else sp.oo
        above = (self.high + step - self.value) / scale if self.fails_above else sp.oo
        return sp.Min(below, above)

    def __repr__(self) -> str:
        return f"<{self.symbol} from {self.low} to {self.high}, at {self.value}>"


def margins(statement: Boolean, space: Space, point: Mapping[Symbol, Expr]) -> tuple[Margin, ...]:
    """The margin of each parameter of a statement that is true at a point.

    Parameters with which the statement is no rational condition are left out.

    Examples
    --------
    >>> import sympy as sp
    >>> x, y = sp.symbols("x y", real=True)
    >>> one = sp.Integer(1)
    >>> margins(x**2 < 2 * y, Space.of(x > 0, y > 0), {x: one, y: one})
    (<x from 0 to sqrt(2), at 1>, <y from 1/2 to oo, at 1>)
    """
    rows = (_margin(statement, space, point, symbol) for symbol in point)
    return tuple(row for row in rows if row is not None)


def own_constraints(space: Space, point: Mapping[Symbol, Expr]) -> list[Boolean]:
    """The constraints of a space on the symbols of a point alone."""
    return [c for c in space.constraints if c.free_symbols <= set(point)]


def _margin(
    statement: Boolean, space: Space, point: Mapping[Symbol, Expr], symbol: Symbol
) -> Margin | None:
    others = {other: value for other, value in point.items() if other != symbol}
    domain = sp.And(*own_constraints(space, point)).xreplace(others)
    claim = statement.xreplace(others)
    if symbol not in statement.free_symbols:
        return None
    expressions = [*_differences(claim), *_differences(domain)]
    zeros, value = _zeros(expressions, symbol), point[symbol]
    if zeros is None or (claim.has(sp.Eq, sp.Ne) and not all(z.is_Rational for z in zeros)):
        return None
    try:
        below = [z for z in zeros if decimal_value(z) < decimal_value(value)]
        above = [z for z in zeros if decimal_value(z) > decimal_value(value)]
        low, fails_below = _end(claim, domain, symbol, value, below[::-1], -1)
        high, fails_above = _end(claim, domain, symbol, value, above, 1)
    except UndecidedError:
        return None
    if symbol.is_integer:
        low, fails_below = _whole_end(claim, domain, symbol, sp.ceiling(low), -1)
        high, fails_above = _whole_end(claim, domain, symbol, sp.floor(high), 1)
    return Margin(symbol, value, low, high, fails_below, fails_above)


def _whole_end(
    claim: Boolean, domain: Boolean, x: Symbol, end: Expr, side: int
) -> tuple[Expr, bool]:
    """The last whole number, at an end or next to it, at which the claim holds."""
    if end.is_infinite:
        return end, False
    if truth_value(sp.And(domain, claim), {x: end}) is not True:
        end -= side
    return end, truth_value(domain, {x: end + side}) is True


def _end(
    claim: Boolean, domain: Boolean, x: Symbol, value: Expr, zeros: Sequence[Expr], side: int
) -> tuple[Expr, bool]:
    """The first zero beyond which, or at which, the claim or the domain ends; which of them."""
    ends = [value, *zeros]
    for k, zero in enumerate(ends):
        if k + 1 < len(ends):
            lower, higher = (zero, ends[k + 1])[::side]
            beyond = rational_between(lower, higher)
        else:
            beyond = _beyond(zero, side)
        for sample in (zero, beyond) if zero.is_Rational else (beyond,):
            if truth_value(domain, {x: sample}) is not True:
                return zero, False
            if truth_value(claim, {x: sample}) is not True:
                return zero, True
    return (sp.oo if side > 0 else -sp.oo), False


def _beyond(zero: Expr, side: int) -> Expr:
    bounds = rational_bounds(zero)
    assert bounds is not None
    return bounds[1] + 1 if side > 0 else bounds[0] - 1


def _differences(condition: Boolean) -> Iterator[Expr]:
    """What changes sign where a relation in a condition, or a piece of a formula, changes."""
    for relation in condition.atoms(sp.core.relational.Relational):
        for left in _pieces(relation.lhs):
            for right in _pieces(relation.rhs):
                yield left - right
    for extremum in condition.atoms(sp.Max, sp.Min):
        pieces = [piece for argument in extremum.args for piece in _pieces(argument)]
        yield from (a - b for k, a in enumerate(pieces) for b in pieces[:k])
    for absolute in condition.atoms(sp.Abs):
        yield from _pieces(absolute.args[0])


def _pieces(expression: Expr) -> list[Expr]:
    """The formulas of which an expression with Max, Min, Abs and Piecewise is made."""
    for part in expression.atoms(sp.Piecewise, sp.Max, sp.Min, sp.Abs):
        if isinstance(part, sp.Piecewise):
            options = [formula for formula, _ in part.args]
        elif isinstance(part, sp.Abs):
            options = [part.args[0], -part.args[0]]
        else:
            options = list(part.args)
        return [p for option in options for p in _pieces(expression.xreplace({part: option}))]
    return [expression]


def _zeros(expressions: Sequence[Expr], x: Symbol) -> list[Expr] | None:
    """The real zeros and poles of rational functions, in ascending order."""
    zeros: set[Expr] = set()
    for expression in expressions:
        if x not in expression.free_symbols:
            continue
        if not expression.is_rational_function(x):
            return None
        for part in sp.fraction(sp.together(expression)):
            polynomial = sp.Poly(part, x)
            if not polynomial.domain.is_QQ and not polynomial.domain.is_ZZ:
                return None
            if polynomial.degree() > _MOST_DEGREE:
                return None
            zeros |= set(sp.real_roots(polynomial)) if polynomial.degree() > 0 else set()
    return sorted(zeros, key=decimal_value)


def decimal_value(number: Expr) -> Expr:
    """A number to 50 digits, by which different numbers are put in order."""
    return number if number.is_infinite else sp.Float(number.evalf(50), 50)


__all__ = ["Margin", "decimal_value", "margins", "own_constraints"]
