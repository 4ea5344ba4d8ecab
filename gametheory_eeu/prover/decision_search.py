"""Search for a proof by cases of relations, each closed by truth values or by a contradiction.

The statement's relations are assumed true or false, one after the other, until the statement is
true or nothing obeys what is assumed; that shows as a sum of products of constraints. z3 is asked
which cases are empty, so that the search does not wander; what it finds does not rest on z3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.core.signs import sign_claim
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.abstraction import Term, replacements, terms
from gametheory_eeu.prover.budget import PROBE, Budget
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.certificate_search import (
    AbstractionNode,
    Assumptions,
    ContradictionNode,
    Factor,
    InferenceNode,
    ProofTree,
    certificate,
    conjuncts,
    denominator_factors,
    nonzero_factors,
)
from gametheory_eeu.prover.facts import is_rational
from gametheory_eeu.prover.orthant import Domain, domain
from gametheory_eeu.prover.rational_function import TRUE, factors
from gametheory_eeu.prover.sign_fact import SignFact, contradiction
from gametheory_eeu.prover.smt_encoding import polynomial_expression
from gametheory_eeu.prover.smt_query import Part, Query
from gametheory_eeu.prover.smt_solvers import ask

_MAX_CASES, _MAX_PROGRAMMES, _MAX_QUESTIONS, _MAX_SPLITS = 350, 100, 450, 12
"""Of one search: cases, linear programmes, questions to z3, factors whose sign is told apart."""
_QUICK_DEGREE, _HIGHEST_DEGREE = 2, 4


_GUARD = Budget(claim_seconds=8)
"""So that nothing hangs."""


class _GaveUpError(Exception):
    """A limit of the search, or a case of which nothing was found."""


@lru_cache(maxsize=1024)
def certified(statement: Boolean, part: Part) -> CoefficientCertificate | None:
    """The certificate of a statement that a solver has settled; None where none is found.

    It counts only where its recheck passes. An OutOfTimeError where the guard stopped the search.
    """
    with _GUARD.guard():
        tree = decision_tree(statement, part)
    if tree is None:
        return None
    found = certificate(tree)
    symbols = tuple(sorted(part.symbols | statement.free_symbols, key=lambda s: s.name))
    return found if found.recheck(statement, Space(symbols, part.constraints)) else None


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
    conditions: list[ProofTree] = []
    all_symbols = symbols | {term.symbol for term in found}
    search = _Search(all_symbols, constraints)
    for term in found:
        conditions += [search.proof(condition, assumptions) for condition in term.conditions]
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
        self.cases, self.programmes, self.questions = 0, 0, 0
        self.splits: list[Boolean] = []

    def proof(self, statement: Boolean, assumptions: Assumptions) -> ProofTree:
        """The proof tree of a statement under assumptions, or a _GaveUpError."""
        self.cases += 1
        if self.cases > _MAX_CASES:
            raise _GaveUpError
        case = _Case(statement, assumptions)
        if self.is_empty(assumptions):
            return self.contradiction(case)
        relation = self.unknown_divisor(case)
        if relation is not None:
            return self.split(case, relation)
        known = {*self.constraints, *assumptions}
        value = truth_value(statement, known)
        if value is None:
            unknown = (r for r in relations(statement) if truth_value(r, known) is None)
            return self.split(case, next(unknown))
        return self.leaf(statement, assumptions) if value else self.contradiction(case)

    def split(self, case: _Case, relation: Boolean) -> InferenceNode:
        """The cases that a relation is true, and that it is false."""
        statement, assumptions = case
        region = self.region(assumptions)
        denominators = nonzero_factors((relation,), region, self.symbols)
        if denominators is None:
            raise _GaveUpError
        sides = relation, relation.negated
        trees = [self.proof(statement, (*assumptions, side)) for side in sides]
        return InferenceNode(statement, assumptions, region, relation, trees, denominators)

    def leaf(self, statement: Boolean, assumptions: Assumptions) -> InferenceNode:
        region = self.region(assumptions)
        denominators = nonzero_factors(tuple(relations(statement)), region, self.symbols)
        if denominators is None:
            raise _GaveUpError
        return InferenceNode(statement, assumptions, region, None, [], denominators)

    def region(self, assumptions: Assumptions) -> Domain:
        return domain(self.symbols, (*self.constraints, *assumptions))

    def unknown_divisor(self, case: _Case) -> Boolean | None:
        """A claim on the sign of a divisor, which is to be told apart; None where all show."""
        statement, assumptions = case
        region = self.region(assumptions)
        given = [r for a in (*self.constraints, *assumptions) for r in relations(a)]
        asked = list(relations(statement))
        if not all(map(is_rational, asked)):
            raise _GaveUpError
        for relation in dict.fromkeys((*asked, *given)):
            for factor in denominator_factors((relation,), region, self.symbols):
                if factor is None:  # it is zero
                    raise _GaveUpError
                claim = self.open_claim(factor, region, assumptions, relation in asked)
                if claim is not None:
                    return claim
        return None

    def open_claim(
        self, factor: Factor, region: Domain, assumptions: Assumptions, is_needed: bool
    ) -> Boolean | None:
        """A claim on a factor's sign that holds, or that is needed and not yet assumed."""
        if region.facts.sign(factor.polynomial) is not None:
            return None
        expression = polynomial_expression(factor.polynomial, self.symbols)
        claims = [sign_claim(expression, sign) for sign in ("+", "-")]
        for claim in claims:
            if self.is_empty((*assumptions, claim.negated)):
                return claim
        if not is_needed or factor.evidence.sign in ("+", "-"):
            return None
        return next((c for c in claims if c.negated not in assumptions), None)

    # Contradictions.

    def is_empty(self, assumptions: Assumptions) -> bool:
        """Whether z3 finds quickly that nothing obeys the assumptions."""
        return self.is_contradictory((*self.constraints, *assumptions))

    def is_contradictory(self, relations: tuple[Boolean, ...]) -> bool:
        self.questions += 1
        if self.questions > _MAX_QUESTIONS:
            raise _GaveUpError
        query = Query(sp.true, Part(frozenset(self.symbols), relations))
        return ask(query.text(TRUE), budget=PROBE).status == "unsat"

    def contradiction(self, case: _Case) -> ProofTree:
        """What shows that nothing obeys the assumptions: a sum of products, or cases of these."""
        statement, assumptions = case
        region = self.region(assumptions)
        facts = [*region.given, *region.facts.undivided]
        clash = region.clash or self.sum_of_products(facts, _QUICK_DEGREE)
        if clash is None:
            core = self.core(assumptions)
            disjunction = next((c for c in core if isinstance(c, sp.Or)), None)
            if disjunction is not None:
                return self.by_disjunction(case, disjunction)
            needed = [f for f in facts if not isinstance(f.source, sp.Basic) or f.source in core]
            for degree in range(_QUICK_DEGREE, _HIGHEST_DEGREE + 1):
                clash = clash or self.sum_of_products(needed, degree, squares=True)
            clash = clash or self.sum_of_products(facts, _QUICK_DEGREE + 1)
        if clash is None:
            return self.by_factor(case)
        return ContradictionNode(statement, assumptions, region, clash)

    def by_disjunction(self, case: _Case, disjunction: Boolean) -> InferenceNode:
        """The cases of a disjunction that is given, each of them empty."""
        statement, assumptions = case
        cases = ((*assumptions, *conjuncts(part)) for part in disjunction.args)
        trees = [self.proof(statement, case) for case in cases]
        return InferenceNode(statement, assumptions, None, disjunction, trees, [])

    def by_factor(self, case: _Case) -> InferenceNode:
        """The cases of the sign of a factor, where a product's factors have unknown signs."""
        region = self.region(case.assumptions)
        for fact in region.facts.undivided:
            for factor, _ in factors(fact.polynomial)[1]:
                if region.facts.sign(factor) is None and len(self.splits) < _MAX_SPLITS:
                    claim = sign_claim(polynomial_expression(factor, self.symbols), "+")
                    if claim not in self.splits and claim.negated not in case.assumptions:
                        self.splits.append(claim)
                        return self.split(case, claim)
        raise _GaveUpError

    def sum_of_products(
        self, facts: list[SignFact], degree: int, *, squares: bool = False
    ) -> SignFact | None:
        self.programmes += 1
        if self.programmes > _MAX_PROGRAMMES:
            raise _GaveUpError
        return contradiction(facts, degree, squares=squares)

    def core(self, assumptions: Assumptions) -> list[Boolean]:
        """Constraints and assumptions of which none can be spared."""
        core = [*self.constraints, *assumptions]
        for constraint in tuple(core):
            rest = [c for c in core if c is not constraint]
            if self.is_contradictory(tuple(rest)):
                core = rest
        return core


