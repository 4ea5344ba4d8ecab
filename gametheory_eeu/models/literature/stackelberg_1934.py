"""A leader and a follower with unequal costs."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section
from gametheory_eeu.models.literature.cournot_1838 import Cournot1838
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Stackelberg1934", "a leader and a follower")
SECTION = Section("stackelberg-1934", "Stackelberg1934", SOURCE)


class Stackelberg1934(Game):
    r"""A leader and a follower with unequal costs.

    **Timing.** The leader chooses a quantity, the follower sees it and chooses its own.

    **Payoffs.** The price is :math:`a - q_1 - q_2`, a unit costs :math:`c_1` or :math:`c_2`.
    """

    title = "Stackelberg (1934), a leader and a follower"
    publication = Publication(
        "stackelberg 1934",
        "a firm that commits itself to a quantity first gains by it",
        ("commitment", "competition"),
        "Stackelberg1934",
    )

    parameters = declare(
        parameter("demand", "a", "> 0", "the price at which nothing is bought", "price", SOURCE),
        parameter("leader_cost", "c_1", "> 0", "the leader's cost of a unit", "price", SOURCE),
        parameter("follower_cost", "c_2", "> 0", "the follower's cost of a unit", "price", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """Alone, either would produce."""
        s = self.symbols
        return s.c_1 < s.a, s.c_2 < s.a

    def form(self) -> ContinuousTree:
        """First one quantity, then the other."""
        builder = ExtensiveForm.builder("1", "2", given=self.space, title=self.title)
        tree = builder.choose("1", "q_1", between=(0, "oo"))
        tree = tree.choose("2", "q_2", between=(0, "oo"), after="q_1")
        payoffs = ("(a - q_1 - q_2 - c_1)*q_1", "(a - q_1 - q_2 - c_2)*q_2")
        return tree.payoffs("q_1/q_2", *payoffs).build()


@SECTION.proposition("leading-pays", "ordering")
def leading_pays() -> Iterator[Claim]:
    """Where both produce, the leader produces and earns more than at once (Cournot)."""
    game, at_once = Stackelberg1934(), Cournot1838().solve()["interior"]
    first = game.solve()["q_1 inside; q_2 inside"]
    where = [game.space, first.condition, at_once.condition]
    yield Claim.of(first.choices["q_1"] > at_once.choices["q_1"], where, "quantity")
    yield Claim.of(first.payoffs["1"] > at_once.payoffs["1"], where, "profit")
    yield Claim.of(first.payoffs["2"] < at_once.payoffs["2"], where, "the follower's profit")
