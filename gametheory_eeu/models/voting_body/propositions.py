"""6, the Commission: equal votes, and the asymmetry they mask."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import (
    ANY_N,
    EVERY_N,
    Section,
    all_of,
    equal,
    iff,
    only_if,
    real,
    signs,
)
from gametheory_eeu.models.voting_body.payoffs import effective, power_to_prevent, shapley_shubik

SECTION = Section("6-commission", "", Source("L", "ShapleyShubik1954"))
_STATES = (2,) * 5
m, N, g, mean = real("m N gamma gbar")
_MASKED = [m >= 0, m <= 1, N >= 2, mean > 0, mean < 1]


@SECTION.proposition("equal-power", "value", "N = 5, each quota")
def equal_power() -> Iterator[Claim]:
    """Five states with two votes each have Shapley-Shubik power 1/5 at any attainable quota."""
    for quota in range(1, sum(_STATES) + 1):
        found = shapley_shubik(_STATES, quota)
        claim = all_of(*(equal(sp.Rational(power), sp.Rational(1, 5)) for power in found))
        yield Claim.of(claim, (), f"quota {quota}")


@SECTION.proposition("power-to-prevent", "value", "N = 5")
def prevention() -> Iterator[Claim]:
    """Power to prevent: 3/8 by a majority of states, 2/3 by two-thirds, 1 by consensus."""
    for quota, power, says in (
        (6, "3/8", "majority"),
        (7, "2/3", "two-thirds"),
        (10, "1", "consensus"),
    ):
        found = power_to_prevent(_STATES, quota)
        claim = all_of(*(equal(sp.Rational(x), sp.Rational(power)) for x in found))
        yield Claim.of(claim, (), says)


@SECTION.proposition("masking", "sign", ANY_N)
def masking() -> Iterator[Claim]:
    """The hegemon's effective power (1-m)/N + m(1 - mean gamma) rises in m iff mean gamma < 1 -
    1/N; formal power is 1/N at every m, effective power differs for m > 0 unless mean gamma is 1 -
    1/N.
    """
    power = effective(N, m, 1 - mean)
    rises = iff(sp.diff(power, m) > 0, mean < 1 - 1 / N)
    yield Claim.of(rises, _MASKED, "rises")
    differs = iff(sp.Ne(power, 1 / N), sp.And(m > 0, sp.Ne(mean, 1 - 1 / N)))
    yield Claim.of(differs, _MASKED, "differs")
    member = effective(N, m, g / (N - 1))
    yield from signs(member, [*_MASKED, m > 0, g > 0, g < 1], gamma="+")


@SECTION.proposition("powers-sum-to-one", "identity", EVERY_N)
def sums() -> Iterator[Claim]:
    """The effective powers of the hegemon and the N - 1 members sum to 1, by induction."""
    total, count, weight = real("Sigma k G")
    base = effective(N, m, 1 - mean)
    yield Claim.of(equal(base, 1 / N + m * (1 - mean - 1 / N)), _MASKED, "base: the hegemon's")
    so_far = count * (1 - m) / N + m * weight / (N - 1)
    step = equal(total + effective(N, m, g / (N - 1)),
                 (count + 1) * (1 - m) / N + m * (weight + g) / (N - 1))  # fmt: skip
    yield Claim.of(step, [*_MASKED, sp.Eq(total, so_far)], "step: one more member")
    whole = so_far.subs({count: N - 1, weight: (N - 1) * mean})
    yield Claim.of(equal(base + whole, 1), _MASKED, "all of them")


@SECTION.proposition("symbolic-commission", "ordering", ANY_N)
def symbolic() -> Iterator[Claim]:
    """While mean gamma < 1 - 1/N the hegemon has more than its formal part for every m > 0."""
    power = effective(N, m, 1 - mean)
    claim = only_if(mean < 1 - 1 / N, power > 1 / N)
    yield Claim.of(claim, [*_MASKED, m > 0])