def relations(statement: Boolean) -> Iterator[Boolean]:
    """The relations that a statement is made of, in the order in which they are written."""
    if isinstance(statement, sp.core.relational.Relational):
        yield statement
    elif isinstance(statement, sp.logic.boolalg.BooleanFunction):
        for part in statement.args:
            yield from relations(part)


def truth_value(statement: Boolean, known: Collection[Boolean]) -> bool | None:
    """The truth value of a statement that has a meaning, by relations known to be true.

    None where they do not determine it relation by relation.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> truth_value(sp.Or(x > 0, y > 0), {y <= 0, x > 0})
    True
    """
    if statement in (sp.true, sp.false):
        return bool(statement == sp.true)
    if isinstance(statement, sp.core.relational.Relational):
        return _relation_value(statement, known)
    parts = [truth_value(part, known) for part in statement.args]
    if isinstance(statement, sp.Not):
        return None if parts[0] is None else not parts[0]
    if isinstance(statement, sp.And):
        return False if False in parts else None if None in parts else True
    if isinstance(statement, sp.Or):
        return True if True in parts else None if None in parts else False
    if isinstance(statement, sp.Implies):
        premise, conclusion = parts
        if premise is False or conclusion is True:
            return True
        return None if None in parts else False
    if isinstance(statement, sp.Equivalent) and None not in parts:
        return len(set(parts)) == 1
    return None


def _relation_value(relation: Boolean, known: Collection[Boolean]) -> bool | None:
    if not relation.free_symbols and is_rational(relation):
        return bool(relation.doit())
    return True if relation in known else False if relation.negated in known else None
