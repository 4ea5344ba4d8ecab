"""Figure of the equilibrium shares in alternating offers along one parameter."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label, axis_limits
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Game

_POINTS = 401


def draw(game: Game, *, along: str = "member_quit_option", high: float | None = None) -> Figure:
    """Plot both shares along one parameter, with the threshold of the member's option.

    ``game``: AlternatingOffers, with numbers for all but the parameter on the axis; ``along``: the
    parameter on the axis, by name or ASCII symbol; ``high``: where the axis ends.
    """
    parameter = game.parameters[along]
    open_game = ParameterAxis.of(game, parameter.symbol)
    share = game.general.quantities["proposer_share"].expression
    open_game.require_numbers([share])
    axis = axis_limits(parameter, [], high)
    x = np.linspace(axis[0], axis[1], _POINTS)[:-1]
    y = open_game.curve(share)(x)
    figure = style.empty_figure(style.WIDTH, 3.2)
    axes = figure.add_subplot()
    areas = (("hegemon", 0 * y, y, style.BLUE), ("member", y, 0 * y + 1, style.ORANGE))
    for name, lower, upper, colour in areas:
        axes.fill_between(x, lower, upper, color=colour, alpha=0.75, linewidth=0)
        i = len(x) // 5
        axes.text(x[i], (lower[i] + upper[i]) / 2, name, color="white", weight="bold",
                  ha="center", va="center")  # fmt: skip
    axes.plot(x, y, color=style.INK)
    if parameter.name == "member_quit_option":
        threshold = float(game.quantities["option_threshold"].value)
        axes.axvline(threshold, color=style.INK, linewidth=0.8, linestyle=":")
        axes.annotate(
            " the option binds", (threshold, 0.97), va="top", style="italic", color="white"
        )
    if open_game.own is not None:
        own_value = float(open_game.own)
        own_share = float(open_game.curve(share)(np.array([own_value]))[0])
        axes.plot([own_value], [own_share], "o", color=style.INK, markersize=5)
        label = f"{game.calibration}  $x = {own_share:.4g}$".strip()
        axes.annotate(label, (own_value, own_share), (0, -14), textcoords="offset points",
                      ha="center", color="white")  # fmt: skip
    axes.set(xlim=axis, ylim=(0, 1), xlabel=axis_label(parameter), ylabel="Share of the pie, $x$")
    return figure


def sentence(game: Game) -> str:
    """Sentence on the division of the pie and the member's outside option."""
    share = game.quantities["proposer_share"].value
    option = game.values[game.symbols.w_2]
    threshold = game.quantities["option_threshold"]
    verdict = "counts" if option > threshold.value else "is too poor to count"
    return (
        f"The hegemon offers first and keeps {decimal(share)} of the pie; the member gets "
        f"{decimal(1 - share)}, and its option of {decimal(option)} {verdict}: it would from "
        f"{decimal(threshold.value)} on."
    )
