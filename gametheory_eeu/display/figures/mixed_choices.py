"""Figure of mixed equilibria over an interval: how each choice is distributed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import sympy as sp

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.printers import latex
from gametheory_eeu.display.result_tables import title
from gametheory_eeu.errors import DoesNotExistError, UnsupportedError
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.model.choice_distribution import ChoiceDistribution

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_POINTS = 401
_HEIGHT = 3.4
_TAIL = sp.Rational(1, 100)
"""The probability left out of the picture of a support without end."""
_MARGIN = 0.08
_MAX_PANELS = 6


def draw(result: Equilibrium | EquilibriumSet, **values: object) -> Figure:
    """The distribution function of each choice, a panel for each mixed equilibrium.

    A jump is mass at an end of the support, which is drawn along the axis. ``values``: numbers for
    the symbols that are left, by name, those that index a family included.

    Raises
    ------
    UnsupportedError
        No equilibrium in which numbers are mixed over an interval, or more than six.
    DoesNotExistError
        Symbols are left, or no equilibrium exists at the values.
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
    figure = style.empty_figure(style.WIDTH, _HEIGHT * len(equilibria))
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
    grid = np.linspace(low, high, _POINTS)
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


__all__ = ["draw"]
