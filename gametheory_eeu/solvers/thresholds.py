"""Participation games with thresholds: uniform complementarity, or a network of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.integer_arrays import Array, to_common_denominator

MAX_MIXED = 400


@dataclass(frozen=True)
class Crowd:
    """A threshold game with uniform gains: members join when gains and power exceed resistance.

    Payoff of joining: ``power + gain * (other joiners) - resistance``; of staying, 0. Everything
    follows from the *reluctance* of the m-th least resistant member when the m-1 before it have
    joined: ``resistance[m] - gain * (m-1)``, to be compared with the power. Members are in order,
    the least resistant first; ``order`` has their positions in the input. All is in whole units
    unless ``exact`` is False.
    """

    order: Array
    resistance: Array
    reluctance: Array
    gain: Any
    power: Any
    unit: int
    exact: bool

    @classmethod
    def of(cls, resistance: Array, gain: Fraction, power: Fraction) -> Crowd:
        """The game from numbers, in O(n log n) for the sort.

        Examples
        --------
        >>> from gametheory_eeu.solvers.integer_arrays import as_array
        >>> crowd = Crowd.of(as_array([1, 2, 3, 4], "resistance"), Fraction(1), Fraction(1))
        >>> crowd.sizes().tolist(), int(crowd.absolute), int(crowd.dominance)
        ([4], 1, 4)
        """
        constants = [np.array([x], dtype=object) for x in (gain, power)]
        common = to_common_denominator([resistance, *constants], terms=2 * len(resistance) + 2)
        theta, (b,), (p,) = common.arrays
        order = np.argsort(theta, kind="stable")
        theta = theta[order]
        ranks = np.arange(len(theta)).astype(theta.dtype)
        return cls(order, theta, theta - b * ranks, b, p, common.unit, common.exact)

    def value(self, number: Any) -> Any:
        """A number of the arrays as the Fraction (or float) it stands for."""
        return Fraction(int(number), self.unit) if self.exact else float(number)

    # Thresholds of power.

    @property
    def equilibrium(self) -> Any:
        """The power from which all joining is an equilibrium."""
        return self.value(self.reluctance[-1])

    @property
    def absolute(self) -> Any:
        """The power from which all joining is the only equilibrium."""
        return self.value(self.reluctance.max())

    @property
    def dominance(self) -> Any:
        """The power from which joining is dominant."""
        return self.value(self.resistance[-1])

    # Equilibria by size: the k least resistant join.

    def sizes(self, ties: str = "join") -> Array:
        """The sizes of all pure equilibria, ascending.

        Size k is one exactly where the k-th is willing after k-1 others and the next is not.
        ``ties="join"``: who is indifferent joins. ``ties="both"``: may do either.
        """
        willing = self.reluctance <= self.power
        unwilling = ~willing if ties == "join" else self.reluctance >= self.power
        return np.flatnonzero(np.append(True, willing) & np.append(unwilling, True))

    def indifferent(self) -> slice:
        """The slice of the order that is exactly indifferent, without complementarity."""
        if self.gain != 0:
            return slice(0, 0)
        ends = [np.searchsorted(self.resistance, self.power, side) for side in ("left", "right")]
        return slice(int(ends[0]), int(ends[1]))

    def tipping_sizes(self) -> Array:
        """Critical sizes, from which on further members join by themselves.

        There is exactly one between any two neighbouring equilibrium sizes (ties joining), since
        from one to the next the reluctance crosses the power once, from above.
        """
        willing = self.reluctance <= self.power
        return np.flatnonzero(~willing[:-1] & willing[1:]) + 1

    def rounds(self, *, up: bool = True) -> list[int]:
        """Joiners after each simultaneous round, from nobody or everybody, until none moves."""
        size = 0 if up else len(self.order)
        sizes = [size]
        while True:
            others = size if up else size - 1
            threshold = self.power + self.gain * others
            new_size = int(np.searchsorted(self.resistance, threshold, "right"))
            if new_size == size or (size == 0 and not up):
                return sizes
            size = new_size
            sizes.append(size)

    # Mixed equilibria.

    def mixed(self) -> list[tuple[int, tuple[Fraction, ...]]]:
        """Every equilibrium in which two or more mix, as (sure joiners, chances of the next).

        Where complementarity is positive those that join surely, mix and stay follow one another
        in the order of resistance, so a pair of cuts fixes the equilibrium: O(n^2) candidates.
        """
        n = len(self.order)
        if n > MAX_MIXED:
            raise TooLargeError(
                f"{n} members make {n * (n - 1) // 2} candidates for a mixed equilibrium; at most "
                f"{MAX_MIXED} members are searched. tipping_points() needs no search"
            )
        if self.gain == 0:
            return []
        cost = [self.value(x - self.power) / self.value(self.gain) for x in self.resistance]
        equilibria = []
        for first in range(n - 1):
            total = cost[first]
            for last in range(first + 1, n):
                total += cost[last]
                expected_joiners = (total - (last - first + 1) * first) / (last - first)
                if self._is_mixed_equilibrium(cost, first, last, expected_joiners):
                    chances = tuple(expected_joiners + first - c for c in cost[first : last + 1])
                    equilibria.append((first, chances))
        return equilibria

    @staticmethod
    def _is_mixed_equilibrium(
        cost: list[Any], first: int, last: int, expected_joiners: Any
    ) -> bool:
        """Whether chances lie strictly between 0 and 1, and nobody outside would rather change."""
        is_interior = (
            expected_joiners + first - cost[last] > 0 and expected_joiners + first - cost[first] < 1
        )
        if not is_interior:
            return False
        before = first == 0 or cost[first - 1] <= first - 1 + expected_joiners
        after = last + 1 == len(cost) or cost[last + 1] >= first + expected_joiners
        return bool(before and after)


MAX_ENUMERATED = 20


@dataclass(frozen=True)
class ThresholdNetwork:
    """A threshold game on a network: members join when gains and power exceed resistance.

    Payoff of joining: ``power + sum of gains from the joiners - resistance``; of staying, 0. All is
    in whole units (``unit`` of them to one) unless ``exact`` is False. The gains by giver are a
    compressed sparse column matrix: member j's joining is worth ``gain[k]`` to ``receivers[k]`` for
    k from ``start[j]`` to ``start[j + 1] - 1``.
    """

    resistance: Array
    power: Any
    start: Array
    receivers: Array
    gain: Array
    unit: int
    exact: bool

    @classmethod
    def of(
        cls, resistance: Array, pairs: tuple[Array, Array, Array], power: Fraction
    ) -> ThresholdNetwork:
        """The network from numbers; ``pairs`` are (receiver, giver, gain)."""
        receiver, giver, gain = pairs
        n = len(resistance)
        common = to_common_denominator(
            [resistance, gain, np.array([power], dtype=object)], terms=n + len(gain) + 2
        )
        theta, gain, (p,) = common.arrays
        by_giver = np.argsort(giver, kind="stable")
        start = np.searchsorted(giver[by_giver], np.arange(n + 1))
        return cls(theta, p, start, receiver[by_giver], gain[by_giver], common.unit, common.exact)

    def value(self, number: Any) -> Any:
        """A number of the arrays as the Fraction (or float) it stands for."""
        return Fraction(int(number), self.unit) if self.exact else float(number)

    def __len__(self) -> int:
        return len(self.resistance)

    @property
    def givers(self) -> Array:
        """The giver of each gain, in the order of ``gain``."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    @property
    def total_gains(self) -> Array:
        """Each member's total gain when all others join."""
        return self._sum_by_receiver(self.receivers, self.gain)

    @property
    def gain_matrix(self) -> Array:
        """The gains as a square array: rows are receivers, columns givers."""
        matrix = np.zeros((len(self), len(self)), dtype=self.gain.dtype)
        matrix[self.receivers, self.givers] = self.gain
        return matrix

    def _sum_by_receiver(self, receivers: Array, gain: Array) -> Array:
        total = np.zeros(len(self), dtype=self.resistance.dtype)
        np.add.at(total, receivers, gain)
        return total

    # Thresholds of power.

    @property
    def equilibrium(self) -> Any:
        """The power from which all joining is an equilibrium."""
        return self.value((self.resistance - self.total_gains).max())

    @property
    def dominance(self) -> Any:
        """The power from which joining is dominant."""
        return self.value(self.resistance.max())

    @property
    def absolute(self) -> Any:
        """The power from which all joining is the only equilibrium."""
        return self.value(self.best_order()[0])

    def best_order(self) -> tuple[Any, list[int]]:
        """The least bottleneck of reluctance over all orders of joining, and its order.

        Greedy is exact: the least reluctant goes next. Another's joining never makes anybody more
        reluctant, so going first costs it nothing and can only help the rest. No order is below
        the equilibrium threshold, so all that are less reluctant than that go first, at once.
        """
        bound = (self.resistance - self.total_gains).max()
        deficits = self.resistance - bound
        rounds = self._cascade(deficits, lambda deficit: deficit <= 0)
        order = [int(i) for front in rounds for i in front]
        reluctance = (deficits + bound).tolist()
        return self._greedy_order(
            bound.item() if hasattr(bound, "item") else bound, reluctance, order
        )

    def _greedy_order(
        self, bound: Any, reluctances: list[Any], order: list[int]
    ) -> tuple[Any, list[int]]:
        start, receivers, gain = self.start.tolist(), self.receivers.tolist(), self.gain.tolist()
        has_joined = [False] * len(reluctances)
        for i in order:
            has_joined[i] = True
        heap = [(x, i) for i, x in enumerate(reluctances) if not has_joined[i]]
        heapify(heap)
        while heap:
            x, i = heappop(heap)
            if has_joined[i]:
                continue
            has_joined[i], bound = True, max(bound, x)
            order.append(i)
            for k in range(start[i], start[i + 1]):
                j = receivers[k]
                if not has_joined[j]:
                    reluctances[j] -= gain[k]
                    heappush(heap, (reluctances[j], j))
        return bound, order

    # Equilibria.

    def ascending_rounds(self, ties: str = "join") -> list[Array]:
        """Joiners of each simultaneous round from nobody, up to the least equilibrium."""
        compare = np.less_equal if ties == "join" else np.less
        return self._cascade(self.resistance - self.power, lambda deficit: compare(deficit, 0))

    def descending_rounds(self) -> list[Array]:
        """Leavers of each simultaneous round from everybody, down to the greatest equilibrium."""
        slack = self.power + self.total_gains - self.resistance
        return self._cascade(slack, lambda surplus: surplus < 0)

    def _cascade(self, deficits: Array, is_ready: Callable[[Array], Array]) -> list[Array]:
        """Rounds of simultaneous moves, each lowering the deficits of neighbours."""
        has_moved = np.zeros(len(self), dtype=bool)
        front = np.flatnonzero(is_ready(deficits))
        rounds = []
        while front.size:
            rounds.append(front)
            has_moved[front] = True
            edges = _index_ranges(self.start[front], self.start[front + 1])
            neighbours = self.receivers[edges]
            np.subtract.at(deficits, neighbours, self.gain[edges])
            neighbours = np.unique(neighbours)
            front = neighbours[is_ready(deficits[neighbours]) & ~has_moved[neighbours]]
        return rounds

    def all(self, ties: str = "join") -> Array:
        """Every pure equilibrium of 20 members at most, as rows of a Boolean array."""
        n = len(self)
        if n > MAX_ENUMERATED:
            raise TooLargeError(
                f"{n} members on a network make 2^{n} sets; at most {MAX_ENUMERATED} members are "
                "enumerated. least() and greatest() bound all equilibria at any size"
            )
        sets = np.arange(2**n)
        is_equilibrium = np.ones(2**n, dtype=bool)
        for i, row in enumerate(self.gain_matrix):
            gain = subset_sums(row) + self.power - self.resistance[i]
            joins = (sets >> i & 1).astype(bool)
            is_stay_best = gain < 0 if ties == "join" else gain <= 0
            is_equilibrium &= np.where(joins, gain >= 0, is_stay_best).astype(bool)
        equilibria = sets[is_equilibrium]
        return (equilibria[:, None] >> np.arange(n) & 1).astype(bool)

    def matrix(self) -> Any:
        """The gains as a SciPy sparse matrix: rows are receivers, columns givers."""
        from scipy import sparse

        shape = (len(self), len(self))
        return sparse.csr_array((self.gain, (self.receivers, self.givers)), shape=shape)


def _index_ranges(first: Array, end: Array) -> Array:
    """All positions from each ``first`` to before its ``end``."""
    lengths = end - first
    offsets = np.repeat(first - np.append(0, np.cumsum(lengths)[:-1]), lengths)
    indices: Array = np.arange(len(offsets)) + offsets
    return indices


def subset_sums(row: Array) -> Array:
    """The sum of a row over every subset, by bit mask.

    Examples
    --------
    >>> subset_sums(np.array([1, 10, 100])).tolist()
    [0, 1, 10, 11, 100, 101, 110, 111]
    """
    sums = np.zeros(1, dtype=row.dtype)
    for entry in row:
        sums = np.concatenate([sums, sums + entry])
    return sums
