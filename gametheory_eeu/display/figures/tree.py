"""A game tree as textbooks draw it: players, actions, information sets, payoffs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.measure import SIZE, width
from gametheory_eeu.display.figures.tree_layout import Branch, Place, laid_out, middle, number
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.model.tree import Chance, Move, Outcome

if TYPE_CHECKING:
    from gametheory_eeu.forms import ExtensiveForm

_POINTS = 72.0  # in an inch
_MARGIN, _BESIDE = 14.0, 16.0
Played = Mapping[str, Mapping[str, Expr]]


def draw(game: ExtensiveForm, *, equilibrium: Equilibrium | str | None = None) -> Figure:
    """The tree, time running to the right; nodes of one information set joined by a dashed line.

    Parameters
    ----------
    game : ExtensiveForm
    equilibrium : Equilibrium or str, optional
        Or the name of one: what it plays is drawn thick, and strong where play arrives; mixed
        actions show their probability.
    """
    if isinstance(equilibrium, str):
        equilibrium = game.solve()[equilibrium]
    played = None if equilibrium is None else equilibrium.profile
    top = laid_out(game.root, played)
    colours = dict(zip(game.players, style.SERIES * len(game.players), strict=False))
    columns = _payoff_columns(top, game.players)
    figure, axes = _canvas(top, list(columns.values()), game)
    _draw_edges(axes, top, played, colours, on_path=True)
    _draw_sets(axes, top, colours)
    for place in top.all():
        _draw_node(axes, place, colours)
    _draw_names(axes, top, None, colours)
    _draw_payoffs(axes, top, columns, colours)
    return figure


def _payoff_columns(top: Place, players: Sequence[str]) -> dict[str, float]:
    """Where each player's column of payoffs has its middle."""
    ends = [place.node.payoffs for place in top.all() if isinstance(place.node, Outcome)]
    at = max(place.x for place in top.all()) + _BESIDE
    found = {}
    for player in players:
        widest = max([width(player), *(width(number(end[player])) for end in ends)])
        found[player] = at + widest / 2
        at += widest + _BESIDE
    return found


def _canvas(top: Place, columns: list[float], game: ExtensiveForm) -> tuple[Figure, Axes]:
    """Axes whose unit is a point, so that what was measured fits."""
    places = top.all()
    last = width(game.players[-1]) / 2
    widest = max((width(number(p.node.payoffs[game.players[-1]])) for p in places
                  if isinstance(p.node, Outcome)), default=0.0)  # fmt: skip
    left = -_MARGIN - _label_width(top) - 6
    right = max(columns) + max(last, widest / 2) + _MARGIN
    low, high = min(p.y for p in places) - _MARGIN - 6, max(p.y for p in places) + 2.6 * _MARGIN
    figure = Figure(figsize=((right - left) / _POINTS, (high - low) / _POINTS))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(low, high))
    axes.set_axis_off()
    return figure, axes


def _label_width(top: Place) -> float:
    return width(_who(top))


def _who(place: Place) -> str:
    if isinstance(place.node, Move):
        return place.node.player
    return "chance" if isinstance(place.node, Chance) else ""


def _draw_edges(
    axes: Axes, place: Place, played: Played | None, colours: Mapping[str, str], *, on_path: bool
) -> None:
    for branch in place.branches:
        child = branch.child
        chosen = _is_chosen(place, branch, played)
        look: dict[str, Any] = {"color": style.GREY, "linewidth": 0.8, "zorder": 1}
        if chosen:
            colour = colours.get(_who(place), style.INK)
            look = {"color": colour, "linewidth": 2.2, "zorder": 2,
                    "alpha": 1.0 if on_path else 0.35}  # fmt: skip
        axes.plot([place.x, child.x], [place.y, child.y], solid_capstyle="round", **look)
        _draw_edges(axes, child, played, colours, on_path=on_path and chosen)


def _is_chosen(place: Place, branch: Branch, played: Played | None) -> bool:
    if played is None:
        return False
    if isinstance(place.node, Chance):
        return True
    mix = played[place.node.information_set] if isinstance(place.node, Move) else {}
    return bool(mix[branch.label] != 0)


def _draw_names(axes: Axes, place: Place, parent: Place | None, colours: Mapping[str, str]) -> None:
    """The action on every edge, and who moves at every node that stands alone."""
    for branch in place.branches:
        child = branch.child
        x, y = middle(place, branch)
        axes.text(x, y, branch.text, fontsize=SIZE, ha="center", va="center", zorder=4,
                  style="normal", bbox=_halo())  # fmt: skip
        _draw_names(axes, child, place, colours)
    who = _who(place)
    if who and not _is_joined(axes, place):
        dx, dy, ha, va = _beside(place, parent)
        axes.text(place.x + dx, place.y + dy, who, fontsize=SIZE, ha=ha, va=va, zorder=6,
                  color=colours.get(who, style.GREY),
                  style="italic" if who not in colours else "normal")  # fmt: skip


