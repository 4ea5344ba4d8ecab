"""6, hedging: a member between two principals, their transfers and its rent."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import Section, all_of, equal, iff, real, signs
from gametheory_eeu.models.hedging import payoffs

SECTION = Section("6-hedging", "", Source("L", "BernheimWhinston1986"))
a, k, a0, R, E, mu = real("a k a_0 V_R V_E mu")
_SPACE = Space.of(k > 0, a0 >= 0, a0 <= 1, R > 0, E > 0)
_BEST = a0 + (R - E) / k
_CORNER = sp.Min(1, sp.Max(0, _BEST))
_PAID_R, _PAID_E = R**2 / (2 * k), E**2 / (2 * k)
_INTERIOR = (a0 >= E / k, a0 + R / k <= 1)


def _joint(at: Expr, first: Expr = R, second: Expr = E) -> Expr:
    """What all three have from an alignment; with a stake of 0 a principal stays away."""
    return payoffs.hegemon(at, first) + payoffs.rival(at, second) - payoffs.cost(at, k, a0)


@SECTION.proposition("alignment", "optimum")
def alignment() -> Iterator[Claim]:
    """The truthful equilibrium maximises the joint value: a* = a_0 + (V_R - V_E)/k, at the nearer
    end where that lies outside [0, 1].
    """
    inside = [_SPACE, a >= 0, a <= 1]
    yield Claim.of(_joint(a) <= _joint(_CORNER), inside, "best on [0, 1]")
    within = sp.And(_BEST >= 0, _BEST <= 1)
    yield Claim.of(iff(equal(_CORNER, _BEST), within), _SPACE, "a* itself iff it is in [0, 1]")
    weaker = sp.Implies(sp.And(*_INTERIOR), within)
    yield Claim.of(weaker, _SPACE, "interior transfers ask for more")


@SECTION.proposition("transfers", "equilibrium")
def transfers() -> Iterator[Claim]:
    """t_R = V_R^2/2k, t_E = V_E^2/2k, rent V_R V_E/k: each principal pays what makes the member as
    well off as with the other alone; interior iff a_0 >= V_E/k and a_0 + V_R/k <= 1.
    """
    given = [_SPACE, *_INTERIOR]
    alone_e, alone_r = a0 - E / k, a0 + R / k  # what the member does for one principal alone
    for at, best, name in ((alone_e, (0, E), "E"), (alone_r, (R, 0), "R")):
        better = _joint(a, *best) <= _joint(at, *best)
        yield Claim.of(better, [_SPACE, *_INTERIOR, a >= 0, a <= 1], f"with {name} alone")
    ends = sp.And(alone_e >= 0, alone_r <= 1)
    yield Claim.of(iff(ends, sp.And(*_INTERIOR)), _SPACE, "interior")
    with_rival = payoffs.rival(alone_e, E) - payoffs.cost(alone_e, k, a0)
    owed = with_rival - (payoffs.rival(_BEST, E) - payoffs.cost(_BEST, k, a0))
    yield Claim.of(equal(owed, _PAID_R), given, "t_R")
    with_hegemon = payoffs.hegemon(alone_r, R) - payoffs.cost(alone_r, k, a0)
    owed = with_hegemon - (payoffs.hegemon(_BEST, R) - payoffs.cost(_BEST, k, a0))
    yield Claim.of(equal(owed, _PAID_E), given, "t_E")
    rent = _PAID_R + _PAID_E - payoffs.cost(_BEST, k, a0)
    yield Claim.of(all_of(equal(rent, R * E / k), rent > 0), given, "the member's rent")
    kept_r, kept_e = payoffs.hegemon(_BEST, R) - _PAID_R, payoffs.rival(_BEST, E) - _PAID_E
    no_worse = all_of(kept_r >= payoffs.hegemon(alone_e, R), kept_e >= payoffs.rival(alone_r, E))
    yield Claim.of(no_worse, given, "no principal would rather stay away")


@SECTION.proposition("alignment-signs", "sign")
def alignment_signs() -> Iterator[Claim]:
    """d(1 - a*)/dV_R = -1/k < 0; a* falls in V_E; with trust a* = a_0 + (mu V_R - V_E)/k rises in
    mu. Lower trust moves alignment away but lowers the rent mu V_R V_E/k.
    """
    away = sp.diff(1 - _BEST, R)
    yield Claim.of(all_of(equal(away, -1 / k), away < 0), _SPACE, "outsiders, in V_R")
    yield from signs(_BEST, _SPACE, V_E="-", a_0="+")
    trusted = [_SPACE, mu >= 0, mu <= 1]
    yield from signs(_BEST.subs(R, mu * R), trusted, mu="+")
    yield from signs(mu * R * E / k, trusted, mu="+", V_E=">=0")
    lower = real("nu")
    clipped = [_CORNER.subs(R, x * R) for x in (mu, lower)]
    weakly = clipped[1] <= clipped[0]
    yield Claim.of(weakly, [*trusted, lower >= 0, lower <= mu], "weakly, corners included")
