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
from gametheory_eeu.core.conversions import to_sympy
from gametheory_eeu.prover.facts import (
    LinearBound,
    SignFacts,
    coefficients,
    is_rational,
    monic_key,
)
from gametheory_eeu.prover.rational_function import Polynomial
from gametheory_eeu.prover.sign_fact import SignFact, sum_of_squares

_MAX_TERMS, _MAX_WORK = 4_000, 12_000
_MAX_PAIRS = 6
BoundChoice = Literal["zero", "numbers", "all", "one"]
"""Bounds that a plan uses: those by zero; both where they are numbers; both; only one."""
_BOUND_CHOICES: tuple[BoundChoice, ...] = ("zero", "numbers", "all", "one")


class SignEvidence(NamedTuple):
    """The sign of a polynomial, and the fact or the plan with its image that proves it."""

    sign: str
    fact: SignFact | None = None
    plan: SubstitutionPlan | None = None
    image: Polynomial = None


_UNKNOWN, _STRICT = SignEvidence("?"), ("+", "-", "0")


Bounds: TypeAlias = dict[int, list[LinearBound]]
"""Lower bounds at 1, upper ones at -1, equations at 0."""


@dataclass(frozen=True, eq=False)
class SubstitutionStep:
    """The symbol at one place replaced by ``above / below``; below is positive.

    ``strict`` and ``weak`` are the places of the new parameters, positive or not negative; two are
    not both zero. The premises make the slopes of the bounds that were used positive.
    """

    place: int
    above: Polynomial
    below: Polynomial
    strict: tuple[int, ...] = ()
    weak: tuple[int, ...] = ()
    bounds: tuple[SignFact, ...] = ()
    premises: tuple[SignFact, ...] = ()


@dataclass(frozen=True, eq=False)
class SubstitutionPlan:
    """A sequence of substitutions, in the order in which they are made."""

    steps: tuple[SubstitutionStep, ...]

    def image(self, polynomial: Polynomial) -> Polynomial | None:
        """The polynomial in the parameters, times something positive; None where it is too big."""
        work = 0
        for step in self.steps:
            degree = int(polynomial.degrees()[step.place])
            if degree < 1:  # of nothing it is -1
                continue
            work += len(polynomial)
            if work > _MAX_WORK:
                return None
            if len(polynomial) * max(len(step.above), len(step.below)) ** degree > _MAX_TERMS**2:
                return None
            by_degree = coefficients(polynomial, step.place)
            polynomial = sum(
                coefficient * step.above**k * step.below ** (degree - k)
                for k, coefficient in by_degree.items()
            )
            if len(polynomial) > _MAX_TERMS:
                return None
        return polynomial

    def sign(self, image: Polynomial, free: int) -> str | None:
        """The sign that an image's coefficients prove; ``free`` symbols may have any value."""
        terms = image.to_dict()
        if not terms:
            return "0"
        if any(power % 2 for powers in terms for power in powers[:free]):
            return None
        coefficient_signs = {coefficient > 0 for coefficient in terms.values()}
        if len(coefficient_signs) > 1:
            return None
        is_strict = self._is_never_zero(list(terms), free)
        return {(True, True): "+", (True, False): ">=0", (False, True): "-",
                (False, False): "<=0"}[coefficient_signs.pop(), is_strict]  # fmt: skip

    def _is_never_zero(self, monomials: list[Any], free: int) -> bool:
        """Whether in each worst case some monomial has no factor that may be zero."""
        pairs = [step.weak for step in self.steps if len(step.weak) == 2]
        if len(pairs) > _MAX_PAIRS:
            return False
        weak_places = {index for step in self.steps if len(step.weak) == 1 for index in step.weak}
        return all(
            any(_never_vanishes(powers, weak_places | set(zeros), free) for powers in monomials)
            for zeros in product(*pairs)
        )


def _never_vanishes(powers: tuple[int, ...], zeros: set[int], free: int) -> bool:
    return not any(powers[:free]) and not any(powers[index] for index in zeros)


@lru_cache(maxsize=8192)
def is_linear(constraint: Boolean) -> bool:
    """Whether a relation compares two linear expressions."""
    if not isinstance(constraint, sp.core.relational.Relational) or not is_rational(constraint):
        return False
    difference = constraint.lhs - constraint.rhs
    symbols = constraint.free_symbols
    if not symbols:
        return True
    try:
        polynomial = sp.Poly(difference, *symbols)
    except sp.PolynomialError:
        return False
    return all(sum(powers) <= 1 for powers in polynomial.monoms())


