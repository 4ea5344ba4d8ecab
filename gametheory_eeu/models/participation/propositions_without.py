"""3b, participation: the effect of excluding a member."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import ANY_N, SIZES, Section, equality, iff, real_symbols
from gametheory_eeu.models.participation.propositions_network import SymbolicNetwork

SECTION = Section("3b", "Participation", Source("L", "Segal2003"))


@SECTION.proposition("without-a-member", "ordering", sizes=SIZES)
def without_a_member(n: int) -> Iterator[Claim]:
    """P_abs without i is lower than with all n members iff theta_i - sum_j beta_ij exceeds it.

    i is the last number, d what it asks for when all others have joined, A the threshold of the
    others, numbered by their best order: every order takes at least d, and A then i takes max(A,
    d).
    """
    m = SymbolicNetwork(n)
    i, d = n - 1, m.reluctance(n - 1, range(n - 1))
    yield Claim.of(
        m.partial_reluctance(i, m.positions) >= d,
        m.gains(i, m.positions),
        "every order takes at least d",
    )
    threshold_without = sp.Max(*(m.reluctance(j, range(j)) for j in range(i)))
    yield Claim.of(
        equality(m.cost(), sp.Max(threshold_without, d)), m.space, "the others' best order, then i"
    )
    yield from _exclusion_claims()
    if n == 3:
        pair_threshold = SymbolicNetwork(2).game.absolute_threshold
        threshold = m.game.absolute_threshold
        claim = iff(pair_threshold < threshold, d > pair_threshold)
        yield Claim.of(claim, m.space, "and directly")


@SECTION.proposition("without-a-member-every-n", "ordering", ANY_N)
def without_a_member_every_n() -> Iterator[Claim]:
    """The same for every number of members: with P_abs = T at least d, at most max(A, d)."""
    d, missing, demand, beta = real_symbols("d missing asks beta")
    yield Claim.of(
        demand >= d, [sp.Eq(demand, d + missing), missing >= 0], "every order takes at least d"
    )
    yield Claim.of(missing + beta >= 0, [missing >= 0, beta >= 0], "step: one more is missing")
    yield from _exclusion_claims()


def _exclusion_claims() -> Iterator[Claim]:
    T, A, d = real_symbols("T A d")
    yield Claim.of(iff(T > A, d > A), [d <= T, sp.Le(T, sp.Max(A, d))], "hence")
