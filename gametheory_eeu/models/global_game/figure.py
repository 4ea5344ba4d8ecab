"""Figure of the equilibrium selected by vanishing noise, by the hegemon's power."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Game


def draw(game: Game) -> Figure:
    """Plot the equilibrium shares of joiners against the power, and the selected one.

    ``game``: GlobalGame, with numbers for resistance and complementarity.
    """
    global_game: Any = game
    names = ("equilibrium_threshold", "selection_threshold", "dominance_threshold")
    low, limit, high = (_number(global_game, name) for name in names)
    pad = 0.6 * (high - low)
    figure = style.empty_figure(style.WIDTH, 3.2)
    axes = figure.add_subplot()
    style.shade(axes, [(low, high)], color=style.PALE)
    axes.plot([low - pad, high], [0, 0], color=style.ORANGE, label="nobody joins")
    axes.plot([low, high + pad], [1, 1], color=style.BLUE, label="all join")
    axes.plot([low, high], [1, 0], color=style.GREY, linestyle=(0, (4, 2)), label="tipping share")
    axes.plot([low - pad, limit, limit, high + pad], [0, 0, 1, 1], color=style.INK, linewidth=3.5,
              alpha=0.35, zorder=1, label="selected by vanishing noise")  # fmt: skip
    marks = {low: r"\theta - \beta", limit: r"\theta - \beta/2", high: r"\theta"}
    axes.set_xticks(list(marks), [f"${name}$" for name in marks.values()])
    if global_game.symbols.P in global_game.values:
        power = global_game.values[global_game.symbols.P]
        style.mark_value(axes, global_game.symbols.P, power)
    axes.set(xlabel="Hegemon's power, $P$", ylabel="Share that joins", ylim=(-0.06, 1.06))
    axes.set_xlim(low - pad, high + pad)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


def _number(game: Any, name: str) -> float:
    value = game.quantities[name].expression
    if not value.is_number:
        raise GameTheoryError(
            "the figure of GlobalGame needs numbers for resistance and complementarity: write "
            "game.at(resistance=…, complementarity=…).plot()"
        )
    return float(value)


def sentence(game: Game) -> str:
    """Sentence on the equilibrium that vanishing noise selects."""
    value = game.values[game.symbols.P]
    limit = game.quantities["selection_threshold"]
    (selection, *_) = game.solve().names
    outcome = {"all-Join": "all joining", "all-Stay": "all staying out"}.get(
        selection, "either, or both"
    )
    nash_names = game.solve("Nash").names
    position = "above" if value > limit.value else "below" if value < limit.value else "at"
    choice = "" if len(nash_names) == 1 else f", among {len(nash_names)} equilibria without noise"
    return (
        f"At {equation('P', value)}, {position} {quantity_text(limit)}, vanishing noise selects "
        f"{outcome}{choice}."
    )
