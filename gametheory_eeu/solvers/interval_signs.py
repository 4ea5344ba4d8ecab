"""The sign of a polynomial on an interval, by interval arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, ctx

from gametheory_eeu._types import Expr
from gametheory_eeu.core.evaluate import enclosure

_BITS = 192
_MAX_BOXES = 2_000


def sign_on_interval(coefficients: Sequence[Expr], low: Expr, high: Expr) -> int | None:
    """1 where a polynomial is positive on all of an interval, -1 where it is negative somewhere.

    None where that was not settled, as where it touches zero.

    Parameters
    ----------
    coefficients : sequence of SymPy numbers
        Real and algebraic, the leading one first.
    low, high : SymPy numbers

    Examples
    --------
    >>> import sympy as sp
    >>> one = sp.Integer(1)
    >>> sign_on_interval([one, -sp.sqrt(2), one], 0 * one, one)
    1
    >>> sign_on_interval([one, -3 * one, 2 * one], 0 * one, 3 * one)
    -1
    """
    with ctx.workprec(_BITS):
        balls = [enclosure(c) for c in (*coefficients, low, high)]
        if any(ball is None or not ball.is_finite() for ball in balls):
            return None
        *polynomial, first, last = balls
        return _subdivide(polynomial, first, last)


def _subdivide(polynomial: list[Any], low: Any, high: Any) -> int | None:
    intervals = [(low, high)]
    for _ in range(_MAX_BOXES):
        if not intervals:
            return 1
        a, b = intervals.pop()
        middle = (a + b) / 2
        if any(_value(polynomial, point) < 0 for point in (a, middle, b)):
            return -1
        if not _value(polynomial, a.union(b)) > 0:
            intervals += [(a, middle), (middle, b)]
    return None


def _value(polynomial: list[Any], point: Any) -> Any:
    value = arb(0)
    for coefficient in polynomial:
        value = value * point + coefficient
    return value


__all__ = ["sign_on_interval"]
