"""Symmetric equilibria with a given support, in numbers: exact or enclosed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Literal

from flint import Ordering, arb, fmpq, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.solvers.certified_zeros import Ball, Box, enclosed_zeros, working_precision
from gametheory_eeu.solvers.counts import (
    Counts,
    add_player,
    compositions,
    embed,
    multinomial,
)
from gametheory_eeu.solvers.integer_game import are_positive, complete_mix
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_zeros

OwnSupport = tuple[int, ...]
"""The actions that are played, by position."""
_BITS = 192
_MARGIN = 1 / 32


@dataclass(frozen=True)
class CountTable:
    """Payoff of each action by the counts of the others' actions, as proportional integers."""

    others: int
    rows: tuple[Mapping[Counts, int], ...]

    @classmethod
    def of(cls, others: int, rows: Sequence[Mapping[Counts, Expr]]) -> CountTable:
        """A table of rational SymPy numbers."""
        integers, _ = to_integers(row.values() for row in rows)
        return cls(others, tuple(map(dict, map(zip, rows, integers))))

    def worth(self, support: OwnSupport, mix: Sequence[Any], unit: Any) -> list[Any]:
        """Payoff of each action where all others mix over a support, in any ring."""
        powers = [_powers(chance, self.others, unit) for chance in mix]
        weights = {
            embed(c, support, len(self.rows)): multinomial(c) * prod(
                (p[k] for p, k in zip(powers[1:], c[1:], strict=True)), start=powers[0][c[0]]
            )
            for c in compositions(self.others, len(support))
        }  # fmt: skip
        return [sum((row[c] * w for c, w in weights.items()), 0 * unit) for row in self.rows]


def _powers(base: Any, exponent: int, unit: Any) -> list[Any]:
    powers = [unit]
    for _ in range(exponent):
        powers.append(powers[-1] * base)
    return powers


@dataclass(frozen=True)
class SymmetricEnclosure:
    """An enclosure of exactly one symmetric equilibrium: a ball for each probability."""

    chances: tuple[Ball, ...]


@dataclass(frozen=True)
class SymmetricEquilibrium:
    """A symmetric equilibrium, its probabilities in one number field."""

    point: AlgebraicPoint
    chances: tuple[Any, ...]

    @property
    def degree(self) -> int:
        """The degree of the number field of its probabilities."""
        return len(self.point.minimal) - 1

    @property
    def enclosure(self) -> SymmetricEnclosure:
        """The equilibrium as an enclosure."""
        return SymmetricEnclosure(tuple(self.point.ball(chance, _BITS) for chance in self.chances))


@dataclass(frozen=True)
class SupportSolution:
    """The equilibria with one support; ``status`` says whether they are all."""

    status: Literal["complete", "infinite", "large"]
    equilibria: tuple[SymmetricEquilibrium | SymmetricEnclosure, ...] = ()
    boxes: int = 0


def solve_support(table: CountTable, own: OwnSupport, boxes: int) -> SupportSolution:
    """Every equilibrium in which all play the same mix over a support.

    With m actions played, m - 1 equations of degree n - 1 in m - 1 probabilities. Their real zeros
    are found exactly, and the signs of the probabilities and of the gains of actions not played
    decided exactly; a system too large for that is enclosed in interval arithmetic, in at most so
    many boxes.
    """
    names = [f"x{a}" for a in own[:-1]]
    context = fmpz_mpoly_ctx.get(names, Ordering.degrevlex)
    unit = context.constant(1)
    payoffs = table.worth(own, complete_mix(list(context.gens()), unit), unit)
    equations = [payoffs[a] - payoffs[own[-1]] for a in own[:-1]]
    if any(e != 0 and e.is_constant() for e in equations):
        return SupportSolution("complete")
    if not names:
        equilibrium = _equilibrium_at(table, own, AlgebraicPoint((0, 1), 0, ()))
        return SupportSolution("complete", () if equilibrium is None else (equilibrium,))
    zeros = real_zeros(equations, context)
    if zeros.status == "infinite":
        return SupportSolution("infinite")
    if zeros.status == "large":
        return _enclose_equilibria(table, own, boxes)
    equilibria = (_equilibrium_at(table, own, point) for point in zeros.points)
    return SupportSolution("complete", tuple(e for e in equilibria if e is not None))


def _equilibrium_at(
    table: CountTable, support: OwnSupport, point: AlgebraicPoint
) -> SymmetricEquilibrium | None:
    """The equilibrium at a point, if its probabilities are positive and nobody gains."""
    unit = fmpq_poly([1])
    mix = complete_mix(list(point.coordinates), unit)
    if any(point.sign(chance) <= 0 for chance in mix):
        return None
    outside = [a for a in range(len(table.rows)) if a not in support]
    if outside:
        payoffs = table.worth(support, [_Residue(point, c) for c in mix], _Residue(point, unit))
        best = payoffs[support[0]].value
        if any(point.sign(payoffs[a].value - best) > 0 for a in outside):
            return None
    return SymmetricEquilibrium(point, embed(mix, support, len(table.rows), fmpq_poly([0])))


