"""Houses in a flood plain, and a government that means well."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "KydlandPrescott1977", "the flood plain, in words there")
SECTION = Section("kydland-and-prescott-1977", "KydlandAndPrescott1977", SOURCE)


class KydlandAndPrescott1977(Game):
    r"""Houses in a flood plain, and a government that means well.

    **Players.** Settlers, who act as one, and a government that wants what is best for all.

    **Timing.** The settlers build or stay away; where they have built, the government protects
    them with a dam, or does not.

    **Payoffs.** Living there is worth :math:`v` to the settlers, unprotected houses lose
    :math:`L`, and the dam costs others :math:`k`: :math:`v < k < L`. The government's payoff is
    the sum of all.
    """

    title = "Kydland and Prescott (1977), the flood plain"
    publication = Publication(
        "kydland and prescott 1977",
        "the best policy for today undoes the best plan: discretion against rules",
        ("commitment",),
        "KydlandPrescott1977",
    )

    parameters = declare(
        parameter("living_value", "v", "> 0", "what living there is worth", "payoff", SOURCE),
        parameter("flood_loss", "L", "> 0", "the loss without a dam", "payoff", SOURCE),
        parameter("dam_cost", "k", "> 0", "the cost of the dam", "payoff", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """The dam is worth its cost for houses that stand, and not for houses to come."""
        s = self.symbols
        return s.v < s.k, s.k < s.L

    def form(self) -> ExtensiveForm:
        """The houses, and the dam."""
        tree = ExtensiveForm.builder("settlers", "government", given=self.space, title=self.title)
        tree = tree.move("settlers", ["build", "stay away"])
        tree = tree.move("government", ["protect", "leave"], after="build")
        tree = tree.payoffs("stay away", 0, 0).payoffs("build/protect", "v", "v - k")
        return tree.payoffs("build/leave", "v - L", "v - L").build()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Subgame perfection."""
        return ("subgame perfect",)


@SECTION.proposition("worse-with-discretion", "false")
def worse_with_discretion() -> Iterator[Claim]:
    """Free to do what is best, the government ends where a rule never to protect would not."""
    game = KydlandAndPrescott1977()
    (outcome,) = game.solve()
    rule = {"settlers": "stay away", "government": "leave"}
    with_a_rule = game.form().payoff(rule, "government")
    welfare = outcome.payoffs["government"]
    yield Claim.refutation(welfare >= with_a_rule, game.space, "naive: freedom cannot hurt")
    yield Claim.of(welfare < with_a_rule, game.space, "it does")


@SECTION.proposition("signs", "sign")
def signs() -> Iterator[Claim]:
    """Discretion costs the more, the dearer the dam and the less living there is worth."""
    game = KydlandAndPrescott1977()
    (outcome,) = game.solve()
    yield from sign_claims(-outcome.payoffs["government"], game.space, k="+", v="-", L="0")
