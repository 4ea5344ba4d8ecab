"""Figure of the joint surplus by trust, bound and unbound."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.games import Game
from gametheory_eeu.models.figure_parts import draw_bands, draw_own_value, draw_threshold

_LINES = {
    "bilateral_surplus": ("bilateral", style.BLUE),
    "multilateral_surplus": ("multilateral", style.ORANGE),
}


def draw(game: Game) -> Figure:
    """Plot the joint surplus without and with full binding against trust.

    ``game``: InstitutionalChoice, with numbers for all but trust.
    """
    trust = game.parameters["mu"]
    along = ParameterAxis.of(game, trust.symbol)
    lines = {name: game.general.quantities[name].expression for name in _LINES}
    along.require_numbers(lines.values())
    figure = style.empty_figure(style.WIDTH, 3.4)
    axes = figure.add_subplot()
    x = np.linspace(0, 1, 201)
    for name, expression in lines.items():
        label, colour = _LINES[name]
        axes.plot(x, along.curve(expression)(x), color=colour, label=label)
    for equilibrium, (label, colour) in zip(
        ("bilateral", "multilateral"), _LINES.values(), strict=True
    ):
        bands = along.intervals(along.equilibria()[equilibrium].condition, 0, 1)
        draw_bands(axes, bands, label, colour, 0.12)
    draw_threshold(axes, game.quantities["binding_threshold"])
    draw_own_value(axes, along)
    axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
    axes.set(xlim=(0, 1), xlabel=axis_label(trust), ylabel="Joint surplus, $S$")
    axes.legend(frameon=False, loc="lower right")
    return figure
