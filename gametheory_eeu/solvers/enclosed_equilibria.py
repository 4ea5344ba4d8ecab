"""The equilibria on a support whose equations are too large to solve exactly, each enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from flint import arb

from gametheory_eeu.solvers.certified_systems import Box, enclosed_zeros
from gametheory_eeu.solvers.certified_zeros import Ball, middle_and_error, precisely
from gametheory_eeu.solvers.integer_game import Support, Table
from gametheory_eeu.solvers.support_enumeration import mix_of, worth

_BITS = 192
_MARGIN = 1 / 32


@dataclass(frozen=True)
class Approximate:
    """A point within ``radius`` of an equilibrium, probability by probability."""

    support: Support
    chances: tuple[tuple[Fraction, ...], ...]
    radius: Fraction


@dataclass(frozen=True)
class Settled:
    """What is certain of a support: its equilibria, whether these are all, and the work done."""

    equilibria: tuple[Approximate, ...]
    complete: bool
    boxes: int


def enclosed_equilibria(table: Table, support: Support, most: int) -> Settled:
    """Every equilibrium with this support, each enclosed and certain to exist.

    Parameters
    ----------
    table : Table
    support : Support
    most : int
        Boxes of probabilities to look at.
    """
    with precisely(_BITS):
        system = _System(table, support)
    start = tuple(arb(0.5, 0.5 + _MARGIN) for _ in range(system.size))
    found = enclosed_zeros(system.values, system.derivatives, start, most)
    complete, kept = found.complete, []
    with precisely(_BITS):
        for zero in found.zeros:
            state = system.state(zero)
            if state is None:
                complete = False
            elif state:
                kept.append(_approximate(table, support, zero))
    return Settled(tuple(kept), complete, found.boxes)


class _System:
    """The equations of indifference on a support, each over the largest payoff.

    Each is linear in every other player's mix, so over a box of probabilities it takes its
    extreme values at corners: its range there is exact.
    """

    def __init__(self, table: Table, support: Support) -> None:
        self.table, self.support = table, support
        self.size = sum(len(own) - 1 for own in support)
        self.differences = [self._of(i) for i in range(len(support))]

    def _of(self, i: int) -> list[list[Ball]]:
        """For each equation of a player what it takes at each choice within the supports."""
        rows, own = self.table.rows[i], self.support[i]
        places = self.table.against(self.support, i)
        scale = arb(max(max(map(abs, row)) for row in rows) or 1)
        return [[(rows[a][p] - rows[own[-1]][p]) / scale for p in places] for a in own[:-1]]

    def mixes(self, point: Sequence[Ball]) -> list[list[Ball]]:
        free = iter(point)
        return [mix_of([next(free) for _ in own[:-1]], arb(1)) for own in self.support]

    def values(self, point: Sequence[Ball]) -> list[Ball]:
        """The ranges of the equations; of a box whose probabilities exceed one, positive ones.

        At a point they are what they are, wherever it lies: Krawczyk's operator asks for them at
        the middle of a box, which may be outside where a part of the box is not.
        """
        if any(x.rad() > 0 for x in point) and any(mix[-1] < 0 for mix in self.mixes(point)):
            return [arb(1)] * self.size
        return self._ranges(self._corners(point))

    def _corners(self, point: Sequence[Ball]) -> list[list[list[Ball]]]:
        """For each player the mixes at the corners of his part of a box."""
        free = iter(point)
        found = []
        for own in self.support:
            ends = [_ends(next(free)) for _ in own[:-1]]
            found.append([mix_of(list(corner), arb(1)) for corner in product(*ends)])
        return found

    def _ranges(self, corners: list[list[list[Ball]]], but: int | None = None) -> list[Ball]:
        """One range for each equation; zero for the player ``but``, who is not in his own."""
        found = []
        for i, tensors in enumerate(self.differences):
            others = [c for j, c in enumerate(corners) if j != i]
            found += [arb(0) if i == but else _range(tensor, others) for tensor in tensors]
        return found

    def derivatives(self, point: Sequence[Ball]) -> list[list[Ball]]:
        """Rows by equation: each is linear in every player's mix, so a step of it is a slope."""
        corners = self._corners(point)
        columns = []
        for j, own in enumerate(self.support):
            for k in range(len(own) - 1):
                step = [arb(int(a == k)) for a in range(len(own) - 1)] + [arb(-1)]
                columns.append(self._ranges([*corners[:j], [step], *corners[j + 1 :]], but=j))
        return [list(row) for row in zip(*columns, strict=True)]

    def state(self, zero: Box) -> bool | None:
        """Whether it is an equilibrium; None where a sign was not settled."""
        mixes = self.mixes(zero)
        signs = [chance for mix in mixes for chance in mix]
        for i, own in enumerate(self.support):
            earned = worth(self.table, self.support, i, mixes)
            signs += [earned[own[0]] - earned[a] for a in range(len(earned)) if a not in own]
        if any(value < 0 for value in signs):
            return False
        return True if all(value > 0 for value in signs) else None


def _ends(ball: Ball) -> tuple[Ball, ...]:
    return (ball,) if ball.rad() == 0 else (ball.lower(), ball.upper())


def _range(tensor: list[Ball], others: list[list[list[Ball]]]) -> Ball:
    """The hull of a multilinear function's values at all corners."""
    blocks = [tensor]
    for corners in others:
        blocks = [_contracted(block, mix) for block in blocks for mix in corners]
    hull = blocks[0][0]
    for (value,) in blocks[1:]:
        hull = hull.union(value)
    return hull


def _contracted(block: list[Ball], mix: list[Ball]) -> list[Ball]:
    """The weighted sum of a tensor's slices along its first direction."""
    width = len(block) // len(mix)
    slices = (block[k * width : (k + 1) * width] for k in range(len(mix)))
    total = [arb(0)] * width
    for weight, part in zip(mix, slices, strict=True):
        total = [t + weight * v for t, v in zip(total, part, strict=True)]
    return total


def _approximate(table: Table, support: Support, zero: Box) -> Approximate:
    radius = Fraction(0)
    chances: list[tuple[Fraction, ...]] = []
    free = iter(zero)
    for own, n in zip(support, table.shape, strict=True):
        found = [middle_and_error(next(free)) for _ in own[:-1]]
        middles = [m for m, _ in found]
        middles.append(1 - sum(middles, Fraction(0)))
        radius = max(radius, sum((e for _, e in found), Fraction(0)))
        at = dict(zip(own, middles, strict=True))
        chances.append(tuple(at.get(a, Fraction(0)) for a in range(n)))
    return Approximate(support, tuple(chances), radius)


__all__ = ["Approximate", "Settled", "enclosed_equilibria"]
