"""Game trees: their nodes, and what a profile of behaviour strategies is worth on one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact, put
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.model.equilibrium import Profile


@dataclass(frozen=True)
class Outcome(Stored):
    """The end of a path: a payoff for each player."""

    payoffs: Mapping[str, Expr]

    def __post_init__(self) -> None:
        given = arg.mapping("payoffs", self.payoffs, "a mapping of player to payoff")
        payoffs = {
            arg.text("player", p): _expression(f"payoff of {p}", v) for p, v in given.items()
        }
        object.__setattr__(self, "payoffs", Frozen(payoffs))


@dataclass(frozen=True)
class Chance(Stored):
    """Nature moves: label, probability and what follows."""

    branches: tuple[tuple[str, Expr, Node], ...]

    def __post_init__(self) -> None:
        branches = _edges("branches", self.branches, 3, "(label, probability, node)")
        found = ((label, _expression(f"probability of {label}", p), n) for label, p, n in branches)
        object.__setattr__(self, "branches", tuple(found))


@dataclass(frozen=True)
class Move(Stored):
    """A player moves at an information set; ``node`` tells this node from the set's others."""

    player: str
    information_set: str
    actions: tuple[tuple[str, Node], ...]
    node: str = ""

    def __post_init__(self) -> None:
        for name in ("player", "information_set", "node"):
            arg.text(name, getattr(self, name))
        object.__setattr__(self, "actions", _edges("actions", self.actions, 2, "(action, node)"))


Node: TypeAlias = Outcome | Chance | Move
DEEPEST = 150
"""How many moves may follow each other; trees are walked recursively."""
LARGEST = 100_000
"""Nodes of a tree."""


def _edges(name: str, given: object, size: int, allowed: str) -> tuple[Any, ...]:
    """The edges from a node, each a tuple that starts with text and ends with a node."""
    rows = arg.sequence(name, given, f"a tuple of {allowed}")
    for row in rows:
        if not isinstance(row, (tuple, list)) or len(row) != size:
            raise ParameterError(name, row, f"a tuple of {allowed}")
        arg.text(name, row[0], f"text as the first of {allowed}")
        arg.instance(name, row[-1], (Outcome, Chance, Move), f"a node as the last of {allowed}")
    return tuple(map(tuple, rows))


def _expression(name: str, given: object) -> Expr:
    return given if isinstance(given, sp.Expr) else exact(given, name)


def moves(node: Node) -> Iterator[Move]:
    """Every decision node below a node."""
    if isinstance(node, Move):
        yield node
    for child in children(node):
        yield from moves(child)


def children(node: Node) -> tuple[Node, ...]:
    """What may follow a node at once."""
    if isinstance(node, Outcome):
        return ()
    if isinstance(node, Chance):
        return tuple(child for _, _, child in node.branches)
    return tuple(child for _, child in node.actions)


def players_of(node: Node) -> tuple[str, ...]:
    """Who gets a payoff where the tree ends."""
    while not isinstance(node, Outcome):
        node = children(node)[0]
    return tuple(node.payoffs)


def _children(node: Node, profile: Profile) -> list[tuple[Node, Expr]]:
    if isinstance(node, Outcome):
        return []
    if isinstance(node, Chance):
        return [(child, chance) for _, chance, child in node.branches]
    mix = profile.get(node.information_set, {})
    return [(child, mix.get(action, sp.Integer(0))) for action, child in node.actions]


def value(node: Node, profile: Profile, player: str) -> Expr:
    """The player's expected payoff from a node on."""
    if isinstance(node, Outcome):
        return node.payoffs[player]
    steps = ((child, chance) for child, chance in _children(node, profile) if chance != 0)
    return sp.Add(*(chance * value(child, profile, player) for child, chance in steps))


@lru_cache(maxsize=1024)
def shortest(expression: Expr) -> Expr:
    """The expression as written or factored, whichever reads shorter."""
    return min((expression, sp.factor(expression)), key=sp.count_ops)


def reach(root: Node, profile: Profile) -> list[tuple[Move, Expr]]:
    """Every decision node with the probability that play reaches it."""
    found: list[tuple[Move, Expr]] = []

    def walk(node: Node, chance: Expr) -> None:
        if isinstance(node, Move):
            found.append((node, chance))
        for child, step in _children(node, profile):
            walk(child, chance * step)

    walk(root, sp.Integer(1))
    return found


def substituted(node: Node, values: Mapping[Symbol, Expr]) -> Node:
    """The tree with values for some of its symbols."""

    def at(expression: Expr) -> Expr:
        return put(sp.sympify(expression), values)

    if isinstance(node, Outcome):
        return Outcome({player: at(payoff) for player, payoff in node.payoffs.items()})
    if isinstance(node, Chance):
        return Chance(
            tuple((label, at(p), substituted(n, values)) for label, p, n in node.branches)
        )
    actions = tuple((label, substituted(child, values)) for label, child in node.actions)
    return Move(node.player, node.information_set, actions, node.node)


def mixed(
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
    if (total.is_number and total != 1) or any(p.is_negative for p in mix.values()):
        raise ParameterError(f"{what}[{name!r}]", given, "probabilities that sum to one")
    return mix
