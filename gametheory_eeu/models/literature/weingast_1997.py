"""A sovereign, and two groups of citizens who could stop it together."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Weingast1997", "a transgression against both groups")
SECTION = Section("weingast-1997", "Weingast1997", SOURCE)


class Weingast1997(Game):
    r"""A sovereign, and two groups of citizens who could stop it together.

    **Players.** The sovereign, and the groups A and B.

    **Timing.** The sovereign transgresses against both, or respects their rights; after a
    transgression each group, not knowing what the other does, challenges or acquiesces.

    **Payoffs.** A transgression that stands brings the sovereign :math:`t` and costs each group
    :math:`\ell`. One that both challenge fails and costs the sovereign :math:`d`. A challenge
    costs :math:`c < \ell`.
    """

    title = "Weingast (1997), the policing of a sovereign"
    publication = Publication(
        "weingast 1997",
        "limits on a sovereign hold where citizens expect of each other to defend them",
        ("coordination", "collective action"),
        "Weingast1997",
    )

    parameters = declare(
        parameter("gain", "t", "> 0", "the sovereign's gain of a transgression", "payoff", SOURCE),
        parameter("deposition_loss", "d", "> 0", "its loss where it fails", "payoff", SOURCE),
        parameter("rights_loss", "ell", "> 0", "each group's loss", "payoff", SOURCE),
        parameter("challenge_cost", "c", "> 0", "a group's cost of a challenge", "payoff", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """The rights are worth a challenge."""
        return (self.symbols.c < self.symbols.ell,)

    def form(self) -> ExtensiveForm:
        """The transgression, and the challenges at once."""
        tree = ExtensiveForm.builder("sovereign", "A", "B", given=self.space, title=self.title)
        tree = tree.move("sovereign", ["transgress", "respect"]).payoffs("respect", 0, 0, 0)
        tree = tree.move("A", ["challenge", "acquiesce"], after="transgress")
        answers = ["transgress/challenge", "transgress/acquiesce"]
        tree = tree.move("B", ["challenge", "acquiesce"], after=answers)
        tree = tree.payoffs("transgress/challenge/challenge", "-d", "-c", "-c")
        tree = tree.payoffs("transgress/challenge/acquiesce", "t", "-ell - c", "-ell")
        tree = tree.payoffs("transgress/acquiesce/challenge", "t", "-ell", "-ell - c")
        return tree.payoffs("transgress/acquiesce/acquiesce", "t", "-ell", "-ell").build()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Subgame perfection."""
        return ("subgame perfect",)

    @quantity("m^*", SOURCE)
    def sufficient_trust(self) -> Expr:
        """How likely the other group's challenge has to be for one's own to pay."""
        return self.symbols.c / self.symbols.ell


@SECTION.proposition("trust-in-each-other", "false")
def trust_in_each_other() -> Iterator[Claim]:
    """That rights are worth their defence does not defend them: alone nobody challenges."""
    game = Weingast1997()
    form = game.form()
    play = {"sovereign": "transgress", "A": "challenge"}
    idle = play | {"A": "acquiesce"}
    alone, joined = (
        form.payoff(play | {"B": other}, "A") >= form.payoff(idle | {"B": other}, "A")
        for other in ("acquiesce", "challenge")
    )
    yield Claim.refutation(alone, game.space, "naive: whoever loses rights defends them")
    yield Claim.of(joined, game.space, "with the other group")


@SECTION.proposition("trust-signs", "sign")
def trust_signs() -> Iterator[Claim]:
    """The trust that is needed rises with the cost of a challenge, falls with what is at stake."""
    game = Weingast1997()
    yield from sign_claims(
        game.quantities["sufficient_trust"].expression, game.space, c="+", ell="-"
    )
