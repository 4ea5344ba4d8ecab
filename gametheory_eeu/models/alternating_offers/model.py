"""Alternating-offers bargaining: the game, its equilibria and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.solvers.bargaining_solutions import backward_induction

MEMBER_MAY_QUIT, BOTH_MAY_QUIT = "subgame perfect", "subgame perfect, both may quit"
OUTCOMES = ("agreement", "quit")
RUBINSTEIN = Source("L", "Rubinstein1982", "with a risk of breakdown and a quit option")
OUTSIDE_OPTION = Source("L", "ShakedSutton1984", "the outside option principle")
NASH_LIMIT = Source("L", "BinmoreRubinsteinWolinsky1986")


class AlternatingOffers(Game):
    r"""Alternating offers: bargaining with discounting, breakdown risk and quit options.

    **Players.** The hegemon, who proposes first, and a member; they divide a pie of 1.

    **Timing.** In each round one proposes a division and the other accepts or rejects it. After a
    rejection talks break down with probability :math:`p` and leave both nothing; otherwise the
    other proposes in the next round, worth :math:`d_1` to the hegemon and :math:`d_2` to the
    member of what this round is.

    **Who may quit.** By default the member, and only on rejecting an offer: it then has
    :math:`w_2 \le 1` and the hegemon nothing. Under the concept *both may quit*, either may end
    the talks after any rejection, at the same moment; they then have :math:`w_1` and :math:`w_2`.

    **Concept.** Subgame perfect equilibrium. The member's option is no disagreement payoff: it
    moves nothing until it binds. In asymmetric Nash bargaining the outside payoff is one.

    After Ståhl (1972), Rubinstein (1982), Shaked and Sutton (1984), Binmore, Rubinstein and
    Wolinsky (1986), Binmore, Shaked and Sutton (1989); both may quit: Ponsatí and Sákovics (1998).
    """

    title = "Alternating offers"
    publication = Publication(
        "rubinstein 1982",
        "offers in turn: the more patient side gets the larger share",
        ("bargaining",),
        "Rubinstein1982",
    )

    parameters = declare(
        v.HEGEMON_DISCOUNT,
        v.MEMBER_DISCOUNT,
        v.with_default(v.BREAKDOWN_RISK, 0),
        v.with_default(v.HEGEMON_QUIT_OPTION, 0),
        v.with_default(v.MEMBER_QUIT_OPTION, 0),
    )
    concepts = (MEMBER_MAY_QUIT, BOTH_MAY_QUIT)

    @property
    def players(self) -> tuple[str, ...]:
        """The two sides, the first proposer first."""
        return ("hegemon", "member")

    @classmethod
    def from_urgency(
        cls, hegemon_urgency: object, member_urgency: object, interval: object = 1, **values: object
    ) -> Self:
        r"""The game in which an offer takes an interval of time and both discount at a rate.

        A round later is worth :math:`e^{-\rho \cdot \text{interval}}` of now; kept exact.

        Examples
        --------
        >>> AlternatingOffers.from_urgency("1/5", "1/10").hegemon_patience
        exp(-1/5)
        """
        rates = (v.HEGEMON_URGENCY.value(hegemon_urgency), v.MEMBER_URGENCY.value(member_urgency))
        duration = exact(interval, "interval")
        if duration.is_positive is not True:
            raise ParameterError("interval", interval, "a positive length of time")
        hegemon_factor, member_factor = (sp.exp(-rate * duration) for rate in rates)
        return cls(hegemon_discount=hegemon_factor, member_discount=member_factor, **values)

    @property
    def _effective_discounts(self) -> tuple[Expr, Expr]:
        """Effective discount factors of both sides, the risk of breakdown included."""
        s = self.symbols
        return (1 - s.p) * s.d_1, (1 - s.p) * s.d_2

    # What the model implies.

    @quantity("(1-p)d_1", NASH_LIMIT)
    def hegemon_patience(self) -> Expr:
        """What one more round is worth to the hegemon, with the risk of breakdown."""
        return self._effective_discounts[0]

    @quantity("(1-p)d_2", NASH_LIMIT)
    def member_patience(self) -> Expr:
        """What one more round is worth to the member, with the risk of breakdown."""
        return self._effective_discounts[1]

    @quantity("x", RUBINSTEIN)
    def proposer_share(self) -> Expr:
        """The hegemon's share, proposing first, where the member may quit on rejecting."""
        delta_1, delta_2 = self._effective_discounts
        w = self.symbols.w_2
        slack = w <= self._option_threshold
        return sp.Piecewise(((1 - delta_2) / (1 - delta_1 * delta_2), slack), (1 - w, True))

    @quantity(r"\hat{w}", OUTSIDE_OPTION)
    def option_threshold(self) -> Expr:
        """The least quit option of the member that does not leave the division as it is."""
        return self._option_threshold

    @quantity(
        "x - x_2", RUBINSTEIN, exists_when=lambda game: game.symbols.w_2 <= game._option_threshold
    )
    def first_mover_advantage(self) -> Expr:
        """What proposing first adds to the hegemon's share, where no option binds."""
        delta_1, delta_2 = self._effective_discounts
        return (1 - delta_1) * (1 - delta_2) / (1 - delta_1 * delta_2)

    @property
    def _option_threshold(self) -> Expr:
        delta_1, delta_2 = self._effective_discounts
        return delta_2 * (1 - delta_1) / (1 - delta_1 * delta_2)

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The payoff of agreeing at once at the hegemon's share ``profile["share"]``, or quitting.

        ``{"end": "agreement", "share": x}``; without a share, at the proposer's share.
        """
        self._check_player(player)
        probabilities = mixed_strategy("end", profile.get("end"), OUTCOMES)
        share = exact(profile.get("share", type(self).proposer_share.function(self)), "share")
        agreement_payoff = share if player == "hegemon" else 1 - share
        quit_payoff = self.symbols.w_1 if player == "hegemon" else self.symbols.w_2
        return (
            probabilities["agreement"] * agreement_payoff + probabilities["quit"] * quit_payoff
        ).xreplace(self.values)

    # Equilibria.

    def equilibria(self, concept: str) -> Iterator[Equilibrium]:
        """Agreement at once; where both may quit, at any share of an interval."""
        game = self.general
        s, (delta_1, delta_2) = game.symbols, game._effective_discounts
        if concept == MEMBER_MAY_QUIT:
            rubinstein = (1 - delta_2) / (1 - delta_1 * delta_2)
            slack = s.w_2 <= game._option_threshold
            yield self._agreement("the option is idle", rubinstein, slack, concept)
            yield self._agreement("the option binds", 1 - s.w_2, sp.Not(slack), concept)
            return
        feasible = sp.Le(s.w_1 + s.w_2, 1)
        yield self._agreement("quit if refused", 1 - s.w_2, feasible, concept)
        x = sp.Symbol("x", real=True)
        credibility = sp.And(
            delta_1 > 0,
            delta_2 > 0,
            delta_1**2 * (delta_2 - s.w_2) >= s.w_1 * delta_2,
            delta_2**2 * (delta_1 - s.w_1) >= s.w_2 * delta_1,
        )
        where = sp.And(x >= 1 - delta_2 * (1 - s.w_1 / delta_1), x < 1 - s.w_2)
        fields = {"free": (x,), "where": where}
        yield self._agreement("continuum", x, credibility, concept, **fields)

    def _agreement(
        self, name: str, share: Expr, condition: Boolean, concept: str, **fields: Any
    ) -> Equilibrium:
        profile = {"end": {"agreement": sp.Integer(1), "quit": sp.Integer(0)}}
        payoffs = {"hegemon": share, "member": 1 - share}
        return Equilibrium(
            name, profile, payoffs, condition, concept, note=_NOTES[name], game=self, **fields
        )

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """One-shot deviation conditions in every state of the stationary strategies."""
        share = equilibrium.payoffs["hegemon"]
        conditions = {
            "continuum": self._continuum_conditions,
            "quit if refused": self._quit_conditions,
        }.get(equilibrium.name, self._stationary_conditions)
        return tuple(
            Obligation(label, statement.xreplace(self.values))
            for label, statement in conditions(share)
        )

    def _stationary_conditions(self, x: Expr) -> Iterator[tuple[str, Boolean]]:
        """Conditions on stationary strategies: each responder is indifferent."""
        delta_1, delta_2 = self._effective_discounts
        w, y = self.symbols.w_2, 1 - delta_1 * x  # what the member keeps when it proposes
        yield "the shares are shares", sp.And(x >= 0, x <= 1, y >= 0, y <= 1)
        rejection_payoff = sp.Max(w, delta_2 * y)
        yield "the member accepts exactly what rejecting is worth", sp.Eq(1 - x, rejection_payoff)
        yield "the hegemon would rather propose this than be rejected", x >= delta_1 * (1 - y)
        yield "the member would rather propose this than be rejected", y >= delta_2 * (1 - x)
        yield "the hegemon accepts exactly what rejecting is worth", sp.Eq(1 - y, delta_1 * x)

    def _quit_conditions(self, x: Expr) -> Iterator[tuple[str, Boolean]]:
        """Conditions on the equilibrium in which both quit after a rejection."""
        s = self.symbols
        yield "the member accepts what quitting is worth", sp.Eq(1 - x, s.w_2)
        yield "the hegemon would rather propose this than be left", x >= s.w_1
        yield "the member would rather propose than be left", 1 - s.w_1 >= s.w_2

    def _continuum_conditions(self, x: Expr) -> Iterator[tuple[str, Boolean]]:
        """Conditions on the three-state strategies that support a continuum of shares."""
        s, (delta_1, delta_2) = self.symbols, self._effective_discounts
        member_best, hegemon_best = (
            1 - s.w_1 / delta_1,
            1 - s.w_2 / delta_2,
        )  # of the member, of the hegemon
        yield "the member accepts: rejecting makes both quit", 1 - x >= s.w_2
        yield "the member rejects less: its best follows", delta_2 * member_best >= 1 - x
        yield (
            "then neither would quit",
            sp.And(delta_1 * (1 - member_best) >= s.w_1, delta_2 * member_best >= s.w_2),
        )
        yield "the hegemon would rather propose this", x >= delta_1 * (1 - member_best)
        yield "at the member's best: the hegemon accepts", 1 - member_best >= s.w_1
        yield "at the member's best: it rejects less", delta_1 * hegemon_best >= 1 - member_best
        yield "at the member's best: it proposes this", member_best >= delta_2 * (1 - hegemon_best)
        yield "then neither would quit either", delta_2 * (1 - hegemon_best) >= s.w_2
        yield "at the hegemon's best: the member accepts", 1 - hegemon_best >= s.w_2
        yield "at the hegemon's best: it rejects less", delta_2 * member_best >= 1 - hegemon_best
        yield "at the hegemon's best: it proposes this", hegemon_best >= delta_1 * (1 - member_best)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The bounds on all equilibrium shares coincide, unless both may quit."""
        if concept == BOTH_MAY_QUIT:
            return (
                "strategies with three states",
                sp.false,
                "where both may quit there is a continuum of equilibria; these are agreed at once, "
                "and others, with delay, are not listed",
            )
        return (
            "closed form",
            self.symbols.w_2 < 1,
            "the least and the greatest share of the proposer in any subgame perfect equilibrium "
            "are fixed points of one contraction, see lemmas(); at w_2 = 1 the hegemon gets "
            "nothing either way",
        )

    @classmethod
    def lemmas(cls) -> tuple[prover.Proof, ...]:
        """Proofs that the map from next to present share is a contraction with this fixed point."""
        game = cls().general
        s, (delta_1, delta_2) = game.symbols, game._effective_discounts
        x, y = sp.symbols("x y", real=True)

        def present_share(share: Expr) -> Expr:
            return 1 - sp.Max(s.w_2, delta_2 * (1 - delta_1 * share))

        lipschitz = sp.Abs(present_share(x) - present_share(y)) <= delta_1 * delta_2 * sp.Abs(x - y)
        contraction = delta_1 * delta_2 < 1
        share = type(game).proposer_share.function(game)
        return tuple(
            prover.prove(claim, given=[game.space])
            for claim in (lipschitz, contraction, sp.Eq(present_share(share), share))
        )

    # The last round, and rounds that are short.

    def finite(self, horizon: int) -> FiniteHorizon:
        """The game with a finite horizon, solved by backward induction.

        Examples
        --------
        >>> AlternatingOffers(d_1=0.9, d_2=0.9).finite(3).hegemon_share
        91/100
        """
        factors = tuple(factor.xreplace(self.values) for factor in self._effective_discounts)
        option = self.symbols.w_2.xreplace(self.values)
        shares = backward_induction(horizon, (factors[0], factors[1]), option)
        return FiniteHorizon(horizon, shares, self.proposer_share)

    @staticmethod
    def short_intervals() -> ShortIntervals:
        """The hegemon's share as rounds become short: its limit and rate of convergence."""
        rho_H, rho_i = v.HEGEMON_URGENCY.symbol, v.MEMBER_URGENCY.symbol
        h = sp.Symbol("interval", real=True)
        share = (1 - sp.exp(-rho_i * h)) / (1 - sp.exp(-(rho_H + rho_i) * h))
        expansion = sp.series(share, h, 0, 2).removeO()
        terms = [sp.factor(sp.simplify(expansion.coeff(h, k))) for k in (0, 1)]
        return ShortIntervals(h, share, terms[0], terms[1])


