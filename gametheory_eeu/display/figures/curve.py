"""Figure of quantities along one parameter."""

from __future__ import annotations

import numpy as np
import sympy as sp
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import axis_label
from gametheory_eeu.display.printers import latex
from gametheory_eeu.display.result_tables import title
from gametheory_eeu.model import Game
from gametheory_eeu.statics import Curve, CurveLine

_WIDTH, _HEIGHT = style.WIDTH, 3.6


def draw(curve: Curve) -> Figure:
    """Plot a line for each quantity, broken where it does not exist."""
    figure = style.empty_figure(_WIDTH, _HEIGHT)
    axes = figure.add_subplot()
    x = np.array([float(point) for point in curve.points])
    for k, line in enumerate(curve.lines):
        column = (row[k] for row in curve.values)
        y = np.array([np.nan if value is None else float(value) for value in column])
        axes.plot(x, y, color=style.SERIES[k % len(style.SERIES)], label=_label(line))
    axes.set(xlim=(x[0], x[-1]), xlabel=_axis_text(curve))
    axes.set_title(title(curve.game))
    if len(curve.lines) == 1:
        axes.set_ylabel(_label(curve.lines[0]))
    else:
        axes.legend(frameon=False)
    return figure


def _label(line: CurveLine) -> str:
    if line.label:
        words = line.name.replace("_", " ")
        return f"{words[:1].upper()}{words[1:]}, {style.mathtext(line.label)}"
    return f"${latex(sp.sympify(line.expression))}$"


def _axis_text(curve: Curve) -> str:
    if isinstance(curve.game, Game):
        return axis_label(curve.game.parameters[curve.parameter])
    return f"${latex(curve.symbol)}$"
