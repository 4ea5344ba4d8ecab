"""Search for a coefficient certificate in flint polynomials, and its conversion into SymPy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_sympy
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.core.signs import NEGATIVE, POSITIVE, SIGNS, SYMBOLS, power_signs, product_signs
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.abstraction import Term, divisors
from gametheory_eeu.prover.certificate import (
    Abstraction,
    CoefficientCertificate,
    Contradiction,
    FactorSign,
    Inference,
    KnownSign,
    Product,
    Reasoning,
    RelationSign,
    Substitution,
)
from gametheory_eeu.prover.facts import change_context, is_rational
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS, cases
from gametheory_eeu.prover.orthant import (
    Domain,
    SignEvidence,
    SubstitutionPlan,
    SubstitutionStep,
    domain,
)
from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.sign_fact import ProductOf, SignFact
from gametheory_eeu.prover.smt_encoding import Encoder, polynomial_expression
from gametheory_eeu.prover.smt_query import Part

_MAX_RELATIONS = 32
Assumptions: TypeAlias = tuple[Boolean, ...]


class Factor(NamedTuple):
    """A factor of a relation's difference, its power, and the evidence of its sign."""

    polynomial: Polynomial
    power: int
    evidence: SignEvidence


class RelationNode(NamedTuple):
    """A relation that follows from the signs of its factors."""

    statement: Boolean
    assumptions: Assumptions
    domain: Domain
    constant: Any
    factors: list[Factor]
    denominators: list[Factor]


class InferenceNode(NamedTuple):
    """A statement that follows from others, each under its own assumptions.

    ``on`` is what was told apart, in cases: an expression by cases, or a constraint with "or".
    """

    statement: Boolean
    assumptions: Assumptions
    domain: Domain | None
    split_on: Expr | None
    parts: list[ProofTree]
    denominators: list[Factor]


class ContradictionNode(NamedTuple):
    """A statement about no point: its assumptions contradict each other."""

    statement: Boolean
    assumptions: Assumptions
    domain: Domain
    clash: SignFact


class AbstractionNode(NamedTuple):
    """A statement with symbols in the place of some terms; the last part proves it."""

    statement: Boolean
    assumptions: Assumptions
    terms: tuple[Term, ...]
    parts: list[ProofTree]


ProofTree: TypeAlias = RelationNode | InferenceNode | ContradictionNode | AbstractionNode


@lru_cache(maxsize=4096)
def certificate_tree(statement: Boolean, part: Part) -> ProofTree | None:
    """A tree of true relations that imply the statement; None where none is found.

    What was found is kept: the same is asked for a sign, for its factors and for what it turns on.
    """
    return _TreeSearch(statement, part).holds(statement, ())


