"""Polynomials of known sign on a space, each with its derivation.

A fact is read off a constraint by dropping factors of known sign, or is a sum of two facts in
which one symbol cancels (Fourier and Motzkin's elimination).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import sympy as sp
from flint import Ordering, fmpq_mpoly_ctx

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.sign_fact import SignFact, SignKind, product_fact
from gametheory_eeu.prover.smt_encoding import Encoder

_MAX_FACTS = 60


MonicKey: TypeAlias = str
DerivedSign: TypeAlias = tuple[int, tuple[SignFact, ...]]
"""A sign, 1 or -1, and the facts that imply it."""
SignFactors: TypeAlias = tuple[int, tuple[tuple[MonicKey, int, int], ...]]
"""A number's sign; of each factor its key, the sign of its first coefficient, and its power."""


class LinearBound(NamedTuple):
    """A fact ``slope * symbol + rest``, and the sign of the slope with what implies it."""

    fact: SignFact
    slope: Polynomial
    rest: Polynomial
    sign: int
    premises: tuple[SignFact, ...]


class AffineForm(NamedTuple):
    """A fact as ``slope * symbol + rest``, with the factors of the slope."""

    slope: Polynomial
    rest: Polynomial
    factors: SignFactors


class SignFacts:
    """The facts about some symbols that follow from constraints."""

    def __init__(self, symbols: Iterable[Symbol], constraints: Iterable[Boolean]) -> None:
        self.symbols = tuple(symbols)
        self.context = polynomial_context(self.symbols)
        self.all: list[SignFact] = []
        self.clash: SignFact | None = None
        """A number that the constraints make positive, and is not: the space is empty."""
        self._strict_signs: dict[MonicKey, tuple[int, SignFact]] = {}
        self._by_key: dict[MonicKey, list[SignFact]] = {}
        self._linear_forms: dict[tuple[SignFact, int], AffineForm | None] = {}
        self._bounds: dict[tuple[SignFact, int], LinearBound] = {}
        relations = [*(a for s in self.symbols for a in assumptions(s)), *constraints]
        pending = [product for r in relations if (product := self._product(r)) is not None]
        while pending:
            deferred = [item for item in pending if not self.add(*item)[0]]
            if len(deferred) == len(pending):
                break
            pending = deferred
        self.undivided = [SignFact(product, kind, source) for product, kind, source, _ in pending]
        """Products of which more than one factor has an unknown sign, as they were given."""

    def add(
        self, product: Polynomial, kind: SignKind, source: Any, premises: tuple[SignFact, ...]
    ) -> tuple[bool, SignFact | None]:
        """Add the fact that a product implies; deferred while several factors' signs are open."""
        constant, parts = factors(product)
        if kind in (">", "!=") and isinstance(source, sp.Basic) and len(parts) > (kind == ">"):
            for factor, _ in parts:
                self._make_strict(factor, source)
        if kind == "!=":
            return all(self.sign(factor) is not None for factor, _ in parts), None
        remaining: Polynomial | None = None
        positive = constant > 0
        for factor, power in parts:
            derived = (
                None if parts == [(factor, 1)] else self.sign(factor) or self._sum_sign(factor)
            )
            if derived is not None:
                positive ^= derived[0] < 0 and power % 2 == 1
                premises += derived[1]
            elif power % 2 == 0 and kind == ">":
                continue
            elif remaining is None and (power % 2 or kind == "=="):
                remaining = factor
            else:
                return False, None
        if remaining is None:
            if isinstance(source, sp.Basic) and (kind == "==" or not positive):
                self._deny(SignFact(product, kind, source), parts)
            return True, None
        oriented = remaining if positive or kind == "==" else -remaining
        return True, self._add_fact(SignFact(oriented, kind, source, premises))

    def _deny(self, given: SignFact, parts: list[tuple[Polynomial, int]]) -> None:
        """The contradiction that what is given has not the sign of its factors' product."""
        known: list[SignFact] = []
        for factor, power in parts:
            derived = self.sign(factor)
            if derived is None:
                known += [SignFact(factor**2, ">=", ())] * (power // 2)
            else:
                known += list(derived[1]) * power
        if not known:
            return
        whole = product_fact(known)
        ratio = given.polynomial.leading_coefficient() / whole.polynomial.leading_coefficient()
        if ratio < 0 or given.kind == "==":
            terms = ((self.context.constant(-1 / ratio), given), (self.context.constant(1), whole))
            self._check_constant(SignFact(self.context.constant(0), ">", terms))

    def _make_strict(self, factor: Polynomial, source: Boolean) -> None:
        """Make a fact ``>= 0`` strict where a product with its polynomial is not zero."""
        weak_facts = [f for f in self._by_key.get(monic_key(factor), ()) if f.kind == ">="]
        if weak_facts and self.sign(factor) is None:
            unit = self.context.constant(1)
            self._add_fact(
                SignFact(weak_facts[0].polynomial, ">", ((unit, weak_facts[0]),), (), source)
            )

    def sign(self, polynomial: Polynomial) -> DerivedSign | None:
        """The strict sign of a product of polynomials of known sign."""
        return None if polynomial == 0 else self._product_sign(_sign_factors(polynomial))

    def _product_sign(self, product: SignFactors) -> DerivedSign | None:
        sign, premises = product[0], []
        for factor_key, lead_sign, power in product[1]:
            if factor_key not in self._strict_signs:
                return None
            known_sign, fact = self._strict_signs[factor_key]
            sign *= 1 if power % 2 == 0 else known_sign * lead_sign
            premises.append(fact)
        return sign, tuple(premises)

    def _sum_sign(self, polynomial: Polynomial) -> DerivedSign | None:
        """The strict sign of a sum of products of slacks of symbols, and perhaps one fact."""
        bases: list[SignFact | None] = [None, *(f for f in self.all if f.kind != "==")]
        for sign, base in ((sign, base) for base in bases for sign in (1, -1)):
            oriented = polynomial * sign
            rest = oriented if base is None else oriented - base.polynomial
            if base is not None and len(rest) >= len(oriented):
                continue
            found = self._products_of_slacks(rest)
            if found is None:
                continue
            terms = [(multiplier, fact) for multiplier, fact, _ in found]
            terms += [] if base is None else [(self.context.constant(1), base)]
            if any(fact.kind == ">" for _, fact in terms):
                premises = tuple(dict.fromkeys(fact for *_, facts in found for fact in facts))
                self._add_fact(SignFact(oriented, ">", tuple(terms), premises))
                return self.sign(polynomial)
        return None

    def _products_of_slacks(
        self, polynomial: Polynomial
    ) -> list[tuple[Polynomial, SignFact, tuple[SignFact, ...]]] | None:
        """Its monomials in the symbols' slacks: a multiplier, a fact, what makes it positive."""
        slacks: dict[int, SignFact] = {}
        for index, degree in enumerate(map(int, polynomial.degrees())):
            if degree > 0:
                slack = self._slack(index)
                if slack is None:
                    return None
                slacks[index] = slack
                generator, fact = self.context.gen(index), slack.polynomial
                if fact not in (generator, -generator):  # x - c, and x is c more
                    polynomial = polynomial.compose(*(
                        2 * g - fact if k == index else g
                        for k, g in enumerate(self.context.gens())
                    ))  # fmt: skip
        items = (self._product_of_slacks(powers, c, slacks) for powers, c in polynomial.terms())
        result = list(items)
        return None if None in result else [item for item in result if item is not None]

    def _slack(self, index: int) -> SignFact | None:
        """A fact about a symbol: its sign, or that it is at least a positive number."""
        generator = self.context.gen(index)
        own = self._by_key.get(monic_key(generator), [])
        strict = next((fact for fact in own if fact.kind == ">"), None)
        if strict is not None:
            return strict
        for fact in self.all:
            rest = fact.polynomial - generator
            is_bound = fact.kind != "==" and rest.is_constant() and rest != 0
            if is_bound and rest.leading_coefficient() < 0:
                return fact
        return next((fact for fact in own if fact.kind == ">="), None)

    def _product_of_slacks(
        self, powers: tuple[int, ...], coefficient: Any, slacks: dict[int, SignFact]
    ) -> tuple[Polynomial, SignFact, tuple[SignFact, ...]] | None:
        """A monomial in slacks as a positive multiple of one of them."""
        used = {index: int(power) for index, power in enumerate(powers) if power}
        weak = [index for index in used if slacks[index].kind == ">="]
        if not used:
            one = SignFact(self.context.constant(1), ">", ())
            return (self.context.constant(coefficient), one, ()) if coefficient > 0 else None
        if len(weak) > 1 or any(used[index] > 1 for index in weak):
            return None
        multiplier, chosen = self.context.constant(coefficient), min(weak or used)
        for index, power in used.items():
            sign = 1 if slacks[index].polynomial.leading_coefficient() > 0 else -1
            coefficient *= sign**power
            multiplier *= sign**power * slacks[index].polynomial ** (power - (index == chosen))
        strict = tuple(slacks[index] for index in used if slacks[index].kind == ">")
        return (multiplier, slacks[chosen], strict) if coefficient > 0 else None

    def known_sign(self, polynomial: Polynomial) -> tuple[str, SignFact] | None:
        """The sign of a polynomial that is itself a fact, up to a number."""
        if polynomial.is_constant():
            return None
        for fact in self._by_key.get(monic_key(polynomial), ()):
            same_orientation = (fact.polynomial.leading_coefficient() > 0) == (
                polynomial.leading_coefficient() > 0
            )
            signs = {">": "+-", ">=": (">=0", "<=0"), "==": "00"}[fact.kind]
            if fact.kind != ">=" or len(self._by_key[monic_key(polynomial)]) == 1:
                return signs[0 if same_orientation else 1], fact
        return None

    def bound(self, fact: SignFact, index: int) -> LinearBound | None:
        """The fact as a bound on a symbol in which it is linear, with a slope of known sign."""
        cache_key = fact, index
        if cache_key not in self._bounds:
            if cache_key not in self._linear_forms:
                is_linear = fact.degrees[index] == 1
                pair = linear_coefficients(fact.polynomial, index) if is_linear else None
                self._linear_forms[cache_key] = pair and AffineForm(*pair, _sign_factors(pair[0]))
            form = self._linear_forms[cache_key]
            derived = None if form is None else self._product_sign(form.factors)
            if form is not None and derived is not None:
                self._bounds[cache_key] = LinearBound(fact, form.slope, form.rest, *derived)
        return self._bounds.get(cache_key)

    def eliminate(self, index: int, facts: list[SignFact]) -> list[SignFact]:
        """The facts without a symbol that follow from those with it."""
        bounds = [b for fact in facts if (b := self.bound(fact, index)) is not None]
        equation = next((bound for bound in bounds if bound.fact.kind == "=="), None)
        if equation is not None:
            pairs = [(equation, second) for second in bounds if second is not equation]
        else:
            above, below = ([b for b in bounds if b.sign == sign] for sign in (1, -1))
            pairs = [(a, b) for a in above for b in below]
        return [fact for a, b in pairs if (fact := self._eliminate_pair(a, b)) is not None]

    def _eliminate_pair(self, first: LinearBound, second: LinearBound) -> SignFact | None:
        """The sum of two facts in which the symbol cancels."""
        f, g = first.fact, second.fact
        if g.kind == "==" and f.kind != "==":
            return self._eliminate_pair(second, first)
        if f.kind == "==":
            terms = ((first.slope * first.sign, g), (-second.slope * first.sign, f))
        else:
            terms = ((second.slope * second.sign, f), (first.slope * first.sign, g))
        first_premises, second_premises = first.premises, second.premises
        total = sum(m * fact.polynomial for m, fact in terms)
        kinds = {fact.kind for _, fact in terms} - {"=="}
        kind: SignKind = ">" if ">" in kinds else ">=" if kinds else "=="
        if total == 0 or total.is_constant():
            self._check_constant(SignFact(total, kind, terms, first_premises + second_premises))
        if total.is_constant() or len(self.all) > _MAX_FACTS:
            return None
        return self.add(total, kind, terms, first_premises + second_premises)[1]

    def _check_constant(self, fact: SignFact) -> None:
        value = fact.polynomial.leading_coefficient() if fact.polynomial != 0 else 0
        holds = {">": value > 0, ">=": value >= 0, "==": value == 0}[fact.kind]
        self.clash = self.clash if holds else fact

    def _add_fact(self, fact: SignFact) -> SignFact:
        """The fact, or a stronger one about the same polynomial."""
        lead = fact.polynomial.leading_coefficient()
        fact_key, sign = monic_key(fact.polynomial), 1 if lead > 0 else -1
        siblings = self._by_key.setdefault(fact_key, [])
        for sibling in tuple(siblings):
            same_orientation = (sibling.polynomial.leading_coefficient() > 0) == (lead > 0)
            if {sibling.kind, fact.kind} == {"==", ">"}:
                self._add_clash(*sorted((fact, sibling), key=lambda f: f.kind == "=="))
            if sibling.kind == "==" or (
                same_orientation and (sibling.kind == ">" or fact.kind == ">=")
            ):
                return sibling
            if not same_orientation and ">" in (sibling.kind, fact.kind):
                self._add_clash(fact, sibling)
            elif not same_orientation and (sibling.kind, fact.kind) == (">=", ">="):
                self._add_equation(fact, sibling)
        siblings.append(fact)
        self.all.append(fact)
        if fact.kind == ">":
            self._strict_signs[fact_key] = sign, fact
        return fact

    def _add_equation(self, fact: SignFact, opposite: SignFact) -> None:
        """The equation that neither a polynomial nor its opposite is negative."""
        a, b = (abs(f.polynomial.leading_coefficient()) for f in (fact, opposite))
        terms = tuple((self.context.constant(1 / c), f) for c, f in ((a, fact), (b, opposite)))
        equation = SignFact(fact.polynomial, "==", terms)
        self._by_key[monic_key(fact.polynomial)].append(equation)
        self.all.append(equation)

    def _add_clash(self, fact: SignFact, opposite: SignFact) -> None:
        """The contradiction of two facts whose weighted sum says that zero is positive."""
        a, b = (f.polynomial.leading_coefficient() for f in (fact, opposite))
        pairs = ((abs(a), fact), (abs(b) if a * b < 0 else -abs(b), opposite))
        terms = tuple((self.context.constant(1 / c), f) for c, f in pairs)
        self._check_constant(SignFact(self.context.constant(0), ">", terms))

    def _product(
        self, relation: Boolean
    ) -> tuple[Polynomial, SignKind, Boolean, tuple[SignFact, ...]] | None:
        product = _constraint_product(relation, self.symbols)
        return None if product is None else (*product, relation, ())


@lru_cache(maxsize=8192)
def _constraint_product(
    relation: Boolean, symbols: tuple[Symbol, ...]
) -> tuple[Polynomial, SignKind] | None:
    """The product that is positive wherever a constraint holds."""
    if not isinstance(relation, sp.core.relational.Relational) or not is_rational(relation):
        return None
    is_equation = isinstance(relation, (sp.Eq, sp.Ne))
    difference = relation.lhs - relation.rhs if is_equation else relation.gts - relation.lts
    if not set(difference.free_symbols) <= set(symbols):
        return None
    try:
        quotient = Encoder([difference, *symbols]).quotient(difference)
    except UnsupportedError:
        return None
    kind: SignKind = (
        relation.rel_op if is_equation else ">" if relation.rel_op in (">", "<") else ">="
    )
    product = quotient.above if is_equation else quotient.above * quotient.below
    if product.is_constant():
        return None
    return change_context(polynomial_context(symbols), product, symbols), kind


@lru_cache(maxsize=8192)
def is_rational(expr: Boolean) -> bool:
    """Whether only sums, products and whole powers of symbols and rational numbers occur."""
    if isinstance(expr, (sp.Symbol, sp.Rational)):
        return True
    if isinstance(expr, sp.Pow):
        return isinstance(expr.exp, sp.Integer) and is_rational(expr.base)
    is_arithmetic = isinstance(expr, (sp.Add, sp.Mul, sp.core.relational.Relational))
    return is_arithmetic and all(map(is_rational, expr.args))


@lru_cache(maxsize=1024)
def polynomial_context(symbols: tuple[Symbol, ...]) -> Any:
    """The context of polynomials in the symbols and in two parameters for each of them."""
    names = [f"x{i}" for i, _ in enumerate(symbols)]
    parameters = [f"{letter}{i}" for i, _ in enumerate(symbols) for letter in "st"]
    return fmpq_mpoly_ctx.get((*names, *parameters), Ordering.lex)


def change_context(context: Any, polynomial: Polynomial, symbols: tuple[Symbol, ...]) -> Polynomial:
    """Convert a polynomial of an encoder to the context of some symbols."""
    sorted_symbols = sorted(symbols, key=lambda s: s.name)
    positions = [symbols.index(s) for s in sorted_symbols]
    terms = {}
    for powers, coefficient in polynomial.to_dict().items():
        exponents = [0] * (3 * len(symbols))
        for position, power in zip(positions, powers, strict=True):
            exponents[position] = int(power)
        terms[tuple(exponents)] = coefficient
    return context.from_dict(terms)


def monic_key(polynomial: Polynomial) -> MonicKey:
    """A key that a polynomial shares with its multiples in the same context."""
    return str(polynomial / polynomial.leading_coefficient())


def _sign_factors(polynomial: Polynomial) -> SignFactors:
    """The factors that determine the sign of a nonzero polynomial."""
    constant, parts = factors(polynomial)
    factor_signs = (
        (monic_key(f), 1 if f.leading_coefficient() > 0 else -1, power) for f, power in parts
    )
    return 1 if constant > 0 else -1, tuple(factor_signs)


def coefficients(polynomial: Polynomial, index: int) -> dict[int, Polynomial]:
    """The coefficients of a polynomial in one variable, by its power."""
    result: dict[int, Polynomial] = {}
    generator, power = polynomial.context().gen(index), 0
    while polynomial != 0:
        rest = polynomial.subs({index: 0})
        if rest != 0:
            result[power] = rest
        polynomial, power = (polynomial - rest) / generator, power + 1
    return result


def linear_coefficients(polynomial: Polynomial, index: int) -> tuple[Polynomial, Polynomial] | None:
    """The coefficients ``(a, b)`` of a polynomial ``a*x + b`` with nonzero a."""
    if polynomial.degrees()[index] != 1:
        return None
    slope = polynomial.derivative(index)
    return slope, polynomial - slope * polynomial.context().gen(index)
