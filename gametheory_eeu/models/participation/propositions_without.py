"""3b, participation: going ahead without a member."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import ANY_N, SIZES, Section, equal, iff, real
from gametheory_eeu.models.participation.propositions_network import Network

SECTION = Section("3b", "Participation", Source("L", "Segal2003"))


@SECTION.proposition("without-a-member", "ordering", sizes=SIZES)
def without_a_member(n: int) -> Iterator[Claim]:
    """P_abs without i is lower than with all n members iff theta_i - sum_j beta_ij exceeds it.

    i is the last number, d what it asks for when all others have joined, A the threshold of the
    others, numbered by their best order: every order takes at least d, and A then i takes max(A,
    d).
    """
    m = Network(n)
    i, d = n - 1, m.reluctance(n - 1, range(n - 1))
    yield Claim.of(
        m.among(i, m.everyone) >= d,
        m.gains(i, m.everyone),
        "every order takes at least d",
    )
    others = sp.Max(*(m.reluctance(j, range(j)) for j in range(i)))
    yield Claim.of(equal(m.cost(), sp.Max(others, d)), m.space, "the others' best order, then i")
    yield from _left_out()
    if n == 3:
        pair = Network(2).game.absolute_threshold
        whole = m.game.absolute_threshold
        claim = iff(pair < whole, d > pair)
        yield Claim.of(claim, m.space, "and directly")


@SECTION.proposition("without-a-member-every-n", "ordering", ANY_N)
def without_a_member_every_n() -> Iterator[Claim]:
    """The same for every number of members: with P_abs = T at least d, at most max(A, d)."""
    d, missing, asks, beta = real("d missing asks beta")
    yield Claim.of(
        asks >= d, [sp.Eq(asks, d + missing), missing >= 0], "every order takes at least d"
    )
    yield Claim.of(missing + beta >= 0, [missing >= 0, beta >= 0], "step: one more is missing")
    yield from _left_out()


def _left_out() -> Iterator[Claim]:
    T, A, d = real("T A d")
    yield Claim.of(iff(T > A, d > A), [d <= T, sp.Le(T, sp.Max(A, d))], "hence")
