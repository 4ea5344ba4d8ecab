"""Repeated commitment: the binding that keeps the hegemon's word, by its patience."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, caption
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.prover.merge_relations import solved

_LOW, _HIGH = 1e-6, 1 - 1e-6  # the open interval of discount factors


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """Where in the plane of patience and binding the word is kept, by grim trigger or at once.

    Parameters
    ----------
    game : RepeatedCommitment
        With numbers for the hegemon's payoffs, the cost of binding and its bite.
    compare : iterable of RepeatedCommitment
        Further calibrations: the least binding that each needs, and where each stands.
    """
    delta = game.parameters["delta"]
    games = [Along.of(one, delta.symbol) for one in (game, *compare)]
    for one in games:
        one.require([one.game.general.quantities["minimum_binding"].expression])
    figure = style.canvas(5.6, 3.6)
    axes = figure.add_subplot()
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=caption(delta),
             ylabel=caption(game.parameters["alpha"]))  # fmt: skip
    _kept(axes, games[0])
    _at_once(axes, game)
    for i, (one, colour) in enumerate(zip(games, (style.INK, *style.SERIES[1:]), strict=False)):
        _least(axes, one, colour)
        _stands(axes, one, colour, size=9 - 3 * min(i, 2))
    _critical(axes, game)
    if any(one.game.calibration for one in games):
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 0.03), frameon=False,
                    title="least binding; where it stands", alignment="left")  # fmt: skip
    return figure


def _kept(axes: Axes, along: Along) -> None:
    """Grim trigger keeps the word between the least and the most binding."""
    low, high = (along.game.general.quantities[f"{x}_binding"] for x in ("minimum", "maximum"))
    least, most = along.curve(low.expression), along.curve(high.expression)
    for start, end in along.bands(low.exists_when, _LOW, _HIGH):
        x = np.linspace(start, end, 801)
        axes.fill_between(x, least(x), most(x), color=style.BLUE, alpha=0.18, linewidth=0)
    axes.text(
        0.97, 0.5, "grim trigger\nkeeps the word", ha="right", style="italic", color=style.BLUE
    )
    axes.text(0.03, 0.5, "grim trigger\ndoes not", ha="left", style="italic", color=style.VERMILION)


def _at_once(axes: Axes, game: Game) -> None:
    """The depth of binding from which honouring pays at once, if any does."""
    alpha = game.parameters["alpha"].symbol
    for e in game.at(alpha=alpha).solve():
        if e.name != "always honour":
            continue
        condition = solved(e.condition)
        if isinstance(condition, sp.Ge) and condition.lhs == alpha and condition.rhs.is_number:
            axes.axhspan(float(condition.rhs), 1, color=style.GREEN, alpha=0.15, linewidth=0)
            axes.text(0.97, 0.97, "honouring pays at once", ha="right", va="top", style="italic",
                      color=style.GREEN)  # fmt: skip


def _least(axes: Axes, along: Along, colour: str) -> None:
    least = along.game.general.quantities["minimum_binding"]
    y = along.curve(least.expression)
    label = along.game.calibration or None
    for start, end in along.bands(least.exists_when, _LOW, _HIGH):
        x = np.linspace(start, end, 801)
        axes.plot(x, y(x), color=colour, zorder=3, clip_on=False, label=label)
        label = None  # one entry a game


def _critical(axes: Axes, game: Game) -> None:
    quantity = game.quantities["critical_discount_factor"]
    x = float(quantity.expression)
    label = style.mathematics(f"{quantity.symbol} = {decimal(quantity.expression)}")
    axes.axvline(x, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)), zorder=2)
    axes.annotate(label, (x, 1), (4, 4), xycoords=axes.get_xaxis_transform(),
                  textcoords="offset points")  # fmt: skip


def _stands(axes: Axes, along: Along, colour: str, size: int) -> None:
    """A calibration's point; where two coincide the later, smaller one lies on the other."""
    x, y = along.own, along.game.values.get(along.game.symbols.alpha)
    if x is not None and y is not None and not y.free_symbols:
        axes.plot([float(x)], [float(y)], "o", color=colour, markersize=size, zorder=5,
                  clip_on=False)  # fmt: skip
