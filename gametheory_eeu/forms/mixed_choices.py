"""Mixed equilibria of continuous games: found over an interval, and what verifies them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.model.choice_distribution import ChoiceDistribution
from gametheory_eeu.solvers.mixed_intervals import MixedSolution, RankPayoff, mixed_intervals

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_game import ContinuousGame

CONCEPT = "mixed Nash"
_METHOD = "indifference over one interval"
_WHY = (
    "both mix over one interval from a common end of their ranges, and one may have mass there; "
    "other supports were not searched"
)


def rank_payoffs(game: ContinuousGame) -> tuple[RankPayoff, RankPayoff] | None:
    """The payoffs of two players that turn on whose choice is the higher; None of other games."""
    if len(game.players) != 2 or game.others or game.types:
        return None
    if any(len(group) != 1 for group in game.choices.values()):
        return None
    first, second = (group[0].symbol for group in game.choices.values())
    one, two = game.payoffs.values()
    payoffs = RankPayoff.read(one, first, second), RankPayoff.read(two, second, first)
    if payoffs[0] is None or payoffs[1] is None:
        return None
    return payoffs[0], payoffs[1]


def solve_mixed(game: ContinuousGame) -> EquilibriumSet:
    """The mixed equilibria over one interval, those that their obligations confirm."""
    payoffs = rank_payoffs(game)
    assert payoffs is not None
    (first,), (second,) = game.choices.values()
    equilibria, unsettled = [], []
    for solution in mixed_intervals(payoffs, (first, second), game.space):
        equilibrium = _equilibrium(game, solution)
        verdict = equilibrium.verify().verdict
        if verdict == "proved":
            equilibria.append(equilibrium)
        elif verdict == "unknown":
            unsettled.append(solution.name)
    why = _WHY + (f"; not settled: {', '.join(unsettled)}" if unsettled else "")
    return EquilibriumSet(tuple(equilibria), game, CONCEPT, _METHOD, sp.false, why)


def _equilibrium(game: ContinuousGame, solution: MixedSolution) -> Equilibrium:
    distributions = {d.symbol.name: d for d in solution.distributions}
    return Equilibrium(
        solution.name,
        {},
        FrozenMapping(dict(zip(game.players, solution.payoffs, strict=True))),
        solution.condition,
        CONCEPT,
        free=solution.free,
        where=solution.where,
        distributions=FrozenMapping(distributions),
        game=game,
    )


def mixed_obligations(game: ContinuousGame, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """Distributions, indifference on the support, and no gain outside it nor at its end."""
    payoffs = rank_payoffs(game)
    assert payoffs is not None
    for player, payoff in zip(game.players, payoffs, strict=True):
        own = equilibrium.distributions[payoff.own.name]
        other = equilibrium.distributions[payoff.other.name]
        value = equilibrium.payoffs[player]
        yield from _distribution_obligations(own)
        z = sp.Dummy(f"{payoff.own.name}'", real=True)
        inside = sp.And(z > own.low, z < own.high if own.high != sp.oo else sp.true)
        if payoff.turns_on_own:
            expected = _expected(payoff, other, z)
            yield Obligation(
                f"{player}: every {own.symbol} in the support pays the same",
                _implies(inside, sp.Eq(sp.simplify(expected - value), 0, evaluate=False)),
            )
        else:
            yield from _attrition_obligations(player, payoff, other, z, value)
        (choice,) = game.choices[player]
        outside = sp.And(choice.contains(z), sp.Or(z < own.low, z > own.high))
        if outside != sp.false and own.high != sp.oo:
            far = _beyond(payoff, other, z)
            yield Obligation(
                f"{player}: no {own.symbol} outside the support gains anything",
                _implies(outside, far <= value),
            )
        yield from _end_obligations(player, payoff, own, other, value)


def _implies(premise: Boolean, conclusion: Boolean) -> Boolean:
    return sp.Or(sp.Not(premise), conclusion)


def _expected(payoff: RankPayoff, other: ChoiceDistribution, z: Expr) -> Expr:
    """The expected payoff of a choice inside the other's support."""
    below_z = other.cdf.xreplace({other.symbol: z})
    own = {payoff.own: z}
    return payoff.above.xreplace(own) * below_z + payoff.below.xreplace(own) * (1 - below_z)


