"""Conditions as formulas on exact signs, so that a whole tile is decided at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.rational_forms import lowest_terms
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.signs import ANY_SIGN, SIGNS
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.facts import is_rational
from gametheory_eeu.prover.sign_abstraction import (
    Junction,
    Literal,
    SignFormula,
    all_of,
    any_of,
    negation,
)
from gametheory_eeu.sweeps.sign_tests import (
    GeneralTest,
    PolynomialTest,
    SignArray,
    SignTest,
    WholeTest,
)
from gametheory_eeu.sweeps.tiles import Array, Tile

_MAX_FACTORS = 6
"""The most factors of a product whose signs are told apart; beyond, the product stays whole."""

_MAX_CASES = 16
"""The most cases of values that are told apart in one relation."""


class SignTable(Picklable):
    """The sign tests that some conditions share, each made once.

    A condition becomes a formula on them that is true exactly where the condition is defined and
    true, by Kleene's logic, as everywhere in the library.
    """

    def __init__(self) -> None:
        self.tests: list[SignTest] = []
        self._formulas: dict[tuple[Boolean, bool], SignFormula] = {}
        self._index: dict[tuple[type[SignTest], Expr], int] = {}

    def formula(self, condition: Boolean, truth: bool = True) -> SignFormula:
        """A condition as a formula: where it is defined and true, or defined and false."""
        key = condition, truth
        if key not in self._formulas:
            self._formulas[key] = self._formula(condition, truth)
        return self._formulas[key]

    def _formula(self, condition: Boolean, truth: bool) -> SignFormula:
        if condition in (sp.true, sp.false):
            return bool(condition == sp.true) is truth
        if isinstance(condition, sp.core.relational.Relational):
            return self._relation(condition if truth else condition.negated)
        parts = condition.args
        if isinstance(condition, sp.Not):
            return self.formula(parts[0], not truth)
        if isinstance(condition, (sp.And, sp.Or)):
            join = all_of if isinstance(condition, sp.And) is truth else any_of
            return join(*(self.formula(part, truth) for part in parts))
        if isinstance(condition, sp.Implies):
            join = any_of if truth else all_of
            return join(self.formula(parts[0], not truth), self.formula(parts[1], truth))
        if isinstance(condition, sp.ITE):
            return any_of(*(
                all_of(self.formula(parts[0], case), self.formula(part, truth))
                for case, part in ((True, parts[1]), (False, parts[2]))
            ))  # fmt: skip
        if isinstance(condition, (sp.Equivalent, sp.Xor)):
            return self.formula(condition.to_nnf(simplify=False), truth)
        raise UnsupportedError(f"{condition} is not a condition that a sweep can decide")

    def whole(self, symbol: Symbol) -> SignFormula:
        """Where a symbol's value is a whole number."""
        return Literal(self._test(WholeTest(symbol)), frozenset({1}))

    def _test(self, test: SignTest) -> int:
        key = type(test), test.expr
        if key not in self._index:
            self._index[key] = len(self.tests)
            self.tests.append(test)
        return self._index[key]

    def _relation(self, relation: Boolean) -> SignFormula:
        left, right = relation.args
        signs = SIGNS[relation.rel_op]
        if relation.has(sp.oo, -sp.oo):
            return self._infinite_relation(relation)
        cases = self._cases(relation)
        if cases is not None:
            return cases
        if not is_rational(left) or not is_rational(right):
            difference = sp.Add(left, sp.Mul(-1, right, evaluate=False), evaluate=False)
            return Literal(self._test(GeneralTest(difference)), signs)
        defined = [self._nonzero(base) for side in relation.args for base in _denominators(side)]
        above, below = lowest_terms(left - right)
        return all_of(*defined, self._comparison(above, below, signs))

    def _cases(self, relation: Boolean) -> SignFormula | None:
        """A relation of rational functions and values by cases, case by case; None of others.

        Nothing is put in before all values are chosen: what vanishes still has to be defined.
        """
        pieces = _outermost_pieces(relation)
        if not pieces or prod(len(piece.args) for piece in pieces) > _MAX_CASES:
            return None
        names = {piece: sp.Dummy(real=True) for piece in pieces}
        left, right = (side.xreplace(names) for side in relation.args)
        signs = SIGNS[relation.rel_op]
        if not all(map(is_rational, (left, right, *(v for p in pieces for v, _ in p.args)))):
            return None
        below = [base.xreplace(names) for side in relation.args for base in _denominators(side)]
        formulas: list[SignFormula] = []
        for choice in product(*(enumerate(piece.args) for piece in pieces)):
            values = {names[p]: v for p, (_, (v, _)) in zip(pieces, choice, strict=True)}
            bases = [base.xreplace(values) for base in below]
            bases += [base for value in values.values() for base in _denominators(value)]
            taken = (self._is_chosen(p, k) for p, (k, _) in zip(pieces, choice, strict=True))
            defined = all_of(*taken, *map(self._nonzero, bases))
            if defined is not False:
                quotient = lowest_terms((left - right).xreplace(values))
                formulas.append(all_of(defined, self._comparison(*quotient, signs)))
        return any_of(*formulas)

    def _is_chosen(self, piece: Expr, index: int) -> SignFormula:
        """Where the value of one case is taken: its condition is the first that is true."""
        conditions = [condition for _, condition in piece.args]
        before = (self.formula(condition, False) for condition in conditions[:index])
        return all_of(*before, self.formula(conditions[index]))

    def _infinite_relation(self, relation: Boolean) -> SignFormula:
        finite = [side for side in relation.args if side not in (sp.oo, -sp.oo)]
        at_zero = relation.xreplace(dict.fromkeys(finite, sp.Integer(0)))
        defined = (Literal(self._test(GeneralTest(side)), ANY_SIGN) for side in finite
                   if not is_rational(side) or list(_denominators(side)))  # fmt: skip
        return all_of(bool(at_zero == sp.true), *defined)

    def _comparison(self, above: Expr, below: Expr, signs: frozenset[int]) -> SignFormula:
        """The formula that a quotient of polynomials has one of some signs."""
        constant, factors = sp.factor_list(above)
        lead, divisors = sp.factor_list(below)
        if constant == 0:
            return 0 in signs
        zero = any_of(*(self._literal(f, {0}) for f, _ in factors))
        if signs == frozenset({0}):
            return zero
        if signs == frozenset({-1, 1}):
            return negation(zero)
        if 0 in signs:
            return negation(self._strict(constant * lead, factors, divisors, -max(signs, key=abs)))
        return self._strict(constant * lead, factors, divisors, next(iter(signs)))

    def _strict(
        self,
        lead: Expr,
        factors: list[tuple[Expr, int]],
        divisors: list[tuple[Expr, int]],
        sign: int,
    ) -> SignFormula:
        odd = [f for f, k in (*factors, *divisors) if k % 2]
        nonzero = [self._literal(f, {-1, 1}) for f, k in factors if k % 2 == 0]
        if len(odd) > _MAX_FACTORS:
            odd = [sp.expand(prod(odd))]
        target = sign * (1 if lead > 0 else -1)
        choices = (s for s in product((1, -1), repeat=len(odd)) if prod(s) == target)
        return all_of(*nonzero, any_of(*(
            all_of(*(self._literal(f, {s}) for f, s in zip(odd, w, strict=True)))
            for w in choices
        )))  # fmt: skip

    def _nonzero(self, base: Expr) -> SignFormula:
        if base.has(sp.zoo, sp.nan):
            return False
        above, _ = lowest_terms(base)
        constant, factors = sp.factor_list(above)
        return constant != 0 and all_of(*(self._literal(f, {-1, 1}) for f, _ in factors))

    def _literal(self, polynomial: Expr, signs: set[int]) -> SignFormula:
        positive = sp.Poly(polynomial).LC() > 0 if polynomial.free_symbols else polynomial > 0
        expr, lead = (polynomial, 1) if positive else (sp.expand(-polynomial), -1)
        index = self._test(PolynomialTest(expr))
        return Literal(index, frozenset(lead * sign for sign in signs))


