"""Figure of settlement, breakdown and offers under shifting power."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Game

_LOW, _HIGH = 1e-3, 0.999
_LINE = {"arrowstyle": "-", "color": style.GREY, "linewidth": 0.7}


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """Plot the regions of settlement and breakdown, and the offers to the member.

    ``game``: PowerShift, with numbers for patience, the hegemon's strength today and the cost of a
    breakdown; ``compare``: further calibrations, marked by their names where the two strengths are
    the same.
    """
    delta, shift = game.parameters["delta"], game.parameters["s"]
    open_game = ParameterAxis.of(game, delta.symbol)
    open_game.require_numbers([open_game.game.general.quantities["tolerable_shift"].expression])
    strengths = {name: game.values[game.symbols[name]] for name in ("p", "c_b")}
    max_shift = 1 - float(sum(strengths.values()))
    figure = style.empty_figure(style.WIDTH, 3.3)
    left, right = figure.subplots(1, 2)
    left.set(xlim=(0, 1), ylim=(0, max_shift), xlabel=axis_label(delta), ylabel="Power shift, $s$",
             title="(a) Where bargaining breaks down")  # fmt: skip
    _draw_regions(left, open_game, max_shift)
    for variant in (game, *compare):
        _mark_calibration(left, variant)
    right.set(xlim=(0, max_shift), ylim=(0, 1.03), xlabel="Power shift, $s$",
              ylabel="Share of the pie", title="(b) What the member is offered")  # fmt: skip
    patience = game.values.get(delta.symbol)
    if patience is None:
        raise GameTheoryError("the figure of PowerShift needs a number for discount_factor")
    free_shift = type(game)(delta=patience, **strengths)  # whatever makes power shift
    _draw_offers(right, ParameterAxis.of(free_shift, shift.symbol), max_shift)
    return figure


def _draw_regions(axes: Axes, along: ParameterAxis, max_shift: float) -> None:
    x = np.linspace(_LOW, _HIGH, 400)
    bounds = []
    for name in ("tolerable_shift", "powell_shift"):
        quantity = along.game.general.quantities[name]
        bound = along.curve(quantity.expression)(x)
        axes.plot(x, bound, color=style.INK, zorder=3)
        bounds.append(np.clip(bound, 0, max_shift))
    lower, upper = bounds
    axes.fill_between(x, 0, lower, color=style.BLUE, alpha=0.15, linewidth=0)
    axes.fill_between(x, lower, upper, color=style.ORANGE, alpha=0.25, linewidth=0)
    axes.fill_between(x, upper, max_shift, color=style.VERMILION, alpha=0.3, linewidth=0)
    axes.text(0.08, 0.1 * max_shift, "settlement", style="italic", color=style.BLUE)
    axes.text(0.985, 0.9 * max_shift, "breakdown,\nwhoever offers", style="italic", ha="right",
              va="top", color=style.INK)  # fmt: skip
    axes.annotate(
        "breakdown if the\nhegemon offers",
        (x[250], (lower[250] + upper[250]) / 2),
        (0.06, 0.55 * max_shift),
        textcoords="data",
        style="italic",
        arrowprops=_LINE,
    )


def _mark_calibration(axes: Axes, game: Game) -> None:
    s = game.symbols
    shift, patience = s.s.subs(game.values).subs(game.values), s.delta.subs(game.values)
    if not (shift.free_symbols or patience.free_symbols):
        axes.plot([float(patience)], [float(shift)], "o", color=style.INK, markersize=5, zorder=5)
        axes.annotate(game.calibration, (float(patience), float(shift)), (-6, -10), ha="right",
                      textcoords="offset points", zorder=5)  # fmt: skip


def _draw_offers(axes: Axes, along: ParameterAxis, max_shift: float) -> None:
    """Draw the offers of today and of later by the shift, until breakdown."""
    quantities = along.game.general.quantities
    today, later = quantities["offer_today"], quantities["offer_later"]
    spans = along.intervals(today.exists_when, 0, max_shift)
    for low, high in spans:
        x = np.linspace(low, high, 201)
        axes.plot(x, along.curve(today.expression)(x), color=style.ORANGE, label="today")
        axes.plot(x, along.curve(later.expression)(x), color=style.BLUE, label="later")
    end = spans[-1][1] if spans else 0.0
    if end < max_shift:
        style.shade(axes, [(end, max_shift)], color=style.VERMILION, alpha=0.2)
        axes.text((end + max_shift) / 2, 0.5, "breakdown", rotation=90, ha="center", va="center",
                  style="italic")  # fmt: skip
    axes.legend(loc="lower left", frameon=False)


def sentence(game: Any) -> str:
    """Sentence on whether an offer can compensate for the coming power shift."""
    shift = game.symbols.s.subs(game.values).subs(game.values)
    limit = game.quantities["tolerable_shift"]
    (outcome, *_) = game.solve().names
    offer_later = decimal(game.quantities["offer_later"].value)
    offer_today = game.quantities["offer_today"]
    offer_text = (
        f"the member is offered {decimal(offer_today.value)} of the pie today, to accept "
        f"{offer_later} later"
        if offer_today.exists_when
        else f"even the whole pie today does not make up for {offer_later} later"
    )
    return (
        f"With {equation('s', shift)} against {quantity_text(limit)} there is {outcome}: "
        f"{offer_text}."
    )
