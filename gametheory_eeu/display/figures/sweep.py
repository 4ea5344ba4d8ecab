"""Figures of a swept dataset: lines, maps, small multiples and distributions, with regimes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.regimes import FILLS, deep_place, runs
from gametheory_eeu.display.figures.sweep_labels import (
    Categories,
    axis_text,
    categories,
    is_categorical,
    panel_text,
    value_label,
)
from gametheory_eeu.errors import GameTheoryError, ParameterError

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
INCOMPLETE = "other equilibria may exist, except where complete is true"
MAX_PANELS, _ACROSS = 12, 3
_HATCHES = ("", "///", "...", "\\\\\\", "xx", "---", "++", "||", "oo")
_HATCH_COLOUR, _OUTSIDE = style.HATCH, "#FFFFFF"
_COLOURS = "cividis"
"""Of growing lightness, the same for every kind of colour vision."""
_WIDTH, _HEIGHT, _PANEL = 6.4, 4.0, 3.0
_BINS = 40


def draw(
    table: Any,
    *,
    x: str | None = None,
    y: str | None = None,
    variable: str | None = None,
    columns: str | None = None,
) -> Figure:
    """A variable along one dimension, over two, or its distribution; regimes are marked."""
    name = _variable(table, variable)
    axes_names = [arg.text("dimension", d) for d in (x, y, columns) if d is not None]
    if y is not None and x is None:
        raise ParameterError("x", x, "a dimension, where y is one")
    if len(set(axes_names)) < len(axes_names):
        raise ParameterError("dimensions", axes_names, "each dimension once")
    for dimension in axes_names:
        _check_dimension(table, name, dimension)
    part = _without_rest(table, name, axes_names, is_distribution=x is None)
    if x is not None and part[name].dtype == object:
        part = part.assign({name: part[name].astype(float)})
    panels = _panels(part, columns)
    drawing = _Drawing(part, name, _marks(part, name, x))
    figure, axes = _layout(len(panels), is_map=y is not None)
    for (title, panel), place in zip(panels, axes, strict=True):
        place.set_title(title, fontsize=10)
        if x is None:
            drawing.distribution(place, panel)
        elif y is None:
            drawing.line(place, panel, x)
        else:
            drawing.map(place, panel, x, y)
    drawing.finish(figure, axes, x, y)
    return figure


def _variable(table: Any, variable: str | None) -> str:
    names = [str(name) for name in table.data_vars]
    if variable is not None:
        return arg.one_of("variable", variable, names)
    if "regime" in names:
        return "regime"
    known = [n for n in names if not n.endswith("_flag") and n != "inside"]
    if len(known) != 1:
        raise ParameterError("variable", variable, f"one of {', '.join(names) or 'none'}")
    return known[0]


def _check_dimension(table: Any, name: str, dimension: str) -> None:
    dimensions = [str(d) for d in table[name].dims]
    arg.one_of(f"dimension of {name}", dimension, dimensions)
    if dimension not in table.coords:
        raise ParameterError(
            "dimension", dimension, "one with a coordinate",
            "Points that were drawn lie along no axis: leave x out for their distribution",
        )  # fmt: skip


def _without_rest(table: Any, name: str, used: list[str], *, is_distribution: bool) -> Any:
    """The dataset without the dimensions of which one value is left; refused where more are."""
    rest = [str(d) for d in table[name].dims if d not in used]
    if is_distribution:
        rest = [d for d in rest if d in table.coords and table[d].dtype.kind in "UOS"]
    for dimension in rest:
        if table.sizes[dimension] != 1:
            values = table[dimension].values[:4] if dimension in table.coords else []
            some = ", ".join(map(str, values)) + (", …" if table.sizes[dimension] > 4 else "")
            raise GameTheoryError(
                f"{name} also varies along {dimension} ({some or table.sizes[dimension]}); select "
                f"one, as in table.sel({dimension}=…), or give each a panel by "
                f"columns={dimension!r}"
            )
    return table.isel(dict.fromkeys(rest, 0))


def _panels(table: Any, columns: str | None) -> list[tuple[str, Any]]:
    if columns is None:
        return [("", table)]
    size = table.sizes[columns]
    if size > MAX_PANELS:
        raise GameTheoryError(
            f"{size} panels are too many (at most {MAX_PANELS}); select some values of {columns}, "
            f"as in table.isel({columns}=slice(None, None, {-(-size // MAX_PANELS)}))"
        )
    values = table[columns].values
    return [(panel_text(table[columns], columns, value), table.isel({columns: k}))
            for k, value in enumerate(values)]  # fmt: skip


def _marks(table: Any, name: str, x: str | None) -> Categories | None:
    """The categories that are drawn: the variable's own, else the regimes."""
    if is_categorical(table[name]):
        return categories(table, name)
    if "regime" not in table.data_vars:
        return None
    has_all = set(table["regime"].dims) <= set(table[name].dims)
    return categories(table, "regime") if has_all or x is None else None


