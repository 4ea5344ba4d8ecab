"""Sliders over a game's parameters, with its equilibria, thresholds and regimes, in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import floor, log10
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.display.as_text import html
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnsupportedError
from gametheory_eeu.games import AbstractGame, Game, Partition
from gametheory_eeu.statics.regimes import regimes

_INSTALL = (
    "ipywidgets, which draws sliders, is not installed; install it with: "
    "pip install 'gametheory-eeu[notebook]'"
)
_OUTSIDE = (
    "explore() moves sliders in a notebook, and this is none; here write "
    "game.at(name=value).solve() and regimes(game).plot(...)"
)
_STEPS = 100
_DIGITS = 9
_NONE = "(none)"


def explore(game: AbstractGame, x: str | None = None, y: str | None = None) -> Explorer:
    """Sliders over a game's parameters, in a notebook; what ``game.explore()`` gives."""
    widgets()
    if not _is_notebook():
        raise UnsupportedError(_OUTSIDE)
    return Explorer(game, x, y)


def widgets() -> Any:
    """The module of widgets, or an error with the line that installs it."""
    try:
        import ipywidgets
    except ImportError:
        raise GameTheoryError(_INSTALL) from None
    return ipywidgets


def _is_notebook() -> bool:
    """Whether this runs in a kernel, which a page can talk to."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None


@dataclass(frozen=True)
class SliderRange:
    """The ends, the step and the start of a slider."""

    low: Expr
    high: Expr
    step: Expr
    start: Expr
    is_integer: bool

    @classmethod
    def of(cls, symbol: Symbol, conditions: list[Boolean], start: Expr) -> SliderRange:
        """What conditions on one symbol leave of it; an open end is one step away."""
        allowed = sp.S.Reals
        for condition in conditions:
            allowed = allowed.intersect(condition.as_set())
        low, high = allowed.inf, allowed.sup
        reach = max(2 * abs(start), sp.Integer(2))
        low = low if low.is_finite else min(sp.Integer(0), sp.floor(start - reach))
        high = high if high.is_finite else max(low + 1, sp.ceiling(start + reach))
        is_integer = bool(symbol.is_integer)
        step = sp.Integer(1) if is_integer else _round_step(high - low)
        low = low if is_integer or low in allowed else low + step
        high = high if is_integer or high in allowed else high - step
        return cls(low, high, step, start, is_integer)


def _round_step(length: Expr) -> Expr:
    """A hundredth of a length, down to 1, 2 or 5 times a power of ten."""
    hundredth = float(length) / _STEPS
    power = sp.Integer(10) ** floor(log10(hundredth))
    return max(k * power for k in (1, 2, 5) if k * float(power) <= hundredth * (1 + 1e-9))


class Explorer:
    """A game whose parameters are moved by sliders.

    Parameters
    ----------
    game : game
    x, y : str, optional
        The symbols along the axes of the map at the start.
    """

    def __init__(self, game: AbstractGame, x: str | None = None, y: str | None = None) -> None:
        self.game = _opened(game)
        self.partition: Partition = regimes(self.game)
        self._start = _start(game, self.partition)
        names = [s.name for s in self._symbols]
        if not names:
            raise ParameterError("game", game, "a game with symbols, or with parameters, to move")
        self._axes = _axes(names, self._turning, x, y)
        self._build(widgets())
        self.update()

    @cached_property
    def _turning(self) -> list[str]:
        """The symbols on which the regimes turn."""
        free = {s.name for cell in self.partition.cells for s in cell.condition.free_symbols}
        return [s.name for s in self.game.space.symbols if s.name in free]

    @cached_property
    def _symbols(self) -> list[Symbol]:
        """The symbols with a slider, those on which the regimes turn first."""
        return sorted(self.game.space.symbols, key=lambda s: s.name not in self._turning)

    def _build(self, library: Any) -> None:
        labels = {s: _label(s, _parameter(self.game, s)) for s in self._symbols}
        width = f"{max(5, 3 + max(map(len, labels.values())) // 2)}em"
        self.sliders = {
            s.name: self._slider(library, s, label, width) for s, label in labels.items()
        }
        options = [name for name in self.sliders if name in self._turning] or list(self.sliders)
        first, second = self._axes
        style = {"description_width": width}
        self.x = library.Dropdown(options=options, value=first, description="across", style=style)
        self.y = library.Dropdown(
            options=[_NONE, *options], value=second or _NONE, description="up", style=style
        )
        self.map = library.Image(format="png", layout=library.Layout(width="640px"))
        self.equilibria, self.thresholds = library.HTML(), library.HTML()
        controls = [*self.sliders.values(), self.x, self.y]
        for control in controls:
            control.observe(lambda _: self.update(), names="value")
        self.widget = library.VBox([
            library.HBox([library.VBox(controls), self.map],
                         layout=library.Layout(flex_flow="row wrap")),
            self.equilibria, self.thresholds,
        ])  # fmt: skip

    def _slider(self, library: Any, symbol: Symbol, label: str, width: str) -> Any:
        constraints = [c for c in self.game.space.constraints if c.free_symbols == {symbol}]
        row = _parameter(self.game, symbol)
        if row is not None:
            constraints += [c for c in [row.domain.as_relational(symbol)] if c != sp.true]
        span = SliderRange.of(symbol, constraints, self._start[symbol])
        kind, number = (library.IntSlider, int) if span.is_integer else (library.FloatSlider, float)
        options = {"min": number(span.low), "max": number(span.high), "step": number(span.step)}
        digits = max(0, -floor(log10(float(span.step))))
        return kind(
            value=number(span.start), **options, description=label,
            tooltip=row.meaning if row is not None else symbol.name, continuous_update=False,
            readout_format="d" if span.is_integer else f".{digits}f",
            style={"description_width": width}, layout={"width": f"calc({width} + 16em)"},
        )  # fmt: skip

    @property
    def values(self) -> dict[str, Expr]:
        """The values of the sliders, exact, by symbol; a start that was not moved stays exact."""
        starts = {s.name: value for s, value in self._start.items()}
        return {
            name: starts[name]
            if float(slider.value) == float(starts[name])
            else exact(round(slider.value, _DIGITS), name)
            for name, slider in self.sliders.items()
        }

    def update(self) -> None:
        """Show what holds at the values of the sliders."""
        values = self.values
        try:
            game = self.game.at(**values)
            self.equilibria.value = html(game.solve())
            self.map.value = self._picture(values)
            self.thresholds.value = html(self._table(game, values))
        except GameTheoryError as error:
            message = str(error).replace("&", "&amp;").replace("<", "&lt;")
            self.equilibria.value, self.thresholds.value = f"<p>{message}</p>", ""

    def _picture(self, values: Mapping[str, Expr]) -> bytes:
        """The map of the regimes, the place of the sliders marked."""
        from gametheory_eeu.display.figures import figure, figure_bytes

        x, y = self.x.value, None if self.y.value in (_NONE, self.x.value) else self.y.value
        others = {name: v for name, v in values.items() if name not in (x, y)}
        limits = {f"{axis}lim": self._limits(name) for axis, name in (("x", x), ("y", y)) if name}
        drawn = figure(self.partition, x=x, y=y, at=others, **limits)
        place = float(values[x]), float(values[y]) if y else 0.08
        drawn.axes[0].plot(*place, "o" if y else "^", color="#222222", markersize=7, zorder=6,
                           clip_on=False)  # fmt: skip
        return figure_bytes(drawn, "png")

    def _limits(self, name: str) -> tuple[float, float]:
        slider = self.sliders[name]
        return float(slider.min), float(slider.max)

    def _table(self, game: AbstractGame, values: Mapping[str, Expr]) -> Table:
        """Where the equilibria change as one symbol moves, and the quantities of a model."""
        rows: list[tuple[Cell, ...]] = [
            (f"equilibria change, as {name} moves, at", self._changes(name, values))
            for name in self._turning
        ]
        if isinstance(game, Game):
            for q in game.quantities.values():
                value = q.expression if q.exists_when == sp.true else "does not exist here"
                rows.append((q.name.replace("_", " "), value))
        return Table(("", ""), tuple(rows), "Thresholds")

    def _changes(self, name: str, values: Mapping[str, Expr]) -> str:
        """The values of one symbol at which the equilibria change, the others at theirs."""
        from gametheory_eeu.display.figures.regimes import changes_along

        others = {other: value for other, value in values.items() if other != name}
        found = changes_along(self.partition, name, others, self._limits(name))
        return ", ".join(f"{value:.4g}" for value in found) or "no value"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.widget._repr_mimebundle_(**options)


def _opened(game: AbstractGame) -> AbstractGame:
    """The game, its parameters open again where it has a value for every one."""
    if isinstance(game, Game) and not game.space.symbols:
        return game.general
    return game


def _start(game: AbstractGame, partition: Partition) -> dict[Symbol, Expr]:
    """Where the sliders start: at the game's own values, else inside a regime."""
    space, own = partition.space, getattr(game, "values", {})
    fixed = {s: own[s] for s in space.symbols if getattr(own.get(s), "is_number", False)}
    left = space.subs(fixed) if fixed else space
    inside = partition.cells[0].witness if partition.cells and not fixed else left.witness()
    found = {s.name: value for s, value in (inside or {}).items()}
    return {s: fixed.get(s, found.get(s.name, sp.Integer(0))) for s in space.symbols}


def _axes(
    names: list[str], turning: list[str], x: str | None, y: str | None
) -> tuple[str, str | None]:
    """The axes of the map at the start: as given, or the first symbols that matter."""
    known = turning or names
    for name in (x, y):
        if name is not None:
            arg.one_of("symbol", name, known)
    rest: Iterator[str] = (name for name in known if name not in (x, y))
    return x or next(rest, known[0]), y or next(rest, None)


def _parameter(game: AbstractGame, symbol: Symbol) -> Any:
    if not isinstance(game, Game):
        return None
    return next((row for row in game.parameters if row.symbol == symbol), None)


def _label(symbol: Symbol, row: Any) -> str:
    return symbol.name if row is None else f"{row.name.replace('_', ' ')}, {symbol.name}"
