"""Action counts: compositions of a number of players into numbers at each action."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb, factorial, prod

Counts = tuple[int, ...]
"""How many take each action, in the order of the actions."""


def compositions(total: int, parts: int) -> Iterator[Counts]:
    """Ordered sums of numbers >= 0 that equal a number, in ascending order.

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


def composition_count(total: int, parts: int) -> int:
    """Number of compositions."""
    return comb(total + parts - 1, parts - 1)


def multinomial(counts: Counts) -> int:
    """Number of assignments of players to actions with these counts.

    Examples
    --------
    >>> multinomial((2, 1, 1))
    12
    """
    return factorial(sum(counts)) // prod(map(factorial, counts))


def remove_player(counts: Counts, action: int) -> Counts:
    """Counts of the other players, for one who takes an action."""
    return (*counts[:action], counts[action] - 1, *counts[action + 1 :])


def add_player(counts: Counts, action: int) -> Counts:
    """Counts with one more player at an action."""
    return (*counts[:action], counts[action] + 1, *counts[action + 1 :])


def embed_counts(counts: Counts, support: tuple[int, ...], parts: int) -> Counts:
    """Counts over the actions of a support as counts over all actions."""
    by_action = dict(zip(support, counts, strict=True))
    return tuple(by_action.get(a, 0) for a in range(parts))


__all__ = [
    "Counts",
    "compositions",
    "composition_count",
    "remove_player",
    "multinomial",
    "add_player",
    "embed_counts",
]
