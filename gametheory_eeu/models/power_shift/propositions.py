"""4c, power shift: Powell's condition suffices for breakdown, and is not necessary."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import Section, equal, owed, real, signs, stated
from gametheory_eeu.models.power_shift import PowerShift

SECTION = Section("4c", "PowerShift", Source("L", "Powell2006"))


@SECTION.proposition("powell-suffices", "equilibrium")
def suffices() -> Iterator[Claim]:
    """If delta M1(t+1) + M2(t) > B, every equilibrium is inefficient: on an efficient path 2 gets
    at least M2 and 1 at least delta M1 of what there is to divide, which is B.
    """
    first, second, today, later, M1, M2, B, delta = real("U_1 U_2 x_1 W M_1 M_2 B delta")
    secured = [second >= M2, sp.Eq(first, today + delta * later), today >= 0, later >= M1]
    possible = [*secured, delta > 0, delta < 1, sp.Eq(first + second, B)]
    yield Claim.of(sp.Not(delta * M1 + M2 > B), possible, "efficient paths exclude the condition")
    found = PowerShift().propositions()
    yield from stated(found, "Powell's condition suffices")
    yield from stated(found, "Powell's condition decides if the member offers")


@SECTION.proposition("powell-necessary", "false")
def not_necessary() -> Iterator[Claim]:
    """False: "without Powell's condition there is no breakdown". If the hegemon offers, shifts that
    are smaller by the cost of a breakdown break too; it decides if the member offers.
    """
    game = PowerShift()
    s, powell = game.symbols, game.powell_gap > 0
    breaks = s.s > game.tolerable_shift
    point = {"delta": "1/2", "p": "1/5", "c_b": "1/10", "s": "7/20"}
    yield Claim.denied(sp.Implies(breaks, powell), game.space, fails_at=point)
    yield Claim.of(sp.Implies(powell, breaks), game.space, "corrected: sufficient")
    yield from stated(game.propositions(), "what the condition misses")


@SECTION.proposition("equilibria", "equilibrium")
def equilibria() -> Iterator[Claim]:
    """Settlement, breakdown and the tie are equilibria where they are said to be."""
    game = PowerShift()
    for concept in game.concepts:
        yield from owed(game.solve(concept))


@SECTION.proposition("deeper-integration", "sign")
def deeper() -> Iterator[Claim]:
    """Deeper integration raises the hegemon's future power, so that a member refuses today: the
    gap rises in the shift and in patience, and more depth makes the condition hold.
    """
    found = PowerShift().propositions()
    yield from stated(found, "larger, faster, more patient", "the price of a shift")
    game = PowerShift()
    yield from signs(game.powell_gap, game.space, s="+", delta="+", c_b="-", p="<=0")


@SECTION.proposition("waste", "ordering")
def waste() -> Iterator[Claim]:
    """A breakdown is a waste: both secure less by it than there is to divide."""
    game = PowerShift()
    s = game.symbols
    broken = {"offers by": "hegemon", "today": "break down", "later": "settle"}
    total = sp.Add(*(game.payoff(broken, player) for player in game.players))
    yield Claim.of(equal(1 - total, s.c_b), game.space, "by the cost of a breakdown")
    yield Claim.of(total < 1, game.space)
