"""A linear contract with an agent that is averse to risk."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "HolmstromMilgrom1987", "the linear contract")
SECTION = Section("holmstrom-and-milgrom-1987", "HolmstromAndMilgrom1987", SOURCE)


class HolmstromAndMilgrom1987(Game):
    r"""A linear contract with an agent that is averse to risk.

    **Timing.** The principal offers a fixed payment :math:`F` and a share :math:`b` of the output;
    the agent accepts or refuses, then chooses effort :math:`e`.

    **Payoffs.** Output is effort and noise of variance :math:`s`; effort costs :math:`ce^2/2`, and
    the risk costs the agent :math:`rsb^2/2`.
    """

    title = "Holmstrom and Milgrom (1987), a linear contract"
    publication = Publication(
        "holmstrom and milgrom 1987",
        "incentives against insurance in a contract that is linear",
        ("agency",),
        "HolmstromMilgrom1987",
    )

    parameters = declare(
        parameter("effort_cost", "c", "> 0", "how fast effort grows costly", "payoff", SOURCE),
        parameter(
            "risk_aversion", "r", "> 0", "the agent's aversion to risk", "per payoff", SOURCE
        ),
        parameter("noise", "s", "> 0", "the variance of the noise", "payoff^2", SOURCE),
    )

    def form(self) -> ContinuousTree:
        """The contract, the answer, and the effort."""
        builder = ExtensiveForm.builder("principal", "agent", given=self.space, title=self.title)
        tree = builder.choose("principal", "b", between=(0, 1)).choose("principal", "F", after="b")
        tree = tree.move("agent", ["accept", "refuse"], after="b/F")
        tree = tree.choose("agent", "e", between=(0, "oo"), after="b/F/accept")
        payoffs = ("e - F - b*e", "F + b*e - c*e**2/2 - r*s*b**2/2")
        tree = tree.payoffs("b/F/accept/e", *payoffs)
        return tree.payoffs("b/F/refuse", 0, 0).build()


@SECTION.proposition("incentives", "sign")
def incentives() -> Iterator[Claim]:
    """The share falls in the agent's aversion to risk, in the noise and in the cost of effort."""
    game = HolmstromAndMilgrom1987()
    (equilibrium,) = game.solve()
    share = equilibrium.choices["b"]
    yield from sign_claims(share, game.space, r="-", s="-", c="-")
    yield Claim.of(share < 1, game.space, "never all of it")
