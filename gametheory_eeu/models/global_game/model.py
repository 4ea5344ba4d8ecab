"""Participation as a global game, equilibrium selection by vanishing noise, as one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import (
    Claim,
    Equilibrium,
    Game,
    Obligation,
    Proposition,
    declare,
    quantity,
)
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.global_game.cutoffs import Cutoff, normal_cdf, normal_density
from gametheory_eeu.solvers.certified_zeros import ball_of, precisely, zeros

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
        x = mixed("member", profile.get("member"), ACTIONS)["join"]
        return (x * self._joining(x)).subs(self.values, simultaneous=True)

    def _joining(self, share: Expr) -> Expr:
        s = self.symbols
        return s.P + s.beta * share - s.theta

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Selected: one, but for the tie. Known power: all, nobody, and the tipping share."""
        s = self.symbols
        q = sp.Symbol("q", real=True)
        if concept == NOISE:
            limit = s.theta - s.beta / 2
            yield self._alike("all-Join", sp.Integer(1), sp.Gt(s.P, limit), concept)
            yield self._alike("all-Stay", sp.Integer(0), sp.Lt(s.P, limit), concept)
            tie, any_mix = sp.Eq(s.P, limit), sp.And(q >= 0, q <= 1)
            yield self._alike("tie", q, tie, concept, free=(q,), where=any_mix,
                              note="what happens here turns on the noise")  # fmt: skip
            return
        low, high = s.theta - s.beta, s.theta
        yield self._alike("all-Join", sp.Integer(1), sp.Ge(s.P, low), concept)
        yield self._alike("all-Stay", sp.Integer(0), sp.Le(s.P, high), concept)
        between = sp.And(sp.Gt(s.P, low), sp.Lt(s.P, high))
        note = "a share at which joining is worth as much as staying out; unstable"
        yield self._alike("tipping", (s.theta - s.P) / s.beta, between, concept, note=note)

    def _alike(
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
        worth = self._joining(join)
        if equilibrium.concept == NOISE:
            worth = sp.integrate(self._joining(x), (x, 0, 1))
        worth = sp.expand(worth.subs(self.values, simultaneous=True))
        return (
            Obligation("the mix is a probability", sp.And(join >= 0, join <= 1)),
            Obligation("joining gains nothing", (1 - join) * worth <= 0),
            Obligation("staying out gains nothing", join * worth >= 0),
        )

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Selection is unique off the tie; with known power a share is all, none or tipping."""
        if concept == NASH:
            why = "the gain from joining rises in the share, so it vanishes at one share at most"
            return "closed form", sp.true, why
        why = "a limit, cited: iterated dominance under vanishing noise leaves one plan"
        return "closed form", sp.true, why

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
        given = (v.PRIOR_MEAN.value(prior_mean), v.PRIOR_PRECISION.value(prior_precision),
                 v.SIGNAL_PRECISION.value(signal_precision))  # fmt: skip
        own = [self.values.get(x, x) for x in (self.symbols.theta, self.symbols.beta)]
        if not all(x.is_Rational for x in (*given, *own)):
            raise GameTheoryError(
                "cut-offs are numbers: give resistance, complementarity, the prior and the "
                "precision of signals rational values"
            )
        with precisely():
            y, a, s, theta, beta = map(ball_of, (*given, *own))
            root = (a**2 * (a + s) / (s * (a + 2 * s))).sqrt()
            found = zeros(
                lambda xi: xi - theta + beta * (1 - normal_cdf(root * (xi - y))),
                lambda xi: 1 - beta * root * normal_density(root * (xi - y)),
                theta - beta - 1,
                theta + 1,
            )
            kinds = {1: "stable", -1: "unstable", 0: "undecided"}
            return tuple(
                Cutoff.of(zero.ball, zero.ball + a / s * (zero.ball - y), kinds[zero.slope])
                for zero in found
            )

    @classmethod
    def propositions(cls) -> tuple[Proposition, ...]:
        """Where the threshold lies, and which convention is risk dominance."""
        game = cls()
        s, every = game.symbols, "all parameters"
        limit, low, high = (
            game.selection_threshold,
            game.equilibrium_threshold,
            game.dominance_threshold,
        )
        inside = sp.And(low < limit, limit < high)
        middle = sp.Eq(limit - low, high - limit)
        fewer = (s.theta - s.P) / s.beta < sp.Rational(1, 2)
        half = Claim.of(sp.Implies(sp.Gt(s.P, limit), fewer), given=game.space)
        return (
            Proposition("inside", "The selected threshold lies strictly between the least power at "
                        "which joining is possible and the least at which it is dominant.", every,
                        (Claim.of(inside, given=game.space),)),
            Proposition("middle", "It lies half way.", every,
                        (Claim.of(middle, given=game.space),)),
            Proposition("risk dominance", "Joining is selected where less than half of the others "
                        "suffice to make it pay.", every, (half,)),
        )  # fmt: skip
