"""From SymPy to SMT-LIB, three-valued: where a statement is true, and where it is false.

A statement is *true* where it is defined and holds and *false* where it is defined and fails;
elsewhere it is neither. ``And`` and ``Or`` are Kleene's, a branch of a Piecewise counts only where
its own condition is true and the earlier ones are false, a quotient needs a denominator that is not
zero, and a rational power is the real root of a base that is not negative.

What is not a polynomial becomes an unknown with the conditions that define it. Each of these
conditions is guarded by the definedness of what it speaks of, so that every point of the space
extends to the unknowns and none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial, reduce
from math import comb
from typing import NamedTuple

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import rational
from gametheory_eeu.errors import UnsupportedError, shown
from gametheory_eeu.prover import transcendentals
from gametheory_eeu.prover.indeterminates import (
    BY_CASES,
    assumptions,
    cases,
    unknown_of,
    unknowns,
    unsupported,
)
from gametheory_eeu.prover.rational_function import Polynomial, Quotient, atom
from gametheory_eeu.prover.smt_formula import FALSE, TRUE, conj, disj, implies

Truth = tuple[str, str]
"""The formulas "defined and true" and "defined and false"."""


MOST_DEGREE = 200
"""The highest degree of a polynomial, and of a root, that is put to a solver."""
MOST_LETTERS = 50_000
"""Of a polynomial that is multiplied out: its terms times its degree."""
_MOST_ATOMS = 8
"""The most atoms of which sums are looked for."""


class Encoder:
    """The formulas of some statements over shared unknowns.

    Parameters
    ----------
    statements : iterable of SymPy Booleans and expressions
        Everything that will be asked about.
    relaxed : bool
        Whether logarithms and exponentials are read, as unknowns of which less is known than is
        true; otherwise they are refused.
    """

    def __init__(self, statements: Iterable[Boolean | Expr], relaxed: bool = False) -> None:
        self._relaxed = relaxed
        self.atoms: dict[Expr, transcendentals.Atom] = {}
        self.names = unknowns(statements)
        self.context = fmpq_mpoly_ctx.get(tuple(self.names.values()), Ordering.lex)
        self.generators = dict(zip(self.names, self.context.gens(), strict=True))
        self.definitions: list[str] = []
        self.letters = 0
        self._quotients: dict[Expr, Quotient] = {}
        self._defined: dict[Expr, str] = {}

    @property
    def declarations(self) -> list[str]:
        """The unknowns, with what each stands for, and the symbols' own assumptions."""
        lines = []
        for key, name in self.names.items():
            note = "" if f"${key}" == name else " ; " + " ".join(str(key).split())
            lines.append(f"(declare-const {name} Real){note}")
        assumed = (a for s in self.names if isinstance(s, sp.Symbol) for a in assumptions(s))
        return lines + [f"(assert {self.truth(a)[0]})" for a in assumed]

    @property
    def relations(self) -> list[str]:
        """What holds between the atoms that were read, two or three at a time."""
        found, lines = list(self.atoms.values()), []
        for place, a in enumerate(found):
            for b in found[:place]:
                both = conj(a.defined, b.defined)
                lines += [implies(both, formula) for formula in transcendentals.between(a, b)]
        for some, formula in transcendentals.sums(found[:_MOST_ATOMS]):
            lines.append(implies(conj(*(a.defined for a in some)), formula))
        return [f"(assert {line})" for line in lines]

    def sharper(self, places: Iterable[tuple[Expr, Expr]] = ()) -> list[str]:
        """More of what holds of the atoms: bounds that are sharp at 1, or at some places."""
        known, at = transcendentals.known, transcendentals.at
        found = [(atom, formula) for atom in self.atoms.values() for formula in known(atom, True)]
        found += [(self.atoms[node], formula) for node, place in places
                  if (formula := at(self.atoms[node], place)) is not None]  # fmt: skip
        return [f"(assert {implies(atom.defined, formula)})" for atom, formula in found]

    def truth(self, statement: Boolean) -> Truth:
        """Where the statement is true and where it is false."""
        if statement in (sp.true, sp.false):
            return (TRUE, FALSE) if statement == sp.true else (FALSE, TRUE)
        if isinstance(statement, sp.core.relational.Relational):
            return self._relation(statement)
        if not isinstance(statement, (sp.And, sp.Or, sp.Not, sp.Implies, sp.Equivalent, sp.ITE)):
            raise UnsupportedError(
                f"{statement} is not a condition the prover reads; it reads relations between real "
                "expressions, And, Or, Not, Implies, Equivalent, ITE, true and false"
            )
        parts = [self.truth(part) for part in statement.args]
        return _connected(statement, [t for t, _ in parts], [f for _, f in parts])

    def quotient(self, expr: Expr) -> Quotient:
        """The expression as a quotient of polynomials in the unknowns."""
        if expr not in self._quotients:
            self._quotients[expr] = self._counted(self._quotient(expr), expr)
        return self._quotients[expr]

    def _counted(self, quotient: Quotient, expr: Expr) -> Quotient:
        for polynomial in (quotient.above, quotient.below):
            degree = _degree(polynomial)
            _check_degree(degree, expr)
            self.letters = max(self.letters, len(polynomial) * degree)
        return quotient

    def difference(self, relation: Boolean) -> Quotient:
        """The left side of a relation less its right side."""
        difference = _sum(relation, self.quotient(relation.lhs), -self.quotient(relation.rhs))
        return self._counted(difference, relation)

    def expression(self, polynomial: Polynomial) -> Expr:
        """The polynomial in SymPy's terms again."""
        return sp.Add(
            *(
                sp.Rational(int(c.p), int(c.q)) * sp.Mul(*map(sp.Pow, self.names, map(int, powers)))
                for powers, c in polynomial.to_dict().items()
            )
        )

    def _relation(self, relation: Boolean) -> Truth:
        alone = _alone(relation)
        if alone is not None and alone.names.items() <= self.names.items():
            self.letters = max(self.letters, alone.letters)
            return alone.truth
        return self._read(relation)

    def _read(self, relation: Boolean) -> Truth:
        for infinite, other in (relation.args, relation.args[::-1]):
            if infinite in (sp.oo, -sp.oo):
                defined = self.quotient(other).defined
                holds = relation.xreplace({other: sp.Integer(0)}) == sp.true
                return (defined, FALSE) if holds else (FALSE, defined)
        difference = self.difference(relation)
        defined, opposite = difference.defined, relation.negated.rel_op
        return (conj(defined, difference.compare(relation.rel_op)),
                conj(defined, difference.compare(opposite)))  # fmt: skip

    def _quotient(self, expr: Expr) -> Quotient:
        if isinstance(expr, (sp.Rational, sp.Float)):
            value = expr if isinstance(expr, sp.Rational) else rational(expr)
            return self._whole(self._constant(value))
        if isinstance(expr, sp.Symbol):
            return self._whole(self.generators[expr])
        if isinstance(expr, sp.Add):
            return reduce(partial(_sum, expr), map(self.quotient, expr.args))
        if isinstance(expr, sp.Mul):
            return reduce(partial(_product, expr), map(self.quotient, expr.args))
        if isinstance(expr, sp.Pow) and isinstance(expr.exp, sp.Rational):
            return self._power(expr)
        if isinstance(expr, sp.CRootOf) and expr.is_real:
            return self._algebraic(expr)
        if isinstance(expr, BY_CASES):
            return self._by_cases(expr)
        if self._relaxed and transcendentals.is_atom(expr):
            return self._atom(expr)
        if expr in (sp.nan, sp.zoo, sp.oo, -sp.oo):
            return self._whole(self._constant(sp.Integer(0)), FALSE)
        raise unsupported(expr)

    def _constant(self, value: Expr) -> Polynomial:
        return self.context.constant(fmpq(int(value.p), int(value.q)))

    def _whole(self, polynomial: Polynomial, defined: str = TRUE) -> Quotient:
        return Quotient(polynomial, self.context.constant(1), defined)

    def _power(self, power: Expr) -> Quotient:
        base, exponent = self.quotient(power.base), power.exp
        _check_power(base, power)
        if exponent.is_Integer:
            return base ** int(exponent)
        key = unknown_of(power)
        root = self._whole(self.generators[key])
        if key not in self._defined:
            self._defined[key] = conj(base.defined, base.compare(">="))
            is_root = conj(root.compare(">="), base.equals(self.generators[key] ** int(exponent.q)))
            self._assert(implies(self._defined[key], is_root))
        defined = conj(self._defined[key], base.compare(">") if exponent < 0 else TRUE)
        value = root ** int(exponent.p)
        return Quotient(value.above, value.below, defined)

    def _algebraic(self, root: Expr) -> Quotient:
        _check_degree(root.poly.degree(), root)
        unknown = self.generators[root]
        if root not in self._defined:
            self._defined[root] = TRUE
            (low, high), _ = root.poly.intervals()[root.index]
            terms = (self._constant(c) * unknown**k for (k,), c in root.poly.terms())
            from_low, from_high = (
                self._whole(unknown - self._constant(end)) for end in (low, high)
            )
            inside = conj(from_low.compare(">="), from_high.compare("<="))
            self._assert(conj(atom("=", sum(terms)), inside))
        return self._whole(unknown)

    def _atom(self, node: Expr) -> Quotient:
        unknown = self._whole(self.generators[node])
        if node not in self.atoms:
            arguments = tuple(map(self.quotient, node.args))
            one = self._whole(self._constant(sp.Integer(1)))
            defined = self._named(node, transcendentals.domain_of(node, arguments, one))
            self.atoms[node] = transcendentals.Atom(node, unknown, arguments, defined, one)
            for formula in transcendentals.known(self.atoms[node], closely=False):
                self._assert(implies(defined, formula))
        return self._whole(self.generators[node], self.atoms[node].defined)

    def _named(self, node: Expr, formula: str) -> str:
        """A short name for where a node is defined."""
        if formula in (TRUE, FALSE):
            return formula
        name = f"{self.names[node]}-defined"
        self.definitions.append(f"(define-fun {name} () Bool {formula})")
        return name

    def _by_cases(self, node: Expr) -> Quotient:
        unknown = self.generators[node]
        if node not in self._defined:
            found = [
                (self.truth(condition)[0], self.quotient(value)) for condition, value in cases(node)
            ]
            places = [conj(condition, value.defined) for condition, value in found]
            for place, (_, value) in zip(places, found, strict=True):
                self._assert(implies(place, value.equals(unknown)))
            self._defined[node] = self._named(node, disj(*places))
        return self._whole(unknown, self._defined[node])

    def _assert(self, formula: str) -> None:
        self.definitions.append(f"(assert {formula})")


