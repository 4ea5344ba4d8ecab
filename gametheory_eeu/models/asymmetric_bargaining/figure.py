"""The deal along one parameter: what the member is paid, and who gains how much."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, Array, caption, extent
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game, Quantity

_PLAYERS = {"hegemon": style.BLUE, "member": style.ORANGE}
_THIN = 0.9


def draw(
    game: Game, *, along: str = "exit_loss", high: float | None = None, compare: Iterable[Game] = ()
) -> Figure:
    """The transfer, and how the surplus is divided, as one parameter runs.

    Parameters
    ----------
    game : AsymmetricBargaining
        With numbers for all but the parameter on the axis.
    along : str
        The parameter on the axis, by name or ASCII symbol.
    high : float, optional
        Where the axis ends.
    compare : iterable of AsymmetricBargaining
        Further calibrations, whose transfers are drawn thinly, each with its own point.
    """
    row = game.parameters[along]
    games = [Along.of(one, row.symbol) for one in (game, *compare)]
    for one in games:
        one.require([_transfer(one).expression])
    marks = [float(one.own) for one in games if one.own is not None]
    axis = extent(row, marks, high)
    figure = style.canvas(6.6, 3.1)
    left, right = figure.subplots(1, 2)
    for one in games:
        _payment(left, one, axis, main=one is games[0])
        others = [other for other in games if other is not one]
        _mark(left, one, others, axis, main=one is games[0])
    _division(right, games[0], axis)
    whose = f", {game.calibration}" if game.calibration else ""
    titles = {left: "(a) What the member is paid", right: f"(b) Who gains from the deal{whose}"}
    for axes, title in titles.items():
        _no_deal(axes, games[0], axis)
        axes.set(xlim=axis, title=title, xlabel=caption(row))
    return figure


def _transfer(along: Along) -> Quantity:
    return along.game.general.quantities["transfer"]


def _payment(axes: Axes, along: Along, axis: tuple[float, float], *, main: bool) -> None:
    transfer = _transfer(along)
    pays = along.curve(transfer.expression)
    look = {"color": style.INK} if main else {"color": style.GREY, "linewidth": _THIN}
    for low, high in along.bands(transfer.exists_when, *axis):
        x = np.linspace(low, high, 201)
        axes.plot(x, pays(x), zorder=3, **look)
        if main and pays(x).min() < 0:
            _member_pays(axes, x, pays(x))
    axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
    axes.set_ylabel(f"Transfer, {style.mathematics(transfer.symbol)}")


def _member_pays(axes: Axes, x: Array, t: Array) -> None:
    axes.fill_between(x, t, 0, where=list(t < 0), color=style.VERMILION, alpha=0.25, linewidth=0)
    rising, inside = t[0] < 0, (t < 0).mean() > 0.5
    # Beside the area's corner at zero, on the side that the line leaves free; inside if it is wide.
    start = x[t < 0][-1 if rising else 0] if not inside else x[0 if rising else -1]
    axes.annotate("the member pays", (start, 0), (6 if rising else -6, -12),
                  textcoords="offset points", ha="left" if rising else "right",
                  color=style.VERMILION, style="italic")  # fmt: skip


def _mark(axes: Axes, along: Along, others: list[Along], axis: tuple[float, float], *,
          main: bool) -> None:  # fmt: skip
    """The calibration's own point, its label on the side where the lines leave room."""
    transfer = along.game.quantities["transfer"]
    if along.own is None or transfer.exists_when != sp.true:
        return
    x, y = float(along.own), float(transfer.value)
    pays = along.curve(_transfer(along).expression)
    rising, late = pays(axis[1]) > pays(axis[0]), x > sum(axis) / 2
    there = [float(one.curve(_transfer(one).expression)(x)) for one in others]
    highest = bool(there) and max(there) < y
    to_left = (rising if highest else late) if y >= 0 else not rising
    above = y >= 0 and (highest or rising == late)
    colour = style.INK if main else style.GREY
    axes.plot([x], [y], "o", color=colour, markersize=5, zorder=5)
    between = "\n" if highest else "  "
    label = f"{along.game.calibration}{between}$t = {decimal(transfer.value)}$".strip()
    axes.annotate(label, (x, y), (-8 if to_left else 8, 5 if above else -13), color=colour,
                  textcoords="offset points", ha="right" if to_left else "left", zorder=5,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})  # fmt: skip


def _division(axes: Axes, along: Along, axis: tuple[float, float]) -> None:
    """Each side's gain over no deal, one on top of the other: together the surplus."""
    deal = along.equilibria()["deal"]
    for low, high in along.bands(deal.condition, *axis):
        x = np.linspace(low, high, 201)
        base = np.zeros_like(x)
        for player, colour in _PLAYERS.items():
            without = along.game.general.payoff({"deal": "no deal"}, player)
            gain = along.curve(deal.payoffs[player] - without)(x)
            axes.fill_between(x, base, base + gain, color=colour, alpha=0.75, linewidth=0)
            _name(axes, player, x, base, gain)
            base = base + gain
        axes.plot(x, base, color=style.INK, zorder=3)
    axes.set_ylim(bottom=0)
    symbol = along.game.quantities["surplus"].symbol
    axes.set_ylabel(f"Surplus, {style.mathematics(symbol)}")


def _name(axes: Axes, player: str, x: Array, base: Array, gain: Array) -> None:
    """Who it is, inside the area, where that is thick."""
    if gain.max() > 0:
        i = int((0.8 if gain[-1] >= gain[0] else 0.2) * (len(x) - 1))
        axes.text(x[i], base[i] + gain[i] / 2, player, ha="center", va="center", color="white",
                  weight="bold")  # fmt: skip


def _no_deal(axes: Axes, along: Along, axis: tuple[float, float]) -> None:
    for low, high in along.bands(along.equilibria()["no deal"].condition, *axis):
        axes.axvspan(low, high, facecolor=style.PALE, edgecolor="#C8C8C8", hatch="////",
                     linewidth=0, zorder=0)  # fmt: skip
        axes.annotate("no deal", ((low + high) / 2, 0.5), xycoords=axes.get_xaxis_transform(),
                      ha="center", va="center", rotation=90, style="italic")  # fmt: skip
