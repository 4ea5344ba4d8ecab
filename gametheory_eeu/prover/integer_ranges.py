"""Whole numbers, of which a solver for real numbers knows too little: small ranges, told apart."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.prover.facts import linear
from gametheory_eeu.prover.orthant import domain

_MOST_VALUES = 12
_AROUND_ZERO = 4

Range = tuple[range, int | None, int | None]
"""Values told apart, and what a number beyond them is at least, or at most."""


def ranges(
    symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]
) -> Iterator[tuple[Symbol, Range]]:
    """For each whole number a range that its bounds by numbers leave: all values, or the first.

    Examples
    --------
    >>> n = sp.Symbol("n", integer=True)
    >>> dict(ranges((n,), (n > 2, n < sp.Rational(11, 2))))
    {n: (range(3, 6), None, None)}
    >>> dict(ranges((n,), (n > 2,)))
    {n: (range(3, 15), 15, None)}
    """
    for place, symbol in enumerate(symbols):
        if symbol.is_integer:
            low, high = _bounds(place, symbols, constraints)
            if low is None and high is None:
                around = range(-_AROUND_ZERO, _AROUND_ZERO + 1)
                yield symbol, (around, around.stop, around.start - 1)
            elif high is None or (low is not None and high - low >= _MOST_VALUES):
                assert low is not None
                first = range(low, low + _MOST_VALUES)
                yield symbol, (first, first.stop, None)
            elif low is None:
                last = range(high - _MOST_VALUES + 1, high + 1)
                yield symbol, (last, None, last.start - 1)
            else:
                yield symbol, (range(low, high + 1), None, None)


def _bounds(
    place: int, symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]
) -> tuple[int | None, int | None]:
    """The least and the greatest whole number that the constraints leave, where they say so."""
    where = domain(symbols, constraints)
    list(where.plans)  # eliminating other symbols finds more bounds
    low: int | None = None
    high: int | None = None
    for fact in where.facts.all:
        parts = linear(fact.polynomial, place)
        if parts is None or not (parts[0].is_constant() and parts[1].is_constant()):
            continue
        slope, rest = (sp.Rational(str(p)) for p in parts)
        end, strict = -rest / slope, fact.kind == ">"
        if slope > 0 or fact.kind == "==":
            least = int(sp.floor(end) + 1 if strict else sp.ceiling(end))
            low = least if low is None else max(low, least)
        if slope < 0 or fact.kind == "==":
            most = int(sp.ceiling(end) - 1 if strict else sp.floor(end))
            high = most if high is None else min(high, most)
    return low, high


__all__ = ["ranges"]
