"""Game trees, and what an assessment owes on one: Bayes' rule and sequential rationality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.model.equilibrium import Obligation, Profile
from gametheory_eeu.space import exact

Assessment: TypeAlias = tuple[Profile, Mapping[str, Mapping[str, Expr]]]


@dataclass(frozen=True)
class Outcome:
    """The end of a path: a payoff for each player."""

    payoffs: Mapping[str, Expr]


@dataclass(frozen=True)
class Chance:
    """Nature moves: label, probability and what follows."""

    branches: tuple[tuple[str, Expr, Node], ...]


@dataclass(frozen=True)
class Move:
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
    for child, _ in _children(node, {}):
        yield from moves(child)


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
    parts = [chance * value(child, profile, player) for child, chance in _children(node, profile)]
    return sp.Add(*parts)


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


def bayes(root: Node, profile: Profile) -> dict[str, dict[str, Expr]]:
    """The beliefs Bayes' rule gives at the information sets a profile reaches."""
    beliefs: dict[str, dict[str, Expr]] = {}
    reached = reach(root, profile)
    for name in dict.fromkeys(move.information_set for move, _ in reached):
        nodes = [(m.node, chance) for m, chance in reached if m.information_set == name]
        total = sp.simplify(sp.Add(*(chance for _, chance in nodes)))
        if len(nodes) == 1:
            beliefs[name] = {nodes[0][0]: sp.Integer(1)}
        elif total != 0:
            beliefs[name] = {node: sp.simplify(chance / total) for node, chance in nodes}
    return beliefs


def obligations(root: Node, assessment: Assessment, *, perfect: bool) -> tuple[Obligation, ...]:
    """What an assessment owes.

    With ``perfect``: beliefs follow Bayes' rule wherever play arrives, and no action at *any*
    information set gains, given the beliefs there. Without it (Nash): no action gains at the
    information sets that play reaches. One-shot deviations suffice where, as here, no player
    moves twice on a path.
    """
    profile, beliefs = assessment
    reached = reach(root, profile)
    owed: list[Obligation] = []
    for name in dict.fromkeys(move.information_set for move, _ in reached):
        nodes = [(m, chance) for m, chance in reached if m.information_set == name]
        owed += _distribution(name, profile[name])
        if perfect:
            owed += _bayes_rule(name, nodes, beliefs.get(name, {}))
            weights = [beliefs.get(name, {}).get(m.node, sp.Integer(0)) for m, _ in nodes]
        else:
            weights = [chance for _, chance in nodes]
        owed += _rational(name, [m for m, _ in nodes], weights, profile)
    return tuple(owed)


def _distribution(name: str, mix: Mapping[str, Expr]) -> Iterator[Obligation]:
    statement = sp.And(sp.Eq(sp.Add(*mix.values()), 1), *(sp.Ge(p, 0) for p in mix.values()))
    yield Obligation(f"at {name}: the strategy is a probability distribution", statement)


def _bayes_rule(
    name: str, nodes: list[tuple[Move, Expr]], belief: Mapping[str, Expr]
) -> Iterator[Obligation]:
    total = sp.Add(*(chance for _, chance in nodes))
    # Multiplied out: where play never arrives it demands nothing.
    rule = [sp.Eq(sp.expand(belief.get(m.node, 0) * total - chance), 0) for m, chance in nodes]
    whole = sp.Eq(sp.Add(*belief.values()), 1)
    yield Obligation(f"at {name}: beliefs follow Bayes' rule", sp.And(whole, *rule))


def _rational(
    name: str, nodes: list[Move], weights: list[Expr], profile: Profile
) -> Iterator[Obligation]:
    player, actions = nodes[0].player, [action for action, _ in nodes[0].actions]

    def worth(action: str) -> Expr:
        children = [dict(node.actions)[action] for node in nodes]
        pairs = zip(weights, children, strict=True)
        return sp.Add(*(weight * value(child, profile, player) for weight, child in pairs))

    played = sp.Add(*(chance * worth(action) for action, chance in profile[name].items()))
    for action in actions:
        gain = sp.expand(worth(action) - played)
        yield Obligation(f"at {name}: {action} gains nothing", sp.Le(gain, 0))


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


def mixed(name: str, given: object, actions: tuple[str, ...]) -> dict[str, Expr]:
    """A strategy at an information set from an action's name or a mix of actions."""
    if isinstance(given, str):
        given = {given: 1}
    allowed = f"one of {', '.join(actions)}, or a mapping of them to probabilities"
    if not isinstance(given, Mapping):
        raise ParameterError(f"profile[{name!r}]", given, allowed)
    for action in given:
        if action not in actions:
            raise UnknownNameError(f"action of {name}", str(action), actions)
    mix = {action: exact(given.get(action, 0), action) for action in actions}
    total = sp.simplify(sp.Add(*mix.values()))
    if (total.is_number and total != 1) or any(p.is_negative for p in mix.values()):
        raise ParameterError(f"profile[{name!r}]", given, "probabilities that sum to one")
    return mix
