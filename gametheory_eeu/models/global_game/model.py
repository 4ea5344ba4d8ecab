"""Participation as a global game: selection by vanishing noise, and cut-offs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy as sp
from flint import arb

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.core.conversions import rational_ball
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import (
    Claim,
    Equilibrium,
    Game,
    Obligation,
    Proposition,
    declare,
    quantity,
)
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.solvers.certified_zeros import (
    Ball,
    midpoint_and_radius,
    working_precision,
    zeros,
)

SELECTION = Source("L", "MorrisShin2003", "sec. 2; Carlsson and van Damme 1993")
ACTIONS = ("join", "stay out")
NOISE, NASH = "vanishing noise", "Nash"


class GlobalGame(Game):
    r"""Participation when the hegemon's power is seen with a little noise.

    **Players.** A continuum of members, all with resistance :math:`\theta`.

    **Actions and payoffs.** Joining is worth :math:`P + \beta x - \theta` when a share
    :math:`x` joins, staying out 0; :math:`\beta > 0`.

    **Information.** Each sees the power with noise of its own, and the noise vanishes.

    **Concept.** The one equilibrium that survives every small noise: a member at the cut-off
    takes the share that joins to be uniform on [0, 1]. Nash, the power being known, on request:
    between :math:`\theta - \beta` and :math:`\theta` both all and nobody may join.

    After Carlsson and van Damme (1993) and Morris and Shin (2003).
    """

    title = "Global game"
    publication = Publication(
        "carlsson and van damme 1993",
        "a little private information picks one of two equilibria",
        ("coordination", "private information"),
        "CarlssonVanDamme1993",
    )

    parameters = declare(v.HEGEMON_POWER, replace(v.RESISTANCE, index=None), v.COMPLEMENTARITY)
    concepts = (NOISE, NASH)

    @property
    def players(self) -> tuple[str, ...]:
        """One of the continuum."""
        return ("member",)

    def constraints(self) -> tuple[Boolean, ...]:
        """Joining is worth more when others join."""
        return (sp.Gt(self.symbols.beta, 0),)

    @quantity("P_{gg}", SELECTION)
    def selection_threshold(self) -> Expr:
        """The power above which vanishing noise selects joining."""
        return self.symbols.theta - self.symbols.beta / 2

    @quantity("P_E", SELECTION)
    def equilibrium_threshold(self) -> Expr:
        """The power from which all joining is an equilibrium when the power is known."""
        return self.symbols.theta - self.symbols.beta

    @quantity("P_{dom}", SELECTION)
    def dominance_threshold(self) -> Expr:
        """The power above which joining is dominant."""
        return sp.Add(self.symbols.theta)

    @quantity("x", SELECTION, exists_when=lambda g: sp.And(
        g.symbols.theta - g.symbols.beta < g.symbols.P, g.symbols.theta > g.symbols.P))  # fmt: skip
    def tipping_share(self) -> Expr:
        """The share of joiners at which a member is indifferent: the unstable equilibrium."""
        return (self.symbols.theta - self.symbols.P) / self.symbols.beta

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff when all play this mix and the power is known."""
        self._check_player(player)
        x = mixed_strategy("member", profile.get("member"), ACTIONS)["join"]
        return (x * self._joining_payoff(x)).subs(self.values, simultaneous=True)

    def _joining_payoff(self, share: Expr) -> Expr:
        s = self.symbols
        return s.P + s.beta * share - s.theta

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Under noise one, but for the tie; under Nash all, nobody and the tipping share."""
        s = self.symbols
        q = sp.Symbol("q", real=True)
        if concept == NOISE:
            limit = s.theta - s.beta / 2
            yield self._symmetric_equilibrium("all-Join", sp.Integer(1), sp.Gt(s.P, limit), concept)
            yield self._symmetric_equilibrium("all-Stay", sp.Integer(0), sp.Lt(s.P, limit), concept)
            tie, mix_range = sp.Eq(s.P, limit), sp.And(q >= 0, q <= 1)
            yield self._symmetric_equilibrium("tie", q, tie, concept, free=(q,), where=mix_range,
                              note="what happens here turns on the noise")  # fmt: skip
            return
        low, high = s.theta - s.beta, s.theta
        yield self._symmetric_equilibrium("all-Join", sp.Integer(1), sp.Ge(s.P, low), concept)
        yield self._symmetric_equilibrium("all-Stay", sp.Integer(0), sp.Le(s.P, high), concept)
        interior = sp.And(sp.Gt(s.P, low), sp.Lt(s.P, high))
        note = "a share at which joining is worth as much as staying out; unstable"
        yield self._symmetric_equilibrium(
            "tipping", (s.theta - s.P) / s.beta, interior, concept, note=note
        )

    def _symmetric_equilibrium(
        self, name: str, join: Expr, condition: Boolean, concept: str,
        free: tuple[Symbol, ...] = (), where: Boolean = sp.true, note: str = "",
    ) -> Equilibrium:  # fmt: skip
        profile = {"member": {"join": join, "stay out": 1 - join}}
        payoffs = {"member": sp.factor(self.general.payoff(profile, "member"))}
        return Equilibrium(name, profile, payoffs, condition, concept, free=free, where=where,
                           note=note, game=self)  # fmt: skip

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No action gains: against the share that joins, or against a share uniform on [0, 1]."""
        join, x = equilibrium.profile["member"]["join"], sp.Symbol("x", real=True)
        joining_payoff = self._joining_payoff(join)
        if equilibrium.concept == NOISE:
            joining_payoff = sp.integrate(self._joining_payoff(x), (x, 0, 1))
        joining_payoff = sp.expand(joining_payoff.subs(self.values, simultaneous=True))
        return (
            Obligation("the mix is a probability", sp.And(join >= 0, join <= 1)),
            Obligation("joining gains nothing", (1 - join) * joining_payoff <= 0),
            Obligation("staying out gains nothing", join * joining_payoff >= 0),
        )

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Selection is unique off the tie; with known power a share is all, none or tipping."""
        if concept == NASH:
            reason = "the gain from joining rises in the share, so it vanishes at one share at most"
            return "closed form", sp.true, reason
        reason = "a limit, cited: iterated dominance under vanishing noise leaves one plan"
        return "closed form", sp.true, reason

    # Noise that does not vanish.

    def cutoffs(
        self, *, prior_mean: object, prior_precision: object, signal_precision: object
    ) -> tuple[Cutoff, ...]:
        r"""Every cut-off when the power has a normal prior and is seen with normal noise.

        Members join from an expected power :math:`\xi` on with :math:`\xi + \beta(1 -
        \Phi(\sqrt{\gamma}(\xi - y))) = \theta`, where :math:`\gamma = a^2(a+s)/(s(a+2s))`; there
        is one for every prior mean y iff :math:`\gamma\beta^2 \le 2\pi` (Morris and Shin 2003).

        Examples
        --------
        >>> game = GlobalGame(resistance=1, complementarity=1)
        >>> game.cutoffs(prior_mean=0, prior_precision=0, signal_precision=10000)
        (<stable cut-off: state 0.5, signal 0.5, within 2e-37>,)
        """
        beliefs = (v.PRIOR_MEAN.value(prior_mean), v.PRIOR_PRECISION.value(prior_precision),
                 v.SIGNAL_PRECISION.value(signal_precision))  # fmt: skip
        payoff_values = [self.values.get(x, x) for x in (self.symbols.theta, self.symbols.beta)]
        if not all(x.is_Rational for x in (*beliefs, *payoff_values)):
            raise GameTheoryError(
                "cut-offs are numbers: give resistance, complementarity, the prior and the "
                "precision of signals rational values"
            )
        with working_precision():
            y, a, s, theta, beta = map(rational_ball, (*beliefs, *payoff_values))
            root = (a**2 * (a + s) / (s * (a + 2 * s))).sqrt()
            cutoff_zeros = zeros(
                lambda xi: xi - theta + beta * (1 - normal_cdf(root * (xi - y))),
                lambda xi: 1 - beta * root * normal_density(root * (xi - y)),
                theta - beta - 1,
                theta + 1,
            )
            kinds = {1: "stable", -1: "unstable", 0: "undecided"}
            return tuple(
                Cutoff.of(zero.ball, zero.ball + a / s * (zero.ball - y), kinds[zero.slope])
                for zero in cutoff_zeros
            )

    @classmethod
    def lemmas(cls) -> tuple[Proposition, ...]:
        """The location of the selected threshold, and its relation to risk dominance."""
        game = cls()
        s, scope = game.symbols, "all parameters"
        limit, low, high = (
            game.selection_threshold,
            game.equilibrium_threshold,
            game.dominance_threshold,
        )
        interior = sp.And(low < limit, limit < high)
        middle = sp.Eq(limit - low, high - limit)
        minority_suffices = (s.theta - s.P) / s.beta < sp.Rational(1, 2)
        risk_dominance = Claim.of(
            sp.Implies(sp.Gt(s.P, limit), minority_suffices), given=game.space
        )
        return (
            Proposition("inside", "The selected threshold lies strictly between the least power at "
                        "which joining is possible and the least at which it is dominant.", scope,
                        (Claim.of(interior, given=game.space),)),
            Proposition("middle", "It lies half way.", scope,
                        (Claim.of(middle, given=game.space),)),
            Proposition("risk dominance", "Joining is selected where less than half of the others "
                        "suffice to make it pay.", scope, (risk_dominance,)),
        )  # fmt: skip


_DIGITS = 40


@dataclass(frozen=True, repr=False)
class Cutoff(Displayable):
    """An equilibrium in cut-offs.

    Parameters
    ----------
    state : SymPy Float, 40 digits
        Of the fundamental: the regime's strength up to which it falls, or the expected power
        from which members join.
    signal : SymPy Float, 40 digits
        Of the private signal.
    error : SymPy Float
        A certified bound: both are within this of the true value.
    kind : str
        ``"stable"``, ``"unstable"``, or ``"undecided"``: cut-offs touch here, or just miss.
    """

    state: Expr
    signal: Expr
    error: Expr
    kind: str

    @classmethod
    def of(cls, state: Ball, signal: Ball, kind: str) -> Cutoff:
        """The cut-off from enclosures of the state and the signal."""
        (state_middle, error), (signal_middle, signal_error) = (
            midpoint_and_radius(state),
            midpoint_and_radius(signal),
        )
        rounding = (1 + abs(state_middle) + abs(signal_middle)) / Fraction(10) ** (_DIGITS - 1)
        bound = sp.Float(float(max(error, signal_error) + rounding) * 1.01, 3)
        return cls(_to_float(state_middle), _to_float(signal_middle), bound, kind)

    def __repr__(self) -> str:
        location = f"state {float(self.state):.6g}, signal {float(self.signal):.6g}"
        return f"<{self.kind} cut-off: {location}, within {float(self.error):.0e}>"


def _to_float(value: Fraction) -> Expr:
    return sp.Float(sp.Rational(value.numerator, value.denominator), _DIGITS)


def cutoff_names(count: int) -> tuple[str, ...]:
    """Names of a number of cut-offs, in ascending order."""
    standard_names = {1: ("cut-off",), 3: ("low cut-off", "middle cut-off", "high cut-off")}
    return standard_names.get(count, tuple(f"cut-off {i + 1}" for i in range(count)))


def normal_cdf(u: Ball) -> Ball:
    """The standard normal distribution function of a ball."""
    return (-u / arb(2).sqrt()).erfc() / 2


def normal_density(u: Ball) -> Ball:
    """The standard normal density of a ball."""
    return (-u * u / 2).exp() / (2 * arb.pi()).sqrt()
