"""The chain of games that is the argument, before and after the shock; the theorem's premises."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Calibration, Source
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.games import Argument, Game, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.bandwagoning_contest import BandwagoningContest
from gametheory_eeu.models.depth import Depth
from gametheory_eeu.models.hedging import Hedging
from gametheory_eeu.models.hub_bargaining import HubBargaining
from gametheory_eeu.models.institutional_choice import InstitutionalChoice
from gametheory_eeu.models.pressure import Pressure
from gametheory_eeu.models.trust_recovery import TrustRecovery

TITLE = "The whole argument"
TRUSTING = ("institutions", "union", "depth", "hedging", "mistrust")
"""The games that are played at the trust that is left."""


class JoiningCost(Game):
    r"""Joining cost: the autonomy lost by bandwagoning; it grows as trust falls.

    :math:`\tau(\mu) = \tau_0 + (1-\mu)\ell'`. A choice of this project: it joins the recovery of
    trust to the contest.
    """

    title = "Joining cost"
    parameters = declare(v.TRUST, v.BASE_JOINING_COST, v.MISTRUST_COST)
    players = ("member",)
    concepts = ()

    def constraints(self) -> tuple[Boolean, ...]:
        """Some autonomy is left at any trust."""
        return (sp.Lt(self.symbols.tau_0 + self.symbols.ell_p, 1),)

    @quantity(r"\tau(\mu)", Source("M", note="linear in mistrust"))
    def joining_cost(self) -> Expr:
        """The autonomy given up by bandwagoning, at this trust."""
        s = self.symbols
        return s.tau_0 + (1 - s.mu) * s.ell_p


@cache
def chain(*, shock: bool) -> Argument:
    """Pressure, shock, institutions, union and its price, depth, hedging, the threshold.

    With the shock the later games are played at the trust that an encroachment leaves.
    """
    games: dict[str, type[Game]] = {
        "pressure": Pressure,
        "shock": TrustRecovery,
        "institutions": InstitutionalChoice,
        "union": HubBargaining,
        "depth": Depth,
        "hedging": Hedging,
        "mistrust": JoiningCost,
        "contest": BandwagoningContest,
    }
    links = {
        "union.binding": "institutions.binding",
        "contest.joining_cost": "mistrust.joining_cost",
    }
    if shock:
        links |= {f"{name}.trust": "shock.trust_after_violation" for name in TRUSTING}
    # The country under pressure is none of the members, and it is put under pressure before.
    apart = ["pressure.member_value", "pressure.exit_loss"]
    return Argument(games, links, apart=apart, title=TITLE)


@lru_cache(maxsize=256)
def argument_at(shock: bool, calibration: Calibration, mean_loss: Expr | None) -> Argument:
    """The chain at a calibration; members of unequal losses have one binding, by their mean."""
    if mean_loss is None:
        return chain(shock=shock).at(calibration)
    return chain(shock=shock).at(calibration, encroachment_loss=mean_loss)


def trust_of(argument: Argument) -> Expr:
    """The trust at which the games of a chain are played."""
    if "union.trust" in argument.links:
        return argument.quantity("shock.trust_after_violation").value
    return sp.sympify(argument.parameters.values["trust"])


def premises(before: Argument, after: Argument, trust: Expr) -> Mapping[str, bool]:
    """Whether each premise holds, from the chain before and after and the trust that is left."""
    values = [argument.parameters.values for argument in (before, after)]
    threshold = before.quantity("institutions.binding_threshold").value
    surpluses = [argument.quantity("union.surplus").value for argument in (before, after)]

    def change(name: str) -> Expr:
        return values[1][name] - values[0][name]

    return FrozenMapping(
        {
            "no prestige": not any(row["prestige"] for row in values),
            "trust falls through the threshold": bool(trust < threshold < values[0]["trust"]),
            "a failure becomes dearer": bool(change("exit_loss") > 0),
            "time becomes no longer": bool(change("bargaining_weight") >= 0),
            "both agreements are strict": all(surplus > 0 for surplus in surpluses),
        }
    )
