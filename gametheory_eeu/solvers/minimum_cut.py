"""The best set of a supermodular sum over single members and pairs, by one minimum cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.integer_arrays import Array

MOST_CAPACITY = 2**31 - 1
MOST_SLOW = 2000


@dataclass(frozen=True)
class BestSets:
    """The least and the greatest of the maximising sets, and the maximum.

    All maximisers lie between the two; ``value`` is certified by a flow of the same size as the
    cut.
    """

    least: Array
    greatest: Array
    value: int


def best_sets(own: Array, pairs: tuple[Array, Array, Array]) -> BestSets:
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
    >>> best = best_sets(np.array([-1, -1]), pair)
    >>> best.greatest.tolist(), best.value
    ([True, True], 1)
    """
    one, other, gain = pairs
    twice = 2 * own.astype(object)
    np.add.at(twice, one, gain)
    np.add.at(twice, other, gain)
    n, total = len(own), sum(x for x in twice if x > 0)
    source, sink = n, n + 1
    gives, takes = np.flatnonzero(twice > 0), np.flatnonzero(twice < 0)
    tails = np.concatenate([np.full(len(gives), source), takes, one, other])
    heads = np.concatenate([gives, np.full(len(takes), sink), other, one])
    capacity = np.concatenate([twice[gives], -twice[takes], gain, gain]).astype(object)
    flow, left = _flow(n + 2)(tails, heads, capacity, total)
    inside = _reached(left, source)[:n]
    outside = _reached(left.T.tocsr(), sink)[:n]
    return BestSets(inside, ~outside, (total - flow) // 2)


Flow = Callable[[Array, Array, Array, int], tuple[int, Any]]


def _flow(nodes: int) -> Flow:
    """How to find a maximum flow: SciPy where the numbers fit its 32 bits."""

    def solve(tails: Array, heads: Array, capacity: Array, total: int) -> tuple[int, Any]:
        largest = max([total, *capacity.tolist()], default=0)
        if 2 * largest < MOST_CAPACITY:  # scipy truncates in silence beyond
            return _by_scipy(nodes, tails, heads, capacity)
        if nodes - 2 <= MOST_SLOW:
            return _by_networkx(nodes, tails, heads, capacity)
        raise TooLargeError(
            f"{nodes - 2} members with capacities up to {largest} (in units of the common "
            f"denominator); at most {MOST_CAPACITY // 2}, or {MOST_SLOW} members. Round resistance "
            "and complementarity to a coarser common denominator"
        )

    return solve


def _by_scipy(nodes: int, tails: Array, heads: Array, capacity: Array) -> tuple[int, Any]:
    from scipy import sparse
    from scipy.sparse.csgraph import maximum_flow

    entries = (capacity.astype(np.int32), (tails, heads))
    graph = sparse.csr_array(entries, shape=(nodes, nodes))
    found = maximum_flow(sparse.csr_matrix(graph), nodes - 2, nodes - 1)
    left = sparse.csr_array(graph - found.flow)
    left.eliminate_zeros()
    return int(found.flow_value), left


def _by_networkx(nodes: int, tails: Array, heads: Array, capacity: Array) -> tuple[int, Any]:
    """With Python's whole numbers, of any size."""
    import networkx as nx
    from scipy import sparse

    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    for tail, head, c in zip(tails.tolist(), heads.tolist(), capacity.tolist(), strict=True):
        graph.add_edge(tail, head, capacity=c)
    found = nx.algorithms.flow.preflow_push(graph, nodes - 2, nodes - 1)
    open_ = [(i, j) for i, j, e in found.edges(data=True) if e["flow"] < e["capacity"]]
    pairs = np.array(open_, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(pairs), dtype=np.int32)
    left = sparse.csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))
    return int(found.graph["flow_value"]), left


def _reached(graph: Any, start: int) -> Array:
    from scipy import sparse
    from scipy.sparse.csgraph import breadth_first_order

    found = np.zeros(graph.shape[0], dtype=bool)
    found[breadth_first_order(sparse.csr_matrix(graph), start, return_predecessors=False)] = True
    return found


__all__ = ["BestSets", "best_sets"]