class _TreeSearch:
    def __init__(self, statement: Boolean, part: Part) -> None:
        self.constraints = part.constraints
        symbols = part.symbols | statement.free_symbols
        self.symbols = tuple(sorted(symbols, key=lambda s: s.name))
        self.left = _MAX_RELATIONS

    def holds(self, statement: Boolean, assumptions: Assumptions) -> ProofTree | None:
        """The proof tree of a statement under assumptions; None where none is found."""
        if statement == sp.true:
            return InferenceNode(statement, assumptions, None, None, [], [])
        if isinstance(statement, sp.core.relational.Relational):
            return self.relation(statement, assumptions)
        if isinstance(statement, sp.Not) and statement.args[0].is_Relational:
            return self.joined(statement, assumptions, [statement.args[0].negated])
        if isinstance(statement, sp.And):
            return self.joined(statement, assumptions, statement.args)
        if isinstance(statement, sp.Or):
            branches = (self.joined(statement, assumptions, [part]) for part in statement.args)
            return next(filter(None, branches), None)
        if isinstance(statement, sp.Implies):
            premise, conclusion = statement.args
            node = next(_case_nodes(premise), None)
            if node is not None:
                is_small = _case_count(statement) <= self.left
                return self.by_cases(statement, node, assumptions) if is_small else None
            return self.under(statement, assumptions, [(premise, conclusion)])
        return None

    def joined(
        self, statement: Boolean, assumptions: Assumptions, parts: Iterable[Boolean]
    ) -> InferenceNode | None:
        trees = _all_found(self.holds(part, assumptions) for part in parts)
        if trees is None:
            return None
        return InferenceNode(statement, assumptions, None, None, trees, [])

    def under(
        self,
        statement: Boolean,
        assumptions: Assumptions,
        branches: Iterable[tuple[Boolean, Boolean]],
        split_on: Expr | None = None,
    ) -> InferenceNode | None:
        """A case distinction; the conditions of the cases must be defined everywhere."""
        region = domain(self.symbols, (*self.constraints, *assumptions))
        trees, denominators = [], []
        for condition, conclusion in branches:
            premises = tuple(conjuncts(condition))
            is_readable = all(map(is_rational, premises))
            found = nonzero_factors(premises, region, self.symbols) if is_readable else None
            tree = None if found is None else self.holds(conclusion, (*assumptions, *premises))
            if found is None or tree is None:
                return None
            denominators += found
            trees.append(tree)
        return InferenceNode(statement, assumptions, region, split_on, trees, denominators)

    def relation(self, relation: Boolean, assumptions: Assumptions) -> ProofTree | None:
        node = next(_case_nodes(relation), None)
        if node is not None:
            is_small = _case_count(relation) <= self.left  # each of them counts as a relation
            return self.by_cases(relation, node, assumptions) if is_small else None
        if self.left <= 0 or not is_rational(relation):
            return None
        self.left -= 1
        try:
            found = self.by_signs(relation, assumptions)
            return found or self.by_disjunction(relation, assumptions)
        except UnsupportedError:
            return None

    def by_cases(self, relation: Boolean, node: Expr, assumptions: Assumptions) -> ProofTree | None:
        if isinstance(node, sp.Piecewise) and node.args[-1].cond != sp.true:
            return None
        branches = [
            (condition, replace_unevaluated(relation, {node: value}))
            for condition, value in cases(node)
        ]
        return self.under(relation, assumptions, branches, node)

    def by_disjunction(self, relation: Boolean, assumptions: Assumptions) -> ProofTree | None:
        """A distinction of the cases of a disjunctive constraint, of which one is true."""
        for constraint in self.constraints:
            if isinstance(constraint, sp.Or) and not any(c in assumptions for c in constraint.args):
                cases = ((*assumptions, part) for part in constraint.args)
                trees = _all_found(self.holds(relation, case) for case in cases)
                if trees is None:
                    return None
                return InferenceNode(relation, assumptions, None, constraint, trees, [])
        return None

    def by_signs(self, relation: Boolean, assumptions: Assumptions) -> ProofTree | None:
        region = domain(self.symbols, (*self.constraints, *assumptions))
        if assumptions and region.clash is not None:
            return ContradictionNode(relation, assumptions, region, region.clash)
        denominators = nonzero_factors((relation,), region, self.symbols)
        if denominators is None:
            return None
        encoder = Encoder([relation, *self.symbols])
        difference = encoder.difference(relation)
        if difference.above == 0:
            if 0 not in SIGNS[relation.rel_op]:
                return None
            return RelationNode(relation, assumptions, region, 0, [], denominators)
        (c, numerator), (d, denominator) = factors(difference.above), factors(difference.below)
        powers = [*numerator, *((f, -k) for f, k in denominator)]
        signed_factors = [_factor(f, k, region, self.symbols) for f, k in powers]
        if not SIGNS[product_sign(c / d, signed_factors)] <= SIGNS[relation.rel_op]:
            return None
        return RelationNode(relation, assumptions, region, c / d, signed_factors, denominators)


def _all_found(trees: Iterable[ProofTree | None]) -> list[ProofTree] | None:
    """All of the trees, which are some; None from the first that is missing."""
    found: list[ProofTree] = []
    for tree in trees:
        if tree is None:
            return None
        found.append(tree)
    return found


