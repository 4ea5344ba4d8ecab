"""Figures of game trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import sympy as sp
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.style import FONT_SIZE, height, width
from gametheory_eeu.display.printers import decimal, is_short
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.games import Equilibrium
from gametheory_eeu.games.equilibrium import Profile
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome

if TYPE_CHECKING:
    from gametheory_eeu.forms import ExtensiveForm

ROW_HEIGHT, LABEL_GAP, LANE_WIDTH = 24.0, 30.0, 16.0
"""Least height of a row, room beside an action's name, between the lines of two sets: in points."""


@dataclass
class TreeEdge:
    """An edge: its label, its probability if chance moves, and the node below."""

    label: str
    probability: str
    child: NodePosition

    @property
    def text(self) -> str:
        """Label of the edge, with its probability if there is one."""
        return f"{self.label} ({self.probability})" if self.probability else self.label


@dataclass
class NodePosition:
    """A node with its position, in points; right of ``clear`` no line of a set is crossed."""

    node: Node
    branches: list[TreeEdge] = field(default_factory=list)
    column: int = 0
    x: float = 0.0
    y: float = 0.0
    clear: float = 0.0

    def all(self) -> list[NodePosition]:
        """This place and all below it, from top to bottom."""
        return [self, *(place for edge in self.branches for place in edge.child.all())]

    @property
    def mover(self) -> str:
        """Who moves here; nobody at an end."""
        if isinstance(self.node, Move):
            return self.node.player
        return "chance" if isinstance(self.node, Chance) else ""

    @property
    def payoffs(self) -> Mapping[str, Expr]:
        """What is paid here; nothing before an end."""
        return self.node.payoffs if isinstance(self.node, Outcome) else {}


def _information_sets(places: Sequence[NodePosition]) -> dict[str, list[NodePosition]]:
    """The places at which somebody moves, by their information sets."""
    sets: dict[str, list[NodePosition]] = {}
    for place in places:
        if isinstance(place.node, Move):
            sets.setdefault(place.node.information_set, []).append(place)
    return sets


def number_text(value: Expr) -> str:
    """A payoff or a probability as Matplotlib sets it; long fractions on one line."""
    if value.is_Rational:
        return f"${decimal(value) if is_short(value) else f'{value.p}/{value.q}'}$"
    numerator, denominator = sp.fraction(value)
    if denominator.is_number:
        return f"${expression_latex(value)}$"
    return f"${_parenthesize(numerator)}/{_parenthesize(denominator)}$"


def _parenthesize(value: Expr) -> str:
    text = expression_latex(value)
    return f"({text})" if value.is_Add or value.is_Mul else text


def layout(root: Node, profile: Mapping[str, Mapping[str, Expr]] | None = None) -> NodePosition:
    """Positions of a tree with its nodes; terminal nodes stand in rows, in order.

    With a profile, actions that it mixes show their probability.
    """
    root_position = _position_tree(root, profile or {})
    places = root_position.all()
    _set_columns(places)
    terminals = [place for place in places if isinstance(place.node, Outcome)]
    heights = [height(number_text(v)) for place in terminals for v in place.payoffs.values()]
    row = max(ROW_HEIGHT, max(heights, default=0.0) + 8)
    for i, place in enumerate(terminals):
        place.y = -i * row
    _set_y(root_position)
    _set_x(places)
    return root_position


def edge_label_position(place: NodePosition, edge: TreeEdge) -> tuple[float, float]:
    """Position of an edge's label: on the part that crosses no line of a set."""
    child = edge.child
    x = (max(place.x, place.clear) + child.x) / 2
    y = place.y + (x - place.x) / (child.x - place.x) * (child.y - place.y)
    return x, y


def _position_tree(node: Node, profile: Mapping[str, Mapping[str, Expr]]) -> NodePosition:
    place = NodePosition(node)
    if isinstance(node, Chance):
        for label, p, child in node.branches:
            place.branches.append(TreeEdge(label, number_text(p), _position_tree(child, profile)))
    elif isinstance(node, Move):
        mix = profile.get(node.information_set, {})
        for action, child in node.actions:
            p = number_text(mix[action]) if mix.get(action, 0) not in (0, 1) else ""
            place.branches.append(TreeEdge(action, p, _position_tree(child, profile)))
    return place


