"""Figure of trust recovery: quiet periods, unseen reform and simulated paths."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.phrases import count_phrase, equation
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Game

_PATHS, _SEED = 16, 2014


def draw(game: Game, *, periods: int | None = None) -> Figure:
    """Plot trust through quiet periods, under unseen reform, and on simulated paths.

    ``game``: TrustRecovery, with numbers for everything; ``periods``: how far; by default half as
    long again as the target takes.
    """
    trust_recovery: Any = game
    recovery_periods = trust_recovery.whole_recovery_periods()
    horizon = periods or max(20, 3 * recovery_periods // 2)
    figure = style.empty_figure(style.WIDTH, 3.6)
    axes = figure.add_subplot()
    rng = np.random.default_rng(_SEED)
    for restrained, colour in ((True, style.SKY), (False, style.ORANGE)):
        simulated = trust_recovery.simulate(horizon, rng, paths=_PATHS, restrained=restrained)
        axes.plot(simulated.trust.T, color=colour, linewidth=0.7, alpha=0.7, zorder=1)
        kind = "restrained" if restrained else "opportunist"
        axes.plot([], [], color=colour, linewidth=0.7, label=f"{kind} hegemon, by chance")
    _draw_curves(axes, game, horizon)
    _draw_target(axes, game, recovery_periods if recovery_periods <= horizon else None)
    axes.set(xlim=(0, horizon), ylim=(0, 1), xlabel="Periods", ylabel="Trust, $\\mu$")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


def _draw_curves(axes: Axes, game: Game, horizon: int) -> None:
    """Draw trust under quiet periods alone and under unseen reform."""
    t = np.arange(horizon + 1)
    mu, eps, phi, rho = (float(game.values[game.symbols[k]]) for k in ("mu", "eps", "phi", "rho"))
    odds = mu / (1 - mu) * ((1 - eps) / (1 - phi)) ** t
    axes.plot(t, odds / (1 + odds), color=style.BLUE, label="quiet periods only", zorder=3)
    axes.plot(t, 1 - (1 - mu) * (1 - rho) ** t, color=style.GREEN, linestyle=(0, (4, 2)),
              label="unseen reform", zorder=2)  # fmt: skip


def _draw_target(axes: Axes, game: Game, count: int | None) -> None:
    target = game.values[game.symbols.mu_T]
    axes.axhline(float(target), color=style.INK, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.annotate(f"target {decimal(target)}", (0, float(target)), (4, 4),
                  textcoords="offset points")  # fmt: skip
    if count:
        axes.axvline(count, color=style.VERMILION, linewidth=0.8)
        axes.annotate(f"{count} quiet periods", (count, 1), (0, 3), color=style.VERMILION,
                      xycoords=axes.get_xaxis_transform(), textcoords="offset points",
                      ha="center")  # fmt: skip


def sentence(game: Any) -> str:
    """Sentence on trust against its target, and the quiet periods it needs."""
    trust = equation("mu", game.values[game.symbols.mu])
    target = equation("mu_T", game.values[game.symbols.mu_T])
    repair = count_phrase(game.whole_repair_periods(), "quiet period", "quiet periods")
    periods = game.whole_recovery_periods()
    if periods == 0:
        trust_after = decimal(game.quantities["trust_after_violation"].value)
        return (
            f"{trust} has reached {target}; one encroachment would bring it down to {trust_after}, "
            f"and {repair} repair that."
        )
    reform = count_phrase(game.whole_reform_periods(), "period", "periods")
    return (
        f"{trust} is short of {target} by "
        f"{count_phrase(periods, 'quiet period', 'quiet periods')}, or "
        f"{reform} of unseen reform; one more encroachment would cost {repair} again."
    )
