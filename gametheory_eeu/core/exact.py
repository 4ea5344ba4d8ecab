"""Conversion of a user's numbers to exact rationals or SymPy expressions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import shortest_decimal, to_sympy
from gametheory_eeu.core.definedness import nonreal_constant, rationalize_floats
from gametheory_eeu.core.grammar import parse
from gametheory_eeu.core.size_limits import DIGITS, check_count, check_expression, digit_count
from gametheory_eeu.errors import ParameterError, TextError, UnsupportedError

_ALLOWED = "a finite real number, Fraction, text such as '7/10', or a SymPy expression"


def exact(value: object, name: str = "value", symbols: Mapping[str, Expr] | None = None) -> Expr:
    """The exact value of a number, a text or an expression.

    Parameters
    ----------
    value : int, float, Fraction, Decimal, NumPy scalar, str or SymPy expression
        A float is its shortest decimal: 0.1 is 1/10. Text goes through :func:`parse`.
    name : str
        What to call it in an error.
    symbols : mapping, optional
        The names text may use.

    Raises
    ------
    ParameterError
        A bool, NaN, an infinity, a complex number, unreadable text, or something else.
    TooLargeError
        A number of very many digits, an expression of very many parts.

    Examples
    --------
    >>> exact(0.1), exact("7/10"), exact(2)
    (1/10, 7/10, 2)
    """
    if isinstance(value, sp.Basic):
        check_expression(name, value)
        return _from_sympy(value, name)
    if isinstance(value, str):
        return _from_text(value, name, symbols)
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        raise ParameterError(name, value, _ALLOWED, "Write 0 or 1 if a number is meant")
    if isinstance(value, (Integral, Fraction)):
        largest = max(abs(int(value.numerator)), int(value.denominator))
        check_count(name, digit_count(largest), DIGITS)
    if isinstance(value, Integral):
        return sp.Integer(int(value))
    if isinstance(value, Fraction):
        return to_sympy(value)
    if isinstance(value, Decimal) and value.is_finite():
        return _from_text(str(value), name, None)
    if isinstance(value, (Real, Decimal)):
        if isinstance(value, Decimal) or not math.isfinite(value):
            raise ParameterError(name, value, _ALLOWED)
        return shortest_decimal(value)
    raise ParameterError(name, value, _ALLOWED)


def _from_text(text: str, name: str, symbols: Mapping[str, Expr] | None) -> Expr:
    try:
        value = parse(text, {} if symbols is None else symbols)
    except TextError as error:
        raise ParameterError(name, text, _ALLOWED, str(error)) from None
    if not isinstance(value, sp.Expr):
        raise ParameterError(name, text, _ALLOWED, "This is a condition, not a number")
    return value


def _from_sympy(value: sp.Basic, name: str) -> Expr:
    if not isinstance(value, sp.Expr) or value.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
        raise ParameterError(name, value, _ALLOWED)
    constant = nonreal_constant(value)
    if constant is not None:
        reason = f"{constant} is not a finite real number"
        raise ParameterError(name, value, _ALLOWED, f"Only real values are meant, and {reason}")
    if value.has(sp.I) or value.is_real is False:
        raise ParameterError(name, value, _ALLOWED, "Only real values are meant")
    try:
        return rationalize_floats(value)
    except UnsupportedError as error:
        raise ParameterError(name, value, _ALLOWED, str(error)) from None
