"""The contest by the hegemon's power: which equilibria exist, and the thresholds between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Along, Spans, caption, extent
from gametheory_eeu.display.notation import Math, math_text, symbol_latex
from gametheory_eeu.model import Equilibrium, Game, Quantity

THRESHOLDS = ("balancing_threshold", "joining_threshold", "absolute_threshold")
_COLOURS = {"all-Wait": style.ORANGE, "all-Join": style.BLUE, "all-Balance": style.GREEN}
_GAP = 0.01
_FLOOR = -0.85  # Below the lowest bar there is room to name what is shaded.


@dataclass(frozen=True)
class _Line:
    """A vertical line, with a symbol and its value on top."""

    x: float
    symbol: str
    colour: str = style.INK
    dash: Any = "-"

    @property
    def label(self) -> str:
        """Two lines: the symbol over its value."""
        return f"{style.mathematics(self.symbol)}\n${self.x:.4g}$"

    @property
    def width(self) -> float:
        """About how much of the axis the label takes."""
        return 0.015 * max(len(f"{self.x:.4g}"), len(math_text(Math(self.symbol))) - 1)


def draw(game: Game, *, high: float | None = None, compare: Iterable[Game] = ()) -> Figure:
    """A bar for each equilibrium over the powers at which it exists; soft dominance is shaded.

    Parameters
    ----------
    game : BandwagoningContest
        With numbers for all but the hegemon's power and its ceiling.
    high : float, optional
        Where the axis ends.
    compare : iterable of BandwagoningContest
        Further calibrations, one panel each, on the same axis.
    """
    power = game.parameters["P"]
    games = [Along.of(one, power.symbol) for one in (game, *compare)]
    for one in games:
        one.require(q.expression for q in _thresholds(one.game))
    lines = [_lines(one.game) for one in games]
    axis = extent(power, [line.x for found in lines for line in found], high, beyond=1.3)
    rows = [_rows(one, axis) for one in games]
    figure = style.canvas(6.3, sum(1.25 + 0.36 * len(found) for found in rows) + 0.35)
    panels = figure.subplots(len(games), 1, sharex=True, squeeze=False)[:, 0]
    for axes, one, found, drawn in zip(panels, games, rows, lines, strict=True):
        _panel(axes, found, drawn, axis)
        if len(games) > 1:
            axes.text(1, 0.98, one.game.calibration, transform=axes.transAxes, ha="right",
                      va="top", weight="bold")  # fmt: skip
    panels[-1].set_xlabel(caption(power))
    return figure


def _thresholds(game: Game) -> list[Quantity]:
    """Those that exist; none of them moves with the power on the axis."""
    found = game.quantities
    return [found[name] for name in THRESHOLDS
            if name in found and found[name].exists_when != sp.false]  # fmt: skip


def _lines(game: Game) -> list[_Line]:
    """The thresholds, and where the calibration stands."""
    lines = [_Line(float(q.expression), q.symbol) for q in _thresholds(game)]
    for symbol, dash in ((game.symbols.P, "-"), (game.symbols.P_max, (0, (3, 2)))):
        if symbol in game.values:
            own = float(game.values[symbol])
            lines.append(_Line(own, symbol_latex(symbol.name), style.VERMILION, dash))
    return lines


def _rows(along: Along, axis: tuple[float, float]) -> list[tuple[Equilibrium, Spans]]:
    """The equilibria that exist somewhere on the axis, from the weakest hegemon on."""
    rows = [(e, along.bands(e.condition, *axis)) for e in along.equilibria().values()]
    return sorted(((e, found) for e, found in rows if found), key=lambda row: row[1][0])


def _panel(axes: Axes, rows: list[tuple[Equilibrium, Spans]], lines: list[_Line],
           axis: tuple[float, float]) -> None:  # fmt: skip
    top = len(rows)
    _soft_dominance(axes, {e.name: found for e, found in rows})
    for i, (equilibrium, found) in enumerate(rows):
        spans = [(a, b - a) for a, b in found]
        axes.broken_barh(spans, (top - 1 - i - 0.29, 0.58), color=_colour(equilibrium), zorder=2)
    _draw(axes, [line for line in lines if line.x < axis[1]], axis, top)
    axes.set_yticks(range(top), [_label(equilibrium) for equilibrium, _ in rows][::-1])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set(xlim=axis, ylim=(_FLOOR, top - 0.4))


def _colour(equilibrium: Equilibrium) -> str:
    mixed = style.PURPLE if "Balance" in equilibrium.name else style.SKY
    return _COLOURS.get(equilibrium.name, mixed)


def _label(equilibrium: Equilibrium) -> str:
    """All alike, or who does not wait."""
    if equilibrium.name in _COLOURS:
        return equilibrium.name.replace("-", " ").lower()
    active = {m: played[0] for m, played in equilibrium.support.items() if played[0] != "Wait"}
    verb = next(iter(active.values())).lower()
    waiting = [m for m in equilibrium.support if m not in active]
    if len(waiting) == 1 < len(active):
        return f"all but {waiting[0]} {verb}"
    return f"{', '.join(active)} {verb}{'s' if len(active) == 1 else ''}"


def _soft_dominance(axes: Axes, found: dict[str, Spans]) -> None:
    """Shade where all joining and all balancing are both equilibria."""
    for a, b in found.get("all-Join", []):
        for c, d in found.get("all-Balance", []):
            left, right = max(a, c), min(b, d)
            if left < right:
                style.shade(axes, [(left, right)], color=style.PALE)
                ground = {"facecolor": style.PALE, "edgecolor": "none", "pad": 1}
                axes.text(
                    (left + right) / 2,
                    -0.6,
                    "soft dominance",
                    ha="center",
                    va="center",
                    color=style.GREY,
                    style="italic",
                    zorder=6,
                    bbox=ground,
                )


def _draw(axes: Axes, lines: list[_Line], axis: tuple[float, float], top: int) -> None:
    """The lines, with labels on top, in as many tiers as keep them apart."""
    tiers: list[_Line] = []  # The last line of each tier.
    for line in sorted(lines, key=lambda line: line.x):
        axes.axvline(line.x, color=line.colour, linewidth=0.9, linestyle=line.dash, zorder=4)
        room = ((line.x - last.x) / (axis[1] - axis[0]) - (line.width + last.width) / 2
                for last in tiers)  # fmt: skip
        tier = next((i for i, free in enumerate(room) if free > _GAP), len(tiers))
        tiers[tier : tier + 1] = [line]
        axes.annotate(line.label, (line.x, top - 0.4), (0, 3 + 28 * tier), ha="center",
                      textcoords="offset points", color=line.colour, linespacing=1.1)  # fmt: skip
