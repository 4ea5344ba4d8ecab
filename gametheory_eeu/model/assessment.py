"""What an assessment owes on a tree: Bayes' rule and sequential rationality.

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
from gametheory_eeu.model.consistent_beliefs import Unreached, bases
from gametheory_eeu.model.equilibrium import Obligation, Profile
from gametheory_eeu.model.subgames import (
    Plan,
    Step,
    first_sets,
    information_sets,
    plan_counts,
    plans,
    subgames,
    truncated,
    ways,
)
from gametheory_eeu.model.tree import Move, Node, players_of, reach, value
from gametheory_eeu.prover.proof_search import holds

Beliefs: TypeAlias = Mapping[str, Mapping[str, Expr]]
Assessment: TypeAlias = tuple[Profile, Beliefs]
MOST_PLANS = 5_000
"""Deviations that are checked at one information set."""
Nodes: TypeAlias = list[tuple[Move, Expr]]
"""The nodes of an information set, each with a weight."""


def bayes(root: Node, profile: Profile) -> dict[str, dict[str, Expr]]:
    """The beliefs Bayes' rule gives at the information sets that a profile reaches.

    Reached in the smallest subgame that holds the information set, so that a subgame off the path
    has beliefs of its own.
    """
    beliefs: dict[str, dict[str, Expr]] = {}
    for part in truncations(root, profile):
        for name, nodes in _reached(part, profile).items():
            if len(nodes) == 1:
                beliefs[name] = {nodes[0][0].node: sp.Integer(1)}
                continue
            total = sp.simplify(sp.Add(*(chance for _, chance in nodes)))
            if total != 0:
                beliefs[name] = {m.node: sp.simplify(chance / total) for m, chance in nodes}
    return beliefs


def truncations(root: Node, profile: Profile) -> list[Node]:
    """Every subgame, cut off where the next ones begin; the whole game first."""
    starts = subgames(root)
    ends = {}
    for start in starts[1:]:
        ends[id(start)] = {p: value(start, profile, p) for p in players_of(start)}
    return [truncated(start, ends) for start in starts]


def obligations(root: Node, assessment: Assessment, *, perfect: bool) -> tuple[Obligation, ...]:
    """What an assessment owes.

    With ``perfect``: in every subgame, beliefs follow Bayes' rule wherever its play arrives, and
    no plan at *any* information set gains, given the beliefs there (weak sequential rationality:
    off the path of its subgame a belief is free). Without it (Nash): no player's plan gains
    against the others', whatever it would do where play never arrives.
    """
    profile, beliefs = assessment
    owed = [o for name in information_sets(root) for o in _distribution(name, profile[name])]
    if not perfect:
        return (*owed, *_nash(root, profile))
    for part in truncations(root, profile):
        for name, nodes in _reached(part, profile).items():
            belief = beliefs.get(name, {})
            owed += _bayes_rule(name, nodes, belief)
            weighted = [(m, belief.get(m.node, sp.Integer(0))) for m, _ in nodes]
            owed += _rational(part, name, weighted, profile)
    return tuple(owed)


def consistency(root: Node, assessment: Assessment, space: Space) -> tuple[Obligation, ...]:
    """What a sequential equilibrium owes besides: beliefs that trembles lead to.

    Raises
    ------
    UnsupportedError
        A probability of which it is not known in the space whether it is zero.
    """
    profile, beliefs = assessment
    played = {
        (name, action): _sure(chance, space)
        for name, mix in profile.items() for action, chance in mix.items()
    }  # fmt: skip
    owed = []
    for part in truncations(root, profile):
        unreached = list(_unreached(part, played))
        weights = {
            one.name: {n: beliefs.get(one.name, {}).get(n, sp.Integer(0)) for n in one.nodes}
            for one in unreached
        }
        if unreached:
            found = bases(unreached, played.__getitem__, weights)
            names = ", ".join(one.name for one in unreached)
            statement = sp.Or(*(basis.condition(weights) for basis in found))
            owed.append(Obligation(f"at {names}: beliefs are consistent", statement))
    return tuple(owed)


def _sure(chance: Expr, space: Space) -> Expr:
    if chance.is_number or holds(sp.Gt(chance, 0), space):
        return chance
    if holds(sp.Eq(chance, 0), space):
        return sp.Integer(0)
    raise UnsupportedError(
        f"whether beliefs are consistent turns on whether {chance} is zero; say in given= that it "
        "is positive, or give it a value"
    )


def _unreached(root: Node, played: Mapping[Step, Expr]) -> Iterator[Unreached]:
    """The sets of several nodes, none of which play reaches."""
    found: dict[str, list[tuple[str, Expr, tuple[Step, ...]]]] = {}
    for move, luck, steps in ways(root):
        found.setdefault(move.information_set, []).append((move.node, luck, steps))
    for name, nodes in found.items():
        if len(nodes) > 1 and all(any(played[s] == 0 for s in steps) for _, _, steps in nodes):
            labels, chances, paths = zip(*nodes, strict=True)
            yield Unreached(name, labels, chances, paths)


def subgame_obligations(root: Node, profile: Profile) -> tuple[Obligation, ...]:
    """What a subgame-perfect equilibrium owes: Nash in every subgame."""
    owed = [o for name in information_sets(root) for o in _distribution(name, profile[name])]
    for part in truncations(root, profile):
        owed += _nash(part, profile)
    return tuple(owed)


def _reached(root: Node, profile: Profile) -> dict[str, Nodes]:
    """By information set its nodes, each with the probability that play reaches it."""
    found: dict[str, Nodes] = {}
    for move, chance in reach(root, profile):
        found.setdefault(move.information_set, []).append((move, chance))
    return found


def _nash(root: Node, profile: Profile) -> Iterator[Obligation]:
    """Plans from a player's first sets on: whether these are reached is not its own doing."""
    reached = _reached(root, profile)
    for name in first_sets(root):
        yield from _rational(root, name, reached[name], profile)


