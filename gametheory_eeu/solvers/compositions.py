"""How many take each action: the ways to part a number of players among actions."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb, factorial, prod

Counts = tuple[int, ...]
"""How many take each action, in the order of the actions."""


def compositions(total: int, parts: int) -> Iterator[Counts]:
    """Every way to write a number as an ordered sum of numbers >= 0, in ascending order.

    Examples
    --------
    >>> list(compositions(2, 2))
    [(0, 2), (1, 1), (2, 0)]
    """
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def how_many(total: int, parts: int) -> int:
    """How many compositions there are."""
    return comb(total + parts - 1, parts - 1)


def multinomial(counts: Counts) -> int:
    """How many assignments of players to actions have these counts.

    Examples
    --------
    >>> multinomial((2, 1, 1))
    12
    """
    return factorial(sum(counts)) // prod(map(factorial, counts))


def less_one(counts: Counts, place: int) -> Counts:
    """The counts of the others of one who takes an action."""
    return (*counts[:place], counts[place] - 1, *counts[place + 1 :])


def plus_one(counts: Counts, place: int) -> Counts:
    """The counts with one more at an action."""
    return (*counts[:place], counts[place] + 1, *counts[place + 1 :])


def within(counts: Counts, support: tuple[int, ...], parts: int) -> Counts:
    """Counts over some of the actions as counts over all."""
    at = dict(zip(support, counts, strict=True))
    return tuple(at.get(a, 0) for a in range(parts))


__all__ = [
    "Counts",
    "compositions",
    "how_many",
    "less_one",
    "multinomial",
    "plus_one",
    "within",
]