@dataclass(frozen=True)
class _Residue:
    """An element of a point's number field, kept in its short form."""

    point: AlgebraicPoint
    value: Any

    def __mul__(self, other: _Residue) -> _Residue:
        return _Residue(self.point, self.point.reduce(self.value * other.value))

    def __rmul__(self, scale: int) -> _Residue:
        return _Residue(self.point, self.value * fmpq(scale))

    def __add__(self, other: _Residue) -> _Residue:
        return _Residue(self.point, self.value + other.value)


class _SymmetricSystem:
    """The equations of indifference over a support, each over the largest payoff."""

    def __init__(self, table: CountTable, own: OwnSupport) -> None:
        self.table, self.own, self.size = table, own, len(own) - 1

    @cached_property
    def differences(self) -> list[dict[Counts, Ball]]:
        """Coefficients of each equation at each choice of the others within the support."""
        rows, parts = self.table.rows, len(self.table.rows)
        scale = arb(max(max(map(abs, row.values())) for row in rows) or 1)
        counts = list(compositions(self.table.others, len(self.own)))
        last = rows[self.own[-1]]
        count_pairs = [(c, embed(c, self.own, parts)) for c in counts]
        return [{c: (rows[a][w] - last[w]) / scale for c, w in count_pairs} for a in self.own[:-1]]

    @cached_property
    def slopes(self) -> list[list[dict[Counts, Ball]]]:
        """Coefficients of the derivatives of each equation."""
        others = self.table.others
        counts = list(compositions(others - 1, len(self.own)))
        return [
            [
                {c: others * (d[add_player(c, k)] - d[add_player(c, self.size)]) for c in counts}
                for k in range(self.size)
            ]
            for d in self.differences
        ]

    def values(self, point: Sequence[Ball]) -> list[Ball]:
        """Ranges of the equations on a box; positive where its probabilities exceed one.

        At a point they are what they are, wherever it lies: Krawczyk's operator asks for them at
        the middle of a box, which may be outside where a part of the box is not.
        """
        ranges = self._direct_ranges(point)
        if all(x.rad() == 0 for x in point):
            return ranges
        if complete_mix(list(point), arb(1))[-1] < 0:
            return [arb(1)] * self.size
        if any(not v.contains(0) for v in ranges):
            return ranges
        return [
            _intersect(v, w) for v, w in zip(ranges, self._mean_value_ranges(point), strict=True)
        ]

    def _direct_ranges(self, point: Sequence[Ball]) -> list[Ball]:
        weights = _weights(complete_mix(list(point), arb(1)), self.table.others)
        return [_dot(d, weights) for d in self.differences]

    def _mean_value_ranges(self, point: Sequence[Ball]) -> list[Ball]:
        """Ranges by the mean value form, much the narrower ones on a small box."""
        middle = [x.mid() for x in point]
        offsets = [x - m for x, m in zip(point, middle, strict=True)]
        return [
            value + sum((s * d for s, d in zip(row, offsets, strict=True)), arb(0))
            for value, row in zip(self._direct_ranges(middle), self.derivatives(point), strict=True)
        ]

    def derivatives(self, point: Sequence[Ball]) -> list[list[Ball]]:
        """The Jacobian, a row for each equation."""
        weights = _weights(complete_mix(list(point), arb(1)), self.table.others - 1)
        return [[_dot(slope, weights) for slope in row] for row in self.slopes]

    def state(self, mix: Sequence[Ball]) -> bool | None:
        """Whether a mix is an equilibrium; None where a sign is undecided."""
        payoffs = self.table.worth(self.own, mix, arb(1))
        best = payoffs[self.own[0]]
        signs = [*mix, *(best - payoffs[a] for a in range(len(payoffs)) if a not in self.own)]
        return are_positive(signs)


def _weights(mix: Sequence[Ball], total: int) -> dict[Counts, Ball]:
    powers = [_powers(chance, total, arb(1)) for chance in mix]
    return {
        c: multinomial(c) * prod((p[k] for p, k in zip(powers, c, strict=True)), start=arb(1))
        for c in compositions(total, len(mix))
    }


def _intersect(first: Ball, second: Ball) -> Ball:
    """An enclosure of the intersection of two enclosures of one range."""
    low, high = first.lower().max(second.lower()), first.upper().min(second.upper())
    return low.union(high) if low <= high else first


def _dot(values: Mapping[Counts, Ball], weights: Mapping[Counts, Ball]) -> Ball:
    return sum((values[c] * w for c, w in weights.items()), arb(0))


def _enclose_equilibria(table: CountTable, support: OwnSupport, boxes: int) -> SupportSolution:
    with working_precision(_BITS):
        system = _SymmetricSystem(table, support)
        start: Box = tuple(arb(0.5, 0.5 + _MARGIN) for _ in range(system.size))
        _ = system.slopes
    zeros = enclosed_zeros(system.values, system.derivatives, start, boxes)
    is_complete, enclosures = zeros.complete, []
    with working_precision(_BITS):
        for zero in zeros.zeros:
            mix = complete_mix(list(zero), arb(1))
            state = system.state(mix)
            is_complete = is_complete and state is not None
            if state:
                chances = embed(mix, support, len(table.rows), arb(0))
                enclosures.append(SymmetricEnclosure(chances))
    return SupportSolution("complete" if is_complete else "large", tuple(enclosures), zeros.boxes)
