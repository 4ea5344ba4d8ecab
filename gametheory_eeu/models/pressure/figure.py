"""Figure of the hegemon's payoff by pressure, as believed and in truth."""

from __future__ import annotations

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import Game
from gametheory_eeu.models.pressure.model import hegemon_payoff

_TOLERANCES = {"x_hat_bar": ("as believed", style.GREY), "x_bar": ("in truth", style.BLUE)}


def draw(game: Game) -> Figure:
    """Plot the hegemon's expected payoff against pressure, with what is chosen.

    ``game``: Pressure, with numbers for everything.
    """
    if game.space.symbols:
        names = ", ".join(f"{p.name}=…" for p in game.parameters if p.symbol in game.space.symbols)
        raise GameTheoryError(
            f"the figure of Pressure needs numbers: write game.at({names}).plot()"
        )
    values = {s.name: float(x) for s, x in game.values.items()}
    figure = style.empty_figure(style.WIDTH, 3.4)
    axes = figure.add_subplot()
    end = 1.15 * max(values["x_bar"], values["x_hat_bar"])
    x = np.linspace(0, end, 401)
    pressure = sp.Symbol("x", real=True)
    marks = {
        "x_hat_bar": float(game.quantities["pressure"].value),
        "x_bar": float(game.quantities["informed_pressure"].value),
    }
    for name, (label, colour) in _TOLERANCES.items():
        payoff = hegemon_payoff(pressure, *(sp.Float(values[n]) for n in (name, "V", "D")))
        curve = sp.lambdify([pressure], payoff, "numpy")
        axes.plot(x, curve(x), color=colour, label=label)
        axes.plot([marks[name]], [curve(marks[name])], "o", color=colour, markersize=5)
        if name == "x_bar":
            chosen = marks["x_hat_bar"]
            axes.plot([chosen], [curve(chosen)], "o", color=style.VERMILION, markersize=5,
                      label="what the belief leads to")  # fmt: skip
    limit = float(game.quantities["compliance_limit"].value)
    if limit < end:
        axes.axvline(limit, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)))
        axes.annotate("the leader's limit", (limit, 0), (-4, 6), ha="right", va="bottom",
                      rotation=90, xycoords=axes.get_xaxis_transform(),
                      textcoords="offset points")  # fmt: skip
    axes.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
    axes.set(xlim=(0, end), xlabel="Pressure, $x$", ylabel="The hegemon's payoff")
    axes.legend(frameon=False)
    return figure