def _is_joined(axes: Axes, place: Place) -> bool:
    joined: set[str] = getattr(axes, "_joined_sets", set())
    return isinstance(place.node, Move) and place.node.information_set in joined


def _beside(place: Place, parent: Place | None) -> tuple[float, float, str, str]:
    """The side of a node on which no edge arrives."""
    if parent is None:
        return -7, 0, "right", "center"
    if parent.y > place.y + 1:
        return -3, -5, "right", "top"
    if parent.y < place.y - 1:
        return -3, 5, "right", "bottom"
    return 0, 6, "center", "bottom"


def _halo() -> dict[str, Any]:
    return {"facecolor": "white", "edgecolor": "none", "pad": 1.2}


def _draw_sets(axes: Axes, top: Place, colours: Mapping[str, str]) -> None:
    sets: dict[str, list[Place]] = {}
    for place in top.all():
        if isinstance(place.node, Move):
            sets.setdefault(place.node.information_set, []).append(place)
    several = {name: places for name, places in sets.items() if len(places) > 1}
    axes._joined_sets = set(several)  # type: ignore[attr-defined]
    for places in several.values():
        who = _who(places[0])
        colour = colours[who]
        axes.plot([p.x for p in places], [p.y for p in places], color=colour, linewidth=1.2,
                  linestyle=(0, (4, 3)), zorder=3)  # fmt: skip
        axes.text(*_free_spot(top, places, who), who, fontsize=SIZE, rotation=90,
                  ha="center", va="center", color=colour, zorder=5, bbox=_halo())  # fmt: skip


def _free_spot(top: Place, places: list[Place], who: str) -> tuple[float, float]:
    """A point on the line of a set that is as far as can be from edges and their names."""
    half = width(who) / 2
    found: list[tuple[float, float, float]] = []
    for one, two in pairwise(places):
        for step in range(1, 20):
            x = one.x + (two.x - one.x) * step / 20
            y = one.y + (two.y - one.y) * step / 20
            room = min([one.y - y - 5, y - two.y - 5, *_distances(top, x, y)]) - half
            found.append((min(room, 12.0), x, y))
    best = max(room for room, _, _ in found)
    return next((x, y) for room, x, y in found if room == best)


def _distances(place: Place, x: float, y: float) -> Iterator[float]:
    """From a point, up and down, to every edge and every name on one."""
    for branch in place.branches:
        child = branch.child
        if place.x < x < child.x:
            yield abs(place.y + (x - place.x) / (child.x - place.x) * (child.y - place.y) - y)
        at, level = middle(place, branch)
        if abs(at - x) < width(branch.text) / 2 + SIZE:
            yield abs(level - y) - SIZE / 2
        yield from _distances(child, x, y)


def _draw_node(axes: Axes, place: Place, colours: Mapping[str, str]) -> None:
    if isinstance(place.node, Outcome):
        axes.plot([place.x], [place.y], "o", color=style.INK, markersize=2.2, zorder=5)
    elif isinstance(place.node, Chance):
        axes.plot([place.x], [place.y], "s", color="white", markeredgecolor=style.INK,
                  markersize=5, zorder=5)  # fmt: skip
    else:
        axes.plot([place.x], [place.y], "o", color=colours[place.node.player], markersize=5.5,
                  zorder=5)  # fmt: skip


def _draw_payoffs(
    axes: Axes, top: Place, columns: Mapping[str, float], colours: Mapping[str, str]
) -> None:
    ends = [place for place in top.all() if isinstance(place.node, Outcome)]
    first = min(columns.values())
    over = max(place.y for place in top.all()) + 1.3 * _MARGIN
    for player, x in columns.items():
        axes.text(x, over, player, fontsize=SIZE, ha="center", va="bottom", color=colours[player],
                  weight="bold")  # fmt: skip
    for place in ends:
        reach = (
            first
            - _BESIDE / 2
            - max(
                width(number(e.node.payoffs[next(iter(columns))]))
                for e in ends
                if isinstance(e.node, Outcome)
            )
            / 2
        )
        axes.plot([place.x + 4, max(place.x + 4, reach)], [place.y] * 2, color="#C8C8C8",
                  linewidth=0.7, linestyle=(0, (1, 2.5)), zorder=0)  # fmt: skip
        for player, x in columns.items():
            if isinstance(place.node, Outcome):
                axes.text(x, place.y, number(place.node.payoffs[player]), fontsize=SIZE,
                          ha="center", va="center")  # fmt: skip
