"""Optima on participation networks: the cheapest order, and the largest potential by a cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.thresholds import Array, ThresholdNetwork, subset_sums

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
    offsets, receivers, gain = network.edge_lists()
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
    larger = matrix.maximum(matrix.T)
    savings = int(sum(larger.data.tolist())) // 2 if network.exact else larger.sum() / 2
    return max(floors, shortfalls.sum() - savings, 0)


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
    _, receivers, gain = network.edge_lists()
    pairs = zip(receivers, network.givers.tolist(), strict=True)
    gains = dict(zip(pairs, gain, strict=True))
    for _ in range(5):
        if not _sweep(network, order, gains):
            break
    return JoiningOrder(tuple(order), offers(network, order), lower_bound(network))


def _sweep(network: ThresholdNetwork, order: list[int], gains: dict[tuple[int, int], Any]) -> bool:
    shortfalls = (network.resistance - network.power).tolist()
    offsets, receivers, gain = network.edge_lists()
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


MAX_CAPACITY = 2**31 - 1
MAX_SLOW = 2000


@dataclass(frozen=True)
class MaximisingSets:
    """The least and the greatest of the maximising sets, and the maximum.

    All maximisers lie between the two; ``value`` is certified by a flow of the same size as the
    cut.
    """

    least: Array
    greatest: Array
    value: int


def maximising_sets(own: Array, pairs: tuple[Array, Array, Array]) -> MaximisingSets:
    """Maximise ``sum of own[i] + sum of gain over pairs inside`` over all sets, exactly.

    ``own`` are whole numbers of any sign; ``pairs`` are (one, other, gain), each pair once, the
    gain whole and not negative. Half of it goes to either member; a pair that is parted loses one
    half from the inside. Twice the sum is then a constant less a cut. Picard and Ratliff (1975).
    """
    first, second, gain = pairs
    doubled_weights = 2 * own.astype(object)
    np.add.at(doubled_weights, first, gain)
    np.add.at(doubled_weights, second, gain)
    n, total = len(own), sum(x for x in doubled_weights if x > 0)
    source, sink = n, n + 1
    positive, negative = np.flatnonzero(doubled_weights > 0), np.flatnonzero(doubled_weights < 0)
    tails = np.concatenate([np.full(len(positive), source), negative, first, second])
    heads = np.concatenate([positive, np.full(len(negative), sink), second, first])
    capacity = np.concatenate(
        [doubled_weights[positive], -doubled_weights[negative], gain, gain]
    ).astype(object)
    flow, residual = _maximum_flow(n + 2, tails, heads, capacity, total)
    source_side = _reachable(residual, source)[:n]
    sink_side = _reachable(residual.T.tocsr(), sink)[:n]
    return MaximisingSets(source_side, ~sink_side, (total - flow) // 2)


def _maximum_flow(
    nodes: int, tails: Array, heads: Array, capacity: Array, total: int
) -> tuple[int, Any]:
    """A maximum flow: by SciPy where capacities, and their total, fit in 32 bits, else NetworkX."""
    largest = max([total, *capacity.tolist()], default=0)
    if 2 * largest < MAX_CAPACITY:  # scipy truncates in silence beyond
        return _scipy_flow(nodes, tails, heads, capacity)
    if nodes - 2 <= MAX_SLOW:
        return _networkx_flow(nodes, tails, heads, capacity)
    raise TooLargeError(
        f"{nodes - 2} members with capacities up to {largest} (in units of the common "
        f"denominator); at most {MAX_CAPACITY // 2}, or {MAX_SLOW} members. Round resistance "
        "and complementarity to a coarser common denominator"
    )


def _scipy_flow(nodes: int, tails: Array, heads: Array, capacity: Array) -> tuple[int, Any]:
    from scipy import sparse
    from scipy.sparse.csgraph import maximum_flow

    entries = (capacity.astype(np.int32), (tails, heads))
    graph = sparse.csr_array(entries, shape=(nodes, nodes))
    result = maximum_flow(sparse.csr_matrix(graph), nodes - 2, nodes - 1)
    residual = sparse.csr_array(graph - result.flow)
    residual.eliminate_zeros()
    return int(result.flow_value), residual


def _networkx_flow(nodes: int, tails: Array, heads: Array, capacity: Array) -> tuple[int, Any]:
    """Maximum flow by NetworkX, with integers of any size."""
    import networkx as nx
    from scipy import sparse

    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    for tail, head, c in zip(tails.tolist(), heads.tolist(), capacity.tolist(), strict=True):
        graph.add_edge(tail, head, capacity=c)
    residual_network = nx.algorithms.flow.preflow_push(graph, nodes - 2, nodes - 1)
    residual_edges = [
        (i, j) for i, j, e in residual_network.edges(data=True) if e["flow"] < e["capacity"]
    ]
    pairs = np.array(residual_edges, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(pairs), dtype=np.int32)
    residual = sparse.csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))
    return int(residual_network.graph["flow_value"]), residual


def _reachable(graph: Any, start: int) -> Array:
    from scipy import sparse
    from scipy.sparse.csgraph import breadth_first_order

    mask = np.zeros(graph.shape[0], dtype=bool)
    mask[breadth_first_order(sparse.csr_matrix(graph), start, return_predecessors=False)] = True
    return mask
