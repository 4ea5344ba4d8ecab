"""Two states that would trust each other if each knew the other to be trustworthy."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, iff, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Kydd2005", "the security dilemma, types that move for themselves")
SECTION = Section("kydd-2005", "Kydd2005", SOURCE)


class Kydd2005(Game):
    r"""Two states that would trust each other if each knew the other to be trustworthy.

    **Players.** The trustworthy types of two states; the other types always defect.

    **Timing.** At once, each cooperates or defects; of the other it knows the probability that it
    is trustworthy, :math:`t_1` or :math:`t_2`.

    **Payoffs.** Both cooperate: 1. Both defect: 0. To defect on a cooperator brings
    :math:`b < 1`, to be the cooperator costs :math:`s`.
    """

    title = "Kydd (2005), mutual trust"
    publication = Publication(
        "kydd 2005",
        "states that want to cooperate defect where each is too likely to be untrustworthy",
        ("trust", "private information"),
        "Kydd2005",
    )

    parameters = declare(
        parameter("trust_in_1", "t_1", "(0, 1)", "state 1 is trustworthy", "probability", SOURCE),
        parameter("trust_in_2", "t_2", "(0, 1)", "state 2 is trustworthy", "probability", SOURCE),
        parameter("exploitation", "b", "> 0", "the gain of defecting alone", "payoff", SOURCE),
        parameter("betrayal", "s", "> 0", "the cost of cooperating alone", "payoff", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """A trustworthy state would rather cooperate with a cooperator."""
        return (self.symbols.b < 1,)

    def form(self) -> NormalForm:
        """What each trustworthy type expects, given that others defect."""
        one = [["t_2 - (1 - t_2)*s", "-s"], ["b*t_2", "0"]]
        two = [["t_1 - (1 - t_1)*s", "b*t_1"], ["-s", "0"]]
        return NormalForm(
            one,
            two,
            players=["state 1", "state 2"],
            actions=[["cooperate", "defect"]] * 2,
            given=self.space,
            title=self.title,
        )

    @quantity("m^*", SOURCE)
    def sufficient_trust(self) -> Expr:
        """The probability of a trustworthy partner above which one cooperates with its like."""
        s = self.symbols
        return s.s / (1 + s.s - s.b)


@SECTION.proposition("mutual-trust", "equilibrium")
def mutual_trust() -> Iterator[Claim]:
    """Cooperation is an equilibrium iff each trusts the other enough."""
    game = Kydd2005()
    s, needed = game.symbols, game.quantities["sufficient_trust"].expression
    cooperate = game.solve()["cooperate, cooperate"].condition
    yield Claim.of(iff(cooperate, (s.t_1 >= needed) & (s.t_2 >= needed)), game.space)


@SECTION.proposition("good-will", "false")
def good_will() -> Iterator[Claim]:
    """Two states that would rather cooperate may fail to, for want of trust alone."""
    game = Kydd2005()
    s, needed = game.symbols, game.quantities["sufficient_trust"].expression
    cooperate = game.solve()["cooperate, cooperate"].condition
    yield Claim.refutation(cooperate, game.space, "naive: good will suffices")
    yield Claim.of(cooperate, [game.space, s.t_1 >= needed, s.t_2 >= needed], "with enough trust")


@SECTION.proposition("trust-signs", "sign")
def trust_signs() -> Iterator[Claim]:
    """The trust that is needed rises with the cost of betrayal and the gain of exploitation."""
    game = Kydd2005()
    yield from sign_claims(game.quantities["sufficient_trust"].expression, game.space, s="+", b="+")
