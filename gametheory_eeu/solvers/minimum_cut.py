"""Maximisation of a supermodular sum over single members and pairs, by one minimum cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.integer_arrays import Array

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

    Parameters
    ----------
    own : array of whole numbers
        What each member adds by itself, of any sign.
    pairs : (one, other, gain)
        Each pair once, ``gain`` whole and not negative.

    Notes
    -----
    Half of each pair's gain goes to either member; a pair that is parted loses one half from the
    inside. Twice the sum is then a constant less a cut. Picard and Ratliff (1975).

    Examples
    --------
    >>> pair = (np.array([0]), np.array([1]), np.array([3]))
    >>> best = maximising_sets(np.array([-1, -1]), pair)
    >>> best.greatest.tolist(), best.value
    ([True, True], 1)
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
    flow, residual = _flow_solver(n + 2)(tails, heads, capacity, total)
    source_side = _reachable(residual, source)[:n]
    sink_side = _reachable(residual.T.tocsr(), sink)[:n]
    return MaximisingSets(source_side, ~sink_side, (total - flow) // 2)


FlowSolver = Callable[[Array, Array, Array, int], tuple[int, Any]]


def _flow_solver(nodes: int) -> FlowSolver:
    """A maximum-flow solver: SciPy where capacities fit in 32 bits, else NetworkX."""

    def solve(tails: Array, heads: Array, capacity: Array, total: int) -> tuple[int, Any]:
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

    return solve


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
