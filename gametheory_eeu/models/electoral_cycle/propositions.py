"""6, the electoral cycle: announcements rise to the election; signals separate."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import EVERY_N, Section, all_of, equal, iff, real, signs
from gametheory_eeu.models.electoral_cycle import payoffs

SECTION = Section("6-cycle", "", Source("L", "Nordhaus1975"))
_ROGOFF = Source("L", "Rogoff1990")
a, q, B, c, d, K, low, high = real("a q B c d K c_L c_H")
_SPACE = [B > 0, c > 0, d > 0, d < 1, q > 0, q <= 1]


@SECTION.proposition("announcements", "optimum", EVERY_N)
def announcements() -> Iterator[Claim]:
    """a_t = B d^(T-t)/c is best at every t <= T, so announcements rise to the election; after it 0
    is best until the next cycle. q is d^(T-t): 1 at T, and a period earlier d q.
    """
    best = B * q / c
    yield Claim.of(
        payoffs.announcing(a, q, B, c) <= payoffs.announcing(best, q, B, c), _SPACE, "best"
    )
    yield Claim.of(equal(best.subs(q, 1), B / c), _SPACE, "base: at the election")
    yield Claim.of(all_of(d * q > 0, d * q <= 1), _SPACE, "step: a period earlier")
    yield Claim.of(best.subs(q, d * q) < best, _SPACE, "step: less a period earlier")
    nothing = payoffs.announcing(a, sp.Integer(0), B, c)
    yield Claim.of(nothing <= 0, _SPACE, "after it")
    drop = best.subs(q, 1) > 0
    yield Claim.of(drop, _SPACE, "the drop")
    yield from signs(best, _SPACE, B="+", c="-", q="+")


@SECTION.proposition("separating", "equilibrium", source=_ROGOFF)
def separating() -> Iterator[Claim]:
    """With unit costs c_L > c_H > 0 and prize K the types separate with a_L = 0 iff a_H is in
    [K/c_L, K/c_H]; the least cost is K/c_L.
    """
    given = [low > high, high > 0, K > 0, a >= 0]
    stays = payoffs.signalling(a, low, K) <= 0  # the low type would rather not pass for high
    sends = payoffs.signalling(a, high, K) >= 0
    inside = sp.And(a >= K / low, a <= K / high)
    yield Claim.of(iff(all_of(stays, sends), inside), given, "where")
    yield Claim.of(K / low < K / high, given, "there is room")
    yield Claim.of(all_of(a >= K / low), [*given, inside], "least cost")


@SECTION.proposition("pooling", "existence", source=_ROGOFF)
def pooling() -> Iterator[Claim]:
    """Pooling exists too: both send nothing and get pK; whoever sends something else is taken for
    low and gets nothing.
    """
    p = real("p")
    given = [low > high, high > 0, K > 0, a > 0, p > 0, p < 1]
    both = all_of(*(payoffs.signalling(a, cost, sp.Integer(0)) < p * K for cost in (low, high)))
    yield Claim.of(both, given)
