"""A demand on a state whose cost of war only it knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Equilibrium, Game, declare, quantity
from gametheory_eeu.games.section import Section, real_symbols, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Fearon1995", "private information about resolve")
SECTION = Section("fearon-1995", "Fearon1995", SOURCE)


@lru_cache(maxsize=1)
def _interior(tree: ContinuousTree) -> Equilibrium:
    """The equilibrium in which some types of B fight and others accept."""
    return tree.solve()["x inside; accept or fight"]


class Fearon1995(Game):
    r"""A demand on a state whose cost of war only it knows.

    **Players.** A, who demands, and B, who accepts or fights.

    **Timing.** Chance draws B's cost of war, uniform between 0 and :math:`C`; B learns it. A
    demands a share :math:`x` of a prize of 1. B accepts, or fights.

    **Payoffs.** The shares; of war :math:`p - c_A` and :math:`1 - p - c_B`.
    """

    title = "Fearon (1995), any demand"
    publication = Publication(
        "fearon 1995",
        "the risk of war against a larger share: a demand on a state of unknown resolve",
        ("private information", "bargaining"),
        "Fearon1995",
    )

    parameters = declare(
        parameter(
            "win_probability",
            "p",
            "(0, 1)",
            "the probability that A wins a war",
            "probability",
            SOURCE,
        ),
        parameter("war_cost", "c_A", "> 0", "A's cost of war", "share", SOURCE),
        parameter(
            "cost_range", "C", "> 0", "the highest cost that war may have for B", "share", SOURCE
        ),
    )

    def form(self) -> ContinuousTree:
        """The demand, and the answer of a B that knows its cost."""
        builder = ExtensiveForm.builder("A", "B", given=self.space, title=self.title)
        tree = builder.draw("c_B", uniform=(0, "C"), known_to="B")
        tree = tree.choose("A", "x", between=(0, 1), after="c_B")
        tree = tree.move("B", ["accept", "fight"], after="c_B/x")
        tree = tree.payoffs("c_B/x/accept", "x", "1 - x")
        return tree.payoffs("c_B/x/fight", "p - c_A", "1 - p - c_B").build()

    @quantity("x^*", SOURCE, exists_when=lambda game: _interior(game.general.form()).condition)
    def demand(self) -> Expr:
        """The demand that weighs the share against the risk of war."""
        return _interior(self.general.form()).choices["x"]

    @quantity(r"\pi", SOURCE, exists_when=lambda game: _interior(game.general.form()).condition)
    def war_probability(self) -> Expr:
        """The probability that B fights rather than accept that demand."""
        return (_interior(self.general.form()).choices["x"] - self.symbols.p) / self.symbols.C


@SECTION.proposition("risk-of-war", "sign")
def risk_of_war() -> Iterator[Claim]:
    """Where some types fight, their share rises with the range of costs and falls with A's."""
    game = Fearon1995()
    risk = game.quantities["war_probability"]
    yield from sign_claims(risk.expression, [game.space, risk.exists_when], C="+", c_A="-")


@SECTION.proposition("a-bargain-exists", "ordering")
def a_bargain_exists() -> Iterator[Claim]:
    """A share that both prefer to war always exists, and yet A's best demand risks war."""
    game = Fearon1995()
    s, risk = game.symbols, game.quantities["war_probability"]
    cost = real_symbols("c_B")
    yield Claim.of(s.p - s.c_A < s.p + cost, [game.space, cost > 0], "the bargain")
    yield Claim.refutation(risk.expression <= 0, [game.space, risk.exists_when], "naive: no war")
