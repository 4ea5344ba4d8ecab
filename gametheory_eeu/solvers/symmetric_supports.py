"""Where all mix alike over the same actions, in numbers: exactly, or enclosed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm, prod
from typing import Any, Literal

from flint import Ordering, arb, fmpq, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu._types import Expr
from gametheory_eeu.solvers.algebraic_points import AlgebraicPoint
from gametheory_eeu.solvers.certified_systems import Box, enclosed_zeros
from gametheory_eeu.solvers.certified_zeros import Ball, precisely
from gametheory_eeu.solvers.compositions import (
    Counts,
    compositions,
    multinomial,
    plus_one,
    within,
)
from gametheory_eeu.solvers.polynomial_zeros import real_zeros
from gametheory_eeu.solvers.support_enumeration import mix_of

Own = tuple[int, ...]
"""The actions that are played, by position."""
_BITS = 192
_MARGIN = 1 / 32


@dataclass(frozen=True)
class CountTable:
    """What each action pays by how many of the others take each: whole numbers in proportion.

    Parameters
    ----------
    others : int
        How many others there are.
    rows : for each action a mapping of the others' counts to a whole number
    """

    others: int
    rows: tuple[Mapping[Counts, int], ...]

    @classmethod
    def of(cls, others: int, rows: Sequence[Mapping[Counts, Expr]]) -> CountTable:
        """A table of rational SymPy numbers."""
        scale = lcm(*(int(v.q) for row in rows for v in row.values()))
        return cls(others, tuple({c: int(v * scale) for c, v in row.items()} for row in rows))

    def worth(self, own: Own, mix: Sequence[Any], one: Any) -> list[Any]:
        """What each action earns where all others mix over a support, in any ring."""
        powers = [_powers(chance, self.others, one) for chance in mix]
        weights = {
            within(c, own, len(self.rows)): multinomial(c) * prod(
                (p[k] for p, k in zip(powers[1:], c[1:], strict=True)), start=powers[0][c[0]]
            )
            for c in compositions(self.others, len(own))
        }  # fmt: skip
        return [sum((row[c] * w for c, w in weights.items()), 0 * one) for row in self.rows]


def _powers(base: Any, most: int, one: Any) -> list[Any]:
    found = [one]
    for _ in range(most):
        found.append(found[-1] * base)
    return found


@dataclass(frozen=True)
class AlikeNearby:
    """A box in which there is exactly one such equilibrium: a ball for each probability."""

    chances: tuple[Ball, ...]


@dataclass(frozen=True)
class AlikeExactly:
    """An equilibrium in which all play one mix, its probabilities in one number field."""

    point: AlgebraicPoint
    chances: tuple[Any, ...]

    @property
    def degree(self) -> int:
        """Of the algebraic number that its probabilities are written in."""
        return len(self.point.minimal) - 1

    @property
    def nearby(self) -> AlikeNearby:
        """The same as an enclosure."""
        return AlikeNearby(tuple(self.point.ball(chance, _BITS) for chance in self.chances))


@dataclass(frozen=True)
class OnSupport:
    """What is known of a support; ``status`` says whether that is all of its equilibria."""

    status: Literal["complete", "infinite", "large"]
    found: tuple[AlikeExactly | AlikeNearby, ...] = ()
    boxes: int = 0


def alike_on(table: CountTable, own: Own, boxes: int) -> OnSupport:
    """Every equilibrium in which all play the same mix over a support.

    With m actions played, m - 1 equations of degree n - 1 in m - 1 probabilities. Their real zeros
    are found exactly, and the signs of the probabilities and of the gains of actions not
    played decided exactly; a system too large for that is enclosed in interval arithmetic.

    Parameters
    ----------
    table : CountTable
    own : tuple of int
    boxes : int
        Boxes of interval arithmetic to look at, at most.

    Examples
    --------
    >>> pay = {(1, 0): 0, (0, 1): 2}, {(1, 0): 1, (0, 1): 0}
    >>> found = alike_on(CountTable(1, pay), (0, 1), boxes=100)
    >>> found.status, [e.point.numbers for e in found.found]
    ('complete', [(2/3,)])
    """
    names = [f"x{a}" for a in own[:-1]]
    context = fmpz_mpoly_ctx.get(names, Ordering.degrevlex)
    one = context.constant(1)
    earned = table.worth(own, mix_of(list(context.gens()), one), one)
    equations = [earned[a] - earned[own[-1]] for a in own[:-1]]
    if any(e != 0 and e.is_constant() for e in equations):
        return OnSupport("complete")
    if not names:
        alone = _checked(table, own, AlgebraicPoint((0, 1), 0, ()))
        return OnSupport("complete", () if alone is None else (alone,))
    zeros = real_zeros(equations, context)
    if zeros.status == "infinite":
        return OnSupport("infinite")
    if zeros.status == "large":
        return _enclosed(table, own, boxes)
    found = (_checked(table, own, point) for point in zeros.points)
    return OnSupport("complete", tuple(e for e in found if e is not None))


def _checked(table: CountTable, own: Own, point: AlgebraicPoint) -> AlikeExactly | None:
    """The equilibrium at a point, if its probabilities are positive and nobody gains."""
    one = fmpq_poly([1])
    mix = mix_of(list(point.coordinates), one)
    if any(point.sign(chance) <= 0 for chance in mix):
        return None
    outside = [a for a in range(len(table.rows)) if a not in own]
    if outside:
        earned = table.worth(own, [_Residue(point, c) for c in mix], _Residue(point, one))
        best = earned[own[0]].value
        if any(point.sign(earned[a].value - best) > 0 for a in outside):
            return None
    at = dict(zip(own, mix, strict=True))
    return AlikeExactly(point, tuple(at.get(a, fmpq_poly([0])) for a in range(len(table.rows))))


@dataclass(frozen=True)
class _Residue:
    """An element of a point's number field, kept in its short form."""

    point: AlgebraicPoint
    value: Any

    def __mul__(self, other: _Residue) -> _Residue:
        return _Residue(self.point, self.point.reduced(self.value * other.value))

    def __rmul__(self, scale: int) -> _Residue:
        return _Residue(self.point, self.value * fmpq(scale))

    def __add__(self, other: _Residue) -> _Residue:
        return _Residue(self.point, self.value + other.value)


