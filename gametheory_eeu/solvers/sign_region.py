"""A part of a parameter space: sample points of it, and proved signs on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import and_, or_
from random import Random
from typing import Any, TypeAlias

import sympy as sp
from sympy.polys.polyerrors import PolynomialError

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.polynomial_quotients import field_element, ring_factor_list
from gametheory_eeu.core.signs import (
    ANY_SIGN,
    NEGATIVE,
    POSITIVE,
    RELATION_OF,
    SIGNS,
    ZERO,
    Signs,
    opposite,
    power_signs,
    product_signs,
)
from gametheory_eeu.prover.budget import STEP, Effort
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers import float_vectors as vectors
from gametheory_eeu.solvers.float_vectors import Vector
from gametheory_eeu.solvers.linear_existence import arrange_relation

FracElement: TypeAlias = Any
"""A SymPy ``FracElement``: a rational function of the symbols, in lowest terms."""
_DRAW_COUNT, _SAMPLE_COUNT = 6000, 600
_TOLERANCE = 1e-9


class Samples:
    """Points that obey ``within``, with a vector of coordinates for each generator of a field."""

    def __init__(
        self, field: Any, columns: Sequence[Vector], within: tuple[Boolean, ...] = ()
    ) -> None:
        self.field, self.columns, self.within = field, tuple(columns), within
        self._signs: dict[Any, Vector] = {}
        self._powers: dict[tuple[int, int], Vector] = {}

    @classmethod
    def of(
        cls,
        field: Any,
        constraints: Sequence[Boolean],
        mixes: Sequence[Sequence[Expr]] = (),
        drawn: int = _DRAW_COUNT,
        kept: int = _SAMPLE_COUNT,
    ) -> Samples:
        """Random points that satisfy the constraints; none where a generator is not a symbol.

        The symbols of each mix are non-negative and sum to one.
        """
        names, rng = list(field.symbols), Random(0)
        if not all(name.is_Symbol for name in names):
            return cls(field, [vectors.full(0, 0.0)] * len(names))
        units = vectors.draws(rng, (8, 8, 64), drawn)
        columns = [vectors.draws(rng, range(-24, 25), drawn) / units for _ in names]
        for mix in mixes:
            cuts = [vectors.draws(rng, range(65), drawn) for _ in mix[1:]]
            ends = [0.0, *vectors.sorted_across(cuts), vectors.full(drawn, 64.0)]
            for symbol, low, high in zip(mix, ends, ends[1:], strict=False):
                columns[names.index(symbol)] = (high - low) / 64
        for k, name in enumerate(names):
            if name.is_integer:
                columns[k] = vectors.rounded(columns[k])
        domain = [relation for name in names for relation in assumptions(name)]
        return cls(field, columns).restrict([*domain, *constraints]).first(kept)

    def __len__(self) -> int:
        return len(self.columns[0])

    def first(self, count: int) -> Samples:
        """The first points, at most ``count``."""
        return self.where(slice(count))

    def where(self, chosen: Vector | slice) -> Samples:
        """Some of the points."""
        return Samples(self.field, [column[chosen] for column in self.columns], self.within)

    def restrict(self, constraints: Sequence[Boolean]) -> Samples:
        """The points that satisfy the constraints; none where one is not polynomial."""
        samples = self
        for constraint in constraints:
            truth = samples.truth(constraint)
            samples = samples.where(slice(0) if truth is None else truth)
        return Samples(self.field, samples.columns, (*self.within, *constraints))

    def signs(self, polynomial: Any) -> Vector:
        """The sign of a polynomial, -1, 0 or 1, at each point."""
        signs = self._signs.get(polynomial)
        if signs is None:
            terms = self._terms(polynomial)
            signs = vectors.signs(sum(terms), _TOLERANCE * sum(map(abs, terms)))
            self._signs[polynomial] = signs
        return signs

    def value(self, polynomial: Any) -> Vector:
        """The value of a polynomial at each point, in floating point."""
        return sum(self._terms(polynomial))

    def _terms(self, polynomial: Any) -> list[Vector]:
        terms = [vectors.full(len(self), 0.0)]
        for exponents, coefficient in polynomial.items():
            term = vectors.full(len(self), float(coefficient))
            for column, power in enumerate(exponents):
                if power:
                    term = term * self._power(column, power)
            terms.append(term)
        return terms

    def _power(self, column: int, power: int) -> Vector:
        """A power of a coordinate at each point, by repeated multiplication."""
        key = column, power
        if key not in self._powers:
            base = self.columns[column]
            self._powers[key] = base if power == 1 else self._power(column, power - 1) * base
        return self._powers[key]

    def sign(self, value: FracElement) -> Vector:
        """The sign of a rational function at each point."""
        return self.signs(value.numer) * self.signs(value.denom)

    def sign_set(self, polynomial: Any) -> Signs:
        """The signs that occur."""
        signs = self.signs(polynomial)
        return frozenset(sign for sign in ANY_SIGN if sign in signs)

    def truth(self, condition: Boolean) -> Vector | None:
        """Whether the condition holds at each point; None where that is not evaluated."""
        if condition in (sp.true, sp.false):
            return vectors.full(len(self), condition == sp.true)
        if isinstance(condition, (sp.And, sp.Or, sp.Not)):
            parts: list[Vector] = [self.truth(part) for part in condition.args]
            if any(part is None for part in parts):
                return None
            joint = reduce(or_ if isinstance(condition, sp.Or) else and_, parts)
            return ~joint if isinstance(condition, sp.Not) else joint
        signs = SIGNS.get(condition.func)
        value = None if signs is None else self.element(condition.lhs - condition.rhs)
        return None if value is None else vectors.is_among(self.sign(value), signs or ())

    def element(self, expression: Expr) -> FracElement | None:
        """The expression in the field; None where it is not of the field."""
        return _element(expression, self.field)

    def onto(self, value: FracElement) -> Samples:
        """The points projected along one coordinate onto the zero set of a value.

        That is done where the value is linear in a generator, with a constant coefficient.
        """
        for column in range(len(self.columns)):
            terms = [(e, c) for e, c in value.numer.items() if e[column]]
            if len(terms) == 1 and sum(terms[0][0]) == 1:
                columns = list(self.columns)
                columns[column] = vectors.full(len(self), 0.0)
                offset = Samples(self.field, columns).value(value.numer)
                columns[column] = -offset / float(terms[0][1])
                samples = Samples(self.field, columns).restrict(self.within)
                if len(samples):
                    return samples
        return Samples(self.field, self.first(0).columns, self.within)


@lru_cache(maxsize=8192)
def _element(expression: Expr, field: Any) -> FracElement | None:
    try:
        return field_element(expression, field)
    except (ValueError, PolynomialError, NotImplementedError):
        return None


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
