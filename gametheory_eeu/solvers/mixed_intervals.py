"""Mixed equilibria of two players whose payoffs turn on whose choice is the higher.

Each mixes over one interval, from a common end at which one of them may have mass: contests that
all pay for, wars of attrition, prices for captive customers and for others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.games.choice_distribution import ChoiceDistribution
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value

_RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne)


@dataclass(frozen=True)
class RankPayoff(Picklable):
    """A payoff with the own choice above, at, and below the other's."""

    own: Symbol
    other: Symbol
    above: Expr
    level: Expr
    below: Expr

    @classmethod
    def read(cls, payoff: Expr, own: Symbol, other: Symbol) -> RankPayoff | None:
        """The payoff taken apart; None where its pieces turn on anything else."""
        sides = [_at_order(payoff, own, other, order) for order in (1, 0, -1)]
        if any(side is None for side in sides):
            return None
        above, level, below = (sp.expand(side) for side in sides)
        if above == below:
            return None
        return cls(own, other, above, level, below)

    @property
    def turns_on_own(self) -> bool:
        """Whether nothing but the rank of the other's choice matters."""
        return self.other not in (self.above - self.below).free_symbols | self.above.free_symbols

    @property
    def turns_on_lower(self) -> bool:
        """Whether the payoff turns on the lower of the two choices alone, as in attrition."""
        return self.own not in self.above.free_symbols and self.other not in self.below.free_symbols


def _at_order(payoff: Expr, own: Symbol, other: Symbol, order: int) -> Expr | None:
    """The payoff where the own choice is above (1), at (0) or below (-1) the other's."""
    values: dict[Boolean, Boolean] = {}
    for relation in payoff.atoms(*_RELATIONS):
        if not {own, other} & relation.free_symbols:
            continue
        ratio = sp.simplify((relation.lhs - relation.rhs) / (own - other))
        if not ratio.is_number or ratio == 0:
            return None
        sign = order * int(sp.sign(ratio))
        values[relation] = sp.true if relation.func(sp.Integer(sign), 0) == sp.true else sp.false
    result = payoff.xreplace(values)
    if order == 0:
        result = result.xreplace({other: own})
    return None if result.has(sp.Piecewise, sp.Max, sp.Min, sp.Abs) else result


@dataclass(frozen=True)
class MixedSolution(Picklable):
    """One mixed equilibrium: distributions and payoffs in the order of the players.

    ``where`` is the range of what is ``free``.
    """

    name: str
    distributions: tuple[ChoiceDistribution, ChoiceDistribution]
    payoffs: tuple[Expr, Expr]
    condition: Boolean
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true


def mixed_intervals(
    players: tuple[RankPayoff, RankPayoff], ranges: tuple[ChoiceRange, ChoiceRange], space: Space
) -> Iterator[MixedSolution]:
    """The mixed equilibria in which both mix over one interval."""
    if all(player.turns_on_own for player in players):
        for is_upward in (True, False):
            z = sp.Dummy("z'", real=True)
            yield from _Interval(players, ranges, space, is_upward, z).solutions()
    elif all(player.turns_on_lower for player in players):
        yield from _attrition(players, ranges)


