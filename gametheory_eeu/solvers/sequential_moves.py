"""Nodes of a game tree in which moves may be real numbers: a node for every history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, substitute
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.solvers.choice_range import ChoiceRange
from gametheory_eeu.solvers.distribution import Distribution

History: TypeAlias = tuple[str, ...]
"""The labels of the moves that lead to a node; of a real number, its symbol's name."""


@dataclass(frozen=True)
class End(Picklable):
    """The end of play: a payoff for each player, in the parameters and what was chosen or drawn."""

    payoffs: Mapping[str, Expr]

    @property
    def labels(self) -> tuple[str, ...]:
        """No move follows."""
        return ()

    def at(self, values: Mapping[Symbol, Expr]) -> End:
        """The node at values of parameters."""
        return End(FrozenMapping({p: substitute(v, values) for p, v in self.payoffs.items()}))


@dataclass(frozen=True)
class Lottery(Picklable):
    """A chance move with finitely many outcomes."""

    probabilities: Mapping[str, Expr]

    @property
    def labels(self) -> tuple[str, ...]:
        """The outcomes."""
        return tuple(self.probabilities)

    def at(self, values: Mapping[Symbol, Expr]) -> Lottery:
        """The node at values of parameters."""
        items = self.probabilities.items()
        return Lottery(FrozenMapping({k: substitute(p, values) for k, p in items}))


@dataclass(frozen=True)
class Decision(Picklable):
    """A choice among finitely many actions, at an information set."""

    player: str
    information_set: str
    actions: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The actions."""
        return self.actions

    def at(self, values: Mapping[Symbol, Expr]) -> Decision:
        """The node itself: it has no parameters."""
        return self


@dataclass(frozen=True)
class RealChoice(Picklable):
    """A choice of a real number, at an information set."""

    player: str
    information_set: str
    range: ChoiceRange

    @property
    def number(self) -> Symbol:
        """The symbol of the number chosen."""
        return self.range.symbol

    @property
    def bounds(self) -> Boolean:
        """The condition that the number is in its range."""
        return self.range.contains(self.number)

    @property
    def labels(self) -> tuple[str, ...]:
        """The name of the number."""
        return (self.number.name,)

    def at(self, values: Mapping[Symbol, Expr]) -> RealChoice:
        """The node at values of parameters."""
        return RealChoice(self.player, self.information_set, self.range.at(values))


@dataclass(frozen=True)
class Draw(Picklable):
    """A real number drawn by nature, and the players who learn it."""

    distribution: Distribution
    known_to: tuple[str, ...]

    @property
    def number(self) -> Symbol:
        """The symbol of the number drawn."""
        return self.distribution.symbol

    @property
    def bounds(self) -> Boolean:
        """The condition that the number is in its interval."""
        return self.distribution.bounds

    @property
    def labels(self) -> tuple[str, ...]:
        """The name of the number."""
        return (self.number.name,)

    def at(self, values: Mapping[Symbol, Expr]) -> Draw:
        """The node at values of parameters."""
        return Draw(self.distribution.at(values), self.known_to)


SequentialNode: TypeAlias = End | Lottery | Decision | RealChoice | Draw
Nodes: TypeAlias = Mapping[History, SequentialNode]


def members(nodes: Nodes) -> dict[str, tuple[History, ...]]:
    """The histories of each information set, those nearer to the start first."""
    result: dict[str, list[History]] = {}
    for history in sorted(nodes, key=len):
        node = nodes[history]
        if isinstance(node, Decision | RealChoice):
            result.setdefault(node.information_set, []).append(history)
    return {name: tuple(histories) for name, histories in result.items()}


def symbols_of(node: SequentialNode) -> set[Symbol]:
    """Every symbol in a node's expressions, and that of the number chosen or drawn there."""
    if isinstance(node, End):
        expressions = list(node.payoffs.values())
    elif isinstance(node, RealChoice):
        expressions = [node.range.symbol, node.range.low, node.range.high]
    elif isinstance(node, Draw):
        d = node.distribution
        expressions = [d.symbol, d.low, d.high, d.density, d.cdf]
    elif isinstance(node, Lottery):
        expressions = list(node.probabilities.values())
    else:
        expressions = []
    return {s for e in expressions for s in e.free_symbols}


def number_nodes(nodes: Nodes, history: History) -> tuple[RealChoice | Draw, ...]:
    """The choices and draws of real numbers on the way to a history, in order."""
    before = (nodes[history[:k]] for k in range(len(history)))
    return tuple(node for node in before if isinstance(node, RealChoice | Draw))


def numbers_before(nodes: Nodes, history: History) -> tuple[Symbol, ...]:
    """The real numbers chosen or drawn on the way to a history, in order."""
    return tuple(node.number for node in number_nodes(nodes, history))


def space_before(nodes: Nodes, history: History, space: Space) -> Space:
    """The parameters and every number chosen or drawn before a history, each in its range."""
    for node in number_nodes(nodes, history):
        space = Space.of(space, node.bounds, symbols=(node.number,))
    return space


def known_numbers(nodes: Nodes, history: History) -> tuple[Symbol, ...]:
    """The real numbers that whoever moves at a history knows."""
    player = getattr(nodes[history], "player", "")
    return tuple(
        node.number
        for node in number_nodes(nodes, history)
        if isinstance(node, RealChoice) or player in node.known_to
    )


__all__ = [
    "Decision",
    "Draw",
    "End",
    "History",
    "Lottery",
    "Nodes",
    "RealChoice",
    "SequentialNode",
    "known_numbers",
    "members",
    "number_nodes",
    "numbers_before",
    "space_before",
    "symbols_of",
]
