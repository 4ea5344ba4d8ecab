"""An agenda setter, and a voter with a status quo."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "RomerRosenthal1978", "the setter's proposal")
SECTION = Section("romer-and-rosenthal-1978", "RomerAndRosenthal1978", SOURCE)


class RomerAndRosenthal1978(Game):
    r"""An agenda setter, and a voter with a status quo.

    **Players.** The setter, whose ideal is :math:`s > 0`, and the median voter, whose ideal is 0.

    **Timing.** The setter proposes :math:`x`; the voter accepts it, or keeps the status quo
    :math:`q`.

    **Payoffs.** Quadratic losses from the ideals.
    """

    title = "Romer and Rosenthal (1978), the setter"
    publication = Publication(
        "romer and rosenthal 1978",
        "who sets the agenda gains the more, the worse the status quo is for the voter",
        ("agenda setting", "voting"),
        "RomerRosenthal1978",
    )

    parameters = declare(
        parameter(
            "setter_ideal",
            "s",
            "> 0",
            "the setter's ideal, where the voter's is 0",
            "policy",
            SOURCE,
        ),
        parameter("status_quo", "q", "real", "what stays if the proposal fails", "policy", SOURCE),
    )

    def form(self) -> ContinuousTree:
        """The proposal and the vote."""
        builder = ExtensiveForm.builder("setter", "voter", given=self.space, title=self.title)
        tree = builder.choose("setter", "x").move("voter", ["accept", "keep"], after="x")
        tree = tree.payoffs("x/accept", "-(x - s)**2", "-x**2")
        return tree.payoffs("x/keep", "-(q - s)**2", "-q**2").build()


@SECTION.proposition("bad-status-quo", "ordering")
def bad_status_quo() -> Iterator[Claim]:
    """A status quo worse for the voter moves the outcome towards the setter's ideal."""
    game = RomerAndRosenthal1978()
    s = game.symbols
    outcome = game.solve()["x at a breakpoint; accept"]
    where = [game.space, s.q > -s.s, s.q < 0]
    yield Claim.of(outcome.condition, where, "the voter is left indifferent")
    yield from sign_claims(outcome.choices["x"], where, q="-")


@SECTION.proposition("median", "false")
def median() -> Iterator[Claim]:
    """The outcome is not the median voter's ideal, though the voter has the last word."""
    game = RomerAndRosenthal1978()
    free = game.solve()["x inside; accept"]
    yield Claim.refutation(sp.Eq(free.choices["x"], 0), [game.space, free.condition], "naive")
    yield Claim.of(free.choices["x"] > 0, [game.space, free.condition], "the setter's ideal")
