"""Figure of announcements over a calendar of elections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.games import Game


def draw(game: Game, *, elections: Sequence[int] = (4, 8), periods: int = 10) -> Figure:
    """Plot the announcement of every period, and the elections.

    ``game``: ElectoralCycle, with numbers for the benefit, the cost and memory; ``elections``: the
    periods in which there is an election, counted from 1; ``periods``: how many.
    """
    if not hasattr(game, "calendar"):
        raise UnsupportedError("the signalling version has no figure; the calendar has")
    cycle: Any = game
    amounts = cycle.calendar(elections, periods)
    if any(amount.free_symbols for amount in amounts):
        raise GameTheoryError(
            "the figure of ElectoralCycle needs numbers: write "
            "game.at(announcement_benefit=…, announcement_cost=…, memory=…).plot()"
        )
    figure = style.empty_figure(style.WIDTH, 3.0)
    axes = figure.add_subplot()
    axes.bar(range(1, periods + 1), [float(a) for a in amounts], color=style.BLUE, width=0.8)
    for date in elections:
        axes.axvline(date + 0.5, color=style.VERMILION, linewidth=0.9, linestyle=(0, (4, 2)))
    axes.annotate("election", (min(elections) + 0.5, 1), (3, -4), va="top", color=style.VERMILION,
                  xycoords=axes.get_xaxis_transform(), textcoords="offset points")  # fmt: skip
    axes.set(xlabel="Period", ylabel="Announcement, $a$", xlim=(0.4, periods + 0.6))
    return figure
