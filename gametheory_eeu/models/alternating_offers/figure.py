"""How the pie is split in alternating offers, as the member's option rises."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, caption, extent
from gametheory_eeu.model import Game

_POINTS = 401


def draw(game: Game, *, along: str = "member_quit_option", high: float | None = None) -> Figure:
    """The two shares stacked, flat while the option is idle; a line where it starts to bind.

    Parameters
    ----------
    game : AlternatingOffers
        With numbers for all but the parameter on the axis.
    along : str
        The parameter on the axis, by name or ASCII symbol.
    high : float, optional
        Where the axis ends.
    """
    row = game.parameters[along]
    one = Along.of(game, row.symbol)
    share = game.general.quantities["proposer_share"].expression
    one.require([share])
    axis = extent(row, [], high)
    x = np.linspace(axis[0], axis[1], _POINTS)[:-1]
    y = one.curve(share)(x)
    figure = style.canvas(4.6, 3.2)
    axes = figure.add_subplot()
    parts = (("hegemon", 0 * y, y, style.BLUE), ("member", y, 0 * y + 1, style.ORANGE))
    for name, low, top, colour in parts:
        axes.fill_between(x, low, top, color=colour, alpha=0.75, linewidth=0)
        at = len(x) // 5
        axes.text(x[at], (low[at] + top[at]) / 2, name, color="white", weight="bold",
                  ha="center", va="center")  # fmt: skip
    axes.plot(x, y, color=style.INK)
    if row.name == "member_quit_option":
        binds = float(game.quantities["option_threshold"].value)
        axes.axvline(binds, color=style.INK, linewidth=0.8, linestyle=":")
        axes.annotate(" the option binds", (binds, 0.97), va="top", style="italic", color="white")
    if one.own is not None:
        own = float(one.own)
        axes.plot([own], [one.curve(share)(np.array([own]))[0]], "o", color=style.INK, markersize=5)
    axes.set(xlim=axis, ylim=(0, 1), xlabel=caption(row), ylabel="Share of the pie, $x$")
    return figure
