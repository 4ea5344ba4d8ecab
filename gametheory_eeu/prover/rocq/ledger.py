"""Facts about the signs of polynomials, in the order in which the checker proves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple, TypeAlias

from gametheory_eeu.core.conversions import to_fmpq, to_fraction
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover.facts import monic_key
from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.rocq.formulas import Comparison, Number, Operation, Term
from gametheory_eeu.prover.rocq.text import Reification, chain

KINDS = {">": "kPos", ">=": "kNonneg", "==": "kZero", "!=": "kNonzero"}
Powers: TypeAlias = dict[int, int]
"""A product of facts: the power of each, by its number."""
Weighted: TypeAlias = tuple[Fraction, Powers]
"""A product of facts with a number in front."""


class NoCounterpartError(GameTheoryError):
    """A certificate with a step that the checker in Rocq does not have."""


class Fact(NamedTuple):
    """A polynomial with whole coefficients, and how it compares with zero."""

    polynomial: Polynomial
    kind: str


class Ledger:
    """What is known at a place of a proof: hypotheses, and facts that follow from them.

    The context is of polynomials in the variables and in twice as many parameters; ``places``
    numbers the variables from 1.
    """

    def __init__(
        self, context: Any, places: Mapping[Term, int], hypotheses: Sequence[Comparison]
    ) -> None:
        self.context, self.places, self.hypotheses = context, places, hypotheses
        self.reification = Reification(places)
        self.facts: list[Fact] = []
        self.steps: list[str] = []
        self.used: list[int] = []
        """The hypotheses that were used, in the order of first use."""
        self._known: dict[str, list[int]] = {}
        self._hypothesis_facts: dict[int, int] = {}

    def branch(self, fact: Fact) -> Ledger:
        """The same facts and one more, for one case; its steps are its own."""
        other = Ledger(self.context, self.places, self.hypotheses)
        other.facts, other.used = list(self.facts), self.used
        other._known = {key: list(found) for key, found in self._known.items()}
        other._hypothesis_facts = dict(self._hypothesis_facts)
        other.note(fact)
        return other

    def note(self, fact: Fact) -> int:
        """Number a fact that is known without a step."""
        self.facts.append(fact)
        if fact.polynomial != 0:
            self._known.setdefault(monic_key(fact.polynomial), []).append(len(self.facts) - 1)
        return len(self.facts) - 1

    def add(self, step: str, fact: Fact) -> int:
        """Number a fact that a step proves."""
        self.steps.append(step)
        return self.note(fact)

    def find(self, polynomial: Polynomial, kinds: Iterable[str]) -> int | None:
        """The fact about this very polynomial of one of the kinds."""
        for index in self._known.get(monic_key(polynomial), ()):
            fact = self.facts[index]
            if fact.kind in kinds and fact.polynomial == polynomial:
                return index
        return None

    def signed(self, factor: Polynomial, kinds: Iterable[str]) -> tuple[int, int] | None:
        """A fact about a primitive polynomial or its opposite, and which of the two."""
        for sign in (1, -1):
            for index in self._known.get(monic_key(factor), ()):
                fact = self.facts[index]
                if fact.kind in kinds and fact.polynomial == sign * factor:
                    return index, sign
        return None

    # Steps.

    def hypothesis(self, number: int) -> int:
        """The fact that a hypothesis states."""
        if number not in self._hypothesis_facts:
            relation = self.hypotheses[number]
            difference = difference_of(relation)
            divisors = [self.product(p) for p in self.divisors(difference)]
            above, below = self.quotient(difference)
            kind = {"<": ">", ">": ">", "<=": ">=", ">=": ">=", "=": "==", "<>": "!="}
            is_ordered = relation.operator not in ("=", "<>")
            polynomial = above * below if is_ordered else above
            if number not in self.used:
                self.used.append(number)
            step = f"sHyp {self.used.index(number)} {weighted_list(divisors)}"
            fact = Fact(polynomial, kind[relation.operator])
            self._hypothesis_facts[number] = self.add(step, fact)
        return self._hypothesis_facts[number]

    def sum(
        self,
        target: Polynomial,
        kind: str,
        multiplier: Weighted,
        terms: Iterable[Weighted],
        zeros: Iterable[tuple[Polynomial, int]] = (),
    ) -> int:
        """The fact that follows as its multiple is a sum of products of facts."""
        terms, zeros = list(terms), list(zeros)
        scale = Fraction(lcm(multiplier[0].denominator, *(c.denominator for c, _ in terms),
                             *(_denominator(p) for p, _ in zeros)))  # fmt: skip
        number = (multiplier[0] * scale).numerator
        parts = weighted_list([(c * scale, powers) for c, powers in terms])
        multiples = chain("zr", "z0", (
            f"{self.polynomial(p * scale.numerator)} {index}" for p, index in zeros
        ))  # fmt: skip
        step = (
            f"sSum {self.polynomial(target)} {KINDS[kind]} {number} {_powers(multiplier[1])} "
            f"{parts} {multiples}"
        )
        return self.add(step, Fact(target, kind))

    def square(self, polynomial: Polynomial) -> int:
        """The fact that a square is not negative."""
        found = self.find(polynomial**2, (">=", ">"))
        if found is not None:
            return found
        fact = Fact(polynomial**2, ">=")
        return self.add(f"sSquare {self.polynomial(polynomial)}", fact)

    def apart(self, weak: int, other: int) -> int:
        """The fact that one not negative is positive, since a multiple of it is not zero."""
        polynomial = self.facts[weak].polynomial
        cofactor, rest = divmod(self.facts[other].polynomial, polynomial)
        if rest != 0:
            raise NoCounterpartError("a constraint that is no multiple of what it keeps from zero")
        return self.add(f"sApart {weak} {other} {self.polynomial(cofactor)}", Fact(polynomial, ">"))

    def factor(self, index: int, polynomial: Polynomial) -> int:
        """The fact that a factor of what is not zero is not zero."""
        cofactor = self.facts[index].polynomial / polynomial
        step = f"sFactor {index} {self.polynomial(polynomial)} {self.polynomial(cofactor)}"
        return self.add(step, Fact(polynomial, "!="))

    def root(self, index: int, polynomial: Polynomial, power: int) -> int:
        """The fact that a polynomial is zero, as its power is."""
        step = f"sRoot {index} {self.polynomial(polynomial)} {power}"
        return index if power == 1 else self.add(step, Fact(polynomial, "=="))

    def both(self, first: int, second: int) -> int:
        """The fact that a polynomial is zero, as neither it nor its opposite is negative."""
        fact = Fact(self.facts[first].polynomial, "==")
        return self.add(f"sBoth {first} {second}", fact)

    def lemma(self, fact: Fact, proof: str) -> int:
        """A fact with a proof of its own, by cases."""
        self.steps.append(f"Lemma_ {self.polynomial(fact.polynomial)} {KINDS[fact.kind]} ({proof})")
        return self.note(fact)

    def proof(self, end: str) -> str:
        """The steps and the lemmas, and how the proof ends."""
        text = end
        pending: list[str] = []
        for step in reversed(self.steps):
            if step.startswith("Lemma_"):
                text, pending = f"{step} ({_steps(pending, text)})", []
            else:
                pending.insert(0, step)
        return _steps(pending, text)

    # Products of facts.

    def product(self, polynomial: Polynomial) -> Weighted:
        """A polynomial as a product of facts that are not zero, or a NoCounterpartError."""
        result = self.strict_product(polynomial, kinds=(">", "!="))
        if result is None:
            raise NoCounterpartError(
                "something is divided by of which it is not shown that it is not zero"
            )
        return result

    def strict_product(
        self, polynomial: Polynomial, *, kinds: tuple[str, ...] = (">",), squares: bool = False
    ) -> Weighted | None:
        """A polynomial as a product of facts of these kinds, or of any squares.

        Even powers of what is not zero are positive, so they count too.
        """
        constant, parts = factors(polynomial)
        number, powers = to_fraction(constant), Powers()
        for part, power in parts:
            factor, content = primitive(part)
            number *= content**power
            found, exponent = self.signed(factor, kinds), power
            if found is None and power % 2 == 0:
                found = self.signed(factor, (">", "!="))
                if found is None and squares:
                    found, exponent = (self.square(factor), 1), power // 2
            if found is None:
                return None
            index, sign = found
            number *= sign**exponent
            powers[index] = powers.get(index, 0) + exponent
        return number, powers

    # Polynomials.

    def variable(self, item: Term) -> Polynomial:
        """The polynomial of a variable or of an opaque term."""
        return self.context.gen(self.places[item] - 1)

    def quotient(self, item: Term) -> tuple[Polynomial, Polynomial]:
        """A term as a quotient of polynomials, joined as the checker does."""
        one = self.context.constant(1)
        if item in self.places:
            return self.variable(item), one
        if isinstance(item, Number):
            return self.context.constant(item.value), one
        if not isinstance(item, Operation) or item.name not in ("+", "-", "*", "/", "^"):
            raise NoCounterpartError("a term without a place in the checker")
        parts = [self.quotient(part) for part in item.parts]
        above, below = parts[0]
        if item.name == "-":
            return -above, below
        if item.name == "^":
            return above**item.number, below**item.number
        for n, d in parts[1:]:
            if item.name == "*":
                above, below = above * n, below * d
            elif item.name == "/":
                above, below = above * d, below * n
            elif below == d:
                above = above + n
            else:
                above, below = above * d + n * below, below * d
        return above, below

    def divisors(self, item: Term) -> list[Polynomial]:
        """The numerators of what is divided by, in the checker's order."""
        if item in self.places or not isinstance(item, Operation):
            return []
        found = [p for part in item.parts for p in self.divisors(part)]
        return [*found, self.quotient(item.parts[1])[0]] if item.name == "/" else found

    def divisors_of(self, relation: Comparison) -> list[Polynomial]:
        """Those of a relation, without numbers."""
        return [p for p in self.divisors(difference_of(relation)) if not p.is_constant()]

    def polynomial(self, polynomial: Polynomial) -> str:
        """A polynomial as an expression of the checker."""
        monomials = []
        for powers, coefficient in polynomial.to_dict().items():
            names = [f"(eX {k + 1})" if n == 1 else f"(eP (eX {k + 1}) {n})"
                     for k, n in enumerate(map(int, powers)) if n]  # fmt: skip
            number = int(coefficient.p)
            if coefficient.q != 1:
                raise NoCounterpartError("a polynomial with fractions")
            scale = [f"(eC {_number(number)})"] if number != 1 or not names else []
            monomials.append(_nested("eM", [*scale, *names]))
        return _nested("eA", monomials) if monomials else "(eC 0)"


