"""Validity checks of a game tree: players, payoffs, perfect recall, probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, TooLargeError, UnsupportedError
from gametheory_eeu.model.subgames import Steps, information_sets, own_histories
from gametheory_eeu.model.tree import MAX_DEPTH, MAX_NODES, Chance, Move, Node, Outcome, children
from gametheory_eeu.prover.proof_search import is_proved


def check_tree(root: Node, players: Sequence[str], space: Space) -> Space:
    """Check a game tree; the space with the nonnegativity of probabilities added.

    Raises
    ------
    ParameterError
        A payoff or a move of nobody, an information set whose nodes differ in player or actions,
        imperfect recall, or probabilities that do not sum to one.
    TooLargeError
    """
    _check_size(root)
    _check_labels(root)
    _check_players(root, players)
    sets = information_sets(root)
    if not sets:
        raise ParameterError("tree", "no move", "a tree in which at least one player moves")
    for name, nodes in sets.items():
        _check_set(name, nodes)
    _check_recall(root)
    return _with_chance_constraints(root, space)


def _check_size(root: Node) -> None:
    count, depth, level = 0, -1, [root]
    while level:
        count, depth = count + len(level), depth + 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            size = f"{count} nodes or more, {depth} moves after each other"
            raise TooLargeError(
                f"a tree of {size}, above the limits of {MAX_NODES} and {MAX_DEPTH}; leave out "
                "branches, or put what one of them is worth in its place"
            )
        level = [child for node in level for child in children(node)]


def _preorder(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from _preorder(child)


def _check_labels(root: Node) -> None:
    for node in _preorder(root):
        if isinstance(node, Outcome):
            continue
        if isinstance(node, Chance):
            name, labels = "chance's branches", [label for label, _, _ in node.branches]
        else:
            name = f"actions at {node.information_set}"
            labels = [action for action, _ in node.actions]
        if not labels or len(set(labels)) < len(labels):
            raise ParameterError(name, labels, "one or more names that differ")


def _check_players(root: Node, players: Sequence[str]) -> None:
    for node in _preorder(root):
        if isinstance(node, Move) and node.player not in players:
            raise ParameterError(f"player at {node.information_set}", node.player,
                                 f"one of {', '.join(players)}")  # fmt: skip
        if isinstance(node, Outcome) and set(node.payoffs) != set(players):
            allowed = f"a payoff for each of {', '.join(players)}"
            raise ParameterError("payoffs", dict(node.payoffs), allowed)


def _check_set(name: str, nodes: Sequence[Move]) -> None:
    players = sorted({node.player for node in nodes})
    if len(players) > 1:
        raise ParameterError(f"information set {name}", players, "nodes of one player",
                             "Give the other player's nodes a name of their own")  # fmt: skip
    actions = {frozenset(action for action, _ in node.actions) for node in nodes}
    if len(actions) > 1:
        action_lists = [", ".join(sorted(labels)) for labels in actions]
        raise ParameterError(f"information set {name}", sorted(action_lists), "the same actions at "
                             "every node: its player cannot tell the nodes apart")  # fmt: skip
    labels = [node.node for node in nodes]
    if len(set(labels)) < len(labels):
        raise ParameterError(f"information set {name}", labels, "nodes with names that differ")


def _check_recall(root: Node) -> None:
    first_visits: dict[str, tuple[Move, Steps]] = {}
    for move, steps in own_histories(root):
        first_move, first_steps = first_visits.setdefault(move.information_set, (move, steps))
        if first_steps != steps:
            histories = {first_move.node: _steps_text(first_steps), move.node: _steps_text(steps)}
            raise ParameterError(
                f"information set {move.information_set}",
                histories,
                f"perfect recall: {move.player} has done the same before each of its nodes",
                "What it would have to forget is shown node by node",
            )


def _steps_text(steps: Steps) -> str:
    return ", ".join(f"{action} at {name}" for name, action in steps) or "nothing yet"


def _with_chance_constraints(root: Node, space: Space) -> Space:
    """Check that probabilities sum to one; the space on which none is negative."""
    requirements: dict[Boolean, None] = {}
    for node in _preorder(root):
        if not isinstance(node, Chance):
            continue
        values = {label: str(p) for label, p, _ in node.branches}
        requirements |= dict.fromkeys(sp.Ge(p, 0) for _, p, _ in node.branches)
        total = sp.Add(*(p for _, p, _ in node.branches))
        if sp.expand(total - 1) != 0 and prover.prove(sp.Eq(total, 1), space).verdict != "proved":
            raise ParameterError("probabilities of chance", values, "numbers that sum to one",
                                 f"These sum to {sp.expand(total)}")  # fmt: skip
        if sp.false in requirements:
            raise ParameterError("probabilities of chance", values, "none below zero")
    bounds = [c for c in requirements if c != sp.true and prover.simplify(c, space) != sp.true]
    result = Space.of(space, *bounds)
    if bounds and result.empty.verdict == "proved":
        raise ParameterError("given", str(space), "values at which chance has probabilities",
                             f"There {' and '.join(map(str, bounds))} cannot hold")  # fmt: skip
    return result


def check_chances(root: Node, space: Space) -> None:
    """Refuse chance moves whose probabilities may be zero.

    Raises
    ------
    UnsupportedError
    """
    chance_nodes = [node for node in _preorder(root) if isinstance(node, Chance)]
    for probability in dict.fromkeys(p for node in chance_nodes for _, p, _ in node.branches):
        if not is_proved(sp.Gt(probability, 0), space):
            raise UnsupportedError(
                "sequential equilibrium is defined where every chance move has positive "
                f"probability, and {probability} is not known to: say so in given=, or leave out "
                "the branch"
            )
