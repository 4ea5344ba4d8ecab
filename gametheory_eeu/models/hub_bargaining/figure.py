"""A hub's three protocols along its prestige: what it keeps, and what it pays each member."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, Array, caption, extent
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import Game

_PROTOCOLS = {
    "renegotiated bilateral": ("renegotiated_payoff", "transfer", style.BLUE, "-"),
    "Nash-in-Nash": ("nash_in_nash_payoff", "nash_in_nash_transfer", style.ORANGE, "--"),
    "one table": ("one_table_payoff", "one_table_transfer", style.GREEN, "-."),
}
_POINTS = 401


def draw(game: Game, *, along: str = "prestige", high: float | None = None) -> Figure:
    """The hegemon's gain and the price of a member by protocol, as one parameter runs.

    Parameters
    ----------
    game : HubBargaining
        With equal members and numbers for all but the parameter on the axis.
    along : str
        The parameter on the axis, by name or ASCII symbol.
    high : float, optional
        Where the axis ends.
    """
    if game.members is not None:
        raise GameTheoryError("the figure is of equal members: leave out members= and lists")
    row = game.parameters[along]
    one = Along.of(game, row.symbol)
    quantities = game.general.quantities
    one.require([quantities["renegotiated_payoff"].expression])
    axis = extent(row, [] if one.own is None else [float(one.own)], high)
    figure = style.canvas(6.6, 3.2)
    left, right = figure.subplots(1, 2)
    x = np.linspace(*axis, _POINTS)
    for name, (payoff, price, colour, dash) in _PROTOCOLS.items():
        for axes, quantity in ((left, payoff), (right, price)):
            q = quantities[quantity]
            _curve(
                axes, one, q.expression, q.exists_when, x, color=colour, linestyle=dash, label=name
            )
    for axes, title in (
        (left, "(a) What the hegemon gains"),
        (right, "(b) What each member is paid"),
    ):
        axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
        axes.set(xlim=axis, title=title, xlabel=caption(row))
        if one.own is not None:
            axes.axvline(float(one.own), color=style.GREY, linewidth=0.8, linestyle=":", zorder=1)
    left.set_ylabel(r"Gain over no union, $\pi$")
    right.set_ylabel("Transfer, $t$")
    left.legend(frameon=False, fontsize=8.5, loc="best")
    return figure


def _curve(axes: Axes, along: Along, what: sp.Expr, where: sp.Basic, x: Array, **look: Any) -> None:
    """A curve where it exists, with gaps elsewhere."""
    inside = np.array(along.curve(where)(x), dtype=bool)
    y = np.where(inside, along.curve(what)(x), np.nan)
    axes.plot(x, y, zorder=3, **look)
