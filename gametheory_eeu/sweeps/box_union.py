"""Union of boxes, divided anew into a few large ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.sweeps.box_search import Cell
from gametheory_eeu.sweeps.tiles import Array

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


__all__ = ["large_boxes"]
