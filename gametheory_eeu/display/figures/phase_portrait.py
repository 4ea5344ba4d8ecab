"""Phase portrait of the replicator dynamics: on a line, in a square, in a triangle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import sympy as sp
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import Array
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.forms.dynamics import nash_game

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STABLE, EQUILIBRIUM, OTHER = "stable", "equilibrium", "other"
_FACES = {STABLE: style.INK, EQUILIBRIUM: "#A8A8A8", OTHER: "white"}
_KINDS = {
    True: ("evolutionarily stable", "equilibrium, not evolutionarily stable"),
    False: (
        "strict equilibrium, asymptotically stable",
        "equilibrium, not asymptotically stable",
    ),
}
"""What stable rest points and other equilibria are called, by whether there is one population."""
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])
"""The corners of the triangle."""
_GRID = 121
_STREAMS: dict[str, Any] = {"color": style.BLUE, "linewidth": 0.8, "arrowsize": 0.9}


Shares: TypeAlias = tuple[tuple[sp.Expr, ...], ...]


@dataclass(frozen=True)
class RestPoint:
    """A point at which no share moves, by player the exact share of each action."""

    shares: Shares
    kind: str

    @property
    def numbers(self) -> list[Array]:
        """The shares as floats."""
        return [np.array([float(p) for p in own]) for own in self.shares]


def draw(game: NormalForm) -> Figure:
    """The replicator dynamics of a game of two players in numbers."""
    nash = nash_game(game)
    payoffs = [np.asarray(m, dtype=float) for m in nash.payoff_matrices]
    size = game.shape[0]
    if game.is_symmetric and size in (2, 3):
        return (_draw_line if size == 2 else _draw_triangle)(game, payoffs[0])
    if game.shape == (2, 2):
        return _draw_square(game, *payoffs)
    raise UnsupportedError(
        f"a phase portrait is of two actions each, or of three in a symmetric game, and this is "
        f"{game!r}; take .restricted(...), or plot a path of .replicator()"
    )


def rest_points(game: NormalForm) -> tuple[list[RestPoint], list[RestPoint]]:
    """The isolated rest points, and the ends of edges that are at rest all along.

    A rest point is an equilibrium, with all its actions played, of the game restricted to some.
    """
    points: list[RestPoint] = []
    edges: list[RestPoint] = []
    stable = _stable(game)
    for kept in _restrictions(game):
        for mixes, is_isolated in _interior(game.restricted(kept), is_alike=game.is_symmetric):
            shares = tuple(
                tuple(mix.get(a, sp.Integer(0)) for a in game.actions[p])
                for p, mix in zip(game.players, mixes, strict=True)
            )
            if is_isolated:
                points.append(RestPoint(shares, _kind(game, shares, stable)))
            elif sum(len(actions) - 1 for actions in kept.values()) == 1 + game.is_symmetric:
                edges.append(RestPoint(shares, OTHER))
    return points, edges


def _interior(game: NormalForm, *, is_alike: bool) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """The equilibria at which every action is played, alike in one population; if isolated."""
    is_small = is_alike and game.shape[0] > 1
    for equilibrium in (game.symmetric_form() if is_small else game).solve():
        mixes = tuple(equilibrium.profile.values()) * (2 if is_small else 1)
        if all(p != 0 for mix in mixes for p in mix.values()):
            yield mixes, not equilibrium.free


def _restrictions(game: NormalForm) -> Iterator[dict[str, tuple[str, ...]]]:
    """The choices of some actions: the same for both players of a symmetric game."""
    subsets = [
        [s for size in range(1, len(a) + 1) for s in combinations(a, size)]
        for a in game.actions.values()
    ]
    pairs = zip(subsets[0], subsets[0], strict=True) if game.is_symmetric else product(*subsets)
    for pair in pairs:
        yield dict(zip(game.players, pair, strict=True))


def _values(game: NormalForm, profile: Any) -> Iterator[tuple[sp.Expr, list[sp.Expr]]]:
    """Of each player what a profile pays, and what each action does against it."""
    for player, actions in game.actions.items():
        against = (game.payoff({**profile, player: action}, player) for action in actions)
        yield game.payoff(profile, player), list(against)


def _stable(game: NormalForm) -> set[Shares]:
    """Evolutionarily stable strategies; of two populations the strict equilibria."""
    found = game.ess() if game.is_symmetric else game.solve("pure Nash")
    profiles = [e.profile for e in found]
    if not game.is_symmetric:
        profiles = [p for p in profiles if all(v.count(max(v)) == 1 for _, v in _values(game, p))]
    return {tuple(tuple(mix.values()) for mix in profile.values()) for profile in profiles}


def _kind(game: NormalForm, shares: Shares, stable: set[Shares]) -> str:
    if shares in stable:
        return STABLE
    profile = {
        p: dict(zip(game.actions[p], own, strict=True))
        for p, own in zip(game.players, shares, strict=True)
    }
    improves = any(v > own for own, values in _values(game, profile) for v in values)
    return OTHER if improves else EQUILIBRIUM


def _draw_line(game: NormalForm, payoffs: Array) -> Figure:
    """The growth of the first action's share, and the direction along the axis."""
    figure = style.empty_figure(style.WIDTH, 3.0)
    axes = figure.add_subplot()
    x = np.linspace(0, 1, 401)
    fitness = payoffs @ np.array([x, 1 - x])
    speed = x * (1 - x) * (fitness[0] - fitness[1])
    axes.plot(x, speed, color=style.BLUE)
    axes.axhline(0, color=style.INK, linewidth=1.0, zorder=2)
    points, edges = rest_points(game)
    ends = sorted(float(p.shares[0][0]) for p in points)
    for low, high in pairwise(ends) if not edges else ():
        middle, step = (low + high) / 2, 0.02
        rises = np.interp(middle, x, speed) > 0
        tail, head = (middle - step, middle + step) if rises else (middle + step, middle - step)
        axes.annotate("", (head, 0), (tail, 0), zorder=3, arrowprops={
            "arrowstyle": "-|>", "color": style.INK, "shrinkA": 0, "shrinkB": 0})  # fmt: skip
    for point in points:
        _dot(axes, point.numbers[0][0], 0, point.kind)
    first = game.actions[game.players[0]][0]
    axes.set(xlim=(0, 1), xlabel=f"Share of {first}", ylabel=f"Growth of the share of {first}")
    return _finished(figure, axes, game, points, at_rest=bool(edges))


