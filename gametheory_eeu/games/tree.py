"""Game trees: nodes, histories, plans, subgames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from math import prod
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.games.equilibrium import Profile


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


def edges(node: Node) -> tuple[tuple[Any, ...], ...]:
    """The edges from a node: each starts with its label and ends with the next node."""
    if isinstance(node, Outcome):
        return ()
    return node.branches if isinstance(node, Chance) else node.actions


def children(node: Node) -> tuple[Node, ...]:
    """The immediate successors of a node."""
    return tuple(edge[-1] for edge in edges(node))


def preorder(node: Node) -> Iterator[Node]:
    """Every node of a subtree, each before those that follow it."""
    yield node
    for child in children(node):
        yield from preorder(child)


def decision_nodes(node: Node) -> Iterator[Move]:
    """Every decision node of a subtree."""
    return (below for below in preorder(node) if isinstance(below, Move))


def levels(root: Node) -> Iterator[list[Node]]:
    """The nodes of a tree by their distance from the root."""
    level = [root]
    while level:
        yield level
        level = [child for node in level for child in children(node)]


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
    return sp.Add(
        *(
            probability * expected_payoff(child, profile, player)
            for child, probability in _weighted_children(node, profile)
            if probability != 0
        )
    )


@lru_cache(maxsize=1024)
def shorter_form(expression: Expr) -> Expr:
    """The expression as written or factored, whichever reads shorter."""
    return min((expression, factorization(expression)), key=sp.count_ops)


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


def change_in_tree(node: Node, change: Callable[[Expr], Expr]) -> Node:
    """The tree with every payoff and probability changed."""
    if isinstance(node, Outcome):
        return Outcome({player: change(v) for player, v in node.payoffs.items()})
    if isinstance(node, Chance):
        node = Chance(tuple((label, change(p), child) for label, p, child in node.branches))
    return map_children(node, lambda child: change_in_tree(child, change))


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


Step: TypeAlias = tuple[str, str]
"""An information set and an action there."""
Steps: TypeAlias = tuple[Step, ...]
"""What a player did: information set and action, the first first."""
Plan: TypeAlias = Mapping[str, str]
"""An action at an information set and at those of its player that it leads to."""


def information_sets(root: Node) -> dict[str, tuple[Move, ...]]:
    """The nodes of each information set, sets nearer to the root first."""
    result: dict[str, list[Move]] = {}
    for node in chain(*levels(root)):
        if isinstance(node, Move):
            result.setdefault(node.information_set, []).append(node)
    return {name: tuple(nodes) for name, nodes in result.items()}


def own_histories(root: Node) -> Iterator[tuple[Move, Steps]]:
    """Every decision node, with its own player's history of steps."""

    def walk(node: Node, histories: Mapping[str, Steps]) -> Iterator[tuple[Move, Steps]]:
        if isinstance(node, Move):
            history = histories.get(node.player, ())
            yield node, history
            for action, child in node.actions:
                step = (node.information_set, action)
                yield from walk(child, {**histories, node.player: (*history, step)})
        else:
            for child in children(node):
                yield from walk(child, histories)

    return walk(root, {})


def node_paths(root: Node) -> Iterator[tuple[Move, Expr, tuple[Step, ...]]]:
    """Every decision node, with the probability of chance and the actions on its path."""

    def walk(
        node: Node, chance_probability: Expr, steps: tuple[Step, ...]
    ) -> Iterator[tuple[Move, Expr, tuple[Step, ...]]]:
        if isinstance(node, Move):
            yield node, chance_probability, steps
            for action, child in node.actions:
                yield from walk(child, chance_probability, (*steps, (node.information_set, action)))
        elif isinstance(node, Chance):
            for _, probability, child in node.branches:
                yield from walk(child, chance_probability * probability, steps)

    return walk(root, sp.Integer(1), ())


def subgame_roots(root: Node) -> tuple[Node, ...]:
    """The roots of all subgames, that of the whole game first.

    A node starts a subgame if every information set that meets what follows it lies within (Selten
    1975). A chance node may start one.
    """
    sizes = Counter(move.information_set for move in decision_nodes(root))
    roots: list[Node] = []

    def walk(node: Node) -> Counter[str]:
        position = len(roots)
        set_counts: Counter[str] = Counter()
        if isinstance(node, Move):
            set_counts[node.information_set] = 1
        for child in children(node):
            set_counts += walk(child)
        if set_counts and all(sizes[name] == count for name, count in set_counts.items()):
            roots.insert(position, node)
        return set_counts

    walk(root)
    return tuple(roots)


def truncate(start: Node, continuation_payoffs: Mapping[int, Mapping[str, Expr]]) -> Node:
    """Truncate a tree at the nodes, by id, whose continuation payoffs are known."""

    def truncate_node(node: Node) -> Node:
        if id(node) in continuation_payoffs:
            return Outcome(continuation_payoffs[id(node)])
        return map_children(node, truncate_node)

    return map_children(start, truncate_node)


def map_children(node: Node, transform: Callable[[Node], Node]) -> Node:
    """The node with each child transformed."""
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(tuple((label, p, transform(child)) for label, p, child in node.branches))
    actions = tuple((action, transform(child)) for action, child in node.actions)
    return Move(node.player, node.information_set, actions, node.node)


def pure_strategies(plan: Plan) -> dict[str, dict[str, Expr]]:
    """The strategies that play a plan's actions for certain."""
    return {name: {action: sp.Integer(1)} for name, action in plan.items()}


def first_information_sets(root: Node) -> dict[str, tuple[Move, ...]]:
    """The information sets before which their player has not moved."""
    later_sets = {move.information_set for move, history in own_histories(root) if history}
    return {name: nodes for name, nodes in information_sets(root).items() if name not in later_sets}


def plan_counts(root: Node) -> dict[str, int]:
    """The number of plans from each information set on."""
    next_sets, actions = _next_sets(root)
    counts: dict[str, int] = {}
    for name in reversed(actions):  # sets further from the root first
        counts[name] = sum(
            prod(counts[next_set] for next_set in next_sets.get((name, action), ()))
            for action in actions[name]
        )
    return counts


def _next_sets(
    root: Node,
) -> tuple[dict[tuple[str, str], dict[str, None]], dict[str, tuple[str, ...]]]:
    """A player's next sets after each action; and the actions, sets near the root first."""
    next_sets: dict[tuple[str, str], dict[str, None]] = {}
    for move, history in own_histories(root):
        if history:
            next_sets.setdefault(history[-1], {})[move.information_set] = None
    sets = information_sets(root)
    return next_sets, {name: tuple(a for a, _ in nodes[0].actions) for name, nodes in sets.items()}


def plans(root: Node, start: str) -> Iterator[Plan]:
    """Every pure plan of the player at an information set, from there to the end of the tree.

    A plan says nothing of information sets that it keeps from being reached.
    """
    next_sets, actions = _next_sets(root)

    def plans_from(name: str) -> Iterator[Plan]:
        for action in actions[name]:
            continuations = [
                list(plans_from(next_set)) for next_set in next_sets.get((name, action), ())
            ]
            for subplans in product(*continuations):
                plan: dict[str, str] = {name: action}
                for subplan in subplans:
                    plan |= subplan
                yield plan

    return plans_from(start)
