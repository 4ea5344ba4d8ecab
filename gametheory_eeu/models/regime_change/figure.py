"""The cut-offs of a regime as the prior mean moves."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game

_POINTS = 1401


def draw(game: Game) -> Figure:
    """The strengths up to which the regime falls, against the prior mean: one curve, or a fold.

    Parameters
    ----------
    game : RegimeChange
        With numbers for the cost and both precisions.
    """
    reading: Any = game
    own = reading.values.get(reading.symbols.z)
    reading = reading if own is not None else reading.at(prior_mean=sp.Rational(1, 2))
    cutoffs = reading.cutoffs()  # refuses what has no numbers
    figure = style.canvas(5.6, 3.4)
    axes = figure.add_subplot()
    if reading.values[reading.symbols.a] > 0:
        _fold(axes, reading)
    _flat(axes, reading)
    if own is not None:
        axes.axvline(float(own), color=style.VERMILION, linewidth=0.9, zorder=1)
        axes.annotate(f"$z = {decimal(own)}$", (float(own), 0.5), (5, -14), color=style.VERMILION,
                      textcoords="offset points")  # fmt: skip
        axes.plot([float(own)] * len(cutoffs), [float(x.state) for x in cutoffs], "o", markersize=5,
                  color=style.INK, zorder=5)  # fmt: skip
    middle = 0.5 if own is None else float(own)
    axes.set(xlabel="Prior mean of the regime's strength, $z$", ylim=(-0.03, 1.03))
    axes.set(xlim=(min(-0.5, middle - 0.5), max(1.5, middle + 0.5)))
    axes.set_ylabel("It falls up to this strength")
    axes.legend(loc="upper right", frameon=False)
    return figure


def _fold(axes: Axes, reading: Any) -> None:
    """Every cut-off with its prior mean: stable where the mean falls as the strength rises."""
    strength = np.array([NormalDist().cdf(u) for u in np.linspace(-7, 7, _POINTS)])
    mean = np.array([reading.prior_mean_at(float(x)) for x in strength])
    rising = np.gradient(mean, strength) > 0
    for unstable, colour, label in (
        (False, style.BLUE, "stable"),
        (True, style.ORANGE, "unstable"),
    ):
        if (rising == unstable).any():
            shown = np.where(rising == unstable, mean, np.nan)
            axes.plot(shown, strength, color=colour, label=label)


def _flat(axes: Axes, reading: Any) -> None:
    limit = float(reading.flat_prior_threshold)
    axes.axhline(limit, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    axes.annotate("flat prior, $1-c$", (0, limit), (4, 4), textcoords="offset points",
                  xycoords=axes.get_yaxis_transform())  # fmt: skip
