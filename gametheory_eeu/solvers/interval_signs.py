"""The sign of a polynomial on an interval, by interval arithmetic, also in one parameter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import sympy as sp
from flint import arb, ctx

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import enclosure, rational_between, rational_bounds

_BITS = 192
_MAX_BOXES = 2_000


def sign_on_interval(coefficients: Sequence[Expr], low: Expr, high: Expr) -> int | None:
    """1 where a polynomial is positive on all of an interval, -1 where it is negative somewhere.

    None where that was not settled, as where it touches zero. Coefficients are real algebraic
    numbers, the leading one first.

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


def nonnegative_where(
    polynomial: Expr, z: Symbol, ends: tuple[Expr, Expr], space: Space
) -> Boolean | None:
    """Where, in a space of one parameter, a polynomial in z is nowhere negative between two ends.

    Its sign pattern changes only where its discriminant, its leading coefficient or its value at an
    end is zero: between such points one test decides (Collins 1975, in one parameter). None where
    that was not settled.

    Examples
    --------
    >>> import sympy as sp
    >>> z, t = sp.symbols("z t", real=True)
    >>> nonnegative_where(z**3 - z + t, z, (sp.Integer(0), sp.Integer(1)), Space((t,)))
    t >= 2*sqrt(3)/9
    """
    (parameter,) = space.symbols
    symbols = {z, parameter}
    if not polynomial.is_polynomial(*symbols) or not polynomial.free_symbols <= symbols:
        return None
    if not all(end.is_Rational for end in ends):
        return None
    poly = sp.Poly(polynomial, z)
    low, high = ends
    critical = [poly.LC(), poly.eval(low), poly.eval(high), sp.discriminant(poly)]
    if any(sp.expand(value) == 0 for value in critical) or not all(
        c.is_Rational for c in sp.Poly(polynomial, z, parameter).coeffs()
    ):
        return None
    points = sorted(
        {r for value in critical if parameter in value.free_symbols
         for r in sp.real_roots(sp.Poly(value, parameter))},
        key=lambda root: sp.Float(root.evalf(50)),
    )  # fmt: skip
    holds = [
        sign_on_interval([c.xreplace({parameter: sample}) for c in poly.all_coeffs()], low, high)
        for sample in _samples(points)
    ]
    if None in holds:
        return None
    pieces: list[Boolean] = []
    for k, point in enumerate(points):
        is_isolated = holds[k] == holds[k + 1] == -1
        if is_isolated and space.contains({parameter: point}):
            at_point = [c.xreplace({parameter: point}) for c in poly.all_coeffs()]
            if sign_on_interval(at_point, low, high) is None:
                return None
    for k, sign in enumerate(holds):
        if sign == 1:
            below = [] if k == 0 else [sp.Ge(parameter, points[k - 1])]
            above = [] if k == len(points) else [sp.Le(parameter, points[k])]
            pieces.append(sp.And(*below, *above))
    return _joined(pieces)


def _samples(points: Sequence[Expr]) -> list[Expr]:
    """A rational number below, between and above real numbers in ascending order."""
    if not points:
        return [sp.Integer(0)]
    first, last = (rational_bounds(points[k]) for k in (0, -1))
    assert first is not None
    assert last is not None
    between = [rational_between(a, b) for a, b in pairwise(points)]
    return [sp.floor(first[0]) - 1, *between, sp.ceiling(last[1]) + 1]


def _joined(pieces: Sequence[Boolean]) -> Boolean:
    """The union of closed intervals, those that share an end joined."""
    result: list[Boolean] = []
    for piece in pieces:
        previous = result[-1] if result else sp.false
        ends = [r for r in sp.And.make_args(previous) if isinstance(r, sp.Le)]
        starts = [r for r in sp.And.make_args(piece) if isinstance(r, sp.Ge)]
        if ends and starts and ends[0].rhs == starts[0].rhs:
            kept = [r for r in sp.And.make_args(previous) if r not in ends]
            rest = [r for r in sp.And.make_args(piece) if r not in starts]
            result[-1] = sp.And(*kept, *rest)
        else:
            result.append(piece)
    return sp.Or(*result)


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


__all__ = ["nonnegative_where", "sign_on_interval"]
