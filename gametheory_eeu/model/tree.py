"""Game trees: their nodes, and the expected payoffs of behaviour strategies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact, substitute
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.model.equilibrium import Profile


@dataclass(frozen=True)
class Outcome(Picklable):
    """The end of a path: a payoff for each player."""

    payoffs: Mapping[str, Expr]

    def __post_init__(self) -> None:
        mapping = arg.mapping("payoffs", self.payoffs, "a mapping of player to payoff")
        payoffs = {
            arg.text("player", player): _expression(f"payoff of {player}", payoff)
            for player, payoff in mapping.items()
        }
        object.__setattr__(self, "payoffs", FrozenMapping(payoffs))


@dataclass(frozen=True)
class Chance(Picklable):
    """A chance node: label, probability and next node of each branch."""

    branches: tuple[tuple[str, Expr, Node], ...]

    def __post_init__(self) -> None:
        branches = _validate_edges("branches", self.branches, 3, "(label, probability, node)")
        edges = (
            (label, _expression(f"probability of {label}", probability), node)
            for label, probability, node in branches
        )
        object.__setattr__(self, "branches", tuple(edges))


@dataclass(frozen=True)
class Move(Picklable):
    """A decision node; ``node`` is its name within its information set."""

    player: str
    information_set: str
    actions: tuple[tuple[str, Node], ...]
    node: str = ""

    def __post_init__(self) -> None:
        for name in ("player", "information_set", "node"):
            arg.text(name, getattr(self, name))
        object.__setattr__(
            self, "actions", _validate_edges("actions", self.actions, 2, "(action, node)")
        )


Node: TypeAlias = Outcome | Chance | Move
MAX_DEPTH = 150
"""How many moves may follow each other; trees are walked recursively."""
MAX_NODES = 100_000
"""Nodes of a tree."""


def _validate_edges(name: str, given: object, size: int, allowed: str) -> tuple[Any, ...]:
    """Validate the edges of a node: tuples that start with text and end with a node."""
    rows = arg.sequence(name, given, f"a tuple of {allowed}")
    for row in rows:
        if not isinstance(row, (tuple, list)) or len(row) != size:
            raise ParameterError(name, row, f"a tuple of {allowed}")
        arg.text(name, row[0], f"text as the first of {allowed}")
        arg.instance(name, row[-1], (Outcome, Chance, Move), f"a node as the last of {allowed}")
    return tuple(map(tuple, rows))


def _expression(name: str, given: object) -> Expr:
    return given if isinstance(given, sp.Expr) else exact(given, name)


def decision_nodes(node: Node) -> Iterator[Move]:
    """Every decision node of a subtree."""
    if isinstance(node, Move):
        yield node
    for child in children(node):
        yield from decision_nodes(child)


def children(node: Node) -> tuple[Node, ...]:
    """The immediate successors of a node."""
    if isinstance(node, Outcome):
        return ()
    if isinstance(node, Chance):
        return tuple(child for _, _, child in node.branches)
    return tuple(child for _, child in node.actions)


def players_of(node: Node) -> tuple[str, ...]:
    """The players who receive payoffs at the end of the tree."""
    while not isinstance(node, Outcome):
        node = children(node)[0]
    return tuple(node.payoffs)


def _weighted_children(node: Node, profile: Profile) -> list[tuple[Node, Expr]]:
    if isinstance(node, Outcome):
        return []
    if isinstance(node, Chance):
        return [(child, probability) for _, probability, child in node.branches]
    mix = profile.get(node.information_set, {})
    return [(child, mix.get(action, sp.Integer(0))) for action, child in node.actions]


def expected_payoff(node: Node, profile: Profile, player: str) -> Expr:
    """The player's expected payoff in a subtree."""
    if isinstance(node, Outcome):
        return node.payoffs[player]
    continuations = (
        (child, probability)
        for child, probability in _weighted_children(node, profile)
        if probability != 0
    )
    return sp.Add(
        *(
            probability * expected_payoff(child, profile, player)
            for child, probability in continuations
        )
    )


@lru_cache(maxsize=1024)
def shorter_form(expression: Expr) -> Expr:
    """The expression as written or factored, whichever reads shorter."""
    return min((expression, sp.factor(expression)), key=sp.count_ops)


def reach_probabilities(root: Node, profile: Profile) -> list[tuple[Move, Expr]]:
    """Every decision node, with the probability that play reaches it."""
    result: list[tuple[Move, Expr]] = []

    def walk(node: Node, probability: Expr) -> None:
        if isinstance(node, Move):
            result.append((node, probability))
        for child, step_probability in _weighted_children(node, profile):
            walk(child, probability * step_probability)

    walk(root, sp.Integer(1))
    return result


def substitute_in_tree(node: Node, values: Mapping[Symbol, Expr]) -> Node:
    """The tree with values for some of its symbols."""

    def value_at(expression: Expr) -> Expr:
        return substitute(sp.sympify(expression), values)

    if isinstance(node, Outcome):
        return Outcome({player: value_at(payoff) for player, payoff in node.payoffs.items()})
    if isinstance(node, Chance):
        return Chance(
            tuple(
                (label, value_at(probability), substitute_in_tree(child_node, values))
                for label, probability, child_node in node.branches
            )
        )
    actions = tuple((label, substitute_in_tree(child, values)) for label, child in node.actions)
    return Move(node.player, node.information_set, actions, node.node)


def mixed_strategy(
    name: str, given: object, actions: tuple[str, ...], what: str = "profile"
) -> dict[str, Expr]:
    """A strategy at an information set from an action's name or a mix of actions."""
    if isinstance(given, str):
        given = {given: 1}
    allowed = f"one of {', '.join(actions)}, or a mapping of them to probabilities"
    if not isinstance(given, Mapping):
        raise ParameterError(f"{what}[{name!r}]", given, allowed)
    for action in given:
        if action not in actions:
            raise UnknownNameError(f"action of {name}", str(action), actions)
    mix = {action: exact(given.get(action, 0), action) for action in actions}
    total = sp.simplify(sp.Add(*mix.values()))
    if (total.is_number and total != 1) or any(
        probability.is_negative for probability in mix.values()
    ):
        raise ParameterError(f"{what}[{name!r}]", given, "probabilities that sum to one")
    return mix