@dataclass(frozen=True)
class _Interval:
    """Both mixing over one interval from a near end, at which one player may have mass.

    Player i is indifferent where the other is on the side of the near end with probability
    G = (u_i - Y_i)/(X_i - Y_i): X_i is i's payoff with the other on that side, Y_i otherwise. At
    the far end G is 1; at the near one it is the other's mass there, and one mass is zero.
    """

    players: tuple[RankPayoff, RankPayoff]
    ranges: tuple[ChoiceRange, ChoiceRange]
    space: Space
    is_upward: bool
    z: Symbol

    def payoffs(self, k: int) -> tuple[Expr, Expr]:
        """X and Y of a player, in z."""
        player = self.players[k]
        sides = (player.above, player.below) if self.is_upward else (player.below, player.above)
        on_side, off_side = (side.xreplace({player.own: self.z}) for side in sides)
        return on_side, off_side

    def near_ends(self, k: int) -> list[Expr]:
        """The common end of the ranges, and where alone off the side is best for a player."""
        ends = [r.low if self.is_upward else r.high for r in self.ranges]
        closed = [r.has_low if self.is_upward else r.has_high for r in self.ranges]
        is_common = ends[0] == ends[1] and not ends[0].is_infinite and all(closed)
        slope = sp.diff(self.payoffs(k)[1], self.z)
        stationary = _solutions(slope, self.z) if self.z in slope.free_symbols else []
        return [*([ends[0]] if is_common else []), *stationary]

    def solutions(self) -> Iterator[MixedSolution]:
        """Those with mass of the first player, or none, and those with mass of the second."""
        known = self.near_ends(0)
        for k in (0, 1):
            for near in self.near_ends(k):
                on_side, off_side = self.payoffs(k)
                for far in _solutions(on_side - off_side.xreplace({self.z: near}), self.z):
                    # Without mass both readings are one equilibrium: it belongs to the first.
                    is_new = k == 0 or near not in known
                    yield from self._solution(k, near, far, is_new=is_new)

    def _solution(self, k: int, near: Expr, far: Expr, *, is_new: bool) -> Iterator[MixedSolution]:
        """The equilibrium with mass of player k at the near end, where it exists."""
        at_near, at_far = {self.z: near}, {self.z: far}
        values = [self.payoffs(i)[0].xreplace(at_far) for i in (0, 1)]
        values[k] = self.payoffs(k)[1].xreplace(at_near)
        side: list[Expr] = []
        for j in (0, 1):
            on_side, off_side = self.payoffs(1 - j)
            side.append(sp.factor((values[1 - j] - off_side) / (on_side - off_side)))
        mass = simplify_value(side[k].xreplace(at_near))
        needed = [far > near if self.is_upward else far < near, mass < 1]
        needed += [r.contains(end) for r in self.ranges for end in (near, far)]
        needed.append(mass >= 0 if is_new else mass > 0)
        condition = simplify_condition(sp.And(*needed), self.space)
        existence = Space.of(self.space, condition)
        if condition == sp.false or prover.is_empty(existence).verdict == "proved":
            return
        masses = [mass if j == k else sp.S.Zero for j in (0, 1)]
        first, second = (self._distribution(j, side[j], near, far, masses[j]) for j in (0, 1))
        is_massless = prover.prove(sp.Eq(mass, 0), given=existence).verdict == "proved"
        name = "mixed" if is_massless else f"mixed, mass at {self.players[k].own} = {near}"
        paid = simplify_value(values[0]), simplify_value(values[1])
        yield MixedSolution(name, (first, second), paid, condition)

    def _distribution(
        self, j: int, side: Expr, near: Expr, far: Expr, mass: Expr
    ) -> ChoiceDistribution:
        x, end = self.players[j].own, simplify_value(far)
        own = side.xreplace({self.z: x})
        if self.is_upward:
            return ChoiceDistribution(x, simplify_value(own), near, end, mass_at_low=mass)
        cdf = simplify_value(sp.factor(1 - own))
        return ChoiceDistribution(x, cdf, end, near, mass_at_high=mass)


def _solutions(equation: Expr, z: Symbol) -> list[Expr]:
    numerator = sp.fraction(sp.together(equation))[0]
    if not numerator.is_polynomial(z) or sp.degree(numerator, z) not in (1, 2):
        return []
    return [sp.factor(root) for root in sp.roots(sp.Poly(numerator, z))]


def _attrition(
    players: tuple[RankPayoff, RankPayoff], ranges: tuple[ChoiceRange, ChoiceRange]
) -> Iterator[MixedSolution]:
    """A hazard that keeps each indifferent about going on, from a common end for ever.

    Of the choice x of player j, S_j = 1 - F_j solves S_j'/S_j = B_i'/(A_i - B_i), A_i being i's
    payoff above j's choice and B_i below it; one of them may have mass at the end.
    """
    low = ranges[0].low
    if low != ranges[1].low or low.is_infinite or not all(r.has_low for r in ranges):
        return
    if any(r.high != sp.oo for r in ranges):
        return
    z, mass = sp.Dummy("z'", real=True), sp.Symbol("m", real=True)
    survivals: list[Expr] = []
    for i in (0, 1):
        player = players[i]
        above = player.above.xreplace({player.other: z})
        below = player.below.xreplace({player.own: z})
        hazard = sp.simplify(sp.diff(below, z) / (above - below))
        if z in hazard.free_symbols or hazard == 0:
            return  # a hazard that is constant; others are not needed by the models named
        survivals.append(sp.exp(hazard * (z - low)))
    for k in (0, 1):
        masses = [sp.S.Zero, sp.S.Zero]
        masses[k] = mass
        distributions, payoffs = [], []
        for j in (0, 1):
            x, i = players[j].own, 1 - j
            survival = (1 - masses[j]) * survivals[i].xreplace({z: x})
            distributions.append(ChoiceDistribution(x, 1 - survival, low, sp.oo, masses[j]))
        for i in (0, 1):
            player, other_mass = players[i], masses[1 - i]
            at_low = player.below.xreplace({player.own: low})
            won = player.above.xreplace({player.other: low})
            payoffs.append(sp.expand(other_mass * won + (1 - other_mass) * at_low))
        range_of_mass = sp.And(mass >= 0 if k == 0 else mass > 0, mass < 1)
        yield MixedSolution(
            f"mixed, mass at {players[k].own} = {low}",
            (distributions[0], distributions[1]), (payoffs[0], payoffs[1]),
            sp.true, (mass,), range_of_mass,
        )  # fmt: skip
