"""Figure of the contest: equilibria and thresholds by the hegemon's power."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Intervals, ParameterAxis, axis_label, axis_limits
from gametheory_eeu.display.phrases import equation, quantity_text
from gametheory_eeu.display.printers import Math, decimal, math_text, symbol_latex
from gametheory_eeu.games import Equilibrium, Game, Quantity

THRESHOLDS = ("balancing_threshold", "joining_threshold", "absolute_threshold")
_COLOURS = {"all-Wait": style.ORANGE, "all-Join": style.BLUE, "all-Balance": style.GREEN}
_GAP = 0.01
_LOWER_LIMIT = -0.85  # Below the lowest bar there is room to name what is shaded.


@dataclass(frozen=True)
class _Line:
    """A vertical line, with a symbol and its value on top."""

    value: Expr
    symbol: str
    colour: str = style.INK
    dash: Any = "-"

    @property
    def x(self) -> float:
        """Its place on the axis."""
        return float(self.value)

    @property
    def label(self) -> str:
        """The symbol over its value, in two lines."""
        return f"{style.mathtext(self.symbol)}\n${decimal(self.value)}$"

    @property
    def width(self) -> float:
        """Approximate share of the axis that the label takes."""
        return 0.015 * max(len(decimal(self.value)), len(math_text(Math(self.symbol))) - 1)


def draw(game: Game, *, high: float | None = None, compare: Iterable[Game] = ()) -> Figure:
    """Draw a bar for each equilibrium over the powers at which it exists; shade soft dominance.

    ``game``: BandwagoningContest, with numbers for all but the hegemon's power and its ceiling;
    ``high``: where the axis ends; ``compare``: further calibrations, one panel each, on the same
    axis.
    """
    power = game.parameters["P"]
    open_games = [ParameterAxis.of(variant, power.symbol) for variant in (game, *compare)]
    for variant in open_games:
        variant.require_numbers(q.expression for q in _thresholds(variant.game))
    lines = [_lines(variant.game) for variant in open_games]
    axis = axis_limits(power, [line.x for group in lines for line in group], high, beyond=1.3)
    rows = [_bars(variant, axis) for variant in open_games]
    figure = style.empty_figure(style.WIDTH, sum(1.25 + 0.36 * len(group) for group in rows) + 0.35)
    panels = figure.subplots(len(open_games), 1, sharex=True, squeeze=False)[:, 0]
    for axes, variant, group, marks in zip(panels, open_games, rows, lines, strict=True):
        _draw_panel(axes, group, marks, axis)
        if len(open_games) > 1:
            axes.text(1, 0.98, variant.game.calibration, transform=axes.transAxes, ha="right",
                      va="top", weight="bold")  # fmt: skip
    panels[-1].set_xlabel(f"{axis_label(power)}{_unit([variant.game for variant in open_games])}")
    return figure


def _unit(games: Iterable[Game]) -> str:
    """What published power is measured in, where all panels say the same: their source's note."""
    sources = [game.parameters.source("hegemon_power") for game in games]
    units = {re.sub(r",? *\d{4}$", "", s.note) if s.mark == "D" else "" for s in sources}
    unit = units.pop().replace("$", r"\$") if len(units) == 1 else ""
    return f"  ({unit})" if unit else ""


def _thresholds(game: Game) -> list[Quantity]:
    """The thresholds that exist; none of them depends on the power on the axis."""
    quantities = game.quantities
    return [quantities[name] for name in THRESHOLDS
            if name in quantities and quantities[name].exists_when != sp.false]  # fmt: skip


def _lines(game: Game) -> list[_Line]:
    """Vertical lines at the thresholds and at the calibration's power."""
    lines = [_Line(q.expression, q.symbol) for q in _thresholds(game)]
    for symbol, dash in ((game.symbols.P, "-"), (game.symbols.P_max, (0, (3, 2)))):
        if symbol in game.values:
            lines.append(
                _Line(game.values[symbol], symbol_latex(symbol.name), style.VERMILION, dash)
            )
    return lines


def _bars(along: ParameterAxis, axis: tuple[float, float]) -> list[tuple[Equilibrium, Intervals]]:
    """The equilibria that exist somewhere on the axis, from the weakest hegemon on."""
    rows = [(e, along.intervals(e.condition, *axis)) for e in along.equilibria().values()]
    return sorted(((e, spans) for e, spans in rows if spans), key=lambda row: row[1][0])


