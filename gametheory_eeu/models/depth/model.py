"""Depth and precaution: a member's choices, its threshold and the depth of a union."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Game, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice

MODEL_CHOICE = Source("M", note="quadratic costs; depth beyond what the treaty binds")
_DEPTH, _PRECAUTION = sp.symbols("y s", real=True)


class Depth(Game):
    r"""Depth and precaution: a member's choices beyond what the treaty binds.

    **Player.** A member of a union that trusts the hegemon with probability :math:`\mu`.

    **Choices.** The depth :math:`y \ge 0` of its integration beyond what the treaty binds, and the
    precaution :math:`s` in :math:`[0, 1]`, the share of the expected loss that it averts.

    **Payoffs.** Depth is worth :math:`(\mu b - (1-\mu)\ell)y - qy^2/2`: the treaty does not protect
    it, unless it averts a share :math:`\zeta` of the loss there. Precaution is worth
    :math:`(1-\mu)\ell s - hs^2/2`.

    **Concept.** The best choice. A union is as deep as its least willing member.

    A modelling choice of this project.
    """

    title = "Depth and precaution"

    parameters = declare(
        v.TRUST,
        v.MEMBERSHIP_BENEFIT,
        v.ENCROACHMENT_LOSS,
        v.DEPTH_COST,
        v.PRECAUTION_COST,
        v.with_default(v.DEPTH_PROTECTION, 0),
    )
    names = FrozenMapping(
        {
            "interior": "depth, some precaution",
            "s = 0": "depth, no precaution",
            "s = 1": "depth, full precaution",
            "y = 0": "no depth, some precaution",
            "y = 0; s = 1": "no depth, full precaution",
        }
    )

    def form(self) -> ContinuousGame:
        """The member's choice of depth and precaution."""
        payoff = self._depth_payoff + self._precaution_payoff
        choices = {"member": ["y >= 0", "0 <= s <= 1"]}
        return ContinuousGame({"member": payoff}, choices, title=self.title)

    @property
    def _depth_payoff(self) -> Expr:
        s = self.symbols
        loss = (1 - s.zeta) * s.ell
        return integration_payoff(_DEPTH, mu=s.mu, benefit=s.b, loss=loss, cost=s.q)

    @property
    def _precaution_payoff(self) -> Expr:
        s = self.symbols
        return precaution_payoff(_PRECAUTION, mu=s.mu, loss=s.ell, cost=s.h)

    def _problem(self, payoff: Expr, choice: str) -> ContinuousGame:
        return ContinuousGame({"member": payoff}, {"member": choice}, given=self.space)

    @quantity("y^*", MODEL_CHOICE)
    def depth(self) -> Expr:
        """The depth that the member chooses."""
        return best_choice(self._problem(self._depth_payoff, "y >= 0"), "y")

    @quantity("s^*", MODEL_CHOICE)
    def precaution(self) -> Expr:
        """The precaution that the member takes."""
        return best_choice(self._problem(self._precaution_payoff, "0 <= s <= 1"), "s")

    @quantity(r"\mu^*", MODEL_CHOICE)
    def trust_threshold(self) -> Expr:
        """The trust up to which the member chooses no depth."""
        first_unit = sp.diff(self._depth_payoff, _DEPTH).subs(_DEPTH, 0)
        (threshold,) = sp.solve(first_unit, self.symbols.mu)
        return threshold

    @quantity("L", MODEL_CHOICE)
    def expected_loss(self) -> Expr:
        """What the member expects to lose by membership: its risk."""
        return (1 - self.symbols.mu) * self.symbols.ell

    def union_depth(self, others: Iterable[Depth] = ()) -> Expr:
        """The depth of a union with other members: that of the least willing.

        Examples
        --------
        >>> member = Depth(mu="7/10", b=1, ell=1, q=1, h=1)
        >>> member.depth, member.union_depth([member.at(ell=2), member.at(q=2)])
        (2/5, 1/10)
        """
        members = (self, *arg.sequence("others", others, "a list of Depth games"))
        for member in members:
            if not isinstance(member, Depth):
                raise ParameterError("others", member, "Depth games, one for each other member")
        return sp.Min(*(member.depth for member in members))


def integration_payoff(y: Expr, *, mu: Expr, benefit: Expr, loss: Expr, cost: Expr) -> Expr:
    """Payoff from a depth of integration that binding does not protect."""
    return (mu * benefit - (1 - mu) * loss) * y - cost * y**2 / 2


def precaution_payoff(s: Expr, *, mu: Expr, loss: Expr, cost: Expr) -> Expr:
    """Payoff from a precaution that averts a share of the expected loss."""
    return (1 - mu) * loss * s - cost * s**2 / 2
