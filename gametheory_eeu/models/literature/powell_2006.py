"""A rapid shift of power: what is offered today cannot make up for tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousTree, ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Powell2006", "large, rapid shifts of power")
SECTION = Section("powell-2006", "Powell2006", SOURCE)


class Powell2006(Game):
    r"""A rapid shift of power: what is offered today cannot make up for tomorrow.

    **Players.** A, whose power rises, and B, whose power falls.

    **Timing.** A keeps a share :math:`x` of today's flow of 1 and offers B the rest. B accepts, or
    attacks. From tomorrow on A keeps all that B prefers to war, :math:`p_2 + c_B`.

    **Payoffs.** Averages with discount factor :math:`\delta`; an attack today is won by A with
    probability :math:`p_1`, for good.
    """

    title = "Powell (2006), a rapid shift of power"
    publication = Publication(
        "powell 2006",
        "who will be stronger cannot promise not to use it: a rapid shift means war",
        ("commitment", "bargaining"),
        "Powell2006",
    )

    parameters = declare(
        parameter(
            "discount_factor", "delta", "(0, 1)", "the weight of the future", "share", SOURCE
        ),
        parameter(
            "strength_today",
            "p_1",
            "(0, 1)",
            "the probability that A wins a war today",
            "probability",
            SOURCE,
        ),
        parameter(
            "strength_later",
            "p_2",
            "(0, 1)",
            "the probability that A wins a war later",
            "probability",
            SOURCE,
        ),
        parameter("rising_cost", "c_A", "> 0", "A's cost of war", "share", SOURCE),
        parameter("falling_cost", "c_B", "> 0", "B's cost of war", "share", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """Power shifts to A, and B is left with something."""
        s = self.symbols
        return s.p_1 < s.p_2, s.p_2 + s.c_B < 1

    def form(self) -> ContinuousTree:
        """Today's offer and its answer; tomorrow is worth what war then is to B."""
        builder = ExtensiveForm.builder("A", "B", given=self.space, title=self.title)
        tree = builder.choose("A", "x", between=(0, 1)).move("B", ["accept", "attack"], after="x")
        today, later = "(1 - delta)", "delta*(p_2 + c_B)"
        tree = tree.payoffs(
            "x/accept", f"{today}*x + {later}", f"{today}*(1 - x) + delta - {later}"
        )
        return tree.payoffs("x/attack", "p_1 - c_A", "1 - p_1 - c_B").build()

    @quantity("s^*", SOURCE)
    def tolerable_strength(self) -> Expr:
        """A's strength tomorrow from which no offer today keeps the peace."""
        s = self.symbols
        return (s.p_1 + (1 - s.delta) * s.c_B) / s.delta


@SECTION.proposition("rapid-shift", "equilibrium")
def rapid_shift() -> Iterator[Claim]:
    """If delta p_2 > p_1 + (1 - delta) c_B, no equilibrium has B accept: war, though it wastes."""
    game = Powell2006()
    rapid = game.symbols.p_2 > game.quantities["tolerable_strength"].expression
    for equilibrium in game.solve():
        if "accept" in equilibrium.name:
            yield Claim.of(sp.Not(equilibrium.condition), [game.space, rapid], equilibrium.name)


@SECTION.proposition("shift-or-cost", "sign")
def shift_or_cost() -> Iterator[Claim]:
    """The strength that is tolerable rises with B's cost of war and falls with patience."""
    game = Powell2006()
    limit = game.quantities["tolerable_strength"].expression
    yield from sign_claims(limit, game.space, c_B="+", delta="-")


@SECTION.proposition("any-shift", "false")
def any_shift() -> Iterator[Claim]:
    """Not every shift of power means war, but one that is large against B's cost of war."""
    game = Powell2006()
    s, limit = game.symbols, game.quantities["tolerable_strength"].expression
    yield Claim.refutation(s.p_2 > limit, game.space, "naive: any shift")
    yield Claim.of(s.p_2 > limit, [game.space, s.delta * s.p_2 - s.p_1 > s.c_B], "a large one")
