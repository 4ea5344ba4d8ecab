"""The parts of a tree that are games of their own, and a player's plans within one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import prod
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome, children, moves

Step: TypeAlias = tuple[str, str]
"""An information set and an action there."""
Steps: TypeAlias = tuple[Step, ...]
"""What a player did: information set and action, the first first."""
Plan: TypeAlias = Mapping[str, str]
"""An action at an information set and at those of its player that it leads to."""


def information_sets(root: Node) -> dict[str, tuple[Move, ...]]:
    """The nodes of each information set, sets nearer to the root first."""
    found: dict[str, list[Move]] = {}
    level: list[Node] = [root]
    while level:
        for node in level:
            if isinstance(node, Move):
                found.setdefault(node.information_set, []).append(node)
        level = [child for node in level for child in children(node)]
    return {name: tuple(nodes) for name, nodes in found.items()}


def own_steps(root: Node) -> Iterator[tuple[Move, Steps]]:
    """Every decision node with what its own player did on the way to it."""

    def walk(node: Node, before: Mapping[str, Steps]) -> Iterator[tuple[Move, Steps]]:
        if isinstance(node, Move):
            own = before.get(node.player, ())
            yield node, own
            for action, child in node.actions:
                step = (node.information_set, action)
                yield from walk(child, {**before, node.player: (*own, step)})
        else:
            for child in children(node):
                yield from walk(child, before)

    return walk(root, {})


def ways(root: Node) -> Iterator[tuple[Move, Expr, tuple[Step, ...]]]:
    """Every decision node with chance's part in getting there, and the actions on the way."""

    def walk(
        node: Node, luck: Expr, steps: tuple[Step, ...]
    ) -> Iterator[tuple[Move, Expr, tuple[Step, ...]]]:
        if isinstance(node, Move):
            yield node, luck, steps
            for action, child in node.actions:
                yield from walk(child, luck, (*steps, (node.information_set, action)))
        elif isinstance(node, Chance):
            for _, probability, child in node.branches:
                yield from walk(child, luck * probability, steps)

    return walk(root, sp.Integer(1), ())


def subgames(root: Node) -> tuple[Node, ...]:
    """Every node at which a subgame starts, the root first.

    A node starts a subgame if every information set that meets what follows it lies within (Selten
    1975). A chance node may start one.
    """
    sizes = Counter(move.information_set for move in moves(root))
    found: list[Node] = []

    def walk(node: Node) -> Counter[str]:
        at = len(found)
        within: Counter[str] = Counter()
        if isinstance(node, Move):
            within[node.information_set] = 1
        for child in children(node):
            within += walk(child)
        if within and all(sizes[name] == count for name, count in within.items()):
            found.insert(at, node)
        return within

    walk(root)
    return tuple(found)


def truncated(start: Node, ends: Mapping[int, Mapping[str, Expr]]) -> Node:
    """What follows a node, cut off where ``ends`` knows what a later node (by id) is worth."""

    def cut(node: Node) -> Node:
        if id(node) in ends:
            return Outcome(ends[id(node)])
        return _with_children(node, cut)

    return _with_children(start, cut)


def _with_children(node: Node, new: Callable[[Node], Node]) -> Node:
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(tuple((label, p, new(child)) for label, p, child in node.branches))
    actions = tuple((action, new(child)) for action, child in node.actions)
    return Move(node.player, node.information_set, actions, node.node)


def first_sets(root: Node) -> dict[str, tuple[Move, ...]]:
    """The information sets before which their player has not moved."""
    late = {move.information_set for move, before in own_steps(root) if before}
    return {name: nodes for name, nodes in information_sets(root).items() if name not in late}


def plan_counts(root: Node) -> dict[str, int]:
    """How many plans there are from each information set on, without listing them."""
    next_sets, actions = _next_sets(root)
    found: dict[str, int] = {}
    for name in reversed(actions):  # sets further from the root first
        found[name] = sum(
            prod(found[own] for own in next_sets.get((name, action), ()))
            for action in actions[name]
        )
    return found


def _next_sets(
    root: Node,
) -> tuple[dict[tuple[str, str], dict[str, None]], dict[str, tuple[str, ...]]]:
    """A player's next sets after each of its actions, and the actions, sets near the root first."""
    after: dict[tuple[str, str], dict[str, None]] = {}
    for move, before in own_steps(root):
        if before:
            after.setdefault(before[-1], {})[move.information_set] = None
    sets = information_sets(root)
    return after, {name: tuple(a for a, _ in nodes[0].actions) for name, nodes in sets.items()}


def plans(root: Node, start: str) -> Iterator[Plan]:
    """Every pure plan of the player at an information set, from there to the end of the tree.

    A plan says nothing of information sets that it keeps from being reached.
    """
    next_sets, actions = _next_sets(root)

    def from_(name: str) -> Iterator[Plan]:
        for action in actions[name]:
            later = [list(from_(own)) for own in next_sets.get((name, action), ())]
            for parts in product(*later):
                plan: dict[str, str] = {name: action}
                for part in parts:
                    plan |= part
                yield plan

    return from_(start)


__all__ = ["Plan", "Step", "Steps", "first_sets", "information_sets", "own_steps", "plan_counts",
           "plans", "subgames", "truncated", "ways"]  # fmt: skip