def _distribution(name: str, mix: Mapping[str, Expr]) -> Iterator[Obligation]:
    statement = sp.And(sp.Eq(sp.Add(*mix.values()), 1), *(sp.Ge(p, 0) for p in mix.values()))
    yield Obligation(f"at {name}: the strategy is a probability distribution", statement)


def _bayes_rule(name: str, nodes: Nodes, belief: Mapping[str, Expr]) -> Iterator[Obligation]:
    total = sp.Add(*(chance for _, chance in nodes))
    # Multiplied out: where play never arrives it demands nothing.
    rule = [sp.Eq(sp.expand(belief.get(m.node, 0) * total - chance), 0) for m, chance in nodes]
    whole = sp.Eq(sp.Add(*belief.values()), 1)
    likely = [sp.Ge(weight, 0) for weight in belief.values()]
    yield Obligation(f"at {name}: beliefs follow Bayes' rule", sp.And(whole, *likely, *rule))


def _rational(root: Node, name: str, nodes: Nodes, profile: Profile) -> Iterator[Obligation]:
    player = nodes[0][0].player
    count = plan_counts(root)[name]
    if count > MOST_PLANS:
        raise TooLargeError(
            f"{player} has {count} plans from {name} on, above the limit of {MOST_PLANS} that are "
            "checked one by one; cut the tree, or leave out actions that are never best"
        )
    owed = [(plan, {**profile, **_pure(plan)}) for plan in plans(root, name)]

    def worth(strategies: Profile) -> Expr:
        return sp.Add(*(weight * value(node, strategies, player) for node, weight in nodes))

    played = worth(profile)
    for plan, deviation in owed:
        gain = sp.expand(worth(deviation) - played)
        actions = ", then ".join(plan.values())
        yield Obligation(f"at {name}: {actions} gains nothing", sp.Le(gain, 0))


def _pure(plan: Plan) -> dict[str, dict[str, Expr]]:
    return {name: {action: sp.Integer(1)} for name, action in plan.items()}


__all__ = ["Assessment", "Beliefs", "bayes", "consistency", "obligations", "subgame_obligations",
           "truncations"]  # fmt: skip
