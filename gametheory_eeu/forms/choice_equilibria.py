"""Equilibria of a continuous game: pure ones by active sets, mixed ones over an interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, factorization
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.games.choice_distribution import ChoiceDistribution
from gametheory_eeu.prover.case_distinction import cases
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.solvers.active_sets import ActiveSetSearch, ChoiceEquilibrium, UnsolvedActiveSet
from gametheory_eeu.solvers.mixed_intervals import MixedSolution, RankPayoff, mixed_intervals
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, Place
from gametheory_eeu.solvers.readable import complement, simplify_condition, simplify_value

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_game import ContinuousGame

INTERIOR = "interior"
MIXED = "mixed Nash"
_METHOD = "every active set of the first-order conditions"
_WHY_MIXED = (
    "both mix over one interval from a common end of their ranges, and one may have mass there; "
    "other supports were not searched"
)


def solve(game: ContinuousGame, concept: str) -> EquilibriumSet:
    """Every equilibrium of a continuous game, with the reason for completeness."""
    agents, ties = game.agents, dict[Symbol, Symbol]()
    if game.others:
        ties = {other: x for x, other in game.others.items()}
    elif concept == "symmetric Nash":
        agents, ties = _representative(game)
    search = ActiveSetSearch(agents, game.space, ties)
    solutions = list(search.solutions())
    unsolved = [s for s in solutions if isinstance(s, UnsolvedActiveSet)]
    found = [s for s in solutions if isinstance(s, ChoiceEquilibrium)]
    equilibria = tuple(_equilibria(game, ties, found, concept))
    complete = complement((s.condition for s in unsolved), game.space)
    why = _reason(game, search, unsolved)
    return EquilibriumSet(equilibria, game, concept, _METHOD, complete, why)


def _reason(
    game: ContinuousGame, search: ActiveSetSearch, unsolved: list[UnsolvedActiveSet]
) -> str:
    if unsolved:
        ranges = _by_symbol(game)
        items = dict.fromkeys(f"{place_name(s.places, ranges)} ({s.why})" for s in unsolved)
        return f"all were settled but these: {'; '.join(items)}"
    shapes = {agent.curvature.shape for agent in search.agents}
    if search.scale.orders:
        shapes = {"quasi-concave" if shape == "concave" else shape for shape in shapes}
    if shapes == {"concave"}:
        sufficient = "they suffice, each payoff being concave in the own choice"
    elif "unknown" not in shapes:
        sufficient = "they suffice, each payoff having one peak in the own choice"
    else:
        sufficient = "each solution was compared with every deviation"
    return f"all solutions of these conditions were followed, and {sufficient}"


def _equilibria(
    game: ContinuousGame,
    ties: Mapping[Symbol, Symbol],
    solutions: Iterable[ChoiceEquilibrium],
    concept: str,
) -> Iterator[Equilibrium]:
    ranges = _by_symbol(game)
    for solution in sorted(solutions, key=_order):
        condition = simplify_condition(solution.condition, game.space)
        if condition == sp.false:
            continue
        values = {x: simplify_value(v) for x, v in solution.values.items()}
        values |= {other: values[x] for other, x in ties.items()}
        own = {r.symbol.name: values[r.symbol] for r in game.ranges.values()}
        existence = Space.of(game.space, condition, solution.where, symbols=solution.free)
        payoffs = {p: _value(u.xreplace(values), existence) for p, u in game.payoffs.items()}
        yield Equilibrium(
            place_name(solution.places, ranges),
            {},
            payoffs,
            condition,
            concept,
            free=solution.free,
            where=prover.simplify(solution.where, Space.of(game.space, symbols=solution.free)),
            choices=own,
            game=game,
        )


def _value(expression: Expr, space: Space) -> Expr:
    """A value without Max, Abs and Piecewise where one case alone occurs on the space."""
    if expression.has(*CASE_FUNCTIONS):
        occurring = cases(expression.rewrite(sp.Piecewise), space)
        expression = occurring[0].expression if len(occurring) == 1 else expression
    return simplify_value(expression)


def _order(solution: ChoiceEquilibrium) -> tuple[int, tuple[bool, ...]]:
    """Interior first, then by the number of choices at an end, those of first players first."""
    inside = tuple(place == "inside" for place in solution.places.values())
    return -sum(inside), inside


def _by_symbol(game: ContinuousGame) -> dict[Symbol, ChoiceRange]:
    return {r.symbol: r for r in game.ranges.values()}


def place_name(places: Mapping[Symbol, Place], ranges: Mapping[Symbol, ChoiceRange]) -> str:
    """The name of an active set: the choices at an end or breakpoint; of others, "interior"."""
    parts: list[str] = []
    for x, place in places.items():
        if place in ("low", "high", "point"):
            parts.append(f"{x} = {ranges[x].high if place == 'high' else ranges[x].low}")
        elif place == "edge":
            parts.append(f"{x} at a breakpoint")
    return "; ".join(parts) or INTERIOR


def _representative(game: ContinuousGame) -> tuple[tuple[Agent, ...], dict[Symbol, Symbol]]:
    """The first of equal players, with the others' choices tied to theirs."""
    first, *rest = game.agents
    if all(len(agent.ranges) == len(first.ranges) for agent in rest) and _is_symmetric(game):
        pairs = ((r, s) for agent in rest for r, s in zip(agent.ranges, first.ranges, strict=True))
        return (first,), {own.symbol: other.symbol for own, other in pairs}
    raise UnsupportedError(
        "the players are not equal, so that a symmetric equilibrium need not be one of all; ask "
        'for "Nash"'
    )


