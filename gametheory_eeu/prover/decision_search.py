"""Search for a proof by cases of relations, each closed by truth values or by a contradiction.

The statement's relations are assumed true or false, one after the other, until the statement is
true or nothing obeys what is assumed; that shows as a sum of products of constraints. z3 is asked
which cases are empty, so that the search does not wander; what it finds does not rest on z3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.core.signs import sign_claim
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.abstraction import Term, replacements, terms
from gametheory_eeu.prover.budget import PROBE
from gametheory_eeu.prover.certificate_search import (
    AbstractionNode,
    Assumptions,
    ContradictionNode,
    InferenceNode,
    ProofTree,
    denominator_factors,
    nonzero_factors,
)
from gametheory_eeu.prover.decisions import conjuncts, is_rational_formula, relations, truth_value
from gametheory_eeu.prover.facts import SignFact
from gametheory_eeu.prover.orthant import Domain, domain
from gametheory_eeu.prover.products import contradiction
from gametheory_eeu.prover.rational_function import TRUE
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_query import Part, Query
from gametheory_eeu.prover.smt_solvers import ask

_MAX_CASES = 300
_MAX_PROGRAMMES = 400
_QUICK_DEGREE, _HIGHEST_DEGREE = 2, 4


class _GaveUpError(Exception):
    """A limit of the search, or a case of which nothing was found."""


def decision_tree(statement: Boolean, part: Part) -> ProofTree | None:
    """A proof by cases of a statement that a solver has settled; None where none is found."""
    formulas = (*part.constraints, statement)
    found = terms(formulas)
    if found is None:
        return None
    values = replacements(formulas, found)
    constraints = tuple(replace_unevaluated(c, values) for c in part.constraints)
    inner = replace_unevaluated(statement, values)
    symbols = part.symbols | statement.free_symbols
    try:
        if not found:
            return _Search(symbols, constraints).proof(inner, ())
        return _abstraction(statement, symbols, constraints, inner, found)
    except (_GaveUpError, UnsupportedError):
        return None


def _abstraction(
    statement: Boolean,
    symbols: frozenset[Symbol],
    constraints: tuple[Boolean, ...],
    inner: Boolean,
    found: tuple[Term, ...],
) -> AbstractionNode:
    """The proof of a statement with symbols in the place of its terms."""
    assumptions: Assumptions = ()
    conditions = []
    all_symbols = symbols | {term.symbol for term in found}
    search = _Search(all_symbols, constraints)
    for term in found:
        for condition in term.conditions:
            conditions.append(search.proof(condition, assumptions))
        facts = tuple(r for fact in term.facts for r in conjuncts(fact))
        assumptions = (*assumptions, *facts)
    return AbstractionNode(statement, (), found, [*conditions, search.proof(inner, assumptions)])


class _Case(NamedTuple):
    """A statement under assumptions."""

    statement: Boolean
    assumptions: Assumptions


class _Search:
    def __init__(self, symbols: frozenset[Symbol], constraints: tuple[Boolean, ...]) -> None:
        self.symbols = tuple(sorted(symbols, key=lambda s: s.name))
        self.constraints = constraints
        self.cases, self.programmes = 0, 0

    def proof(self, statement: Boolean, assumptions: Assumptions) -> ProofTree:
        """The proof tree of a statement under assumptions.

        Raises
        ------
        _GaveUpError
            None was found.
        """
        self.cases += 1
        if self.cases > _MAX_CASES:
            raise _GaveUpError
        if self.is_empty(assumptions):
            return self.contradiction(_Case(statement, assumptions))
        undivided = self.undefined_factor(statement, assumptions)
        if undivided is not None:
            return self.split(_Case(statement, assumptions), undivided)
        known = {*self.constraints, *assumptions}
        value = truth_value(statement, known)
        if value is True:
            return self.leaf(statement, assumptions)
        if value is False:
            raise _GaveUpError
        relation = next(r for r in relations(statement) if truth_value(r, known) is None)
        return self.split(_Case(statement, assumptions), relation)

    def split(self, case: _Case, relation: Boolean) -> InferenceNode:
        """The cases that a relation is true, and that it is false."""
        statement, assumptions = case
        region = self.region(assumptions)
        denominators = nonzero_factors((relation,), region, self.symbols)
        if denominators is None:
            raise _GaveUpError
        trees = [
            self.proof(statement, (*assumptions, side)) for side in (relation, relation.negated)
        ]
        return InferenceNode(statement, assumptions, region, relation, trees, denominators)

    def leaf(self, statement: Boolean, assumptions: Assumptions) -> InferenceNode:
        region = self.region(assumptions)
        denominators = nonzero_factors(tuple(relations(statement)), region, self.symbols)
        if denominators is None:
            raise _GaveUpError
        return InferenceNode(statement, assumptions, region, None, [], denominators)

    def region(self, assumptions: Assumptions) -> Domain:
        return domain(self.symbols, (*self.constraints, *assumptions))

    def undefined_factor(self, statement: Boolean, assumptions: Assumptions) -> Boolean | None:
        """A relation that says more of the sign of a denominator's factor; None where all show."""
        region = self.region(assumptions)
        for relation in relations(statement):
            if not is_rational_formula(relation):
                raise _GaveUpError
            for factor in denominator_factors((relation,), region, self.symbols):
                if factor is None:  # it is zero
                    raise _GaveUpError
                if factor.evidence.sign not in ("+", "-"):
                    expression = self.expression(factor.polynomial)
                    claims = [sign_claim(expression, sign) for sign in ("+", "-")]
                    return next((c for c in claims if c.negated not in assumptions), None)
        return None

    def expression(self, polynomial: object) -> Expr:
        from gametheory_eeu.prover.certificate_search import polynomial_expression

        return polynomial_expression(polynomial, self.symbols)

    # Contradictions.

    def is_empty(self, assumptions: Assumptions) -> bool:
        """Whether z3 finds quickly that nothing obeys the assumptions."""
        part = Part(frozenset(self.symbols), (*self.constraints, *assumptions))
        return ask(Query(sp.true, part).text(TRUE), budget=PROBE).status == "unsat"

    def contradiction(self, case: _Case) -> ProofTree:
        """What shows that nothing obeys the assumptions: a sum of products, or cases of these."""
        statement, assumptions = case
        region = self.region(assumptions)
        clash = region.clash or self.sum_of_products(self.facts(region), range(1, _QUICK_DEGREE + 1))
        if clash is None:
            core = self.core(assumptions)
            disjunction = next((c for c in core if isinstance(c, sp.Or)), None)
            if disjunction is not None:
                return self.by_disjunction(case, disjunction)
            facts = self.facts(domain(self.symbols, tuple(core)))
            degrees = range(_QUICK_DEGREE, _HIGHEST_DEGREE + 1)
            clash = self.sum_of_products(facts, degrees)
        if clash is None:
            raise _GaveUpError
        return ContradictionNode(statement, assumptions, region, clash)

    def by_disjunction(self, case: _Case, disjunction: Boolean) -> InferenceNode:
        """The cases of a disjunction that is given, each of them empty."""
        statement, assumptions = case
        trees = [
            self.proof(statement, (*assumptions, *conjuncts(part))) for part in disjunction.args
        ]
        return InferenceNode(statement, assumptions, None, disjunction, trees, [])

    def facts(self, region: Domain) -> list[SignFact]:
        return [*region.given, *region.facts.undivided]

    def sum_of_products(self, facts: list[SignFact], degrees: range) -> SignFact | None:
        for degree in degrees:
            self.programmes += 1
            if self.programmes > _MAX_PROGRAMMES:
                raise _GaveUpError
            clash = contradiction(facts, degree)
            if clash is not None:
                return clash
        return None

    def core(self, assumptions: Assumptions) -> list[Boolean]:
        """Constraints and assumptions of which none can be spared."""
        core = [*self.constraints, *assumptions]
        for constraint in tuple(core):
            rest = [c for c in core if c is not constraint]
            part = Part(frozenset(self.symbols), tuple(rest))
            if ask(Query(sp.true, part).text(TRUE), budget=PROBE).status == "unsat":
                core = rest
        return core
