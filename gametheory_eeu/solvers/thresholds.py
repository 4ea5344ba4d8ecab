"""Threshold games on a network, in exact arrays: rationals over a common denominator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm
from typing import Any, TypeAlias

import numpy as np

from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.core.exact import exact
from gametheory_eeu.errors import TooLargeError

Array: TypeAlias = np.ndarray[Any, Any]
MAX_EXACT_FLOATS = 1000
_INT_LIMIT = 2**62


@dataclass(frozen=True)
class ScaledArrays:
    """Arrays in one common unit, by which every entry is to be divided.

    Whole numbers (int64 where they fit, Python's own otherwise); floats are not exact.
    """

    arrays: tuple[Array, ...]
    unit: int
    exact: bool


def as_array(value: Any, name: str) -> Array:
    """A vector as an array of int64, of Fractions, or of floats.

    More than 1,000 floats are a request for floating point; fewer are read as their shortest
    decimals, like every float in the library.
    """
    array = value if isinstance(value, np.ndarray) else _from_sequence(value)
    if array.dtype.kind in "iu" and (array.dtype.kind == "i" or array.max(initial=0) < _INT_LIMIT):
        return array.astype(np.int64)
    if array.dtype.kind == "f" and array.size > MAX_EXACT_FLOATS and np.isfinite(array).all():
        return array.astype(np.float64)
    return np.array([exact_fraction(x, name) for x in array.tolist()], dtype=object)


def _from_sequence(value: Any) -> Array:
    entries = list(value)
    kinds = {type(x) for x in entries}
    if kinds <= {int} and all(-_INT_LIMIT < x < _INT_LIMIT for x in entries):
        return np.array(entries, dtype=np.int64)
    if kinds <= {float, np.float64} and len(entries) > MAX_EXACT_FLOATS:
        return np.array(entries, dtype=np.float64)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array


def exact_fraction(value: Any, name: str) -> Fraction:
    """A rational number as a Fraction; anything else is refused."""
    if isinstance(value, Fraction):
        return value
    number = exact(value, name)
    if not number.is_Rational:
        raise ValueError(name)
    return to_fraction(number)


def to_common_denominator(arrays: Sequence[Array], terms: int = 1) -> ScaledArrays:
    """Arrays over their common denominator.

    ``terms`` is how many entries will be added up: whole numbers are int64 only where no such sum
    can overflow, and Python's own otherwise.
    """
    if any(a.dtype.kind == "f" for a in arrays):
        return ScaledArrays(tuple(a.astype(np.float64) for a in arrays), 1, exact=False)
    unit = lcm(*{x.denominator for a in arrays if a.dtype == object for x in a.tolist()}, 1)
    largest = max(int(abs(x)) + 1 for a in arrays for x in (a.min(initial=0), a.max(initial=0)))
    fits = largest * unit * (terms + 1) < _INT_LIMIT
    return ScaledArrays(tuple(_scale_array(a, unit, fits=fits) for a in arrays), unit, exact=True)


def _scale_array(array: Array, unit: int, *, fits: bool) -> Array:
    if array.dtype != object:
        return array * unit if fits else array.astype(object) * unit
    integers = [x.numerator * (unit // x.denominator) for x in array.tolist()]
    return np.array(integers, dtype=np.int64 if fits else object)


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

    def edge_lists(self) -> tuple[list[int], list[int], list[Any]]:
        """``start``, ``receivers`` and ``gain`` as lists, over which Python loops faster."""
        return self.start.tolist(), self.receivers.tolist(), self.gain.tolist()

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
        start, receivers, gain = self.edge_lists()
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
    """The sum of a row over every subset, by bit mask."""
    sums = np.zeros(1, dtype=row.dtype)
    for entry in row:
        sums = np.concatenate([sums, sums + entry])
    return sums
