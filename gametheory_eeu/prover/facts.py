"""What is known positive on a space, as polynomials, each with the reason why.

A fact is read off a constraint by dropping factors of known sign, or is a sum of two facts in
which one symbol cancels (Fourier and Motzkin's elimination).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

import sympy as sp
from flint import Ordering, fmpq_mpoly_ctx

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.smt_encoding import Encoder

Kind = Literal[">", ">=", "==", "!="]
"""How a polynomial compares with zero; no fact says "!="."""
_MOST_FACTS = 60


@dataclass(frozen=True, eq=False)
class Fact:
    """A polynomial that is positive, not negative, or zero on the space.

    Parameters
    ----------
    polynomial : flint polynomial
    kind : {">", ">=", "=="}
    source : SymPy relation, or tuple of (multiplier, Fact)
        What it equals up to a positive multiple: the difference of a constraint's sides, or a sum.
    using : tuple of Fact
        The facts that make this multiple, and the multipliers, positive.
    apart : SymPy relation or None
        A constraint that fails where the polynomial is zero: it makes ``>=`` strict.
    """

    polynomial: Polynomial
    kind: Kind
    source: Boolean | tuple[tuple[Polynomial, Fact], ...]
    using: tuple[Fact, ...] = ()
    apart: Boolean | None = None

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """Of each variable, in the order of the context."""
        return tuple(map(int, self.polynomial.degrees()))


Key: TypeAlias = frozenset[Any]
Signed: TypeAlias = tuple[int, tuple[Fact, ...]]
"""A sign, 1 or -1, and the facts that imply it."""
Factored: TypeAlias = tuple[int, tuple[tuple[Key, int, int], ...]]
"""A number's sign; of each factor its key, the sign of its first coefficient, and its power."""


class Bound(NamedTuple):
    """A fact ``slope * symbol + rest``, and the sign of the slope with what implies it."""

    fact: Fact
    slope: Polynomial
    rest: Polynomial
    sign: int
    using: tuple[Fact, ...]


class Linear(NamedTuple):
    """A fact as ``slope * symbol + rest``, with the factors of the slope."""

    slope: Polynomial
    rest: Polynomial
    factors: Factored


