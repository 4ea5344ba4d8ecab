"""Looking for a coefficient certificate: quickly, in flint's polynomials; no solver is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.definedness import replaced
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.facts import Fact, into, is_rational
from gametheory_eeu.prover.indeterminates import BY_CASES, cases
from gametheory_eeu.prover.orthant import Domain, Shown, domain
from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_query import Part

_ALLOWED = {
    ">": ("+",), "<": ("-",), ">=": ("+", ">=0", "0"), "<=": ("-", "<=0", "0"),
    "==": ("0",), "!=": ("+", "-"),
}  # fmt: skip
_OPPOSITE = {"+": "-", "-": "+", ">=0": "<=0", "<=0": ">=0", "0": "0"}
_WEAK = {"+": ">=0", "-": "<=0", ">=0": ">=0", "<=0": "<=0"}
_MOST_RELATIONS = 32
Assumed: TypeAlias = tuple[Boolean, ...]


class Factor(NamedTuple):
    """A factor of a relation's difference, its power, and how its sign shows."""

    polynomial: Polynomial
    power: int
    shown: Shown


class Leaf(NamedTuple):
    """A relation whose truth shows in the signs of its factors."""

    statement: Boolean
    assumed: Assumed
    domain: Domain
    constant: Any
    factors: list[Factor]
    denominators: list[Factor]


class Branch(NamedTuple):
    """A statement that follows from others, under what is assumed in each.

    ``on`` is what was told apart, in cases: an expression by cases, or a constraint with "or".
    """

    statement: Boolean
    assumed: Assumed
    domain: Domain | None
    on: Expr | None
    parts: list[Leaf | Branch | Absurd]
    denominators: list[Factor]


class Absurd(NamedTuple):
    """A statement about no point: what is assumed cannot hold."""

    statement: Boolean
    assumed: Assumed
    domain: Domain
    clash: Fact


Tree: TypeAlias = Leaf | Branch | Absurd


@lru_cache(maxsize=4096)
def certified(statement: Boolean, part: Part) -> Tree | None:
    """Relations that are shown to hold and make the statement true; None if that is not found.

    What was found is kept: the same is asked for a sign, for its factors and for what it turns on.
    """
    return _Search(statement, part).holds(statement, ())


