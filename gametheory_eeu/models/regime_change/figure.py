"""Figure of the cut-offs of a regime as a function of the prior mean."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.hypotheses import join_words
from gametheory_eeu.display.phrases import equation
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Game

_POINTS = 1401


def draw(game: Game) -> Figure:
    """Plot the cut-off strengths against the prior mean.

    ``game``: RegimeChange, with numbers for the cost and both precisions.
    """
    regime_change: Any = game
    z = regime_change.values.get(regime_change.symbols.z)
    regime_change = (
        regime_change if z is not None else regime_change.at(prior_mean=sp.Rational(1, 2))
    )
    cutoffs = regime_change.cutoffs()  # refuses what has no numbers
    figure = style.empty_figure(style.WIDTH, 3.4)
    axes = figure.add_subplot()
    if regime_change.values[regime_change.symbols.a] > 0:
        _draw_cutoffs(axes, regime_change)
    _draw_flat_prior(axes, regime_change)
    if z is not None:
        style.mark_value(axes, regime_change.symbols.z, z)
        axes.plot([float(z)] * len(cutoffs), [float(x.state) for x in cutoffs], "o", markersize=5,
                  color=style.INK, zorder=5, label="cut-off")  # fmt: skip
    center = 0.5 if z is None else float(z)
    axes.set(xlabel="Prior mean of the regime's strength, $z$", ylim=(-0.03, 1.03))
    axes.set(xlim=(min(-0.5, center - 0.5), max(1.5, center + 0.5)))
    axes.set_ylabel("It falls up to this strength")
    axes.legend(loc="upper right", frameon=False)
    return figure


def _draw_cutoffs(axes: Axes, game: Any) -> None:
    """Draw every cut-off with its prior mean, stable ones where the mean falls in strength."""
    strength = np.array([NormalDist().cdf(u) for u in np.linspace(-7, 7, _POINTS)])
    mean = np.array([game.prior_mean_at(float(x)) for x in strength])
    rising = np.gradient(mean, strength) > 0
    for unstable, colour, label in (
        (False, style.BLUE, "stable"),
        (True, style.ORANGE, "unstable"),
    ):
        if (rising == unstable).any():
            visible = np.where(rising == unstable, mean, np.nan)
            axes.plot(visible, strength, color=colour, label=label)


def _draw_flat_prior(axes: Axes, game: Any) -> None:
    limit = float(game.flat_prior_threshold)
    axes.axhline(limit, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    axes.annotate("flat prior, $1-c$", (0, limit), (4, 4), textcoords="offset points",
                  xycoords=axes.get_yaxis_transform())  # fmt: skip


def sentence(game: Any) -> str:
    """Sentence on the cut-off strengths of the regime, and their uniqueness."""
    cutoffs = [decimal(sp.Float(float(cutoff.state))) for cutoff in game.cutoffs()]
    mean = equation("z", game.values[game.symbols.z])
    margin = game.quantities["uniqueness_margin"].value
    if len(cutoffs) > 1:
        return (
            f"With a prior mean of {mean} there are {len(cutoffs)} cut-offs: expectations decide "
            f"whether the regime falls up to a strength of {join_words(cutoffs, 'or')}."
        )
    scope = "as at every prior mean" if margin >= 0 else "though not at every prior mean"
    return (f"With a prior mean of {mean} there is one cut-off, {scope}: the regime falls up to "
            f"a strength of {cutoffs[0]}.")  # fmt: skip
