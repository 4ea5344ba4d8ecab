"""Two allies that pay for a common good."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, equality
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "OlsonZeckhauser1966", "a public good of two allies")
SECTION = Section("olson-and-zeckhauser-1966", "OlsonAndZeckhauser1966", SOURCE)


class OlsonAndZeckhauser1966(Game):
    r"""Two allies that pay for a common good.

    **Payoffs.** The good :math:`x + y` is worth :math:`a(x + y) - (x + y)^2/2` to the larger ally,
    :math:`b` in the place of :math:`a` to the smaller; a unit costs who pays 1.
    """

    title = "Olson and Zeckhauser (1966), an alliance"
    publication = Publication(
        "olson and zeckhauser 1966",
        "in an alliance whoever values the common good more pays for it",
        ("collective action",),
        "OlsonZeckhauser1966",
    )

    parameters = declare(
        parameter(
            "large_value",
            "a",
            "> 1",
            "what the first unit is worth to the larger ally",
            "payoff",
            SOURCE,
        ),
        parameter(
            "small_value",
            "b",
            "> 1",
            "what the first unit is worth to the smaller ally",
            "payoff",
            SOURCE,
        ),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """The larger ally values it more."""
        return (self.symbols.b < self.symbols.a,)

    def form(self) -> ContinuousGame:
        """What each pays."""
        return ContinuousGame(
            {"large": "a*(x + y) - (x + y)**2/2 - x", "small": "b*(x + y) - (x + y)**2/2 - y"},
            {"large": "x >= 0", "small": "y >= 0"},
            given=self.space,
            title=self.title,
        )


@SECTION.proposition("exploitation", "equilibrium")
def exploitation() -> Iterator[Claim]:
    """The small exploit the great: only the larger ally pays."""
    game = OlsonAndZeckhauser1966()
    (equilibrium,) = game.solve()
    yield Claim.of(equality(equilibrium.choices["y"], 0), game.space, "the smaller")
    yield Claim.of(equilibrium.choices["x"] > 0, game.space, "the larger")


@SECTION.proposition("too-little", "false")
def too_little() -> Iterator[Claim]:
    """There is less of the good than would be best for both, if the two value it alike enough."""
    game = OlsonAndZeckhauser1966()
    (equilibrium,) = game.solve()
    s = game.symbols
    together = (s.a + s.b - 1) / 2
    yield Claim.refutation(
        sum(equilibrium.choices.values()) < together, game.space, "naive: whatever they value"
    )
    near = [game.space, s.a - s.b < 1]
    yield Claim.of(sum(equilibrium.choices.values()) < together, near, "of values that are near")
