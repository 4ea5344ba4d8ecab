"""The member's choice as trust runs from none to full."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, Spans, caption
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game

_COLOURS = {"join": style.BLUE, "stay out": style.ORANGE}
_LABELS = {"join": "if it joins", "stay out": "if it stays out"}


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """What joining and staying out are worth to the member, and the threshold between them.

    Parameters
    ----------
    game : CredibleCommitment
        With numbers for all but trust and the hegemon's payoffs.
    compare : iterable of CredibleCommitment
        Further calibrations, marked by their names.
    """
    trust = game.parameters["mu"]
    along = Along.of(game, trust.symbol)
    found = along.equilibria()
    payoffs = {name: found[name].payoffs["member"] for name in _COLOURS}
    along.require([*payoffs.values(), *(found[name].condition for name in payoffs)])
    figure = style.canvas(5.6, 3.5)
    axes = figure.add_subplot()
    axes.set(xlim=(0, 1), xlabel=caption(trust), ylabel="The member's expected payoff")
    x = np.linspace(0, 1, 201)
    for name, payoff in payoffs.items():
        y = along.curve(payoff)(x)
        axes.plot(x, y, zorder=3, color=_COLOURS[name], label=_LABELS[name])
        _region(axes, name, along.bands(found[name].condition, 0, 1))
    _threshold(axes, game)
    for one in (game, *compare):
        _mark(axes, Along.of(one, trust.symbol), payoffs["join"])
    axes.legend(loc="lower right", frameon=False)
    return figure


def _region(axes: Axes, name: str, spans: Spans) -> None:
    """Where the action is the equilibrium, named along the top."""
    style.shade(axes, spans, color=_COLOURS[name], alpha=0.13)
    for low, high in spans:
        axes.annotate(name, ((low + high) / 2, 1), (0, 4), xycoords=axes.get_xaxis_transform(),
                      textcoords="offset points", ha="center", color=_COLOURS[name],
                      style="italic")  # fmt: skip


def _threshold(axes: Axes, game: Game) -> None:
    threshold = game.quantities["trust_threshold"]
    x = float(threshold.expression)
    if 0 <= x <= 1:
        axes.axvline(x, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)), zorder=2)
        label = style.mathematics(f"{threshold.symbol} = {decimal(threshold.expression)}")
        axes.annotate(label, (x, 0), (4, 5), xycoords=axes.get_xaxis_transform(),
                      textcoords="offset points")  # fmt: skip


def _mark(axes: Axes, along: Along, joining: Expr) -> None:
    """A calibration, where it stands on the line of joining."""
    if along.own is None:
        return
    x, y = float(along.own), float(along.curve(joining)(float(along.own)))
    axes.plot([x], [y], "o", color=style.INK, markersize=5, zorder=5)
    label = f"{along.game.calibration}  $\\mu = {decimal(along.own)}$".strip()
    offset, side = ((-8, 5), "right") if x > 0.75 else ((8, -12), "left")
    axes.annotate(label, (x, y), offset, textcoords="offset points", ha=side, zorder=5)
