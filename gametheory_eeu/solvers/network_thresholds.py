"""Threshold games on a network: least and greatest equilibrium, best order, enumeration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.integer_arrays import Array, scaled

MOST_ENUMERATED = 20


@dataclass(frozen=True)
class Network:
    """Members who join when power and their neighbours make up for their resistance.

    Payoff of joining: ``power + sum of gains from the joiners - resistance``; of staying, 0.

    Parameters
    ----------
    resistance, power
        In whole units (``unit`` of them to one) unless ``exact`` is False.
    start, to, gain : arrays
        The gains by giver, as a compressed sparse column matrix: member j's joining is worth
        ``gain[k]`` to ``to[k]`` for k from ``start[j]`` to ``start[j + 1] - 1``.
    """

    resistance: Array
    power: Any
    start: Array
    to: Array
    gain: Array
    unit: int
    exact: bool

    @classmethod
    def of(cls, resistance: Array, pairs: tuple[Array, Array, Array], power: Fraction) -> Network:
        """From numbers; ``pairs`` are (to whom, from whose joining, how much)."""
        to, giver, gain = pairs
        n = len(resistance)
        found = scaled([resistance, gain, np.array([power], dtype=object)], terms=n + len(gain) + 2)
        theta, gain, (p,) = found.arrays
        by_giver = np.argsort(giver, kind="stable")
        start = np.searchsorted(giver[by_giver], np.arange(n + 1))
        return cls(theta, p, start, to[by_giver], gain[by_giver], found.unit, found.exact)

    def value(self, number: Any) -> Any:
        """A number of the arrays as the Fraction (or float) it stands for."""
        return Fraction(int(number), self.unit) if self.exact else float(number)

    def __len__(self) -> int:
        return len(self.resistance)

    @property
    def givers(self) -> Array:
        """Whose joining each gain is from, in the order of ``gain``."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    @property
    def received(self) -> Array:
        """What each member gains when all others join."""
        return self._summed(self.to, self.gain)

    @property
    def dense(self) -> Array:
        """The gains as a square array, row to whom, column from whose joining."""
        found = np.zeros((len(self), len(self)), dtype=self.gain.dtype)
        found[self.to, self.givers] = self.gain
        return found

    def _summed(self, to: Array, gain: Array) -> Array:
        total = np.zeros(len(self), dtype=self.resistance.dtype)
        np.add.at(total, to, gain)
        return total

    # Thresholds of power.

    @property
    def equilibrium(self) -> Any:
        """From here on all joining is an equilibrium."""
        return self.value((self.resistance - self.received).max())

    @property
    def dominance(self) -> Any:
        """From here on joining is dominant."""
        return self.value(self.resistance.max())

    @property
    def absolute(self) -> Any:
        """From here on all joining is the only equilibrium."""
        return self.value(self.best_order()[0])

    def best_order(self) -> tuple[Any, list[int]]:
        """The order whose most reluctant member is least reluctant, and that reluctance.

        Greedy is exact: the least reluctant goes next. Another's joining never makes anybody more
        reluctant, so going first costs it nothing and can only help the rest. No order is below
        the equilibrium threshold, so all that are less reluctant than that go first, at once.
        """
        most = (self.resistance - self.received).max()
        need = self.resistance - most
        rounds = self._spread(need, lambda left: left <= 0)
        order = [int(i) for front in rounds for i in front]
        reluctance = (need + most).tolist()
        return self._greedy(most.item() if hasattr(most, "item") else most, reluctance, order)

    def _greedy(self, most: Any, need: list[Any], order: list[int]) -> tuple[Any, list[int]]:
        start, to, gain = self.start.tolist(), self.to.tolist(), self.gain.tolist()
        done = [False] * len(need)
        for i in order:
            done[i] = True
        heap = [(x, i) for i, x in enumerate(need) if not done[i]]
        heapify(heap)
        while heap:
            x, i = heappop(heap)
            if done[i]:
                continue
            done[i], most = True, max(most, x)
            order.append(i)
            for k in range(start[i], start[i + 1]):
                j = to[k]
                if not done[j]:
                    need[j] -= gain[k]
                    heappush(heap, (need[j], j))
        return most, order

    # Equilibria.

    def climb(self, ties: str = "join") -> list[Array]:
        """Who joins in each simultaneous round, from nobody: up to the least equilibrium."""
        wants = np.less_equal if ties == "join" else np.less
        return self._spread(self.resistance - self.power, lambda need: wants(need, 0))

    def unravel(self) -> list[Array]:
        """Who leaves in each simultaneous round, from everybody: down to the greatest."""
        slack = self.power + self.received - self.resistance
        return self._spread(slack, lambda left: left < 0)

    def _spread(self, need: Array, moves: Callable[[Array], Array]) -> list[Array]:
        """Rounds in which those whose need is met move, each lowering the needs of others."""
        moved = np.zeros(len(self), dtype=bool)
        front = np.flatnonzero(moves(need))
        rounds = []
        while front.size:
            rounds.append(front)
            moved[front] = True
            edges = _stretches(self.start[front], self.start[front + 1])
            touched = self.to[edges]
            np.subtract.at(need, touched, self.gain[edges])
            touched = np.unique(touched)
            front = touched[moves(need[touched]) & ~moved[touched]]
        return rounds

    def all(self, ties: str = "join") -> Array:
        """Every pure equilibrium, as rows of a Boolean array; by looking at every set.

        Raises
        ------
        TooLargeError
            More than 20 members.
        """
        n = len(self)
        if n > MOST_ENUMERATED:
            raise TooLargeError(
                f"{n} members on a network make 2^{n} sets; at most {MOST_ENUMERATED} members are "
                "enumerated. least() and greatest() bound all equilibria at any size"
            )
        sets = np.arange(2**n)
        good = np.ones(2**n, dtype=bool)
        for i, row in enumerate(self.dense):
            gain = subset_sums(row) + self.power - self.resistance[i]
            inside = (sets >> i & 1).astype(bool)
            stays = gain < 0 if ties == "join" else gain <= 0
            good &= np.where(inside, gain >= 0, stays).astype(bool)
        found = sets[good]
        return (found[:, None] >> np.arange(n) & 1).astype(bool)

    def matrix(self) -> Any:
        """The gains as a SciPy sparse matrix, row to whom, column from whose joining."""
        from scipy import sparse

        shape = (len(self), len(self))
        return sparse.csr_array((self.gain, (self.to, self.givers)), shape=shape)


def _stretches(first: Array, end: Array) -> Array:
    """All positions from each ``first`` to before its ``end``."""
    lengths = end - first
    skipped = np.repeat(first - np.append(0, np.cumsum(lengths)[:-1]), lengths)
    found: Array = np.arange(len(skipped)) + skipped
    return found


def subset_sums(row: Array) -> Array:
    """The sum of a row over every subset, by bit mask.

    Examples
    --------
    >>> subset_sums(np.array([1, 10, 100])).tolist()
    [0, 1, 10, 11, 100, 101, 110, 111]
    """
    found = np.zeros(1, dtype=row.dtype)
    for entry in row:
        found = np.concatenate([found, found + entry])
    return found


__all__ = ["MOST_ENUMERATED", "Network", "subset_sums"]