def _factor(
    polynomial: Polynomial, power: int, region: Domain, symbols: tuple[Symbol, ...]
) -> Factor:
    embedding = change_context(region.facts.context, polynomial, symbols)
    return Factor(embedding, power, region.sign(embedding))


def denominator_factors(
    relations: tuple[Boolean, ...], region: Domain, symbols: tuple[Symbol, ...]
) -> Iterator[Factor | None]:
    """The factors of all denominators with their signs; None for a denominator that is zero."""
    bases = dict.fromkeys(divisors(relations))
    if not bases:
        return
    encoder = Encoder([*relations, *symbols])
    for base in bases:
        quotient = encoder.quotient(base)
        if quotient.above == 0:  # a zero has no factors that could object
            yield None
            continue
        for polynomial, power in factors(quotient.above)[1]:
            yield _factor(polynomial, power, region, symbols)


def nonzero_factors(
    relations: tuple[Boolean, ...], region: Domain, symbols: tuple[Symbol, ...]
) -> list[Factor] | None:
    """The factors of all denominators with their signs; None unless all signs are strict."""
    result = []
    for factor in denominator_factors(relations, region, symbols):
        if factor is None or factor.evidence.sign not in ("+", "-"):
            return None
        result.append(factor)
    return result


def product_sign(constant: Any, signed_factors: list[Factor]) -> str:
    """The sign of a product of factors; "?" where it does not show."""
    signs = POSITIVE if constant > 0 else NEGATIVE
    for factor in signed_factors:
        signs = product_signs(signs, power_signs(SIGNS[factor.evidence.sign], factor.power))
        if len(signs) == 3:
            break
    return str(SYMBOLS[signs])


def conjuncts(condition: Boolean) -> Iterator[Boolean]:
    """The conjuncts of a condition; the condition itself where it is no conjunction."""
    if isinstance(condition, sp.And):
        for part in condition.args:
            yield from conjuncts(part)
    elif isinstance(condition, sp.Not) and isinstance(condition.args[0], sp.Or):
        for part in condition.args[0].args:
            yield from conjuncts(sp.Not(part, evaluate=False))
    elif isinstance(condition, sp.Not) and condition.args[0].is_Relational:
        yield condition.args[0].negated
    elif condition != sp.true:
        yield condition


def _case_nodes(expr: Expr) -> Iterator[Expr]:
    """The subexpressions by cases, innermost first."""
    for part in expr.args:
        yield from _case_nodes(part)
    if isinstance(expr, CASE_FUNCTIONS):
        yield expr


def _case_count(expr: Expr) -> int:
    """The number of relations without cases that an expression splits into."""
    nodes = dict.fromkeys(_case_nodes(expr))
    return prod(3 if isinstance(n, (sp.Abs, sp.sign)) else len(n.args) for n in nodes)


def certificate(tree: ProofTree) -> CoefficientCertificate:
    """The certificate for a tree of relations that hold."""
    return CoefficientCertificate(_reasoning(tree))


@lru_cache(maxsize=4096)
def valid_tree(statement: Boolean, part: Part) -> ProofTree | None:
    """The proof tree of a statement; one with cases counts only where its recheck passes.

    Expanding a certificate in SymPy costs about three times its search. In the tables of the
    library's games one in fifty tells cases apart, and there a denominator can become zero under
    way: these are checked in use, the others in tests.
    """
    tree = certificate_tree(statement, part)
    if tree is None or not _has_cases(tree):
        return tree
    symbols = tuple(sorted(part.symbols | statement.free_symbols, key=lambda s: s.name))
    space = Space(symbols, part.constraints)
    return tree if certificate(tree).recheck(statement, space) else None


def _has_cases(tree: ProofTree) -> bool:
    """Whether the tree distinguishes cases."""
    return isinstance(tree, InferenceNode) and (
        tree.split_on is not None or any(map(_has_cases, tree.parts))
    )


