"""A legislature that divides a budget by majority."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, equality, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "BaronFerejohn1989", "the closed rule, stationary strategies")
SECTION = Section("baron-and-ferejohn-1989", "BaronAndFerejohn1989", SOURCE)


class BaronAndFerejohn1989(Game):
    r"""A legislature that divides a budget by majority.

    **Players.** Of :math:`2 m + 1` members, the one recognised to propose, and one of the
    :math:`m` whose votes it needs; these are alike.

    **Timing.** The proposer offers each of them :math:`x`, under a closed rule. They vote yes, or
    no: then the next session begins as this one did, with anyone as likely to propose.

    **Payoffs.** Shares of a budget of 1. Since all are alike before one is recognised, and
    strategies do not depend on the past, a new session is worth :math:`\delta/(2 m + 1)` to each.
    """

    title = "Baron and Ferejohn (1989), the closed rule"
    publication = Publication(
        "baron and ferejohn 1989",
        "the proposer buys a bare majority and keeps the rest",
        ("bargaining", "agenda setting", "voting"),
        "BaronFerejohn1989",
    )

    parameters = declare(
        parameter("partners", "m", "whole > 0", "votes needed, of 2 m + 1 members", "", SOURCE),
        parameter("patience", "delta", "(0, 1]", "the discount factor", "", SOURCE),
    )

    def form(self) -> ContinuousTree:
        """The offer and the vote, with the stationary value of another session."""
        builder = ExtensiveForm.builder("proposer", "partner", given=self.space, title=self.title)
        tree = builder.choose("proposer", "x", between=(0, "1/m"))
        tree = tree.move("partner", ["yes", "no"], after="x")
        tree = tree.payoffs("x/yes", "1 - m*x", "x")
        return tree.payoffs("x/no", "delta/(2*m + 1)", "delta/(2*m + 1)").build()

    @quantity("y^*", SOURCE)
    def proposer_share(self) -> Expr:
        """What the proposer keeps."""
        s = self.symbols
        return 1 - s.delta * s.m / (2 * s.m + 1)


@SECTION.proposition("stationary", "identity")
def stationary() -> Iterator[Claim]:
    """The value put into the game is the one that comes out of it, for every member alike."""
    game = BaronAndFerejohn1989()
    (outcome,) = game.solve()
    m, bought = game.symbols.m, outcome.choices["x"]
    n = 2 * m + 1
    kept = game.quantities["proposer_share"].expression
    yield Claim.of(equality(outcome.payoffs["proposer"], kept), game.space, "the share kept")
    before = kept / n + 2 * m / n * bought / 2
    yield Claim.of(equality(before, 1 / n), game.space, "before anyone is recognised")


@SECTION.proposition("equal-shares", "false")
def equal_shares() -> Iterator[Claim]:
    """Members who are alike do not share alike: the proposer keeps more than half."""
    game = BaronAndFerejohn1989()
    kept = game.quantities["proposer_share"].expression
    yield Claim.refutation(
        kept <= 1 / (2 * game.symbols.m + 1), game.space, "naive: the equal share"
    )
    yield Claim.of(2 * kept > 1, game.space, "more than half")


@SECTION.proposition("share-signs", "sign")
def share_signs() -> Iterator[Claim]:
    """The proposer keeps the less, the more patient the members are and the more there are."""
    game = BaronAndFerejohn1989()
    yield from sign_claims(
        game.quantities["proposer_share"].expression, game.space, delta="-", m="-"
    )
