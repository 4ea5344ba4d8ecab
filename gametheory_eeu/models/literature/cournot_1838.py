"""Two firms with unequal costs that choose quantities at once."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, conjunction, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Cournot1838", "ch. VII")
SECTION = Section("cournot-1838", "Cournot1838", SOURCE)


class Cournot1838(Game):
    r"""Two firms with unequal costs that choose quantities at once.

    **Payoffs.** The price is :math:`a - q_1 - q_2`, a unit costs :math:`c_1` or :math:`c_2`.
    """

    title = "Cournot (1838), two firms"
    publication = Publication(
        "cournot 1838",
        "two firms choose quantities at once; the costly one may stay out",
        ("competition",),
        "Cournot1838",
    )

    parameters = declare(
        parameter("demand", "a", "> 0", "the price at which nothing is bought", "price", SOURCE),
        parameter("first_cost", "c_1", "> 0", "the first firm's cost of a unit", "price", SOURCE),
        parameter("second_cost", "c_2", "> 0", "the second firm's cost of a unit", "price", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """Alone, either would produce."""
        s = self.symbols
        return s.c_1 < s.a, s.c_2 < s.a

    def form(self) -> ContinuousGame:
        """The quantities."""
        return ContinuousGame(
            {"1": "(a - q_1 - q_2 - c_1)*q_1", "2": "(a - q_1 - q_2 - c_2)*q_2"},
            {"1": "q_1 >= 0", "2": "q_2 >= 0"},
            given=self.space,
            title=self.title,
        )


@SECTION.proposition("costs", "sign")
def costs() -> Iterator[Claim]:
    """A firm's quantity falls in its own cost and rises in its rival's."""
    game = Cournot1838()
    both = game.solve()["interior"]
    where = [game.space, both.condition]
    yield from sign_claims(both.choices["q_1"], where, c_1="-", c_2="+")


@SECTION.proposition("price", "ordering")
def price() -> Iterator[Claim]:
    """The price is above both costs and below the monopoly's."""
    game = Cournot1838()
    both, s = game.solve()["interior"], game.symbols
    price = s.a - sum(both.choices.values())
    where = [game.space, both.condition]
    yield Claim.of(conjunction(price > s.c_1, price > s.c_2), where, "above costs")
    yield Claim.of(price < (s.a + s.c_1) / 2, where, "below the first firm's monopoly price")
