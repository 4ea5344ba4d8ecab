"""Formulas of SMT-LIB, and quotients of polynomials that remember where they are defined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from typing import Any, TypeAlias

from gametheory_eeu._types import Expr

TRUE, FALSE = "true", "false"
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}


def conj(*parts: str) -> str:
    """The conjunction of some formulas."""
    return _connective("and", TRUE, FALSE, parts)


def disj(*parts: str) -> str:
    """The disjunction of some formulas."""
    return _connective("or", FALSE, TRUE, parts)


def neg(part: str) -> str:
    """The negation of a formula."""
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    for relation, opposite in _OPPOSITE.items():
        if part.startswith(f"({relation} "):
            return f"({opposite} {part[len(relation) + 2 :]}"
    return part[5:-1] if part.startswith("(not ") else f"(not {part})"


def implies(cause: str, effect: str) -> str:
    """The implication of the effect by the cause."""
    return disj(neg(cause), effect)


def numeral(value: Expr) -> str:
    """An exact rational, SymPy's or flint's, as a numeral."""
    numerator, denominator = int(value.p), int(value.q)
    text = str(abs(numerator)) if denominator == 1 else f"(/ {abs(numerator)} {denominator})"
    return f"(- {text})" if numerator < 0 else text


def _connective(operator: str, neutral: str, absorbing: str, parts: Iterable[str]) -> str:
    operands = [part for part in dict.fromkeys(parts) if part != neutral]
    if absorbing in operands:
        return absorbing
    if len(operands) < 2:
        return operands[0] if operands else neutral
    return f"({operator} {' '.join(operands)})"


Polynomial: TypeAlias = Any
"""A python-flint ``fmpq_mpoly``; its generators bear the names of SMT-LIB constants."""

Factors: TypeAlias = tuple[Any, list[tuple[Polynomial, int]]]
"""A constant and the irreducible factors, each with its multiplicity."""


@dataclass(frozen=True)
class Quotient:
    """``above / below`` wherever the formula ``defined`` holds; ``below`` is not zero there.

    Common factors are cancelled, so ``x/x`` is 1 where ``defined`` says that x is not zero.
    """

    above: Polynomial
    below: Polynomial
    defined: str = TRUE

    def __add__(self, other: Quotient) -> Quotient:
        common = self.below.gcd(other.below)
        self_cofactor, other_cofactor = other.below / common, self.below / common
        above = self.above * self_cofactor + other.above * other_cofactor
        return _lowest_terms(above, self.below * self_cofactor, conj(self.defined, other.defined))

    def __mul__(self, other: Quotient) -> Quotient:
        defined = conj(self.defined, other.defined)
        return _lowest_terms(self.above * other.above, self.below * other.below, defined)

    def __neg__(self) -> Quotient:
        return Quotient(-self.above, self.below, self.defined)

    def __sub__(self, other: Quotient) -> Quotient:
        return self + -other

    def __pow__(self, exponent: int) -> Quotient:
        if exponent >= 0:
            return Quotient(self.above**exponent, self.below**exponent, self.defined)
        defined = conj(self.defined, self.compare("!="))
        if self.above == 0:
            return Quotient(self.above, self.below, FALSE)
        return Quotient(self.below**-exponent, self.above**-exponent, defined)

    def compare(self, relation: str) -> str:
        """The formula "self relation 0", right wherever the quotient is defined.

        It speaks of the signs of irreducible factors only: solvers decide those far sooner than
        the sign of their product, and every statement about a factor shares the factor's atom.
        """
        if relation in ("==", "!="):
            zero = FALSE if self.above != 0 else TRUE
            zero = disj(zero, *(atomic_formula("=", f) for f, _ in self._factors[0][1]))
            return zero if relation == "==" else neg(zero)
        if relation in (">=", "<="):
            return neg(self._strict_comparison("<" if relation == ">=" else ">"))
        return self._strict_comparison(relation)

    def _strict_comparison(self, relation: str) -> str:
        if self.above == 0:
            return FALSE
        (c, above), (d, below) = self._factors
        odd = [f for f, k in (*above, *below) if k % 2]
        nonzero = [neg(atomic_formula("=", f)) for f, k in above if k % 2 == 0]
        positive = (c * d > 0) == (relation == ">")
        return conj(*nonzero, _product_sign(odd, positive))

    @cached_property
    def _factors(self) -> tuple[Factors, Factors]:
        return factors(self.above), factors(self.below)

    def equals(self, unknown: Polynomial) -> str:
        """The formula "unknown is this quotient", without a division."""
        return atomic_formula("=", unknown * self.below - self.above)


@dataclass(frozen=True)
class _Written:
    """A polynomial that is hashable: flint writes one in a hundredth of the time of factoring."""

    context: Any
    text: str
    polynomial: Polynomial = field(compare=False)


def factors(polynomial: Polynomial) -> Factors:
    """A constant and the irreducible factors, each with its multiplicity."""
    constant, pairs = _factors(_Written(polynomial.context(), str(polynomial), polynomial))
    return constant, list(pairs)


@lru_cache(maxsize=16384)
def _factors(written: _Written) -> tuple[Any, tuple[tuple[Polynomial, int], ...]]:
    constant, pairs = written.polynomial.factor()
    return constant, tuple((f, int(k)) for f, k in pairs)


def atomic_formula(relation: str, polynomial: Polynomial) -> str:
    """The formula "polynomial relation 0"."""
    if polynomial.is_constant():
        value = polynomial.leading_coefficient() if polynomial != 0 else 0
        return TRUE if {"=": value == 0, ">": value > 0, "<": value < 0}[relation] else FALSE
    return f"({relation} {term(polynomial)} 0)"


def term(polynomial: Polynomial) -> str:
    """The polynomial as an SMT-LIB sum of products."""
    names = polynomial.context().names()
    products = []
    for exponents, coefficient in polynomial.to_dict().items():
        powers = [name for name, k in zip(names, exponents, strict=True) for _ in range(int(k))]
        scale = [] if powers and coefficient == 1 else [numeral(coefficient)]
        products.append(_application("*", scale + powers))
    return _application("+", products) if products else "0"


def _application(operator: str, operands: list[str]) -> str:
    return operands[0] if len(operands) == 1 else f"({operator} {' '.join(operands)})"


def _product_sign(odd: list[Polynomial], positive: bool) -> str:
    """The formula that the product of some factors is positive (or negative)."""
    if not odd:
        return TRUE if positive else FALSE
    if len(odd) == 1:
        return atomic_formula(">" if positive else "<", odd[0])
    signs = (atomic_formula("<", f) for f in odd)
    negative = reduce(lambda first, second: f"(xor {first} {second})", signs)
    nonzero = (neg(atomic_formula("=", f)) for f in odd)
    return conj(*nonzero, neg(negative) if positive else negative)


def _lowest_terms(above: Polynomial, below: Polynomial, defined: str) -> Quotient:
    common = above.gcd(below) if above != 0 else below
    return Quotient(above / common, below / common, defined)