def weighted_list(items: Iterable[Weighted]) -> str:
    """Products of facts in the checker's notation."""
    texts = []
    for number, powers in items:
        if number.denominator != 1:
            raise NoCounterpartError("a product with a fraction in front")
        texts.append(f"{_number(number.numerator)} {_powers(powers)}")
    return chain("tm", "t0", texts)


def difference_of(relation: Comparison) -> Operation:
    """What the checker compares with zero: the greater side less the smaller."""
    first, second = relation.left, relation.right
    if relation.operator in (">", ">="):
        first, second = second, first
    return Operation("+", (second, Operation("-", (first,))))


def primitive(polynomial: Polynomial) -> tuple[Polynomial, Fraction]:
    """The polynomial with coprime whole coefficients, the first positive; and the factor."""
    coefficients = [to_fraction(c) for c in polynomial.coeffs()]
    content = Fraction(
        gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients))
    )
    if polynomial.leading_coefficient() < 0:
        content = -content
    return polynomial / to_fmpq(content), content


def combined(first: Powers, *others: Powers) -> Powers:
    """The product of products of facts."""
    result = dict(first)
    for other in others:
        for index, power in other.items():
            result[index] = result.get(index, 0) + power
    return result


def raised(item: Weighted, power: int) -> Weighted:
    """A power of a product of facts."""
    number, powers = item
    return number**power, {index: k * power for index, k in powers.items() if power}


