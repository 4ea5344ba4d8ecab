"""Parts that the figures of several models have: thresholds, named bands, a game's own value."""

from __future__ import annotations

from matplotlib.axes import Axes

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Intervals, ParameterAxis
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Quantity


def draw_threshold(
    axes: Axes, threshold: Quantity, height: float = 0, offset: tuple[float, float] = (4, 5)
) -> None:
    """A dashed line at a threshold, with its symbol and value at a share of the axes' height."""
    x = float(threshold.expression)
    axes.axvline(x, color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)))
    label = style.mathtext(f"{threshold.symbol} = {decimal(threshold.expression)}")
    axes.annotate(label, (x, height), offset, xycoords=axes.get_xaxis_transform(),
                  textcoords="offset points")  # fmt: skip


def draw_bands(axes: Axes, bands: Intervals, name: str, colour: str, alpha: float) -> None:
    """Shade bands, each with its name on top."""
    style.shade(axes, bands, color=colour, alpha=alpha)
    for low, high in bands:
        axes.annotate(name, ((low + high) / 2, 1), (0, 4), xycoords=axes.get_xaxis_transform(),
                      textcoords="offset points", ha="center", color=colour,
                      style="italic")  # fmt: skip


def draw_own_value(axes: Axes, along: ParameterAxis) -> None:
    """A thin line at the game's own value of the parameter on the axis, where it has one."""
    if along.own is not None and not along.own.free_symbols:
        axes.axvline(float(along.own), color=style.GREY, linewidth=0.8)
