"""Certified zeros of a smooth function on an interval, by interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from gametheory_eeu.core.conversions import midpoint, rational_ball
from gametheory_eeu.errors import UnsupportedError

Ball = Any
"""A python-flint ``arb``: a real interval, all operations of which enclose."""
Function = Callable[[Ball], Ball]
PRECISION, _MIN_WIDTH_EXPONENT, _MAX_PIECES = 256, -120, 20_000
_MAX_EXPONENT = 4096
_CUT_FRACTIONS = (fmpq(487, 1000), fmpq(523, 1000), fmpq(441, 1000), fmpq(571, 1000))


@dataclass(frozen=True)
class Zero:
    """A zero between two bounds; ``slope`` is the sign of the derivative, 0 where undecided.

    With a slope there is exactly one zero between the bounds. Without one the function comes
    closer to zero there than the precision tells apart: it may touch or just miss.
    """

    low: Ball
    high: Ball
    slope: int

    @property
    def ball(self) -> Ball:
        """The enclosure."""
        return self.low.union(self.high)


@contextmanager
def working_precision(bits: int = PRECISION) -> Iterator[None]:
    """Interval arithmetic at a given precision, within this block only."""
    previous, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = previous


def zeros(function: Function, derivative: Function, low: Ball, high: Ball) -> tuple[Zero, ...]:
    """All zeros in [low, high], in order, each enclosed to about 10^-36.

    A piece on which the function's enclosure misses zero holds none; one on which the
    derivative's does holds at most one, and one exactly where the signs at its ends differ. Any
    other piece is cut. So what is returned is all there is: existence, uniqueness in each
    enclosure and absence elsewhere are each certified.

    Parameters
    ----------
    function, derivative : callables of a ball
    low, high : balls
        The function must not vanish there.

    Examples
    --------
    >>> with working_precision():
    ...     found = zeros(lambda x: x**3 - 2*x, lambda x: 3*x**2 - 2, arb(-2), arb(3))
    >>> [(f"{float(z.ball):.3f}", z.slope) for z in found if z.slope > 0]
    [('-1.414', 1), ('1.414', 1)]
    """
    isolated_zeros: list[Zero] = []
    pieces, piece_count = [(low.mid(), high.mid())], 0
    while pieces:
        piece_count += 1
        if piece_count > _MAX_PIECES:
            raise UnsupportedError(f"the zeros were not told apart within {_MAX_PIECES} pieces")
        a, b = pieces.pop()
        piece = a.union(b)
        if not function(piece).contains(0):
            continue
        slope = _sign(derivative(piece))
        if slope:
            if _sign(function(a)) * _sign(function(b)) < 0:
                isolated_zeros.append(_bisect(function, a, b, slope))
        elif b - a < arb(2) ** _MIN_WIDTH_EXPONENT:
            isolated_zeros.append(Zero(a, b, 0))
        else:
            split = _split_point(function, a, b)
            pieces += [(split, b), (a, split)]
    return tuple(_merge_undecided(isolated_zeros))


def _sign(ball: Ball) -> int:
    return 1 if ball > 0 else -1 if ball < 0 else 0


def _split_point(function: Function, a: Ball, b: Ball) -> Ball:
    """A split point at which the function provably does not vanish, where there is one."""
    points = [(a + (b - a) * arb(fraction)).mid() for fraction in _CUT_FRACTIONS]
    return next((x for x in points if _sign(function(x))), points[0])


def _bisect(function: Function, a: Ball, b: Ball, slope: int) -> Zero:
    """Bisect a bracket of one zero."""
    while b - a > arb(2) ** _MIN_WIDTH_EXPONENT:
        midpoint = _split_point(function, a, b)
        sign = _sign(function(midpoint))
        if sign == 0:
            break
        a, b = (midpoint, b) if sign == -slope else (a, midpoint)
    return Zero(a, b, slope)


def _merge_undecided(pieces: list[Zero]) -> Iterator[Zero]:
    """Merge undecided pieces that touch."""
    previous: Zero | None = None
    for zero in pieces:
        if (
            previous is not None
            and previous.slope == zero.slope == 0
            and not previous.high < zero.low
        ):
            previous = Zero(previous.low, zero.high, 0)
            continue
        if previous is not None:
            yield previous
        previous = zero
    if previous is not None:
        yield previous


def midpoint_and_radius(ball: Ball) -> tuple[Fraction, Fraction]:
    """A ball's midpoint and a bound on its radius, as exact fractions.

    A middle or a radius below 2^-4096 would take integers as long as its exponent: such a middle
    is given as 0, such a radius as that bound.
    """
    tiny, bound = arb(2) ** -_MAX_EXPONENT, Fraction(1, 2**_MAX_EXPONENT)
    if abs(ball) < tiny:
        return Fraction(0), bound
    radius = ball.rad().upper()
    return midpoint(ball), bound if radius < tiny else midpoint(radius)


__all__ = ["Zero", "rational_ball", "midpoint_and_radius", "working_precision", "zeros"]