def _beyond(payoff: RankPayoff, other: ChoiceDistribution, z: Expr) -> Expr:
    """The expected payoff of a choice outside the common support: above it, or below it."""
    at = {payoff.own: z}
    return sp.Piecewise(
        (payoff.above.xreplace(at), z > other.high), (payoff.below.xreplace(at), True)
    )


def _distribution_obligations(d: ChoiceDistribution) -> Iterator[Obligation]:
    z = sp.Dummy(f"{d.symbol.name}'", real=True)
    inside = sp.And(z > d.low, z < d.high if d.high != sp.oo else sp.true)
    yield Obligation(
        f"the density of {d.symbol} is not negative",
        _implies(inside, d.density.xreplace({d.symbol: z}) >= 0),
    )
    at_low = sp.simplify(d.cdf.xreplace({d.symbol: d.low}) - d.mass_at_low)
    yield Obligation(f"{d.symbol} starts with its mass", sp.Eq(at_low, 0, evaluate=False))
    if d.high == sp.oo:
        total = sp.simplify(_limit(d) - 1)
    else:
        total = sp.simplify(d.cdf.xreplace({d.symbol: d.high}) + d.mass_at_high - 1)
    yield Obligation(f"the probabilities of {d.symbol} sum to 1", sp.Eq(total, 0, evaluate=False))
    for mass in (d.mass_at_low, d.mass_at_high):
        if mass != 0:
            yield Obligation(f"a mass of {d.symbol} is a probability", sp.And(mass >= 0, mass <= 1))
    yield Obligation(f"the support of {d.symbol} is an interval", sp.true if d.high == sp.oo
                     else d.low < d.high)  # fmt: skip


def _limit(d: ChoiceDistribution) -> Expr:
    """The limit of a cdf 1 - (1 - m)exp(-h(x - low)) as x grows: 1, with a hazard h > 0."""
    survival = 1 - d.cdf
    hazard = sp.simplify(-sp.diff(sp.log(survival), d.symbol))
    return sp.Piecewise((1, hazard > 0), (0, True))


def _attrition_obligations(
    player: str, payoff: RankPayoff, other: ChoiceDistribution, z: Expr, value: Expr
) -> Iterator[Obligation]:
    """Going on for a moment pays nothing and costs nothing, and stopping at once pays the value."""
    below = payoff.below.xreplace({payoff.own: z})
    above = payoff.above.xreplace({payoff.other: z})
    survival = 1 - other.cdf.xreplace({other.symbol: z})
    density = -sp.diff(survival, z)
    slope = density * (above - below) + survival * sp.diff(below, z)
    yield Obligation(
        f"{player}: every {payoff.own} in the support pays the same",
        sp.Eq(sp.simplify(slope), 0, evaluate=False),
    )
    low = other.low
    at_once = other.mass_at_low * payoff.above.xreplace({payoff.other: low}) + (
        1 - other.mass_at_low
    ) * payoff.below.xreplace({payoff.own: low})
    yield Obligation(
        f"{player}: just above {low} {payoff.own} pays that", sp.Eq(sp.expand(at_once - value), 0)
    )


def _end_obligations(
    player: str,
    payoff: RankPayoff,
    own: ChoiceDistribution,
    other: ChoiceDistribution,
    value: Expr,
) -> Iterator[Obligation]:
    """At an end with mass: the tie there pays no more, and as much to whoever has mass there."""
    for end, own_mass, mass, is_low in (
        (own.low, own.mass_at_low, other.mass_at_low, True),
        (own.high, own.mass_at_high, other.mass_at_high, False),
    ):
        if own_mass == 0 and mass == 0:
            continue
        level = payoff.level.xreplace({payoff.own: end, payoff.other: end})
        rest = payoff.below if is_low else payoff.above
        paid = mass * level + (1 - mass) * rest.xreplace({payoff.own: end})
        relation = sp.Eq if own_mass != 0 else sp.Le
        claim: Boolean = relation(sp.simplify(paid - value), 0, evaluate=False)
        yield Obligation(f"{player}: {payoff.own} = {end} pays as it should", claim)


__all__ = ["CONCEPT", "mixed_obligations", "rank_payoffs", "solve_mixed"]
