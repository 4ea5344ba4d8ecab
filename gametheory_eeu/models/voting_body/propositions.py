"""6, the Commission: equal votes and unequal bargaining power."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    ANY_N,
    BY_INDUCTION,
    Section,
    conjunction,
    equality,
    iff,
    implication,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.voting_body import VotingBody
from gametheory_eeu.models.voting_body.power_index import (
    effective_power,
    hegemon_share,
    member_share,
)

SECTION = Section("6-commission", "VotingBody", Source("L", "ShapleyShubik1954"))
_VOTES = (2,) * 5
m, N, g, mean = real_symbols("m N gamma gbar")
_DOMAIN = [m >= 0, m <= 1, N >= 2, mean > 0, mean < 1]


@SECTION.proposition("equal-power", "value", "N = 5, each quota")
def equal_power() -> Iterator[Claim]:
    """Five states with two votes each have Shapley-Shubik power 1/5 at any attainable quota."""
    for quota in range(1, sum(_VOTES) + 1):
        powers = VotingBody(_VOTES, quota).shapley_shubik
        claim = conjunction(*(equality(power, sp.Rational(1, 5)) for power in powers))
        yield Claim.of(claim, (), f"quota {quota}")


@SECTION.proposition("power-to-prevent", "value", "N = 5")
def prevention_values() -> Iterator[Claim]:
    """Power to prevent: 3/8 by a majority of states, 2/3 by two-thirds, 1 by consensus."""
    for quota, power, label in (
        (6, "3/8", "majority"),
        (7, "2/3", "two-thirds"),
        (10, "1", "consensus"),
    ):
        powers = VotingBody(_VOTES, quota).power_to_prevent
        claim = conjunction(*(equality(x, sp.Rational(power)) for x in powers))
        yield Claim.of(claim, (), label)


@SECTION.proposition("masking", "sign", ANY_N)
def masking() -> Iterator[Claim]:
    """The hegemon's effective power (1-m)/N + m(1 - mean gamma) rises in m iff mean gamma < 1 -
    1/N; formal power is 1/N at every m, effective power differs for m > 0 unless mean gamma is 1 -
    1/N.
    """
    power = effective_power(1 / N, m, hegemon_share(mean))
    increase = iff(sp.diff(power, m) > 0, mean < 1 - 1 / N)
    yield Claim.of(increase, _DOMAIN, "rises")
    difference = iff(sp.Ne(power, 1 / N), sp.And(m > 0, sp.Ne(mean, 1 - 1 / N)))
    yield Claim.of(difference, _DOMAIN, "differs")
    member_power = effective_power(1 / N, m, member_share(g, N - 1))
    yield from sign_claims(member_power, [*_DOMAIN, m > 0, g > 0, g < 1], gamma="+")


@SECTION.proposition("powers-sum-to-one", "identity", BY_INDUCTION)
def powers_sum_to_one() -> Iterator[Claim]:
    """The effective powers of the hegemon and the N - 1 members sum to 1, by induction."""
    total, count, weight = real_symbols("Sigma k G")
    base = effective_power(1 / N, m, hegemon_share(mean))
    yield Claim.of(equality(base, 1 / N + m * (1 - mean - 1 / N)), _DOMAIN, "base: the hegemon's")
    partial_sum = count * (1 - m) / N + m * weight / (N - 1)
    step = equality(total + effective_power(1 / N, m, member_share(g, N - 1)),
                 (count + 1) * (1 - m) / N + m * (weight + g) / (N - 1))  # fmt: skip
    yield Claim.of(step, [*_DOMAIN, sp.Eq(total, partial_sum)], "step: one more member")
    members_sum = partial_sum.subs({count: N - 1, weight: (N - 1) * mean})
    yield Claim.of(equality(base + members_sum, 1), _DOMAIN, "all of them")


@SECTION.proposition("symbolic-commission", "ordering", ANY_N)
def symbolic_commission() -> Iterator[Claim]:
    """While mean gamma < 1 - 1/N the hegemon has more than its formal part for every m > 0."""
    power = effective_power(1 / N, m, hegemon_share(mean))
    claim = implication(mean < 1 - 1 / N, power > 1 / N)
    yield Claim.of(claim, [*_DOMAIN, m > 0])
