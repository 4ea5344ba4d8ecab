"""Figure of the whole argument over time: trust, the price of consent, what the union is worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style

_DASHED = (0, (4, 2))


def draw(whole: Any, **options: Any) -> Figure:
    """Plot the path of the argument; options are those of ``EurasianArgument.path``."""
    path = whole.path(**options)
    figure = style.empty_figure(style.WIDTH, 5.0)
    (trust, price), (depth, power) = figure.subplots(2, 2, sharex=True)
    periods = path["period"].values
    _draw_trust(trust, whole, path, periods)
    _draw_price(price, path, periods)
    depth.plot(periods, path["depth"], color=style.GREEN, label="depth")
    depth.plot(periods, path["alignment"], color=style.PURPLE, label="alignment")
    power.plot(periods, path["threshold"], color=style.INK)
    titles = {
        trust: "(a) Trust recovers slowly",
        price: "(b) Consent is dear in a hurry",
        depth: "(c) What is built, who is followed",
        power: "(d) The power that leaves no choice",
    }
    for axes, title in titles.items():
        style.shade(axes, _bands(periods, ~path["deal"].values), color=style.PALE)
        axes.set(title=title, xlim=(periods[0], periods[-1]))
    depth.set(ylim=(-0.02, 1.02), ylabel="Depth, alignment")
    power.set(ylabel=style.mathtext("P_{abs}"))
    for axes in (depth, power):
        axes.set_xlabel("Periods since the shock")
    if not path["deal"].values.all():
        figure.supxlabel("Shaded: no deal, so no union", fontsize=9, color=style.GREY)
    depth.legend(frameon=False, loc="upper left")
    return figure


def _draw_trust(axes: Axes, whole: Any, path: Any, periods: Any) -> None:
    axes.plot(periods, path["trust"], color=style.BLUE)
    for row, label in zip(whole.recovery(), (r"\mu^*", r"\mu_M", r"\mu_0"), strict=True):
        axes.axhline(float(row.trust), color=style.GREY, linewidth=0.8, linestyle=_DASHED)
        axes.annotate(style.mathtext(label), (periods[0], float(row.trust)), (6, 1),
                      textcoords="offset points")  # fmt: skip
    axes.set(ylim=(0, 1), ylabel="Trust, $\\mu$")


def _draw_price(axes: Axes, path: Any, periods: Any) -> None:
    axes.plot(periods, path["exit_loss"], color=style.GREY, linestyle=_DASHED, linewidth=1.0,
              label="exit loss, $D$")  # fmt: skip
    if "price" in path:
        axes.plot(periods, path["price"], color=style.VERMILION, label="price, $t$")
    else:
        for name, colour in zip(path["member"].values, style.SERIES, strict=False):
            prices = path["price_of_member"].sel(member=name)
            axes.plot(periods, prices, color=colour, label=str(name))
    axes.axhline(0, color=style.GREY, linewidth=0.7)
    axes.set_ylabel("Price, loss")
    axes.legend(frameon=False, loc="upper right")


def _bands(periods: Any, where: Any) -> list[tuple[float, float]]:
    """The stretches of periods without a deal, each half a period wider."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], where, [False])).astype(int)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(float(periods[a]) - 0.5, float(periods[b - 1]) + 0.5) for a, b in pairs]
