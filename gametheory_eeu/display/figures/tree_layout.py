"""Where a game tree's nodes stand: time runs to the right, one row for each end of the game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.display.figures.measure import height, width
from gametheory_eeu.display.printers import decimal, is_short
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome

ROW, GAP, STAGGER = 24.0, 30.0, 16.0
"""Least height of a row, room beside an action's name, between the lines of two sets: in points."""


@dataclass
class Branch:
    """An edge: what it is called, its probability if chance's, and where it leads."""

    label: str
    probability: str
    child: Place

    @property
    def text(self) -> str:
        """The words on the edge."""
        return f"{self.label} ({self.probability})" if self.probability else self.label


@dataclass
class Place:
    """A node with its position, in points; right of ``clear`` no line of a set is crossed."""

    node: Node
    branches: list[Branch] = field(default_factory=list)
    column: int = 0
    x: float = 0.0
    y: float = 0.0
    clear: float = 0.0

    def all(self) -> list[Place]:
        """This place and all below it, from top to bottom."""
        return [self, *(place for branch in self.branches for place in branch.child.all())]


def number(value: Expr) -> str:
    """A payoff or a probability as Matplotlib sets it; long fractions on one line."""
    if value.is_Rational:
        return f"${decimal(value) if is_short(value) else f'{value.p}/{value.q}'}$"
    above, below = sp.fraction(value)
    if below.is_number:
        return f"${expression_latex(value)}$"
    return f"${_in_brackets(above)}/{_in_brackets(below)}$"


def _in_brackets(value: Expr) -> str:
    written = expression_latex(value)
    return f"({written})" if value.is_Add or value.is_Mul else written


def laid_out(root: Node, played: Mapping[str, Mapping[str, Expr]] | None = None) -> Place:
    """Every node of a tree with its position; ends stand in rows, in order.

    With a profile, actions that it mixes show their probability.
    """
    top = _placed(root, played or {})
    everything = top.all()
    _set_columns(everything)
    ends = [place for place in everything if isinstance(place.node, Outcome)]
    tallest = max((height(number(v)) for p in ends for v in _payoffs(p.node).values()), default=0.0)
    row = max(ROW, tallest + 8)
    for i, place in enumerate(ends):
        place.y = -i * row
    _set_heights(top)
    _set_widths(everything)
    return top


def middle(place: Place, branch: Branch) -> tuple[float, float]:
    """Where the name of an edge stands: in the part that crosses no line of a set."""
    child = branch.child
    x = (max(place.x, place.clear) + child.x) / 2
    y = place.y + (x - place.x) / (child.x - place.x) * (child.y - place.y)
    return x, y


def _payoffs(node: Node) -> Any:
    return node.payoffs if isinstance(node, Outcome) else {}


def _placed(node: Node, played: Mapping[str, Mapping[str, Expr]]) -> Place:
    place = Place(node)
    if isinstance(node, Chance):
        place.branches = [
            Branch(label, number(p), _placed(child, played)) for label, p, child in node.branches
        ]
    elif isinstance(node, Move):
        mix = played.get(node.information_set, {})
        place.branches = [
            Branch(a, number(mix[a]) if mix.get(a, 0) not in (0, 1) else "", _placed(child, played))
            for a, child in node.actions
        ]
    return place


def _set_columns(places: list[Place]) -> None:
    """One column further than the node before; the nodes of a set in one column if they can be."""
    sets: dict[str, list[Place]] = {}
    for place in places:
        if isinstance(place.node, Move):
            sets.setdefault(place.node.information_set, []).append(place)
    for _ in range(len(places)):
        before = [place.column for place in places]
        for place in places:
            for branch in place.branches:
                branch.child.column = max(branch.child.column, place.column + 1)
        for members in sets.values():
            last = max(member.column for member in members)
            for member in members:
                member.column = last
        if before == [place.column for place in places]:
            return


def _set_heights(place: Place) -> None:
    for branch in place.branches:
        _set_heights(branch.child)
    if place.branches:
        place.y = (place.branches[0].child.y + place.branches[-1].child.y) / 2


def _set_widths(places: list[Place]) -> None:
    """Columns as far apart as the words on the edges need; sets that would touch side by side."""
    lanes = _lanes(places)
    most = {c: max((lanes[id(p)] for p in places if p.column == c), default=0)
            for c in {p.column for p in places}}  # fmt: skip
    start, at = 0.0, {}
    for column in range(max(p.column for p in places) + 1):
        at[column] = start
        names = [b.text for p in places if p.column == column for b in p.branches]
        longest = max((width(name) for name in names), default=0.0)
        start += 1.25 * longest + GAP + STAGGER * most.get(column, 0)
    for place in places:
        place.x = at[place.column] + STAGGER * lanes[id(place)]
        place.clear = at[place.column] + STAGGER * most[place.column]


def _lanes(places: list[Place]) -> dict[int, int]:
    """For each place how many lines of other information sets its own stands clear of."""
    members: dict[str, list[Place]] = {}
    for place in places:
        if isinstance(place.node, Move):
            members.setdefault(place.node.information_set, []).append(place)
    lanes = {id(place): 0 for place in places}
    taken: dict[int, list[tuple[float, float, int]]] = {}
    several = [group for group in members.values() if len(group) > 1]
    for group in sorted(several, key=lambda g: (g[0].column, -g[0].y)):
        column = group[0].column
        low, high = min(p.y for p in group), max(p.y for p in group)
        used = {lane for a, b, lane in taken.get(column, []) if a <= high and low <= b}
        lane = next(k for k in range(len(used) + 1) if k not in used)
        taken.setdefault(column, []).append((low, high, lane))
        lanes |= {id(place): lane for place in group}
    return lanes


__all__ = ["Branch", "Place", "laid_out", "middle", "number"]
