"""A game along one parameter: its expressions as curves, its conditions as intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Parameter
from gametheory_eeu.display.printers import symbol_latex
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Equilibrium, Game

Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Intervals: TypeAlias = list[tuple[float, float]]
"""Intervals along an axis."""

_GRID_SIZE = 4001
_BISECTIONS = 50


@dataclass(frozen=True)
class ParameterAxis:
    """A game with one parameter left open and the others at their values.

    What is drawn is of the game without values, evaluated in floating point, without a solver.
    """

    game: Game
    symbol: Symbol
    values: Point

    @classmethod
    def of(cls, game: Game, symbol: Symbol) -> ParameterAxis:
        """Open one parameter of a game."""
        return cls(game, symbol, game.at(**{symbol.name: symbol}).values)

    @property
    def own(self) -> Expr | None:
        """The game's own value of the open parameter."""
        return self.game.values.get(self.symbol)

    def equilibria(self) -> dict[str, Equilibrium]:
        """The equilibria by name, in the symbols of the game without values."""
        general = self.game.general
        return {e.name: e for e in general.equilibria(self.game.concepts[0])}

    def curve(self, expression: Expr) -> Callable[[Any], Any]:
        """An expression, or a condition, as a function of the open parameter over arrays."""
        derived_values = {s: v for s, v in self.values.items() if v.free_symbols}
        expression = sp.sympify(expression).xreplace(derived_values)
        other_symbols = sorted(expression.free_symbols - {self.symbol}, key=str)
        function = numpy_function(expression, [self.symbol, *other_symbols])
        numbers = [float(self.values[s]) for s in other_symbols]

        def evaluate(x: Any) -> Any:
            return np.broadcast_to(function(np.asarray(x, dtype=float), *numbers), np.shape(x))

        return evaluate

    def intervals(self, condition: Boolean, low: float, high: float) -> Intervals:
        """The intervals of the axis on which a condition holds; single points are left out."""
        holds = self.curve(condition)
        x = np.linspace(low, high, _GRID_SIZE)
        inside = np.array([False, *holds(x[1:-1]), False], dtype=bool)
        changes = np.flatnonzero(inside[1:] != inside[:-1])
        endpoints = [_bisect(holds, x[i], x[i + 1], (low, high)) for i in changes]
        pairs = zip(endpoints[::2], endpoints[1::2], strict=True)
        return [(a, b) for a, b in pairs if b - a > (high - low) / _GRID_SIZE]

    def require_numbers(self, expressions: Iterable[Any]) -> None:
        """Refuse a figure of expressions in which symbols would remain; they are named."""
        free = {s for expression in expressions for s in expression.free_symbols}
        free |= {s for v in self.values.values() for s in v.free_symbols}
        rows = (row for row in self.game.parameters if row.symbol in free - {self.symbol})
        names = [row.name for row in rows if row.symbol not in self.values]
        if names:
            kind, assignments = type(self.game).__name__, ", ".join(f"{name}=…" for name in names)
            raise GameTheoryError(
                f"the figure of {kind} needs numbers for {', '.join(names)}: write "
                f"game.at({assignments}).plot(), or start from a calibration, as "
                f"{kind}.from_article gives it"
            )


def numpy_function(expression: Expr, arguments: list[Symbol]) -> Callable[..., Any]:
    """NumPy function of an expression; And and Or take constant beside varying parts."""
    if not isinstance(expression, (sp.And, sp.Or)):
        function: Callable[..., Any] = sp.lambdify(arguments, expression, "numpy")
        return function
    parts = [numpy_function(part, arguments) for part in expression.args]
    join = np.logical_and if isinstance(expression, sp.And) else np.logical_or
    return lambda *values: reduce(join, [part(*values) for part in parts])


def _bisect(holds: Callable[[Any], Any], a: float, b: float, axis: tuple[float, float]) -> float:
    """Point at which a condition starts or stops to hold, by bisection."""
    if a == axis[0] or b == axis[1]:
        return axis[0] if a == axis[0] else axis[1]
    initial = bool(holds(a))
    for _ in range(_BISECTIONS):
        midpoint = (a + b) / 2
        a, b = (midpoint, b) if bool(holds(midpoint)) == initial else (a, midpoint)
    return float(a)


def axis_limits(
    parameter: Parameter, marks: Iterable[float], high: float | None = None, beyond: float = 2
) -> tuple[float, float]:
    """Limits of a parameter's axis: its domain where bounded, else beyond every mark."""
    start = float(parameter.domain.inf) if parameter.domain.inf.is_finite else 0.0
    if high is not None:
        return start, float(high)
    if parameter.domain.sup.is_finite:
        return start, float(parameter.domain.sup)
    furthest = max(marks, default=start)
    return start, start + beyond * (furthest - start) if furthest > start else start + 1


def axis_label(parameter: Parameter) -> str:
    """Label of a parameter's axis: its meaning and symbol."""
    meaning = f"{parameter.meaning[0].upper()}{parameter.meaning[1:]}"
    return f"{meaning}, ${symbol_latex(parameter.symbol.name)}$"
