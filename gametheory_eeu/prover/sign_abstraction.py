"""Conditions as formulas on the signs of irreducible polynomials that they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.indeterminates import BY_CASES, unknowns
from gametheory_eeu.prover.rational_function import Polynomial, Quotient, factors, term
from gametheory_eeu.prover.sign_formula import Formula, Literal, every, opposite, some
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_formula import neg
from gametheory_eeu.prover.smt_solvers import ask

_MOST_FACTORS = 8
"""The most factors of one product whose signs are told apart; beyond, the product stays whole."""
_SIGNS = {"==": {0}, "!=": {-1, 1}, ">": {1}, "<": {-1}, ">=": {0, 1}, "<=": {-1, 0}}


class TakenApart:
    """Some conditions over a space, and the polynomials on whose signs they turn.

    Parameters
    ----------
    conditions : iterable of SymPy Booleans
    space : Space

    Attributes
    ----------
    polynomials : list of fmpq_mpoly
        Irreducible, each once; its place is its name in the formulas.
    formulas : list of Formula
        One for each condition: true exactly where the condition is defined and true.

    Raises
    ------
    UnsupportedError
        A condition outside what the prover reads, or one that turns on a value by cases that is
        undefined somewhere on the space.
    """

    def __init__(self, conditions: Iterable[Boolean], space: Space) -> None:
        self.space, self.conditions = space, list(conditions)
        self.encoder = Encoder([*space.constraints, *self.conditions, *space.symbols])
        self._given = [self.encoder.truth(c)[0] for c in space.constraints]
        self.polynomials: list[Polynomial] = []
        self._places: dict[str, int] = {}
        self._fixed: dict[str, int | None] = {}
        self.formulas = [self.formula(condition) for condition in self.conditions]

    @property
    def expressions(self) -> list[Expr]:
        """The polynomials in SymPy's terms."""
        return [self.encoder.expression(polynomial) for polynomial in self.polynomials]

    @property
    def base(self) -> str:
        """The space in SMT-LIB."""
        asserted = [f"(assert {formula})" for formula in self._given]
        return "\n".join([*self.encoder.declarations, *self.encoder.definitions, *asserted])

    @property
    def linear(self) -> bool:
        """Whether the space and every polynomial are linear."""
        ends = [c.lhs - c.rhs for c in self.space.constraints if c.is_Relational]
        if len(ends) < len(self.space.constraints) or self.encoder.definitions:
            return False
        bounds = [self.encoder.quotient(end) for end in ends]
        plain = all(bound.below.is_constant() for bound in bounds)
        return plain and all(map(_is_linear, [*(b.above for b in bounds), *self.polynomials]))

    def formula(self, condition: Boolean, holds: bool = True) -> Formula:
        """A condition as a formula: where it is defined and true, or defined and false.

        SymPy's own normal forms would forget where a part is undefined.
        """
        if condition in (sp.true, sp.false):
            return bool(condition == sp.true) is holds
        if isinstance(condition, sp.core.relational.Relational):
            return self._relation(condition if holds else condition.negated)
        parts = condition.args
        if isinstance(condition, sp.Not):
            return self.formula(parts[0], not holds)
        if isinstance(condition, (sp.And, sp.Or)):
            join = every if isinstance(condition, sp.And) is holds else some
            return join(*(self.formula(part, holds) for part in parts))
        if isinstance(condition, sp.Implies):
            join = some if holds else every
            return join(self.formula(parts[0], not holds), self.formula(parts[1], holds))
        if isinstance(condition, sp.ITE):
            return some(*(every(self.formula(parts[0], case), self.formula(part, holds))
                          for case, part in ((True, parts[1]), (False, parts[2]))))  # fmt: skip
        if isinstance(condition, (sp.Equivalent, sp.Xor)):
            return self.formula(condition.to_nnf(simplify=False), holds)
        raise UnsupportedError(f"{condition} is not a condition on the signs of expressions")

    def orientation(self, expression: Expr, place: int) -> int | None:
        """1 or -1 where the expression has, all over the space, that times a polynomial's sign.

        None where it turns on anything else.
        """
        if not unknowns([expression]).keys() <= self.encoder.names.keys():
            return None  # a symbol, a root or a value by cases that no condition has
        quotient = self.encoder.quotient(expression)
        (c, above), (d, below) = factors(quotient.above), factors(quotient.below)
        turned, met = 1 if c * d > 0 else -1, False
        for polynomial, power in (*above, *below):
            plain, upright = _upright(polynomial)
            if str(plain) == str(self.polynomials[place]) and power % 2 and not met:
                turned, met = turned * upright, True
                continue
            sign = self.fixed(polynomial)
            if sign is None:
                return None
            turned *= sign if power % 2 else 1
        return turned if met else None

    def fixed(self, polynomial: Polynomial) -> int | None:
        """The sign of a polynomial that has one strict sign all over the space."""
        key = str(polynomial)
        if key not in self._fixed:
            ends = ((1, "<="), (-1, ">="))
            self._fixed[key] = next((s for s, end in ends if self._never(polynomial, end)), None)
        return self._fixed[key]

    def _never(self, polynomial: Polynomial, relation: str) -> bool:
        if polynomial.is_constant():
            return bool((polynomial.leading_coefficient() > 0) == (relation == "<="))
        text = f"{self.base}\n(assert ({relation} {term(polynomial)} 0))"
        return ask(text, budget=STEP).status == "unsat"

    def _difference(self, relation: Boolean) -> Quotient:
        return self.encoder.difference(relation)

    def _relation(self, relation: Boolean) -> Formula:
        if relation.has(sp.oo, -sp.oo):
            return self._unbounded(relation)
        quotient = self._difference(relation)
        defined = [self._defined(side) for side in relation.args]
        return every(*defined, self._compared(quotient, relation.rel_op))

    def _unbounded(self, relation: Boolean) -> Formula:
        finite = [side for side in relation.args if side not in (sp.oo, -sp.oo)]
        at_zero = relation.xreplace(dict.fromkeys(finite, sp.Integer(0)))
        return every(bool(at_zero == sp.true), *map(self._defined, finite))

    def _compared(self, quotient: Quotient, relation: str) -> Formula:
        """The formula "quotient relation 0" where the quotient is defined."""
        if quotient.above == 0:
            return 0 in _SIGNS[relation]
        zero = some(*(self._sign(f, {0}) for f, _ in factors(quotient.above)[1]))
        if relation in ("==", "!="):
            return zero if relation == "==" else opposite(zero)
        strict = self._strict(quotient, positive=relation[0] == ">")
        return some(zero, strict) if relation.endswith("=") else strict

    def _strict(self, quotient: Quotient, positive: bool) -> Formula:
        (c, above), (d, below) = factors(quotient.above), factors(quotient.below)
        odd = [f for f, k in (*above, *below) if k % 2]
        apart = [self._sign(f, {-1, 1}) for f, k in above if k % 2 == 0]
        if len(odd) > _MOST_FACTORS:
            odd = [prod(odd[1:], start=odd[0])]
        wanted = 1 if (c * d > 0) == positive else -1
        ways = (s for s in product((1, -1), repeat=len(odd)) if prod(s) == wanted)
        each = (every(*(self._sign(f, {s}) for f, s in zip(odd, w, strict=True))) for w in ways)
        return every(*apart, some(*each))

    def _sign(self, polynomial: Polynomial, signs: Iterable[int]) -> Formula:
        place, turned = self._place(polynomial)
        return Literal(place, frozenset(turned * sign for sign in signs))

    def _place(self, polynomial: Polynomial) -> tuple[int, int]:
        plain, turned = _upright(polynomial)
        place = self._places.setdefault(str(plain), len(self.polynomials))
        if place == len(self.polynomials):
            self.polynomials.append(plain)
        return place, turned

    def _defined(self, expr: Expr) -> Formula:
        """Where no denominator in the expression vanishes and every root has its base."""
        return every(*self._demands(expr))

    def _demands(self, expr: Expr) -> Iterator[Formula]:
        if isinstance(expr, BY_CASES):
            self._check_everywhere(expr)
            return
        if isinstance(expr, sp.CRootOf):
            return
        for part in expr.args:
            yield from self._demands(part)
        if isinstance(expr, sp.Pow) and isinstance(expr.exp, sp.Rational):
            base = self.encoder.quotient(expr.base)
            if expr.exp.q > 1:
                yield self._compared(base, ">=" if expr.exp > 0 else ">")
            elif expr.exp < 0:
                yield self._compared(base, "!=")

    def _check_everywhere(self, expr: Expr) -> None:
        undefined = neg(self.encoder.quotient(expr).defined)
        if ask("\n".join([self.base, f"(assert {undefined})"])).status != "unsat":
            raise UnsupportedError(
                f"{expr} is not proved to be defined everywhere on {self.space}; write its cases "
                "as conditions, or exclude by given= where it is undefined"
            )


def _is_linear(polynomial: Polynomial) -> bool:
    return bool(polynomial.is_constant() or polynomial.total_degree() == 1)


def _upright(polynomial: Polynomial) -> tuple[Polynomial, int]:
    """The polynomial or its negative, whichever begins with a positive coefficient."""
    negative = polynomial.leading_coefficient() < 0
    return (-polynomial, -1) if negative else (polynomial, 1)


__all__ = ["TakenApart"]
