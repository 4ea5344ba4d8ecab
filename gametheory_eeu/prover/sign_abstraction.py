"""Conditions as Boolean formulas on the signs of the irreducible polynomials that they share.

A formula is true or false once every polynomial has its sign: -1, 0 or 1. There is no undefined
here: a condition is taken apart so that it is true where it is defined and holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from typing import Protocol, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.signs import ANY_SIGN, SIGNS
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS, unknowns
from gametheory_eeu.prover.rational_function import Polynomial, Quotient, factors, neg, term
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_solvers import ask


class SignVector(Protocol):
    """The sign of each polynomial."""

    def __getitem__(self, index: int, /) -> int:
        """The sign of one polynomial."""
        ...


Literals: TypeAlias = Mapping[int, frozenset[int]]
"""A conjunction: for some of the polynomials, the signs that are allowed."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One polynomial has one of these signs."""

    polynomial: int
    signs: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Junction:
    """A conjunction or disjunction; equal to itself only, so that hashing is free."""

    is_conjunction: bool
    parts: tuple[SignFormula, ...]


SignFormula: TypeAlias = Literal | Junction | bool


def all_of(*parts: SignFormula) -> SignFormula:
    """The conjunction of some formulas."""
    return _junction(True, parts)


def any_of(*parts: SignFormula) -> SignFormula:
    """The disjunction of some formulas."""
    return _junction(False, parts)


def negation(formula: SignFormula) -> SignFormula:
    """The negation of a formula."""
    if isinstance(formula, Literal):
        return Literal(formula.polynomial, ANY_SIGN - formula.signs)
    if isinstance(formula, Junction):
        return _junction(not formula.is_conjunction, tuple(map(negation, formula.parts)))
    return not formula


def conjunction(literals: Literals) -> SignFormula:
    """The literals as a formula."""
    return all_of(*(Literal(k, signs) for k, signs in literals.items()))


def is_satisfied(formula: SignFormula, signs: SignVector) -> bool:
    """Whether the formula is true where the polynomials have these signs."""
    if isinstance(formula, Literal):
        return signs[formula.polynomial] in formula.signs
    if isinstance(formula, Junction):
        return (all if formula.is_conjunction else any)(
            is_satisfied(part, signs) for part in formula.parts
        )
    return formula


def restrict(formula: SignFormula, possible: Sequence[frozenset[int]]) -> SignFormula:
    """The formula restricted to the possible signs of each polynomial."""
    if isinstance(formula, Literal):
        allowed = formula.signs & possible[formula.polynomial]
        if allowed == possible[formula.polynomial]:
            return True
        return Literal(formula.polynomial, allowed) if allowed else False
    if isinstance(formula, Junction):
        return _junction(
            formula.is_conjunction, tuple(restrict(p, possible) for p in formula.parts)
        )
    return formula


def implicant(
    formula: SignFormula, signs: SignVector, cost: Callable[[int], int]
) -> dict[int, frozenset[int]]:
    """An implicant: literals that are true at these signs and imply the formula.

    Of several parts of which one is enough, the one whose polynomials cost least.
    """
    if isinstance(formula, Literal):
        return {formula.polynomial: formula.signs}
    if not isinstance(formula, Junction):
        return {}
    if formula.is_conjunction:
        return reduce(conjoin, (implicant(part, signs, cost) for part in formula.parts), {})
    implicants = [
        implicant(part, signs, cost) for part in formula.parts if is_satisfied(part, signs)
    ]
    return min(implicants, key=lambda literals: sum(map(cost, literals)))


def conjoin(left: Literals, right: Literals) -> dict[int, frozenset[int]]:
    """The conjunction of two conjunctions."""
    result = dict(left)
    for k, signs in right.items():
        result[k] = result.get(k, ANY_SIGN) & signs
    return result


def _junction(is_conjunction: bool, parts: tuple[SignFormula, ...]) -> SignFormula:
    operands: dict[SignFormula, None] = {}
    for part in parts:
        if isinstance(part, Junction) and part.is_conjunction == is_conjunction:
            operands.update(dict.fromkeys(part.parts))
        else:
            operands[part] = None
    if (not is_conjunction) in operands:
        return not is_conjunction
    operands.pop(is_conjunction, None)
    if len(operands) < 2:
        return next(iter(operands), is_conjunction)
    return Junction(is_conjunction, tuple(operands))


