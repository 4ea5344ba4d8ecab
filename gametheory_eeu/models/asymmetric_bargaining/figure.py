"""Figure of the transfer and the division of the surplus along one parameter."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Array, ParameterAxis, axis_label, axis_limits
from gametheory_eeu.display.phrases import quantity_text
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Game, Quantity

_COLOURS = {"hegemon": style.BLUE, "member": style.ORANGE}
_THIN_LINE = 0.9


def draw(
    game: Game, *, along: str = "exit_loss", high: float | None = None, compare: Iterable[Game] = ()
) -> Figure:
    """Plot the transfer and the division of the surplus along one parameter.

    ``game``: AsymmetricBargaining, with numbers for all but the parameter on the axis; ``along``:
    the parameter on the axis, by name or ASCII symbol; ``high``: where the axis ends; ``compare``:
    further calibrations, whose transfers are drawn thinly, each with its own point.
    """
    parameter = game.parameters[along]
    open_games = [ParameterAxis.of(variant, parameter.symbol) for variant in (game, *compare)]
    for variant in open_games:
        variant.require_numbers([_transfer(variant).expression])
    own_values = [float(variant.own) for variant in open_games if variant.own is not None]
    axis = axis_limits(parameter, own_values, high)
    figure = style.empty_figure(style.WIDTH, 3.1)
    left, right = figure.subplots(1, 2)
    for variant in open_games:
        _draw_transfer(left, variant, axis, main=variant is open_games[0])
        others = [alternative for alternative in open_games if alternative is not variant]
        _mark_calibration(left, variant, others, axis, main=variant is open_games[0])
    _draw_division(right, open_games[0], axis)
    suffix = f", {game.calibration}" if game.calibration else ""
    titles = {left: "(a) What the member is paid", right: f"(b) Who gains from the deal{suffix}"}
    for axes, title in titles.items():
        _shade_no_deal(axes, open_games[0], axis)
        axes.set(xlim=axis, title=title, xlabel=axis_label(parameter))
    return figure


def _transfer(along: ParameterAxis) -> Quantity:
    return along.game.general.quantities["transfer"]


def _draw_transfer(
    axes: Axes, along: ParameterAxis, axis: tuple[float, float], *, main: bool
) -> None:
    transfer = _transfer(along)
    curve = along.curve(transfer.expression)
    line_style = {"color": style.INK} if main else {"color": style.GREY, "linewidth": _THIN_LINE}
    for low, high in along.intervals(transfer.exists_when, *axis):
        x = np.linspace(low, high, 201)
        axes.plot(x, curve(x), zorder=3, **line_style)
        if main and curve(x).min() < 0:
            _shade_negative(axes, x, curve(x))
    axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
    axes.set_ylabel(f"Transfer, {style.mathtext(transfer.symbol)}")


def _shade_negative(axes: Axes, x: Array, transfer: Array) -> None:
    axes.fill_between(
        x, transfer, 0, where=list(transfer < 0), color=style.VERMILION, alpha=0.25, linewidth=0
    )
    rising, mostly_negative = transfer[0] < 0, (transfer < 0).mean() > 0.5
    # Beside the area's corner at zero, on the side that the line leaves free; inside if it is wide.
    anchor = x[transfer < 0][-1 if rising else 0] if not mostly_negative else x[0 if rising else -1]
    axes.annotate("the member pays", (anchor, 0), (6 if rising else -6, -12),
                  textcoords="offset points", ha="left" if rising else "right",
                  color=style.VERMILION, style="italic")  # fmt: skip


def _mark_calibration(
    axes: Axes,
    along: ParameterAxis,
    others: list[ParameterAxis],
    axis: tuple[float, float],
    *,
    main: bool,
) -> None:
    """Mark the calibration's own point, its label on the side where the lines leave room."""
    transfer = along.game.quantities["transfer"]
    if along.own is None or transfer.exists_when != sp.true:
        return
    x, y = float(along.own), float(transfer.value)
    curve = along.curve(_transfer(along).expression)
    rising, in_right_half = curve(axis[1]) > curve(axis[0]), x > sum(axis) / 2
    other_values = [
        float(alternative.curve(_transfer(alternative).expression)(x)) for alternative in others
    ]
    highest = bool(other_values) and max(other_values) < y
    to_left = (rising if highest else in_right_half) if y >= 0 else not rising
    above = y >= 0 and (highest or rising == in_right_half)
    colour = style.INK if main else style.GREY
    axes.plot([x], [y], "o", color=colour, markersize=5, zorder=5)
    separator = "\n" if highest else "  "
    label = f"{along.game.calibration}{separator}$t = {decimal(transfer.value)}$".strip()
    axes.annotate(label, (x, y), (-8 if to_left else 8, 5 if above else -13), color=colour,
                  textcoords="offset points", ha="right" if to_left else "left", zorder=5,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})  # fmt: skip


def _draw_division(axes: Axes, along: ParameterAxis, axis: tuple[float, float]) -> None:
    """Stack each side's gain over no deal: together the surplus."""
    deal = along.equilibria()["deal"]
    for low, high in along.intervals(deal.condition, *axis):
        x = np.linspace(low, high, 201)
        base = np.zeros_like(x)
        for player, colour in _COLOURS.items():
            disagreement = along.game.general.payoff({"deal": "no deal"}, player)
            gain = along.curve(deal.payoffs[player] - disagreement)(x)
            axes.fill_between(x, base, base + gain, color=colour, alpha=0.75, linewidth=0)
            _label_area(axes, player, x, base, gain)
            base = base + gain
        axes.plot(x, base, color=style.INK, zorder=3)
    axes.set_ylim(bottom=0)
    symbol = along.game.quantities["surplus"].symbol
    axes.set_ylabel(f"Surplus, {style.mathtext(symbol)}")


def _label_area(axes: Axes, player: str, x: Array, base: Array, gain: Array) -> None:
    """Label a player's area where it is thick."""
    if gain.max() > 0:
        i = int((0.8 if gain[-1] >= gain[0] else 0.2) * (len(x) - 1))
        axes.text(x[i], base[i] + gain[i] / 2, player, ha="center", va="center", color="white",
                  weight="bold")  # fmt: skip


def _shade_no_deal(axes: Axes, along: ParameterAxis, axis: tuple[float, float]) -> None:
    for low, high in along.intervals(along.equilibria()["no deal"].condition, *axis):
        axes.axvspan(low, high, facecolor=style.PALE, edgecolor="#C8C8C8", hatch="////",
                     linewidth=0, zorder=0)  # fmt: skip
        axes.annotate("no deal", ((low + high) / 2, 0.5), xycoords=axes.get_xaxis_transform(),
                      ha="center", va="center", rotation=90, style="italic")  # fmt: skip


def sentence(game: Game) -> str:
    """Sentence on the deal, its transfer and the control given up."""
    (equilibrium, *_) = game.solve()
    surplus = quantity_text(game.quantities["surplus"])
    if equilibrium.name == "no deal":
        return f"The surplus is {surplus}: {equilibrium.note}."
    transfer = game.quantities["transfer"].value
    control = game.quantities["total_concession"].value - transfer
    payer, payee = ("the hegemon", "the member") if transfer >= 0 else ("the member", "the hegemon")
    concession = (
        f" and the hegemon gives up control worth {decimal(control)}" if control != 0 else ""
    )
    return (f"The surplus is {surplus}, so there is a deal: {payer} pays {payee} "
            f"{decimal(abs(transfer))}{concession}.")  # fmt: skip
