"""Layout of a game tree: time runs to the right, one row for each terminal node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures.style import height, width
from gametheory_eeu.display.printers import decimal, is_short
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome

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
    tallest = max(
        (height(number_text(v)) for p in terminals for v in _payoffs(p.node).values()), default=0.0
    )
    row = max(ROW_HEIGHT, tallest + 8)
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


def _payoffs(node: Node) -> Any:
    return node.payoffs if isinstance(node, Outcome) else {}


def _position_tree(node: Node, profile: Mapping[str, Mapping[str, Expr]]) -> NodePosition:
    place = NodePosition(node)
    if isinstance(node, Chance):
        place.branches = [
            TreeEdge(label, number_text(p), _position_tree(child, profile))
            for label, p, child in node.branches
        ]
    elif isinstance(node, Move):
        mix = profile.get(node.information_set, {})
        place.branches = [
            TreeEdge(
                action,
                number_text(mix[action]) if mix.get(action, 0) not in (0, 1) else "",
                _position_tree(child, profile),
            )
            for action, child in node.actions
        ]
    return place


def _set_columns(places: list[NodePosition]) -> None:
    """Set columns: one after the parent's, equal within a set where possible."""
    sets: dict[str, list[NodePosition]] = {}
    for place in places:
        if isinstance(place.node, Move):
            sets.setdefault(place.node.information_set, []).append(place)
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


def _lanes(places: list[NodePosition]) -> dict[int, int]:
    """Lane of each place: how many lines of other information sets its own is clear of."""
    members: dict[str, list[NodePosition]] = {}
    for place in places:
        if isinstance(place.node, Move):
            members.setdefault(place.node.information_set, []).append(place)
    lanes = {id(place): 0 for place in places}
    occupied: dict[int, list[tuple[float, float, int]]] = {}
    large_sets = [group for group in members.values() if len(group) > 1]
    for group in sorted(large_sets, key=lambda g: (g[0].column, -g[0].y)):
        column = group[0].column
        low, high = min(p.y for p in group), max(p.y for p in group)
        used_lanes = {lane for a, b, lane in occupied.get(column, []) if a <= high and low <= b}
        lane = next(k for k in range(len(used_lanes) + 1) if k not in used_lanes)
        occupied.setdefault(column, []).append((low, high, lane))
        lanes |= {id(place): lane for place in group}
    return lanes