_MAX_FACTORS = 8
"""The most factors of one product whose signs are told apart; beyond, the product stays whole."""


class SignAbstraction:
    """Conditions over a space as formulas on the signs of the irreducible polynomials they share.

    A polynomial's place in the list is its name in the formulas; of each condition one is true
    exactly where the condition is defined and true. An UnsupportedError where a condition is
    outside what the prover reads, or turns on a value by cases that is undefined somewhere on the
    space.
    """

    def __init__(self, conditions: Iterable[Boolean], space: Space) -> None:
        self.space, self.conditions = space, list(conditions)
        self.encoder = Encoder([*space.constraints, *self.conditions, *space.symbols])
        self._constraint_formulas = [self.encoder.truth(c)[0] for c in space.constraints]
        self.polynomials: list[Polynomial] = []
        self._indices: dict[str, int] = {}
        self._strict_signs: dict[str, int | None] = {}
        self.formulas = [self.formula(condition) for condition in self.conditions]

    @property
    def expressions(self) -> list[Expr]:
        """The polynomials in SymPy's terms."""
        return [self.encoder.expression(polynomial) for polynomial in self.polynomials]

    @property
    def base(self) -> str:
        """The space in SMT-LIB."""
        assertions = [f"(assert {formula})" for formula in self._constraint_formulas]
        return "\n".join([*self.encoder.declarations, *self.encoder.definitions, *assertions])

    def formula(self, condition: Boolean, truth_value: bool = True) -> SignFormula:
        """A condition as a formula: where it is defined and true, or defined and false.

        SymPy's own normal forms would forget where a part is undefined.
        """
        if condition in (sp.true, sp.false):
            return bool(condition == sp.true) is truth_value
        if isinstance(condition, sp.core.relational.Relational):
            return self._relation(condition if truth_value else condition.negated)
        parts = condition.args
        if isinstance(condition, sp.Not):
            return self.formula(parts[0], not truth_value)
        if isinstance(condition, (sp.And, sp.Or)):
            connective = all_of if isinstance(condition, sp.And) is truth_value else any_of
            return connective(*(self.formula(part, truth_value) for part in parts))
        if isinstance(condition, sp.Implies):
            connective = any_of if truth_value else all_of
            return connective(
                self.formula(parts[0], not truth_value), self.formula(parts[1], truth_value)
            )
        if isinstance(condition, sp.ITE):
            return any_of(*(all_of(self.formula(parts[0], case), self.formula(part, truth_value))
                          for case, part in ((True, parts[1]), (False, parts[2]))))  # fmt: skip
        if isinstance(condition, (sp.Equivalent, sp.Xor)):
            return self.formula(condition.to_nnf(simplify=False), truth_value)
        raise UnsupportedError(f"{condition} is not a condition on the signs of expressions")

    def orientation(self, expression: Expr, index: int) -> int | None:
        """1 or -1 where the expression has, all over the space, that times a polynomial's sign.

        None where it turns on anything else.
        """
        if not unknowns([expression]).keys() <= self.encoder.names.keys():
            return None  # a symbol, a root or a value by cases that no condition has
        quotient = self.encoder.quotient(expression)
        (c, above), (d, below) = factors(quotient.above), factors(quotient.below)
        orientation, is_seen = 1 if c * d > 0 else -1, False
        for polynomial, power in (*above, *below):
            normal_form, lead_sign = _normalize_sign(polynomial)
            if str(normal_form) == str(self.polynomials[index]) and power % 2 and not is_seen:
                orientation, is_seen = orientation * lead_sign, True
                continue
            sign = self.strict_sign(polynomial)
            if sign is None:
                return None
            orientation *= sign if power % 2 else 1
        return orientation if is_seen else None

    def strict_sign(self, polynomial: Polynomial) -> int | None:
        """The strict sign of a polynomial, if it has one all over the space."""
        key = str(polynomial)
        if key not in self._strict_signs:
            claims = ((1, "<="), (-1, ">="))
            self._strict_signs[key] = next(
                (s for s, relation in claims if self._is_never(polynomial, relation)), None
            )
        return self._strict_signs[key]

    def _is_never(self, polynomial: Polynomial, relation: str) -> bool:
        if polynomial.is_constant():
            return bool((polynomial.leading_coefficient() > 0) == (relation == "<="))
        text = f"{self.base}\n(assert ({relation} {term(polynomial)} 0))"
        return ask(text, budget=STEP).status == "unsat"

    def _relation(self, relation: Boolean) -> SignFormula:
        if relation.has(sp.oo, -sp.oo):
            return self._infinite_relation(relation)
        quotient = self.encoder.difference(relation)
        defined = [self._definedness(side) for side in relation.args]
        return all_of(*defined, self._comparison(quotient, relation.rel_op))

    def _infinite_relation(self, relation: Boolean) -> SignFormula:
        finite = [side for side in relation.args if side not in (sp.oo, -sp.oo)]
        at_zero = relation.xreplace(dict.fromkeys(finite, sp.Integer(0)))
        return all_of(bool(at_zero == sp.true), *map(self._definedness, finite))

    def _comparison(self, quotient: Quotient, relation: str) -> SignFormula:
        """The formula "quotient relation 0" where the quotient is defined."""
        if quotient.above == 0:
            return 0 in SIGNS[relation]
        zero = any_of(*(self._sign_literal(f, {0}) for f, _ in factors(quotient.above)[1]))
        if relation in ("==", "!="):
            return zero if relation == "==" else negation(zero)
        strict = self._strict_comparison(quotient, positive=relation[0] == ">")
        return any_of(zero, strict) if relation.endswith("=") else strict

    def _strict_comparison(self, quotient: Quotient, positive: bool) -> SignFormula:
        (c, above), (d, below) = factors(quotient.above), factors(quotient.below)
        odd = [f for f, k in (*above, *below) if k % 2]
        nonzero = [self._sign_literal(f, {-1, 1}) for f, k in above if k % 2 == 0]
        if len(odd) > _MAX_FACTORS:
            odd = [prod(odd[1:], start=odd[0])]
        target = 1 if (c * d > 0) == positive else -1
        sign_choices = (s for s in product((1, -1), repeat=len(odd)) if prod(s) == target)
        conjunctions = (
            all_of(*(self._sign_literal(f, {s}) for f, s in zip(odd, w, strict=True)))
            for w in sign_choices
        )
        return all_of(*nonzero, any_of(*conjunctions))

    def _sign_literal(self, polynomial: Polynomial, signs: Iterable[int]) -> SignFormula:
        index, lead_sign = self._index(polynomial)
        return Literal(index, frozenset(lead_sign * sign for sign in signs))

    def _index(self, polynomial: Polynomial) -> tuple[int, int]:
        normal_form, lead_sign = _normalize_sign(polynomial)
        index = self._indices.setdefault(str(normal_form), len(self.polynomials))
        if index == len(self.polynomials):
            self.polynomials.append(normal_form)
        return index, lead_sign

    def _definedness(self, expr: Expr) -> SignFormula:
        """The formula that no denominator vanishes and that every root has its base."""
        return all_of(*self._definedness_conditions(expr))

    def _definedness_conditions(self, expr: Expr) -> Iterator[SignFormula]:
        if isinstance(expr, CASE_FUNCTIONS):
            self._require_total(expr)
            return
        if isinstance(expr, sp.CRootOf):
            return
        for part in expr.args:
            yield from self._definedness_conditions(part)
        if isinstance(expr, sp.Pow) and isinstance(expr.exp, sp.Rational):
            base = self.encoder.quotient(expr.base)
            if expr.exp.q > 1:
                yield self._comparison(base, ">=" if expr.exp > 0 else ">")
            elif expr.exp < 0:
                yield self._comparison(base, "!=")

    def _require_total(self, expr: Expr) -> None:
        undefined = neg(self.encoder.quotient(expr).defined)
        if ask("\n".join([self.base, f"(assert {undefined})"])).status != "unsat":
            raise UnsupportedError(
                f"{expr} is not proved to be defined everywhere on {self.space}; write its cases "
                "as conditions, or exclude by given= where it is undefined"
            )


def _normalize_sign(polynomial: Polynomial) -> tuple[Polynomial, int]:
    """The polynomial or its negative, whichever begins with a positive coefficient."""
    negative = polynomial.leading_coefficient() < 0
    return (-polynomial, -1) if negative else (polynomial, 1)
