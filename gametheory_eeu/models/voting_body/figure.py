"""Figure of a voting body: votes and power by member, and power by masking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import axis_label
from gametheory_eeu.models import vocabulary as v

if TYPE_CHECKING:
    from gametheory_eeu.models.voting_body.model import VotingBody

_ROW_HEIGHT = 0.24
_INDICES = (
    ("shapley_shubik", "Shapley-Shubik", style.BLUE, "o"),
    ("banzhaf", "Banzhaf", style.ORANGE, "s"),
)


def draw(body: VotingBody) -> Figure:
    """Plot each member's share of votes and of power; with weights, effective power by masking.

    ``body``: VotingBody, with numbers for all bargaining weights, for the second panel to be drawn.
    """
    masked = body.at(masking=v.MASKING.symbol).effective_power
    masking_only = all(power.free_symbols <= {v.MASKING.symbol} for power in masked)
    height = max(2.6, 0.9 + _ROW_HEIGHT * len(body.members))
    figure = style.empty_figure(style.WIDTH, min(height, 12))
    axes = figure.subplots(1, 2 if masking_only else 1, squeeze=False)[0]
    _draw_power(axes[0], body)
    if masking_only:
        axes[0].set_title("(a) Votes and power")
        _draw_masking(axes[1], body)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower left", ncols=3,
                  frameon=False)  # fmt: skip
    return figure


def _draw_power(axes: Axes, body: VotingBody) -> None:
    places = np.arange(len(body.members))[::-1]
    for i, chamber in enumerate(body.chambers):
        votes = np.array([float(vote) for vote in chamber.votes])
        label = f"votes{chamber.label}"
        axes.plot(votes / votes.sum(), places, "|" if i == 0 else "_", color=style.INK,
                  markersize=11, label=label)  # fmt: skip
    for name, label, colour, marker in _INDICES:
        power = [float(p) for p in getattr(body, name)]
        axes.plot(power, places, marker, color=colour, markersize=5, label=label, alpha=0.85)
    axes.set(yticks=places, xlabel="Share")
    axes.set_yticklabels(body.members)
    axes.set_xlim(left=-0.01)
    axes.grid(axis="y", color=style.PALE, zorder=0)


def _draw_masking(axes: Axes, body: VotingBody) -> None:
    # Effective power is linear in masking: two ends are the line.
    ends = [body.at(masking=m).effective_power for m in (0, 1)]
    for member, low, high in zip(body.members, *ends, strict=True):
        main = member == body.hegemon
        axes.plot([0, 1], [float(low), float(high)], color=style.BLUE if main else style.GREY,
                  linewidth=1.8 if main else 0.9, zorder=3 if main else 2)  # fmt: skip
    axes.annotate(body.hegemon, (1, float(ends[1][body.hegemon])), (-4, 5), color=style.BLUE,
                  textcoords="offset points", ha="right")  # fmt: skip
    masking = body.values.get(v.MASKING.symbol)
    if masking is not None and not masking.free_symbols:
        axes.axvline(float(masking), color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.set(xlim=(0, 1), xlabel=axis_label(v.MASKING), ylabel="Effective power",
             title="(b) Masked decisions")  # fmt: skip
    axes.set_ylim(bottom=0)
