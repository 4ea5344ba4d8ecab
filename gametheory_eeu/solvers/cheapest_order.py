"""The cheapest order in which to buy joiners, each paid what those before leave it short of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.solvers.integer_arrays import Array
from gametheory_eeu.solvers.network_thresholds import Network, subset_sums

MOST_ORDERED = 16
MOST_COMPARED = 20_000


@dataclass(frozen=True)
class Order:
    """An order, what it pays each member (by position), and a bound below on every order.

    In the network's whole units. The order is the cheapest where its bill meets the bound.
    """

    order: tuple[int, ...]
    offers: tuple[Any, ...]
    bound: Any

    @property
    def bill(self) -> Any:
        """The sum of the offers."""
        return sum(self.offers)


def offers(network: Network, order: list[int]) -> tuple[Any, ...]:
    """What each member is paid, by position, when it joins in this order."""
    need = (network.resistance - network.power).tolist()
    start, to, gain = network.start.tolist(), network.to.tolist(), network.gain.tolist()
    paid = [0] * len(need)
    for i in order:
        paid[i] = max(0, need[i])
        for k in range(start[i], start[i + 1]):
            need[to[k]] -= gain[k]
    return tuple(paid)


def cheapest_order(network: Network, most: int = MOST_ORDERED) -> Order:
    """Exact to 16 members, by dynamic programming over subsets; beyond, bounded on both sides.

    A linear ordering problem with floors, hard in general: for larger networks the order is the
    best of a few simple ones improved by exchanging neighbours, and the bound says how far off it
    can be at most.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from gametheory_eeu.solvers.integer_arrays import numbers
    >>> pairs = (np.array([0, 1]), np.array([1, 0]), numbers([2, 2], "beta"))
    >>> network = Network.of(numbers([4, 2], "theta"), pairs, Fraction(1))
    >>> found = cheapest_order(network)
    >>> found.order, found.bill
    ((1, 0), 2)
    """
    if len(network) <= most:
        order = _by_subsets(network)
        paid = offers(network, order)
        return Order(tuple(order), paid, sum(paid))
    starts = _starts(network)[: 3 if len(network) <= MOST_COMPARED else 1]
    return min((_improved(network, start) for start in starts), key=lambda found: found.bill)


def _by_subsets(network: Network) -> list[int]:
    """Cheapest way to have bought each set, from smaller sets; then read backwards."""
    n, sets = len(network), np.arange(2 ** len(network))
    costs = [_cost(network, i, row) for i, row in enumerate(network.dense)]
    best = np.full(2**n, costs[0].max(initial=0) + sum(c.max() for c in costs), costs[0].dtype)
    best[0] = 0
    size = np.bitwise_count(sets)
    for level in range(1, n + 1):
        now = sets[size == level]
        for i in range(n):
            mine = now[(now >> i & 1).astype(bool)]
            before = mine ^ (1 << i)
            best[mine] = np.minimum(best[mine], best[before] + costs[i][before])
    order, left = [], 2**n - 1
    while left:
        last = next(
            i
            for i in range(n)
            if left >> i & 1 and best[left ^ 1 << i] + costs[i][left ^ 1 << i] == best[left]
        )
        order.append(last)
        left ^= 1 << last
    return order[::-1]


def _cost(network: Network, i: int, row: Array) -> Array:
    """What member i is paid after each set."""
    short: Array = network.resistance[i] - network.power - subset_sums(row)
    return np.maximum(short, 0)


def lower_bound(network: Network) -> Any:
    """No order is cheaper: by the floors alone, and by what each pair can save at most."""
    short = network.resistance - network.power
    floors = np.maximum(short - network.received, 0).sum()
    matrix = network.matrix()
    saved = matrix.maximum(matrix.T).sum() / 2 if not network.exact else _pairs(matrix)
    return max(floors, short.sum() - saved, 0)


def _pairs(matrix: Any) -> int:
    return int(sum(matrix.maximum(matrix.T).data.tolist())) // 2


def _starts(network: Network) -> list[list[int]]:
    """Least reluctant next; least resistant first; givers of most first."""
    given = np.zeros(len(network))
    np.add.at(given, network.givers, network.gain.astype(float))
    net = given - network.received.astype(float)
    by_resistance = np.argsort(network.resistance, kind="stable")
    return [
        network.best_order()[1],
        by_resistance.tolist(),
        np.argsort(-net, kind="stable").tolist(),
    ]


def _improved(network: Network, order: list[int]) -> Order:
    """The order after a few sweeps in which neighbours change places where that saves."""
    gains = dict(
        zip(
            zip(network.to.tolist(), network.givers.tolist(), strict=True),
            network.gain.tolist(),
            strict=True,
        )
    )
    for _ in range(5):
        if not _sweep(network, order, gains):
            break
    return Order(tuple(order), offers(network, order), lower_bound(network))


def _sweep(network: Network, order: list[int], gains: dict[tuple[int, int], Any]) -> bool:
    need = (network.resistance - network.power).tolist()
    start, to, gain = network.start.tolist(), network.to.tolist(), network.gain.tolist()
    changed = False
    for m in range(len(order)):
        i = order[m]
        if m + 1 < len(order):
            j = order[m + 1]
            ij, ji = gains.get((j, i), 0), gains.get((i, j), 0)
            now = max(0, need[i]) + max(0, need[j] - ij)
            if max(0, need[j]) + max(0, need[i] - ji) < now:
                order[m], order[m + 1], i, changed = j, i, j, True
        for k in range(start[i], start[i + 1]):
            need[to[k]] -= gain[k]
    return changed


__all__ = ["MOST_ORDERED", "Order", "cheapest_order", "lower_bound", "offers"]
