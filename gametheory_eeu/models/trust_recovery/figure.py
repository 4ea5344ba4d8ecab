"""How trust comes back: quiet periods, unseen reform, and paths drawn by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.model import Game

_PATHS, _SEED = 16, 2014


def draw(game: Game, *, periods: int | None = None) -> Figure:
    """Trust through quiet periods alone, under unseen reform, and on a few simulated paths.

    Parameters
    ----------
    game : TrustRecovery
        With numbers for everything.
    periods : int, optional
        How far; by default half as long again as the target takes.
    """
    reading: Any = game
    whole = reading.whole_recovery_periods()
    last = periods or max(20, 3 * whole // 2)
    figure = style.canvas(5.8, 3.6)
    axes = figure.add_subplot()
    rng = np.random.default_rng(_SEED)
    for restrained, colour in ((True, style.SKY), (False, style.ORANGE)):
        drawn = reading.simulate(last, rng, paths=_PATHS, restrained=restrained)
        axes.plot(drawn.trust.T, color=colour, linewidth=0.7, alpha=0.7, zorder=1)
        kind = "restrained" if restrained else "opportunist"
        axes.plot([], [], color=colour, linewidth=0.7, label=f"{kind} hegemon, by chance")
    _lines(axes, game, last)
    _target(axes, game, whole if whole <= last else None)
    axes.set(xlim=(0, last), ylim=(0, 1), xlabel="Periods", ylabel="Trust, $\\mu$")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


def _lines(axes: Axes, game: Game, last: int) -> None:
    """In odds a quiet period is a factor; unseen reform eats a share of the doubt."""
    t = np.arange(last + 1)
    mu, eps, phi, rho = (float(game.values[game.symbols[k]]) for k in ("mu", "eps", "phi", "rho"))
    odds = mu / (1 - mu) * ((1 - eps) / (1 - phi)) ** t
    axes.plot(t, odds / (1 + odds), color=style.BLUE, label="quiet periods only", zorder=3)
    axes.plot(t, 1 - (1 - mu) * (1 - rho) ** t, color=style.GREEN, linestyle=(0, (4, 2)),
              label="unseen reform", zorder=2)  # fmt: skip


def _target(axes: Axes, game: Game, whole: int | None) -> None:
    target = game.values[game.symbols.mu_T]
    axes.axhline(float(target), color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.annotate(f"target {decimal(target)}", (0, float(target)), (4, 4),
                  textcoords="offset points")  # fmt: skip
    if whole:
        axes.axvline(whole, color=style.VERMILION, linewidth=0.8)
        axes.annotate(f"{whole} quiet periods", (whole, 0.04), (4, 0), color=style.VERMILION,
                      textcoords="offset points")  # fmt: skip
