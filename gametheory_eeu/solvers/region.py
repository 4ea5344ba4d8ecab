"""A part of a parameter space, and what is proved there about the signs of rational functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction as Rational
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.logic.budget import STEP
from gametheory_eeu.logic.evaluate import UndecidedError, obeys
from gametheory_eeu.logic.proving import holds
from gametheory_eeu.space import Space

Fraction: TypeAlias = Any
"""A SymPy ``FracElement``: a rational function of the symbols, in lowest terms."""
Signs: TypeAlias = int
"""The signs that are not excluded, as bits."""

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
WEAK, EITHER, ANY = ZERO | POSITIVE, NEGATIVE | POSITIVE, NEGATIVE | ZERO | POSITIVE
_OPPOSITE = {m: (m & ZERO) | (m & POSITIVE) >> 2 | (m & NEGATIVE) << 2 for m in range(8)}
_CLAIMS = (POSITIVE, NEGATIVE, ZERO, WEAK, NEGATIVE | ZERO, EITHER)
_RELATIONS = {POSITIVE: sp.Gt, NEGATIVE: sp.Lt, ZERO: sp.Eq, WEAK: sp.Ge, NEGATIVE | ZERO: sp.Le,
              EITHER: sp.Ne}  # fmt: skip
_SAMPLES, _TRIALS = 24, 120


class Region:
    """Where some conditions hold; a sign is asked for once, and proved or left open.

    Parameters
    ----------
    space : Space
    field : SymPy field of rational functions
    decided : tuple of SymPy Booleans
        What holds here besides the constraints of the space.
    samples : list of points
        Some points of the region, by generator of the field; they only save proofs.
    """

    def __init__(
        self, space: Space, field: Any, decided: tuple[Boolean, ...], samples: list[Any]
    ) -> None:
        self.space, self.decided, self.samples = space, decided, samples
        self.field = field
        self.zero: Fraction = field.zero
        self.one: Fraction = field.one
        self._known: dict[Any, Signs] = {}
        self._asked: set[Any] = set()

    @classmethod
    def of(cls, space: Space, field: Any) -> Region:
        """The whole of a space, for rational functions of some field."""
        return cls(space, field, (), _points(space, tuple(field.symbols)))

    @property
    def condition(self) -> Boolean:
        """What was decided, as one condition."""
        return sp.And(*self.decided)

    def sign(self, value: Fraction) -> Signs:
        """The signs that the value may have here, as far as was proved."""
        constant, factors = _factors(value)
        found = POSITIVE if constant > 0 else NEGATIVE if constant < 0 else ZERO
        for factor, power, below in factors:
            found = _times(found, self._power(factor, power, below))
        return found

    def _power(self, factor: Any, power: int, below: bool) -> Signs:
        signs = self._factor(factor) & ~ZERO if below else self._factor(factor)
        return signs if power % 2 else (signs & ZERO) | (POSITIVE if signs & EITHER else 0)

    def _factor(self, factor: Any) -> Signs:
        found = self._known.get(factor, ANY)
        if factor not in self._asked and found & (found - 1):
            self._asked.add(factor)
            found = self._known[factor] = self._proved(factor, found)
        return found

    def _proved(self, factor: Any, possible: Signs) -> Signs:
        """The strongest of the claims that no sample contradicts and that is proved."""
        seen = 0
        for point in self.samples:
            seen |= _sign_of(_at(factor, point))
            if seen & EITHER == EITHER:
                return possible
        expression = factor.as_expr()
        for signs in _CLAIMS if not seen & EITHER else (seen & EITHER, seen | ZERO):
            left = possible & signs
            news = not seen & ~signs and 0 != left != possible
            if news and self.proves(_RELATIONS[signs](expression, 0)):
                return left
        return possible

    def proves(self, statement: Boolean) -> bool:
        """Whether the statement was proved to hold everywhere here."""
        if statement in (sp.true, sp.false):
            return bool(statement)
        return holds(statement, Space.of(self.space, *self.decided), STEP)

    def where(self, value: Fraction, signs: Signs) -> Region | None:
        """The part where the value has one of the signs; None where that was proved empty."""
        condition = self.relation(value, signs)
        if condition == sp.true:
            return self
        if condition == sp.false:
            return None
        kept = [p for p in self.samples if _sign_at(value, p) & signs]
        if not kept and self.proves(sp.Not(condition)):
            return None
        part = Region(self.space, self.field, (*self.decided, condition), kept)
        part._known = dict(self._known)
        part._learn(value, signs)
        return part

    def _learn(self, value: Fraction, signs: Signs) -> None:
        constant, factors = _factors(value)
        if len(factors) == 1 and factors[0][1] % 2:
            factor = factors[0][0]
            wanted = signs if constant > 0 else _OPPOSITE[signs]
            self._known[factor] = self._known.get(factor, ANY) & wanted

    def relation(self, value: Fraction, signs: Signs) -> Boolean:
        """The condition that the value has one of the signs, without the factors of known sign."""
        may = self.sign(value)
        if not may & ~signs:
            return sp.true
        if not may & signs:
            return sp.false
        constant, factors = _factors(value)
        flipped = constant < 0
        odd: list[Expr] = []
        even: list[Expr] = []
        for factor, power, below in factors:
            known = self._power(factor, power, below)
            if known == NEGATIVE:
                flipped = not flipped
            elif known != POSITIVE:
                (odd if power % 2 else even).append(factor.as_expr())
        return _related(odd, even, _OPPOSITE[signs] if flipped else signs)


def _related(odd: list[Expr], even: list[Expr], signs: Signs) -> Boolean:
    """The sign of a product of factors, some of them squared."""
    if signs == ZERO:
        return sp.Or(*(sided(f, ZERO) for f in (*odd, *even)))
    if signs == EITHER:
        return sp.And(*(sided(f, EITHER) for f in (*odd, *even)))
    if not odd:
        zero = [sided(f, ZERO) for f in even]
        if not signs & POSITIVE:
            return sp.Or(*zero) if signs & ZERO else sp.false
        return sp.true if signs & ZERO else sp.And(*(sp.Not(z) for z in zero))
    whole = sided(odd[0], signs) if len(odd) == 1 else _RELATIONS[signs](sp.Mul(*odd), 0)
    if signs & ZERO:
        return sp.Or(whole, *(sided(f, ZERO) for f in even))
    return sp.And(whole, *(sided(f, EITHER) for f in even))


def sided(expression: Expr, signs: Signs) -> Boolean:
    """The relation with what is added on the left and what is subtracted on the right."""
    terms = sp.Add.make_args(sp.expand(expression))
    if terms[0].could_extract_minus_sign() or all(t.could_extract_minus_sign() for t in terms):
        terms, signs = [-t for t in terms], _OPPOSITE[signs]
    left = [t for t in terms if not t.could_extract_minus_sign()]
    right = [-t for t in terms if t.could_extract_minus_sign()]
    return _RELATIONS[signs](sp.Add(*left), sp.Add(*right))


@lru_cache(maxsize=65536)
def _factors(value: Fraction) -> tuple[int, tuple[tuple[Any, int, bool], ...]]:
    """The sign of the constant; irreducible factors, their powers, whether they are below."""
    constant, above = value.numer.factor_list()
    other, below = value.denom.factor_list()
    found = [(f, k, False) for f, k in above] + [(f, k, True) for f, k in below]
    scale = constant * other
    return (0 if value == 0 else 1 if scale > 0 else -1), tuple(found)


def _times(one: Signs, other: Signs) -> Signs:
    positive = (one & POSITIVE and other & POSITIVE) or (one & NEGATIVE and other & NEGATIVE)
    negative = (one & POSITIVE and other & NEGATIVE) or (one & NEGATIVE and other & POSITIVE)
    return ((one | other) & ZERO) | (POSITIVE if positive else 0) | (NEGATIVE if negative else 0)


def _sign_at(value: Fraction, point: tuple[Expr, ...]) -> Signs:
    return _sign_of(_at(value.numer, point) * _at(value.denom, point))


def _sign_of(number: Any) -> Signs:
    return POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO


def _at(polynomial: Any, point: tuple[Any, ...]) -> Any:
    """The value of a polynomial with whole coefficients at a rational point."""
    total = Rational(0)
    for exponents, coefficient in polynomial.items():
        term = Rational(int(coefficient))
        for base, exponent in zip(point, exponents, strict=True):
            if exponent:
                term *= base**exponent
        total += term
    return total


def _points(space: Space, generators: tuple[Expr, ...]) -> list[tuple[Expr, ...]]:
    """Some points of the space; none where a generator is more than a symbol."""
    if not all(g.is_Symbol for g in generators) or set(space.symbols) - set(generators):
        return []
    found = []
    for values in _trials(generators):
        try:
            if obeys(space, dict(zip(generators, values, strict=True))):
                found.append(tuple(Rational(v.p, v.q) for v in values))
        except UndecidedError:
            continue
        if len(found) == _SAMPLES:
            break
    return found


def _trials(generators: Iterable[Symbol]) -> Iterator[tuple[Expr, ...]]:
    """Points that differ by design: ranks, in random orders, of a few scales."""
    count = len(tuple(generators))
    random = Random(count)
    scales = (sp.Rational(1, 7), sp.Integer(1), sp.Rational(-3, 2))
    for _, scale in product(range(_TRIALS // len(scales)), scales):
        ranks = [sp.Integer(random.randint(1, 3 * count)) for _ in range(count)]
        signs = [random.choice((1, 1, -1)) for _ in range(count)]
        yield tuple(s * r * scale for s, r in zip(signs, ranks, strict=True))


__all__ = ["ANY", "EITHER", "NEGATIVE", "POSITIVE", "WEAK", "ZERO", "Fraction", "Region", "sided"]
