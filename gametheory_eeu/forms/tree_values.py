"""Payoffs of strategies in a tree with continuous moves, and what an equilibrium must obey.

The value of a node is written out from the strategies themselves, and shares nothing with the
solver but the integral over a draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.games import Obligation
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.prover.case_distinction import cases
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.solvers.continuation import Continuation, expected_continuations
from gametheory_eeu.solvers.moves import (
    Decision,
    Distribution,
    Draw,
    End,
    History,
    Lottery,
    RealChoice,
    known_numbers,
    members,
    space_before,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_tree import ContinuousTree


@dataclass(frozen=True)
class Strategies:
    """Strategies of all players."""

    profile: Mapping[str, Mapping[str, Expr]]
    responses: Mapping[Symbol, Expr]

    @classmethod
    def read(
        cls,
        actions: Mapping[str, tuple[str, ...]],
        sets: Mapping[str, Decision | RealChoice],
        profile: Mapping[str, Any],
        symbols: Mapping[str, Symbol],
    ) -> Strategies:
        """Strategies from a mapping with an entry for each information set."""
        choices = {
            n.range.symbol.name: n.range.symbol for n in sets.values() if isinstance(n, RealChoice)
        }
        given = arg.mapping("profile", profile, "a mapping of information sets and choices")
        for name in given:
            if name not in actions and name not in choices:
                raise UnknownNameError("information set or choice", str(name), [*actions, *choices])
        missing = [name for name in (*actions, *choices) if name not in given]
        if missing:
            raise ParameterError("profile", dict(given), f"an entry for {', '.join(missing)}, too")
        mixes = {}
        for name, labels in actions.items():
            mix = given[name]
            if isinstance(mix, Mapping):
                mix = {a: exact(p, f"probability of {a}", symbols) for a, p in mix.items()}
            mixes[name] = mixed_strategy(name, mix, labels)
        return cls(mixes, {s: exact(given[name], name, symbols) for name, s in choices.items()})

    def value(self, game: ContinuousTree, history: History, player: str) -> Expr:
        """The expected payoff of a player from a history on, in the numbers chosen before it."""
        node = game.nodes[history]
        if isinstance(node, End):
            return node.payoffs[player]
        if isinstance(node, Draw):
            value = self.value(game, (*history, *node.labels), player)
            return expected_value(
                node.distribution, value, space_before(game.nodes, history, game.space)
            )
        if isinstance(node, RealChoice):
            value = self.value(game, (*history, *node.labels), player)
            x = node.range.symbol
            return value.xreplace({x: self.responses[x]})
        weights = (
            node.probabilities if isinstance(node, Lottery) else self.profile[node.information_set]
        )
        played = ((label, weight) for label, weight in weights.items() if weight != 0)
        return sp.Add(*(w * self.value(game, (*history, label), player) for label, w in played))


def expected_value(distribution: Distribution, value: Expr, space: Space) -> Expr:
    """The expectation of a value, by cases in what else it depends on."""
    low, high = distribution.low, distribution.high
    if not value.has(*CASE_FUNCTIONS):
        return distribution.expectation(value, low, high)
    within = Space.of(space, distribution.bounds, symbols=(distribution.symbol,))
    parts = [
        Continuation(case.condition, FrozenMapping({"": case.expression}))
        for case in cases(value, within)
    ]
    results = expected_continuations(distribution, parts, space)
    pieces = [(part.payoffs[""], part.condition) for part in results]
    return pieces[0][0] if len(pieces) == 1 else sp.Piecewise(*pieces[:-1], (pieces[-1][0], True))


def obligations(game: ContinuousTree, strategies: Strategies) -> Iterator[Obligation]:
    """At every information set: each move in its range, and no other gains anything.

    A tree is finite: where no single change gains, no strategy does (Blackwell 1965; Hendon,
    Jacobsen and Sloth 1996).
    """
    for name, histories in members(game.nodes).items():
        node = game.information_sets[name]
        known = known_numbers(game.nodes, histories[0])
        fresh = {s: sp.Dummy(f"{s.name}_any", real=True) for s in known}
        premise = sp.And(*(game.range_of(s.name) for s in known))
        after = _Deviations(game, strategies, histories, known)
        claims = (
            _decision_claims(name, node, strategies, after)
            if isinstance(node, Decision)
            else _choice_claims(node, strategies, after)
        )
        for where, claim in claims:
            statement, reach = claim.xreplace(fresh), premise.xreplace(fresh)
            yield Obligation(
                where, statement if reach == sp.true else sp.Or(sp.Not(reach), statement)
            )


@dataclass(frozen=True)
class _Deviations:
    """Expected payoffs after each move at an information set, over what is not known there."""

    game: ContinuousTree
    strategies: Strategies
    histories: tuple[History, ...]
    known: tuple[Symbol, ...]

    def payoff(self, label: str, player: str) -> Expr:
        """The expected payoff of whoever moves, given that chance has led there."""
        weights = [_chance_weight(self.game, history) for history in self.histories]
        total = factorization(sp.Add(*weights))
        return sp.Add(
            *(
                sp.cancel(weight / total) * self._over_draws(history, label, player)
                for weight, history in zip(weights, self.histories, strict=True)
            )
        )

    def _over_draws(self, history: History, label: str, player: str) -> Expr:
        value = self.strategies.value(self.game, (*history, label), player)
        for k in reversed(range(len(history))):
            node = self.game.nodes[history[:k]]
            if isinstance(node, Draw) and node.distribution.symbol not in self.known:
                space = space_before(self.game.nodes, (*history, label), self.game.space)
                symbol = node.distribution.symbol
                rest = [c for c in space.constraints if symbol not in c.free_symbols]
                outer = Space(tuple(s for s in space.symbols if s != symbol), tuple(rest))
                value = expected_value(node.distribution, value, outer)
        return value


def _chance_weight(game: ContinuousTree, history: History) -> Expr:
    """The probability with which finite chance moves lead to a history."""
    weight: Expr = sp.Integer(1)
    for k, label in enumerate(history):
        node = game.nodes[history[:k]]
        if isinstance(node, Lottery):
            weight *= node.probabilities[label]
    return weight


def _decision_claims(
    name: str, node: Decision, strategies: Strategies, after: _Deviations
) -> Iterator[tuple[str, Boolean]]:
    payoffs = {a: after.payoff(a, node.player) for a in node.actions}
    for action in node.actions:
        probability = strategies.profile[name][action]
        if probability == 0:
            continue
        gains = [sp.Ge(payoffs[action] - payoffs[b], 0) for b in node.actions if b != action]
        claim = sp.And(*gains)
        if probability != 1:
            claim = sp.Or(sp.Eq(probability, 0), claim)
        yield f"{name}: {action} is best where it is played", claim


def _choice_claims(
    node: RealChoice, strategies: Strategies, after: _Deviations
) -> Iterator[tuple[str, Boolean]]:
    x = node.range.symbol
    z = sp.Dummy(f"{x.name}'", real=True)
    value = strategies.responses[x]
    yield f"{x} is in its range", node.range.contains(value)
    payoff = after.payoff(x.name, node.player)
    gain = payoff.xreplace({x: z}) - payoff.xreplace({x: value})
    reach = node.range.bounds(z)
    yield (
        f"{node.information_set}: no other {x} gains anything",
        sp.Or(*map(sp.Not, reach), sp.Le(gain, 0)),
    )
