"""Figure of the binding that sustains honouring, by the discount factor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis, axis_label
from gametheory_eeu.display.hypotheses import join_words
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.games import Game
from gametheory_eeu.models.figure_parts import draw_threshold
from gametheory_eeu.prover.merge_relations import solve_linear

_LOW, _HIGH = 1e-6, 1 - 1e-6  # the open interval of discount factors


def draw(game: Game, *, compare: Iterable[Game] = ()) -> Figure:
    """Plot the region of discount factors and binding in which honouring is sustained.

    ``game``: RepeatedCommitment, with numbers for the hegemon's payoffs, the cost of binding and
    its bite; ``compare``: further calibrations: the least binding that each needs, and where each
    stands.
    """
    delta = game.parameters["delta"]
    open_games = [ParameterAxis.of(variant, delta.symbol) for variant in (game, *compare)]
    for variant in open_games:
        variant.require_numbers([variant.game.general.quantities["minimum_binding"].expression])
    figure = style.empty_figure(style.WIDTH, 3.6)
    axes = figure.add_subplot()
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=axis_label(delta),
             ylabel=axis_label(game.parameters["alpha"]))  # fmt: skip
    _shade_grim_trigger(axes, open_games[0])
    _shade_dominance(axes, game)
    for i, (variant, colour) in enumerate(
        zip(open_games, (style.INK, *style.SERIES[1:]), strict=False)
    ):
        _draw_minimum_binding(axes, variant, colour)
        _mark_calibration(axes, variant, colour, size=9 - 3 * min(i, 2))
    draw_threshold(axes, game.quantities["critical_discount_factor"], 1, (4, 4))
    if any(variant.game.calibration for variant in open_games):
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 0.03), frameon=False,
                    title="least binding; where it stands", alignment="left")  # fmt: skip
    return figure


def _shade_grim_trigger(axes: Axes, along: ParameterAxis) -> None:
    """Shade the region between the least and the most binding under grim trigger."""
    low, high = (along.game.general.quantities[f"{x}_binding"] for x in ("minimum", "maximum"))
    minimum, maximum = along.curve(low.expression), along.curve(high.expression)
    for start, end in along.intervals(low.exists_when, _LOW, _HIGH):
        x = np.linspace(start, end, 801)
        axes.fill_between(x, minimum(x), maximum(x), color=style.BLUE, alpha=0.18, linewidth=0)
    axes.text(
        0.97, 0.5, "grim trigger\nkeeps the word", ha="right", style="italic", color=style.BLUE
    )
    axes.text(0.03, 0.5, "grim trigger\ndoes not", ha="left", style="italic", color=style.VERMILION)


def _shade_dominance(axes: Axes, game: Game) -> None:
    """Shade the depths of binding from which honouring pays without punishment."""
    alpha = game.parameters["alpha"].symbol
    for equilibrium in game.at(alpha=alpha).solve():
        if equilibrium.name != "always honour":
            continue
        condition = solve_linear(equilibrium.condition)
        if isinstance(condition, sp.Ge) and condition.lhs == alpha and condition.rhs.is_number:
            axes.axhspan(float(condition.rhs), 1, color=style.GREEN, alpha=0.15, linewidth=0)
            axes.text(0.97, 0.97, "honouring pays at once", ha="right", va="top", style="italic",
                      color=style.GREEN)  # fmt: skip


def _draw_minimum_binding(axes: Axes, along: ParameterAxis, colour: str) -> None:
    minimum = along.game.general.quantities["minimum_binding"]
    y = along.curve(minimum.expression)
    label = along.game.calibration or None
    for start, end in along.intervals(minimum.exists_when, _LOW, _HIGH):
        x = np.linspace(start, end, 801)
        axes.plot(x, y(x), color=colour, zorder=3, clip_on=False, label=label)
        label = None  # one entry a game


def _mark_calibration(axes: Axes, along: ParameterAxis, colour: str, size: int) -> None:
    """Mark a calibration's point; of two that coincide the smaller lies on the other."""
    x, y = along.own, along.game.values.get(along.game.symbols.alpha)
    if x is not None and y is not None and not y.free_symbols:
        axes.plot([float(x)], [float(y)], "o", color=colour, markersize=size, zorder=5,
                  clip_on=False)  # fmt: skip


def sentence(game: Any) -> str:
    """Sentence on whether promises are kept, and the binding that grim trigger needs."""
    s, names = game.symbols, game.solve().names
    patience = equation("delta", game.values[s.delta])
    critical = quantity_text(game.quantities["critical_discount_factor"])
    minimum_binding = game.quantities["minimum_binding"]
    honouring = [name for name in names if name != "never honour"]
    outcome = (
        f"the word can be kept ({join_words(honouring)})" if honouring else "the word is broken"
    )
    binding_text = (
        "no binding does it by grim trigger"
        if not minimum_binding.exists_when
        else (
            "no binding is needed"
            if minimum_binding.value == 0
            else f"it takes {quantity_text(minimum_binding)} by grim trigger"
        )
    )
    distrust_clause = (
        "; that nobody trusts is an equilibrium too" if "never honour" in names else ""
    )
    return (f"At {patience}, with {critical}, {outcome}: {binding_text}, and there is "
            f"{decimal(game.values[s.alpha])}{distrust_clause}.")  # fmt: skip
