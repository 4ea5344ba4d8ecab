"""Branch and bound over a box: where a condition is proved to hold, as a few large boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import count, product
from typing import TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover import Proof, prove
from gametheory_eeu.sweeps.tiles import Array

TRUE, FALSE, OUTSIDE, UNSETTLED = "true", "false", "outside", "unsettled"
RLIMIT = 2_000_000
"""Of one proof; a box for which it does not do is cut further."""


@dataclass(frozen=True)
class Cell(Picklable):
    """An open box: between which numbers each symbol lies."""

    bounds: Mapping[Symbol, tuple[Expr, Expr]]

    @property
    def condition(self) -> Boolean:
        """The box as a condition."""
        return sp.And(*(c for s, (low, high) in self.bounds.items() for c in (s > low, s < high)))

    @cached_property
    def volume(self) -> Expr:
        """The product of its sides."""
        return sp.prod(high - low for low, high in self.bounds.values())

    def points(self) -> Iterator[tuple[tuple[int, ...], dict[Symbol, Expr]]]:
        """Points just inside the corners, each with the ends that it is near to."""
        for ends in product((0, 1), repeat=len(self.bounds)):
            near = zip(ends, self.bounds.items(), strict=True)
            yield ends, {s: (15 * pair[end] + pair[1 - end]) / 16 for end, (s, pair) in near}

    def halves(self, symbol: Symbol) -> Iterator[Cell]:
        """The two halves along one side."""
        low, high = self.bounds[symbol]
        middle = (low + high) / 2
        for pair in ((low, middle), (middle, high)):
            yield Cell(FrozenMapping({**self.bounds, symbol: pair}))


@dataclass(frozen=True)
class Question(Picklable):
    """A condition over a domain, asked of boxes."""

    condition: Boolean
    domain: tuple[Boolean, ...]

    def proof(self, cell: Cell, verdict: str) -> Proof | None:
        """A proof that all of a box has a verdict; None where none is found."""
        statement = sp.Not(self.condition, evaluate=False) if verdict == FALSE else self.condition
        try:
            proof = prove(statement, given=Space.of(cell.condition, *self.domain), rlimit=RLIMIT)
        except UnsupportedError:
            return None
        if proof.verdict != "proved" or proof.vacuous is not (verdict == OUTSIDE):
            return None
        return proof

    def sample(self, cell: Cell) -> dict[tuple[int, ...], str]:
        """The verdict at points of a box, exactly; only a box of one verdict is worth a proof."""
        return {ends: self._at(point) for ends, point in cell.points()}

    def _at(self, point: Mapping[Symbol, Expr]) -> str:
        try:
            if any(truth_value(c, point) is not True for c in self.domain):
                return OUTSIDE
            return {True: TRUE, False: FALSE, None: UNSETTLED}[truth_value(self.condition, point)]
        except UndecidedError:
            return UNSETTLED


def search(
    question: Question, whole: Cell, width: Expr, proofs: int
) -> dict[str, list[tuple[Cell, Proof | None]]]:
    """The parts of a box by verdict, the largest looked at first.

    Parameters
    ----------
    question : Question
    whole : Cell
    width : SymPy number
        A side of this share of the whole is not cut any more.
    proofs : int
        The most proofs that are tried.
    """
    result: dict[str, list[tuple[Cell, Proof | None]]] = {
        v: [] for v in (TRUE, FALSE, OUTSIDE, UNSETTLED)
    }
    order, queue = count(), [(-whole.volume, 0, whole)]
    next(order)
    while queue:
        _, _, cell = heappop(queue)
        sample = question.sample(cell)
        verdicts = set(sample.values()) - {OUTSIDE} or {OUTSIDE}
        proof, verdict = None, next(iter(verdicts))
        if len(verdicts) == 1 and verdict != UNSETTLED and proofs > 0:
            proofs -= 1
            proof = question.proof(cell, verdict)
        if proof is not None:
            result[verdict].append((cell, proof))
            continue
        side = _side(cell, whole, width, sample)
        if side is None or proofs <= 0:
            result[UNSETTLED].append((cell, None))
            continue
        for half in cell.halves(side):
            heappush(queue, (-half.volume, next(order), half))
    return result


def _side(
    cell: Cell, whole: Cell, width: Expr, sample: Mapping[tuple[int, ...], str]
) -> Symbol | None:
    """Which side to cut: across which the verdict changes most often, then the longest."""
    candidates = []
    for place, (symbol, (low, high)) in enumerate(cell.bounds.items()):
        ends = whole.bounds[symbol]
        length = (high - low) / (ends[1] - ends[0])
        if length > width:
            candidates.append((length, _changes(sample, place), -place, symbol))
    return max(candidates)[-1] if candidates else None


def _changes(sample: Mapping[tuple[int, ...], str], place: int) -> int:
    """Pairs of corners that differ in one side, and in the verdict."""
    return sum(
        verdict != sample[*ends[:place], 1, *ends[place + 1 :]]
        for ends, verdict in sample.items()
        if not ends[place]
    )


_SEEDS = 24
"""Boxes from which a larger one is grown, the largest ones first."""

_Range: TypeAlias = tuple[tuple[int, int], ...]
"""Of each side, between which lines of the grid."""


def large_boxes(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Disjoint boxes whose union is that of some disjoint boxes, large ones first.

    Boxes are grown side by side as long as they stay in the union; the largest found is taken
    out, and so on until nothing is left.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x", real=True)
    >>> cells = [Cell(FrozenMapping({x: (sp.Integer(k), sp.Integer(k + 1))})) for k in (0, 1, 3)]
    >>> [box.bounds for box in large_boxes(cells)]
    [{x: (0, 2)}, {x: (3, 4)}]
    """
    if cells:
        grid = _Grid(cells)
        while grid.left.any():
            best = max(map(grid.grown, grid.seeds()), key=grid.volume)
            grid.left[grid.part(best)] = False
            yield grid.cell(best)


