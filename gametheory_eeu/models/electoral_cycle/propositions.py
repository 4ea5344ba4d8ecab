"""6, the electoral cycle: announcements rise to the election; signals separate."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    BY_INDUCTION,
    Section,
    conjunction,
    equality,
    iff,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.electoral_cycle.model import announcement_payoff, signalling_payoff

SECTION = Section("6-cycle", "ElectoralCycle", Source("L", "Nordhaus1975"))
_ROGOFF = Source("L", "Rogoff1990")
a, q, B, c, d, K, c_low, c_high = real_symbols("a q B c d K c_L c_H")
_SPACE = [B > 0, c > 0, d > 0, d < 1, q > 0, q <= 1]


@SECTION.proposition("announcements", "optimum", BY_INDUCTION)
def announcements() -> Iterator[Claim]:
    """a_t = B d^(T-t)/c is best at every t <= T, so announcements rise to the election; after it 0
    is best until the next cycle. q is d^(T-t): 1 at T, and a period earlier d q.
    """
    optimum = B * q / c
    yield Claim.of(
        announcement_payoff(a, q, B, c) <= announcement_payoff(optimum, q, B, c),
        _SPACE,
        "best",
    )
    yield Claim.of(equality(optimum.subs(q, 1), B / c), _SPACE, "base: at the election")
    yield Claim.of(conjunction(d * q > 0, d * q <= 1), _SPACE, "step: a period earlier")
    yield Claim.of(optimum.subs(q, d * q) < optimum, _SPACE, "step: less a period earlier")
    forgotten_payoff = announcement_payoff(a, sp.Integer(0), B, c)
    yield Claim.of(forgotten_payoff <= 0, _SPACE, "after it")
    drop = optimum.subs(q, 1) > 0
    yield Claim.of(drop, _SPACE, "the drop")
    yield from sign_claims(optimum, _SPACE, B="+", c="-", q="+")


@SECTION.proposition("separating", "equilibrium", source=_ROGOFF)
def separating() -> Iterator[Claim]:
    """With unit costs c_L > c_H > 0 and prize K the types separate with a_L = 0 iff a_H is in
    [K/c_L, K/c_H]; the least cost is K/c_L.
    """
    premises = [c_low > c_high, c_high > 0, K > 0, a >= 0]
    low_abstains = (
        signalling_payoff(a, c_low, K) <= 0
    )  # the low type would rather not pass for high
    high_signals = signalling_payoff(a, c_high, K) >= 0
    separating_range = sp.And(a >= K / c_low, a <= K / c_high)
    yield Claim.of(
        iff(conjunction(low_abstains, high_signals), separating_range), premises, "where"
    )
    yield Claim.of(K / c_low < K / c_high, premises, "there is room")
    yield Claim.of(conjunction(a >= K / c_low), [*premises, separating_range], "least cost")


@SECTION.proposition("pooling", "existence", source=_ROGOFF)
def pooling() -> Iterator[Claim]:
    """Pooling exists too: both send nothing and get pK; whoever sends something else is taken for
    low and gets nothing.
    """
    p = real_symbols("p")
    premises = [c_low > c_high, c_high > 0, K > 0, a > 0, p > 0, p < 1]
    pooling_optimal = conjunction(
        *(signalling_payoff(a, cost, sp.Integer(0)) < p * K for cost in (c_low, c_high))
    )
    yield Claim.of(pooling_optimal, premises)
