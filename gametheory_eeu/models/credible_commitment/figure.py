"""Figure of the member's expected payoffs as a function of trust."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Game
from gametheory_eeu.models.figure_parts import draw_bands, draw_threshold

_COLOURS = {"join": style.BLUE, "stay out": style.ORANGE}
_LABELS = {"join": "if it joins", "stay out": "if it stays out"}


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """Plot the payoffs of joining and staying out against trust, with the threshold.

    ``game``: CredibleCommitment, with numbers for all but trust and the hegemon's payoffs;
    ``compare``: further calibrations, marked by their names.
    """
    trust = game.parameters["mu"]
    along = ParameterAxis.of(game, trust.symbol)
    equilibria = along.equilibria()
    payoffs = {name: equilibria[name].payoffs["member"] for name in _COLOURS}
    along.require_numbers([*payoffs.values(), *(equilibria[name].condition for name in payoffs)])
    figure = style.empty_figure(style.WIDTH, 3.5)
    axes = figure.add_subplot()
    axes.set(xlim=(0, 1), xlabel=axis_label(trust), ylabel="The member's expected payoff")
    x = np.linspace(0, 1, 201)
    for name, payoff in payoffs.items():
        y = along.curve(payoff)(x)
        axes.plot(x, y, zorder=3, color=_COLOURS[name], label=_LABELS[name])
        bands = along.intervals(equilibria[name].condition, 0, 1)
        draw_bands(axes, bands, name, _COLOURS[name], 0.13)
    threshold = game.quantities["trust_threshold"]
    if 0 <= float(threshold.expression) <= 1:
        draw_threshold(axes, threshold)
    for variant in (game, *compare):
        _mark_calibration(axes, ParameterAxis.of(variant, trust.symbol), payoffs["join"])
    axes.legend(loc="lower right", frameon=False)
    return figure


def _mark_calibration(axes: Axes, along: ParameterAxis, joining_payoff: Expr) -> None:
    """Mark a calibration on the line of the payoff of joining."""
    if along.own is None:
        return
    x, y = float(along.own), float(along.curve(joining_payoff)(float(along.own)))
    axes.plot([x], [y], "o", color=style.INK, markersize=5, zorder=5)
    label = f"{along.game.calibration}  $\\mu = {decimal(along.own)}$".strip()
    offset, alignment = ((-8, 5), "right") if x > 0.75 else ((8, -12), "left")
    axes.annotate(label, (x, y), offset, textcoords="offset points", ha=alignment, zorder=5)


def sentence(game: Game) -> str:
    """Sentence on trust against its threshold, the equilibrium and the expected loss."""
    trust = equation("mu", game.values[game.symbols.mu])
    threshold = quantity_text(game.quantities["trust_threshold"])
    (equilibrium, *_) = game.solve()
    loss = decimal(game.quantities["expected_loss"].value)
    return (
        f"At {trust}, with {threshold}, {equilibrium.note}; joining risks an expected loss of "
        f"{loss}."
    )
