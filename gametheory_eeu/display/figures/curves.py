"""Figures of curves: quantities along a parameter, paths, best responses, distributions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import axis_label
from gametheory_eeu.display.printers import latex
from gametheory_eeu.display.result_tables import title
from gametheory_eeu.errors import DoesNotExistError, UnsupportedError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.forms.best_response import BestResponse
from gametheory_eeu.forms.dynamics import Trajectory
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Game
from gametheory_eeu.games.choice_distribution import ChoiceDistribution
from gametheory_eeu.statics import Curve, CurveLine

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CURVE_HEIGHT, _PATH_HEIGHT, _RESPONSE_HEIGHT, _PANEL_HEIGHT = 3.6, 2.6, 4.4, 3.4


def draw_curve(curve: Curve) -> Figure:
    """A line for each quantity, broken where it does not exist."""
    figure = style.empty_figure(style.WIDTH, _CURVE_HEIGHT)
    axes = figure.add_subplot()
    x = np.array([float(point) for point in curve.points])
    for k, line in enumerate(curve.lines):
        column = (row[k] for row in curve.values)
        y = np.array([np.nan if value is None else float(value) for value in column])
        axes.plot(x, y, color=style.SERIES[k % len(style.SERIES)], label=_label(line))
    axes.set(xlim=(x[0], x[-1]), xlabel=_axis_text(curve))
    axes.set_title(title(curve.game))
    if len(curve.lines) == 1:
        axes.set_ylabel(_label(curve.lines[0]))
    else:
        axes.legend(frameon=False)
    return figure


def _label(line: CurveLine) -> str:
    if line.label:
        words = line.name.replace("_", " ")
        return f"{words[:1].upper()}{words[1:]}, {style.mathtext(line.label)}"
    return f"${latex(sp.sympify(line.expression))}$"


def _axis_text(curve: Curve) -> str:
    if isinstance(curve.game, Game):
        return axis_label(curve.game.parameters[curve.parameter])
    return f"${latex(curve.symbol)}$"


_UNITS = {"replicator dynamics": "Time", "fictitious play": "Round", "Moran process": "Step"}


def draw_trajectory(trajectory: Trajectory) -> Figure:
    """The shares of actions over time: a panel for each population, a line for each action."""
    whose = trajectory.shares
    figure = style.empty_figure(style.WIDTH, _PATH_HEIGHT * len(whose))
    rows = figure.subplots(len(whose), sharex=True, squeeze=False)[:, 0]
    for axes, (player, shares) in zip(rows, whose.items(), strict=True):
        for k, (action, values) in enumerate(shares.items()):
            color = style.SERIES[k % len(style.SERIES)]
            axes.plot(trajectory.times, values, color=color, label=action)
        axes.set(ylim=(-0.02, 1.02), xlim=(trajectory.times[0], trajectory.times[-1]))
        axes.set_ylabel("Share" if len(whose) == 1 else f"Share, {player}")
        axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    rows[-1].set_xlabel(_UNITS[trajectory.dynamic])
    name = trajectory.dynamic[0].upper() + trajectory.dynamic[1:]
    rows[0].set_title(f"{title(trajectory.game)}: {trajectory.dynamic}" if trajectory.game.title
                      else name)  # fmt: skip
    return figure


# The best responses of two players with one continuous choice each.

_POINTS = 801


def draw_best_responses(game: ContinuousGame) -> Figure:
    """Best-response curves of two players, and the equilibria where they meet."""
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
    figure = style.empty_figure(style.WIDTH, _RESPONSE_HEIGHT)
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


# Mixed equilibria over an interval: how each choice is distributed.

_DISTRIBUTION_POINTS = 401
_TAIL = sp.Rational(1, 100)
"""The probability left out of the picture of a support without end."""
_MARGIN = 0.08
_MAX_PANELS = 6


def draw_distributions(result: Equilibrium | EquilibriumSet, **values: object) -> Figure:
    """The distribution function of each choice, a panel for each mixed equilibrium.

    A jump is mass at an end of the support, which is drawn along the axis. ``values``: numbers for
    the symbols that are left, by name, those that index a family included.
    """
    equilibria = [result] if isinstance(result, Equilibrium) else list(result)
    equilibria = [e for e in equilibria if e.distributions]
    if not equilibria:
        raise UnsupportedError(
            "equilibria are drawn where numbers are mixed over an interval, as solve('mixed') "
            "finds them; for others draw the game"
        )
    if len(equilibria) > _MAX_PANELS:
        raise UnsupportedError(
            f"{len(equilibria)} equilibria are too many for one figure; draw one of them"
        )
    equilibria = [e for e in (_at(e, values) for e in equilibria) if e is not None]
    if not equilibria:
        text = ", ".join(f"{name} = {value}" for name, value in values.items())
        raise DoesNotExistError(f"no mixed equilibrium exists at {text}")
    figure = style.empty_figure(style.WIDTH, _PANEL_HEIGHT * len(equilibria))
    panels = figure.subplots(len(equilibria), squeeze=False)[:, 0]
    for axes, equilibrium in zip(panels, equilibria, strict=True):
        _draw_panel(axes, equilibrium)
    return figure


def _at(equilibrium: Equilibrium, values: Mapping[str, object]) -> Equilibrium | None:
    """The equilibrium in numbers; None where it does not exist."""
    space = equilibrium.space
    point = space.point({str(name): value for name, value in values.items()})
    left = [s for s in space.symbols if s not in point]
    if left:
        names = ", ".join(s.name for s in left)
        raise DoesNotExistError(
            f"a figure needs numbers for {names}; give them as .plot({left[0].name}=1)"
        )
    return equilibrium.subs(point, equilibrium.game) if space.contains(point) else None


def _draw_panel(axes: Axes, equilibrium: Equilibrium) -> None:
    distributions = list(equilibrium.distributions.values())
    low = min(float(d.low) for d in distributions)
    high = max(_high(d) for d in distributions)
    margin = _MARGIN * (high - low)
    limits = (low - margin, high + margin)
    for k, d in enumerate(distributions):
        _draw_distribution(axes, d, limits, style.SERIES[k], low_line=k)
    axes.set(xlim=limits, ylim=(-0.03, 1.03), ylabel="probability of at most as much")
    names = ", ".join(f"${latex(d.symbol)}$" for d in distributions)
    axes.set_xlabel(names)
    axes.set_title(f"{title(equilibrium.game)}: {equilibrium.name}")
    axes.legend(frameon=False, loc="lower right")


def _high(d: ChoiceDistribution) -> float:
    """The upper end of the support; of one without end, where little is left."""
    if d.high != sp.oo:
        return float(d.high)
    step = sp.Integer(1)
    while d.cdf.xreplace({d.symbol: d.low + step}) < 1 - _TAIL:
        step *= 2
    return float(d.low + step)


def _draw_distribution(
    axes: Axes, d: ChoiceDistribution, limits: tuple[float, float], colour: str, *, low_line: int
) -> None:
    """The distribution function, its jumps, and the support as a line below."""
    low, high = float(d.low), _high(d)
    grid = np.linspace(low, high, _DISTRIBUTION_POINTS)
    inside = np.broadcast_to(sp.lambdify(d.symbol, d.cdf, modules="numpy")(grid), grid.shape)
    axes.plot(grid, inside, color=colour, label=f"$F({latex(d.symbol)})$")
    axes.plot([limits[0], low], [0, 0], color=colour)
    if d.high != sp.oo:
        axes.plot([high, limits[1]], [1, 1], color=colour)
    for mass, end, value in ((d.mass_at_low, low, inside[0]), (d.mass_at_high, high, 1.0)):
        if mass != 0:
            axes.plot([end, end], [value - float(mass), value], color=colour, linestyle=":")
            axes.plot(end, value, "o", color=colour, clip_on=False)
    level = -0.012 * (low_line + 1)
    axes.plot([low, high], [level, level], color=colour, linewidth=3, solid_capstyle="butt")
