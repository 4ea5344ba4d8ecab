"""Alternating offers as one file: patience, breakdown, and who may quit when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.solvers.alternating_offers import backward_induction

ONE_MAY_QUIT, BOTH_MAY_QUIT = "subgame perfect", "subgame perfect, both may quit"
ENDS = ("agreement", "quit")
RUBINSTEIN = Source("L", "Rubinstein1982", "with a risk of breakdown and a quit option")
OPTION = Source("L", "ShakedSutton1984", "the outside option principle")
LIMIT = Source("L", "BinmoreRubinsteinWolinsky1986")


class AlternatingOffers(Game):
    r"""Alternating offers: the pie goes to the patient, and an option counts when it binds.

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

    parameters = declare(
        v.HEGEMON_DISCOUNT,
        v.MEMBER_DISCOUNT,
        v.with_default(v.BREAKDOWN_RISK, 0),
        v.with_default(v.HEGEMON_QUIT_OPTION, 0),
        v.with_default(v.MEMBER_QUIT_OPTION, 0),
    )
    concepts = (ONE_MAY_QUIT, BOTH_MAY_QUIT)

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
        length = exact(interval, "interval")
        if length.is_positive is not True:
            raise ParameterError("interval", interval, "a positive length of time")
        first, second = (sp.exp(-rate * length) for rate in rates)
        return cls(hegemon_discount=first, member_discount=second, **values)

    @property
    def _waits(self) -> tuple[Expr, Expr]:
        """What a further round is worth to each, breakdown allowed for."""
        s = self.symbols
        return (1 - s.p) * s.d_1, (1 - s.p) * s.d_2

    # What the model implies.

    @quantity("(1-p)d_1", LIMIT)
    def hegemon_patience(self) -> Expr:
        """What one more round is worth to the hegemon, with the risk of breakdown."""
        return self._waits[0]

    @quantity("(1-p)d_2", LIMIT)
    def member_patience(self) -> Expr:
        """What one more round is worth to the member, with the risk of breakdown."""
        return self._waits[1]

    @quantity("x", RUBINSTEIN)
    def proposer_share(self) -> Expr:
        """The hegemon's share, proposing first, where the member may quit on rejecting."""
        first, second = self._waits
        w = self.symbols.w_2
        idle = w <= self._threshold
        return sp.Piecewise(((1 - second) / (1 - first * second), idle), (1 - w, True))

    @quantity(r"\hat{w}", OPTION)
    def option_threshold(self) -> Expr:
        """The least quit option of the member that does not leave the division as it is."""
        return self._threshold

    @quantity("x - x_2", RUBINSTEIN, exists_when=lambda game: game.symbols.w_2 <= game._threshold)
    def first_mover_advantage(self) -> Expr:
        """What proposing first adds to the hegemon's share, where no option binds."""
        first, second = self._waits
        return (1 - first) * (1 - second) / (1 - first * second)

    @property
    def _threshold(self) -> Expr:
        first, second = self._waits
        return second * (1 - first) / (1 - first * second)

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The payoff of agreeing at once at the hegemon's share ``profile["share"]``, or quitting.

        ``{"end": "agreement", "share": x}``; without a share, at the proposer's share.
        """
        self._check_player(player)
        chances = mixed("end", profile.get("end"), ENDS)
        share = exact(profile.get("share", type(self).proposer_share.function(self)), "share")
        agreed = share if player == "hegemon" else 1 - share
        left = self.symbols.w_1 if player == "hegemon" else self.symbols.w_2
        return (chances["agreement"] * agreed + chances["quit"] * left).xreplace(self.values)

    # Equilibria.

    def equilibria(self, concept: str) -> Iterator[Equilibrium]:
        """Agreement at once; where both may quit, at any share of an interval."""
        game = self.general
        s, (first, second) = game.symbols, game._waits
        if concept == ONE_MAY_QUIT:
            rubinstein = (1 - second) / (1 - first * second)
            idle = s.w_2 <= game._threshold
            yield self._agreed("the option is idle", rubinstein, idle, concept)
            yield self._agreed("the option binds", 1 - s.w_2, sp.Not(idle), concept)
            return
        stands = sp.Le(s.w_1 + s.w_2, 1)
        yield self._agreed("quit if refused", 1 - s.w_2, stands, concept)
        x = sp.Symbol("x", real=True)
        credible = sp.And(
            first > 0,
            second > 0,
            first**2 * (second - s.w_2) >= s.w_1 * second,
            second**2 * (first - s.w_1) >= s.w_2 * first,
        )
        where = sp.And(x >= 1 - second * (1 - s.w_1 / first), x < 1 - s.w_2)
        more = {"free": (x,), "where": where}
        yield self._agreed("continuum", x, credible, concept, **more)

    def _agreed(
        self, name: str, share: Expr, condition: Boolean, concept: str, **more: Any
    ) -> Equilibrium:
        profile = {"end": {"agreement": sp.Integer(1), "quit": sp.Integer(0)}}
        payoffs = {"hegemon": share, "member": 1 - share}
        return Equilibrium(
            name, profile, payoffs, condition, concept, note=_NOTES[name], game=self, **more
        )

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No change of one action in one round gains, in any state of the stationary strategies."""
        share = equilibrium.payoffs["hegemon"]
        owed = {
            "continuum": self._both_may_quit,
            "quit if refused": self._quit_if_refused,
        }.get(equilibrium.name, self._stationary)
        return tuple(
            Obligation(where, statement.xreplace(self.values)) for where, statement in owed(share)
        )

    def _stationary(self, x: Expr) -> Iterator[tuple[str, Boolean]]:
        """Both propose what the other just accepts, and accept nothing less."""
        first, second = self._waits
        w, y = self.symbols.w_2, 1 - first * x  # what the member keeps when it proposes
        yield "the shares are shares", sp.And(x >= 0, x <= 1, y >= 0, y <= 1)
        rejecting = sp.Max(w, second * y)
        yield "the member accepts exactly what rejecting is worth", sp.Eq(1 - x, rejecting)
        yield "the hegemon would rather propose this than be rejected", x >= first * (1 - y)
        yield "the member would rather propose this than be rejected", y >= second * (1 - x)
        yield "the hegemon accepts exactly what rejecting is worth", sp.Eq(1 - y, first * x)

    def _quit_if_refused(self, x: Expr) -> Iterator[tuple[str, Boolean]]:
        """Once one quits it does not matter to the other whether it quits too."""
        s = self.symbols
        yield "the member accepts what quitting is worth", sp.Eq(1 - x, s.w_2)
        yield "the hegemon would rather propose this than be left", x >= s.w_1
        yield "the member would rather propose than be left", 1 - s.w_1 >= s.w_2

    def _both_may_quit(self, x: Expr) -> Iterator[tuple[str, Boolean]]:
        """Better offers rejected: both quit. Worse ones: on to the rejecting side's best."""
        s, (first, second) = self.symbols, self._waits
        best, other = 1 - s.w_1 / first, 1 - s.w_2 / second  # of the member, of the hegemon
        yield "the member accepts: rejecting makes both quit", 1 - x >= s.w_2
        yield "the member rejects less: its best follows", second * best >= 1 - x
        yield "then neither would quit", sp.And(first * (1 - best) >= s.w_1, second * best >= s.w_2)
        yield "the hegemon would rather propose this", x >= first * (1 - best)
        yield "at the member's best: the hegemon accepts", 1 - best >= s.w_1
        yield "at the member's best: it rejects less", first * other >= 1 - best
        yield "at the member's best: it proposes this", best >= second * (1 - other)
        yield "then neither would quit either", second * (1 - other) >= s.w_2
        yield "at the hegemon's best: the member accepts", 1 - other >= s.w_2
        yield "at the hegemon's best: it rejects less", second * best >= 1 - other
        yield "at the hegemon's best: it proposes this", other >= first * (1 - best)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The bounds on all equilibrium shares coincide; not where both may quit."""
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
        """The map from next to present proposer's share contracts, and where an option binds."""
        game = cls().general
        s, (first, second) = game.symbols, game._waits
        x, y = sp.symbols("x y", real=True)

        def before(share: Expr) -> Expr:
            return 1 - sp.Max(s.w_2, second * (1 - first * share))

        gap = sp.Abs(before(x) - before(y)) <= first * second * sp.Abs(x - y)
        contracts = first * second < 1
        share = type(game).proposer_share.function(game)
        return tuple(
            prover.prove(claim, given=[game.space])
            for claim in (gap, contracts, sp.Eq(before(share), share))
        )

    # The last round, and rounds that are short.

    def finite(self, horizon: int) -> FiniteHorizon:
        """The game with a last round, solved backwards (the member may quit on rejecting).

        Examples
        --------
        >>> AlternatingOffers(d_1=0.9, d_2=0.9).finite(3).hegemon_share
        91/100
        """
        waits = tuple(wait.xreplace(self.values) for wait in self._waits)
        option = self.symbols.w_2.xreplace(self.values)
        shares = backward_induction(horizon, (waits[0], waits[1]), option)
        return FiniteHorizon(horizon, shares, self.proposer_share)

    @staticmethod
    def short_intervals() -> ShortIntervals:
        """The hegemon's share as rounds become short: its limit, and how fast it is reached."""
        first, second = v.HEGEMON_URGENCY.symbol, v.MEMBER_URGENCY.symbol
        h = sp.Symbol("interval", real=True)
        share = (1 - sp.exp(-second * h)) / (1 - sp.exp(-(first + second) * h))
        found = sp.series(share, h, 0, 2).removeO()
        terms = [sp.factor(sp.simplify(found.coeff(h, k))) for k in (0, 1)]
        return ShortIntervals(h, share, terms[0], terms[1])


@dataclass(frozen=True)
class FiniteHorizon(Shown):
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
        """What the hegemon, proposing first, gets."""
        return self.shares[0]

    @property
    def gap(self) -> Expr:
        """By how much a last round changes it."""
        return sp.simplify(self.hegemon_share - self.infinite)


@dataclass(frozen=True)
class ShortIntervals(Shown):
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