class Facts:
    """The facts about some symbols that follow from constraints."""

    def __init__(self, symbols: Iterable[Symbol], constraints: Iterable[Boolean]) -> None:
        self.symbols = tuple(symbols)
        self.context = context_of(self.symbols)
        self.all: list[Fact] = []
        self.clash: Fact | None = None
        """A number that the constraints make positive, and is not: the space is empty."""
        self._strict: dict[Key, tuple[int, Fact]] = {}
        self._known: dict[Key, list[Fact]] = {}
        self._linear: dict[tuple[Fact, int], Linear | None] = {}
        self._bounds: dict[tuple[Fact, int], Bound] = {}
        relations = [*(a for s in self.symbols for a in assumptions(s)), *constraints]
        waiting = [found for r in relations if (found := self._read(r)) is not None]
        while waiting:
            left = [item for item in waiting if not self.add(*item)[0]]
            if len(left) == len(waiting):
                break
            waiting = left

    def add(
        self, product: Polynomial, kind: Kind, source: Any, using: tuple[Fact, ...]
    ) -> tuple[bool, Fact | None]:
        """Note what follows from a product; not done while more than one factor's sign is open."""
        constant, parts = factors(product)
        if kind in (">", "!=") and isinstance(source, sp.Basic) and len(parts) > (kind == ">"):
            for factor, _ in parts:
                self._promote(factor, source)
        if kind == "!=":
            return all(self.sign(factor) is not None for factor, _ in parts), None
        left: Polynomial | None = None
        positive = constant > 0
        for factor, power in parts:
            known = None if parts == [(factor, 1)] else self.sign(factor)
            if known is not None:
                positive ^= known[0] < 0 and power % 2 == 1
                using += known[1]
            elif power % 2 == 0 and kind == ">":
                continue
            elif left is None and (power % 2 or kind == "=="):
                left = factor
            else:
                return False, None
        if left is None:
            return True, None
        oriented = left if positive or kind == "==" else -left
        return True, self._note(Fact(oriented, kind, source, using))

    def _promote(self, factor: Polynomial, source: Boolean) -> None:
        """What is not negative, and whose product with others is not zero, is positive."""
        weak = [f for f in self._known.get(key(factor), ()) if f.kind == ">="]
        if weak and self.sign(factor) is None:
            one = self.context.constant(1)
            self._note(Fact(weak[0].polynomial, ">", ((one, weak[0]),), (), source))

    def sign(self, polynomial: Polynomial) -> Signed | None:
        """The strict sign of a product of known factors."""
        return None if polynomial == 0 else self._signed(_factored(polynomial))

    def _signed(self, product: Factored) -> Signed | None:
        sign, using = product[0], []
        for monic, lead, power in product[1]:
            if monic not in self._strict:
                return None
            known, fact = self._strict[monic]
            sign *= 1 if power % 2 == 0 else known * lead
            using.append(fact)
        return sign, tuple(using)

    def said(self, polynomial: Polynomial) -> tuple[str, Fact] | None:
        """The sign of a polynomial that is itself a fact, up to a number."""
        if polynomial.is_constant():
            return None
        for fact in self._known.get(key(polynomial), ()):
            agree = (fact.polynomial.leading_coefficient() > 0) == (
                polynomial.leading_coefficient() > 0
            )
            signs = {">": "+-", ">=": (">=0", "<=0"), "==": "00"}[fact.kind]
            if fact.kind != ">=" or len(self._known[key(polynomial)]) == 1:
                return signs[0 if agree else 1], fact
        return None

    def bound(self, fact: Fact, place: int) -> Bound | None:
        """The fact as a bound on a symbol in which it is linear, with a slope of known sign."""
        asked = fact, place
        if asked not in self._bounds:
            if asked not in self._linear:
                found = linear(fact.polynomial, place) if fact.degrees[place] == 1 else None
                self._linear[asked] = found and Linear(*found, _factored(found[0]))
            parts = self._linear[asked]
            known = None if parts is None else self._signed(parts.factors)
            if parts is not None and known is not None:
                self._bounds[asked] = Bound(fact, parts.slope, parts.rest, *known)
        return self._bounds.get(asked)

    def eliminated(self, place: int, facts: list[Fact]) -> list[Fact]:
        """Facts without the symbol that follow from those with it."""
        known = [b for fact in facts if (b := self.bound(fact, place)) is not None]
        for one in (bound for bound in known if bound.fact.kind == "=="):
            return [new for other in known if other is not one
                    if (new := self._without(one, other)) is not None]  # fmt: skip
        above, below = ([b for b in known if b.sign == side] for side in (1, -1))
        return [new for a in above for b in below if (new := self._without(a, b)) is not None]

    def _without(self, one: Bound, other: Bound) -> Fact | None:
        """The sum of two facts in which the symbol cancels."""
        f, g = one.fact, other.fact
        if g.kind == "==" and f.kind != "==":
            return self._without(other, one)
        if f.kind == "==":
            terms = ((one.slope * one.sign, g), (-other.slope * one.sign, f))
        else:
            terms = ((other.slope * other.sign, f), (one.slope * one.sign, g))
        by_f, by_g = one.using, other.using
        total = sum(m * fact.polynomial for m, fact in terms)
        kinds = {fact.kind for _, fact in terms} - {"=="}
        kind: Kind = ">" if ">" in kinds else ">=" if kinds else "=="
        if total == 0 or total.is_constant():
            self._number(Fact(total, kind, terms, by_f + by_g))
        if total.is_constant() or len(self.all) > _MOST_FACTS:
            return None
        return self.add(total, kind, terms, by_f + by_g)[1]

    def _number(self, fact: Fact) -> None:
        value = fact.polynomial.leading_coefficient() if fact.polynomial != 0 else 0
        holds = {">": value > 0, ">=": value >= 0, "==": value == 0}[fact.kind]
        self.clash = self.clash if holds else fact

    def _note(self, fact: Fact) -> Fact:
        """The fact, or a stronger one about the same polynomial."""
        lead = fact.polynomial.leading_coefficient()
        monic, sign = key(fact.polynomial), 1 if lead > 0 else -1
        same = self._known.setdefault(monic, [])
        for other in same:
            agree = (other.polynomial.leading_coefficient() > 0) == (lead > 0)
            if other.kind == "==" or (agree and (other.kind == ">" or fact.kind == ">=")):
                return other
            if not agree and ">" in (other.kind, fact.kind):
                self._oppose(fact, other)
        same.append(fact)
        self.all.append(fact)
        if fact.kind == ">":
            self._strict[monic] = sign, fact
        return fact

    def _oppose(self, fact: Fact, other: Fact) -> None:
        """Two facts whose sum, in some multiples, says that zero is positive."""
        a, b = (abs(f.polynomial.leading_coefficient()) for f in (fact, other))
        terms = tuple((self.context.constant(1 / c), f) for c, f in ((a, fact), (b, other)))
        self._number(Fact(self.context.constant(0), ">", terms))

    def _read(self, relation: Boolean) -> tuple[Polynomial, Kind, Boolean, tuple[Fact, ...]] | None:
        found = _product(relation, self.symbols)
        return None if found is None else (*found, relation, ())


