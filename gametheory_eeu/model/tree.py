"""Game trees: their nodes, and what a profile of behaviour strategies is worth on one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._frozen import Frozen
from gametheory_eeu._stored import Stored
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.model.equilibrium import Profile
from gametheory_eeu.space import exact


@dataclass(frozen=True)
class Outcome(Stored):
    """The end of a path: a payoff for each player."""

    payoffs: Mapping[str, Expr]

    def __post_init__(self) -> None:
        object.__setattr__(self, "payoffs", Frozen(self.payoffs))


@dataclass(frozen=True)
class Chance(Stored):
    """Nature moves: label, probability and what follows."""

    branches: tuple[tuple[str, Expr, Node], ...]


@dataclass(frozen=True)
class Move(Stored):
    """A player moves at an information set; ``node`` tells this node from the set's others."""

    player: str
    information_set: str
    actions: tuple[tuple[str, Node], ...]
    node: str = ""


Node: TypeAlias = Outcome | Chance | Move


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
        return sp.sympify(expression).subs(values, simultaneous=True)

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