def _denominator(polynomial: Polynomial) -> int:
    return lcm(*(int(c.q) for c in polynomial.coeffs()))


def _number(value: int) -> str:
    return str(value) if value >= 0 else f"({value})"


def _powers(powers: Powers) -> str:
    return chain("pw", "p0", (f"{index} {power}" for index, power in powers.items() if power))


def _steps(steps: list[str], end: str) -> str:
    return f"Steps {chain('sc', 's0', (f'({step})' for step in steps))} ({end})" if steps else end


def _nested(name: str, items: list[str]) -> str:
    """A left-nested application of a binary constructor."""
    text = items[0]
    for item in items[1:]:
        text = f"({name} {text} {item})"
    return text


_KINDS = {
    "<": (">",), ">": (">",), "<=": (">", ">="), ">=": (">", ">="), "=": (), "<>": (">", "!="),
}  # fmt: skip


def conclusion(ledger: Ledger, relation: Comparison) -> str:
    """The checker's conclusion of a relation from the facts of a ledger.

    A NoCounterpartError where they do not show it.
    """
    difference = difference_of(relation)
    divisors = [ledger.product(p) for p in ledger.divisors(difference)]
    above, below = ledger.quotient(difference)
    is_ordered = relation.operator not in ("=", "<>")
    denominator = ledger.strict_product(below, kinds=(">",) if is_ordered else (">", "!="))
    numerator = _numerator(ledger, above, _KINDS[relation.operator])
    if numerator is None or denominator is None:
        raise NoCounterpartError("a relation that does not follow from its factors' signs")
    parts = (weighted_list(part) for part in (divisors, [numerator], [denominator]))
    return f"(by_signs {' '.join(parts)})"


def _numerator(ledger: Ledger, above: Polynomial, kinds: tuple[str, ...]) -> Weighted | None:
    """A numerator as a product of facts."""
    if above == 0:
        return Fraction(0), {}
    zero = _zero(ledger, above) if "!=" not in kinds and kinds != (">",) else None
    if zero is not None:
        return zero
    whole, content = primitive(above)
    found = ledger.signed(whole, kinds)
    if found is not None:
        index, sign = found
        return content * sign, {index: 1}
    return ledger.strict_product(above, kinds=kinds, squares=True) if kinds else None


def _zero(ledger: Ledger, above: Polynomial) -> Weighted | None:
    """A numerator with a factor that is zero."""
    for part, _ in factors(above)[1]:
        factor, _ = primitive(part)
        found = ledger.signed(factor, ("==",))
        if found is not None:
            index, sign = found
            cofactor = sign * (above / factor)
            index = ledger.sum(above, "==", (Fraction(1), {}), [], [(cofactor, index)])
            return Fraction(1), {index: 1}
    return None
