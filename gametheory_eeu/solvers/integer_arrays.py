"""Exact arrays: rationals over a common denominator, as NumPy integers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np

from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.core.exact import exact

Array: TypeAlias = np.ndarray[Any, Any]
MAX_EXACT_FLOATS = 1000
_INT_LIMIT = 2**62


@dataclass(frozen=True)
class ScaledArrays:
    """Arrays in one common unit, by which every entry is to be divided.

    Whole numbers (int64 where they fit, Python's own otherwise); floats are not exact.
    """

    arrays: tuple[Array, ...]
    unit: int
    exact: bool


def as_array(value: Any, name: str) -> Array:
    """A vector as an array of int64, of Fractions, or of floats.

    More than 1,000 floats are a request for floating point; fewer are read as their shortest
    decimals, like every float in the library.

    Examples
    --------
    >>> as_array([1, "1/3", 0.25], "resistance")
    array([Fraction(1, 1), Fraction(1, 3), Fraction(1, 4)], dtype=object)
    """
    array = value if isinstance(value, np.ndarray) else _from_sequence(value)
    if array.dtype.kind in "iu" and (array.dtype.kind == "i" or array.max(initial=0) < _INT_LIMIT):
        return array.astype(np.int64)
    if array.dtype.kind == "f" and array.size > MAX_EXACT_FLOATS and np.isfinite(array).all():
        return array.astype(np.float64)
    return np.array([exact_fraction(x, name) for x in array.tolist()], dtype=object)


def _from_sequence(value: Any) -> Array:
    entries = list(value)
    kinds = {type(x) for x in entries}
    if kinds <= {int} and all(-_INT_LIMIT < x < _INT_LIMIT for x in entries):
        return np.array(entries, dtype=np.int64)
    if kinds <= {float, np.float64} and len(entries) > MAX_EXACT_FLOATS:
        return np.array(entries, dtype=np.float64)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array


def exact_fraction(value: Any, name: str) -> Fraction:
    """A rational number as a Fraction; anything else is refused."""
    if isinstance(value, Fraction):
        return value
    number = exact(value, name)
    if not number.is_Rational:
        raise ValueError(name)
    return to_fraction(number)


def to_common_denominator(arrays: Sequence[Array], terms: int = 1) -> ScaledArrays:
    """Arrays over their common denominator.

    ``terms`` is how many entries will be added up: whole numbers are int64 only where no such sum
    can overflow, and Python's own otherwise.

    Examples
    --------
    >>> to_common_denominator([as_array(["1/2", 1], "a"), as_array(["1/3"], "b")])
    ScaledArrays(arrays=(array([3, 6]), array([2])), unit=6, exact=True)
    """
    if any(a.dtype.kind == "f" for a in arrays):
        return ScaledArrays(tuple(a.astype(np.float64) for a in arrays), 1, exact=False)
    unit = lcm(*{x.denominator for a in arrays if a.dtype == object for x in a.tolist()}, 1)
    largest = max(int(abs(x)) + 1 for a in arrays for x in (a.min(initial=0), a.max(initial=0)))
    fits = largest * unit * (terms + 1) < _INT_LIMIT
    return ScaledArrays(tuple(_scale_array(a, unit, fits=fits) for a in arrays), unit, exact=True)


def _scale_array(array: Array, unit: int, *, fits: bool) -> Array:
    if array.dtype != object:
        return array * unit if fits else array.astype(object) * unit
    integers = [x.numerator * (unit // x.denominator) for x in array.tolist()]
    return np.array(integers, dtype=np.int64 if fits else object)