def _set_columns(places: list[NodePosition]) -> None:
    """Set columns: one after the parent's, equal within a set where possible."""
    sets = _information_sets(places)
    for _ in range(len(places)):
        previous = [place.column for place in places]
        for place in places:
            for edge in place.branches:
                edge.child.column = max(edge.child.column, place.column + 1)
        for members in sets.values():
            column = max(member.column for member in members)
            for member in members:
                member.column = column
        if previous == [place.column for place in places]:
            return


def _set_y(place: NodePosition) -> None:
    for edge in place.branches:
        _set_y(edge.child)
    if place.branches:
        place.y = (place.branches[0].child.y + place.branches[-1].child.y) / 2


def _set_x(places: list[NodePosition]) -> None:
    """Set x: columns as far apart as labels need, overlapping sets side by side."""
    lanes = _lanes(places)
    lane_counts = {c: max((lanes[id(p)] for p in places if p.column == c), default=0)
            for c in {p.column for p in places}}  # fmt: skip
    start, column_x = 0.0, {}
    for column in range(max(p.column for p in places) + 1):
        column_x[column] = start
        labels = [b.text for p in places if p.column == column for b in p.branches]
        longest = max((width(label) for label in labels), default=0.0)
        start += 1.25 * longest + LABEL_GAP + LANE_WIDTH * lane_counts.get(column, 0)
    for place in places:
        place.x = column_x[place.column] + LANE_WIDTH * lanes[id(place)]
        place.clear = column_x[place.column] + LANE_WIDTH * lane_counts[place.column]
    _move_ends_off_lines(places)


def _move_ends_off_lines(places: list[NodePosition]) -> None:
    """Move ends that are on the line of an information set to its left."""
    for group in _information_sets(places).values():
        x, low, high = group[0].x, min(p.y for p in group), max(p.y for p in group)
        for place in places:
            if not place.branches and place.x == x and low < place.y < high:
                place.x -= LANE_WIDTH


def _lanes(places: list[NodePosition]) -> dict[int, int]:
    """Lane of each place: how many lines of other information sets its own is clear of."""
    lanes = {id(place): 0 for place in places}
    occupied: dict[int, list[tuple[float, float, int]]] = {}
    large_sets = [group for group in _information_sets(places).values() if len(group) > 1]
    for group in sorted(large_sets, key=lambda g: (g[0].column, -g[0].y)):
        column = group[0].column
        low, high = min(p.y for p in group), max(p.y for p in group)
        used_lanes = {lane for a, b, lane in occupied.get(column, []) if a <= high and low <= b}
        lane = next(k for k in range(len(used_lanes) + 1) if k not in used_lanes)
        occupied.setdefault(column, []).append((low, high, lane))
        lanes |= {id(place): lane for place in group}
    return lanes


_POINTS_PER_INCH = 72.0  # in an inch
_MARGIN, _COLUMN_GAP = 14.0, 16.0


def draw(game: ExtensiveForm, *, equilibrium: Equilibrium | str | None = None) -> Figure:
    """The tree, time running to the right; nodes of one information set joined by a dashed line.

    What an equilibrium, given or named, plays is drawn thick, and strong where play arrives; mixed
    actions show their probability.
    """
    if isinstance(equilibrium, str):
        equilibrium = game.solve()[equilibrium]
    profile = None if equilibrium is None else equilibrium.profile
    return draw_positions(layout(game.root, profile), game.players, profile)


