"""Figure of a member's depth and precaution by trust."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game

_CURVES = {"depth": ("depth", style.BLUE), "precaution": ("precaution", style.VERMILION)}


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """Plot depth and precaution against trust, with the threshold of depth.

    Parameters
    ----------
    game : Depth
        With numbers for all but trust.
    compare : iterable of Depth
        Other members, whose curves are drawn thinly.
    """
    trust = game.parameters["mu"]
    figure = style.empty_figure(style.WIDTH, 3.4)
    axes = figure.add_subplot()
    x = np.linspace(0, 1, 401)
    for member in (game, *compare):
        along = ParameterAxis.of(member, trust.symbol)
        curves = {name: member.general.quantities[name].expression for name in _CURVES}
        along.require_numbers(curves.values())
        for name, expression in curves.items():
            label, colour = _CURVES[name]
            axes.plot(x, along.curve(expression)(x), color=colour,
                      linewidth=1.8 if member is game else 0.8,
                      label=label if member is game else None)  # fmt: skip
        if along.own is not None and not along.own.free_symbols:
            axes.axvline(float(along.own), color=style.GREY, linewidth=0.8)
    threshold = game.quantities["trust_threshold"]
    mark = float(threshold.expression)
    axes.axvline(mark, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)))
    text = style.mathtext(f"{threshold.symbol} = {decimal(threshold.expression)}")
    axes.annotate(text, (mark, 1), (4, -12), xycoords=axes.get_xaxis_transform(),
                  textcoords="offset points")  # fmt: skip
    axes.set(xlim=(0, 1), xlabel=axis_label(trust), ylabel="Depth, precaution")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, loc="center left")
    return figure