@lru_cache(maxsize=2048)
def domain(symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]) -> Domain:
    """The cached domain of a space."""
    return Domain(symbols, constraints)


class Domain:
    """A space's facts, and some parametrizations by the orthant, the simplest first."""

    def __init__(self, symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]) -> None:
        self.facts = SignFacts(symbols, constraints)
        self._initial_facts = tuple(self.facts.all)
        self._plans: list[SubstitutionPlan] = []
        self._evidence: dict[str, SignEvidence] = {}
        self._constraints = constraints

    @property
    def given(self) -> tuple[SignFact, ...]:
        """The facts that are read off the constraints, without those that eliminations add."""
        return self._initial_facts

    @property
    def _simpler(self) -> Iterator[Domain]:
        """The domains of some of the constraints: the linear ones, and bounds on one symbol.

        A plan uses two bounds on a symbol at most, and the longest; these leave it the others.
        """
        linear = tuple(c for c in self._constraints if is_linear(c))
        bounds = tuple(c for c in linear if len(c.free_symbols) == 1)
        for fewer in dict.fromkeys((linear, bounds)):
            if len(fewer) < len(self._constraints):
                yield domain(self.facts.symbols, fewer)

    @property
    def plans(self) -> Iterator[SubstitutionPlan]:
        """The substitution plans, the simplest first."""
        for index, choice in enumerate(_BOUND_CHOICES):
            if index == len(self._plans):
                self._plans.append(self._make_plan(self._initial_facts, choice))
            yield self._plans[index]

    @property
    def clash(self) -> SignFact | None:
        """A number that the constraints make positive, and is not."""
        for _ in self.plans:  # eliminating the symbols finds it
            if self.facts.clash is not None or len(self._plans) > 1:
                break
        return self.facts.clash

    @property
    def candidates(self) -> Iterator[dict[Symbol, Expr]]:
        """The images of equal parameters: points that obey the constraints a plan uses."""
        for plan in self.plans:
            for parameter in (1, 2, fmpq(1, 2)):
                values = [fmpq(parameter)] * (3 * len(self.facts.symbols))
                for step in reversed(plan.steps):
                    below = step.below(*values)
                    if below != 0:
                        values[step.place] = step.above(*values) / below
                pairs = zip(self.facts.symbols, values, strict=False)
                yield {symbol: to_sympy(v) for symbol, v in pairs}

    def sign(self, polynomial: Polynomial) -> SignEvidence:
        """The strongest sign of a polynomial that a fact or a plan proves."""
        text = str(polynomial)
        if text not in self._evidence:
            self._evidence[text] = self._compute_sign(polynomial)
        return self._evidence[text]

    def _compute_sign(self, polynomial: Polynomial) -> SignEvidence:
        best = self._fact_evidence(polynomial)
        free = len(self.facts.symbols)
        for plan in self.plans if best.sign in ("?", ">=0", "<=0") else ():
            fact_evidence = self._fact_evidence(polynomial)  # a plan's eliminations find more facts
            image = None if fact_evidence.sign in _STRICT else plan.image(polynomial)
            sign = None if image is None else plan.sign(image, free)
            by_plan = SignEvidence(sign or "?", None, plan, image)
            evidence = fact_evidence if image is None else by_plan
            if evidence.sign in _STRICT:
                return evidence
            best = evidence if best.sign == "?" else best
        if best.sign == "?":
            others = (region.sign(polynomial) for region in self._simpler)
            best = next((evidence for evidence in others if evidence.sign != "?"), best)
        return _square_evidence(polynomial) if best.sign == "?" else best

    def _fact_evidence(self, polynomial: Polynomial) -> SignEvidence:
        fact_sign = self.facts.known_sign(polynomial)
        return _UNKNOWN if fact_sign is None else SignEvidence(*fact_sign)

    def _make_plan(
        self, initial_facts: tuple[SignFact, ...], choice: BoundChoice
    ) -> SubstitutionPlan:
        """A plan that replaces first the symbol whose substitution loses the fewest bounds."""
        facts, steps = list(initial_facts), []
        remaining = list(range(len(self.facts.symbols)))
        while remaining:
            bounds = {index: self._bounds(index, facts) for index in remaining}
            loss = {
                p: (_nonbound_count(p, facts, bounds[p]), *_bound_loss(bounds[p], choice))
                for p in remaining
            }
            index = min(remaining, key=loss.__getitem__)
            step = self._make_step(index, bounds[index], choice)
            if step is not None:
                steps.append(step)
            derived = self.facts.eliminate(index, facts)
            facts = [f for f in (*facts, *derived) if not f.degrees[index]]
            remaining.remove(index)
        return SubstitutionPlan(tuple(steps))

    def _bounds(self, index: int, facts: list[SignFact]) -> Bounds:
        bounds: Bounds = {1: [], -1: [], 0: []}
        for fact in facts:
            bound = self.facts.bound(fact, index)
            if bound is not None:
                bounds[0 if fact.kind == "==" else bound.sign].append(bound)
        return bounds

    def _make_step(
        self, index: int, bounds: Bounds, choice: BoundChoice
    ) -> SubstitutionStep | None:
        if bounds[0] and choice != "zero":
            fact, a, b, sign, premises = bounds[0][0]
            return SubstitutionStep(index, -b * sign, a * sign, bounds=(fact,), premises=premises)
        selection = _select_bounds(bounds, choice)
        return self._between(index, *selection) if selection else None

    def _between(
        self, index: int, first: LinearBound, second: LinearBound | None = None
    ) -> SubstitutionStep:
        """The step for a symbol between bounds: each slack is a parameter, or their ratio is."""
        n = len(self.facts.symbols)
        gens = self.facts.context.gens()
        indices = n + 2 * index, n + 2 * index + 1
        s, t = (gens[p] for p in indices)
        if second is not None and first.fact.kind == ">" and second.fact.kind == ">=":
            first, second = second, first
        fact, a, b, sign, premises = first
        strict: tuple[int, ...] = indices[:1] if fact.kind == ">" else ()
        weak: tuple[int, ...] = () if strict else indices[:1]
        if second is None:
            return SubstitutionStep(
                index, (s - b) * sign, a * sign, strict, weak, (fact,), premises
            )
        second_fact, c, d, _, second_premises = second
        if second_fact.kind == ">":  # slack of the first = s * slack of the last
            above, below = s * d - b, a - s * c
        else:
            above, below, weak = t * d - s * b, s * a - t * c, indices
        quotient = above * sign, below * sign
        return SubstitutionStep(
            index, *quotient, strict, weak, (fact, second_fact), premises + second_premises
        )


