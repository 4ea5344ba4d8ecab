"""Figure of a participation game: reluctance by size, and cascades by round."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.games import Game

_MAX_MARKED = 60
"""Beyond so many equilibria they are not marked one by one."""


def draw(game: Game) -> Figure:
    """Plot the reluctance of each next member against the power, and the cascades in rounds.

    With uniform complementarity the left panel shows every equilibrium (dots, where the next
    member is not willing) and every tipping point (rings, from where it is). On a network there
    are only the cascades, from nobody and from everybody.

    ``game``: Participation, with numbers for everything, and its members by themselves.
    """
    participation: Any = game
    if "hegemon_power" not in game.parameters.values:
        raise GameTheoryError(
            "the figure of Participation needs numbers for hegemon_power, resistance, "
            "complementarity: write game.at(hegemon_power=…).plot(), or start from a "
            "calibration, as Participation.from_article gives it"
        )
    cascades = [participation.cascade(start) for start in ("nobody", "everybody")]
    try:
        sizes = participation.equilibrium_sizes().sizes
    except UnsupportedError:
        figure = style.empty_figure(style.WIDTH, 3.0)
        _draw_cascades(figure.add_subplot(), cascades)
        return figure
    figure = style.empty_figure(style.WIDTH, 3.1)
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    _draw_reluctance(left, participation, sizes)
    _draw_cascades(right, cascades)
    return figure


def _draw_reluctance(axes: Axes, game: Any, sizes: Any) -> None:
    """Draw the reluctance by number of joiners, against the hegemon's power."""
    reluctance, power = game.reluctance(), float(game.values[game.symbols.P])
    count = len(reluctance)
    edges = np.arange(count + 1)
    axes.stairs(reluctance, edges, color=style.BLUE, linewidth=1.5, baseline=None)
    axes.axhline(power, color=style.VERMILION, linewidth=0.9)
    axes.annotate(f"$P = {power:.3g}$", (0.98, power), (0, 3), color=style.VERMILION, ha="right",
                  xycoords=axes.get_yaxis_transform(), textcoords="offset points")  # fmt: skip
    if len(sizes) <= _MAX_MARKED:
        tipping = [point.critical_size for point in game.tipping_points()]
        axes.plot(sizes, [power] * len(sizes), "o", color=style.INK, markersize=6, zorder=6,
                  clip_on=False, label="equilibrium")  # fmt: skip
        if tipping:
            axes.plot(tipping, [power] * len(tipping), "o", color="white", zorder=5, markersize=6,
                      markeredgecolor=style.INK, clip_on=False, label="tipping point")  # fmt: skip
        axes.legend(loc="upper center", ncols=2, frameon=False, bbox_to_anchor=(0.5, 1.16))
    axes.set(xlim=(0, count), xlabel="Members that have joined", ylabel="Power the next asks for")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(y=0.12)


def _draw_cascades(axes: Axes, cascades: list[Any]) -> None:
    """Draw the number of joiners after each round of each cascade."""
    rounds = max(len(cascade.sizes) for cascade in cascades)
    for cascade, colour in zip(cascades, (style.GREEN, style.ORANGE), strict=True):
        sizes = [*cascade.sizes, *[cascade.sizes[-1]] * (rounds + 1 - len(cascade.sizes))]
        axes.step(range(rounds + 1), sizes, where="post", color=colour, clip_on=False,
                  label=f"from {cascade.start}")  # fmt: skip
        if len(cascade.sizes) <= _MAX_MARKED:
            axes.plot(range(len(cascade.sizes)), cascade.sizes, "o", color=colour, markersize=4,
                      clip_on=False)  # fmt: skip
    axes.set(xlim=(0, rounds), xlabel="Round", ylabel="Members that have joined")
    axes.set_ylim(0, cascades[1].sizes[0])
    axes.legend(loc="upper center", ncols=1, frameon=False, bbox_to_anchor=(0.5, 1.27))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))


def sentence(game: Any) -> str:
    """Sentence on the number of joiners, the threshold and the cost of full membership."""
    low, high = (game.cascade(start).sizes[-1] for start in ("nobody", "everybody"))
    count, bill, equilibrium_count = len(game.members), game.bill(), len(game.solve())
    joiners_text = (
        f"{low} of {count} members join in the only equilibrium"
        if equilibrium_count == 1
        else (
            f"from {low} to {high} of {count} members join in one of {equilibrium_count} equilibria"
        )
    )
    power = equation("P", game.values[game.symbols.P])
    absolute = quantity_text(game.quantities["absolute_threshold"])
    return (
        f"At {power}, {joiners_text}; that all join in every one takes {absolute}, or offers: "
        f"{decimal(bill.total)} in all where each is bargained with alone, in the cheapest order, "
        f"{decimal(bill.uniform)} where all get the same."
    )
