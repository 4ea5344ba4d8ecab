"""A game as one of its parameters runs: its expressions as curves, its conditions as intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Parameter
from gametheory_eeu.display.notation import symbol_latex
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import Equilibrium, Game

Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Spans: TypeAlias = list[tuple[float, float]]
"""Intervals along an axis."""

_POINTS = 4001
_HALVINGS = 50


@dataclass(frozen=True)
class Along:
    """A game with one parameter left open and the others at their values.

    What is drawn comes from the game without values, in its symbols, and is evaluated in floating
    point: a figure needs no solver.
    """

    game: Game
    symbol: Symbol
    values: Point

    @classmethod
    def of(cls, game: Game, symbol: Symbol) -> Along:
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
        derived = {s: v for s, v in self.values.items() if v.free_symbols}
        expression = sp.sympify(expression).xreplace(derived)
        others = sorted(expression.free_symbols - {self.symbol}, key=str)
        function = compiled(expression, [self.symbol, *others])
        numbers = [float(self.values[s]) for s in others]

        def values(x: Any) -> Any:
            return np.broadcast_to(function(np.asarray(x, dtype=float), *numbers), np.shape(x))

        return values

    def bands(self, condition: Boolean, low: float, high: float) -> Spans:
        """The intervals of the axis on which a condition holds; single points are left out."""
        holds = self.curve(condition)
        x = np.linspace(low, high, _POINTS)
        inside = np.array([False, *holds(x[1:-1]), False], dtype=bool)
        changes = np.flatnonzero(inside[1:] != inside[:-1])
        edges = [_edge(holds, x[i], x[i + 1], (low, high)) for i in changes]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [(a, b) for a, b in pairs if b - a > (high - low) / _POINTS]

    def require(self, drawn: Iterable[Any]) -> None:
        """Refuse a figure of what would still have symbols in it.

        Raises
        ------
        GameTheoryError
            Names the parameters to set.
        """
        free = {s for what in drawn for s in what.free_symbols}
        free |= {s for v in self.values.values() for s in v.free_symbols}
        rows = (row for row in self.game.parameters if row.symbol in free - {self.symbol})
        names = [row.name for row in rows if row.symbol not in self.values]
        if names:
            kind, fix = type(self.game).__name__, ", ".join(f"{name}=…" for name in names)
            raise GameTheoryError(
                f"the figure of {kind} needs numbers for {', '.join(names)}: write "
                f"game.at({fix}).plot(), or start from {kind}.from_article('2014')"
            )


def compiled(expression: Expr, arguments: list[Symbol]) -> Callable[..., Any]:
    """NumPy code, in which And and Or take parts that do not vary beside parts that do."""
    if not isinstance(expression, (sp.And, sp.Or)):
        function: Callable[..., Any] = sp.lambdify(arguments, expression, "numpy")
        return function
    parts = [compiled(part, arguments) for part in expression.args]
    join = np.logical_and if isinstance(expression, sp.And) else np.logical_or
    return lambda *values: reduce(join, [part(*values) for part in parts])


def _edge(holds: Callable[[Any], Any], a: float, b: float, axis: tuple[float, float]) -> float:
    """Where between two points the condition starts or stops to hold, by bisection."""
    if a == axis[0] or b == axis[1]:
        return axis[0] if a == axis[0] else axis[1]
    before = bool(holds(a))
    for _ in range(_HALVINGS):
        middle = (a + b) / 2
        a, b = (middle, b) if bool(holds(middle)) == before else (a, middle)
    return float(a)


def extent(
    row: Parameter, marks: Iterable[float], high: float | None = None, beyond: float = 2
) -> tuple[float, float]:
    """The axis of a parameter: its domain where that is bounded, else beyond every mark."""
    start = float(row.domain.inf) if row.domain.inf.is_finite else 0.0
    if high is not None:
        return start, float(high)
    if row.domain.sup.is_finite:
        return start, float(row.domain.sup)
    furthest = max(marks, default=start)
    return start, start + beyond * (furthest - start) if furthest > start else start + 1


def caption(row: Parameter) -> str:
    """A parameter's meaning as the name of an axis."""
    return f"{row.meaning[0].upper()}{row.meaning[1:]}, ${symbol_latex(row.symbol.name)}$"
