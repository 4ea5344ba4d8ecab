"""A slice through the regimes of a game: its cells, what divides them, how far its axes run.

All but one or two symbols of a partition are at values. Boundaries are zero sets, each point on
them to rounding; axes are wide enough for every cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import sympy as sp
from sympy.core.relational import Relational

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.display.figures.along import Array, numpy_function
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnsupportedError
from gametheory_eeu.games import AbstractGame, Game, Partition

Values = Mapping[str, Any] | Calibration | AbstractGame
Limits: TypeAlias = tuple[float, float]
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
        """The slice along axes, at values, both by name."""
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
    def complete(self) -> Boolean:
        """Where in the slice the cells are known to name every equilibrium."""
        return sp.to_nnf(self.partition.complete_where.xreplace(self.values), simplify=False)

    @property
    def is_completeness_known(self) -> bool:
        """Whether the slice has a value for all that completeness turns on."""
        return bool(self.complete.free_symbols <= set(self.axes))

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
        """The irreducible functions on whose zero sets a cell or completeness may end."""
        conditions = [*self.cells, self.complete] if self.is_completeness_known else self.cells
        relations = {r for c in conditions for r in c.atoms(Relational)}
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
        return self._depth_inside(self.cells[index], points)

    def incompleteness(self, *points: Array) -> Array:
        """How far inside the part without known completeness each point is; negative elsewhere."""
        return self._depth_inside(self.complete, points, sign=-1)

    def _depth_inside(self, condition: Boolean, points: tuple[Array, ...], sign: int = 1) -> Array:
        """How far inside a condition, or with the sign -1 outside it, and inside the space."""
        with np.errstate(all="ignore"):
            parts = [sign * self._depth(condition, points)]
            parts += [self._depth(c, points) for c in self.inside]
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
        if isinstance(condition, (sp.Ne, sp.Eq)):
            relation = sp.Gt if isinstance(condition, sp.Ne) else sp.Lt
            condition = relation(sp.Abs(condition.lhs - condition.rhs), 0, evaluate=False)
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


# Zero sets: curves in the plane, roots along a line.

_CURVE_GRID, _LINE_GRID = 320, 4001
_NEWTON_STEPS = 6


def zero_curves(f: Expr, x: Symbol, y: Symbol, x_limits: Limits, y_limits: Limits) -> list[Array]:
    """The curves on which a function vanishes in a rectangle, as arrays of shape (points, 2).

    A grid says where the sign changes; Newton's method along the gradient then puts each point on
    the zero set itself, so that the grid decides how many points there are, not where.
    """
    from contourpy import contour_generator

    value, derivatives = (
        _array_function(f, x, y),
        [_array_function(sp.diff(f, s), x, y) for s in (x, y)],
    )
    horizontal, vertical = np.linspace(*x_limits, _CURVE_GRID), np.linspace(*y_limits, _CURVE_GRID)
    x_grid, y_grid = np.meshgrid(horizontal, vertical)
    lines = contour_generator(horizontal, vertical, value(x_grid, y_grid)).lines(0.0)
    return [_refine(np.asarray(line), value, derivatives) for line in lines]


def _refine(line: Array, value: Any, derivatives: list[Any]) -> Array:
    for _ in range(_NEWTON_STEPS):
        f = value(*line.T)
        gradient = np.array([derivative(*line.T) for derivative in derivatives])
        norm = (gradient**2).sum(axis=0)
        step = np.where(norm > 0, f / np.where(norm > 0, norm, 1), 0)
        line = line - (step * gradient).T
    return line


def roots_in_interval(f: Expr, x: Symbol, limits: Limits) -> list[float]:
    """Zeros of a function of one symbol within limits, in order.

    The roots of a polynomial are isolated exactly; of anything else they are found by bisection.
    """
    if f.is_polynomial(x) and not f.has(sp.Float):
        if sp.degree(f, x) < 1:
            return []
        roots = {float(root) for root in sp.Poly(f, x).real_roots()}
    else:
        roots = set(_bisection_roots(f, x, limits))
    return sorted(root for root in roots if limits[0] < root < limits[1])


def _bisection_roots(f: Expr, x: Symbol, limits: Limits) -> list[float]:
    from scipy.optimize import brentq

    value = _array_function(f, x)
    points = np.linspace(*limits, _LINE_GRID)
    signs = np.sign(value(points))
    crossings = [float(brentq(value, points[i], points[i + 1], xtol=1e-14))
               for i in np.flatnonzero(signs[1:] * signs[:-1] < 0)]  # fmt: skip
    return [*crossings, *map(float, points[signs == 0])]


def _array_function(f: Expr, *symbols: Symbol) -> Any:
    """NumPy function of an expression, constants broadcast to arrays."""
    function = sp.lambdify(symbols, f, "numpy")

    def evaluate(*points: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.broadcast_to(function(*points), np.shape(points[0])).astype(float)

    return evaluate


# Ranges of the axes, and the cells left out.

_CELL_GRID = 200
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

    Marks are the places of calibrations on each axis.
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
        numbers = cut.numbers(*np.meshgrid(*(np.linspace(*pair, _CELL_GRID) for pair in limits)))
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
