"""Case distinction: Piecewise, Max, Min and Abs resolved into formulas with conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.prover import implication
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS

MAX_CASES = 64


@dataclass(frozen=True)
class Case:
    """A formula and where it holds; where two cases overlap they agree."""

    condition: Boolean
    expression: Expr


def cases(expression: Expr, space: Space) -> tuple[Case, ...]:
    """The cases of an expression that occur on a space, those with one formula joined.

    A TooLargeError where there are more than are worth a row each.
    """
    return _cases(expression, space)


@lru_cache(maxsize=2048)
def _cases(expression: Expr, space: Space) -> tuple[Case, ...]:
    if expression.has(sp.Piecewise, sp.sign):
        return _resolve(expression, space, keep_edges=True)
    result = _resolve(expression, space, keep_edges=False)
    if not expression.has(*CASE_FUNCTIONS):
        return result
    outside = Space.of(space, *(negation(case.condition) for case in result))
    # No case holds in a part of the space that is an edge.
    return _resolve(expression, space, keep_edges=True) if is_satisfiable(outside) else result


def _resolve(expression: Expr, space: Space, *, keep_edges: bool) -> tuple[Case, ...]:
    conditions: dict[Expr, Boolean] = {}
    stack = [Case(sp.true, expression)]
    while stack:
        case = stack.pop()
        node = _next_node(case.expression)
        if node is None:
            conditions[case.expression] = sp.Or(
                case.condition, conditions.get(case.expression, sp.false)
            )
            continue
        stack += reversed(
            [subcase for subcase in _split(case, node) if _is_relevant(subcase, space, keep_edges)]
        )
        if len(stack) + len(conditions) > MAX_CASES:
            raise TooLargeError(
                f"the expression falls into more than {MAX_CASES} cases; ask for one that falls "
                "into fewer, or give some parameters values"
            )
    return tuple(Case(condition, formula) for formula, condition in conditions.items())


def _next_node(expression: Expr) -> Expr | None:
    """The largest node whose case does not depend on another node's case."""
    candidates = (node for node in expression.atoms(*CASE_FUNCTIONS) if not _has_nested_cases(node))
    return max(candidates, key=lambda n: (sp.count_ops(n), sp.default_sort_key(n)), default=None)


def _has_nested_cases(node: Expr) -> bool:
    """Whether the case of a node depends on a case distinction inside it."""
    arguments = [c for _, c in node.args] if isinstance(node, sp.Piecewise) else node.args
    return any(part.has(*CASE_FUNCTIONS) for part in arguments)


def _split(case: Case, node: Expr) -> Iterator[Case]:
    for condition, value in _node_cases(node):
        conjunction = sp.And(case.condition, condition)
        if conjunction != sp.false:
            yield Case(conjunction, case.expression.xreplace({node: value}))


def _node_cases(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    """The cases of one node, each with its value."""
    if isinstance(node, sp.Piecewise):
        earlier_conditions: list[Boolean] = []
        for value, condition in node.args:
            yield sp.And(*map(negation, earlier_conditions), condition), value
            earlier_conditions.append(condition)
    elif isinstance(node, (sp.Max, sp.Min)):
        relation = sp.Ge if isinstance(node, sp.Max) else sp.Le
        for value in sorted(node.args, key=sp.default_sort_key):
            yield sp.And(*(relation(value, other) for other in node.args if other != value)), value
    elif isinstance(node, sp.Abs):
        (x,) = node.args
        yield x >= 0, x
        yield x <= 0, -x
    else:
        (x,) = node.args
        yield from ((x > 0, sp.Integer(1)), (sp.Eq(x, 0), sp.Integer(0)), (x < 0, sp.Integer(-1)))


def negation(condition: Boolean) -> Boolean:
    """The negation of a condition, in negation normal form."""
    return sp.to_nnf(sp.Not(condition), simplify=False)


def disjuncts(condition: Boolean) -> Iterator[tuple[Boolean, ...]]:
    """Conjunctions of relations, of which exactly one holds where the condition does."""
    return _conjunctions(condition, exclusive=True)


def conjunctions_of(condition: Boolean) -> Iterator[tuple[Boolean, ...]]:
    """Conjunctions of relations, of which at least one holds where the condition does."""
    return _conjunctions(condition, exclusive=False)


def _conjunctions(condition: Boolean, exclusive: bool) -> Iterator[tuple[Boolean, ...]]:
    if condition in (sp.true, sp.false):
        yield from [()] if condition == sp.true else []
    elif isinstance(condition, sp.And):
        for parts in product(*(list(_conjunctions(part, exclusive)) for part in condition.args)):
            yield tuple(relation for part in parts for relation in part)
    elif isinstance(condition, sp.Or) and exclusive:
        first, *rest = condition.args
        yield from disjuncts(first)
        for outside, inside in product(disjuncts(negation(first)), disjuncts(sp.Or(*rest))):
            yield (*outside, *inside)
    elif isinstance(condition, sp.Or):
        for part in condition.args:
            yield from conjunctions_of(part)
    elif isinstance(condition, sp.Not):
        yield from _conjunctions(negation(condition.args[0]), exclusive)
    else:
        yield (condition,)


def _is_relevant(case: Case, space: Space, keep_edges: bool) -> bool:
    """Whether a case occurs on the space; true also where that is not decided.

    Of maxima and minima alone a case that is only an edge is left out: its neighbours have it.
    """
    condition = case.condition
    if not keep_edges:
        condition = interior(condition, frozenset(condition.free_symbols))
    if condition in (sp.true, sp.false):
        return bool(condition == sp.true)
    return is_satisfiable(Space.of(space, condition))


def is_satisfiable(space: Space) -> bool:
    """Whether a space is nonempty; true also where the prover cannot tell."""
    try:
        return implication.is_satisfiable(space)
    except UnsupportedError:
        return True


def closure(condition: Boolean) -> Boolean:
    """The closure of a condition: strict relations made weak."""
    weak_relations = {sp.Gt: sp.Ge, sp.Lt: sp.Le}
    substitutions = {r: weak_relations[r.func](*r.args) for r in condition.atoms(sp.Gt, sp.Lt)}
    return condition.xreplace({**substitutions, **dict.fromkeys(condition.atoms(sp.Ne), sp.true)})


def interior(condition: Boolean, symbols: frozenset[Symbol]) -> Boolean:
    """The interior of a condition in some symbols: weak relations made strict."""
    strict_relations = {sp.Ge: sp.Gt, sp.Le: sp.Lt}
    substitutions: dict[Boolean, Boolean] = {}
    for r in condition.atoms(sp.Ge, sp.Le, sp.Eq):
        if r.free_symbols & symbols:
            strict = strict_relations.get(r.func)
            substitutions[r] = sp.false if strict is None else strict(*r.args)
    return condition.xreplace(substitutions)
