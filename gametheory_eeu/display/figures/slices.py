"""A partition with all but one or two of its symbols at values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.relational import Relational

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.figures.along import numpy_function
from gametheory_eeu.display.figures.zero_sets import Array, Limits
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.model import AbstractGame, Game, Partition

Values = Mapping[str, Any] | Calibration | AbstractGame
Mark = tuple[str, float, float]
"""A label and its place in the slice."""


@dataclass(frozen=True)
class Slice:
    """A partition in one or two symbols, the others at values."""

    partition: Partition
    x: Symbol
    y: Symbol | None
    values: Mapping[Symbol, Expr]

    @classmethod
    def of(cls, partition: Partition, x: str, y: str | None, at: Values | None) -> Slice:
        """Read the axes and the values by name.

        Raises
        ------
        UnknownNameError
            No symbol of that name.
        ParameterError
            A symbol that matters has no value.
        """
        axes = [_symbol(partition, name) for name in (x, y) if name is not None]
        if len(set(axes)) < len([x, y]) - (y is None):
            raise ParameterError("y", y, "another symbol than x")
        values = {s: v for s, v in _values(partition, at).items() if s not in axes}
        conditions = [cell.condition for cell in partition.cells]
        free = {s for c in conditions for s in c.xreplace(values).free_symbols} - set(axes)
        if free:
            names = sorted(s.name for s in free)
            raise ParameterError(
                "at", {s.name: str(v) for s, v in values.items()}, "a value for every other symbol",
                f"Write at={{{', '.join(f'{name!r}: …' for name in names)}}}",
            )  # fmt: skip
        return cls(partition, axes[0], axes[1] if y is not None else None, values)

    @property
    def axes(self) -> tuple[Symbol, ...]:
        """The open symbols."""
        return (self.x,) if self.y is None else (self.x, self.y)

    @cached_property
    def cells(self) -> list[Boolean]:
        """The cells' conditions in the slice."""
        return [cell.condition.xreplace(self.values) for cell in self.partition.cells]

    @cached_property
    def inside(self) -> list[Boolean]:
        """The space's constraints in the slice."""
        constraints = [c.xreplace(self.values) for c in self.partition.space.constraints]
        if sp.false in constraints:
            index = constraints.index(sp.false)
            raise GameTheoryError(
                f"the values contradict the space, where {self.partition.space.constraints[index]}"
            )
        return [c for c in constraints if c.free_symbols and c.free_symbols <= set(self.axes)]

    @cached_property
    def boundaries(self) -> list[Expr]:
        """The irreducible functions on whose zero sets one cell may end, without denominators."""
        relations = {r for c in self.cells for r in c.atoms(Relational)}
        factors: dict[Expr, None] = {}
        for relation in sorted(relations, key=str):
            numerator, _ = sp.fraction(sp.together(relation.lhs - relation.rhs))
            irreducibles = [f for f, _ in sp.factor_list(numerator)[1]] or [numerator]
            factors |= dict.fromkeys(f for f in irreducibles if f.free_symbols)
        return list(factors)

    def numbers(self, *points: Array) -> Any:
        """The number of the cell of each point; -1 where it is in none or outside."""
        indices = np.full(np.shape(points[0]), -1)
        with np.errstate(all="ignore"):
            for index, cell in enumerate(self.cells):
                indices[self._holds(cell, points)] = index
            for constraint in self.inside:
                indices[~self._holds(constraint, points)] = -1
        return indices

    def depth(self, index: int, *points: Array) -> Array:
        """How far inside a cell each point is: positive inside, zero on its boundary."""
        with np.errstate(all="ignore"):
            parts = [self._depth(c, points) for c in (self.cells[index], *self.inside)]
            depths: Array = np.minimum.reduce(parts)
        return np.nan_to_num(depths, nan=-1.0)

    def _depth(self, condition: Boolean, points: tuple[Array, ...]) -> Array:
        shape = np.shape(points[0])
        if condition in (sp.true, sp.false):
            return np.full(shape, 1.0 if condition == sp.true else -1.0)
        if isinstance(condition, (sp.And, sp.Or)):
            combine = np.minimum if isinstance(condition, sp.And) else np.maximum
            depths: Array = combine.reduce([self._depth(part, points) for part in condition.args])
            return depths
        if isinstance(condition, sp.Ne):
            condition = sp.Gt(sp.Abs(condition.lhs - condition.rhs), 0, evaluate=False)
        value = numpy_function(condition.gts - condition.lts, list(self.axes))(*points)
        value = np.broadcast_to(value, shape).astype(float)
        gradient = np.gradient(value)
        norm = np.sqrt(sum(derivative**2 for derivative in gradient))
        return np.asarray(value / np.where(norm > 0, norm, 1))

    def _holds(self, condition: Boolean, points: tuple[Array, ...]) -> Any:
        truth = numpy_function(condition, list(self.axes))(*points)
        return np.broadcast_to(truth, np.shape(points[0])).astype(bool)

    def mark(self, game: AbstractGame) -> Mark:
        """A game's place in the slice, by its own values of the open symbols."""
        values = getattr(game, "values", {})
        missing = [s.name for s in self.axes if not getattr(values.get(s), "is_number", False)]
        if missing:
            raise ParameterError("compare", game, f"games with a number for {', '.join(missing)}")
        position = [float(values[s]) for s in self.axes]
        return game.calibration, position[0], position[-1]

    def row(self, symbol: Symbol) -> Parameter | None:
        """The parameter of a symbol, where the game declares one."""
        game = self.partition.game
        rows = game.parameters if isinstance(game, Game) else ()
        return next((row for row in rows if row.symbol == symbol), None)


def axis_limits(name: str, limits: object) -> Limits:
    """Limits of an axis from two numbers, text read exactly."""
    pair = arg.sequence(name, limits, "two numbers, the smaller first")
    ends = [_float(exact(end, name), name) for end in pair]
    if len(ends) != 2 or not -np.inf < ends[0] < ends[1] < np.inf:
        raise ParameterError(name, limits, "two numbers, the smaller first")
    return ends[0], ends[1]


def _float(number: Expr, name: str) -> float:
    if not number.is_number:
        raise ParameterError(name, number, "a number")
    try:
        return float(number)
    except OverflowError:
        raise ParameterError(name, number, "a number that fits into an axis") from None


def _symbol(partition: Partition, name: str | Symbol) -> Symbol:
    symbols = _symbols_by_name(partition)
    return symbols[arg.one_of("symbol", getattr(name, "name", name), symbols)]


def _symbols_by_name(partition: Partition) -> dict[str, Symbol]:
    """The symbols by name; those of a model by their full names too."""
    symbols = {s.name: s for s in partition.space.symbols}
    game = partition.game
    rows = game.parameters if isinstance(game, Game) else ()
    return symbols | {row.name: row.symbol for row in rows if row.symbol in symbols.values()}


def _values(partition: Partition, at: Values | None) -> dict[Symbol, Expr]:
    if isinstance(at, Game):
        return {s: v for s, v in at.values.items() if v.is_number}
    if isinstance(at, Calibration):
        names = set(_symbols_by_name(partition))
        at = {name: value for name, (value, _) in at.values.items() if name in names}
    elif isinstance(at, AbstractGame):
        raise ParameterError("at", at, "a mapping of names to values, for a game written by a user")
    values = {} if at is None else arg.mapping("at", at, "a mapping of names to values")
    return {_symbol(partition, name): exact(v, str(name)) for name, v in values.items()}