def _draw_panel(axes: Axes, rows: list[tuple[Equilibrium, Intervals]], lines: list[_Line],
           axis: tuple[float, float]) -> None:  # fmt: skip
    top = len(rows)
    _shade_soft_dominance(axes, {e.name: bands for e, bands in rows})
    for i, (equilibrium, bands) in enumerate(rows):
        spans = [(a, b - a) for a, b in bands]
        axes.broken_barh(spans, (top - 1 - i - 0.29, 0.58), color=_colour(equilibrium), zorder=2)
    _draw_thresholds(axes, [line for line in lines if line.x < axis[1]], axis, top)
    axes.set_yticks(range(top), [_label(equilibrium) for equilibrium, _ in rows][::-1])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set(xlim=axis, ylim=(_LOWER_LIMIT, top - 0.4))


def _colour(equilibrium: Equilibrium) -> str:
    fallback = style.PURPLE if "Balance" in equilibrium.name else style.SKY
    return _COLOURS.get(equilibrium.name, fallback)


def _label(equilibrium: Equilibrium) -> str:
    """The common action, or the members that do not wait."""
    if equilibrium.name in _COLOURS:
        return equilibrium.name.replace("-", " ").lower()
    active_actions = {
        m: actions[0] for m, actions in equilibrium.support.items() if actions[0] != "Wait"
    }
    verb = next(iter(active_actions.values())).lower()
    waiting_members = [m for m in equilibrium.support if m not in active_actions]
    if len(waiting_members) == 1 < len(active_actions):
        return f"all but {waiting_members[0]} {verb}"
    return f"{', '.join(active_actions)} {verb}{'s' if len(active_actions) == 1 else ''}"


def _shade_soft_dominance(axes: Axes, bands: dict[str, Intervals]) -> None:
    """Shade where all joining and all balancing are both equilibria."""
    for a, b in bands.get("all-Join", []):
        for c, d in bands.get("all-Balance", []):
            left, right = max(a, c), min(b, d)
            if left < right:
                style.shade(axes, [(left, right)], color=style.PALE)
                background = {"facecolor": style.PALE, "edgecolor": "none", "pad": 1}
                axes.text(
                    (left + right) / 2,
                    -0.6,
                    "soft dominance",
                    ha="center",
                    va="center",
                    color=style.GREY,
                    style="italic",
                    zorder=6,
                    bbox=background,
                )


def _draw_thresholds(axes: Axes, lines: list[_Line], axis: tuple[float, float], top: int) -> None:
    """Draw the thresholds, with labels on top in as many tiers as keep them apart."""
    tiers: list[_Line] = []  # The last line of each tier.
    for line in sorted(lines, key=lambda line: line.x):
        axes.axvline(line.x, color=line.colour, linewidth=0.9, linestyle=line.dash, zorder=4)
        gaps = ((line.x - previous.x) / (axis[1] - axis[0]) - (line.width + previous.width) / 2
                for previous in tiers)  # fmt: skip
        tier = next((i for i, gap in enumerate(gaps) if gap > _GAP), len(tiers))
        tiers[tier : tier + 1] = [line]
        axes.annotate(line.label, (line.x, top - 0.4), (0, 3 + 28 * tier), ha="center",
                      textcoords="offset points", color=line.colour, linespacing=1.1)  # fmt: skip


_WORDS = {"all-Join": "all joining", "all-Wait": "all waiting", "all-Balance": "all balancing"}


def sentence(game: Game) -> str:
    """Sentence on the hegemon's power among the thresholds, and the equilibria there."""
    power = game.values[game.symbols.P]
    names = game.solve().names
    words = [_WORDS.get(name, name) for name in names]
    verb = "are equilibria" if len(words) > 1 else "is the only equilibrium"
    outcome = f"{' and '.join(words)} {verb}"
    dominance_note = " (soft dominance)" if {"all-Join", "all-Balance"} <= set(names) else ""
    return (
        f"At {equation('P', power)}, {_position(game, power)}, {outcome}{dominance_note}; "
        f"{_ceiling(game)}."
    )


def _position(game: Game, power: Expr) -> str:
    sorted_thresholds = sorted(_thresholds(game), key=lambda q: float(q.value))
    lower = [q for q in sorted_thresholds if q.value <= power]
    higher = [q for q in sorted_thresholds if q.value > power]
    if lower and higher:
        return f"between {quantity_text(lower[-1])} and {quantity_text(higher[0])}"
    return f"above {quantity_text(lower[-1])}" if lower else f"below {quantity_text(higher[0])}"


def _ceiling(game: Game) -> str:
    """Comparison of the absolute threshold with the hegemon's resources."""
    gap = game.quantities["ceiling_gap"].value
    ceiling = equation("P_max", game.values[game.symbols.P_max])
    absolute = quantity_text(game.quantities["absolute_threshold"])
    if gap > 0:
        return f"even {ceiling} stays {decimal(gap)} short of {absolute}"
    return f"{ceiling} reaches {absolute}"
