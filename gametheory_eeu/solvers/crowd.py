"""Threshold games with uniform gains: of members, and of a continuum, by fixed points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.thresholds import Array, to_common_denominator

MAX_PIECES, MAX_EXACT_PIECES = 20_000, 500


@dataclass(frozen=True)
class Bracket:
    """An interval that may hold fixed points, and how the function crosses the diagonal.

    ``"down"``: above the diagonal before, below after (a stable point); ``"up"``: the reverse (a
    tipping point); ``"touch"``: the same side on both ends, where the function may touch the
    diagonal or only come as close as the width of the interval.
    """

    low: Any
    high: Any
    crossing: str


def fixed_points(
    rising: Callable[[Array], Array], halvings: int = 40, *, exact: bool = False
) -> tuple[Bracket, ...]:
    """Brackets in [0, 1] outside of which a function into [0, 1] has no fixed point.

    Only that it never falls is used: on [a, b] its values lie in [f(a), f(b)], so a piece with f(a)
    > b or f(b) < a holds no fixed point. Everything else is halved, until brackets are about
    2^-halvings wide, unless points fill an interval. Exact ends are Fractions, in arrays of
    objects.
    """
    dtype, zero = (object, Fraction(0)) if exact else (float, 0.0)
    low, high = np.array([zero], dtype=dtype), np.array([zero + 1], dtype=dtype)
    for _ in range(halvings):
        middle = (low + high) / 2
        if len(low) > (MAX_EXACT_PIECES if exact else MAX_PIECES):
            break  # they fill an interval: what is left is said as one wide bracket
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        mask = (rising(low) <= high) & (rising(high) >= low)
        low, high = low[mask], high[mask]
    order = np.argsort(low, kind="stable")
    return tuple(_classify(rising, a, b) for a, b in _merge_intervals(low[order], high[order]))


def _merge_intervals(low: Array, high: Array) -> list[tuple[Any, Any]]:
    intervals: list[tuple[Any, Any]] = []
    for a, b in zip(low, high, strict=True):
        if intervals and a <= intervals[-1][1]:
            intervals[-1] = (intervals[-1][0], b)
        else:
            intervals.append((a, b))
    return intervals


def _classify(rising: Callable[[Array], Array], low: Any, high: Any) -> Bracket:
    """The bracket, with how the function crosses the diagonal in it.

    At 0 and at 1, where there is no beyond, the other end decides.
    """
    left, right = (int(x > 0) - int(x < 0) for x in _gaps(rising, low, high))
    if low <= 0 and high >= 1:
        return Bracket(low, high, "touch")
    before = left if low > 0 or left > 0 else -right
    after = right if high < 1 or right < 0 else -left
    crossing = {(1, -1): "down", (-1, 1): "up"}.get((before, after), "touch")
    return Bracket(low, high, crossing)


def _gaps(rising: Callable[[Array], Array], low: Any, high: Any) -> tuple[Any, Any]:
    endpoints = np.array([low, high])
    below, above = rising(endpoints) - endpoints
    return below, above


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
        """The game from numbers, in O(n log n) for the sort."""
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
