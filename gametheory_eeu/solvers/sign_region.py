"""A part of a parameter space with the signs proved on it, and linear systems that turn on signs.

Whether a linear system with parametric coefficients is feasible is said without quantifiers.
Fourier (1827) and Motzkin (1936): a variable is eliminated by pairing the constraints that bound
it from below with those that bound it from above. Which is which turns on the signs of
coefficients; where those are open, each case is followed. A single variable needs no cases: by
Helly's theorem on the line, intervals have a common point where any two of them do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import ring_factor_list
from gametheory_eeu.core.signs import (
    ANY_SIGN,
    NEGATIVE,
    POSITIVE,
    RELATION_OF,
    ZERO,
    Signs,
    opposite,
    power_signs,
    product_signs,
)
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import STEP, Effort
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.readable import arrange_relation
from gametheory_eeu.solvers.sample_points import FracElement, Samples

WEAK, EITHER = ZERO | POSITIVE, NEGATIVE | POSITIVE
_CLAIMS = (POSITIVE, NEGATIVE, ZERO, WEAK, NEGATIVE | ZERO, EITHER)


class SignRegion:
    """A part of a parameter space on which each sign is proved once and remembered.

    ``decided`` is what holds here besides the constraints of the space; the samples, some points of
    the region, only save proofs.
    """

    def __init__(
        self,
        space: Space,
        field: Any,
        decided: tuple[Boolean, ...],
        samples: Samples,
        effort: Effort | None = None,
    ) -> None:
        self.effort = Effort("this question") if effort is None else effort
        self.space, self.conditions, self.samples = space, decided, samples
        self.field = field
        self.zero: FracElement = field.zero
        self.one: FracElement = field.one
        self._factor_signs: dict[Any, Signs] = {}
        self._value_signs: dict[FracElement, Signs] = {}
        self._queries: set[Any] = set()

    @property
    def condition(self) -> Boolean:
        """The conditions of the region, as one Boolean."""
        return sp.And(*self.conditions)

    def sign(self, value: FracElement) -> Signs:
        """The signs that a value may have on the region, as far as known."""
        constant, factors = _factor_list(value)
        signs = POSITIVE if constant > 0 else NEGATIVE if constant < 0 else ZERO
        for factor, power, in_denominator in factors:
            signs = product_signs(signs, self._power_sign(factor, power, in_denominator))
        known, negated = (self._value_signs.get(v, ANY_SIGN) for v in (value, -value))
        return signs & known & opposite(negated)

    def _power_sign(self, factor: Any, power: int, in_denominator: bool) -> Signs:
        signs = self._factor_sign(factor) - ZERO if in_denominator else self._factor_sign(factor)
        return power_signs(signs, power)

    def _factor_sign(self, factor: Any) -> Signs:
        signs = self._factor_signs.get(factor, ANY_SIGN)
        if factor not in self._queries and len(signs) > 1:
            self._queries.add(factor)
            signs = self._factor_signs[factor] = self._prove_sign(factor, signs)
        return signs

    def _prove_sign(self, factor: Any, possible: Signs) -> Signs:
        """The strongest of the claims that no sample contradicts and that is proved."""
        sample_signs = self.samples.sign_set(factor)
        if sample_signs & EITHER == EITHER:
            return possible
        expression = factor.as_expr()
        for signs in (
            _CLAIMS if not sample_signs & EITHER else (sample_signs & EITHER, sample_signs | ZERO)
        ):
            remaining = possible & signs
            is_new = sample_signs <= signs and remaining and remaining != possible
            if is_new and self.proves(RELATION_OF[signs](expression, 0)):
                return remaining
        return possible

    def proves(self, statement: Boolean) -> bool:
        """Whether the statement was proved to hold everywhere here."""
        if statement in (sp.true, sp.false):
            return bool(statement)
        self.effort.spend()
        return is_proved(statement, Space.of(self.space, *self.conditions), STEP)

    def where(self, value: FracElement, signs: Signs) -> SignRegion | None:
        """The part where the value has one of the signs; None where that was proved empty."""
        condition = self.relation(value, signs)
        if condition == sp.true:
            return self
        if condition == sp.false:
            return None
        samples = self.samples.onto(value) if signs == ZERO else self.samples
        samples = samples.restrict([condition])
        if not len(samples) and self.proves(sp.Not(condition)):
            return None
        self.effort.spend()
        conditions = (*self.conditions, condition)
        region = SignRegion(self.space, self.field, conditions, samples, self.effort)
        region._factor_signs, region._value_signs = (
            dict(self._factor_signs),
            dict(self._value_signs),
        )
        region._learn(value, signs)
        return region

    def _learn(self, value: FracElement, signs: Signs) -> None:
        """Record the signs of a value, and those implied for its factors."""
        self._value_signs[value] = self._value_signs.get(value, ANY_SIGN) & signs
        constant, factors = _factor_list(value)
        for factor, power, _ in factors:
            allowed = signs if constant > 0 else opposite(signs)
            if len(factors) > 1 or power % 2 == 0:
                allowed = ANY_SIGN if signs & ZERO else EITHER
            self._factor_signs[factor] = self._factor_signs.get(factor, ANY_SIGN) & allowed

    def relation(self, value: FracElement, signs: Signs) -> Boolean:
        """The condition that the value has one of the signs, without the factors of known sign."""
        possible = self.sign(value)
        if possible <= signs:
            return sp.true
        if not possible & signs:
            return sp.false
        constant, factors = _factor_list(value)
        is_negated = constant < 0
        odd: list[Expr] = []
        even: list[Expr] = []
        for factor, power, in_denominator in factors:
            factor_sign = self._power_sign(factor, power, in_denominator)
            if factor_sign == NEGATIVE:
                is_negated = not is_negated
            elif factor_sign != POSITIVE:
                (odd if power % 2 else even).append(factor.as_expr())
        return _product_relation(odd, even, opposite(signs) if is_negated else signs)


def _product_relation(odd: list[Expr], even: list[Expr], signs: Signs) -> Boolean:
    """The relation that a product of odd and even powers has one of the signs."""
    if signs == ZERO:
        return sp.Or(*(arrange_relation(f, sp.Eq) for f in (*odd, *even)))
    if signs == EITHER:
        return sp.And(*(arrange_relation(f, sp.Ne) for f in (*odd, *even)))
    if not odd:
        zero = [arrange_relation(f, sp.Eq) for f in even]
        if not signs & POSITIVE:
            return sp.Or(*zero) if signs & ZERO else sp.false
        return sp.true if signs & ZERO else sp.And(*(sp.Not(z) for z in zero))
    odd_relation = (
        arrange_relation(odd[0], RELATION_OF[signs])
        if len(odd) == 1
        else RELATION_OF[signs](sp.Mul(*odd), 0)
    )
    if signs & ZERO:
        return sp.Or(odd_relation, *(arrange_relation(f, sp.Eq) for f in even))
    return sp.And(odd_relation, *(arrange_relation(f, sp.Ne) for f in even))


@lru_cache(maxsize=65536)
def _factor_list(value: FracElement) -> tuple[int, tuple[tuple[Any, int, bool], ...]]:
    """The sign of the constant; factors with powers and whether in the denominator."""
    constant, numerator = ring_factor_list(value.numer)
    divisor, denominator = ring_factor_list(value.denom)
    factors = [(f, k, False) for f, k in numerator] + [(f, k, True) for f, k in denominator]
    scale = constant * divisor
    return (0 if value == 0 else 1 if scale > 0 else -1), tuple(factors)


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