def _layout(count: int, *, is_map: bool) -> tuple[Figure, list[Axes]]:
    across = min(count, _ACROSS)
    rows = -(-count // across)
    if count == 1:
        figure = style.empty_figure(_WIDTH, _HEIGHT + 0.3 * is_map)
    else:
        figure = style.empty_figure(_PANEL * across + 0.6, (_PANEL - 0.3) * rows + 0.8)
    grid = figure.subplots(rows, across, sharex="all", sharey="all", squeeze=False)
    for place in grid.flat[count:]:
        place.set_visible(False)
    return figure, list(grid.flat[:count])


@dataclass
class _Drawing:
    """What the panels of a figure have in common."""

    table: Any
    name: str
    marks: Categories | None
    mesh: Any = None

    @property
    def is_categorical(self) -> bool:
        """Whether the variable itself has categories."""
        return is_categorical(self.table[self.name])

    def line(self, axes: Axes, panel: Any, x: str) -> None:
        """A line along one dimension over the shaded regimes."""
        panel = _in_order(panel, x)
        place = panel[x].values.astype(float)
        if self.marks is not None:
            codes = _part_of(self.marks, panel, x)
            for low, high, code in runs(codes, _edges(place)):
                axes.axvspan(low, high, zorder=0, **_patch_style(code))
                self._number(axes, code, ((low + high) / 2, 0.97), axes.get_xaxis_transform())
        if self.is_categorical:
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
        else:
            axes.plot(place, panel[self.name].values, color=style.INK, zorder=3)
        axes.set_xlim(place.min(), place.max() if len(place) > 1 else place.min() + 1)

    def map(self, axes: Axes, panel: Any, x: str, y: str) -> None:
        """A map over two dimensions with the regimes' boundaries."""
        panel = _in_order(_in_order(panel, x), y)
        horizontal, vertical = (_edges(panel[d].values.astype(float)) for d in (x, y))
        if not self.is_categorical:
            values = np.ma.masked_invalid(panel[self.name].transpose(y, x).values)
            limits = self._limits()
            axes.set_facecolor(style.PALE)
            self.mesh = axes.pcolormesh(
                horizontal, vertical, values, cmap=_COLOURS, vmin=limits[0], vmax=limits[1],
                rasterized=values.size > 10_000, zorder=1,
            )  # fmt: skip
        if self.marks is not None:
            codes = _part_of(self.marks, panel, y, x)
            if self.is_categorical:
                _draw_fills(axes, codes, horizontal, vertical)
            _draw_boundaries(axes, codes, horizontal, vertical)
            for code in np.unique(codes):
                self._number(axes, int(code), _middle(codes == code, horizontal, vertical))
        axes.set(xlim=horizontal[[0, -1]], ylim=vertical[[0, -1]])

    def distribution(self, axes: Axes, panel: Any) -> None:
        """A histogram over all points, or the shares of the categories."""
        codes = None if self.marks is None else self.marks.values
        if codes is not None and self.is_categorical:
            self._shares(axes, _selected(codes, panel))
            return
        values = np.asarray(panel[self.name].values, dtype=float)
        groups: list[tuple[int, Array]] = [(0, values.ravel())]
        if codes is not None:
            spread = _selected(codes, panel).broadcast_like(panel[self.name])
            spread = spread.transpose(*panel[self.name].dims).values
            groups = [(int(code), values[spread == code]) for code in np.unique(spread)]
        existing = values[np.isfinite(values)]
        if not existing.size:
            raise GameTheoryError(f"{self.name} exists at no point that is drawn")
        edges = np.histogram_bin_edges(existing, min(_BINS, max(5, int(existing.size**0.5))))
        base = np.zeros(len(edges) - 1)
        for code, group in groups:
            heights = np.histogram(group[np.isfinite(group)], edges)[0] / existing.size
            axes.bar(edges[:-1], heights, np.diff(edges), base, align="edge", linewidth=0,
                     **_patch_style(code, with_line=False))  # fmt: skip
            base = base + heights
            axes.stairs(base, edges, color=style.INK, linewidth=0.7)
        axes.set(xlim=edges[[0, -1]], ylim=(0, 1.05 * base.max()))

    def _shares(self, axes: Axes, codes: Any) -> None:
        found, counts = np.unique(codes.values, return_counts=True)
        for row, (code, count) in enumerate(zip(found, counts, strict=True)):
            axes.barh(row, count / counts.sum(), **_patch_style(int(code)))
        assert self.marks is not None
        labels = [self.marks.label(int(code)) for code in found]
        axes.set_yticks(range(len(found)), labels)
        axes.set_ylim(len(found) - 0.4, -0.6)
        axes.set_xlim(0, 1)

    def _limits(self) -> tuple[float, float]:
        values = self.table[self.name].values
        finite = values[np.isfinite(values)]
        return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)

    def _number(
        self, axes: Axes, code: int, place: tuple[float, float], transform: Any = None
    ) -> None:
        """The number of a regime, as in the legend."""
        if code >= 0 and self.marks is not None and len(self.marks.labels) > 1:
            axes.text(
                *place, str(code + 1), transform=transform or axes.transData, fontsize=8, zorder=5,
                ha="center", va="center" if transform is None else "top",
                bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": style.GREY,
                      "linewidth": 0.5},
            )  # fmt: skip

    def finish(self, figure: Figure, axes: list[Axes], x: str | None, y: str | None) -> None:
        """The labels of the axes, the scale and the legend."""
        length = 46 if len(axes) == 1 else 30
        value_text = value_label(self.table[self.name], self.name, length)
        label = "Share of the points"
        if x is None:
            texts = (label, "") if self.is_categorical else (value_text, label)
        else:
            own = "" if self.is_categorical else value_text
            names = [axis_text(self.table[d], d, line_length=length) for d in (x, y) if d]
            texts = names[0], own if y is None else names[1]
        for number, place in enumerate(axes):
            across = min(len(axes), _ACROSS)
            place.set_ylabel(texts[1] if number % across == 0 else "")
            is_lowest = number + across >= len(axes)
            place.set_xlabel(texts[0] if is_lowest else "")
            place.tick_params(labelbottom=is_lowest)
        if self.mesh is not None:
            figure.colorbar(self.mesh, ax=axes, label=value_text)
        entries = [] if x is None and self.is_categorical else list(self._entries())
        if self._is_incomplete():
            entries.append(Patch(facecolor="none", label=INCOMPLETE))
        if entries:
            title = self.marks.title if self.marks is not None else ""
            figure.legend(
                handles=entries, loc="outside lower left", frameon=False, fontsize=8,
                title=title or None, title_fontsize=8, alignment="left",
            )  # fmt: skip

    def _is_incomplete(self) -> bool:
        """Whether regimes are drawn that are not known to name every equilibrium."""
        has_regimes = self.marks is not None and (self.name == "regime" or not self.is_categorical)
        if not has_regimes or "complete" not in self.table.data_vars:
            return False
        return bool((self.table["inside"] & ~self.table["complete"]).any())

    def _entries(self) -> Iterator[Patch]:
        if self.mesh is not None and not np.isfinite(self.table[self.name].values).all():
            yield Patch(facecolor=style.PALE, edgecolor=_HATCH_COLOUR, linewidth=0.5,
                        label="no value")  # fmt: skip
        if self.marks is None:
            return
        is_numbered = len(self.marks.labels) > 1
        for code in sorted(self.marks.present, key=lambda c: (c < 0, c)):
            label = self.marks.label(code)
            text = f"{code + 1}  {label}" if is_numbered and code >= 0 else label
            plain = {"facecolor": "none", "hatch": ""} if self.mesh is not None else {}
            yield Patch(**{**_patch_style(code), "linewidth": 0.5, **plain}, label=text)


