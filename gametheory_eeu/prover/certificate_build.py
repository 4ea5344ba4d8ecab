"""A certificate found in flint's polynomials, written out in SymPy's terms."""

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
    Known,
    Reasoning,
    RelationSign,
    Substitution,
)
from gametheory_eeu.prover.certificate_search import Absurd, Branch, Factor, Tree, certified
from gametheory_eeu.prover.facts import Fact
from gametheory_eeu.prover.orthant import Domain, Plan, Step
from gametheory_eeu.prover.rational_function import Polynomial
from gametheory_eeu.prover.smt_query import Part


def certificate(tree: Tree) -> CoefficientCertificate:
    """The certificate for a tree of relations that hold."""
    return CoefficientCertificate(_reasoning(tree))


@lru_cache(maxsize=4096)
def shown(statement: Boolean, part: Part) -> Tree | None:
    """The tree of a certificate that counts; one that tells cases apart must stand its recheck.

    Expanding a certificate in SymPy costs about three times its search. In the tables of the
    library's games one in fifty tells cases apart, and there a denominator can become zero under
    way: these are checked in use, the others in tests.
    """
    tree = certified(statement, part)
    if tree is None or not _is_checked(tree):
        return tree
    symbols = tuple(sorted(part.symbols | statement.free_symbols, key=lambda s: s.name))
    space = Space(symbols, part.constraints)
    return tree if certificate(tree).recheck(statement, space) else None


def _is_checked(tree: Tree) -> bool:
    """Whether it tells cases apart."""
    return isinstance(tree, Branch) and (tree.on is not None or any(map(_is_checked, tree.parts)))


def _reasoning(tree: Tree) -> Reasoning:
    head = tree.statement, tree.assumed
    writer = None if tree.domain is None else _Writer(tree.domain)
    if isinstance(tree, Absurd):
        return Contradiction(*head, _Writer(tree.domain).known(tree.clash))
    denominators = tuple(writer.factor(f) for f in tree.denominators) if writer else ()
    if isinstance(tree, Branch):
        return Inference(*head, tree.on, tuple(map(_reasoning, tree.parts)), denominators)
    written = _Writer(tree.domain)
    found = tuple(map(written.factor, tree.factors))
    return RelationSign(*head, _number(tree.constant), found, denominators)


class _Writer:
    """The facts and substitutions of one domain, in SymPy's terms."""

    def __init__(self, domain: Domain) -> None:
        self.symbols = domain.facts.symbols
        taken = {s.name for s in self.symbols}
        self.variables = (*self.symbols, *_parameters(self.symbols, taken))
        self._known: dict[Fact, Known] = {}

    def factor(self, factor: Factor) -> FactorSign:
        shown, polynomial = factor.shown, self.expression(factor.polynomial)
        known = None if shown.fact is None else self.known(shown.fact)
        if shown.plan is None:
            return FactorSign(polynomial, factor.power, shown.sign, known)
        steps = tuple(map(self.substitution, _needed(shown.plan, factor.polynomial)))
        image = self.expression(shown.image)
        return FactorSign(polynomial, factor.power, shown.sign, None, steps, image)

    def substitution(self, step: Step) -> Substitution:
        positive, nonnegative = (tuple(self.variables[p] for p in places)
                                 for places in (step.strict, step.weak))  # fmt: skip
        bounds, using = (tuple(map(self.known, facts)) for facts in (step.bounds, step.using))
        ends = self.expression(step.above), self.expression(step.below)
        symbol = self.symbols[step.place]
        return Substitution(symbol, *ends, positive, nonnegative, bounds, _once(using))

    def known(self, fact: Fact) -> Known:
        if fact not in self._known:
            source = fact.source
            if isinstance(source, tuple):
                source = tuple((self.expression(m), self.known(f)) for m, f in source)
            using = _once(tuple(map(self.known, fact.using)))
            expression = self.expression(fact.polynomial)
            self._known[fact] = Known(expression, fact.kind, source, using, fact.apart)
        return self._known[fact]

    def expression(self, polynomial: Polynomial) -> Expr:
        return sp.Add(*(
            _number(c) * sp.Mul(*(v**int(k) for v, k in zip(self.variables, powers, strict=True)
                                  if k))
            for powers, c in polynomial.to_dict().items()
        ))  # fmt: skip


def _needed(plan: Plan, polynomial: Polynomial) -> Iterator[Step]:
    """The steps that change the polynomial or a step before them."""
    occurring = _places(polynomial)
    for step in plan.steps:
        if step.place in occurring:
            yield step
            occurring |= _places(step.above) | _places(step.below)


def _places(polynomial: Polynomial) -> set[int]:
    """Of the variables that occur."""
    return {place for place, degree in enumerate(polynomial.degrees()) if degree > 0}


def _parameters(symbols: tuple[Symbol, ...], taken: set[str]) -> Iterator[Symbol]:
    """Two for each symbol, ``s_x`` and ``t_x``, with names that no symbol bears."""
    for symbol in symbols:
        for letter in "st":
            name = f"{letter}_{symbol.name}"
            while name in taken:
                name += "_"
            yield sp.Symbol(name, real=True)


def _once(items: tuple[Known, ...]) -> tuple[Known, ...]:
    return tuple(dict.fromkeys(items))


def _number(value: Expr) -> Expr:
    return sp.Integer(value) if isinstance(value, int) else sp.Rational(int(value.p), int(value.q))


__all__ = ["certificate", "shown"]
