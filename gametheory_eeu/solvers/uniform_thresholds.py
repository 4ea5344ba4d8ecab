"""Threshold games with uniform complementarity: all equilibria from one sorted array."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
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
    joined: ``resistance[m] - gain * (m-1)``, to be compared with the power.

    Parameters
    ----------
    order : array
        Members from the least resistant on (positions in the input).
    resistance : array
        In that order, and like ``gain`` and ``power`` in whole units unless ``exact`` is False.
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


__all__ = ["MAX_MIXED", "Crowd"]
