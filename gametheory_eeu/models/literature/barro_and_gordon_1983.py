"""Monetary policy at discretion."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, equality, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "BarroGordon1983", "discretion")
SECTION = Section("barro-and-gordon-1983", "BarroAndGordon1983", SOURCE)


class BarroAndGordon1983(Game):
    r"""Monetary policy at discretion.

    **Players.** The government, which chooses inflation :math:`\pi`, and the public, which
    chooses what it expects, :math:`\pi^e`.

    **Payoffs.** The government's :math:`b(\pi - \pi^e) - a\pi^2/2`: a surprise is worth
    :math:`b`. The public wants to be right: :math:`-(\pi - \pi^e)^2`.
    """

    title = "Barro and Gordon (1983), discretion"
    publication = Publication(
        "barro and gordon 1983",
        "a government that would surprise is expected to: inflation without its gain",
        ("commitment",),
        "BarroGordon1983",
    )

    parameters = declare(
        parameter("inflation_cost", "a", "> 0", "the weight of inflation", "payoff", SOURCE),
        parameter(
            "surprise_benefit",
            "b",
            "> 0",
            "the benefit of a unit of unexpected inflation",
            "payoff",
            SOURCE,
        ),
    )

    def form(self) -> ContinuousGame:
        """Inflation and its expectation, chosen at once."""
        return ContinuousGame(
            {"government": "b*(pi_g - pi_e) - a*pi_g**2/2", "public": "-(pi_g - pi_e)**2"},
            {"government": "pi_g >= 0", "public": "pi_e >= 0"},
            given=self.space,
            title=self.title,
        )


@SECTION.proposition("inflationary-bias", "sign")
def inflationary_bias() -> Iterator[Claim]:
    """Discretion has inflation b/a, which rises in b and falls in a, and costs the government."""
    game = BarroAndGordon1983()
    (equilibrium,) = game.solve()
    yield from sign_claims(equilibrium.choices["pi_g"], game.space, b="+", a="-")
    yield Claim.of(equilibrium.payoffs["government"] < 0, game.space, "worse than none, expected")


@SECTION.proposition("no-surprise", "false")
def no_surprise() -> Iterator[Claim]:
    """In equilibrium nobody is surprised: discretion gains nothing by being able to surprise."""
    game = BarroAndGordon1983()
    (equilibrium,) = game.solve()
    surprise = equilibrium.choices["pi_g"] - equilibrium.choices["pi_e"]
    yield Claim.refutation(sp.Gt(surprise, 0, evaluate=False), game.space, "naive: output gains")
    yield Claim.of(equality(surprise, 0), game.space, "no surprise")