def draw_positions(
    root: NodePosition, players: Sequence[str], profile: Profile | None = None
) -> Figure:
    """The figure of a tree whose nodes have their positions."""
    colours = dict(zip(players, style.SERIES * len(players), strict=False))
    columns = _payoff_columns(root, players)
    figure, axes = _empty_axes(root, list(columns.values()), players)
    _draw_edges(axes, root, profile, colours, on_path=True)
    sets = _information_sets(root.all())
    joined = {name: places for name, places in sets.items() if len(places) > 1}
    for places in joined.values():
        _draw_set(axes, root, places, colours)
    for place in root.all():
        _draw_node(axes, place, colours)
    _draw_names(axes, root, None, joined, colours)
    _draw_payoffs(axes, root, columns, colours)
    return figure


def _payoff_columns(root: NodePosition, players: Sequence[str]) -> dict[str, float]:
    """Centre of each player's column of payoffs."""
    ends = [place.payoffs for place in root.all() if place.payoffs]
    x = max(place.x for place in root.all()) + _COLUMN_GAP
    centres = {}
    for player in players:
        widest = max([width(player), *(width(number_text(end[player])) for end in ends)])
        centres[player] = x + widest / 2
        x += widest + _COLUMN_GAP
    return centres


def _empty_axes(
    root: NodePosition, columns: list[float], players: Sequence[str]
) -> tuple[Figure, Axes]:
    """Figure and axes whose unit is a point, so that measured text fits."""
    places = root.all()
    last = players[-1]
    numbers = [width(number_text(p.payoffs[last])) for p in places if p.payoffs]
    left = -_MARGIN - width(root.mover) - 6
    right = max(columns) + max(width(last), *numbers) / 2 + _MARGIN
    low, high = min(p.y for p in places) - _MARGIN - 6, max(p.y for p in places) + 2.6 * _MARGIN
    size = ((right - left) / _POINTS_PER_INCH, (high - low) / _POINTS_PER_INCH)
    figure = style.NotebookFigure(figsize=size)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(low, high))
    axes.set_axis_off()
    return figure, axes


Colours: TypeAlias = Mapping[str, str]


def _draw_edges(
    axes: Axes, place: NodePosition, profile: Profile | None, colours: Colours, *, on_path: bool
) -> None:
    for edge in place.branches:
        child = edge.child
        is_chosen = _is_chosen(place, edge, profile)
        line_style: dict[str, Any] = {"color": style.GREY, "linewidth": 0.8, "zorder": 1}
        if is_chosen:
            colour = colours.get(place.mover, style.INK)
            line_style = {"color": colour, "linewidth": 2.2, "zorder": 2,
                    "alpha": 1.0 if on_path else 0.35}  # fmt: skip
        axes.plot([place.x, child.x], [place.y, child.y], solid_capstyle="round", **line_style)
        _draw_edges(axes, child, profile, colours, on_path=on_path and is_chosen)


def _is_chosen(place: NodePosition, edge: TreeEdge, profile: Profile | None) -> bool:
    if profile is None:
        return False
    if isinstance(place.node, Chance):
        return True
    mix = profile[place.node.information_set] if isinstance(place.node, Move) else {}
    return bool(mix[edge.label] != 0)


def _draw_names(
    axes: Axes,
    place: NodePosition,
    parent: NodePosition | None,
    joined: Mapping[str, Sequence[NodePosition]],
    colours: Colours,
) -> None:
    """Draw the action on every edge, and the mover at every node that no line joins to others."""
    for edge in place.branches:
        child = edge.child
        x, y = edge_label_position(place, edge)
        axes.text(x, y, edge.text, fontsize=FONT_SIZE, ha="center", va="center", zorder=4,
                  style="normal", bbox=_halo())  # fmt: skip
        _draw_names(axes, child, place, joined, colours)
    mover, node = place.mover, place.node
    if mover and not (isinstance(node, Move) and node.information_set in joined):
        dx, dy, ha, va = _label_offset(place, parent)
        axes.text(place.x + dx, place.y + dy, mover, fontsize=FONT_SIZE, ha=ha, va=va, zorder=6,
                  color=colours.get(mover, style.GREY),
                  style="italic" if mover not in colours else "normal")  # fmt: skip