def _square_evidence(polynomial: Polynomial) -> SignEvidence:
    """The sign of a sum of squares, or of the opposite of one."""
    for sign, names in ((1, ("+", ">=0")), (-1, ("-", "<=0"))):
        fact = sum_of_squares(sign * polynomial)
        if fact is not None:
            return SignEvidence(names[0] if fact.kind == ">" else names[1], fact)
    return _UNKNOWN


def _select_bounds(bounds: Bounds, choice: BoundChoice) -> list[LinearBound]:
    """The bounds that a symbol's substitution uses: two, one or none."""
    strongest = [max(bounds[side], key=_bound_strength) for side in (1, -1) if bounds[side]]
    if choice == "zero":
        return [b for side in (1, -1) for b in bounds[side]
                if b.slope.is_constant() and b.rest == 0][:1]  # fmt: skip
    if len(strongest) == 2 and monic_key(strongest[0].fact.polynomial) == monic_key(
        strongest[1].fact.polynomial
    ):
        strongest = strongest[:1]  # an equation in two halves: the slacks' ratio would be 0/0
    is_numeric = not any(map(_is_symbolic, strongest))
    return strongest if choice == "all" or (choice == "numbers" and is_numeric) else strongest[:1]


def _nonbound_count(index: int, facts: list[SignFact], bounds: Bounds) -> int:
    """The number of facts about a symbol that are no bounds on it: eliminating it loses them."""
    fact_count = sum(bool(fact.degrees[index]) for fact in facts)
    return fact_count - sum(map(len, bounds.values()))


def _bound_loss(bounds: Bounds, choice: BoundChoice) -> tuple[int, int]:
    """The number of symbolic bounds that a substitution leaves out, and minus that of all."""
    symbolic_count = sum(_is_symbolic(bound) for side in bounds.values() for bound in side)
    selection = bounds[0][:1] or _select_bounds(bounds, choice)
    return symbolic_count - sum(map(_is_symbolic, selection)), -symbolic_count


def _is_symbolic(bound: LinearBound) -> bool:
    return not (bound.slope.is_constant() and bound.rest.is_constant())


def _bound_strength(bound: LinearBound) -> tuple[int, bool]:
    """A sort key for bounds: one by other symbols is stronger than one by a number."""
    return len(bound.rest), bound.fact.kind == ">"
