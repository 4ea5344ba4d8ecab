"""Tile: a part of a design, with each parameter's values as floats and, on demand, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, TypeAlias

import numpy as np

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import exact

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Column:
    """The values of one parameter, along the dimensions of a design.

    Parameters
    ----------
    floats : array of float64
        Of length one along the dimensions on which the parameter does not depend.
    given : array of object, optional
        The exact values as they were given, where they are no floats; a float is its shortest
        decimal.
    """

    floats: Array
    given: Array | None = None

    def part(self, region: Sequence[slice]) -> Column:
        """The values in a rectangular region of the design."""
        index = tuple(
            part if size > 1 else slice(None)
            for part, size in zip(region, self.floats.shape, strict=True)
        )
        given = None if self.given is None else self.given[index]
        return Column(np.ascontiguousarray(self.floats[index]), given)

    def exact_at(self, index: Sequence[int]) -> Expr:
        """The exact value at a place of the tile."""
        place = tuple(
            i if size > 1 else 0 for i, size in zip(index, self.floats.shape, strict=True)
        )
        return exact(float(self.floats[place]) if self.given is None else self.given[place])

    @cached_property
    def beyond_floats(self) -> Array | None:
        """Where a value is too large, or too close to zero, for any float; None if nowhere."""
        if self.given is None:
            return None
        extreme = np.isinf(self.floats) | ((self.floats == 0) & (self.given != 0))
        return extreme if extreme.any() else None

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value."""
        return float(self.floats.min()), float(self.floats.max())


@dataclass(frozen=True)
class Tile:
    """The columns of a rectangular region of a design, by symbol."""

    columns: Mapping[Symbol, Column]

    @cached_property
    def floats(self) -> dict[Symbol, Array]:
        """The values in floating point."""
        return {symbol: column.floats for symbol, column in self.columns.items()}

    @cached_property
    def dimension_count(self) -> int:
        """The number of dimensions of the design."""
        return next(iter(self.columns.values())).floats.ndim

    def beyond_floats(self, symbols: Iterable[Symbol]) -> Array | None:
        """Where some of the symbols have values beyond all floats; None if nowhere."""
        found = (self.columns[s].beyond_floats for s in symbols)
        extremes = [extreme for extreme in found if extreme is not None]
        return reduce(np.logical_or, extremes) if extremes else None

    def shape(self, symbols: Sequence[Symbol]) -> tuple[int, ...]:
        """The shape of an array that depends on some symbols."""
        return np.broadcast_shapes(*(self.columns[s].floats.shape for s in symbols))

    def exact_point(self, symbols: Sequence[Symbol], index: Sequence[int]) -> dict[Symbol, Expr]:
        """The exact values of some symbols at a place of the tile."""
        return {s: self.columns[s].exact_at(index) for s in symbols}