def _patch_style(code: int, *, with_line: bool = True) -> dict[str, Any]:
    colour = _OUTSIDE if code < 0 else FILLS[code % len(FILLS)]
    hatch = "" if code < 0 else _HATCHES[code % len(_HATCHES)]
    edge: dict[str, Any] = {"linewidth": 0} if with_line else {}
    return {"facecolor": colour, "edgecolor": _HATCH_COLOUR, "hatch": hatch, **edge}


def _in_order(table: Any, dimension: str) -> Any:
    if table[dimension].dtype.kind not in "fiub":
        raise ParameterError("dimension", dimension, "one with numbers along it")
    return table.sortby(dimension)


def _selected(codes: Any, panel: Any) -> Any:
    """Categories at the places of a panel."""
    for dimension in codes.dims:
        if dimension not in panel.dims and dimension in panel.coords:
            codes = codes.sel({dimension: panel[dimension]})
    return codes


def _part_of(marks: Categories, panel: Any, *order: str) -> Array:
    codes = _selected(marks.values, panel)
    for dimension in order:
        codes = codes.sortby(dimension) if dimension in codes.dims else codes
    missing = [d for d in order if d not in codes.dims]
    codes = codes.expand_dims({d: panel[d].values for d in missing}) if missing else codes
    return np.asarray(codes.transpose(*order).values)


