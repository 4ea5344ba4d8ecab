"""The least integer exponent at which a power reaches a bound, decided exactly."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from flint import ctx

from gametheory_eeu.core.conversions import midpoint, rational_ball
from gametheory_eeu.errors import TooLargeError

_PRECISION = 1024
_MAX_BITS = 100_000_000


def least_power(factor: Fraction, goal: Fraction) -> int:
    """The least k >= 0 with ``factor**k >= goal``, for a factor above 1.

    The quotient of logarithms is enclosed in interval arithmetic; where the enclosure holds a
    whole number, that power is compared exactly, as integers.

    Raises
    ------
    TooLargeError
        The exact comparison would need integers of more than 10^8 bits.

    Examples
    --------
    >>> least_power(Fraction(19, 14), Fraction(6))
    6
    >>> least_power(Fraction(3, 2), Fraction(81, 16)), least_power(Fraction(3, 2), Fraction(1))
    (4, 0)
    """
    if goal <= 1:
        return 0
    low, high = _enclosure(factor, goal, _PRECISION)
    return low if low == high or _is_at_least(factor, low, goal) else high


def _enclosure(factor: Fraction, goal: Fraction, precision: int) -> tuple[int, int]:
    """Lower and upper bounds of the exponent, at a precision in bits."""
    saved_precision, ctx.prec = ctx.prec, precision
    try:
        ratio = rational_ball(goal).log() / rational_ball(factor).log()
        low, high = (ceil(midpoint(x)) for x in (ratio.lower(), ratio.upper()))
    finally:
        ctx.prec = saved_precision
    return max(0, low), max(0, high)


def _is_at_least(factor: Fraction, power: int, goal: Fraction) -> bool:
    bits = power * max(factor.numerator, factor.denominator).bit_length()
    if bits > _MAX_BITS:
        raise TooLargeError(
            f"comparing {factor}^{power} exactly takes integers of {bits} bits, at most "
            f"{_MAX_BITS} are tried; the quotient of logarithms, as a float, is the alternative"
        )
    scaled_power = factor.numerator**power * goal.denominator
    return bool(scaled_power >= goal.numerator * factor.denominator**power)
