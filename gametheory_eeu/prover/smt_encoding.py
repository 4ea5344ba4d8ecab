"""Three-valued translation from SymPy to SMT-LIB: where a statement is true, where false.

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
from flint import Ordering, fmpq_mpoly_ctx

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import rational
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.errors import UnsupportedError, short_repr
from gametheory_eeu.prover import transcendentals
from gametheory_eeu.prover.indeterminates import (
    CASE_FUNCTIONS,
    assumptions,
    cases,
    unknown_key,
    unknowns,
    unsupported_error,
)
from gametheory_eeu.prover.rational_function import (
    FALSE,
    TRUE,
    Polynomial,
    Quotient,
    atomic_formula,
    conj,
    disj,
    implies,
)

Truth = tuple[str, str]
"""The formulas "defined and true" and "defined and false"."""


MAX_DEGREE = 200
"""The highest degree of a polynomial, and of a root, that is put to a solver."""
MAX_EXPANDED_SIZE = 50_000
"""Of a polynomial that is multiplied out: its terms times its degree."""
_MAX_ATOMS = 8
"""The most atoms of which sums are looked for."""


class Encoder:
    """The formulas of some statements over shared unknowns.

    A relaxed one reads logarithms and exponentials as unknowns of which less is known than is true;
    others refuse them.
    """

    def __init__(self, statements: Iterable[Boolean | Expr], relaxed: bool = False) -> None:
        self._relaxed = relaxed
        self.atoms: dict[Expr, transcendentals.Transcendental] = {}
        self.names = unknowns(statements)
        self.context = fmpq_mpoly_ctx.get(tuple(self.names.values()), Ordering.lex)
        self.generators = dict(zip(self.names, self.context.gens(), strict=True))
        self.definitions: list[str] = []
        self.expanded_size = 0
        self._quotients: dict[Expr, Quotient] = {}
        self._definedness: dict[Expr, str] = {}

    @property
    def declarations(self) -> list[str]:
        """The unknowns, with what each stands for, and the symbols' own assumptions."""
        lines = []
        for key, name in self.names.items():
            note = "" if f"${key}" == name else " ; " + " ".join(str(key).split())
            lines.append(f"(declare-const {name} Real){note}")
        relations = (a for s in self.names if isinstance(s, sp.Symbol) for a in assumptions(s))
        return lines + [f"(assert {self.truth(a)[0]})" for a in relations]

    @property
    def relations(self) -> list[str]:
        """Axioms that relate the atoms that were read, two or three at a time."""
        atoms, lines = list(self.atoms.values()), []
        for index, a in enumerate(atoms):
            for b in atoms[:index]:
                defined = conj(a.defined, b.defined)
                lines += [
                    implies(defined, formula) for formula in transcendentals.pair_axioms(a, b)
                ]
        for group, formula in transcendentals.sum_axioms(atoms[:_MAX_ATOMS]):
            lines.append(implies(conj(*(a.defined for a in group)), formula))
        return [f"(assert {line})" for line in lines]

    def sharper_bounds(self) -> list[str]:
        """Sharper bounds on the atoms, sharp at 1."""
        pairs = [(a, f) for a in self.atoms.values() for f in transcendentals.axioms(a, True)]
        return [f"(assert {implies(atom.defined, formula)})" for atom, formula in pairs]

    def bounds_at(self, expansions: Iterable[tuple[Expr, Expr]]) -> list[str]:
        """Bounds on the atoms that are sharp at given arguments."""
        atoms = ((self.atoms[node], center) for node, center in expansions)
        pairs = [(atom, transcendentals.bounds_at(atom, center)) for atom, center in atoms]
        return [f"(assert {implies(atom.defined, f)})" for atom, f in pairs if f is not None]

    def truth(self, statement: Boolean) -> Truth:
        """The formulas for where a statement is true and where it is false."""
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
        return _kleene_connective(statement, [t for t, _ in parts], [f for _, f in parts])

    def quotient(self, expr: Expr) -> Quotient:
        """The expression as a quotient of polynomials in the unknowns."""
        if expr not in self._quotients:
            self._quotients[expr] = self._check_size(self._quotient(expr), expr)
        return self._quotients[expr]

    def _check_size(self, quotient: Quotient, expr: Expr) -> Quotient:
        for polynomial in (quotient.above, quotient.below):
            degree = _degree(polynomial)
            _check_degree(degree, expr)
            self.expanded_size = max(self.expanded_size, len(polynomial) * degree)
        return quotient

    def difference(self, relation: Boolean) -> Quotient:
        """The left side of a relation less its right side."""
        difference = _sum(relation, self.quotient(relation.lhs), -self.quotient(relation.rhs))
        return self._check_size(difference, relation)

    def expression(self, polynomial: Polynomial) -> Expr:
        """The polynomial in SymPy's terms again."""
        return polynomial_expression(polynomial, self.names)

    def _relation(self, relation: Boolean) -> Truth:
        standalone = _standalone(relation)
        if standalone is not None and standalone.names.items() <= self.names.items():
            self.expanded_size = max(self.expanded_size, standalone.expanded_size)
            return standalone.truth
        return self._compare(relation)

    def _compare(self, relation: Boolean) -> Truth:
        for infinite, finite in (relation.args, relation.args[::-1]):
            if infinite in (sp.oo, -sp.oo):
                defined = self.quotient(finite).defined
                is_true = relation.xreplace({finite: sp.Integer(0)}) == sp.true
                return (defined, FALSE) if is_true else (FALSE, defined)
        difference = self.difference(relation)
        defined, opposite = difference.defined, relation.negated.rel_op
        return (conj(defined, difference.compare(relation.rel_op)),
                conj(defined, difference.compare(opposite)))  # fmt: skip

    def _quotient(self, expr: Expr) -> Quotient:
        if isinstance(expr, (sp.Rational, sp.Float)):
            value = expr if isinstance(expr, sp.Rational) else rational(expr)
            return self._from_polynomial(self._constant(value))
        if isinstance(expr, sp.Symbol):
            return self._from_polynomial(self.generators[expr])
        if isinstance(expr, sp.Add):
            return reduce(partial(_sum, expr), map(self.quotient, expr.args))
        if isinstance(expr, sp.Mul):
            return reduce(partial(_product, expr), map(self.quotient, expr.args))
        if isinstance(expr, sp.Pow) and isinstance(expr.exp, sp.Rational):
            return self._power(expr)
        if isinstance(expr, sp.CRootOf) and expr.is_real:
            return self._algebraic(expr)
        if isinstance(expr, CASE_FUNCTIONS):
            return self._case_quotient(expr)
        if self._relaxed and transcendentals.is_atom(expr):
            return self._atom(expr)
        if expr in (sp.nan, sp.zoo, sp.oo, -sp.oo):
            return self._from_polynomial(self._constant(sp.Integer(0)), FALSE)
        raise unsupported_error(expr)

    def _constant(self, value: Expr) -> Polynomial:
        return self.context.constant(to_fmpq(value))

    def _from_polynomial(self, polynomial: Polynomial, defined: str = TRUE) -> Quotient:
        return Quotient(polynomial, self.context.constant(1), defined)

    def _power(self, power: Expr) -> Quotient:
        base, exponent = self.quotient(power.base), power.exp
        _check_power(base, power)
        if exponent.is_Integer:
            return base ** int(exponent)
        key = unknown_key(power)
        root = self._from_polynomial(self.generators[key])
        if key not in self._definedness:
            self._definedness[key] = conj(base.defined, base.compare(">="))
            is_root = conj(root.compare(">="), base.equals(self.generators[key] ** int(exponent.q)))
            self._assert(implies(self._definedness[key], is_root))
        defined = conj(self._definedness[key], base.compare(">") if exponent < 0 else TRUE)
        value = root ** int(exponent.p)
        return Quotient(value.above, value.below, defined)

    def _algebraic(self, root: Expr) -> Quotient:
        _check_degree(root.poly.degree(), root)
        unknown = self.generators[root]
        if root not in self._definedness:
            self._definedness[root] = TRUE
            (low, high), _ = root.poly.intervals()[root.index]
            terms = (self._constant(c) * unknown**k for (k,), c in root.poly.terms())
            from_low, from_high = (
                self._from_polynomial(unknown - self._constant(end)) for end in (low, high)
            )
            is_between = conj(from_low.compare(">="), from_high.compare("<="))
            self._assert(conj(atomic_formula("=", sum(terms)), is_between))
        return self._from_polynomial(unknown)

    def _atom(self, node: Expr) -> Quotient:
        unknown = self._from_polynomial(self.generators[node])
        if node not in self.atoms:
            arguments = tuple(map(self.quotient, node.args))
            one = self._from_polynomial(self._constant(sp.Integer(1)))
            defined = self._definition_name(
                node, transcendentals.domain_formula(node, arguments, one)
            )
            self.atoms[node] = transcendentals.Transcendental(
                node, unknown, arguments, defined, one
            )
            for formula in transcendentals.axioms(self.atoms[node], closely=False):
                self._assert(implies(defined, formula))
        return self._from_polynomial(self.generators[node], self.atoms[node].defined)

    def _definition_name(self, node: Expr, formula: str) -> str:
        """The name of the formula for where a node is defined."""
        if formula in (TRUE, FALSE):
            return formula
        name = f"{self.names[node]}-defined"
        self.definitions.append(f"(define-fun {name} () Bool {formula})")
        return name

    def _case_quotient(self, node: Expr) -> Quotient:
        unknown = self.generators[node]
        if node not in self._definedness:
            branches = [
                (self.truth(condition)[0], self.quotient(value)) for condition, value in cases(node)
            ]
            domains = [conj(condition, value.defined) for condition, value in branches]
            for domain, (_, value) in zip(domains, branches, strict=True):
                self._assert(implies(domain, value.equals(unknown)))
            self._definedness[node] = self._definition_name(node, disj(*domains))
        return self._from_polynomial(unknown, self._definedness[node])

    def _assert(self, formula: str) -> None:
        self.definitions.append(f"(assert {formula})")


