"""Figure of a hub's payoff and transfers under three protocols, along one parameter."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Array, ParameterAxis, axis_label, axis_limits
from gametheory_eeu.display.hypotheses import join_words
from gametheory_eeu.display.phrases import quantity_text
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Game

_PROTOCOLS = {
    "renegotiated bilateral": ("renegotiated_payoff", "transfer", style.BLUE, "-"),
    "Nash-in-Nash": ("nash_in_nash_payoff", "nash_in_nash_transfer", style.ORANGE, "--"),
    "one table": ("one_table_payoff", "one_table_transfer", style.GREEN, "-."),
}
_WORDS = {"renegotiated bilateral": "renegotiated one by one", "one table": "at one table"}
_POINTS = 401


def draw(game: Game, *, along: str = "prestige", high: float | None = None) -> Figure:
    """Plot the hegemon's gain and a member's price by protocol along one parameter.

    ``game``: HubBargaining, with equal members and numbers for all but the parameter on the axis;
    ``along``: the parameter on the axis, by name or ASCII symbol; ``high``: where the axis ends.
    """
    if game.members is not None:
        raise GameTheoryError("the figure is of equal members: leave out members= and lists")
    parameter = game.parameters[along]
    open_game = ParameterAxis.of(game, parameter.symbol)
    quantities = game.general.quantities
    open_game.require_numbers([quantities["renegotiated_payoff"].expression])
    axis = axis_limits(parameter, [] if open_game.own is None else [float(open_game.own)], high)
    figure = style.empty_figure(style.WIDTH, 3.4)
    left, right = figure.subplots(1, 2)
    x = np.linspace(*axis, _POINTS)
    for name, (payoff, price, colour, dash) in _PROTOCOLS.items():
        for axes, quantity in ((left, payoff), (right, price)):
            q = quantities[quantity]
            _draw_curve(
                axes,
                open_game,
                q.expression,
                q.exists_when,
                x,
                color=colour,
                linestyle=dash,
                label=name,
            )
    for axes, title in (
        (left, "(a) What the hegemon gains"),
        (right, "(b) What each member is paid"),
    ):
        axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
        axes.set(xlim=axis, xlabel=axis_label(parameter))
        axes.set_title(title, pad=16)
        if open_game.own is not None:
            style.mark_value(axes, parameter.symbol, open_game.own)
    left.set_ylabel(r"Gain over no union, $\pi$")
    right.set_ylabel("Transfer, $t$")
    figure.legend(handles=left.get_lines()[: len(_PROTOCOLS)], loc="outside lower center",
                  ncols=len(_PROTOCOLS), frameon=False, fontsize=8.5)  # fmt: skip
    return figure


def _draw_curve(
    axes: Axes,
    along: ParameterAxis,
    expression: sp.Expr,
    condition: sp.Basic,
    x: Array,
    **line_style: Any,
) -> None:
    """Draw a curve where its condition holds, with gaps elsewhere."""
    exists = np.array(along.curve(condition)(x), dtype=bool)
    y = np.where(exists, along.curve(expression)(x), np.nan)
    axes.plot(x, y, zorder=3, **line_style)


def sentence(game: Any) -> str:
    """Sentence on the price of the union by protocol, and the best protocol for the hegemon."""
    (outcome, *_) = game.solve().names
    if outcome != "whole union":
        return f"The surplus of a deal is {quantity_text(game.quantities['surplus'])}: {outcome}."
    gains, prices = {}, []
    for name, (payoff, transfer, *_) in _PROTOCOLS.items():
        protocol = _WORDS.get(name, name)
        gain, price = game.quantities[payoff], game.quantities[transfer]
        if gain.exists_when and price.exists_when:
            gains[protocol] = gain.value
            prices.append(f"{decimal(price.value)} {protocol}")
    best = max(gains.values())
    best_protocols = join_words([protocol for protocol, gain in gains.items() if gain == best])
    return (
        f"All {decimal(game.values[game.symbols.n])} members are in, each for "
        f"{join_words(prices)}; "
        f"the hegemon gains most, {decimal(best)}, {best_protocols}."
    )