class _System:
    """The equations of indifference over a support, each over the largest payoff."""

    def __init__(self, table: CountTable, own: Own) -> None:
        self.table, self.own, self.size = table, own, len(own) - 1

    @cached_property
    def differences(self) -> list[dict[Counts, Ball]]:
        """For each equation what it takes at each choice of the others, all within the support."""
        rows, parts = self.table.rows, len(self.table.rows)
        scale = arb(max(max(map(abs, row.values())) for row in rows) or 1)
        inside = list(compositions(self.table.others, len(self.own)))
        last = rows[self.own[-1]]
        places = [(c, within(c, self.own, parts)) for c in inside]
        return [{c: (rows[a][w] - last[w]) / scale for c, w in places} for a in self.own[:-1]]

    @cached_property
    def slopes(self) -> list[list[dict[Counts, Ball]]]:
        """Of each equation its derivatives: a step from the last action to another one."""
        others = self.table.others
        inside = list(compositions(others - 1, len(self.own)))
        return [
            [
                {c: others * (d[plus_one(c, k)] - d[plus_one(c, self.size)]) for c in inside}
                for k in range(self.size)
            ]
            for d in self.differences
        ]

    def values(self, point: Sequence[Ball]) -> list[Ball]:
        """The ranges of the equations; of a box whose probabilities exceed one, positive ones.

        At a point they are what they are, wherever it lies: Krawczyk's operator asks for them at
        the middle of a box, which may be outside where a part of the box is not.
        """
        ranges = self._term_by_term(point)
        if all(x.rad() == 0 for x in point):
            return ranges
        if mix_of(list(point), arb(1))[-1] < 0:
            return [arb(1)] * self.size
        if any(not v.contains(0) for v in ranges):
            return ranges
        return [_meet(v, w) for v, w in zip(ranges, self._from_the_middle(point), strict=True)]

    def _term_by_term(self, point: Sequence[Ball]) -> list[Ball]:
        weights = _weights(mix_of(list(point), arb(1)), self.table.others)
        return [_dot(d, weights) for d in self.differences]

    def _from_the_middle(self, point: Sequence[Ball]) -> list[Ball]:
        """The mean value form: on a small box much the narrower of the two."""
        middle = [x.mid() for x in point]
        away = [x - m for x, m in zip(point, middle, strict=True)]
        return [
            value + sum((s * d for s, d in zip(row, away, strict=True)), arb(0))
            for value, row in zip(self._term_by_term(middle), self.derivatives(point), strict=True)
        ]

    def derivatives(self, point: Sequence[Ball]) -> list[list[Ball]]:
        """Rows by equation."""
        weights = _weights(mix_of(list(point), arb(1)), self.table.others - 1)
        return [[_dot(slope, weights) for slope in row] for row in self.slopes]

    def state(self, mix: Sequence[Ball]) -> bool | None:
        """Whether it is an equilibrium; None where a sign was not settled."""
        earned = self.table.worth(self.own, mix, arb(1))
        best = earned[self.own[0]]
        signs = [*mix, *(best - earned[a] for a in range(len(earned)) if a not in self.own)]
        if any(value < 0 for value in signs):
            return False
        return True if all(value > 0 for value in signs) else None


def _weights(mix: Sequence[Ball], total: int) -> dict[Counts, Ball]:
    powers = [_powers(chance, total, arb(1)) for chance in mix]
    return {
        c: multinomial(c) * prod((p[k] for p, k in zip(powers, c, strict=True)), start=arb(1))
        for c in compositions(total, len(mix))
    }


def _meet(one: Ball, other: Ball) -> Ball:
    """An enclosure of what two enclosures of one range have in common."""
    low, high = one.lower().max(other.lower()), one.upper().min(other.upper())
    return low.union(high) if low <= high else one


def _dot(values: Mapping[Counts, Ball], weights: Mapping[Counts, Ball]) -> Ball:
    return sum((values[c] * w for c, w in weights.items()), arb(0))


def _enclosed(table: CountTable, own: Own, boxes: int) -> OnSupport:
    with precisely(_BITS):
        system = _System(table, own)
        start: Box = tuple(arb(0.5, 0.5 + _MARGIN) for _ in range(system.size))
        _ = system.slopes
    zeros = enclosed_zeros(system.values, system.derivatives, start, boxes)
    settled, kept = zeros.complete, []
    with precisely(_BITS):
        for zero in zeros.zeros:
            mix = mix_of(list(zero), arb(1))
            state = system.state(mix)
            settled = settled and state is not None
            if state:
                at = dict(zip(own, mix, strict=True))
                kept.append(AlikeNearby(tuple(at.get(a, arb(0)) for a in range(len(table.rows)))))
    return OnSupport("complete" if settled else "large", tuple(kept), zeros.boxes)


__all__ = ["AlikeExactly", "AlikeNearby", "CountTable", "OnSupport", "alike_on"]