def _edges(places: Array) -> Array:
    """The edges of cells around points, the first and last point at the ends."""
    if len(places) == 1:
        return np.array([places[0] - 0.5, places[0] + 0.5])
    return np.concatenate([places[:1], (places[1:] + places[:-1]) / 2, places[-1:]])


def _draw_fills(axes: Axes, codes: Array, horizontal: Array, vertical: Array) -> None:
    """Each category in a colour and a pattern of its own, row by row."""
    shapes: dict[int, list[list[tuple[float, float]]]] = {}
    for row, (low, high) in zip(codes, pairwise(vertical), strict=True):
        for left, right, code in runs(row, horizontal):
            corners = [(left, low), (right, low), (right, high), (left, high)]
            shapes.setdefault(code, []).append(corners)
    for code, boxes in shapes.items():
        axes.add_collection(
            PolyCollection(boxes, antialiased=False, zorder=1, **_patch_style(code))
        )


def _draw_boundaries(axes: Axes, codes: Array, horizontal: Array, vertical: Array) -> None:
    """The edges of cells between one category and another."""
    lines: list[list[tuple[float, float]]] = []
    for i, j in np.argwhere(codes[:, 1:] != codes[:, :-1]):
        lines.append([(horizontal[j + 1], vertical[i]), (horizontal[j + 1], vertical[i + 1])])
    for i, j in np.argwhere(codes[1:] != codes[:-1]):
        lines.append([(horizontal[j], vertical[i + 1]), (horizontal[j + 1], vertical[i + 1])])
    for width, colour in ((2.2, "white"), (1.0, style.INK)):
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=width, capstyle="round", zorder=3)
        )


def _middle(mask: Array, horizontal: Array, vertical: Array) -> tuple[float, float]:
    """A place deep inside the cells of a mask."""
    from scipy.ndimage import distance_transform_edt

    i, j = deep_place(distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1])
    return float(horizontal[j] + horizontal[j + 1]) / 2, float(vertical[i] + vertical[i + 1]) / 2
