"""Figure of a member's depth and precaution by trust."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.games import Game
from gametheory_eeu.models.figure_parts import draw_own_value, draw_threshold

_CURVES = {"depth": ("depth", style.BLUE), "precaution": ("precaution", style.VERMILION)}


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """Plot depth and precaution against trust, with the threshold of depth.

    ``game``: Depth, with numbers for all but trust; ``compare``: other members, whose curves are
    drawn thinly.
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
        draw_own_value(axes, along)
    draw_threshold(axes, game.quantities["trust_threshold"], 1, (4, -12))
    axes.set(xlim=(0, 1), xlabel=axis_label(trust), ylabel="Depth, precaution")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, loc="center left")
    return figure
