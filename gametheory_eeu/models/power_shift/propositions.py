"""4c, power shift: Powell's condition, sufficient for breakdown and not necessary."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    Section,
    claims_by_name,
    equality,
    equilibrium_claims,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.power_shift import PowerShift

SECTION = Section("4c", "PowerShift", Source("L", "Powell2006"))


@SECTION.proposition("powell-suffices", "equilibrium")
def powell_suffices() -> Iterator[Claim]:
    """If delta M1(t+1) + M2(t) > B, every equilibrium is inefficient: on an efficient path 2 gets
    at least M2 and 1 at least delta M1 of what there is to divide, which is B.
    """
    payoff_1, payoff_2, today, later, M1, M2, B, delta = real_symbols(
        "U_1 U_2 x_1 W M_1 M_2 B delta"
    )
    bounds = [payoff_2 >= M2, sp.Eq(payoff_1, today + delta * later), today >= 0, later >= M1]
    premises = [*bounds, delta > 0, delta < 1, sp.Eq(payoff_1 + payoff_2, B)]
    yield Claim.of(sp.Not(delta * M1 + M2 > B), premises, "efficient paths exclude the condition")
    lemmas = PowerShift().lemmas()
    yield from claims_by_name(lemmas, "Powell's condition suffices")
    yield from claims_by_name(lemmas, "Powell's condition decides if the member offers")


@SECTION.proposition("powell-necessary", "false")
def not_necessary() -> Iterator[Claim]:
    """False: "without Powell's condition there is no breakdown". If the hegemon offers, shifts that
    are smaller by the cost of a breakdown break too; it decides if the member offers.
    """
    game = PowerShift()
    s, powell_condition = game.symbols, game.powell_gap > 0
    breakdown = s.s > game.tolerable_shift
    point = {"delta": "1/2", "p": "1/5", "c_b": "1/10", "s": "7/20"}
    yield Claim.refutation(sp.Implies(breakdown, powell_condition), game.space, fails_at=point)
    yield Claim.of(sp.Implies(powell_condition, breakdown), game.space, "corrected: sufficient")
    yield from claims_by_name(game.lemmas(), "what the condition misses")


@SECTION.proposition("equilibria", "equilibrium")
def equilibria() -> Iterator[Claim]:
    """Settlement, breakdown and the tie are equilibria where they are said to be."""
    game = PowerShift()
    for concept in game.concepts:
        yield from equilibrium_claims(game.solve(concept))


@SECTION.proposition("deeper-integration", "sign")
def deeper_integration() -> Iterator[Claim]:
    """Deeper integration raises the hegemon's future power, so that a member refuses today: the
    gap rises in the shift and in patience, and more depth makes the condition hold.
    """
    lemmas = PowerShift().lemmas()
    yield from claims_by_name(lemmas, "larger, faster, more patient", "the price of a shift")
    game = PowerShift()
    yield from sign_claims(game.powell_gap, game.space, s="+", delta="+", c_b="-", p="<=0")


@SECTION.proposition("waste", "ordering")
def waste() -> Iterator[Claim]:
    """A breakdown is a waste: both secure less by it than there is to divide."""
    game = PowerShift()
    s = game.symbols
    breakdown = {"offers by": "hegemon", "today": "break down", "later": "settle"}
    total = sp.Add(*(game.payoff(breakdown, player) for player in game.players))
    yield Claim.of(equality(1 - total, s.c_b), game.space, "by the cost of a breakdown")
    yield Claim.of(total < 1, game.space)
