"""Feasibility of a linear system with parametric coefficients, without quantifiers.

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
from gametheory_eeu.core.signs import NEGATIVE, POSITIVE, ZERO, Signs, product_signs
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.sign_region import (
    WEAK,
    FracElement,
    SignRegion,
)

MAX_CONSTRAINTS = 200
"""Of one system; elimination may square their number."""


class Constraint(NamedTuple):
    """``slopes . t + constant > 0``, or ``>= 0``."""

    slopes: tuple[FracElement, ...]
    constant: FracElement
    strict: bool


def feasibility_condition(constraints: Sequence[Constraint], region: SignRegion) -> Boolean:
    """The condition on the parameters under which all constraints hold for some real t.

    TooLargeError for more than ``MAX_CONSTRAINTS`` constraints after an elimination.
    """
    active = [c for c in constraints if not _is_redundant(c, region)]
    if len(active) > MAX_CONSTRAINTS:
        raise TooLargeError(
            f"{len(active)} linear constraints with symbols, above the limit of {MAX_CONSTRAINTS}; "
            "give values to some of the symbols"
        )
    count = len(active[0].slopes) if active else 0
    if count == 0:
        return sp.And(*(region.relation(c.constant, _required_signs(c)) for c in active))
    if count == 1:
        return _one_variable_condition(active, region)
    return _eliminate(active, region)


def _is_redundant(c: Constraint, region: SignRegion) -> bool:
    """Whether a constraint visibly holds for every t."""
    flat = all(region.sign(slope) == ZERO for slope in c.slopes)
    return flat and region.sign(c.constant) <= _required_signs(c)


def _required_signs(c: Constraint) -> Signs:
    return POSITIVE if c.strict else WEAK


def _eliminate(constraints: list[Constraint], region: SignRegion) -> Boolean:
    """Eliminate the variable whose coefficients leave fewest signs open."""
    count = len(constraints[0].slopes)

    def ambiguous_slopes(k: int) -> list[FracElement]:
        return [c.slopes[k] for c in constraints if _is_ambiguous(region.sign(c.slopes[k]))]

    k = min(range(count), key=lambda k: len(ambiguous_slopes(k)))
    for slope in ambiguous_slopes(k):
        branches = [region.where(slope, s) for s in (POSITIVE, ZERO, NEGATIVE)]
        offset = len(region.conditions)
        return sp.Or(
            *(
                sp.And(*p.conditions[offset:], feasibility_condition(constraints, p))
                for p in branches
                if p is not None
            )
        )
    return feasibility_condition(_project(k, constraints, region), region)


def _is_ambiguous(signs: Signs) -> bool:
    return signs not in (POSITIVE, ZERO, NEGATIVE)


def _project(k: int, constraints: list[Constraint], region: SignRegion) -> list[Constraint]:
    """The system without its k-th variable; the sign of each coefficient of it is known."""
    signs = [region.sign(c.slopes[k]) for c in constraints]
    lower = [c for c, s in zip(constraints, signs, strict=True) if s == POSITIVE]
    upper = [c for c, s in zip(constraints, signs, strict=True) if s == NEGATIVE]
    unaffected = [
        _drop_variable(c, k) for c, s in zip(constraints, signs, strict=True) if s == ZERO
    ]
    return unaffected + [_drop_variable(_combine(low, up, k), k) for low in lower for up in upper]


def _combine(low: Constraint, up: Constraint, k: int) -> Constraint:
    """The positive combination in which the k-th variable cancels."""
    a, b = low.slopes[k], -up.slopes[k]
    slopes = tuple(b * x + a * y for x, y in zip(low.slopes, up.slopes, strict=True))
    return Constraint(slopes, b * low.constant + a * up.constant, low.strict or up.strict)


def _drop_variable(c: Constraint, k: int) -> Constraint:
    return Constraint(c.slopes[:k] + c.slopes[k + 1 :], c.constant, c.strict)


def _one_variable_condition(constraints: list[Constraint], region: SignRegion) -> Boolean:
    """Feasibility in one variable: each constraint and each pair is feasible (Helly)."""
    positivity = next((c for c in constraints if _is_positivity(c, region)), None)
    rest = [c for c in constraints if not _is_positivity(c, region)]
    singles = (
        _single_condition(c, region) if positivity is None else _positive_ray_condition(c, region)
        for c in rest
    )
    pairs = (_pair_condition(a, b, region) for a, b in combinations(rest, 2))
    return sp.And(*singles, *pairs)


def _is_positivity(c: Constraint, region: SignRegion) -> bool:
    """Whether a constraint is t > 0 up to a positive factor."""
    return c.strict and c.constant == 0 and region.sign(c.slopes[0]) == POSITIVE


def _positive_ray_condition(c: Constraint, region: SignRegion) -> Boolean:
    """The condition under which a constraint holds for some t > 0."""
    slope, constant = c.slopes[0], c.constant
    cases = [region.relation(slope, POSITIVE), region.relation(constant, POSITIVE)]
    if not c.strict:
        zeros = (region.relation(slope, ZERO), region.relation(constant, ZERO))
        cases.append(sp.And(*zeros))
    return sp.Or(*cases)


def _single_condition(c: Constraint, region: SignRegion) -> Boolean:
    nonzero_slope = region.relation(c.slopes[0], POSITIVE | NEGATIVE)
    return sp.Or(nonzero_slope, region.relation(c.constant, _required_signs(c)))


def _pair_condition(first: Constraint, second: Constraint, region: SignRegion) -> Boolean:
    """The condition under which two feasible constraints have a common point."""
    (a,), (b,) = first.slopes, second.slopes
    if not _may_differ_in_sign(region.sign(a), region.sign(b)):
        return sp.true
    opposite = region.relation(-a * b, POSITIVE)
    gap = a * second.constant - b * first.constant
    signs = POSITIVE if first.strict or second.strict else WEAK
    # For a > 0 > b the upper bound is above the lower one iff a * other - b * one is positive.
    below = sp.And(region.relation(a, POSITIVE), region.relation(gap, signs))
    above = sp.And(region.relation(a, NEGATIVE), region.relation(-gap, signs))
    return sp.Or(sp.Not(opposite), below, above) if opposite != sp.true else sp.Or(below, above)


def _may_differ_in_sign(first: Signs, second: Signs) -> bool:
    """Whether the product of two values of these signs can be negative."""
    return NEGATIVE <= product_signs(first, second)
