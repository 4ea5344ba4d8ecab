"""Fixed points of a function that never falls, in brackets between which there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from gametheory_eeu.solvers.integer_arrays import Array

MAX_PIECES, MAX_EXACT_PIECES = 20_000, 500


@dataclass(frozen=True)
class Bracket:
    """An interval that may hold fixed points, and how the function crosses the diagonal.

    ``"down"``: above the diagonal before, below after (a stable point); ``"up"``: the reverse (a
    tipping point); ``"touch"``: the same side on both ends, where the function may touch the
    diagonal or only come as close as the width of the interval.
    """

    low: Any
    high: Any
    crossing: str


def fixed_points(
    rising: Callable[[Array], Array], halvings: int = 40, *, exact: bool = False
) -> tuple[Bracket, ...]:
    """Brackets in [0, 1] outside of which a function into [0, 1] has no fixed point.

    Only that it never falls is used: on [a, b] its values lie in [f(a), f(b)], so a piece with f(a)
    > b or f(b) < a holds no fixed point. Everything else is halved, until brackets are about
    2^-halvings wide, unless points fill an interval. Exact ends are Fractions, in arrays of
    objects.

    Examples
    --------
    >>> [round(float(b.low), 6) for b in fixed_points(lambda x: 3 * x**2 - 2 * x**3)]
    [0.0, 0.5, 1.0]
    """
    dtype, zero = (object, Fraction(0)) if exact else (float, 0.0)
    low, high = np.array([zero], dtype=dtype), np.array([zero + 1], dtype=dtype)
    for _ in range(halvings):
        middle = (low + high) / 2
        if len(low) > (MAX_EXACT_PIECES if exact else MAX_PIECES):
            break  # they fill an interval: what is left is said as one wide bracket
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        mask = (rising(low) <= high) & (rising(high) >= low)
        low, high = low[mask], high[mask]
    order = np.argsort(low, kind="stable")
    return tuple(_classify(rising, a, b) for a, b in _merge_intervals(low[order], high[order]))


def _merge_intervals(low: Array, high: Array) -> list[tuple[Any, Any]]:
    intervals: list[tuple[Any, Any]] = []
    for a, b in zip(low, high, strict=True):
        if intervals and a <= intervals[-1][1]:
            intervals[-1] = (intervals[-1][0], b)
        else:
            intervals.append((a, b))
    return intervals


def _classify(rising: Callable[[Array], Array], low: Any, high: Any) -> Bracket:
    """The bracket, with how the function crosses the diagonal in it.

    At 0 and at 1, where there is no beyond, the other end decides.
    """
    left, right = (int(x > 0) - int(x < 0) for x in _gaps(rising, low, high))
    if low <= 0 and high >= 1:
        return Bracket(low, high, "touch")
    before = left if low > 0 or left > 0 else -right
    after = right if high < 1 or right < 0 else -left
    crossing = {(1, -1): "down", (-1, 1): "up"}.get((before, after), "touch")
    return Bracket(low, high, crossing)


def _gaps(rising: Callable[[Array], Array], low: Any, high: Any) -> tuple[Any, Any]:
    endpoints = np.array([low, high])
    below, above = rising(endpoints) - endpoints
    return below, above
