"""Small ranges of integer symbols, to be split into cases for a solver of real numbers."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.prover.facts import linear_coefficients
from gametheory_eeu.prover.orthant import domain

_MAX_VALUES = 12
_AROUND_ZERO = 4

IntegerRange = tuple[range, int | None, int | None]
"""Values told apart, and what a number beyond them is at least, or at most."""


def ranges(
    symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]
) -> Iterator[tuple[Symbol, IntegerRange]]:
    """For each integer symbol the range within its numeric bounds: all values, or the first.

    Examples
    --------
    >>> n = sp.Symbol("n", integer=True)
    >>> dict(ranges((n,), (n > 2, n < sp.Rational(11, 2))))
    {n: (range(3, 6), None, None)}
    >>> dict(ranges((n,), (n > 2,)))
    {n: (range(3, 15), 15, None)}
    """
    for index, symbol in enumerate(symbols):
        if symbol.is_integer:
            low, high = _bounds(index, symbols, constraints)
            if low is None and high is None:
                window = range(-_AROUND_ZERO, _AROUND_ZERO + 1)
                yield symbol, (window, window.stop, window.start - 1)
            elif high is None or (low is not None and high - low >= _MAX_VALUES):
                assert low is not None
                first = range(low, low + _MAX_VALUES)
                yield symbol, (first, first.stop, None)
            elif low is None:
                last = range(high - _MAX_VALUES + 1, high + 1)
                yield symbol, (last, None, last.start - 1)
            else:
                yield symbol, (range(low, high + 1), None, None)


def _bounds(
    index: int, symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]
) -> tuple[int | None, int | None]:
    """The least and the greatest integer that the constraints allow; None where unbounded."""
    region = domain(symbols, constraints)
    list(region.plans)  # eliminating other symbols finds more bounds
    low: int | None = None
    high: int | None = None
    for fact in region.facts.all:
        coefficients = linear_coefficients(fact.polynomial, index)
        if coefficients is None or not (
            coefficients[0].is_constant() and coefficients[1].is_constant()
        ):
            continue
        slope, rest = (sp.Rational(str(p)) for p in coefficients)
        endpoint, strict = -rest / slope, fact.kind == ">"
        if slope > 0 or fact.kind == "==":
            lower = int(sp.floor(endpoint) + 1 if strict else sp.ceiling(endpoint))
            low = lower if low is None else max(low, lower)
        if slope < 0 or fact.kind == "==":
            upper = int(sp.ceiling(endpoint) - 1 if strict else sp.floor(endpoint))
            high = upper if high is None else min(high, upper)
    return low, high


__all__ = ["ranges"]
