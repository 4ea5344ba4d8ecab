"""A space mapped from the positive orthant by substitutions read off its constraints.

Each symbol in turn becomes a quotient in new parameters that are positive or not negative, and in
the symbols still to come: ``x > a`` makes it ``a + s``, ``a < x < b`` makes it
``(a + b*s)/(1 + s)``. Every point of the space has such parameters, so what holds for all
parameters holds on the space; a constraint that is not used only makes more points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, Literal, NamedTuple, TypeAlias

import sympy as sp
from flint import fmpq

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.prover.facts import Bound, Fact, Facts, by_powers, key
from gametheory_eeu.prover.rational_function import Polynomial

_MOST_TERMS, _MOST_HANDLED = 4_000, 12_000
_MOST_PAIRS = 6
Use = Literal["zero", "numbers", "all", "one"]
"""Bounds that a plan uses: those by zero; both where they are numbers; both; only one."""
_USES: tuple[Use, ...] = ("zero", "numbers", "all", "one")


class Shown(NamedTuple):
    """The sign of a polynomial, and the fact that says it or the plan whose image shows it."""

    sign: str
    fact: Fact | None = None
    plan: Plan | None = None
    image: Polynomial = None


_UNKNOWN, _STRICT = Shown("?"), ("+", "-", "0")


Bounds: TypeAlias = dict[int, list[Bound]]
"""Lower bounds at 1, upper ones at -1, equations at 0."""


@dataclass(frozen=True, eq=False)
class Step:
    """One symbol replaced by ``above / below``; below is positive.

    Parameters
    ----------
    place : int
        Of the symbol.
    above, below : flint polynomials
    strict, weak : tuples of int
        The places of the new parameters: positive, or not negative; two are not both zero.
    using : tuple of Fact
        The bounds that were used, and what makes their slopes positive.
    bounds : tuple of Fact
    """

    place: int
    above: Polynomial
    below: Polynomial
    strict: tuple[int, ...] = ()
    weak: tuple[int, ...] = ()
    bounds: tuple[Fact, ...] = ()
    using: tuple[Fact, ...] = ()


@dataclass(frozen=True, eq=False)
class Plan:
    """Substitutions, the first to be made first."""

    steps: tuple[Step, ...]

    def image(self, polynomial: Polynomial) -> Polynomial | None:
        """The polynomial in the parameters, times something positive; None where it is too big."""
        handled = 0
        for step in self.steps:
            degree = int(polynomial.degrees()[step.place])
            if degree < 1:  # of nothing it is -1
                continue
            handled += len(polynomial)
            if handled > _MOST_HANDLED:
                return None
            if len(polynomial) * max(len(step.above), len(step.below)) ** degree > _MOST_TERMS**2:
                return None
            parts = by_powers(polynomial, step.place)
            polynomial = sum(
                part * step.above**k * step.below ** (degree - k) for k, part in parts.items()
            )
            if len(polynomial) > _MOST_TERMS:
                return None
        return polynomial

    def sign(self, image: Polynomial, free: int) -> str | None:
        """The sign that the coefficients of an image show; ``free`` symbols may have any value."""
        terms = image.to_dict()
        if not terms:
            return "0"
        if any(power % 2 for powers in terms for power in powers[:free]):
            return None
        positive = {coefficient > 0 for coefficient in terms.values()}
        if len(positive) > 1:
            return None
        strict = self._never_zero(list(terms), free)
        return {(True, True): "+", (True, False): ">=0", (False, True): "-",
                (False, False): "<=0"}[positive.pop(), strict]  # fmt: skip

    def _never_zero(self, monomials: list[Any], free: int) -> bool:
        """Whether in each worst case some monomial has no factor that may be zero."""
        pairs = [step.weak for step in self.steps if len(step.weak) == 2]
        if len(pairs) > _MOST_PAIRS:
            return False
        single = {place for step in self.steps if len(step.weak) == 1 for place in step.weak}
        return all(
            any(_survives(powers, single | set(zeros), free) for powers in monomials)
            for zeros in product(*pairs)
        )


def _survives(powers: tuple[int, ...], zeros: set[int], free: int) -> bool:
    return not any(powers[:free]) and not any(powers[place] for place in zeros)


@lru_cache(maxsize=2048)
def domain(symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]) -> Domain:
    """The facts and the plans of a space, kept."""
    return Domain(symbols, constraints)


class Domain:
    """A space's facts, and some ways to map it from the orthant, the simplest first."""

    def __init__(self, symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]) -> None:
        self.facts = Facts(symbols, constraints)
        self._given = tuple(self.facts.all)
        self._plans: list[Plan] = []
        self._shown: dict[Any, Shown] = {}

    @property
    def plans(self) -> Iterator[Plan]:
        """The simplest first."""
        for place, use in enumerate(_USES):
            if place == len(self._plans):
                self._plans.append(self._plan(self._given, use))
            yield self._plans[place]

    @property
    def clash(self) -> Fact | None:
        """A number that the constraints make positive, and is not."""
        for _ in self.plans:  # eliminating the symbols finds it
            if self.facts.clash is not None or len(self._plans) > 1:
                break
        return self.facts.clash

    @property
    def candidates(self) -> Iterator[dict[Symbol, Expr]]:
        """Where equal parameters lead: points that obey the constraints a plan used."""
        for plan in self.plans:
            for parameter in (1, 2, fmpq(1, 2)):
                values = [fmpq(parameter)] * (3 * len(self.facts.symbols))
                for step in reversed(plan.steps):
                    below = step.below(*values)
                    if below != 0:
                        values[step.place] = step.above(*values) / below
                pairs = zip(self.facts.symbols, values, strict=False)
                yield {symbol: sp.Rational(int(v.p), int(v.q)) for symbol, v in pairs}

    def sign(self, polynomial: Polynomial) -> Shown:
        """The strongest sign of a polynomial that a fact says or a plan shows; "?" for none."""
        asked = frozenset(polynomial.to_dict().items())
        if asked not in self._shown:
            self._shown[asked] = self._sign(polynomial)
        return self._shown[asked]

    def _sign(self, polynomial: Polynomial) -> Shown:
        best = self._said(polynomial)
        free = len(self.facts.symbols)
        for plan in self.plans if best.sign in ("?", ">=0", "<=0") else ():
            said = self._said(polynomial)  # a plan's eliminations find more facts
            image = None if said.sign in _STRICT else plan.image(polynomial)
            sign = None if image is None else plan.sign(image, free)
            found = said if image is None else Shown(sign or "?", None, plan, image)
            if found.sign in _STRICT:
                return found
            best = found if best.sign == "?" else best
        return best

    def _said(self, polynomial: Polynomial) -> Shown:
        said = self.facts.said(polynomial)
        return _UNKNOWN if said is None else Shown(*said)

    def _plan(self, given: tuple[Fact, ...], use: Use) -> Plan:
        """Replace first the symbol of whose bounds the fewest are lost."""
        facts, steps = list(given), []
        left = list(range(len(self.facts.symbols)))
        while left:
            bounds = {place: self._bounds(place, facts) for place in left}
            place = min(left, key=lambda p: (_stuck(p, facts, bounds[p]), *_lost(bounds[p], use)))
            step = self._step(place, bounds[place], use)
            if step is not None:
                steps.append(step)
            new = self.facts.eliminated(place, facts)
            facts = [f for f in (*facts, *new) if not f.degrees[place]]
            left.remove(place)
        return Plan(tuple(steps))

    def _bounds(self, place: int, facts: list[Fact]) -> Bounds:
        found: Bounds = {1: [], -1: [], 0: []}
        for fact in facts:
            bound = self.facts.bound(fact, place)
            if bound is not None:
                found[0 if fact.kind == "==" else bound.sign].append(bound)
        return found

    def _step(self, place: int, bounds: Bounds, use: Use) -> Step | None:
        if bounds[0] and use != "zero":
            fact, a, b, sign, using = bounds[0][0]
            return Step(place, -b * sign, a * sign, bounds=(fact,), using=using)
        ends = _used(bounds, use)
        return self._between(place, *ends) if ends else None

    def _between(self, place: int, one: Bound, other: Bound | None = None) -> Step:
        """The symbol between bounds: each slack is a parameter, or their ratio is."""
        n = len(self.facts.symbols)
        gens = self.facts.context.gens()
        places = n + 2 * place, n + 2 * place + 1
        s, t = (gens[p] for p in places)
        if other is not None and one.fact.kind == ">" and other.fact.kind == ">=":
            one, other = other, one
        fact, a, b, sign, using = one
        strict: tuple[int, ...] = places[:1] if fact.kind == ">" else ()
        weak: tuple[int, ...] = () if strict else places[:1]
        if other is None:
            return Step(place, (s - b) * sign, a * sign, strict, weak, (fact,), using)
        last, c, d, _, more = other
        if last.kind == ">":  # slack of the first = s * slack of the last
            above, below = s * d - b, a - s * c
        else:
            above, below, weak = t * d - s * b, s * a - t * c, places
        ends = above * sign, below * sign
        return Step(place, *ends, strict, weak, (fact, last), using + more)


