"""Institutional choice: the game, its threshold and its solution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Game, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice, best_payoff

SEGAL = Source("M", "StoneSlantchevLondon2008", "cf. Segal (1999); binding is linear here")
MODEL_CHOICE = Source("M", note="binding costs control and prevents encroachment, both linearly")


class InstitutionalChoice(Game):
    r"""Institutional choice: whether a hegemon and a member bind the hegemon's hands.

    **Players.** The hegemon and the member, who choose together: transfers between them are free,
    so they choose what makes the joint surplus largest, and divide it as they bargain.

    **Choice.** The depth of binding :math:`\alpha` in :math:`[0, 1]`: 0 is a bilateral deal, 1 a
    multilateral body that binds.

    **Payoffs.** The joint surplus is
    :math:`V + D - \kappa\alpha + \mu b - (1-\mu)(1-\alpha)\ell - o`: binding costs the hegemon
    control and prevents what an opportunist would take. It does not deliver the benefit of an
    opportunist's kept promises, unless a share :math:`\eta` of it is said to be delivered. With
    several members and one :math:`\alpha`, read :math:`\ell` as their mean.

    **Concept.** The best choice; all of them at a tie.

    A choice of this project, after Segal (1999) and Stone, Slantchev and London (2008).
    """

    title = "Institutional choice"

    parameters = declare(
        v.TRUST,
        v.MEMBERSHIP_BENEFIT,
        v.ENCROACHMENT_LOSS,
        v.OUTSIDE_OPTION,
        v.CONTROL_COST,
        v.MEMBER_VALUE,
        v.EXIT_LOSS,
        v.with_default(v.BINDING_DELIVERY, 0),
    )
    names = FrozenMapping(
        {"alpha = 1": "multilateral", "alpha = 0": "bilateral", "interior": "indifferent"}
    )
    notes = FrozenMapping(
        {
            "multilateral": "trust is too low for bilateral deals: the loss that binding prevents "
            "is worth the control it costs",
            "bilateral": "trust is high enough to spare the control that binding costs",
            "indifferent": "trust is at the threshold: any binding is as good",
        }
    )
    closed_ties = True

    def constraints(self) -> tuple[Boolean, ...]:
        """Full binding costs the hegemon less than the loss it spares the member."""
        return (sp.Lt(self.symbols.kappa, self.symbols.ell),)

    def form(self) -> ContinuousGame:
        """The joint choice of binding."""
        choices = {"hegemon and member": f"0 <= {v.BINDING.symbol.name} <= 1"}
        return ContinuousGame(
            {"hegemon and member": self._surplus(v.BINDING.symbol)}, choices, title=self.title
        )

    def _surplus(self, alpha: Expr) -> Expr:
        s = self.symbols
        terms: Mapping[str, Any] = {
            "hegemon": s.V + s.D, "kappa": s.kappa, "mu": s.mu, "benefit": s.b, "loss": s.ell,
            "outside": s.o, "delivery": s.eta,
        }  # fmt: skip
        return joint_surplus(alpha, **terms)

    @quantity(r"\alpha^*", SEGAL)
    def binding(self) -> Expr:
        """The best binding: 1 multilateral, 0 bilateral; at the threshold, where any will do, 0."""
        return best_choice(self.general.form(), v.BINDING.symbol.name)

    @quantity("S_0", MODEL_CHOICE)
    def bilateral_surplus(self) -> Expr:
        """The joint surplus without binding."""
        return self._surplus(sp.S.Zero)

    @quantity("S_1", MODEL_CHOICE)
    def multilateral_surplus(self) -> Expr:
        """The joint surplus with full binding."""
        return self._surplus(sp.S.One)

    @quantity("S^*", MODEL_CHOICE)
    def surplus(self) -> Expr:
        """The joint surplus at the best binding."""
        return best_payoff(self.general.form())

    @quantity(r"\mu_M", SEGAL)
    def binding_threshold(self) -> Expr:
        """The trust below which binding pays, and above which it does not."""
        slope = sp.diff(self._surplus(v.BINDING.symbol), v.BINDING.symbol)
        (threshold,) = sp.solve(slope, self.symbols.mu)
        return threshold

    @quantity("S_1 - S_0", MODEL_CHOICE)
    def gain_from_binding(self) -> Expr:
        """What full binding adds to the joint surplus."""
        return self._surplus(sp.S.One) - self._surplus(sp.S.Zero)


def joint_surplus(
    alpha: Expr,
    *,
    hegemon: Expr,
    kappa: Expr,
    mu: Expr,
    benefit: Expr,
    loss: Expr,
    outside: Expr,
    delivery: Expr = sp.S.Zero,
) -> Expr:
    """Joint surplus where binding prevents the loss, and delivers a share of the benefit."""
    delivered = (1 - mu) * alpha * delivery * benefit
    member = mu * benefit + delivered - (1 - mu) * (1 - alpha) * loss - outside
    return hegemon - kappa * alpha + member
