"""Figure of shares of actions over time."""

from __future__ import annotations

from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.result_tables import title
from gametheory_eeu.forms.dynamics import Trajectory

_HEIGHT = 2.6
_UNITS = {"replicator dynamics": "Time", "fictitious play": "Round", "Moran process": "Step"}


def draw(trajectory: Trajectory) -> Figure:
    """Plot a panel for each population, a line for each action."""
    whose = trajectory.shares
    figure = style.empty_figure(style.WIDTH, _HEIGHT * len(whose))
    rows = figure.subplots(len(whose), sharex=True, squeeze=False)[:, 0]
    for axes, (player, shares) in zip(rows, whose.items(), strict=True):
        for k, (action, values) in enumerate(shares.items()):
            color = style.SERIES[k % len(style.SERIES)]
            axes.plot(trajectory.times, values, color=color, label=action)
        axes.set(ylim=(-0.02, 1.02), xlim=(trajectory.times[0], trajectory.times[-1]))
        axes.set_ylabel("Share" if len(whose) == 1 else f"Share, {player}")
        axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    rows[-1].set_xlabel(_UNITS[trajectory.dynamic])
    name = trajectory.dynamic[0].upper() + trajectory.dynamic[1:]
    rows[0].set_title(f"{title(trajectory.game)}: {trajectory.dynamic}" if trajectory.game.title
                      else name)  # fmt: skip
    return figure