def _used(bounds: Bounds, use: Use) -> list[Bound]:
    """The bounds that a symbol's substitution uses: two, one or none."""
    ends = [max(bounds[side], key=_weight) for side in (1, -1) if bounds[side]]
    if use == "zero":
        return [b for side in (1, -1) for b in bounds[side]
                if b.slope.is_constant() and b.rest == 0][:1]  # fmt: skip
    if len(ends) == 2 and key(ends[0].fact.polynomial) == key(ends[1].fact.polynomial):
        ends = ends[:1]  # an equation in two halves: the slacks' ratio would be 0/0
    numbers = not any(map(_is_symbolic, ends))
    return ends if use == "all" or (use == "numbers" and numbers) else ends[:1]


def _stuck(place: int, facts: list[Fact], bounds: Bounds) -> int:
    """How many facts about a symbol are no bounds on it: eliminating it loses them."""
    about = sum(bool(fact.degrees[place]) for fact in facts)
    return about - sum(map(len, bounds.values()))


def _lost(bounds: Bounds, use: Use) -> tuple[int, int]:
    """How many bounds that tie a symbol to others its substitution leaves out."""
    tied = sum(_is_symbolic(bound) for side in bounds.values() for bound in side)
    kept = bounds[0][:1] or _used(bounds, use)
    return tied - sum(map(_is_symbolic, kept)), -tied


def _is_symbolic(bound: Bound) -> bool:
    return not (bound.slope.is_constant() and bound.rest.is_constant())


def _weight(bound: Bound) -> tuple[int, bool]:
    """A bound by other symbols says more than one by a number."""
    return len(bound.rest), bound.fact.kind == ">"


__all__ = ["Domain", "Plan", "Shown", "Step", "domain"]