def polynomial_expression(polynomial: Polynomial, variables: Iterable[Expr]) -> Expr:
    """A polynomial in SymPy's terms; of more variables than are named only the first occur."""
    symbols = list(variables)
    return sp.Add(
        *(
            to_sympy(c) * sp.Mul(*(v ** int(k) for v, k in zip(symbols, powers) if k))  # noqa: B905
            for powers, c in polynomial.to_dict().items()
        )
    )


class _StandaloneRelation(NamedTuple):
    """A relation of symbols only, read by itself: every question on a space asks for it again."""

    names: dict[Expr, str]
    truth: Truth
    expanded_size: int


@lru_cache(maxsize=8192)
def _standalone(relation: Boolean) -> _StandaloneRelation | None:
    """The relation read by itself; None where it brings unknowns that others may share."""
    names = unknowns([relation])
    if any(name != f"${key}" for key, name in names.items()):
        return None
    encoder = Encoder([relation])
    return _StandaloneRelation(names, encoder._compare(relation), encoder.expanded_size)


def _sum(expr: Expr, left: Quotient, right: Quotient) -> Quotient:
    """The sum, if it is of moderate size; a common denominator is multiplied out."""
    if left.below != right.below:
        _check_product(left.above, right.below, expr)
        _check_product(right.above, left.below, expr)
        _check_product(left.below, right.below, expr)
    return left + right


