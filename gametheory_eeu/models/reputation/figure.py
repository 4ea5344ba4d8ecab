"""Figure of the equilibrium path of a reputation: beliefs and outcomes by member."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.games import Game

_MAX_MARKED = 8
"""Up to so many members the thresholds are the marks of the axis."""
_OUTCOMES = {
    "stays": style.BLUE,
    "defies, is fought": style.VERMILION,
    "defies, hegemon gives way": style.ORANGE,
    "defies, weakness already seen": style.PALE,
}


def draw(game: Game) -> Figure:
    """Plot the beliefs on the path against the threshold, and the outcomes by member.

    ``game``: Reputation, with numbers for everything.
    """
    reputation: Any = game
    course = reputation.course()
    figure = style.empty_figure(style.WIDTH, 4.6)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    _draw_beliefs(above, course)
    _draw_outcomes(below, course)
    below.set(xlabel="Members left, the current one counted", ylabel="Probability", ylim=(0, 1))
    below.set_xlim(course.turns + 0.6, 0.4)
    below.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(*below.get_legend_handles_labels(), loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


def _draw_beliefs(axes: Axes, path: Any) -> None:
    """Draw the beliefs above zero on a logarithmic scale, each as large as it is likely."""
    rows = [stage for stage in path if stage.belief > 0]
    stages = list(dict.fromkeys((stage.members_left, stage.threshold) for stage in path))
    axes.plot([k for k, _ in stages], [float(b) for _, b in stages], color=style.INK,
              linewidth=0.9, linestyle=(0, (4, 2)), label="threshold $b^n$")  # fmt: skip
    axes.scatter([stage.members_left for stage in rows], [float(stage.belief) for stage in rows],
                 s=[10 + 70 * float(stage.reached) for stage in rows], color=style.BLUE, zorder=3,
                 label="belief, size by probability")  # fmt: skip
    axes.set_yscale("log")
    if len(stages) <= _MAX_MARKED:
        axes.set_yticks([float(b) for _, b in stages], [str(b) for _, b in stages])
        axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("Belief in toughness")
    axes.legend(loc="upper left", frameon=False)


def _draw_outcomes(axes: Axes, path: Any) -> None:
    """Draw for each member the probabilities of the four outcomes."""
    base = dict.fromkeys(range(1, path.turns + 1), 0.0)
    for outcome, colour in _OUTCOMES.items():
        heights = dict.fromkeys(base, 0.0)
        for stage in path:
            heights[stage.members_left] += float(_outcome_probability(stage, outcome))
        axes.bar(list(heights), list(heights.values()), bottom=list(base.values()), width=0.8,
                 color=colour, label=outcome, edgecolor=style.GREY, linewidth=0.3)  # fmt: skip
        base = {k: base[k] + heights[k] for k in base}


def _outcome_probability(stage: Any, outcome: str) -> Any:
    defiance = stage.reached * stage.defies
    return {
        "stays": stage.reached - defiance,
        "defies, is fought": defiance * stage.fought,
        "defies, hegemon gives way": defiance * (1 - stage.fought) if stage.belief > 0 else 0,
        "defies, weakness already seen": defiance if stage.belief == 0 else 0,
    }[outcome]


def sentence(game: Any) -> str:
    """Sentence on the next member's choice, and the hegemon's response."""
    (first_row, *_), course = game.course().rows, game.course()
    prior = equation("p", game.values[game.symbols.p])
    threshold = quantity_text(game.quantities["entry_threshold"])
    if first_row.belief == first_row.threshold:
        entry_text = f"at {threshold} the first of {course.turns} members is indifferent"
    else:
        verb = "stays" if first_row.belief > first_row.threshold else "defies"
        entry_text = f"against {threshold} the first of {course.turns} members {verb}"
    fight_text = (
        "for certain"
        if first_row.weak_fights == 1
        else f"with probability {float(first_row.weak_fights):.4g}"
    )
    return (
        f"With {prior} {entry_text}; a weak hegemon fights one that defies {fight_text}; that "
        f"weakness has shown by the last turn has probability {float(course.weakness_seen(1)):.4g}."
    )