class _Search:
    def __init__(self, statement: Boolean, part: Part) -> None:
        self.constraints = part.constraints
        own = part.symbols | statement.free_symbols
        self.symbols = tuple(sorted(own, key=lambda s: s.name))
        self.left = _MOST_RELATIONS

    def holds(self, statement: Boolean, assumed: Assumed) -> Tree | None:
        """How the statement shows to be defined and true where it is assumed."""
        if statement == sp.true:
            return Branch(statement, assumed, None, None, [], [])
        if isinstance(statement, sp.core.relational.Relational):
            return self.relation(statement, assumed)
        if isinstance(statement, sp.Not) and statement.args[0].is_Relational:
            return self.joined(statement, assumed, [statement.args[0].negated])
        if isinstance(statement, sp.And):
            return self.joined(statement, assumed, statement.args)
        if isinstance(statement, sp.Or):
            each = (self.joined(statement, assumed, [part]) for part in statement.args)
            return next((found for found in each if found is not None), None)
        if isinstance(statement, sp.Implies):
            premise, then = statement.args
            return self.under(statement, assumed, [(premise, then)])
        return None

    def joined(
        self, statement: Boolean, assumed: Assumed, parts: Iterable[Boolean]
    ) -> Branch | None:
        found: list[Tree] = []
        for part in parts:
            tree = self.holds(part, assumed)
            if tree is None:
                return None
            found.append(tree)
        return Branch(statement, assumed, None, None, found, [])

    def under(
        self,
        statement: Boolean,
        assumed: Assumed,
        each: Iterable[tuple[Boolean, Boolean]],
        on: Expr | None = None,
    ) -> Branch | None:
        """What holds in each of some cases; the cases' conditions must be defined everywhere."""
        where, found, apart = domain(self.symbols, (*self.constraints, *assumed)), [], []
        for condition, then in each:
            premises = tuple(_conjuncts(condition))
            defined = self.nonzero(premises, where) if all(map(is_rational, premises)) else None
            tree = None if defined is None else self.holds(then, (*assumed, *premises))
            if defined is None or tree is None:
                return None
            apart += defined
            found.append(tree)
        return Branch(statement, assumed, where, on, found, apart)

    def relation(self, relation: Boolean, assumed: Assumed) -> Tree | None:
        node = next(_by_cases(relation), None)
        if node is not None:
            few = _number_of_cases(relation) <= self.left  # each of them counts as a relation
            return self.by_cases(relation, node, assumed) if few else None
        if self.left <= 0 or not is_rational(relation):
            return None
        self.left -= 1
        try:
            return self.signed(relation, assumed) or self.by_constraint(relation, assumed)
        except UnsupportedError:
            return None

    def by_cases(self, relation: Boolean, node: Expr, assumed: Assumed) -> Tree | None:
        if isinstance(node, sp.Piecewise) and node.args[-1].cond != sp.true:
            return None
        each = [(condition, replaced(relation, {node: value})) for condition, value in cases(node)]
        return self.under(relation, assumed, each, node)

    def by_constraint(self, relation: Boolean, assumed: Assumed) -> Tree | None:
        """Cases of a constraint that says "or"; one of them is defined and true."""
        for constraint in self.constraints:
            if isinstance(constraint, sp.Or) and not any(c in assumed for c in constraint.args):
                found = []
                for part in constraint.args:
                    tree = self.holds(relation, (*assumed, part))
                    if tree is None:
                        return None
                    found.append(tree)
                return Branch(relation, assumed, None, constraint, found, [])
        return None

    def signed(self, relation: Boolean, assumed: Assumed) -> Tree | None:
        where = domain(self.symbols, (*self.constraints, *assumed))
        if assumed and where.clash is not None:
            return Absurd(relation, assumed, where, where.clash)
        denominators = self.nonzero((relation,), where)
        if denominators is None:
            return None
        encoder = Encoder([relation, *self.symbols])
        difference = encoder.difference(relation)
        if difference.above == 0:
            holds = "0" in _ALLOWED[relation.rel_op]
            return Leaf(relation, assumed, where, 0, [], denominators) if holds else None
        (c, above), (d, below) = factors(difference.above), factors(difference.below)
        powers = [*above, *((f, -k) for f, k in below)]
        found = [self.factor(f, k, where) for f, k in powers]
        if product_sign(c / d, found) not in _ALLOWED[relation.rel_op]:
            return None
        return Leaf(relation, assumed, where, c / d, found, denominators)

    def nonzero(self, relations: tuple[Boolean, ...], where: Domain) -> list[Factor] | None:
        """The factors of all denominators with their signs; None unless all signs are strict."""
        bases = dict.fromkeys(base for r in relations for base in _denominators(r))
        if not bases:
            return []
        encoder, found = Encoder([*relations, *self.symbols]), []
        for base in bases:
            quotient = encoder.quotient(base)
            if quotient.above == 0:  # a zero has no factors that could object
                return None
            for polynomial, power in factors(quotient.above)[1]:
                factor = self.factor(polynomial, power, where)
                if factor.shown.sign not in ("+", "-"):
                    return None
                found.append(factor)
        return found

    def factor(self, polynomial: Polynomial, power: int, where: Domain) -> Factor:
        moved = into(where.facts.context, polynomial, self.symbols)
        return Factor(moved, power, where.sign(moved))


def product_sign(constant: Any, found: list[Factor]) -> str:
    """The sign of a product of factors; "?" where it does not show."""
    sign = "+" if constant > 0 else "-"
    for factor in found:
        own = factor.shown.sign
        if own == "0":
            return "0"
        if factor.power % 2:
            if own == "?":
                return "?"
            sign = sign if own in ("+", ">=0") else _OPPOSITE[sign]
        if own not in ("+", "-"):
            sign = _WEAK[sign]
    return sign


def _conjuncts(condition: Boolean) -> Iterator[Boolean]:
    """The relations that together are the condition; itself where it is something else."""
    if isinstance(condition, sp.And):
        for part in condition.args:
            yield from _conjuncts(part)
    elif isinstance(condition, sp.Not) and isinstance(condition.args[0], sp.Or):
        for part in condition.args[0].args:
            yield from _conjuncts(sp.Not(part, evaluate=False))
    elif isinstance(condition, sp.Not) and condition.args[0].is_Relational:
        yield condition.args[0].negated
    elif condition != sp.true:
        yield condition


def _by_cases(expr: Expr) -> Iterator[Expr]:
    """Expressions by cases, from the inside."""
    for part in expr.args:
        yield from _by_cases(part)
    if isinstance(expr, BY_CASES):
        yield expr


def _number_of_cases(expr: Expr) -> int:
    """How many relations without cases it is told apart into."""
    nodes = dict.fromkeys(_by_cases(expr))
    return prod(3 if isinstance(n, (sp.Abs, sp.sign)) else len(n.args) for n in nodes)


def _denominators(expr: Expr) -> Iterator[Expr]:
    """The bases of all negative powers."""
    if isinstance(expr, sp.Pow) and expr.exp.is_negative:
        yield expr.base
    for part in expr.args:
        yield from _denominators(part)


__all__ = ["Absurd", "Branch", "Factor", "Leaf", "Tree", "certified", "product_sign"]
