"""Subgames of a tree, their truncations, and the players' plans within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import prod
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome, children, decision_nodes

Step: TypeAlias = tuple[str, str]
"""An information set and an action there."""
Steps: TypeAlias = tuple[Step, ...]
"""What a player did: information set and action, the first first."""
Plan: TypeAlias = Mapping[str, str]
"""An action at an information set and at those of its player that it leads to."""


def information_sets(root: Node) -> dict[str, tuple[Move, ...]]:
    """The nodes of each information set, sets nearer to the root first."""
    result: dict[str, list[Move]] = {}
    level: list[Node] = [root]
    while level:
        for node in level:
            if isinstance(node, Move):
                result.setdefault(node.information_set, []).append(node)
        level = [child for node in level for child in children(node)]
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
        return _map_children(node, truncate_node)

    return _map_children(start, truncate_node)


def _map_children(node: Node, transform: Callable[[Node], Node]) -> Node:
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(
            tuple(
                (label, probability, transform(child))
                for label, probability, child in node.branches
            )
        )
    actions = tuple((action, transform(child)) for action, child in node.actions)
    return Move(node.player, node.information_set, actions, node.node)


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
