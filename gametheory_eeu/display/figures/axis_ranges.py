"""Ranges of the axes of a map of regimes, wide enough for every cell, and the cells left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp
from sympy.core.relational import Relational

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.display.figures.slices import Slice, axis_limits
from gametheory_eeu.display.figures.zero_sets import Array, Limits, roots_in_interval
from gametheory_eeu.errors import UnsupportedError

_GRID_SIZE = 200
_BEYOND = 2  # times as far as the furthest boundary
_BEYOND_MARKS = 1.6


@dataclass(frozen=True)
class AxisRange:
    """The ends of an axis, and which of them may move out to a cell."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    @property
    def limits(self) -> Limits:
        """Both ends."""
        return self.low, self.high

    def reaching(self, place: float) -> AxisRange:
        """The range with a place well inside, where the ends may move."""
        low, high = self.limits
        if self.open_high and place >= high:
            return replace(self, high=low + _BEYOND * (place - low))
        if self.open_low and place <= low:
            return replace(self, low=high - _BEYOND * (high - place))
        return self


def axis_ranges(
    cut: Slice, pairs: Sequence[Limits | None], marks: Sequence[Sequence[float]]
) -> tuple[Limits, ...]:
    """Limits of each axis: as given, else the symbol's bounds, and beyond every boundary and cell.

    Parameters
    ----------
    cut : Slice
    pairs : sequence of pairs of numbers, or None, one for each axis
    marks : sequence of lists of numbers
        The places of calibrations on each axis.
    """
    ranges = [
        _axis_range(cut, symbol, pair, places)
        for symbol, pair, places in zip(cut.axes, pairs, marks, strict=False)
    ]
    if any(axis.open_low or axis.open_high for axis in ranges):
        visible = _visible_cells(cut, [axis.limits for axis in ranges])
        for point in hidden_cells(cut, visible).values():
            ranges = [
                axis.reaching(float(point[symbol])) if symbol in point else axis
                for axis, symbol in zip(ranges, cut.axes, strict=True)
            ]
    return tuple(axis.limits for axis in ranges)


def hidden_cells(cut: Slice, visible: Sequence[int]) -> dict[int, Mapping[Symbol, Expr]]:
    """The other cells with an area in the slice, each with a point; none where not settled."""
    inside = [_strict(constraint) for constraint in cut.inside]
    found: dict[int, Mapping[Symbol, Expr]] = {}
    for number, condition in enumerate(cut.cells):
        if number in visible:
            continue
        try:
            point = Space.of(condition, *inside, symbols=cut.axes).witness()
        except UnsupportedError:
            point = {}
        if point is not None:
            found[number] = point
    return found


def _visible_cells(cut: Slice, limits: Sequence[Limits]) -> list[int]:
    if cut.y is None:
        numbers = cells_along(cut, limits[0])[1]
    else:
        numbers = cut.numbers(*np.meshgrid(*(np.linspace(*pair, _GRID_SIZE) for pair in limits)))
    return [int(number) for number in np.unique(numbers) if number >= 0]


def cells_along(cut: Slice, limits: Limits) -> tuple[Array, Array]:
    """The ends of intervals along a symbol, and the number of the cell in each."""
    roots = sorted({root for f in cut.boundaries for root in roots_in_interval(f, cut.x, limits)})
    ends = np.array([limits[0], *roots, limits[1]])
    return ends, cut.numbers((ends[1:] + ends[:-1]) / 2)


def _strict(constraint: Boolean) -> Boolean:
    """The interior of a constraint."""
    weak = {r: sp.Gt(r.gts, r.lts) for r in constraint.atoms(sp.Ge, sp.Le)}
    return constraint.xreplace(weak)


def _axis_range(
    cut: Slice, symbol: Symbol, pair: Limits | None, marks: Sequence[float]
) -> AxisRange:
    if pair is not None:
        return AxisRange(*axis_limits("xlim" if symbol == cut.x else "ylim", pair))
    low, high = (_bound(cut, symbol, side) for side in (1, -1))
    if low is not None and high is not None and low < high:
        return AxisRange(low, high)
    reach = _reach(cut, symbol, marks, low if low is not None else high or 0.0)
    if low is not None:
        return AxisRange(low, low + reach, open_high=True)
    if high is not None:
        return AxisRange(high - reach, high, open_low=True)
    return AxisRange(-reach, reach, open_low=True, open_high=True)


def _reach(cut: Slice, symbol: Symbol, marks: Sequence[float], start: float) -> float:
    """How far an axis runs from where it starts: past its marks, else past every boundary."""
    factor, places = (_BEYOND_MARKS, marks) if marks else (_BEYOND, _landmarks(cut, symbol))
    furthest = max((abs(place - start) for place in places), default=0.0)
    numbers = [abs(float(v)) for v in cut.values.values() if v.is_number]
    return factor * furthest if furthest > 0 else 2 * max([1.0, *numbers])


def _landmarks(cut: Slice, symbol: Symbol) -> list[float]:
    """Where the boundaries that are in this symbol alone lie."""
    limits = (-np.inf, np.inf)
    return [
        root
        for f in cut.boundaries
        if f.free_symbols == {symbol} and f.is_polynomial(symbol)
        for root in roots_in_interval(f, symbol, limits)
    ]


def _bound(
    cut: Slice, symbol: Symbol, side: int, passed: frozenset[Symbol] = frozenset()
) -> float | None:
    """The greatest lower bound (side 1), or least upper one (-1), that the slice gives a symbol.

    Bounds by other symbols count through theirs: of ``0 < t < s`` the lower one of ``s`` is 0.
    """
    bounds = [*_own_bounds(cut, symbol, side)]
    for constraint in cut.partition.space.constraints:
        for bound in _linear_bounds(constraint.xreplace(cut.values), symbol, side):
            if bound.is_number:
                bounds.append(float(bound))
            elif bound.is_Symbol and bound not in passed | {symbol}:
                further = _bound(cut, bound, side, passed | {symbol})
                bounds += [] if further is None else [further]
    return None if not bounds else side * max(side * bound for bound in bounds)


def _own_bounds(cut: Slice, symbol: Symbol, side: int) -> Iterator[float]:
    """What a symbol says of itself, and the domain that a model declares."""
    if symbol.is_nonnegative if side == 1 else symbol.is_nonpositive:
        yield 0.0
    row = cut.row(symbol)
    end = None if row is None else row.domain.inf if side == 1 else row.domain.sup
    if end is not None and end.is_finite:
        yield float(end)


def _linear_bounds(constraint: Boolean, symbol: Symbol, side: int) -> Iterator[Expr]:
    """The bound on one side that an inequality, linear in a symbol with a number, sets."""
    if not isinstance(constraint, Relational) or not hasattr(constraint, "gts"):
        return
    coefficients = linear_coefficients(constraint.gts - constraint.lts, symbol)
    if coefficients is not None and coefficients[0].is_number and side * coefficients[0] > 0:
        yield -coefficients[1] / coefficients[0]


__all__ = ["axis_ranges", "cells_along", "hidden_cells"]
