"""Cheapest order of offers that make members join, each paid only its shortfall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.solvers.integer_arrays import Array
from gametheory_eeu.solvers.thresholds import ThresholdNetwork, subset_sums

MAX_EXACT_MEMBERS = 16
MAX_MULTISTART_MEMBERS = 20_000


@dataclass(frozen=True)
class JoiningOrder:
    """A joining order, its offer to each member by position, a lower bound on any order.

    In the network's whole units. The order is the cheapest where its bill meets the bound.
    """

    order: tuple[int, ...]
    offers: tuple[Any, ...]
    bound: Any

    @property
    def bill(self) -> Any:
        """The sum of the offers."""
        return sum(self.offers)


def offers(network: ThresholdNetwork, order: list[int]) -> tuple[Any, ...]:
    """Offer to each member, by position, when the members join in this order."""
    shortfalls = (network.resistance - network.power).tolist()
    offsets, receivers, gain = (
        network.start.tolist(),
        network.receivers.tolist(),
        network.gain.tolist(),
    )
    payments = [0] * len(shortfalls)
    for i in order:
        payments[i] = max(0, shortfalls[i])
        for k in range(offsets[i], offsets[i + 1]):
            shortfalls[receivers[k]] -= gain[k]
    return tuple(payments)


def cheapest_order(network: ThresholdNetwork, max_exact: int = MAX_EXACT_MEMBERS) -> JoiningOrder:
    """Cheapest joining order: exact to 16 members, beyond with a lower bound.

    A linear ordering problem with floors, hard in general: for larger networks the order is the
    best of a few simple ones improved by exchanging neighbours, and the bound says how far off it
    can be at most.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from gametheory_eeu.solvers.integer_arrays import as_array
    >>> pairs = (np.array([0, 1]), np.array([1, 0]), as_array([2, 2], "beta"))
    >>> network = ThresholdNetwork.of(as_array([4, 2], "theta"), pairs, Fraction(1))
    >>> found = cheapest_order(network)
    >>> found.order, found.bill
    ((1, 0), 2)
    """
    if len(network) <= max_exact:
        order = _optimal_order(network)
        payments = offers(network, order)
        return JoiningOrder(tuple(order), payments, sum(payments))
    starts = _heuristic_orders(network)[: 3 if len(network) <= MAX_MULTISTART_MEMBERS else 1]
    return min((_improve(network, start) for start in starts), key=lambda candidate: candidate.bill)


def _optimal_order(network: ThresholdNetwork) -> list[int]:
    """Optimal order by dynamic programming over subsets."""
    n, sets = len(network), np.arange(2 ** len(network))
    costs = [_subset_offers(network, i, row) for i, row in enumerate(network.gain_matrix)]
    best = np.full(2**n, costs[0].max(initial=0) + sum(c.max() for c in costs), costs[0].dtype)
    best[0] = 0
    sizes = np.bitwise_count(sets)
    for level in range(1, n + 1):
        subsets = sets[sizes == level]
        for i in range(n):
            with_member = subsets[(subsets >> i & 1).astype(bool)]
            without_member = with_member ^ (1 << i)
            best[with_member] = np.minimum(
                best[with_member], best[without_member] + costs[i][without_member]
            )
    order, remainder = [], 2**n - 1
    while remainder:
        last = next(
            i
            for i in range(n)
            if remainder >> i & 1
            and best[remainder ^ 1 << i] + costs[i][remainder ^ 1 << i] == best[remainder]
        )
        order.append(last)
        remainder ^= 1 << last
    return order[::-1]


def _subset_offers(network: ThresholdNetwork, i: int, row: Array) -> Array:
    """Offer that member i needs after each subset of the others has joined."""
    shortfall: Array = network.resistance[i] - network.power - subset_sums(row)
    return np.maximum(shortfall, 0)


def lower_bound(network: ThresholdNetwork) -> Any:
    """Lower bound on the cost of any order, from the floors and from pairwise savings."""
    shortfalls = network.resistance - network.power
    floors = np.maximum(shortfalls - network.total_gains, 0).sum()
    matrix = network.matrix()
    savings = matrix.maximum(matrix.T).sum() / 2 if not network.exact else _pair_savings(matrix)
    return max(floors, shortfalls.sum() - savings, 0)


def _pair_savings(matrix: Any) -> int:
    return int(sum(matrix.maximum(matrix.T).data.tolist())) // 2


def _heuristic_orders(network: ThresholdNetwork) -> list[list[int]]:
    """Heuristic orders: least reluctant next, least resistant first, largest givers first."""
    outflow = np.zeros(len(network))
    np.add.at(outflow, network.givers, network.gain.astype(float))
    net_outflow = outflow - network.total_gains.astype(float)
    by_resistance = np.argsort(network.resistance, kind="stable")
    return [
        network.best_order()[1],
        by_resistance.tolist(),
        np.argsort(-net_outflow, kind="stable").tolist(),
    ]


def _improve(network: ThresholdNetwork, order: list[int]) -> JoiningOrder:
    """Improve an order by a few sweeps of exchanges of neighbours."""
    gains = dict(
        zip(
            zip(network.receivers.tolist(), network.givers.tolist(), strict=True),
            network.gain.tolist(),
            strict=True,
        )
    )
    for _ in range(5):
        if not _sweep(network, order, gains):
            break
    return JoiningOrder(tuple(order), offers(network, order), lower_bound(network))


def _sweep(network: ThresholdNetwork, order: list[int], gains: dict[tuple[int, int], Any]) -> bool:
    shortfalls = (network.resistance - network.power).tolist()
    offsets, receivers, gain = (
        network.start.tolist(),
        network.receivers.tolist(),
        network.gain.tolist(),
    )
    changed = False
    for m in range(len(order)):
        i = order[m]
        if m + 1 < len(order):
            j = order[m + 1]
            ij, ji = gains.get((j, i), 0), gains.get((i, j), 0)
            cost = max(0, shortfalls[i]) + max(0, shortfalls[j] - ij)
            if max(0, shortfalls[j]) + max(0, shortfalls[i] - ji) < cost:
                order[m], order[m + 1], i, changed = j, i, j, True
        for k in range(offsets[i], offsets[i + 1]):
            shortfalls[receivers[k]] -= gain[k]
    return changed
