"""Power that shifts: where bargaining breaks down, and what holds it together before."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, caption
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import Game

_LOW, _HIGH = 1e-3, 0.999
_LINE = {"arrowstyle": "-", "color": style.GREY, "linewidth": 0.7}


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """The regions of settlement and breakdown, and the offers that keep the member.

    Parameters
    ----------
    game : PowerShift
        With numbers for patience, the hegemon's strength today and the cost of a breakdown.
    compare : iterable of PowerShift
        Further calibrations, marked by their names where the two strengths are the same.
    """
    delta, shift = game.parameters["delta"], game.parameters["s"]
    across = Along.of(game, delta.symbol)
    across.require([across.game.general.quantities["tolerable_shift"].expression])
    at = {name: game.values[game.symbols[name]] for name in ("p", "c_b")}
    largest = 1 - float(sum(at.values()))
    figure = style.canvas(7.2, 3.3)
    left, right = figure.subplots(1, 2)
    left.set(xlim=(0, 1), ylim=(0, largest), xlabel=caption(delta), ylabel="Power shift, $s$",
             title="(a) Where bargaining breaks down")  # fmt: skip
    _regions(left, across, largest)
    for one in (game, *compare):
        _stands(left, one)
    right.set(xlim=(0, largest), ylim=(0, 1.03), xlabel="Power shift, $s$",
              ylabel="Share of the pie", title="(b) What the member is offered")  # fmt: skip
    patience = game.values.get(delta.symbol)
    if patience is None:
        raise GameTheoryError("the figure of PowerShift needs a number for discount_factor")
    anyhow = type(game)(delta=patience, **at)  # whatever makes power shift
    _offers(right, Along.of(anyhow, shift.symbol), largest)
    return figure


def _regions(axes: Axes, along: Along, largest: float) -> None:
    x = np.linspace(_LOW, _HIGH, 400)
    limits = []
    for name in ("tolerable_shift", "powell_shift"):
        quantity = along.game.general.quantities[name]
        limit = along.curve(quantity.expression)(x)
        axes.plot(x, limit, color=style.INK, zorder=3)
        limits.append(np.clip(limit, 0, largest))
    soft, hard = limits
    axes.fill_between(x, 0, soft, color=style.BLUE, alpha=0.15, linewidth=0)
    axes.fill_between(x, soft, hard, color=style.ORANGE, alpha=0.25, linewidth=0)
    axes.fill_between(x, hard, largest, color=style.VERMILION, alpha=0.3, linewidth=0)
    axes.text(0.08, 0.1 * largest, "settlement", style="italic", color=style.BLUE)
    axes.text(0.985, 0.9 * largest, "breakdown,\nwhoever offers", style="italic", ha="right",
              va="top", color=style.INK)  # fmt: skip
    axes.annotate(
        "breakdown if the\nhegemon offers",
        (x[250], (soft[250] + hard[250]) / 2),
        (0.06, 0.55 * largest),
        textcoords="data",
        style="italic",
        arrowprops=_LINE,
    )


def _stands(axes: Axes, game: Game) -> None:
    s = game.symbols
    shift, patience = s.s.subs(game.values).subs(game.values), s.delta.subs(game.values)
    if not (shift.free_symbols or patience.free_symbols):
        axes.plot([float(patience)], [float(shift)], "o", color=style.INK, markersize=5, zorder=5)
        axes.annotate(game.calibration, (float(patience), float(shift)), (-6, 3), ha="right",
                      textcoords="offset points", zorder=5)  # fmt: skip


def _offers(axes: Axes, along: Along, largest: float) -> None:
    """Today's offer rises with the shift until it is the whole pie."""
    quantities = along.game.general.quantities
    today, later = quantities["offer_today"], quantities["offer_later"]
    spans = along.bands(today.exists_when, 0, largest)
    for low, high in spans:
        x = np.linspace(low, high, 201)
        axes.plot(x, along.curve(today.expression)(x), color=style.ORANGE, label="today")
        axes.plot(x, along.curve(later.expression)(x), color=style.BLUE, label="later")
    end = spans[-1][1] if spans else 0.0
    if end < largest:
        style.shade(axes, [(end, largest)], color=style.VERMILION, alpha=0.2)
        axes.text((end + largest) / 2, 0.5, "breakdown", rotation=90, ha="center", va="center",
                  style="italic")  # fmt: skip
    axes.legend(loc="lower left", frameon=False)