class _Alone(NamedTuple):
    """A relation of symbols only, read by itself: every question on a space asks for it again."""

    names: dict[Expr, str]
    truth: Truth
    letters: int


@lru_cache(maxsize=8192)
def _alone(relation: Boolean) -> _Alone | None:
    """The relation read by itself; None where it brings unknowns that others may share."""
    names = unknowns([relation])
    if any(name != f"${key}" for key, name in names.items()):
        return None
    encoder = Encoder([relation])
    return _Alone(names, encoder._read(relation), encoder.letters)


def _sum(expr: Expr, one: Quotient, other: Quotient) -> Quotient:
    """The sum, if it is of moderate size; a common denominator is multiplied out."""
    if one.below != other.below:
        for a, b in ((one.above, other.below), (other.above, one.below), (one.below, other.below)):
            _check_product(a, b, expr)
    return one + other


def _product(expr: Expr, one: Quotient, other: Quotient) -> Quotient:
    """The product, if it is of moderate size."""
    for a, b in ((one.above, other.above), (one.below, other.below)):
        _check_product(a, b, expr)
    return one * other


def _check_product(a: Polynomial, b: Polynomial, expr: Expr) -> None:
    """Refuse a product before it is multiplied out."""
    degree = _degree(a) + _degree(b)
    _check_degree(degree, expr)
    _check_letters(len(a) * len(b), degree, a, expr)


