"""Figure of the joint surplus by trust, bound and unbound."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game

_LINES = {
    "bilateral_surplus": ("bilateral", style.BLUE),
    "multilateral_surplus": ("multilateral", style.ORANGE),
}


def draw(game: Game) -> Figure:
    """Plot the joint surplus without and with full binding against trust.

    Parameters
    ----------
    game : InstitutionalChoice
        With numbers for all but trust.
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
        style.shade(axes, bands, color=colour, alpha=0.12)
        for low, high in bands:
            axes.annotate(label, ((low + high) / 2, 1), (0, 4), ha="center", color=colour,
                          xycoords=axes.get_xaxis_transform(), textcoords="offset points",
                          style="italic")  # fmt: skip
    threshold = game.quantities["binding_threshold"]
    text = style.mathtext(f"{threshold.symbol} = {decimal(threshold.expression)}")
    axes.axvline(float(threshold.expression), color=style.INK, linewidth=0.8,
                 linestyle=(0, (4, 2)))  # fmt: skip
    axes.annotate(text, (float(threshold.expression), 0), (4, 5), textcoords="offset points",
                  xycoords=axes.get_xaxis_transform())  # fmt: skip
    if along.own is not None and not along.own.free_symbols:
        axes.axvline(float(along.own), color=style.GREY, linewidth=0.8)
    axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
    axes.set(xlim=(0, 1), xlabel=axis_label(trust), ylabel="Joint surplus, $S$")
    axes.legend(frameon=False, loc="lower right")
    return figure
