"""Counts of players at each action, and of coalitions whose votes stay within bounds.

Coalitions are counted by generating functions (Brams and Affuso 1976, after Cantor). Each member i
has a vector of whole numbers w_i, its votes in each chamber. The product over the members of
1 + Y x^{w_i} has for the coefficient of x^v the polynomial in Y that counts the coalitions with the
votes v by their size. All sizes are held in one whole number, Y being a power of two.

A coalition without i is found from all of them: let N(u) count those with votes at most u, and
N_i(u) those without i. As N(u) = N_i(u) + Y N_i(u - w_i), N_i follows from N at u, u - w_i,
u - 2w_i and so on, and no product is formed a second time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import comb, factorial, prod
from operator import add, le
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.size_limits import Limit, check_count

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
    """Number of assignments of players to actions with these counts."""
    return factorial(sum(counts)) // prod(map(factorial, counts))


def remove_player(counts: Counts, action: int) -> Counts:
    """Counts of the other players, for one who takes an action."""
    return (*counts[:action], counts[action] - 1, *counts[action + 1 :])


def add_player(counts: Counts, action: int) -> Counts:
    """Counts with one more player at an action."""
    return (*counts[:action], counts[action] + 1, *counts[action + 1 :])


def embed(
    values: Iterable[Any], support: Sequence[int], size: int, zero: Any = 0
) -> tuple[Any, ...]:
    """What there is for each action of a support as what there is for each of all actions."""
    by_action = dict(zip(support, values, strict=True))
    return tuple(by_action.get(a, zero) for a in range(size))


def expected_value(values: Mapping[Counts, Expr], mix: Sequence[Expr]) -> Expr:
    """Expectation of a function of the action counts of N players who all play one mix.

    Of the actions that are played the last one's chance is what is left to one. The coefficient of
    a product of powers j of the other chances is N!/(j! (N - |j|)!) times the forward difference of
    that order of the function at 0: a function that is linear in the counts has a linear
    expectation, whatever N.
    """
    support = [a for a, chance in enumerate(mix) if chance != 0]
    player_count = sum(next(iter(values)))
    coefficients: dict[Counts, Expr] = {}
    for counts in compositions(player_count, len(support)):
        coefficients[counts[:-1]] = values[embed(counts, support, len(mix))]
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


Votes: TypeAlias = tuple[int, ...]
"""Votes in each chamber."""

_COARSER = "measure votes in a larger unit, such as thousands"
TOTALS = Limit("totals of votes to keep apart", 1_000_000, _COARSER)
MEMORY = Limit("bytes of counts by size of coalition", 10**9, _COARSER)


@dataclass(frozen=True)
class CoalitionCounts:
    """Coalitions with votes within bounds in every chamber, counted by size or altogether.

    ``votes`` are by member, then by chamber; ``bounds`` the most votes in each chamber; ``step``
    how many bits the count of one size has, where 0 counts all sizes together. ``rows`` have by the
    votes in all chambers but the last the votes that occur in the last, in order, and the number of
    coalitions with so many or fewer.
    """

    votes: tuple[Votes, ...]
    bounds: Votes
    step: int
    rows: Mapping[Votes, tuple[Sequence[int], Sequence[int]]]

    @classmethod
    def of(cls, votes: Sequence[Votes], bounds: Votes, *, by_size: bool = False) -> CoalitionCounts:
        """Count the coalitions.

        Examples
        --------
        >>> CoalitionCounts.of([(1,), (1,), (2,)], (2,)).within((2,))
        5
        >>> CoalitionCounts.of([(1,), (1,), (2,)], (2,), by_size=True).sizes(
        ...     CoalitionCounts.of([(1,), (1,), (2,)], (2,), by_size=True).within((2,)))
        [1, 3, 1, 0]
        """
        step = len(votes) + 1 if by_size else 0
        totals = min(prod(b + 1 for b in bounds), 2 ** len(votes))
        check_count("this body", totals, TOTALS)
        check_count("this body", totals * len(votes) * max(step, 1) // 8, MEMORY)
        product = (_dense if len(bounds) == 1 and totals > bounds[0] else _sparse)(
            sorted(votes), bounds, step
        )
        return cls(tuple(votes), bounds, step, _cumulative(product))

    def within(self, bounds: Votes) -> int:
        """The count of coalitions with at most these votes in every chamber."""
        *others, last = bounds
        total = 0
        for row, (occurring, cumulative) in self.rows.items():
            place = bisect_right(occurring, last)
            if place and all(a <= b for a, b in zip(row, others, strict=True)):
                total += cumulative[place - 1]
        return total

    def without(self, member: int) -> tuple[int, int]:
        """Coalitions without a member: within the bounds, and within them with the member added."""
        w = self.votes[member]
        most = min(b // x for b, x in zip(self.bounds, w, strict=True) if x)
        count = with_room = 0
        for times in range(most, -1, -1):
            bounds = tuple(b - times * x for b, x in zip(self.bounds, w, strict=True))
            with_room, count = count, self.within(bounds) - (count << self.step)
        return count, with_room

    def sizes(self, count: int) -> list[int]:
        """A count taken apart by size, from the empty coalition on."""
        mask = (1 << self.step) - 1
        return [count >> (self.step * k) & mask for k in range(len(self.votes) + 1)]

    def has_between(self, low: Votes, high: Votes) -> bool:
        """Whether some coalition's votes are between two bounds in every chamber."""
        for row, (occurring, _) in self.rows.items():
            if all(a <= x <= b for a, x, b in zip(low, row, high, strict=False)):
                place = bisect_right(occurring, high[-1])
                if place and occurring[place - 1] >= low[-1]:
                    return True
        return False


def _sparse(votes: Sequence[Votes], bounds: Votes, step: int) -> dict[Votes, int]:
    """The product of the members' polynomials, by the votes that occur."""
    product = {(0,) * len(bounds): 1}
    for w in votes:
        shifted = {}
        for v, count in product.items():
            total = tuple(map(add, v, w))
            if all(map(le, total, bounds)):
                shifted[total] = count << step
        for total, count in shifted.items():
            product[total] = product.get(total, 0) + count
    return product


def _dense(votes: Sequence[Votes], bounds: Votes, step: int) -> dict[Votes, int]:
    """The same for one chamber, by all votes up to the bound."""
    (bound,) = bounds
    product = [1]
    for (w,) in votes:
        longer = product + [0] * min(w, bound + 1 - len(product))
        tail = zip(longer[w:], product, strict=False)
        product = longer[:w] + [a + (b << step) if b else a for a, b in tail]
    return {(v,): count for v, count in enumerate(product) if count}


def _cumulative(
    product: Mapping[Votes, int],
) -> dict[Votes, tuple[Sequence[int], Sequence[int]]]:
    rows: dict[Votes, list[int]] = {}
    for v in product:
        rows.setdefault(v[:-1], []).append(v[-1])
    result: dict[Votes, tuple[Sequence[int], Sequence[int]]] = {}
    for row, unordered in rows.items():
        occurring = sorted(unordered)
        result[row] = occurring, list(accumulate(product[(*row, v)] for v in occurring))
    return result