def _check_power(base: Quotient, power: Expr) -> None:
    """Refuse a power before it is multiplied out."""
    exponent = max(abs(power.exp.p), power.exp.q)
    _check_degree(exponent, power)
    for polynomial in (base.above, base.below):
        degree = _degree(polynomial) * abs(power.exp.p)
        _check_degree(degree, power)
        terms = comb(len(polynomial) + exponent - 1, exponent) if len(polynomial) else 0
        _check_letters(terms, degree, polynomial, power)


def _check_letters(terms: int, degree: int, like: Polynomial, expr: Expr) -> None:
    """Refuse more terms than a polynomial of moderate size has; all there can be bound them."""
    terms = min(terms, comb(like.context().nvars() + degree, degree))
    if terms * degree > MOST_LETTERS:
        raise UnsupportedError(
            f"{shown(expr)} has too many terms to be multiplied out: {terms} of degree {degree}, "
            f"where {MOST_LETTERS // degree} of that degree are read; write one symbol for a part "
            "of it, and say in given= what is known of the symbol"
        )


def _check_degree(degree: int, expr: Expr) -> None:
    if degree > MOST_DEGREE:
        raise UnsupportedError(
            f"the prover reads polynomials up to degree {MOST_DEGREE}, and {shown(expr)} has "
            f"degree {degree}"
        )


def _degree(polynomial: Polynomial) -> int:
    return 0 if polynomial.is_constant() else int(polynomial.total_degree())


def _connected(statement: Boolean, true: list[str], false: list[str]) -> Truth:
    if isinstance(statement, sp.And):
        return conj(*true), disj(*false)
    if isinstance(statement, sp.Or):
        return disj(*true), conj(*false)
    if isinstance(statement, sp.Not):
        return false[0], true[0]
    if isinstance(statement, sp.Implies):
        return disj(false[0], true[1]), conj(true[0], false[1])
    if isinstance(statement, sp.ITE):
        return (disj(conj(true[0], true[1]), conj(false[0], true[2])),
                disj(conj(true[0], false[1]), conj(false[0], false[2])))  # fmt: skip
    defined = (disj(t, f) for t, f in zip(true, false, strict=True))
    return disj(conj(*true), conj(*false)), conj(disj(*true), disj(*false), *defined)


__all__ = ["MOST_DEGREE", "MOST_LETTERS", "Encoder", "Truth"]
