"""An elite that faces a revolution: promises, votes, or force."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, iff, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "AcemogluRobinson2006", "the game at once, a promise kept by chance")
SECTION = Section("acemoglu-and-robinson-2006", "AcemogluAndRobinson2006", SOURCE)


class AcemogluAndRobinson2006(Game):
    r"""An elite that faces a revolution: promises, votes, or force.

    **Players.** The elite, which has a share :math:`\theta` of all income, and the citizens.

    **Timing.** The elite promises to redistribute, gives the citizens the vote, or represses them.
    Unless repressed, the citizens accept or revolt.

    **Payoffs.** Under democracy :math:`T` is redistributed; of a promise as much, with probability
    :math:`q`, for afterwards the elite may take it back. A revolution leaves the elite nothing and
    destroys :math:`m` of the citizens' income. Repression costs :math:`k`.
    """

    title = "Acemoglu and Robinson (2006), democratisation"
    publication = Publication(
        "acemoglu and robinson 2006",
        "the vote is given away where a promise to redistribute is not believed",
        ("commitment",),
        "AcemogluRobinson2006",
    )

    parameters = declare(
        parameter("elite_share", "theta", "(0, 1)", "the elite's share of income", "share", SOURCE),
        parameter("redistribution", "T", "> 0", "what democracy redistributes", "share", SOURCE),
        parameter(
            "promise_credibility", "q", "[0, 1)", "the chance it is kept", "probability", SOURCE
        ),
        parameter("revolution_cost", "m", "(0, 1)", "what it destroys", "share", SOURCE),
        parameter("repression_cost", "k", "> 0", "its cost to the elite", "share", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """Democracy prevents a revolution and leaves the elite something; so does repression."""
        s = self.symbols
        return s.theta < s.T + s.m, s.T < s.theta, s.k < s.theta

    def form(self) -> ExtensiveForm:
        """The elite's choice, and the citizens' answer."""
        tree = ExtensiveForm.builder("elite", "citizens", given=self.space, title=self.title)
        tree = tree.move("elite", ["promise", "democratise", "repress"])
        tree = tree.move("citizens", ["accept", "revolt"], after="promise")
        tree = tree.move("citizens", ["vote", "revolt"], after="democratise")
        tree = tree.payoffs("promise/accept", "theta - q*T", "1 - theta + q*T")
        tree = tree.payoffs("democratise/vote", "theta - T", "1 - theta + T")
        for place in ("promise", "democratise"):
            tree = tree.payoffs(f"{place}/revolt", 0, "1 - m")
        return tree.payoffs("repress", "theta - k", "1 - theta").build()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Subgame perfection."""
        return ("subgame perfect",)

    @quantity("q^*", SOURCE)
    def sufficient_credibility(self) -> Expr:
        """The credibility above which a promise prevents the revolution."""
        s = self.symbols
        return (s.theta - s.m) / s.T


@SECTION.proposition("the-vote", "equilibrium")
def the_vote() -> Iterator[Claim]:
    """The vote is given where a promise is not believed and repression costs more."""
    game = AcemogluAndRobinson2006()
    s, needed = game.symbols, game.quantities["sufficient_credibility"].expression
    votes = game.solve()["democratise; revolt, vote"].condition
    yield Claim.of(iff(votes, (s.q <= needed) & (s.k >= s.T)), game.space)


@SECTION.proposition("no-vote", "false")
def no_vote() -> Iterator[Claim]:
    """That repression is dear does not bring democracy: a promise that is believed costs less."""
    game = AcemogluAndRobinson2006()
    s, needed = game.symbols, game.quantities["sufficient_credibility"].expression
    votes = game.solve()["democratise; revolt, vote"].condition
    dear = [game.space, s.k > s.T]
    yield Claim.refutation(votes, dear, "naive: always")
    yield Claim.of(votes, [*dear, s.q < needed], "where a promise is not believed")


@SECTION.proposition("credibility-signs", "sign")
def credibility_signs() -> Iterator[Claim]:
    """Inequality raises the credibility needed, a costly revolution and redistribution lower it."""
    game = AcemogluAndRobinson2006()
    needed = game.quantities["sufficient_credibility"].expression
    where = [game.space, game.symbols.theta > game.symbols.m]
    yield from sign_claims(needed, where, theta="+", m="-", T="-")
