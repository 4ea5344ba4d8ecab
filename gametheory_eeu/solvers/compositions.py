"""Counts of players at each action, and expectations over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import comb, factorial, prod

import sympy as sp

from gametheory_eeu._types import Expr

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


def expected_value(values: Mapping[Counts, Expr], mix: Sequence[Expr]) -> Expr:
    """Expectation of a function of the action counts of N players who all play one mix.

    Of the actions that are played the last one's chance is what is left to one. The coefficient of
    a product of powers j of the other chances is N!/(j! (N - |j|)!) times the forward difference of
    that order of the function at 0: a function that is linear in the counts has a linear
    expectation, whatever N.

    Examples
    --------
    >>> p = sp.Symbol("p")
    >>> expected_value({c: sp.Integer(c[0]) for c in compositions(9, 3)}, [p, 1 - p, sp.Integer(0)])
    9*p
    """
    support = [a for a, chance in enumerate(mix) if chance != 0]
    player_count = sum(next(iter(values)))
    coefficients: dict[Counts, Expr] = {}
    for counts in compositions(player_count, len(support)):
        all_counts = [0] * len(mix)
        for a, count in zip(support, counts, strict=True):
            all_counts[a] = count
        coefficients[counts[:-1]] = values[tuple(all_counts)]
    for axis in range(len(support) - 1):
        _difference(coefficients, axis, player_count)
    chances = [mix[a] for a in support[:-1]]
    terms = []
    for j, coefficient in coefficients.items():
        if coefficient != 0:
            powers = (p**k for p, k in zip(chances, j, strict=True))
            terms.append(sp.Mul(multinomial((*j, player_count - sum(j))), coefficient, *powers))
    return sp.Add(*terms)


def _difference(values: dict[Counts, Expr], axis: int, player_count: int) -> None:
    """Forward differences at 0 along one axis, of every order, in place."""
    descending = sorted(values, key=lambda j: -j[axis])
    for order in range(1, player_count + 1):
        for j in descending:
            if j[axis] < order:
                break
            previous = values[(*j[:axis], j[axis] - 1, *j[axis + 1 :])]
            values[j] = sp.expand(values[j] - previous)
