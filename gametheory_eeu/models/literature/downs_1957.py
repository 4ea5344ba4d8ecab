"""Two parties that want votes, and three positions."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, iff
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Downs1957", "ch. 8; three positions")
SECTION = Section("downs-1957", "Downs1957", SOURCE)

_POSITIONS = ("left", "centre", "right")


class Downs1957(Game):
    r"""Two parties that want votes, and three positions.

    **Players.** Two parties.

    **Timing.** At once, each takes a position: left, centre or right.

    **Payoffs.** Its share of the votes. A share :math:`l` of the voters is on the left, :math:`r`
    on the right, the others in the centre; they vote for the nearest party, and half of those for
    each who are as near to both.
    """

    title = "Downs (1957), three positions"
    publication = Publication(
        "downs 1957",
        "parties that want votes alone meet where the median voter is",
        ("voting", "competition"),
        "Downs1957",
    )

    parameters = declare(
        parameter("left_share", "l", "> 0", "the share of voters on the left", "share", SOURCE),
        parameter("right_share", "r", "> 0", "the share of voters on the right", "share", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """Some voters are in the centre."""
        return (self.symbols.l + self.symbols.r < 1,)

    def form(self) -> NormalForm:
        """The shares of the votes."""
        shares = [
            ["1/2", "l", "(1 + l - r)/2"],
            ["1 - l", "1/2", "1 - r"],
            ["(1 + r - l)/2", "r", "1/2"],
        ]
        return NormalForm(
            shares,
            [list(column) for column in zip(*shares, strict=True)],
            players=["party 1", "party 2"],
            actions=[_POSITIONS] * 2,
            given=self.space,
            title=self.title,
        )


@SECTION.proposition("median-voter", "equilibrium")
def median_voter() -> Iterator[Claim]:
    """Both parties take a position iff the median voter holds it."""
    game = Downs1957()
    s, solution, half = game.symbols, game.solve(), sp.Rational(1, 2)
    where = {"left": s.l >= half, "centre": (s.l <= half) & (s.r <= half), "right": s.r >= half}
    for position, condition in where.items():
        both = solution[f"{position}, {position}"].condition
        yield Claim.of(iff(both, condition), game.space, position)


@SECTION.proposition("own-side", "false")
def own_side() -> Iterator[Claim]:
    """A party does not keep its own side by staying there: the centre has more votes to win."""
    game = Downs1957()
    form = game.form()
    stays, moves = (
        form.payoff({"party 1": own, "party 2": "right"}, "party 1") for own in _POSITIONS[:2]
    )
    yield Claim.refutation(stays >= moves, game.space, "naive: left against right")
    yield Claim.of(moves > stays, game.space, "centre against right")