def _outermost_pieces(expr: Expr | Boolean) -> list[Expr]:
    """The values by cases in an expression that are in no other."""
    if isinstance(expr, sp.Piecewise):
        return [expr]
    return list(dict.fromkeys(piece for part in expr.args for piece in _outermost_pieces(part)))


def _denominators(expr: Expr) -> Iterator[Expr]:
    """What stands under a fraction bar, anywhere but in values by cases."""
    traversal = sp.preorder_traversal(expr)
    for node in traversal:
        if isinstance(node, sp.Piecewise):
            traversal.skip()
        elif node.is_Pow and node.exp.is_negative:
            yield node.base


class Signs:
    """The signs of a table's tests on one tile, each worked out when it is first asked for."""

    def __init__(self, table: SignTable, tile: Tile) -> None:
        self.table, self.tile = table, tile
        self._signs: dict[int, SignArray] = {}
        self._truths: dict[SignFormula, Array] = {}
        ones = (1,) * tile.dimension_count
        self._everywhere = {truth: np.full(ones, truth) for truth in (False, True)}

    def __getitem__(self, index: int) -> SignArray:
        if index not in self._signs:
            self._signs[index] = self.table.tests[index].signs(self.tile)
        return self._signs[index]

    def truth(self, formula: SignFormula) -> Array:
        """Where a formula is true, of length one along the dimensions that do not matter."""
        if formula not in self._truths:
            self._truths[formula] = self._truth(formula)
        return self._truths[formula]

    def _truth(self, formula: SignFormula) -> Array:
        if isinstance(formula, Literal):
            return self[formula.polynomial].is_in(formula.signs)
        if isinstance(formula, Junction):
            return self._junction(formula)
        return self._everywhere[formula]

    def _junction(self, formula: Junction) -> Array:
        """All or any of the parts; what is the same everywhere is not spread over the tile."""
        join = np.logical_and if formula.is_conjunction else np.logical_or
        result = self._everywhere[formula.is_conjunction]
        for part in formula.parts:
            truth = self.truth(part)
            if truth.size > 1:
                result = truth if result.size == 1 else join(result, truth)
            elif bool(truth.flat[0]) is not formula.is_conjunction:
                return truth
        return result


def truths(conditions: Iterable[Boolean], tile: Tile) -> list[Array]:
    """Where each of some conditions is true, of length one along dimensions that do not matter.

    Examples
    --------
    >>> from gametheory_eeu.sweeps.tiles import Column
    >>> x = sp.Symbol("x", real=True)
    >>> column = Column(np.array([0.1, 0.3, 0.5]))
    >>> [truth] = truths([10 * x > 3], Tile({x: column}))
    >>> truth.tolist()
    [False, False, True]
    """
    table = SignTable()
    formulas = [table.formula(condition) for condition in conditions]
    signs = Signs(table, tile)
    return [signs.truth(formula) for formula in formulas]
