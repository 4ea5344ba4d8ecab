"""The course of a reputation: what is believed, and what happens, member by member."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from gametheory_eeu.display.figures import style
from gametheory_eeu.model import Game

_MARKED = 8
"""Up to so many members the thresholds are the marks of the axis."""
_FATES = {
    "stays": style.BLUE,
    "defies, is fought": style.VERMILION,
    "defies, hegemon gives way": style.ORANGE,
    "defies, weakness already seen": style.PALE,
}


def draw(game: Game) -> Figure:
    """Above, the beliefs that play may bring about, against the threshold; below, what happens.

    Parameters
    ----------
    game : Reputation
        With numbers for everything.
    """
    reading: Any = game
    course = reading.course()
    figure = style.canvas(5.8, 4.6)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    _beliefs(above, course)
    _fates(below, course)
    below.set(xlabel="Members left, the current one counted", ylabel="Probability", ylim=(0, 1))
    below.set_xlim(course.turns + 0.6, 0.4)
    below.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(*below.get_legend_handles_labels(), loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


def _beliefs(axes: Axes, course: Any) -> None:
    """Beliefs above zero on a logarithmic scale, each as large as it is likely."""
    rows = [row for row in course if row.belief > 0]
    stages = list(dict.fromkeys((row.members_left, row.threshold) for row in course))
    axes.plot([k for k, _ in stages], [float(b) for _, b in stages], color=style.INK,
              linewidth=0.9, linestyle=(0, (4, 2)), label="threshold $b^n$")  # fmt: skip
    axes.scatter([row.members_left for row in rows], [float(row.belief) for row in rows],
                 s=[10 + 70 * float(row.reached) for row in rows], color=style.BLUE, zorder=3,
                 label="belief, size by probability")  # fmt: skip
    axes.set_yscale("log")
    if len(stages) <= _MARKED:
        axes.set_yticks([float(b) for _, b in stages], [str(b) for _, b in stages])
        axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("Belief in toughness")
    axes.legend(loc="upper left", frameon=False)


def _fates(axes: Axes, course: Any) -> None:
    """For each member, how likely each of the four things is."""
    floor = dict.fromkeys(range(1, course.turns + 1), 0.0)
    for fate, colour in _FATES.items():
        chances = dict.fromkeys(floor, 0.0)
        for row in course:
            chances[row.members_left] += float(_chance(row, fate))
        axes.bar(list(chances), list(chances.values()), bottom=list(floor.values()), width=0.8,
                 color=colour, label=fate, edgecolor=style.GREY, linewidth=0.3)  # fmt: skip
        floor = {k: floor[k] + chances[k] for k in floor}


def _chance(row: Any, fate: str) -> Any:
    defied = row.reached * row.defies
    return {
        "stays": row.reached - defied,
        "defies, is fought": defied * row.fought,
        "defies, hegemon gives way": defied * (1 - row.fought) if row.belief > 0 else 0,
        "defies, weakness already seen": defied if row.belief == 0 else 0,
    }[fate]