def _draw_square(game: NormalForm, one: Array, other: Array) -> Figure:
    """Arrows in the square of both players' shares of their first actions."""
    figure = style.empty_figure(style.WIDTH, 4.4)
    axes = figure.add_subplot(aspect="equal")
    x, y = np.meshgrid(np.linspace(0, 1, _GRID), np.linspace(0, 1, _GRID))
    gain = (one[0, 0] - one[1, 0]) * y + (one[0, 1] - one[1, 1]) * (1 - y)
    other_gain = (other[0, 0] - other[0, 1]) * x + (other[1, 0] - other[1, 1]) * (1 - x)
    axes.streamplot(x, y, x * (1 - x) * gain, y * (1 - y) * other_gain, density=0.9, **_STREAMS)
    points, edges = rest_points(game)
    for edge in edges:
        corners = [sorted({0.0, 1.0}) if own[0].free_symbols else [float(own[0])] * 2
                   for own in edge.shares]  # fmt: skip
        axes.plot(*corners, color=style.INK, linewidth=3, zorder=3, clip_on=False)
    for point in points:
        first, second = point.numbers
        _dot(axes, first[0], second[0], point.kind)
    labels = [f"Share of {game.actions[p][0]}, {p}" for p in game.players]
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=labels[0], ylabel=labels[1])
    for side in ("top", "right"):
        axes.spines[side].set_visible(True)
    return _finished(figure, axes, game, points, at_rest=bool(edges))


def _draw_triangle(game: NormalForm, payoffs: Array) -> Figure:
    """Arrows in the triangle of the shares of three actions."""
    figure = style.empty_figure(style.WIDTH, 4.4)
    axes = figure.add_subplot(aspect="equal")
    axes.set_axis_off()
    x, y = np.meshgrid(np.linspace(0, 1, _GRID), np.linspace(0, _CORNERS[2, 1], _GRID))
    shares = np.stack([1 - x - y / np.sqrt(3), x - y / np.sqrt(3), 2 * y / np.sqrt(3)])
    fitness = np.tensordot(payoffs, shares, 1)
    speed = shares * (fitness - (shares * fitness).sum(axis=0))
    u, v = (np.where((shares >= 0).all(axis=0), np.tensordot(c, speed, 1), np.nan)
            for c in _CORNERS.T)  # fmt: skip
    axes.streamplot(x, y, u, v, density=0.9, **_STREAMS)
    axes.plot(*_CORNERS[[0, 1, 2, 0]].T, color=style.INK, linewidth=1.0, zorder=2)
    points, edges = rest_points(game)
    for edge in edges:
        used = [k for k, p in enumerate(edge.shares[0]) if p != 0]
        axes.plot(*_CORNERS[used].T, color=style.INK, linewidth=3, zorder=3)
    for point in points:
        x_point, y_point = point.numbers[0] @ _CORNERS
        _dot(axes, x_point, y_point, point.kind)
    places = (((-8, -8), "right"), ((8, -8), "left"), ((0, 9), "center"))
    names = game.actions[game.players[0]]
    for corner, name, (offset, side) in zip(_CORNERS, names, places, strict=True):
        axes.annotate(name, corner, offset, textcoords="offset points", ha=side, va="center")
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, _CORNERS[2, 1] + 0.02))
    return _finished(figure, axes, game, points, at_rest=bool(edges))


def _dot(axes: Axes, x: float, y: float, kind: str) -> None:
    axes.plot([x], [y], "o", color=_FACES[kind], markeredgecolor=style.INK, markersize=7,
              zorder=5, clip_on=False)  # fmt: skip


def _finished(
    figure: Figure, axes: Axes, game: NormalForm, points: list[RestPoint], *, at_rest: bool
) -> Figure:
    """Add the title, and the legend of the kinds of rest points that are there."""
    axes.set_title(game.title or "Replicator dynamics", pad=14)
    names = (*_KINDS[game.is_symmetric], "at rest, no equilibrium")
    present = {point.kind for point in points}
    entries = [
        Line2D([], [], marker="o", linestyle="", color=_FACES[kind], markeredgecolor=style.INK,
               markersize=7, label=name)
        for kind, name in zip(_FACES, names, strict=True) if kind in present
    ]  # fmt: skip
    if at_rest:
        entries.append(Line2D([], [], color=style.INK, linewidth=3, label="at rest all along"))
    figure.legend(handles=entries, loc="outside lower left", frameon=False, fontsize=8,
                  ncols=2)  # fmt: skip
    return figure
