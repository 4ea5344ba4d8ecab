"""Facts of the ledger from the known signs and the factors of a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.prover.certificate import FactorSign, KnownSign, Product
from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.rocq.formulas import Variable, term
from gametheory_eeu.prover.rocq.images import Bound, ImageProof, Replacement
from gametheory_eeu.prover.rocq.ledger import (
    Ledger,
    NoCounterpartError,
    Powers,
    Weighted,
    combined,
    primitive,
)

_ORIENTED = {"+": (1, ">"), "-": (-1, ">"), "0": (1, "=="), ">=0": (1, ">="), "<=0": (-1, ">=")}


class Reasons:
    """What a certificate derives, as facts of a ledger.

    ``sources`` numbers the hypotheses by the relation that they state; ``earlier`` are factors of
    denominators that were shown where a case distinction encloses this place.
    """

    def __init__(
        self, ledger: Ledger, sources: Mapping[Boolean, int], earlier: Iterable[FactorSign]
    ) -> None:
        self.ledger, self.sources, self.earlier = ledger, sources, list(earlier)
        self._known: dict[KnownSign, int] = {}
        self._pending = [n for n, r in enumerate(ledger.hypotheses) if r.operator == "<>"]
        """Hypotheses that something is not zero; so are its factors, by which others divide."""

    def polynomial(self, expr: Expr) -> Polynomial:
        """An expression without symbols in a denominator as a polynomial."""
        above, below = self.ledger.quotient(term(expr))
        if not below.is_constant():
            raise NoCounterpartError(f"{expr} is no polynomial")
        return above / below.leading_coefficient()

    # Hypotheses.

    def stated(self, number: int) -> int:
        """The fact of a hypothesis, after the facts that what it divides by is not zero."""
        relation = self.ledger.hypotheses[number]
        if self.ledger.divisors_of(relation):
            while self._pending:
                self._split(self.stated(self._pending.pop(0)))
            while self.earlier:
                self.factor(self.earlier.pop(0))
        return self.ledger.hypothesis(number)

    def _split(self, index: int) -> None:
        polynomial = self.ledger.facts[index].polynomial
        for part, _ in factors(polynomial)[1]:
            factor, _ = primitive(part)
            if self.ledger.signed(factor, (">", "!=")) is None:
                self.ledger.factor(index, factor)

    # Known signs.

    def known(self, known: KnownSign) -> int:
        """The fact of a known sign, about the primitive multiple of its expression."""
        if known not in self._known:
            for premise in known.premises:
                self.known(premise)
            derive = self._sum if isinstance(known.source, tuple) else self._given
            index = derive(known)
            if known.apart is not None and self.ledger.facts[index].kind == ">=":
                index = self.ledger.apart(index, self.stated(self._source(known.apart)))
            self._known[known] = index
        return self._known[known]

    def _source(self, relation: Boolean) -> int:
        if relation not in self.sources:
            raise NoCounterpartError(f"{relation} is not among the hypotheses")
        return self.sources[relation]

    def _given(self, known: KnownSign) -> int:
        index = self.stated(self._source(known.source))
        fact = self.ledger.facts[index]
        return self._multiple(known, fact.polynomial, fact.kind, [(Fraction(1), {index: 1})], [])

    def _sum(self, known: KnownSign) -> int:
        assert isinstance(known.source, tuple)
        if known.kind == "==" and all(part.kind == ">=" for _, part in known.source):
            return self.ledger.both(*(self.known(part) for _, part in known.source))
        terms: list[Weighted] = []
        zeros: list[tuple[Polynomial, int]] = []
        total, kinds = self.ledger.context.constant(0), set()
        for multiplier, part in known.source:
            if part.source == () or isinstance(part.source, Product):
                number, powers = self._product(part)
                scale, _ = self._positive(self.polynomial(multiplier))
                total += self.polynomial(multiplier * part.expression)
                kinds.add(part.kind)
                terms.append((number * scale, powers))
                continue
            index = self.known(part)
            polynomial, expression = self.polynomial(multiplier), self.polynomial(part.expression)
            _, content = _oriented(expression)
            total += polynomial * expression
            kinds.add(part.kind)
            if part.kind == "==":
                is_same = self.ledger.facts[index].polynomial * to_fmpq(content) == expression
                zeros.append((polynomial * to_fmpq(content if is_same else -content), index))
                continue
            number, powers = self._positive(polynomial)
            terms.append((number * content, combined(powers, {index: 1})))
        kind = ">" if ">" in kinds else ">=" if ">=" in kinds else "=="
        return self._multiple(known, total, kind, terms, zeros)

    def _product(self, known: KnownSign) -> Weighted:
        """A positive number, a square, or a product of known signs, as a product of facts."""
        if not isinstance(known.source, Product):
            return self._positive(self.polynomial(known.expression))
        number, powers = Fraction(1), Powers()
        for factor in known.source.factors:
            if factor.source == ():
                scale, own = self._product(factor)
            else:
                scale, own = (
                    _oriented(self.polynomial(factor.expression))[1],
                    {self.known(factor): 1},
                )
            number, powers = number * scale, combined(powers, own)
        return number, powers

    def _positive(self, polynomial: Polynomial) -> Weighted:
        product = self.ledger.strict_product(polynomial, squares=True)
        if product is None or product[0] <= 0:
            raise NoCounterpartError("a multiplier that is not shown to be positive")
        return product

    def _multiple(
        self,
        known: KnownSign,
        total: Polynomial,
        kind: str,
        terms: list[Weighted],
        zeros: list[tuple[Polynomial, int]],
    ) -> int:
        """The fact about an expression of which a multiple is this total."""
        target, content = _oriented(self.polynomial(known.expression))
        if kind == "==":
            return self._zero_multiple(target, total, zeros, terms)
        if target.is_constant():
            multiplier: Weighted = (content, {})
        else:
            ratio, rest = divmod(total, target)
            if rest != 0:
                raise NoCounterpartError("a sum that is no multiple of what it should show")
            found = self.ledger.strict_product(ratio, squares=kind == ">")
            if kind == "!=" and found is not None and found[0] < 0:
                found, terms = (-found[0], found[1]), [(-c, powers) for c, powers in terms]
            if found is None or found[0] <= 0:
                raise NoCounterpartError("a multiple that is not shown to be positive")
            multiplier = found
        weak = kind if known.apart is not None and kind == ">=" else known.kind
        last = (Fraction(1), {len(self.ledger.facts) - 1: 1})
        if multiplier == (Fraction(1), {}) and terms == [last] and not zeros:
            return len(self.ledger.facts) - 1
        return self.ledger.sum(target, weak, multiplier, terms, zeros)

    def _zero_multiple(
        self,
        target: Polynomial,
        total: Polynomial,
        zeros: list[tuple[Polynomial, int]],
        terms: list[Weighted],
    ) -> int:
        """The fact that an expression is zero, as a definite multiple of a power of it is."""
        if terms:  # one hypothesis: an equation
            ((_, powers),) = terms
            zeros = [(self.ledger.context.constant(1), index) for index in powers]
        if target.is_constant():
            return self.ledger.sum(total, "==", (Fraction(1), {}), [], zeros)
        power, ratio = 0, total
        quotient, rest = divmod(ratio, target)
        while rest == 0:
            power, ratio = power + 1, quotient
            quotient, rest = divmod(ratio, target)
        product = self.ledger.strict_product(ratio, kinds=(">", "!="))
        if product is None or power == 0:
            raise NoCounterpartError("an equation divided by what may be zero")
        number, powers = product
        if number < 0:
            number, zeros = -number, [(-p, index) for p, index in zeros]
        index = self.ledger.sum(target**power, "==", (number, powers), [], zeros)
        return self.ledger.root(index, target, power)

    # Factors.

    def factor(self, claim: FactorSign) -> None:
        """Facts that show the sign of a factor."""
        if claim.sign == "?":
            return
        target, _ = primitive(self.polynomial(claim.factor))
        sign, kind = _ORIENTED[claim.sign]
        oriented = sign * _oriented(self.polynomial(claim.factor))[0]
        kinds = {">": (">",), ">=": (">", ">=", "=="), "==": ("==",)}[kind]
        found = self.ledger.signed(target, kinds)
        if found is not None:
            return
        if claim.known is not None:
            self.known(claim.known)
            return
        replacements = []
        for step in claim.substitutions:
            for known in step.premises:
                self.known(known)
            numbers = map(self.known, step.bounds)
            bounds = tuple(Bound(n, self.ledger.facts[n].polynomial) for n in numbers)
            place = self.ledger.places[Variable(step.symbol)] - 1
            replacements.append(Replacement(place, bounds))
        ImageProof(self.ledger, oriented, kind, tuple(replacements)).run()


def _oriented(polynomial: Polynomial) -> tuple[Polynomial, Fraction]:
    """The primitive multiple by a positive number, and that number."""
    if polynomial == 0:
        return polynomial, Fraction(1)
    result, content = primitive(polynomial)
    return (result, content) if content > 0 else (-result, -content)
