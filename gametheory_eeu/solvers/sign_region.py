"""A part of a parameter space, with the proved signs of rational functions on it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
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
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.question_limit import Effort
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.two_sided import arrange_relation

FracElement: TypeAlias = Any
"""A SymPy ``FracElement``: a rational function of the symbols, in lowest terms."""
WEAK, EITHER = ZERO | POSITIVE, NEGATIVE | POSITIVE
_CLAIMS = (POSITIVE, NEGATIVE, ZERO, WEAK, NEGATIVE | ZERO, EITHER)


class SignRegion:
    """A part of a parameter space on which each sign is proved once and remembered.

    Parameters
    ----------
    space : Space
    field : SymPy field of rational functions
    decided : tuple of SymPy Booleans
        What holds here besides the constraints of the space.
    samples : Samples
        Some points of the region; they only save proofs.
    effort : Effort, optional
        What counts the questions.
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
    constant, numerator = value.numer.factor_list()
    divisor, denominator = value.denom.factor_list()
    factors = [(f, k, False) for f, k in numerator] + [(f, k, True) for f, k in denominator]
    scale = constant * divisor
    return (0 if value == 0 else 1 if scale > 0 else -1), tuple(factors)


__all__ = ["EITHER", "WEAK", "FracElement", "SignRegion"]
