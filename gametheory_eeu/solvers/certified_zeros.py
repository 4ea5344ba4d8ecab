"""Every zero of a smooth function on an interval, each enclosed, in interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError

Ball = Any
"""A python-flint ``arb``: a real interval, all operations of which enclose."""
Function = Callable[[Ball], Ball]
PRECISION, _SMALLEST, _MOST_PIECES = 256, -120, 20_000
_LONGEST = 4096
_CUTS = (fmpq(487, 1000), fmpq(523, 1000), fmpq(441, 1000), fmpq(571, 1000))


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
def precisely(bits: int = PRECISION) -> Iterator[None]:
    """Interval arithmetic at this precision, within this block only."""
    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before


def zeros(function: Function, derivative: Function, low: Ball, high: Ball) -> tuple[Zero, ...]:
    """Every zero in [low, high], in order, each enclosed to about 10^-36.

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
    >>> with precisely():
    ...     found = zeros(lambda x: x**3 - 2*x, lambda x: 3*x**2 - 2, arb(-2), arb(3))
    >>> [(f"{float(z.ball):.3f}", z.slope) for z in found if z.slope > 0]
    [('-1.414', 1), ('1.414', 1)]
    """
    found: list[Zero] = []
    pieces, looked = [(low.mid(), high.mid())], 0
    while pieces:
        looked += 1
        if looked > _MOST_PIECES:
            raise UnsupportedError(f"the zeros were not told apart within {_MOST_PIECES} pieces")
        a, b = pieces.pop()
        piece = a.union(b)
        if not function(piece).contains(0):
            continue
        slope = _sign(derivative(piece))
        if slope:
            if _sign(function(a)) * _sign(function(b)) < 0:
                found.append(_refined(function, a, b, slope))
        elif b - a < arb(2) ** _SMALLEST:
            found.append(Zero(a, b, 0))
        else:
            cut = _cut(function, a, b)
            pieces += [(cut, b), (a, cut)]
    return tuple(_joined(found))


def _sign(ball: Ball) -> int:
    return 1 if ball > 0 else -1 if ball < 0 else 0


def _cut(function: Function, a: Ball, b: Ball) -> Ball:
    """A point at which the function is seen not to vanish, where there is one."""
    points = [(a + (b - a) * arb(share)).mid() for share in _CUTS]
    return next((x for x in points if _sign(function(x))), points[0])


def _refined(function: Function, a: Ball, b: Ball, slope: int) -> Zero:
    """Halve a bracket of one zero."""
    while b - a > arb(2) ** _SMALLEST:
        middle = _cut(function, a, b)
        sign = _sign(function(middle))
        if sign == 0:
            break
        a, b = (middle, b) if sign == -slope else (a, middle)
    return Zero(a, b, slope)


def _joined(found: list[Zero]) -> Iterator[Zero]:
    """Undecided pieces that touch are one."""
    last: Zero | None = None
    for zero in found:
        if last is not None and last.slope == zero.slope == 0 and not last.high < zero.low:
            last = Zero(last.low, zero.high, 0)
            continue
        if last is not None:
            yield last
        last = zero
    if last is not None:
        yield last


def ball_of(value: Expr) -> Ball:
    """The enclosure of a rational SymPy number."""
    return arb(fmpq(int(value.p), int(value.q)))


def middle_and_error(ball: Ball) -> tuple[Fraction, Fraction]:
    """The ball's middle and a bound of its radius, as exact fractions.

    A middle or a radius below 2^-4096 would take integers as long as its exponent: such a middle
    is given as 0, such a radius as that bound.
    """
    tiny, bound = arb(2) ** -_LONGEST, Fraction(1, 2**_LONGEST)
    if abs(ball) < tiny:
        return Fraction(0), bound
    radius = ball.rad().upper()
    return _fraction(ball.mid()), bound if radius < tiny else _fraction(radius)


def _fraction(point: Ball) -> Fraction:
    mantissa, exponent = (int(x) for x in point.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


__all__ = ["Zero", "ball_of", "middle_and_error", "precisely", "zeros"]
