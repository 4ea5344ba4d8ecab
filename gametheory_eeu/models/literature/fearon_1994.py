"""A threat with an audience at home."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Fearon1994", "the smallest version")
SECTION = Section("fearon-1994", "Fearon1994", SOURCE)


class Fearon1994(Game):
    r"""A threat with an audience at home.

    **Players.** A challenger and a target.

    **Timing.** The challenger threatens or stays quiet; the target concedes or resists; a
    challenger that is resisted fights or backs down.

    **Payoffs.** The prize is worth :math:`v`. A fight is won by the challenger with probability
    :math:`p` and costs each :math:`c`; backing down costs :math:`a` at home.
    """

    title = "Fearon (1994), a threat with an audience"
    publication = Publication(
        "fearon 1994",
        "a leader who pays at home for backing down can make a threat that is believed",
        ("signalling", "commitment", "deterrence"),
        "Fearon1994",
    )

    parameters = declare(
        parameter("prize_value", "v", "> 0", "what the prize is worth", "payoff", SOURCE),
        parameter(
            "win_probability",
            "p",
            "(0, 1)",
            "the probability that the challenger wins",
            "probability",
            SOURCE,
        ),
        parameter("war_cost", "c", "> 0", "each side's cost of a fight", "payoff", SOURCE),
        parameter(
            "audience_cost", "a", ">= 0", "the cost at home of backing down", "payoff", SOURCE
        ),
    )

    def form(self) -> ExtensiveForm:
        """The threat, the answer, and whether the threat is carried out."""
        tree = ExtensiveForm.builder("challenger", "target", given=self.space, title=self.title)
        tree = tree.move("challenger", ["threaten", "stay quiet"])
        tree = tree.move("target", ["concede", "resist"], after="threaten")
        tree = tree.move("challenger", ["fight", "back down"], "threaten/resist", "resisted")
        tree = tree.payoffs("stay quiet", 0, "v").payoffs("threaten/concede", "v", 0)
        tree = tree.payoffs("threaten/resist/fight", "p*v - c", "(1 - p)*v - c")
        return tree.payoffs("threaten/resist/back down", "-a", "v").build()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Subgame perfection."""
        return ("subgame perfect",)

    @quantity("a^*", SOURCE)
    def sufficient_cost(self) -> Expr:
        """The audience cost above which the threat would be carried out."""
        s = self.symbols
        return s.c - s.p * s.v


@SECTION.proposition("threat-works", "equilibrium")
def threat_works() -> Iterator[Claim]:
    """A threat that would be carried out, against a target that would rather concede, works."""
    game = Fearon1994()
    s = game.symbols
    works = game.solve()["threaten, fight; concede"].condition
    meant = [s.a > game.quantities["sufficient_cost"].expression, (1 - s.p) * s.v < s.c]
    yield Claim.of(works, [game.space, *meant])


@SECTION.proposition("audience-needed", "false")
def audience_needed() -> Iterator[Claim]:
    """An audience cost is needed only where a fight would not pay by itself."""
    game = Fearon1994()
    s, enough = game.symbols, game.quantities["sufficient_cost"].expression
    yield Claim.refutation(s.a > 0, [game.space, s.a > enough], "naive: always needed")
    yield Claim.of(s.a > 0, [game.space, s.a > enough, s.p * s.v < s.c], "where it would not pay")
