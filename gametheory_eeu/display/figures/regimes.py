"""A slice through the regimes of a game, its boundaries the zero sets of polynomials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from gametheory_eeu._types import Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import caption
from gametheory_eeu.display.figures.slices import Mark, Slice, Values
from gametheory_eeu.display.figures.zero_sets import Array, Limits, roots_along, traced
from gametheory_eeu.display.printers import decimal, latex
from gametheory_eeu.display.quantity_names import named
from gametheory_eeu.display.result_tables import title
from gametheory_eeu.model import AbstractGame, Partition, joined

FILLS = ("#CFE3F2", "#FBE3B0", "#C9E8DC", "#F4CDB5", "#EBD5E4", "#E7E7C8", "#DCDCEF", "#F9D9D9",
         "#D9EEF9", "#D6EAD0", "#E9DFD3", "#D0D8E8")  # fmt: skip
_STEPS = 400
_LETTER, _LINE = 5.0, 12.0  # points that a letter and a line take
_LONGEST = 110  # characters of LaTeX of a condition in the legend
_WIDTH, _HEIGHT = 6.4, 4.4


def draw(
    partition: Partition,
    *,
    x: str,
    y: str | None = None,
    at: Values | None = None,
    xlim: Limits | None = None,
    ylim: Limits | None = None,
    compare: Iterable[AbstractGame] = (),
) -> Figure:
    """The regimes in two of the symbols, or along one, the others at values.

    Parameters
    ----------
    partition : Partition
    x, y : str
        The symbols along the axes. Without ``y`` a bar.
    at : mapping of name to value, Calibration, or Game
        The other symbols on which the cells turn.
    xlim, ylim : pair of numbers or text such as ``("3/10", "1/2")``, optional
    compare : iterable of Game
        Calibrated games, drawn as points at their values of ``x`` and ``y``; what else differs
        between them and the slice is not shown.
    """
    cut = Slice.of(partition, x, y, at)
    marks = [cut.mark(game) for game in arg.sequence("compare", compare, "a list of games")]
    wide = cut.limits(cut.x, xlim, [mark[1] for mark in marks])
    if cut.y is None:
        return _bar(cut, wide, marks)
    high = cut.limits(cut.y, ylim, [mark[2] for mark in marks])
    return _plane(cut, cut.y, wide, high, marks)


@dataclass(frozen=True)
class _Grid:
    """The number of the cell at each point of a fine grid: where to write, never where to end."""

    x: Array
    y: Array
    numbers: Array

    @classmethod
    def of(cls, cut: Slice, wide: Limits, high: Limits) -> _Grid:
        x, y = np.meshgrid(np.linspace(*wide, _STEPS), np.linspace(*high, _STEPS))
        return cls(x, y, cut.numbers(x, y))

    @property
    def present(self) -> list[int]:
        return [int(number) for number in np.unique(self.numbers) if number >= 0]


def _plane(cut: Slice, y: Symbol, wide: Limits, high: Limits, marks: list[Mark]) -> Figure:
    grid = _Grid.of(cut, wide, high)
    figure = style.canvas(_WIDTH, _HEIGHT + 0.2 * (1 + len(grid.present)))
    axes = figure.add_subplot()
    axes.set(xlim=wide, ylim=high, xlabel=_axis(cut, cut.x), ylabel=_axis(cut, y))
    for number in grid.present:
        depth = cut.depth(number, grid.x, grid.y)
        axes.contourf(grid.x, grid.y, depth, [0, np.inf], colors=[_fill(number)], zorder=1)
    for line in boundaries(cut, y, wide, high):
        axes.plot(*line.T, color=style.INK, linewidth=1.0, zorder=3)
    places = _gathered(marks)
    free = _free_of(places, grid)
    keyed = [number for number in grid.present if not _labelled(axes, cut, grid, number, free)]
    _points(axes, places)
    _finished(figure, axes, cut, grid.present, keyed)
    return figure


def boundaries(cut: Slice, y: Symbol, wide: Limits, high: Limits) -> Iterator[Array]:
    """The parts of zero sets, each an array of points, that divide one cell from another."""
    scale = np.array([wide[1] - wide[0], high[1] - high[0]])
    for function in cut.boundaries:
        for line in traced(function, cut.x, y, wide, high):
            yield from _dividing(cut, line, scale)


def _dividing(cut: Slice, line: Array, scale: Array) -> Iterator[Array]:
    """The stretches of a line with different cells on its two sides."""
    steps = np.diff(line, axis=0) / scale
    lengths = np.hypot(*steps.T)
    normals = np.column_stack([-steps[:, 1], steps[:, 0]])
    normals /= np.where(lengths > 0, lengths, 1)[:, None]
    middles, away = (line[1:] + line[:-1]) / 2, 1e-4 * normals * scale
    left, right = (cut.numbers(*(middles + side * away).T) for side in (1, -1))
    divides = (left != right) & (lengths > 0)
    ends = np.flatnonzero(np.diff([0, *divides, 0]))
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        yield line[start : end + 1]


def _labelled(axes: Axes, cut: Slice, grid: _Grid, number: int, free: Array) -> bool:
    """Write the equilibria into each part of a cell; whether they fitted somewhere."""
    from scipy.ndimage import label

    whole = "\n".join(_names(cut, number))
    pieces, count = label(grid.numbers == number)
    fitted = False
    for piece in range(1, count + 1):
        part = (pieces == piece) & free
        places = {text: _room_for(text, grid, part) for text in (str(number + 1), whole)}
        text = whole if places[whole] is not None else str(number + 1)
        fitted |= text == whole
        if (place := places[text]) is not None:
            axes.text(*place, text, ha="center", va="center", fontsize=9, zorder=4)
    return fitted


def _room_for(text: str, grid: _Grid, part: Array) -> tuple[float, float] | None:
    """The middle of the widest place in a part of the plane, if the text fits there."""
    from scipy.ndimage import distance_transform_edt, minimum_filter

    lines = text.split("\n")
    points = np.array([_HEIGHT, _WIDTH]) * 72 * 0.8
    size = np.array([len(lines) * _LINE, max(map(len, lines)) * _LETTER]) / points * _STEPS
    inside = np.pad(part, 1)
    free = minimum_filter(inside, tuple(int(s) + 3 for s in size), mode="constant")
    if not free.any():
        return None
    deep = np.where(free, distance_transform_edt(inside), 0)[1:-1, 1:-1]
    best = np.argwhere(deep > 0.95 * deep.max())
    row, column = best[((best - best.mean(axis=0)) ** 2).sum(axis=1).argmin()]
    return float(grid.x[row, column]), float(grid.y[row, column])


def _gathered(marks: list[Mark]) -> dict[tuple[float, float], str]:
    """The calibrations by place, those at one place with one label."""
    places: dict[tuple[float, float], list[str]] = {}
    for label, x, y in marks:
        places.setdefault((x, y), []).append(label)
    return {place: ", ".join(filter(None, labels)) for place, labels in places.items()}


def _free_of(places: dict[tuple[float, float], str], grid: _Grid) -> Array:
    """Where neither a point nor its label is."""
    wide, high = np.ptp(grid.x), np.ptp(grid.y)
    free = np.ones(grid.x.shape, dtype=bool)
    for (x, y), label in places.items():
        reach = wide * (len(label) * _LETTER + 20) / (_WIDTH * 72 * 0.8)
        near_it = 0.03 * wide
        right = x > (grid.x.min() + grid.x.max()) / 2
        low, end = (x - reach, x + near_it) if right else (x - near_it, x + reach)
        near = np.abs(grid.y - y) < high * _LINE / (_HEIGHT * 72 * 0.8)
        free &= ~((grid.x > low) & (grid.x < end) & near)
    return free


def _points(axes: Axes, places: dict[tuple[float, float], str]) -> None:
    """The calibrations, labelled towards the middle."""
    middle = sum(axes.get_xlim()) / 2
    for (x, y), label in places.items():
        axes.plot([x], [y], "o", color=style.INK, markersize=5, zorder=5, clip_on=False)
        offset, side = ((-7, 0), "right") if x > middle else ((7, 0), "left")
        axes.annotate(label, (x, y), offset, ha=side, va="center", textcoords="offset points",
                      fontsize=9, zorder=5)  # fmt: skip


def _bar(cut: Slice, wide: Limits, marks: list[Mark]) -> Figure:
    """The regimes along one symbol, each between two roots."""
    roots = sorted({root for f in cut.boundaries for root in roots_along(f, cut.x, wide)})
    ends = np.array([wide[0], *roots, wide[1]])
    numbers = cut.numbers((ends[1:] + ends[:-1]) / 2)
    present = [int(n) for n in np.unique(numbers) if n >= 0]
    figure = style.canvas(_WIDTH, 1.5 + 0.2 * (1 + len(present)))
    axes = figure.add_subplot()
    axes.set(xlim=wide, ylim=(0, 1), yticks=[], xlabel=_axis(cut, cut.x))
    axes.spines["left"].set_visible(False)
    kept = [r for i, r in enumerate(roots) if numbers[i] != numbers[i + 1]]
    for start, end, number in _stretches(ends, numbers):
        axes.axvspan(start, end, color=_fill(number), linewidth=0, zorder=1)
        lines, room = _names(cut, number), (end - start) / (wide[1] - wide[0]) * 400
        fits = max(map(len, lines)) * _LETTER < room
        label = "\n".join(lines) if fits else str(number + 1)
        axes.text((start + end) / 2, 0.5, label, ha="center", va="center", fontsize=9, zorder=4)
    for root in kept:
        axes.axvline(root, color=style.INK, linewidth=1.0, zorder=3)
        axes.annotate(decimal(sp.Float(root)), (root, 1), (0, 3), textcoords="offset points",
                      ha="center", fontsize=8, color=style.GREY)  # fmt: skip
    for name, x, _ in marks:
        axes.plot([x], [0.08], "^", color=style.INK, markersize=6, zorder=5)
        axes.annotate(name, (x, 0.08), (6, 0), textcoords="offset points", va="center",
                      fontsize=8, zorder=5)  # fmt: skip
    _finished(figure, axes, cut, present, present)
    return figure


def _stretches(ends: Array, numbers: Array) -> Iterator[tuple[float, float, int]]:
    """Neighbouring intervals in one cell taken together."""
    start = 0
    for i, number in enumerate(numbers):
        if i + 1 == len(numbers) or numbers[i + 1] != number:
            if number >= 0:
                yield float(ends[start]), float(ends[i + 1]), int(number)
            start = i + 1


def _finished(figure: Figure, axes: Axes, cut: Slice, present: list[int], keyed: list[int]) -> None:
    """The title, with the values of the slice, and below the plot what each cell is."""
    fixed = [f"${latex(s)} = {decimal(v)}$" for s, v in cut.values.items() if _matters(cut, s)]
    above = 5 if cut.y is not None else 14  # a bar has its roots there
    axes.set_title(title(cut.partition.game), fontsize=10, pad=above + 11)
    axes.annotate(",  ".join(fixed), (0, 1), (0, above), xycoords="axes fraction",
                  textcoords="offset points", fontsize=8, color=style.GREY)  # fmt: skip
    entries: list[Patch | Line2D] = [
        Patch(facecolor=_fill(n), edgecolor=style.GREY, linewidth=0.5, label=_entry(cut, n, keyed))
        for n in present
    ]
    figure.legend(handles=entries, loc="outside lower left", frameon=False, fontsize=8)


def _matters(cut: Slice, symbol: Symbol) -> bool:
    return any(symbol in cell.condition.free_symbols for cell in cut.partition.cells)


def _entry(cut: Slice, number: int, keyed: list[int]) -> str:
    cell = cut.partition.cells[number]
    names = joined(cell.equilibria) or "no equilibrium"
    key = f"{number + 1}:  " if number in keyed else ""
    condition = latex(named(cell.condition, cut.partition.game.quantities))
    where = f"  iff  ${condition}$" if len(condition) <= _LONGEST else ""
    return f"{key}{names}{where if cell.condition != sp.true else ''}"


def _names(cut: Slice, number: int) -> list[str]:
    return list(cut.partition.cells[number].equilibria) or ["none"]


def _axis(cut: Slice, symbol: Symbol) -> str:
    row = cut.row(symbol)
    return f"${latex(symbol)}$" if row is None else caption(row)


def _fill(number: int) -> str:
    return FILLS[number % len(FILLS)]


__all__ = ["boundaries", "draw"]