def _label_offset(
    place: NodePosition, parent: NodePosition | None
) -> tuple[float, float, str, str]:
    """Offset and alignment of a label on the side of a node where no edge arrives."""
    if parent is None:
        return -7, 0, "right", "center"
    if parent.y > place.y + 1:
        return -3, -5, "right", "top"
    if parent.y < place.y - 1:
        return -3, 5, "right", "bottom"
    return 0, 6, "center", "bottom"


def _halo() -> dict[str, Any]:
    return {"facecolor": "white", "edgecolor": "none", "pad": 1.2}


def _draw_set(axes: Axes, root: NodePosition, places: list[NodePosition], colours: Colours) -> None:
    """Draw the line that joins the nodes of an information set, and name its player on it."""
    mover = places[0].mover
    axes.plot([p.x for p in places], [p.y for p in places], color=colours[mover], linewidth=1.2,
              linestyle=(0, (4, 3)), zorder=3)  # fmt: skip
    axes.text(*_set_label_position(root, places, mover), mover, fontsize=FONT_SIZE, rotation=90,
              ha="center", va="center", color=colours[mover], zorder=5, bbox=_halo())  # fmt: skip


def _set_label_position(
    root: NodePosition, places: list[NodePosition], mover: str
) -> tuple[float, float]:
    """Point on the line of an information set farthest from edges and their labels."""
    half = width(mover) / 2
    candidates: list[tuple[float, float, float]] = []
    for upper, lower in pairwise(places):
        for step in range(1, 20):
            x = upper.x + (lower.x - upper.x) * step / 20
            y = upper.y + (lower.y - upper.y) * step / 20
            clearance = (
                min([upper.y - y - 5, y - lower.y - 5, *_vertical_distances(root, x, y)]) - half
            )
            candidates.append((min(clearance, 12.0), x, y))
    largest = max(clearance for clearance, _, _ in candidates)
    return next((x, y) for clearance, x, y in candidates if clearance == largest)


def _vertical_distances(place: NodePosition, x: float, y: float) -> Iterator[float]:
    """Vertical distances from a point to every edge and edge label."""
    for edge in place.branches:
        child = edge.child
        if place.x < x < child.x:
            yield abs(place.y + (x - place.x) / (child.x - place.x) * (child.y - place.y) - y)
        label_x, label_y = edge_label_position(place, edge)
        if abs(label_x - x) < width(edge.text) / 2 + FONT_SIZE:
            yield abs(label_y - y) - FONT_SIZE / 2
        yield from _vertical_distances(child, x, y)


def _draw_node(axes: Axes, place: NodePosition, colours: Colours) -> None:
    looks: dict[str, Any]
    if isinstance(place.node, Outcome):
        marker, looks = "o", {"color": style.INK, "markersize": 2.2}
    elif isinstance(place.node, Chance):
        marker, looks = "s", {"color": "white", "markeredgecolor": style.INK, "markersize": 5}
    else:
        marker, looks = "o", {"color": colours[place.mover], "markersize": 5.5}
    axes.plot([place.x], [place.y], marker, zorder=5, **looks)


def _draw_payoffs(
    axes: Axes, root: NodePosition, columns: Mapping[str, float], colours: Colours
) -> None:
    ends = [place for place in root.all() if place.payoffs]
    heading_y = max(place.y for place in root.all()) + 1.3 * _MARGIN
    for player, x in columns.items():
        axes.text(x, heading_y, player, fontsize=FONT_SIZE, ha="center", va="bottom",
                  color=colours[player], weight="bold")  # fmt: skip
    first, centre = next(iter(columns.items()))
    widest = max(width(number_text(place.payoffs[first])) for place in ends)
    line_end = centre - _COLUMN_GAP / 2 - widest / 2
    for place in ends:
        axes.plot([place.x + 4, max(place.x + 4, line_end)], [place.y] * 2, color="#C8C8C8",
                  linewidth=0.7, linestyle=(0, (1, 2.5)), zorder=0)  # fmt: skip
        for player, x in columns.items():
            axes.text(x, place.y, number_text(place.payoffs[player]), fontsize=FONT_SIZE,
                      ha="center", va="center")  # fmt: skip
