"""The least whole number of multiplications that reaches a goal, decided exactly."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from flint import arb, ctx, fmpq

from gametheory_eeu.errors import TooLargeError

_PRECISIONS = (64, 128, 256, 512, 1024)
_MOST_BITS = 10**8


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
    for precision in _PRECISIONS:
        low, high = _enclosure(factor, goal, precision)
        if low == high:
            return low
    return low if _reaches(factor, low, goal) else high


def _enclosure(factor: Fraction, goal: Fraction, precision: int) -> tuple[int, int]:
    """The least and the greatest that the ceiling can be, at this precision in bits."""
    before, ctx.prec = ctx.prec, precision
    try:
        ratio = _ball(goal).log() / _ball(factor).log()
        ends = [
            Fraction(int(x.p), int(x.q)) for x in (_exact(ratio.lower()), _exact(ratio.upper()))
        ]
    finally:
        ctx.prec = before
    return max(0, ceil(ends[0])), max(0, ceil(ends[1]))


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _exact(end: arb) -> fmpq:
    mantissa, exponent = end.man_exp()
    two = fmpq(2) ** int(exponent)
    return fmpq(mantissa) * two


def _reaches(factor: Fraction, power: int, goal: Fraction) -> bool:
    bits = power * max(factor.numerator, factor.denominator).bit_length()
    if bits > _MOST_BITS:
        raise TooLargeError(
            f"comparing {factor}^{power} exactly takes integers of {bits} bits, at most "
            f"{_MOST_BITS} are tried; the quotient of logarithms, as a float, is the alternative"
        )
    above = factor.numerator**power * goal.denominator
    return bool(above >= goal.numerator * factor.denominator**power)


__all__ = ["least_power"]
