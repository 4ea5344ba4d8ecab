"""Asymmetric bilateral bargaining: the game, its quantities and its solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.games import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication

KALAI = Source("L", "Kalai1977", "the asymmetric Nash solution")
MODEL_CHOICE = Source("M", note="the hegemon's and the member's gains from a deal")


class AsymmetricBargaining(Game):
    r"""Asymmetric bilateral bargaining: the price of a member's consent.

    **Players.** The hegemon and one member.

    **What is divided.** A deal is worth :math:`V + D - \kappa\alpha` to the hegemon: the
    member's material value, plus the audience loss spared, minus the control that binding
    costs. To the member it is worth :math:`e = \mu b - (1-\mu)(1-\alpha)\ell - o`: the benefit
    if promises are kept, the loss that binding leaves if they are not, minus its outside
    payoff. The surplus is :math:`S = V + D - \kappa\alpha + e`; a transfer :math:`t` to the
    member (from it, if negative) divides it.

    **Concept.** The asymmetric Nash solution, with the outside payoff as disagreement point.
    The member's weight :math:`\gamma = \rho_H/(\rho_H + \rho_i)` is the limit of alternating
    offers with discount rates :math:`\rho`: the more hurried side gets less.

    After Nash (1950), Kalai (1977), Binmore, Rubinstein and Wolinsky (1986).
    """

    title = "Asymmetric bargaining"
    publication = Publication(
        "nash 1950",
        "the division of a surplus between sides of unequal urgency",
        ("bargaining",),
        "Nash1950",
    )

    parameters = declare(
        v.TRUST,
        v.MEMBERSHIP_BENEFIT,
        v.ENCROACHMENT_LOSS,
        v.OUTSIDE_OPTION,
        v.BINDING,
        v.CONTROL_COST,
        v.MEMBER_VALUE,
        v.EXIT_LOSS,
        v.BARGAINING_WEIGHT,
        v.HEGEMON_URGENCY,
        v.MEMBER_URGENCY,
    )
    actions = ("deal", "no deal")
    concepts = ("asymmetric Nash bargaining",)

    @property
    def players(self) -> tuple[str, ...]:
        """The two sides."""
        return ("hegemon", "member")

    def constraints(self) -> tuple[Boolean, ...]:
        """Full binding costs the hegemon less than the loss it spares the member."""
        return (sp.Lt(self.symbols.kappa, self.symbols.ell),)

    @quantity("e", MODEL_CHOICE)
    def member_net_gain(self) -> Expr:
        """What a deal gives the member before transfers, above its outside payoff."""
        return self._member_gain

    @quantity("S", MODEL_CHOICE)
    def surplus(self) -> Expr:
        """What a deal is worth to both together; there is a deal when it is not negative."""
        return self._surplus

    @quantity("t", KALAI, exists_when=lambda game: game._surplus >= 0)
    def transfer(self) -> Expr:
        """What the hegemon pays the member for a deal (negative: the member pays)."""
        return self._nash_transfer

    @quantity(r"t + \kappa\alpha", MODEL_CHOICE, exists_when=lambda game: game._surplus >= 0)
    def total_concession(self) -> Expr:
        """What consent costs the hegemon in both currencies: cash and control."""
        return self._nash_transfer + self.symbols.kappa * self.symbols.alpha

    @property
    def _hegemon_gain(self) -> Expr:
        s = self.symbols
        return s.V + s.D - s.kappa * s.alpha

    @property
    def _member_gain(self) -> Expr:
        s = self.symbols
        return s.mu * s.b - (1 - s.mu) * (1 - s.alpha) * s.ell - s.o

    @property
    def _surplus(self) -> Expr:
        return self._hegemon_gain + self._member_gain

    @property
    def _nash_transfer(self) -> Expr:
        gamma = self.symbols.gamma
        return gamma * self._hegemon_gain - (1 - gamma) * self._member_gain

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff where a deal at the Nash transfer is struck with some probability.

        Levels, not gains: without a deal the hegemon has :math:`-D` and the member :math:`o`.
        """
        self._check_player(player)
        s, deal = self.symbols, mixed_strategy("deal", profile.get("deal"), self.actions)["deal"]
        transfer = self._nash_transfer
        if player == "hegemon":
            deal_payoff, disagreement_payoff = s.V - s.kappa * s.alpha - transfer, -s.D
        else:
            deal_payoff, disagreement_payoff = self._member_gain + s.o + transfer, s.o
        return (deal * deal_payoff + (1 - deal) * disagreement_payoff).subs(
            self.values, simultaneous=True
        )

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """A deal, no deal, and the tie at which both sides are indifferent."""
        surplus = self.general.surplus
        q = sp.Symbol("q", real=True)
        yield self._outcome(
            "deal",
            1,
            sp.Ge(surplus, 0),
            concept,
            note="a deal at the Nash transfer; at zero surplus by convention",
        )
        yield self._outcome(
            "no deal",
            0,
            sp.Lt(surplus, 0),
            concept,
            note="no transfer leaves both better off than without a deal",
        )
        yield self._outcome(
            "indifferent",
            q,
            sp.Eq(surplus, 0),
            concept,
            free=(q,),
            where=sp.And(q >= 0, q < 1),
            note="at zero surplus a deal with any probability gives both the same",
        )

    def _outcome(
        self, name: str, deal: Any, condition: Boolean, concept: str, **fields: Any
    ) -> Equilibrium:
        mix = {"deal": sp.sympify(deal), "no deal": 1 - sp.sympify(deal)}
        payoffs = {p: self.general.payoff({"deal": mix}, p) for p in self.players}
        return Equilibrium(name, {"deal": mix}, payoffs, condition, concept, game=self, **fields)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Kalai's characterisation: individually rational, efficient, gains in ratio of weights."""
        s = self.symbols
        deal = equilibrium.profile["deal"]["deal"]
        hegemon_gain = equilibrium.payoffs["hegemon"] + s.D.subs(self.values)
        member_gain = equilibrium.payoffs["member"] - s.o.subs(self.values)
        surplus = self._surplus.subs(self.values, simultaneous=True)
        weight = s.gamma.subs(self.values)
        return (
            Obligation("individual rationality", sp.And(hegemon_gain >= 0, member_gain >= 0)),
            Obligation(
                "efficiency: the gains add up to max(S, 0)",
                sp.Eq(sp.expand(hegemon_gain + member_gain - sp.Max(surplus, 0)), 0),
            ),
            Obligation(
                "gains in proportion to the weights",
                sp.Eq(sp.expand((1 - weight) * member_gain - weight * hegemon_gain), 0),
            ),
            Obligation("a deal only where there is a surplus", sp.Or(sp.Eq(deal, 0), surplus >= 0)),
        )

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The Nash product is strictly concave on the frontier, so its maximiser is unique."""
        return (
            "closed form",
            sp.true,
            (
                "on the frontier of a positive surplus the Nash product has one maximiser; at "
                "zero surplus the only feasible payoffs are those of disagreement"
            ),
        )
