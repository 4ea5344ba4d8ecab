"""Figures of game trees with continuous moves: an interval is an arc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from gametheory_eeu._types import Symbol
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.tree import NodePosition, draw_positions, layout
from gametheory_eeu.display.printers import latex
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome
from gametheory_eeu.solvers.moves import (
    Decision,
    Draw,
    End,
    History,
    Lottery,
    RealChoice,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_tree import ContinuousTree

_OPENING = 11.0
"""Half the height of an arc, in points."""


def draw(game: ContinuousTree) -> Figure:
    """The tree, time running to the right; a choice or draw of a real number opens into an arc."""
    intervals: set[int] = set()
    root = layout(_node(game, (), intervals))
    for place in root.all():
        if id(place.node) in intervals:
            place.branches[0].probability = ""
    figure = draw_positions(root, game.players)
    colours = dict(zip(game.players, style.SERIES * len(game.players), strict=False))
    for place in root.all():
        if id(place.node) in intervals:
            player = place.node.player if isinstance(place.node, Move) else ""
            _draw_arc(figure, place, colours.get(player, style.GREY))
    return figure


def _node(game: ContinuousTree, history: History, intervals: set[int]) -> Node:
    """The node as one of a finite tree, with one branch for an interval."""
    node = game.nodes[history]
    if isinstance(node, End):
        return Outcome(dict(node.payoffs))
    children = [_node(game, (*history, label), intervals) for label in node.labels]
    result: Node
    if isinstance(node, Lottery):
        branches = zip(node.labels, node.probabilities.values(), children, strict=True)
        return Chance(tuple(branches))
    if isinstance(node, Decision):
        actions = tuple(zip(node.actions, children, strict=True))
        return Move(node.player, node.information_set, actions)
    if isinstance(node, RealChoice):
        result = Move(
            node.player, node.information_set, ((_label(node.range.symbol), children[0]),)
        )
    else:
        assert isinstance(node, Draw)
        result = Chance(((_label(node.distribution.symbol), 1, children[0]),))
    intervals.add(id(result))
    return result


def _label(number: Symbol) -> str:
    return f"${latex(number)}$"


def _draw_arc(figure: Figure, place: NodePosition, colour: str) -> None:
    """A sector from a node to the middle of its edge, closed by an arc."""
    (axes,), (edge,) = figure.axes, place.branches
    share = 0.32
    x = place.x + share * (edge.child.x - place.x)
    y = place.y + share * (edge.child.y - place.y)
    for end in (y - _OPENING, y + _OPENING):
        axes.plot([place.x, x], [place.y, end], color=colour, linewidth=0.8, zorder=1)
    bend = 3.0
    curve_x = [x + bend * (1 - (k / 10 - 1) ** 2) for k in range(21)]
    curve_y = [y + _OPENING * (k / 10 - 1) for k in range(21)]
    axes.plot(curve_x, curve_y, color=colour, linewidth=1.2, zorder=2)