def _is_symmetric(game: ContinuousGame) -> bool:
    """Whether every exchange of two players leaves the game as it is."""
    agents = game.agents
    for i, j in combinations(range(len(agents)), 2):
        exchange: dict[Symbol, Symbol] = {}
        for a, b in zip(agents[i].ranges, agents[j].ranges, strict=True):
            exchange |= {a.symbol: b.symbol, b.symbol: a.symbol}
            if a.at({a.symbol: b.symbol}) != ChoiceRange(
                a.symbol, b.low, b.high, b.has_low, b.has_high
            ):
                return False
        images = {i: j, j: i}
        for k, agent in enumerate(agents):
            image = agents[images.get(k, k)].payoff
            if sp.simplify(agent.payoff.xreplace(exchange) - image) != 0:
                return False
    return True


def growth(agent: Agent, choice: ChoiceRange) -> str:
    """In which direction a payoff grows without bound, if it is proved to; empty if not."""
    numerator, denominator = common_denominator(agent.payoff)
    x = choice.symbol
    if not numerator.is_polynomial(x) or not denominator.is_polynomial(x):
        return ""
    degree = sp.degree(numerator, x) - sp.degree(denominator, x)
    if degree <= 0:
        return ""
    leading = sp.LC(numerator, x) / sp.LC(denominator, x)
    ends = ((sp.oo, choice.high, 1, "grows"), (-sp.oo, choice.low, (-1) ** int(degree), "falls"))
    for infinite, end, sign, direction in ends:
        if end == infinite:
            try:
                if prover.sign(factorization(sign * leading), given=agent.space).sign == "+":
                    return direction
            except UnsupportedError:
                continue
    return ""


def rank_payoffs(game: ContinuousGame) -> tuple[RankPayoff, RankPayoff] | None:
    """The payoffs of two players that turn on whose choice is the higher; None of other games."""
    if len(game.players) != 2 or game.others or game.types:
        return None
    if any(len(group) != 1 for group in game.choices.values()):
        return None
    first, second = (group[0].symbol for group in game.choices.values())
    one, two = game.payoffs.values()
    first_payoff = RankPayoff.read(one, first, second)
    second_payoff = RankPayoff.read(two, second, first)
    if first_payoff is None or second_payoff is None:
        return None
    return first_payoff, second_payoff


def solve_mixed(game: ContinuousGame) -> EquilibriumSet:
    """The mixed equilibria over one interval, those that their obligations confirm."""
    payoffs = game.rank_payoffs
    assert payoffs is not None
    (first,), (second,) = game.choices.values()
    equilibria, unsettled = [], []
    for solution in mixed_intervals(payoffs, (first, second), game.space):
        equilibrium = _mixed_equilibrium(game, solution)
        verdict = equilibrium.verify().verdict
        if verdict == "proved":
            equilibria.append(equilibrium)
        elif verdict == "unknown":
            unsettled.append(solution.name)
    why = _WHY_MIXED + (f"; not settled: {', '.join(unsettled)}" if unsettled else "")
    method = "indifference over one interval"
    return EquilibriumSet(tuple(equilibria), game, MIXED, method, sp.false, why)


def _mixed_equilibrium(game: ContinuousGame, solution: MixedSolution) -> Equilibrium:
    return Equilibrium(
        solution.name,
        {},
        dict(zip(game.players, solution.payoffs, strict=True)),
        solution.condition,
        MIXED,
        free=solution.free,
        where=solution.where,
        distributions={d.symbol.name: d for d in solution.distributions},
        game=game,
    )


def mixed_obligations(game: ContinuousGame, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """Distributions, indifference on the support, and no gain outside it nor at its end."""
    payoffs = game.rank_payoffs
    assert payoffs is not None
    for player, payoff in zip(game.players, payoffs, strict=True):
        own = equilibrium.distributions[payoff.own.name]
        other = equilibrium.distributions[payoff.other.name]
        value = equilibrium.payoffs[player]
        yield from _distribution_obligations(own)
        z = sp.Dummy(f"{payoff.own.name}'", real=True)
        inside = _inside(own, z)
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


def _inside(d: ChoiceDistribution, z: Symbol) -> Boolean:
    return sp.And(z > d.low, z < d.high if d.high != sp.oo else sp.true)


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
    yield Obligation(
        f"the density of {d.symbol} is not negative",
        _implies(_inside(d, z), d.density.xreplace({d.symbol: z}) >= 0),
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
    player: str, payoff: RankPayoff, own: ChoiceDistribution, other: ChoiceDistribution, value: Expr
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
