"""What noise selects as power grows."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import Game


def draw(game: Game) -> Figure:
    """The equilibrium shares of joiners against the power, and the one that noise selects.

    Parameters
    ----------
    game : GlobalGame
        With numbers for resistance and complementarity.
    """
    reading: Any = game
    names = ("equilibrium_threshold", "selection_threshold", "dominance_threshold")
    low, limit, high = (_number(reading, name) for name in names)
    room = 0.6 * (high - low)
    figure = style.canvas(5.6, 3.2)
    axes = figure.add_subplot()
    style.shade(axes, [(low, high)], color=style.PALE)
    axes.plot([low - room, high], [0, 0], color=style.ORANGE, label="nobody joins")
    axes.plot([low, high + room], [1, 1], color=style.BLUE, label="all join")
    axes.plot([low, high], [1, 0], color=style.GREY, linestyle=(0, (4, 2)), label="tipping share")
    axes.plot([low - room, limit, limit, high + room], [0, 0, 1, 1], color=style.INK, linewidth=3.5,
              alpha=0.35, zorder=1, label="selected by vanishing noise")  # fmt: skip
    marks = {low: r"\theta - \beta", limit: r"\theta - \beta/2", high: r"\theta"}
    axes.set_xticks(list(marks), [f"${name}$" for name in marks.values()])
    if reading.symbols.P in reading.values:
        power = reading.values[reading.symbols.P]
        axes.axvline(float(power), color=style.VERMILION, linewidth=0.9)
        axes.annotate(f"$P = {decimal(power)}$", (float(power), 0.5), (4, 0),
                      textcoords="offset points", color=style.VERMILION)  # fmt: skip
    axes.set(xlabel="Hegemon's power, $P$", ylabel="Share that joins", ylim=(-0.06, 1.06))
    axes.set_xlim(low - room, high + room)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


def _number(reading: Any, name: str) -> float:
    value = reading.quantities[name].expression
    if not value.is_number:
        raise GameTheoryError(
            "the figure of GlobalGame needs numbers for resistance and complementarity: write "
            "game.at(resistance=…, complementarity=…).plot()"
        )
    return float(value)
