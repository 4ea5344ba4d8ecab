"""A slice through the regimes of a game, its boundaries the zero sets of polynomials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Array, axis_label
from gametheory_eeu.display.figures.slices import (
    Limits,
    Mark,
    Slice,
    Values,
    axis_ranges,
    cells_along,
    hidden_cells,
    zero_curves,
)
from gametheory_eeu.display.hypotheses import substitute_quantities
from gametheory_eeu.display.printers import decimal, latex
from gametheory_eeu.display.result_tables import title
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games import AbstractGame, Partition, join_names

FILLS = ("#CFE3F2", "#FBE3B0", "#C9E8DC", "#F4CDB5", "#EBD5E4", "#E7E7C8", "#DCDCEF", "#F9D9D9",
         "#D9EEF9", "#D6EAD0", "#E9DFD3", "#D0D8E8")  # fmt: skip
_GRID_SIZE = 400
_LINE_HEIGHT, _GAP = 12.0, 6.0  # points that a line takes, and that a name keeps from an edge
_BAR_WIDTH = 430  # points of a bar
_WIDTH, _HEIGHT, _BAR_HEIGHT = style.WIDTH, 4.4, 1.5
_LEGEND_WIDTH = 0.85 * 72 * _WIDTH
_HATCH = "////"  # where the solution is not known to be complete
_MOST_HIDDEN = 3  # cells outside the figure that are named one by one


def draw(
    partition: Partition,
    *,
    x: str | None = None,
    y: str | None = None,
    at: Values | None = None,
    xlim: Limits | None = None,
    ylim: Limits | None = None,
    compare: Iterable[AbstractGame] = (),
) -> Figure:
    """The regimes in two of the symbols, or along one in a bar, the others at values.

    Games to compare are points at their values of ``x`` and ``y``; what else differs between them
    and the slice is not shown. Without ``x`` the error names the symbols that can be it.
    """
    if x is None:
        raise _missing_axes(partition)
    cut = Slice.of(partition, x, y, at)
    marks = [cut.mark(game) for game in arg.sequence("compare", compare, "a list of games")]
    places = [mark[1] for mark in marks], [mark[2] for mark in marks]
    x_limits, *y_limits = axis_ranges(cut, (xlim, ylim), places)
    if cut.y is None:
        return _draw_bar(cut, x_limits, marks)
    return _draw_plane(cut, cut.y, x_limits, y_limits[0], marks)


def _missing_axes(partition: Partition) -> ParameterError:
    """The error of a figure without axes: the symbols on which the regimes turn."""
    symbols = dict.fromkeys(s.name for s in partition.space.symbols)
    free = {s.name for cell in partition.cells for s in cell.condition.free_symbols}
    names = [name for name in symbols if name in free] or list(symbols)
    if not names:
        return ParameterError("x", None, "a symbol of the game, and this one has none")
    axes = ", ".join(f"{axis}={name!r}" for axis, name in zip("xy", names[:2], strict=False))
    others = ", ".join(f"{name!r}: …" for name in names[2:])
    return ParameterError(
        "x",
        None,
        f"the symbols along the axes; the regimes turn on {', '.join(names)}",
        f"Write .plot({axes}{f', at={{{others}}}' if others else ''}), or x alone for a bar",
    )


@dataclass(frozen=True)
class _Grid:
    """Cell numbers at the points of a fine grid, for placing labels, not for boundaries."""

    x: Array
    y: Array
    numbers: Array

    @classmethod
    def of(cls, cut: Slice, x_limits: Limits, y_limits: Limits) -> _Grid:
        x, y = np.meshgrid(np.linspace(*x_limits, _GRID_SIZE), np.linspace(*y_limits, _GRID_SIZE))
        return cls(x, y, cut.numbers(x, y))

    @property
    def present(self) -> list[int]:
        return [int(number) for number in np.unique(self.numbers) if number >= 0]


def _draw_plane(
    cut: Slice, y: Symbol, x_limits: Limits, y_limits: Limits, marks: list[Mark]
) -> Figure:
    grid = _Grid.of(cut, x_limits, y_limits)
    figure = style.empty_figure(_WIDTH, _HEIGHT)
    axes = figure.add_subplot()
    axes.set(xlim=x_limits, ylim=y_limits, xlabel=_axis_text(cut, cut.x), ylabel=_axis_text(cut, y))
    for number in grid.present:
        depth = cut.depth(number, grid.x, grid.y)
        axes.contourf(grid.x, grid.y, depth, [0, np.inf], colors=[_fill_colour(number)], zorder=1)
    is_incomplete = _hatch_plane(axes, cut, grid)
    for curve in boundaries(cut, y, x_limits, y_limits):
        axes.plot(*curve.T, color=style.INK, linewidth=1.0, zorder=3)
    places = _labels_by_place(marks)
    free_mask = _free_mask(places, grid)
    unlabelled = [
        number for number in grid.present if not _label_cell(axes, cut, grid, number, free_mask)
    ]
    _draw_points(axes, places)
    _add_title_and_legend(figure, axes, cut, grid.present, unlabelled, is_incomplete)
    return figure


def _hatch_plane(axes: Axes, cut: Slice, grid: _Grid) -> bool:
    """Hatch where other equilibria may exist; return whether any is."""
    if not cut.is_completeness_known:
        return False
    depth = cut.incompleteness(grid.x, grid.y)
    if (depth <= 0).all():
        return False
    hatched = axes.contourf(grid.x, grid.y, depth, [0, np.inf], colors="none", hatches=[_HATCH],
                            zorder=2)  # fmt: skip
    hatched.set(edgecolor=style.HATCH, linewidth=0)
    return True


def boundaries(cut: Slice, y: Symbol, x_limits: Limits, y_limits: Limits) -> Iterator[Array]:
    """The parts of zero sets that divide one cell from another, as arrays of points."""
    scale = np.array([x_limits[1] - x_limits[0], y_limits[1] - y_limits[0]])
    for function in cut.boundaries:
        for curve in zero_curves(function, cut.x, y, x_limits, y_limits):
            yield from _dividing_curves(cut, curve, scale)


def _dividing_curves(cut: Slice, curve: Array, scale: Array) -> Iterator[Array]:
    """The parts of a curve with different cells on its two sides."""
    steps = np.diff(curve, axis=0) / scale
    lengths = np.hypot(*steps.T)
    normals = np.column_stack([-steps[:, 1], steps[:, 0]])
    normals /= np.where(lengths > 0, lengths, 1)[:, None]
    middles, offsets = (curve[1:] + curve[:-1]) / 2, 1e-4 * normals * scale
    left, right = (cut.numbers(*(middles + side * offsets).T) for side in (1, -1))
    divides = (left != right) & (lengths > 0)
    ends = np.flatnonzero(np.diff([0, *divides, 0]))
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        yield curve[start : end + 1]


def _label_cell(axes: Axes, cut: Slice, grid: _Grid, number: int, free_mask: Array) -> bool:
    """Write the equilibria into each part of a cell; return whether they fitted somewhere."""
    from scipy.ndimage import label

    full_text = "\n".join(_cell_names(cut, number))
    components, count = label(grid.numbers == number)
    is_labelled = False
    for component in range(1, count + 1):
        mask = (components == component) & free_mask
        places = {text: _label_position(text, grid, mask) for text in (str(number + 1), full_text)}
        text = full_text if places[full_text] is not None else str(number + 1)
        is_labelled |= text == full_text
        if (place := places[text]) is not None:
            axes.text(*place, text, ha="center", va="center", fontsize=9, zorder=4)
    return is_labelled


def _label_position(text: str, grid: _Grid, mask: Array) -> tuple[float, float] | None:
    """Middle of the widest place in a part of the plane, if the text fits there."""
    from scipy.ndimage import distance_transform_edt, minimum_filter

    lines = text.split("\n")
    points = np.array([_HEIGHT, _WIDTH]) * 72 * 0.8
    size = (
        np.array([len(lines) * _LINE_HEIGHT, max(map(style.width, lines)) + _GAP])
        / points
        * _GRID_SIZE
    )
    padded_mask = np.pad(mask, 1)
    fitting = minimum_filter(padded_mask, tuple(int(s) + 3 for s in size), mode="constant")
    if not fitting.any():
        return None
    distances = np.where(fitting, distance_transform_edt(padded_mask), 0)[1:-1, 1:-1]
    row, column = deep_place(distances)
    return float(grid.x[row, column]), float(grid.y[row, column])


def deep_place(depth: Array) -> tuple[int, int]:
    """The row and the column of a deep place, the most central of those that are nearly deepest."""
    candidates = np.argwhere(depth > 0.95 * depth.max())
    row, column = candidates[((candidates - candidates.mean(axis=0)) ** 2).sum(axis=1).argmin()]
    return int(row), int(column)


def _labels_by_place(marks: list[Mark]) -> dict[tuple[float, float], str]:
    """Labels of the calibrations by place, those at one place joined."""
    places: dict[tuple[float, float], list[str]] = {}
    for label, x, y in marks:
        places.setdefault((x, y), []).append(label)
    return {place: ", ".join(filter(None, labels)) for place, labels in places.items()}


def _free_mask(places: dict[tuple[float, float], str], grid: _Grid) -> Array:
    """Mask of the grid points without a calibration or its label."""
    width, height = np.ptp(grid.x), np.ptp(grid.y)
    mask = np.ones(grid.x.shape, dtype=bool)
    for (x, y), label in places.items():
        label_width = width * (style.width(label) + 20) / (_WIDTH * 72 * 0.8)
        margin = 0.03 * width
        is_right = x > (grid.x.min() + grid.x.max()) / 2
        start, end = (x - label_width, x + margin) if is_right else (x - margin, x + label_width)
        is_near = np.abs(grid.y - y) < height * _LINE_HEIGHT / (_HEIGHT * 72 * 0.8)
        mask &= ~((grid.x > start) & (grid.x < end) & is_near)
    return mask


def _draw_points(axes: Axes, places: dict[tuple[float, float], str]) -> None:
    """Draw the calibrations, labelled towards the middle."""
    middle = sum(axes.get_xlim()) / 2
    for (x, y), label in places.items():
        axes.plot([x], [y], "o", color=style.INK, markersize=5, zorder=5, clip_on=False)
        offset, side = ((-7, 0), "right") if x > middle else ((7, 0), "left")
        axes.annotate(label, (x, y), offset, ha=side, va="center", textcoords="offset points",
                      fontsize=9, zorder=5)  # fmt: skip


def changes_along(partition: Partition, x: str, at: Values, limits: Limits) -> list[float]:
    """The values of a symbol at which the equilibria change, the others at values."""
    cut = Slice.of(partition, x, None, at)
    return _changes(*cells_along(cut, *axis_ranges(cut, (limits,), [[]])))


def _changes(ends: Array, numbers: Array) -> list[float]:
    return [float(r) for i, r in enumerate(ends[1:-1]) if numbers[i] != numbers[i + 1]]


def _draw_bar(cut: Slice, x_limits: Limits, marks: list[Mark]) -> Figure:
    """Draw the regimes along one symbol, each between two roots."""
    ends, numbers = cells_along(cut, x_limits)
    present = [int(n) for n in np.unique(numbers) if n >= 0]
    figure = style.empty_figure(_WIDTH, _BAR_HEIGHT)
    axes = figure.add_subplot()
    axes.set(xlim=x_limits, ylim=(0, 1), yticks=[], xlabel=_axis_text(cut, cut.x))
    axes.spines["left"].set_visible(False)
    cell_roots = _changes(ends, numbers)
    unlabelled = set(present)
    is_incomplete = _hatch_bar(axes, cut, ends)
    for start, end, number in runs(numbers, ends):
        if number < 0:
            continue
        axes.axvspan(start, end, color=_fill_colour(number), linewidth=0, zorder=1)
        lines = _cell_names(cut, number)
        available = (end - start) / (x_limits[1] - x_limits[0]) * _BAR_WIDTH
        fits = max(map(style.width, lines)) + _GAP < available
        unlabelled -= {number} if fits else set()
        label = "\n".join(lines) if fits else str(number + 1)
        axes.text((start + end) / 2, 0.5, label, ha="center", va="center", fontsize=9, zorder=4)
    for root in cell_roots:
        axes.axvline(root, color=style.INK, linewidth=1.0, zorder=3)
        axes.annotate(decimal(sp.Float(root)), (root, 1), (0, 3), textcoords="offset points",
                      ha="center", fontsize=8, color=style.GREY)  # fmt: skip
    for name, x, _ in marks:
        axes.plot([x], [0.08], "^", color=style.INK, markersize=6, zorder=5)
        axes.annotate(name, (x, 0.08), (6, 0), textcoords="offset points", va="center",
                      fontsize=8, zorder=5)  # fmt: skip
    _add_title_and_legend(figure, axes, cut, present, sorted(unlabelled), is_incomplete)
    return figure


def _hatch_bar(axes: Axes, cut: Slice, ends: Array) -> bool:
    """Hatch where other equilibria may exist; return whether any is."""
    if not cut.is_completeness_known:
        return False
    hatched = [p for p in pairwise(ends) if cut.incompleteness(np.linspace(*p, 3))[1] > 0]
    for pair in hatched:
        axes.axvspan(*pair, facecolor="none", edgecolor=style.HATCH, hatch=_HATCH, linewidth=0,
                     zorder=2)  # fmt: skip
    return bool(hatched)


def runs(codes: Array, edges: Array) -> Iterator[tuple[float, float, int]]:
    """Neighbouring cells of one number, as intervals."""
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    for start, end in zip(starts, [*starts[1:], len(codes)], strict=True):
        yield float(edges[start]), float(edges[end]), int(codes[start])


def _add_title_and_legend(
    figure: Figure,
    axes: Axes,
    cut: Slice,
    visible: list[int],
    unlabelled: list[int],
    is_incomplete: bool,
) -> None:
    """Add the title with the values of the slice, and the legend of the cells."""
    fixed_values = [
        f"${latex(s)} = {decimal(v)}$" for s, v in cut.values.items() if _is_relevant(cut, s)
    ]
    offset = 5 if cut.y is not None else 14  # a bar has its roots there
    axes.set_title(title(cut.partition.game), fontsize=10, pad=offset + 11)
    axes.annotate(",  ".join(fixed_values), (0, 1), (0, offset), xycoords="axes fraction",
                  textcoords="offset points", fontsize=8, color=style.GREY)  # fmt: skip
    labels = _legend_texts(cut, visible, unlabelled)
    entries: list[Patch | Line2D] = [
        Patch(facecolor=_fill_colour(n), edgecolor=style.GREY, linewidth=0.5, label=label)
        for n, label in zip(visible, labels, strict=True)
    ]
    notes = _hidden_notes(cut, visible)
    entries += [Patch(facecolor="none", edgecolor="none", label=note) for note in notes]
    if is_incomplete or not cut.is_completeness_known:
        colour, hatch = (style.HATCH, _HATCH) if is_incomplete else ("none", "")
        notes.append(_incompleteness_note(cut))
        entries.append(Patch(facecolor="none", edgecolor=colour, hatch=hatch, linewidth=0.5,
                             label=notes[-1]))  # fmt: skip
    lines = sum(text.count("\n") + 1 for text in (*labels, *notes))
    figure.set_figheight(figure.get_figheight() + 0.2 * (1 + lines))
    figure.legend(handles=entries, loc="outside lower left", frameon=False, fontsize=8)


def _hidden_notes(cut: Slice, visible: list[int]) -> list[str]:
    """What the figure leaves out: the cells with an area in the slice, outside its limits."""
    hidden = list(hidden_cells(cut, visible))
    if len(hidden) > _MOST_HIDDEN:
        return [f"not shown: {len(hidden)} further regimes, outside these limits or too small"]
    return [f"not shown:  {text}" for text in _legend_texts(cut, hidden, [])]


def _incompleteness_note(cut: Slice) -> str:
    """That other equilibria may exist, and where they do not, if that fits."""
    note, complete = "other equilibria may exist", cut.partition.complete_where
    if complete == sp.false:
        return note
    text = f"${latex(substitute_quantities(complete, cut.partition.game.quantities))}$"
    long_note = f"{note}, except where {text}"
    return long_note if style.width(long_note) <= 1.05 * _LEGEND_WIDTH else note


def _is_relevant(cut: Slice, symbol: Symbol) -> bool:
    conditions = [*(cell.condition for cell in cut.partition.cells), cut.partition.complete_where]
    return any(symbol in condition.free_symbols for condition in conditions)


def _legend_texts(cut: Slice, visible: list[int], unlabelled: list[int]) -> list[str]:
    """The names of each cell and its condition: in every row or, where one is too long, in none."""
    names, conditions = [], []
    for number in visible:
        cell = cut.partition.cells[number]
        key = f"{number + 1}:  " if number in unlabelled else ""
        names.append(f"{key}{join_names(cell.equilibria) or 'no equilibrium'}")
        condition = substitute_quantities(cell.condition, cut.partition.game.quantities)
        conditions.append(_condition_lines(condition))
    if any(style.width(line) > _LEGEND_WIDTH for lines in conditions for line in lines):
        conditions = [[] for _ in names]
    return [_legend_text(*row) for row in zip(names, conditions, strict=True)]


def _condition_lines(condition: Boolean) -> list[str]:
    """A condition on one line or, where that is too long, its parts on lines of their own."""
    if condition == sp.true:
        return []
    line = f"${latex(condition)}$"
    if style.width(line) <= _LEGEND_WIDTH or not isinstance(condition, sp.And):
        return [line]
    if any(isinstance(part, sp.Or) for part in condition.args):
        return [line]
    parts = [f"${latex(part)}$" for part in condition.args]
    return style.fill_lines([f"{part} and" for part in parts[:-1]] + parts[-1:], _LEGEND_WIDTH)


def _legend_text(names: str, condition: list[str]) -> str:
    """Both in one line where they fit, else below each other."""
    lines = style.fill_lines(names.split(" "), _LEGEND_WIDTH)
    if not condition:
        return "\n".join(lines)
    one_line = f"{names}  iff  {condition[0]}"
    if len(lines) == len(condition) == 1 and style.width(one_line) < 1.05 * _LEGEND_WIDTH:
        return one_line
    return "\n".join([*lines, f"  iff  {condition[0]}", *(f"  {line}" for line in condition[1:])])


def _cell_names(cut: Slice, number: int) -> list[str]:
    return list(cut.partition.cells[number].equilibria) or ["none"]


def _axis_text(cut: Slice, symbol: Symbol) -> str:
    parameter = cut.row(symbol)
    return f"${latex(symbol)}$" if parameter is None else axis_label(parameter)


def _fill_colour(number: int) -> str:
    return FILLS[number % len(FILLS)]
