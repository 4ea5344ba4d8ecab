"""Conditions of equilibrium of an assessment: Bayes' rule and sequential rationality.

The obligations of a subgame are those of its truncation, in which every proper subgame below is
replaced by what the profile is worth there. That suffices: a plan that gained anywhere would, by
induction from the last subgames up, gain within one truncation. Within a truncation a deviation is
a whole plan, so that nothing is assumed of beliefs at a player's later information sets; where no
player moves twice on a path, a plan is one action, and in perfect information this is the one-shot
deviation principle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.games.consistent_beliefs import UnreachedSet, consistent_bases
from gametheory_eeu.games.equilibrium import Obligation, Profile, distribution_obligation
from gametheory_eeu.games.tree import (
    Move,
    Node,
    Step,
    expected_payoff,
    first_information_sets,
    information_sets,
    node_paths,
    plan_counts,
    plans,
    players_of,
    pure_strategies,
    reach_probabilities,
    subgame_roots,
    truncate,
)
from gametheory_eeu.prover.proof_search import is_proved

Beliefs: TypeAlias = Mapping[str, Mapping[str, Expr]]
Assessment: TypeAlias = tuple[Profile, Beliefs]
MAX_PLANS = 5_000
"""Deviations that are checked at one information set."""
WeightedNodes: TypeAlias = list[tuple[Move, Expr]]
"""The nodes of an information set, each with a weight."""


def bayesian_beliefs(root: Node, profile: Profile) -> dict[str, dict[str, Expr]]:
    """Beliefs by Bayes' rule at the information sets that a profile reaches.

    Reached in the smallest subgame that holds the information set, so that a subgame off the path
    has beliefs of its own.
    """
    beliefs: dict[str, dict[str, Expr]] = {}
    for subgame in truncations(root, profile):
        for name, nodes in _reach_by_set(subgame, profile).items():
            if len(nodes) == 1:
                beliefs[name] = {nodes[0][0].node: sp.Integer(1)}
                continue
            total = sp.simplify(sp.Add(*(p for _, p in nodes)))
            if total != 0:
                beliefs[name] = {move.node: sp.simplify(p / total) for move, p in nodes}
    return beliefs


def truncations(root: Node, profile: Profile) -> list[Node]:
    """Every subgame, truncated at its own proper subgames; the whole game first."""
    roots = subgame_roots(root)
    continuation_payoffs = {
        id(start): {player: expected_payoff(start, profile, player) for player in players_of(start)}
        for start in roots[1:]
    }
    return [truncate(start, continuation_payoffs) for start in roots]


def obligations(root: Node, assessment: Assessment, *, perfect: bool) -> tuple[Obligation, ...]:
    """The conditions that an assessment must satisfy.

    With ``perfect``: in every subgame, beliefs follow Bayes' rule wherever its play arrives, and
    no plan at *any* information set gains, given the beliefs there (weak sequential rationality:
    off the path of its subgame a belief is free). Without it (Nash): no player's plan gains
    against the others', whatever it would do where play never arrives.
    """
    profile, beliefs = assessment
    result = _distribution_obligations(root, profile)
    if not perfect:
        return (*result, *_nash_obligations(root, profile))
    for subgame in truncations(root, profile):
        for name, nodes in _reach_by_set(subgame, profile).items():
            belief = beliefs.get(name, {})
            result += _bayes_obligations(name, nodes, belief)
            weighted_nodes = [(move, belief.get(move.node, sp.Integer(0))) for move, _ in nodes]
            result += _rationality_obligations(subgame, name, weighted_nodes, profile)
    return tuple(result)


def consistency_obligations(
    root: Node, assessment: Assessment, space: Space
) -> tuple[Obligation, ...]:
    """The conditions that consistency of beliefs adds in a sequential equilibrium."""
    profile, beliefs = assessment
    probabilities = {
        (name, action): _known_probability(probability, space)
        for name, mix in profile.items() for action, probability in mix.items()
    }  # fmt: skip
    result = []
    for subgame in truncations(root, profile):
        unreached = list(_unreached_sets(subgame, probabilities))
        weights = {
            info_set.name: {
                node: beliefs.get(info_set.name, {}).get(node, sp.Integer(0))
                for node in info_set.nodes
            }
            for info_set in unreached
        }
        if unreached:
            alternatives = consistent_bases(unreached, probabilities.__getitem__, weights)
            names = ", ".join(info_set.name for info_set in unreached)
            statement = sp.Or(*(basis.condition(weights) for basis in alternatives))
            result.append(Obligation(f"at {names}: beliefs are consistent", statement))
    return tuple(result)


def _known_probability(chance: Expr, space: Space) -> Expr:
    if chance.is_number or is_proved(sp.Gt(chance, 0), space):
        return chance
    if is_proved(sp.Eq(chance, 0), space):
        return sp.Integer(0)
    raise UnsupportedError(
        f"whether beliefs are consistent turns on whether {chance} is zero; say in given= that it "
        "is positive, or give it a value"
    )


def _unreached_sets(root: Node, probabilities: Mapping[Step, Expr]) -> Iterator[UnreachedSet]:
    """The information sets of several nodes that play reaches with probability zero."""
    by_set: dict[str, list[tuple[str, Expr, tuple[Step, ...]]]] = {}
    for move, chance_probability, steps in node_paths(root):
        by_set.setdefault(move.information_set, []).append((move.node, chance_probability, steps))
    for name, nodes in by_set.items():
        if len(nodes) > 1 and all(
            any(probabilities[step] == 0 for step in steps) for _, _, steps in nodes
        ):
            labels, chances, paths = zip(*nodes, strict=True)
            yield UnreachedSet(name, labels, chances, paths)


def subgame_obligations(root: Node, profile: Profile) -> tuple[Obligation, ...]:
    """The conditions of a subgame-perfect equilibrium: Nash in every subgame."""
    result = _distribution_obligations(root, profile)
    for subgame in truncations(root, profile):
        result += _nash_obligations(subgame, profile)
    return tuple(result)


def _distribution_obligations(root: Node, profile: Profile) -> list[Obligation]:
    return [
        distribution_obligation(f"at {name}: the strategy is", profile[name].values())
        for name in information_sets(root)
    ]


def _reach_by_set(root: Node, profile: Profile) -> dict[str, WeightedNodes]:
    """The nodes of each information set, with the probabilities that play reaches them."""
    by_set: dict[str, WeightedNodes] = {}
    for move, probability in reach_probabilities(root, profile):
        by_set.setdefault(move.information_set, []).append((move, probability))
    return by_set


def _nash_obligations(root: Node, profile: Profile) -> Iterator[Obligation]:
    """No-deviation conditions at the first information sets of every player."""
    nodes_by_set = _reach_by_set(root, profile)
    for name in first_information_sets(root):
        yield from _rationality_obligations(root, name, nodes_by_set[name], profile)


def _bayes_obligations(
    name: str, nodes: WeightedNodes, belief: Mapping[str, Expr]
) -> Iterator[Obligation]:
    total = sp.Add(*(p for _, p in nodes))
    # Multiplied out: where play never arrives it demands nothing.
    rule = [sp.Eq(sp.expand(belief.get(m.node, 0) * total - p), 0) for m, p in nodes]
    normalization = sp.Eq(sp.Add(*belief.values()), 1)
    nonnegativity = [sp.Ge(weight, 0) for weight in belief.values()]
    yield Obligation(
        f"at {name}: beliefs follow Bayes' rule", sp.And(normalization, *nonnegativity, *rule)
    )


def _rationality_obligations(
    root: Node, name: str, nodes: WeightedNodes, profile: Profile
) -> Iterator[Obligation]:
    player = nodes[0][0].player
    count = plan_counts(root)[name]
    if count > MAX_PLANS:
        raise TooLargeError(
            f"{player} has {count} plans from {name} on, above the limit of {MAX_PLANS} that are "
            "checked one by one; cut the tree, or leave out actions that are never best"
        )

    def weighted_payoff(strategies: Profile) -> Expr:
        return sp.Add(*(w * expected_payoff(node, strategies, player) for node, w in nodes))

    profile_payoff = weighted_payoff(profile)
    for plan in plans(root, name):
        deviation = {**profile, **pure_strategies(plan)}
        gain = sp.expand(weighted_payoff(deviation) - profile_payoff)
        actions = ", then ".join(plan.values())
        yield Obligation(f"at {name}: {actions} gains nothing", sp.Le(gain, 0))
