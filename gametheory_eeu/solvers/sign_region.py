"""A part of a parameter space: sample points of it, and proved signs on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
from gametheory_eeu.solvers.linear_existence import arrange_relation

FracElement: TypeAlias = Any
"""A SymPy ``FracElement``: a rational function of the symbols, in lowest terms."""
Array: TypeAlias = Any
_DRAW_COUNT, _SAMPLE_COUNT = 6000, 600
_TOLERANCE = 1e-9


class Samples:
    """Points, a row each, with a coordinate for each generator of a field.

    Parameters
    ----------
    field : SymPy field of rational functions
    points : array
    within : tuple of SymPy Booleans
        What all the points obey.
    """

    def __init__(self, field: Any, points: Array, within: tuple[Boolean, ...] = ()) -> None:
        self.field, self.points, self.within = field, points, within
        self._signs: dict[Any, Array] = {}
        self._powers: dict[tuple[int, int], Array] = {}

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
        import numpy as np

        rng = np.random.default_rng(0)
        names = list(field.symbols)
        if not all(name.is_Symbol for name in names):
            return cls(field, np.empty((0, len(names))))
        points = rng.integers(-24, 25, (drawn, len(names))) / rng.choice([8, 8, 64], (drawn, 1))
        for mix in mixes:
            cuts = np.sort(rng.integers(0, 65, (drawn, len(mix) - 1)), axis=1)
            ends = np.pad(cuts, ((0, 0), (1, 1)), constant_values=(0, 64))
            for symbol, share in zip(mix, np.diff(ends, axis=1).T / 64, strict=True):
                points[:, names.index(symbol)] = share
        for column, name in enumerate(names):
            if name.is_integer:
                points[:, column] = np.rint(points[:, column])
        domain = [relation for name in names for relation in assumptions(name)]
        return cls(field, points).restrict([*domain, *constraints]).first(kept)

    def __len__(self) -> int:
        return len(self.points)

    def first(self, count: int) -> Samples:
        """The first points, at most ``count``."""
        return Samples(self.field, self.points[:count], self.within)

    def restrict(self, constraints: Sequence[Boolean]) -> Samples:
        """The points that satisfy the constraints; none where one is not polynomial."""
        samples = self
        for constraint in constraints:
            mask = samples.truth(constraint)
            points = samples.points[:0] if mask is None else samples.points[mask]
            samples = Samples(self.field, points)
        return Samples(self.field, samples.points, (*self.within, *constraints))

    def signs(self, polynomial: Any) -> Array:
        """The sign of a polynomial, -1, 0 or 1, at each point."""
        import numpy as np

        signs = self._signs.get(polynomial)
        if signs is None:
            terms = self._terms(polynomial)
            total, scale = sum(terms), sum(map(abs, terms))
            signs = np.where(abs(total) <= _TOLERANCE * scale, 0, np.sign(total))
            self._signs[polynomial] = signs
        return signs

    def value(self, polynomial: Any) -> Array:
        """The value of a polynomial at each point, in floating point."""
        return sum(self._terms(polynomial))

    def _terms(self, polynomial: Any) -> list[Array]:
        import numpy as np

        terms = [np.zeros(len(self))]
        for exponents, coefficient in polynomial.items():
            term = np.full(len(self), float(coefficient))
            for column, power in enumerate(exponents):
                if power:
                    term *= self._power(column, power)
            terms.append(term)
        return terms

    def _power(self, column: int, power: int) -> Array:
        """A power of a coordinate at each point, by repeated multiplication."""
        key = column, power
        if key not in self._powers:
            base = self.points[:, column]
            self._powers[key] = base if power == 1 else self._power(column, power - 1) * base
        return self._powers[key]

    def sign(self, value: FracElement) -> Array:
        """The sign of a rational function at each point."""
        return self.signs(value.numer) * self.signs(value.denom)

    def sign_set(self, polynomial: Any) -> Signs:
        """The signs that occur."""
        signs = self.signs(polynomial)
        return frozenset(sign for sign in ANY_SIGN if (signs == sign).any())

    def truth(self, condition: Boolean) -> Array | None:
        """Whether the condition holds at each point; None where that is not evaluated."""
        import numpy as np

        if condition in (sp.true, sp.false):
            return np.full(len(self), condition == sp.true)
        if isinstance(condition, (sp.And, sp.Or, sp.Not)):
            parts: list[Array] = [self.truth(part) for part in condition.args]
            if any(part is None for part in parts):
                return None
            joint: Array = (np.any if isinstance(condition, sp.Or) else np.all)(parts, axis=0)
            return ~joint if isinstance(condition, sp.Not) else joint
        signs = SIGNS.get(condition.func)
        value = None if signs is None else self.element(condition.lhs - condition.rhs)
        return None if value is None else np.isin(self.sign(value), list(signs or ()))

    def element(self, expression: Expr) -> FracElement | None:
        """The expression in the field; None where it is not of the field."""
        return _element(expression, self.field)

    def onto(self, value: FracElement) -> Samples:
        """The points projected along one coordinate onto the zero set of a value.

        That is done where the value is linear in a generator, with a constant coefficient.
        """
        import numpy as np

        for column in range(len(self.field.symbols)):
            terms = [(e, c) for e, c in value.numer.items() if e[column]]
            if len(terms) == 1 and sum(terms[0][0]) == 1:
                points = self.points.copy()
                points[:, column] = 0
                offset = Samples(self.field, points).value(value.numer)
                points[:, column] = -offset / float(terms[0][1])
                samples = Samples(self.field, points).restrict(self.within)
                if len(samples):
                    return samples
        return Samples(self.field, np.empty((0, self.points.shape[1])), self.within)


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
    constant, numerator = ring_factor_list(value.numer)
    divisor, denominator = ring_factor_list(value.denom)
    factors = [(f, k, False) for f, k in numerator] + [(f, k, True) for f, k in denominator]
    scale = constant * divisor
    return (0 if value == 0 else 1 if scale > 0 else -1), tuple(factors)