@dataclass(frozen=True)
class FiniteHorizon(Displayable):
    """Alternating offers with a last round.

    Parameters
    ----------
    horizon : int
    shares : tuple of expressions
        The proposer's share in each round, should it be reached.
    infinite : expression
        The hegemon's share without a last round.
    """

    horizon: int
    shares: tuple[Expr, ...]
    infinite: Expr

    @property
    def hegemon_share(self) -> Expr:
        """The share of the hegemon, which proposes first."""
        return self.shares[0]

    @property
    def gap(self) -> Expr:
        """The difference from the share with an infinite horizon."""
        return sp.simplify(self.hegemon_share - self.infinite)


@dataclass(frozen=True)
class ShortIntervals(Displayable):
    """A share as the interval between offers goes to zero: a limit, not a value of the game.

    Parameters
    ----------
    interval : symbol
    share : expression
        The hegemon's share at an interval, in the two rates of urgency.
    limit : expression
        Its limit: the asymmetric Nash solution.
    rate : expression
        The first-order error: share = limit + rate * interval + O(interval**2), by series.
    """

    interval: Symbol
    share: Expr
    limit: Expr
    rate: Expr


_NOTES = {
    "the option is idle": "agreement at once; the member's option is too poor to be a threat",
    "the option binds": "agreement at once; the member gets what quitting would give it",
    "quit if refused": "agreement at once; a rejection ends the talks, as both expect",
    "continuum": "agreement at once at any such share: a low offer is punished, a fair one final",
}
