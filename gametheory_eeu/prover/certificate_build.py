"""Conversion of a certificate in flint polynomials into SymPy expressions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.certificate import (
    CoefficientCertificate,
    Contradiction,
    FactorSign,
    Inference,
    KnownSign,
    Reasoning,
    RelationSign,
    Substitution,
)
from gametheory_eeu.prover.certificate_search import (
    ContradictionNode,
    Factor,
    InferenceNode,
    ProofTree,
    certificate_tree,
)
from gametheory_eeu.prover.facts import SignFact
from gametheory_eeu.prover.orthant import Domain, SubstitutionPlan, SubstitutionStep
from gametheory_eeu.prover.rational_function import Polynomial
from gametheory_eeu.prover.smt_query import Part


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
    converter = None if tree.domain is None else _SymPyConverter(tree.domain)
    if isinstance(tree, ContradictionNode):
        return Contradiction(*header, _SymPyConverter(tree.domain).known(tree.clash))
    denominators = tuple(converter.factor(f) for f in tree.denominators) if converter else ()
    if isinstance(tree, InferenceNode):
        return Inference(*header, tree.split_on, tuple(map(_reasoning, tree.parts)), denominators)
    relation_converter = _SymPyConverter(tree.domain)
    factor_signs = tuple(map(relation_converter.factor, tree.factors))
    return RelationSign(*header, _sympy_number(tree.constant), factor_signs, denominators)


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
            premises = _distinct(tuple(map(self.known, fact.premises)))
            expression = self.expression(fact.polynomial)
            self._known_signs[fact] = KnownSign(expression, fact.kind, source, premises, fact.apart)
        return self._known_signs[fact]

    def expression(self, polynomial: Polynomial) -> Expr:
        return sp.Add(
            *(
                _sympy_number(c)
                * sp.Mul(*(v ** int(k) for v, k in zip(self.variables, powers, strict=True) if k))
                for powers, c in polynomial.to_dict().items()
            )
        )


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


def _sympy_number(value: Expr) -> Expr:
    return sp.Integer(value) if isinstance(value, int) else sp.Rational(int(value.p), int(value.q))


__all__ = ["certificate", "valid_tree"]
