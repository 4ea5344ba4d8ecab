"""A negotiator abroad whose agreement has to be ratified at home."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu.core import Source, Space
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Putnam1988", "the size of the win-set")
SECTION = Section("putnam-1988", "Putnam1988", SOURCE)


class Putnam1988(Game):
    r"""A negotiator abroad whose agreement has to be ratified at home.

    **Players.** H, who proposes; F, the foreign leader; L, the foreign legislature.

    **Timing.** H keeps a share :math:`x`; F agrees or refuses; L ratifies or rejects.

    **Payoffs.** Without agreement F has :math:`f` and L has :math:`r`; a rejection costs F
    :math:`k`.
    """

    title = "Putnam (1988), ratification at home"
    publication = Publication(
        "putnam 1988",
        "a constraint at home is a strength abroad",
        ("bargaining", "commitment"),
        "Putnam1988",
    )

    parameters = declare(
        parameter(
            "leader_value",
            "f",
            "(0, 1)",
            "what no agreement is worth to the foreign leader",
            "share",
            SOURCE,
        ),
        parameter(
            "ratification_value",
            "r",
            "(0, 1)",
            "what no agreement is worth to the legislature",
            "share",
            SOURCE,
        ),
        parameter(
            "rejection_cost",
            "k",
            "> 0",
            "the leader's cost of being rejected at home",
            "share",
            SOURCE,
        ),
    )

    def form(self) -> ContinuousTree:
        """The proposal, the agreement, and its ratification."""
        builder = ExtensiveForm.builder("H", "F", "L", given=self.space, title=self.title)
        tree = builder.choose("H", "x", between=(0, 1)).move("F", ["agree", "refuse"], after="x")
        tree = tree.payoffs("x/refuse", 0, "f", "r")
        tree = tree.move("L", ["ratify", "reject"], after="x/agree")
        tree = tree.payoffs("x/agree/ratify", "x", "1 - x", "1 - x")
        return tree.payoffs("x/agree/reject", 0, "f - k", "r").build()


@SECTION.proposition("weakness-is-strength", "ordering")
def weakness_is_strength() -> Iterator[Claim]:
    """Where the legislature wants more than the leader, the leader is given what it wants."""
    game = Putnam1988()
    s = game.symbols
    for equilibrium in game.solve():
        where = [game.space, equilibrium.condition, s.r > s.f]
        if Space.of(*where).empty.verdict == "refuted":
            yield Claim.of(equilibrium.payoffs["F"] > s.f, where, equilibrium.name)
