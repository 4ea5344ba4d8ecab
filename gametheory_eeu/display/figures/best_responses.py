"""Figure of the best responses of two players with one continuous choice each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.display.figures import style
from gametheory_eeu.errors import DoesNotExistError, UnsupportedError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.forms.best_response import BestResponse

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_POINTS = 801


def draw(game: ContinuousGame) -> Figure:
    """Best-response curves of two players, and the equilibria where they meet.

    Raises
    ------
    UnsupportedError
        Not two players with one choice each.
    DoesNotExistError
        Symbols are left.
    """
    if len(game.players) != 2 or any(len(group) != 1 for group in game.choices.values()):
        raise UnsupportedError(
            "best responses are drawn for two players with one choice each; read "
            ".best_response(player) for others"
        )
    if game.symbols:
        names = ", ".join(s.name for s in game.symbols)
        raise DoesNotExistError(f"a figure needs numbers for {names}; give them with .at(...)")
    solution = game.solve()
    points = [
        tuple(float(v) for v in e.choices.values())
        for e in solution
        if not any(v.free_symbols for v in e.choices.values())
    ]
    figure = style.empty_figure(style.WIDTH, 4.4)
    axes = figure.add_subplot()
    horizontal, vertical = (group[0].symbol for group in game.choices.values())
    limits = [_limits(game, k, [p[k] for p in points]) for k in (0, 1)]
    first, second = game.players
    _draw_response(axes, game.best_response(first), horizontal, vertical, limits[1], swap=False)
    _draw_response(axes, game.best_response(second), vertical, horizontal, limits[0], swap=True)
    for index, point in enumerate(points):
        label = "equilibrium" if index == 0 else None
        axes.plot(*point, "o", color="black", zorder=5, clip_on=False, label=label)
    axes.set(xlim=limits[0], ylim=limits[1])
    axes.set_xlabel(f"${sp.latex(horizontal)}$, {first}")
    axes.set_ylabel(f"${sp.latex(vertical)}$, {second}")
    axes.set_title(game.title or "Best responses")
    axes.legend()
    return figure


def _limits(game: ContinuousGame, player: int, values: list[float]) -> tuple[float, float]:
    """The range of a choice; where it has no end, twice as far as the equilibria reach."""
    choice = list(game.choices.values())[player][0]
    reach = 2 * max([abs(v) for v in values], default=0.5) or 1.0
    low = -reach if choice.low == -sp.oo else float(choice.low)
    high = max(reach, low + 1.0) if choice.high == sp.oo else float(choice.high)
    return low, high


def _draw_response(
    axes: Axes,
    response: BestResponse,
    own: Symbol,
    other: Symbol,
    limits: tuple[float, float],
    *,
    swap: bool,
) -> None:
    grid = np.linspace(*limits, _POINTS)
    color = style.SERIES[int(swap)]
    label: str | None = response.player
    for case in response:
        held = np.broadcast_to(_numeric(case.condition, other)(grid), grid.shape).astype(bool)
        if case.free:
            for point in grid[held]:  # a whole interval is best there
                span = ((point, point), limits)
                axes.plot(*(span[::-1] if not swap else span), color=color, alpha=0.4, label=label)
                label = None
            continue
        values = np.broadcast_to(_numeric(case.choices[own.name], other)(grid), grid.shape)
        curve = np.where(held, values.astype(float), np.nan)
        if np.isfinite(curve).any():
            pair = (grid, curve) if swap else (curve, grid)
            axes.plot(*pair, color=color, label=label)
            label = None


def _numeric(expression: Expr, symbol: Symbol) -> Any:
    return sp.lambdify(symbol, expression, modules="numpy")


__all__ = ["draw"]
