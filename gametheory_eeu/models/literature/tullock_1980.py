"""A contest for a prize that two rivals value unequally."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, conjunction, iff, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Tullock1980", "constant returns")
SECTION = Section("tullock-1980", "Tullock1980", SOURCE)


class Tullock1980(Game):
    r"""A contest for a prize that two rivals value unequally.

    **Payoffs.** The prize is won with probability :math:`x/(x + y)`; what is spent is lost.
    """

    title = "Tullock (1980), a contest"
    publication = Publication(
        "tullock 1980",
        "rivals spend on a prize that is won in proportion to what is spent",
        ("contest",),
        "Tullock1980",
    )

    parameters = declare(
        parameter(
            "first_value", "v", "> 0", "what the prize is worth to the first", "payoff", SOURCE
        ),
        parameter(
            "second_value", "w", "> 0", "what the prize is worth to the second", "payoff", SOURCE
        ),
    )

    def form(self) -> ContinuousGame:
        """What each spends."""
        return ContinuousGame(
            {"1": "v*x/(x + y) - x", "2": "w*y/(x + y) - y"},
            {"1": "x > 0", "2": "y > 0"},
            given=self.space,
            title=self.title,
        )


@SECTION.proposition("waste", "ordering")
def waste() -> Iterator[Claim]:
    """Together they spend less than the prize is worth to either."""
    game = Tullock1980()
    (equilibrium,) = game.solve()
    spent, s = sum(equilibrium.choices.values()), game.symbols
    yield Claim.of(conjunction(spent < s.v, spent < s.w), game.space)


@SECTION.proposition("value", "sign")
def value() -> Iterator[Claim]:
    """Who values the prize more spends more; each spends the more, the more it is worth to them."""
    game = Tullock1980()
    (equilibrium,) = game.solve()
    x, y, s = equilibrium.choices["x"], equilibrium.choices["y"], game.symbols
    yield Claim.of(iff(x > y, s.v > s.w), game.space, "more")
    yield from sign_claims(x, game.space, v="+")


@SECTION.proposition("rival", "false")
def rival() -> Iterator[Claim]:
    """A keener rival does not always make one spend more: only the stronger one."""
    game = Tullock1980()
    (equilibrium,) = game.solve()
    s = game.symbols
    slope = sp.diff(equilibrium.choices["x"], s.w)
    yield Claim.refutation(slope > 0, game.space, "naive: always more")
    yield Claim.of(iff(slope > 0, s.v > s.w), game.space, "the stronger")
