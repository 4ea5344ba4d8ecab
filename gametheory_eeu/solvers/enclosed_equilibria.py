"""Certified enclosures of equilibria on a support with equations too large to solve exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from flint import arb

from gametheory_eeu.solvers.certified_zeros import (
    Ball,
    Box,
    enclosed_zeros,
    midpoint_and_radius,
    working_precision,
)
from gametheory_eeu.solvers.integer_game import IntegerGame, Support, action_payoffs, complete_mix

_BITS = 192
_MARGIN = 1 / 32


@dataclass(frozen=True)
class ApproximateEquilibrium:
    """A point within ``radius`` of an equilibrium, probability by probability."""

    support: Support
    chances: tuple[tuple[Fraction, ...], ...]
    radius: Fraction


@dataclass(frozen=True)
class SupportEnclosure:
    """The enclosed equilibria on a support, whether they are all, the boxes examined."""

    equilibria: tuple[ApproximateEquilibrium, ...]
    complete: bool
    boxes: int


def enclosed_equilibria(table: IntegerGame, support: Support, max_boxes: int) -> SupportEnclosure:
    """Enclosures of all equilibria with this support, each certain to exist.

    Parameters
    ----------
    table : Table
    support : Support
    max_boxes : int
        Boxes of probabilities to look at.
    """
    with working_precision(_BITS):
        system = _SupportEquations(table, support)
    start = tuple(arb(0.5, 0.5 + _MARGIN) for _ in range(system.size))
    result = enclosed_zeros(system.values, system.derivatives, start, max_boxes)
    complete, equilibria = result.complete, []
    with working_precision(_BITS):
        for zero in result.zeros:
            is_equilibrium = system.state(zero)
            if is_equilibrium is None:
                complete = False
            elif is_equilibrium:
                equilibria.append(_approximate_equilibrium(table, support, zero))
    return SupportEnclosure(tuple(equilibria), complete, result.boxes)


class _SupportEquations:
    """The equations of indifference on a support, each over the largest payoff.

    Each is linear in every other player's mix, so over a box of probabilities it takes its
    extreme values at corners: its range there is exact.
    """

    def __init__(self, table: IntegerGame, support: Support) -> None:
        self.table, self.support = table, support
        self.size = sum(len(actions) - 1 for actions in support)
        self.differences = [self._payoff_differences(i) for i in range(len(support))]

    def _payoff_differences(self, i: int) -> list[list[Ball]]:
        """Payoff differences of a player's equations at each choice within the supports."""
        rows, actions = self.table.rows[i], self.support[i]
        profiles = self.table.against(self.support, i)
        scale = arb(max(max(map(abs, row)) for row in rows) or 1)
        return [
            [(rows[action][profile] - rows[actions[-1]][profile]) / scale for profile in profiles]
            for action in actions[:-1]
        ]

    def mixes(self, point: Sequence[Ball]) -> list[list[Ball]]:
        free = iter(point)
        return [
            complete_mix([next(free) for _ in actions[:-1]], arb(1)) for actions in self.support
        ]

    def values(self, point: Sequence[Ball]) -> list[Ball]:
        """The ranges of the equations; of a box whose probabilities exceed one, positive ones.

        At a point they are what they are, wherever it lies: Krawczyk's operator asks for them at
        the middle of a box, which may be outside where a part of the box is not.
        """
        if any(x.rad() > 0 for x in point) and any(mix[-1] < 0 for mix in self.mixes(point)):
            return [arb(1)] * self.size
        return self._ranges(self._corner_mixes(point))

    def _corner_mixes(self, point: Sequence[Ball]) -> list[list[list[Ball]]]:
        """The mixes of each player at the corners of a box."""
        free = iter(point)
        corner_mixes = []
        for actions in self.support:
            endpoints = [_endpoints(next(free)) for _ in actions[:-1]]
            corner_mixes.append(
                [complete_mix(list(corner), arb(1)) for corner in product(*endpoints)]
            )
        return corner_mixes

    def _ranges(self, corners: list[list[list[Ball]]], but: int | None = None) -> list[Ball]:
        """One range for each equation; zero for those of the player ``but``."""
        ranges = []
        for i, tensors in enumerate(self.differences):
            others = [c for j, c in enumerate(corners) if j != i]
            ranges += [
                arb(0) if i == but else _multilinear_range(tensor, others) for tensor in tensors
            ]
        return ranges

    def derivatives(self, point: Sequence[Ball]) -> list[list[Ball]]:
        """Partial derivatives, a row for each equation: exact slopes, by multilinearity."""
        corners = self._corner_mixes(point)
        columns = []
        for j, actions in enumerate(self.support):
            for k in range(len(actions) - 1):
                direction = [arb(int(a == k)) for a in range(len(actions) - 1)] + [arb(-1)]
                columns.append(self._ranges([*corners[:j], [direction], *corners[j + 1 :]], but=j))
        return [list(row) for row in zip(*columns, strict=True)]

    def state(self, zero: Box) -> bool | None:
        """Whether a zero is an equilibrium; None where a sign is undecided."""
        mixes = self.mixes(zero)
        signs = [chance for mix in mixes for chance in mix]
        for i, actions in enumerate(self.support):
            payoffs = action_payoffs(self.table, self.support, i, mixes)
            signs += [
                payoffs[actions[0]] - payoffs[a] for a in range(len(payoffs)) if a not in actions
            ]
        if any(value < 0 for value in signs):
            return False
        return True if all(value > 0 for value in signs) else None


def _endpoints(ball: Ball) -> tuple[Ball, ...]:
    return (ball,) if ball.rad() == 0 else (ball.lower(), ball.upper())


def _multilinear_range(tensor: list[Ball], others: list[list[list[Ball]]]) -> Ball:
    """Hull of a multilinear function's values at the corners of a box."""
    blocks = [tensor]
    for corners in others:
        blocks = [_contract(block, mix) for block in blocks for mix in corners]
    hull = blocks[0][0]
    for (value,) in blocks[1:]:
        hull = hull.union(value)
    return hull


def _contract(block: list[Ball], mix: list[Ball]) -> list[Ball]:
    """Contraction of a tensor with a mix along its first axis."""
    width = len(block) // len(mix)
    slices = (block[k * width : (k + 1) * width] for k in range(len(mix)))
    total = [arb(0)] * width
    for weight, piece in zip(mix, slices, strict=True):
        total = [t + weight * v for t, v in zip(total, piece, strict=True)]
    return total


def _approximate_equilibrium(
    table: IntegerGame, support: Support, zero: Box
) -> ApproximateEquilibrium:
    radius = Fraction(0)
    chances: list[tuple[Fraction, ...]] = []
    free = iter(zero)
    for actions, n in zip(support, table.shape, strict=True):
        enclosures = [midpoint_and_radius(next(free)) for _ in actions[:-1]]
        middles = [m for m, _ in enclosures]
        middles.append(1 - sum(middles, Fraction(0)))
        radius = max(radius, sum((e for _, e in enclosures), Fraction(0)))
        probability_of = dict(zip(actions, middles, strict=True))
        chances.append(tuple(probability_of.get(a, Fraction(0)) for a in range(n)))
    return ApproximateEquilibrium(support, tuple(chances), radius)