class _Grid:
    """The lines that all sides of some boxes lie on, and what is left of their union."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.symbols = list(cells[0].bounds)
        self.lines: list[list[Expr]] = [
            sorted({end for cell in cells for end in cell.bounds[s]}) for s in self.symbols
        ]
        self.sizes = [np.diff([float(line) for line in lines]) for lines in self.lines]
        self.left: Array = np.zeros([len(sizes) for sizes in self.sizes], dtype=bool)
        self.ranges = sorted(map(self._range, cells), key=self.volume, reverse=True)
        for place in self.ranges:
            self.left[self.part(place)] = True

    def _range(self, cell: Cell) -> _Range:
        return tuple(
            (lines.index(low), lines.index(high))
            for lines, (low, high) in zip(self.lines, cell.bounds.values(), strict=True)
        )

    def part(self, place: _Range) -> tuple[slice, ...]:
        """The part of the grid's array."""
        return tuple(slice(*pair) for pair in place)

    def volume(self, place: _Range) -> float:
        """The volume of a box."""
        sides = [sizes[a:b].sum() for sizes, (a, b) in zip(self.sizes, place, strict=True)]
        return float(np.prod(sides))

    def seeds(self) -> list[_Range]:
        """The largest boxes of which nothing was taken; else a place that is left."""
        self.ranges = [place for place in self.ranges if self.left[self.part(place)].all()]
        if self.ranges:
            return self.ranges[:_SEEDS]
        return [tuple((int(i), int(i) + 1) for i in np.argwhere(self.left)[0])]

    def grown(self, place: _Range) -> _Range:
        """The box grown where that adds most, until it can grow to no side."""
        while steps := list(self._steps(place)):
            place = max(steps, key=self.volume)
        return place

    def _steps(self, place: _Range) -> Iterator[_Range]:
        for axis, (low, high) in enumerate(place):
            for pair in ((low - 1, high), (low, high + 1)):
                step = (*place[:axis], pair, *place[axis + 1 :])
                is_inside = pair[0] >= 0 and pair[1] < len(self.lines[axis])
                if is_inside and self.left[self.part(step)].all():
                    yield step

    def cell(self, place: _Range) -> Cell:
        """The box as a cell."""
        return Cell(FrozenMapping({
            s: (lines[a], lines[b])
            for s, lines, (a, b) in zip(self.symbols, self.lines, place, strict=True)
        }))  # fmt: skip
