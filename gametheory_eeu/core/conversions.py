"""Conversions among exact numbers of SymPy, Python and flint, and from floats to these."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import inf, isfinite, lcm
from typing import Any

import sympy as sp
from flint import arb, fmpq
from mpmath import mp
from mpmath.libmp import from_str, prec_to_dps, to_str

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError

_DOUBLE_PRECISION = 53
_MAX_BITS = 20_000
"""Beyond, in precision or in size, a float is not written out."""


@lru_cache(maxsize=4096)
def rational(number: Expr) -> Expr:
    """The shortest decimal of a SymPy float, in its own precision.

    Raises
    ------
    UnsupportedError
        A float too large, too close to zero or of too many digits to be written out.

    Examples
    --------
    >>> rational(sp.Float(0.1)), rational(sp.Float("0.1", 40))
    (1/10, 1/10)
    >>> rational(sp.Float(1e16 + 2)), rational(sp.Float("1.00000000000000000000001", 30)) > 1
    (10000000000000002, True)
    """
    return _decimal_of_mpf(number._mpf_, number._prec)


def shortest_decimal(number: Any) -> Expr:
    """The shortest decimal of a float of Python, NumPy or mpmath."""
    if isinstance(number, float):
        return sp.Rational(float.__repr__(number))
    if hasattr(number, "_mpf_"):
        return _decimal_of_mpf(number._mpf_, max(mp.prec, number._mpf_[3]))
    return sp.Rational(str(number))


def nearest_float(number: Any) -> float:
    """The nearest float to a rational number; infinite beyond all floats.

    Examples
    --------
    >>> nearest_float(Fraction(1, 3)), nearest_float(-(10**400))
    (0.3333333333333333, -inf)
    """
    try:
        return float(number)
    except OverflowError:
        return inf if number > 0 else -inf


def _decimal_of_mpf(mpf: Any, precision: int) -> Expr:
    sign, mantissa, exponent, bits = mpf
    if max(precision, abs(exponent + bits)) > _MAX_BITS:
        raise UnsupportedError(
            f"a float of {precision} bits near 2**{exponent + bits} is not written out exactly; "
            f"give a Rational, or at most {_MAX_BITS} bits"
        )
    value = (-1) ** sign * sp.Integer(int(mantissa)) * sp.Integer(2) ** int(exponent)
    if (
        precision == _DOUBLE_PRECISION
        and isfinite(approximation := float(value))
        and sp.Rational(approximation) == value
    ):
        return sp.Rational(repr(approximation))
    for digits in range(1, prec_to_dps(precision) + 4):
        text = to_str(mpf, digits, strip_zeros=True)
        if from_str(text, precision, "n") == mpf:
            return sp.Rational(text)
    return value


def to_fmpq(value: Any) -> fmpq:
    """A rational number of SymPy, Python or flint as flint's."""
    if isinstance(value, fmpq):
        return value
    return fmpq(int(value.numerator), int(value.denominator))


def to_fraction(value: Any) -> Fraction:
    """A rational number of SymPy, Python or flint as Python's."""
    return Fraction(int(value.numerator), int(value.denominator))


def to_sympy(value: Any) -> Expr:
    """A rational number of Python or flint as SymPy's."""
    return sp.Rational(int(value.numerator), int(value.denominator))


def rational_ball(value: Any) -> arb:
    """Enclosure of a rational number, in the precision of the context."""
    return arb(to_fmpq(value))


def midpoint(ball: arb) -> Fraction:
    """The midpoint of a ball, exactly."""
    mantissa, exponent = (int(x) for x in ball.mid().man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def to_integers(rows: Iterable[Iterable[Any]]) -> tuple[list[list[int]], int]:
    """Rows of rational numbers over their common denominator, and that denominator.

    Examples
    --------
    >>> to_integers([[sp.Rational(1, 2), 1], [sp.Rational(1, 3)]])
    ([[3, 6], [2]], 6)
    """
    pairs = [[(int(v.numerator), int(v.denominator)) for v in row] for row in rows]
    scale = lcm(*(denominator for row in pairs for _, denominator in row))
    return [[p * (scale // q) for p, q in row] for row in pairs], scale