def _reasoning(tree: ProofTree) -> Reasoning:
    header = tree.statement, tree.assumptions
    if isinstance(tree, AbstractionNode):
        return Abstraction(*header, tree.terms, tuple(map(_reasoning, tree.parts)))
    converter = None if tree.domain is None else _SymPyConverter(tree.domain)
    if isinstance(tree, ContradictionNode):
        return Contradiction(*header, _SymPyConverter(tree.domain).known(tree.clash))
    denominators = tuple(converter.factor(f) for f in tree.denominators) if converter else ()
    if isinstance(tree, InferenceNode):
        return Inference(*header, tree.split_on, tuple(map(_reasoning, tree.parts)), denominators)
    relation_converter = _SymPyConverter(tree.domain)
    factor_signs = tuple(map(relation_converter.factor, tree.factors))
    return RelationSign(*header, to_sympy(tree.constant), factor_signs, denominators)


class _SymPyConverter:
    """The facts and substitutions of one domain, in SymPy's terms."""

    def __init__(self, domain: Domain) -> None:
        self.symbols = domain.facts.symbols
        names = {s.name for s in self.symbols}
        self.variables = (*self.symbols, *_parameter_symbols(self.symbols, names))
        self._known_signs: dict[SignFact, KnownSign] = {}

    def factor(self, factor: Factor) -> FactorSign:
        evidence, polynomial = factor.evidence, self.expression(factor.polynomial)
        known_sign = None if evidence.fact is None else self.known(evidence.fact)
        if evidence.plan is None:
            return FactorSign(polynomial, factor.power, evidence.sign, known_sign)
        steps = tuple(map(self.substitution, _relevant_steps(evidence.plan, factor.polynomial)))
        image = self.expression(evidence.image)
        return FactorSign(polynomial, factor.power, evidence.sign, None, steps, image)

    def substitution(self, step: SubstitutionStep) -> Substitution:
        positive, nonnegative = (tuple(self.variables[p] for p in indices)
                                 for indices in (step.strict, step.weak))  # fmt: skip
        bounds, premises = (tuple(map(self.known, facts)) for facts in (step.bounds, step.premises))
        quotient = self.expression(step.above), self.expression(step.below)
        symbol = self.symbols[step.place]
        return Substitution(symbol, *quotient, positive, nonnegative, bounds, _distinct(premises))

    def known(self, fact: SignFact) -> KnownSign:
        if fact not in self._known_signs:
            source = fact.source
            if isinstance(source, tuple):
                source = tuple((self.expression(m), self.known(f)) for m, f in source)
            elif isinstance(source, ProductOf):
                source = Product(tuple(map(self.known, source.factors)))
            premises = _distinct(tuple(map(self.known, fact.premises)))
            expression = self.expression(fact.polynomial)
            self._known_signs[fact] = KnownSign(expression, fact.kind, source, premises, fact.apart)
        return self._known_signs[fact]

    def expression(self, polynomial: Polynomial) -> Expr:
        return polynomial_expression(polynomial, self.variables)


def _relevant_steps(plan: SubstitutionPlan, polynomial: Polynomial) -> Iterator[SubstitutionStep]:
    """The steps that change the polynomial or an earlier step."""
    variables = _variable_indices(polynomial)
    for step in plan.steps:
        if step.place in variables:
            yield step
            variables |= _variable_indices(step.above) | _variable_indices(step.below)


def _variable_indices(polynomial: Polynomial) -> set[int]:
    """The indices of the variables that occur."""
    return {index for index, degree in enumerate(polynomial.degrees()) if degree > 0}


def _parameter_symbols(symbols: tuple[Symbol, ...], names: set[str]) -> Iterator[Symbol]:
    """Two parameters for each symbol, ``s_x`` and ``t_x``, with names that no symbol bears."""
    for symbol in symbols:
        for letter in "st":
            name = f"{letter}_{symbol.name}"
            while name in names:
                name += "_"
            yield sp.Symbol(name, real=True)


def _distinct(items: tuple[KnownSign, ...]) -> tuple[KnownSign, ...]:
    return tuple(dict.fromkeys(items))
