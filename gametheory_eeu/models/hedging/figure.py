"""Figure of a member's alignment and of what it is paid, along one parameter."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label, axis_limits
from gametheory_eeu.games import Game

_PAID = {
    "hegemon_transfer": ("the hegemon pays", style.BLUE),
    "rival_transfer": ("the rival pays", style.VERMILION),
    "hedging_rent": ("the member's rent", style.GREEN),
}


def draw(game: Game, *, along: str = "rival_stake", high: float | None = None) -> Figure:
    """Plot the alignment, and the payments and the rent, along one parameter.

    ``game``: Hedging, with numbers for all but the parameter on the axis; ``along``: the parameter
    on the axis, by name or ASCII symbol; ``high``: where the axis ends.
    """
    parameter = game.parameters[along]
    opened = ParameterAxis.of(game, parameter.symbol)
    quantities = game.general.quantities
    curves = {name: quantities[name].expression for name in ("alignment", *_PAID)}
    opened.require_numbers(curves.values())
    own = opened.own
    marks = [] if own is None or own.free_symbols else [float(own)]
    low, end = axis_limits(parameter, marks, high)
    x = np.linspace(low, end, 403)[1:]
    figure = style.empty_figure(style.WIDTH, 3.1)
    left, right = figure.subplots(1, 2)
    left.plot(x, opened.curve(curves["alignment"])(x), color=style.INK)
    left.set(ylim=(-0.02, 1.02), ylabel="Alignment, $a^*$", title="(a) What is sold")
    for name, (label, colour) in _PAID.items():
        right.plot(x, opened.curve(curves[name])(x), color=colour, label=label)
    right.set(ylabel="Payoff", title="(b) What is paid")
    right.legend(frameon=False)
    for axes in (left, right):
        axes.set(xlim=(low, end), xlabel=axis_label(parameter))
        for mark in marks:
            axes.axvline(mark, color=style.GREY, linewidth=0.8)
    return figure