@lru_cache(maxsize=8192)
def _product(relation: Boolean, symbols: tuple[Symbol, ...]) -> tuple[Polynomial, Kind] | None:
    """A constraint as a product that is positive wherever the constraint holds."""
    if not isinstance(relation, sp.core.relational.Relational) or not is_rational(relation):
        return None
    equal = isinstance(relation, (sp.Eq, sp.Ne))
    difference = relation.lhs - relation.rhs if equal else relation.gts - relation.lts
    if not set(difference.free_symbols) <= set(symbols):
        return None
    try:
        quotient = Encoder([difference, *symbols]).quotient(difference)
    except UnsupportedError:
        return None
    kind: Kind = relation.rel_op if equal else ">" if relation.rel_op in (">", "<") else ">="
    product = quotient.above if equal else quotient.above * quotient.below
    return None if product.is_constant() else (into(context_of(symbols), product, symbols), kind)


@lru_cache(maxsize=8192)
def is_rational(expr: Boolean) -> bool:
    """Whether only sums, products and whole powers of symbols and rational numbers occur."""
    if isinstance(expr, (sp.Symbol, sp.Rational)):
        return True
    if isinstance(expr, sp.Pow):
        return isinstance(expr.exp, sp.Integer) and is_rational(expr.base)
    readable = isinstance(expr, (sp.Add, sp.Mul, sp.core.relational.Relational))
    return readable and all(map(is_rational, expr.args))


@lru_cache(maxsize=1024)
def context_of(symbols: tuple[Symbol, ...]) -> Any:
    """Polynomials in the symbols, and in two parameters for each of them."""
    names = [f"x{i}" for i, _ in enumerate(symbols)]
    parameters = [f"{letter}{i}" for i, _ in enumerate(symbols) for letter in "st"]
    return fmpq_mpoly_ctx.get((*names, *parameters), Ordering.lex)


def into(context: Any, polynomial: Polynomial, symbols: tuple[Symbol, ...]) -> Polynomial:
    """The polynomial of an encoder in the context of some symbols, which it must not exceed."""
    own = sorted(symbols, key=lambda s: s.name)
    places = [symbols.index(s) for s in own]
    terms = {}
    for powers, coefficient in polynomial.to_dict().items():
        moved = [0] * (3 * len(symbols))
        for place, power in zip(places, powers, strict=True):
            moved[place] = int(power)
        terms[tuple(moved)] = coefficient
    return context.from_dict(terms)


def key(polynomial: Polynomial) -> Key:
    """The same for a polynomial and its multiples; polynomials themselves cannot be hashed."""
    return frozenset((polynomial / polynomial.leading_coefficient()).to_dict().items())


def _factored(polynomial: Polynomial) -> Factored:
    """What the sign of a polynomial that is not zero turns on."""
    constant, parts = factors(polynomial)
    found = ((key(f), 1 if f.leading_coefficient() > 0 else -1, power) for f, power in parts)
    return 1 if constant > 0 else -1, tuple(found)


def by_powers(polynomial: Polynomial, place: int) -> dict[int, Polynomial]:
    """The coefficients of the powers of one variable."""
    found: dict[int, Polynomial] = {}
    gen, power = polynomial.context().gen(place), 0
    while polynomial != 0:
        rest = polynomial.subs({place: 0})
        if rest != 0:
            found[power] = rest
        polynomial, power = (polynomial - rest) / gen, power + 1
    return found


def linear(polynomial: Polynomial, place: int) -> tuple[Polynomial, Polynomial] | None:
    """``(a, b)`` where the polynomial is ``a*x + b`` and a is not zero."""
    if polynomial.degrees()[place] != 1:
        return None
    slope = polynomial.derivative(place)
    return slope, polynomial - slope * polynomial.context().gen(place)


__all__ = [
    "Bound", "Fact", "Facts", "Kind", "Signed", "by_powers", "context_of", "into", "is_rational",
    "key", "linear",
]  # fmt: skip
