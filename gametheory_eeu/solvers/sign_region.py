"""A part of a parameter space, and what is proved there about the signs of rational functions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.question_limit import Effort
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.two_sided import sided

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


class Region:
    """Where some conditions hold; a sign is asked for once, and proved or left open.

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
        self.space, self.decided, self.samples = space, decided, samples
        self.field = field
        self.zero: Fraction = field.zero
        self.one: Fraction = field.one
        self._known: dict[Any, Signs] = {}
        self._whole: dict[Fraction, Signs] = {}
        self._asked: set[Any] = set()

    @property
    def condition(self) -> Boolean:
        """What was decided, as one condition."""
        return sp.And(*self.decided)

    def sign(self, value: Fraction) -> Signs:
        """The signs that the value may have here, as far as was proved or decided."""
        constant, factors = _factors(value)
        found = POSITIVE if constant > 0 else NEGATIVE if constant < 0 else ZERO
        for factor, power, below in factors:
            found = _times(found, self._power(factor, power, below))
        return found & self._whole.get(value, ANY) & _OPPOSITE[self._whole.get(-value, ANY)]

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
        seen = self.samples.seen(factor)
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
        self.effort.spend()
        return holds(statement, Space.of(self.space, *self.decided), STEP)

    def where(self, value: Fraction, signs: Signs) -> Region | None:
        """The part where the value has one of the signs; None where that was proved empty."""
        condition = self.relation(value, signs)
        if condition == sp.true:
            return self
        if condition == sp.false:
            return None
        kept = self.samples.onto(value) if signs == ZERO else self.samples
        kept = kept.obeying([condition])
        if not len(kept) and self.proves(sp.Not(condition)):
            return None
        self.effort.spend()
        decided = (*self.decided, condition)
        part = Region(self.space, self.field, decided, kept, self.effort)
        part._known, part._whole = dict(self._known), dict(self._whole)
        part._learn(value, signs)
        return part

    def _learn(self, value: Fraction, signs: Signs) -> None:
        """Remember what was decided: of the value, and of its factors as far as it says."""
        self._whole[value] = self._whole.get(value, ANY) & signs
        constant, factors = _factors(value)
        for factor, power, _ in factors:
            wanted = signs if constant > 0 else _OPPOSITE[signs]
            if len(factors) > 1 or power % 2 == 0:
                wanted = ANY if signs & ZERO else EITHER
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
        return sp.Or(*(sided(f, sp.Eq) for f in (*odd, *even)))
    if signs == EITHER:
        return sp.And(*(sided(f, sp.Ne) for f in (*odd, *even)))
    if not odd:
        zero = [sided(f, sp.Eq) for f in even]
        if not signs & POSITIVE:
            return sp.Or(*zero) if signs & ZERO else sp.false
        return sp.true if signs & ZERO else sp.And(*(sp.Not(z) for z in zero))
    whole = (
        sided(odd[0], _RELATIONS[signs]) if len(odd) == 1 else _RELATIONS[signs](sp.Mul(*odd), 0)
    )
    if signs & ZERO:
        return sp.Or(whole, *(sided(f, sp.Eq) for f in even))
    return sp.And(whole, *(sided(f, sp.Ne) for f in even))


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


__all__ = ["ANY", "EITHER", "NEGATIVE", "POSITIVE", "WEAK", "ZERO", "Fraction", "Region"]
