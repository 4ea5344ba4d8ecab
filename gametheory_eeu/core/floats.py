"""A float as the number it stands for: the shortest decimal that is this float and no other."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite
from typing import Any

import sympy as sp
from mpmath import mp
from mpmath.libmp import from_str, prec_to_dps, to_str

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError

_DOUBLE = 53
_MOST_BITS = 20_000
"""Beyond, in precision or in size, a float is not written out."""


@lru_cache(maxsize=4096)
def rational(number: Expr) -> Expr:
    """The shortest decimal that SymPy's float is, in its own precision.

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
    return _shortest(number._mpf_, number._prec)


def shortest(number: Any) -> Expr:
    """The same of a float of Python, of NumPy or of mpmath."""
    if isinstance(number, float):
        return sp.Rational(float.__repr__(number))
    if hasattr(number, "_mpf_"):
        return _shortest(number._mpf_, max(mp.prec, number._mpf_[3]))
    return sp.Rational(str(number))


def _shortest(parts: Any, precision: int) -> Expr:
    sign, mantissa, exponent, bits = parts
    if max(precision, abs(exponent + bits)) > _MOST_BITS:
        raise UnsupportedError(
            f"a float of {precision} bits near 2**{exponent + bits} is not written out exactly; "
            f"give a Rational, or at most {_MOST_BITS} bits"
        )
    value = (-1) ** sign * sp.Integer(int(mantissa)) * sp.Integer(2) ** int(exponent)
    if precision == _DOUBLE and isfinite(near := float(value)) and sp.Rational(near) == value:
        return sp.Rational(repr(near))
    for digits in range(1, prec_to_dps(precision) + 4):
        text = to_str(parts, digits, strip_zeros=True)
        if from_str(text, precision, "n") == parts:
            return sp.Rational(text)
    return value


__all__ = ["rational", "shortest"]
