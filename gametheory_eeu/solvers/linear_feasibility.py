"""Where a linear system with parametric coefficients has a solution, without quantifiers.

Fourier (1827) and Motzkin (1936): a variable is eliminated by pairing the constraints that bound
it from below with those that bound it from above. Which is which turns on the signs of
coefficients; where those are open, each case is followed. A single variable needs no cases: by
Helly's theorem on the line, intervals have a common point where any two of them do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.sign_region import NEGATIVE, POSITIVE, WEAK, ZERO, Fraction, Region

MOST_CONSTRAINTS = 200
"""Of one system; elimination may square their number."""


class Constraint(NamedTuple):
    """``slopes . t + constant > 0``, or ``>= 0``."""

    slopes: tuple[Fraction, ...]
    constant: Fraction
    strict: bool


def feasible(constraints: Sequence[Constraint], region: Region) -> Boolean:
    """The condition on the parameters under which all constraints hold for some real t.

    Raises
    ------
    TooLargeError
        More than ``MOST_CONSTRAINTS`` constraints after an elimination.
    """
    left = [c for c in constraints if not _idle(c, region)]
    if len(left) > MOST_CONSTRAINTS:
        raise TooLargeError(
            f"{len(left)} linear constraints with symbols, above the limit of {MOST_CONSTRAINTS}; "
            "give values to some of the symbols"
        )
    count = len(left[0].slopes) if left else 0
    if count == 0:
        return sp.And(*(region.relation(c.constant, _wanted(c)) for c in left))
    if count == 1:
        return _on_the_line(left, region)
    return _cases(left, region)


def _idle(c: Constraint, region: Region) -> bool:
    """Whether a constraint holds for every t, as far as is seen at once."""
    flat = all(region.sign(slope) == ZERO for slope in c.slopes)
    return flat and not region.sign(c.constant) & ~_wanted(c)


def _wanted(c: Constraint) -> int:
    return POSITIVE if c.strict else WEAK


def _cases(constraints: list[Constraint], region: Region) -> Boolean:
    """Eliminate the variable whose coefficients leave fewest signs open."""
    count = len(constraints[0].slopes)

    def unsettled(k: int) -> list[Fraction]:
        return [c.slopes[k] for c in constraints if _is_open(region.sign(c.slopes[k]))]

    k = min(range(count), key=lambda k: len(unsettled(k)))
    for slope in unsettled(k):
        parts = [region.where(slope, s) for s in (POSITIVE, ZERO, NEGATIVE)]
        known = len(region.decided)
        return sp.Or(
            *(sp.And(*p.decided[known:], feasible(constraints, p)) for p in parts if p is not None)
        )
    return feasible(_without(k, constraints, region), region)


def _is_open(signs: int) -> bool:
    return signs not in (POSITIVE, ZERO, NEGATIVE)


def _without(k: int, constraints: list[Constraint], region: Region) -> list[Constraint]:
    """The system without its k-th variable; the sign of each coefficient of it is known."""
    signs = [region.sign(c.slopes[k]) for c in constraints]
    lower = [c for c, s in zip(constraints, signs, strict=True) if s == POSITIVE]
    upper = [c for c, s in zip(constraints, signs, strict=True) if s == NEGATIVE]
    kept = [_drop(c, k) for c, s in zip(constraints, signs, strict=True) if s == ZERO]
    return kept + [_drop(_combined(low, up, k), k) for low in lower for up in upper]


def _combined(low: Constraint, up: Constraint, k: int) -> Constraint:
    """The positive combination in which the k-th variable cancels."""
    a, b = low.slopes[k], -up.slopes[k]
    slopes = tuple(b * x + a * y for x, y in zip(low.slopes, up.slopes, strict=True))
    return Constraint(slopes, b * low.constant + a * up.constant, low.strict or up.strict)


def _drop(c: Constraint, k: int) -> Constraint:
    return Constraint(c.slopes[:k] + c.slopes[k + 1 :], c.constant, c.strict)


def _on_the_line(constraints: list[Constraint], region: Region) -> Boolean:
    """Each constraint holds somewhere, and each two together (Helly)."""
    ray = next((c for c in constraints if _is_ray(c, region)), None)
    rest = [c for c in constraints if not _is_ray(c, region)]
    alone = (_alone(c, region) if ray is None else _on_the_ray(c, region) for c in rest)
    pairs = (_together(a, b, region) for a, b in combinations(rest, 2))
    return sp.And(*alone, *pairs)


def _is_ray(c: Constraint, region: Region) -> bool:
    """Whether a constraint says that t > 0."""
    return c.strict and c.constant == 0 and region.sign(c.slopes[0]) == POSITIVE


def _on_the_ray(c: Constraint, region: Region) -> Boolean:
    """A constraint holds for some t > 0: it rises, or is positive at 0, or is zero throughout."""
    slope, constant = c.slopes[0], c.constant
    somewhere = [region.relation(slope, POSITIVE), region.relation(constant, POSITIVE)]
    if not c.strict:
        throughout = (region.relation(slope, ZERO), region.relation(constant, ZERO))
        somewhere.append(sp.And(*throughout))
    return sp.Or(*somewhere)


def _alone(c: Constraint, region: Region) -> Boolean:
    sloped = region.relation(c.slopes[0], POSITIVE | NEGATIVE)
    return sp.Or(sloped, region.relation(c.constant, _wanted(c)))


def _together(one: Constraint, other: Constraint, region: Region) -> Boolean:
    """Two constraints that each hold somewhere clash only if they bound t from opposite sides."""
    (a,), (b,) = one.slopes, other.slopes
    if not _times_negative(region.sign(a), region.sign(b)):
        return sp.true
    apart = region.relation(-a * b, POSITIVE)
    gap = a * other.constant - b * one.constant
    reach = POSITIVE if one.strict or other.strict else WEAK
    # For a > 0 > b the upper bound is above the lower one iff a * other - b * one is positive.
    below = sp.And(region.relation(a, POSITIVE), region.relation(gap, reach))
    above = sp.And(region.relation(a, NEGATIVE), region.relation(-gap, reach))
    return sp.Or(sp.Not(apart), below, above) if apart != sp.true else sp.Or(below, above)


def _times_negative(one: int, other: int) -> bool:
    """Whether the product of two values of these signs can be negative."""
    return bool((one & POSITIVE and other & NEGATIVE) or (one & NEGATIVE and other & POSITIVE))


__all__ = ["Constraint", "feasible"]