def _product(expr: Expr, left: Quotient, right: Quotient) -> Quotient:
    """The product, if it is of moderate size."""
    _check_product(left.above, right.above, expr)
    _check_product(left.below, right.below, expr)
    return left * right


def _check_product(a: Polynomial, b: Polynomial, expr: Expr) -> None:
    """Refuse a product before it is multiplied out."""
    degree = _degree(a) + _degree(b)
    _check_degree(degree, expr)
    _check_expanded_size(len(a) * len(b), degree, a, expr)


def _check_power(base: Quotient, power: Expr) -> None:
    """Refuse a power before it is multiplied out."""
    exponent = max(abs(power.exp.p), power.exp.q)
    _check_degree(exponent, power)
    for polynomial in (base.above, base.below):
        degree = _degree(polynomial) * abs(power.exp.p)
        _check_degree(degree, power)
        terms = comb(len(polynomial) + exponent - 1, exponent) if len(polynomial) else 0
        _check_expanded_size(terms, degree, polynomial, power)


def _check_expanded_size(terms: int, degree: int, polynomial: Polynomial, expr: Expr) -> None:
    """Refuse a polynomial of more than moderate size, by a bound on its terms."""
    terms = min(terms, comb(polynomial.context().nvars() + degree, degree))
    if terms * degree > MAX_EXPANDED_SIZE:
        raise UnsupportedError(
            f"{short_repr(expr)} has too many terms to be multiplied out: {terms} of degree "
            f"{degree}, where {MAX_EXPANDED_SIZE // degree} of that degree are read; write one "
            "symbol for a part of it, and say in given= what is known of the symbol"
        )


def _check_degree(degree: int, expr: Expr) -> None:
    if degree > MAX_DEGREE:
        raise UnsupportedError(
            f"the prover reads polynomials up to degree {MAX_DEGREE}, and {short_repr(expr)} has "
            f"degree {degree}"
        )


def _degree(polynomial: Polynomial) -> int:
    return 0 if polynomial.is_constant() else int(polynomial.total_degree())


def _kleene_connective(statement: Boolean, true: list[str], false: list[str]) -> Truth:
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
