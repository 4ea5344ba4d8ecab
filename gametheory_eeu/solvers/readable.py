"""Relations, conditions and values as a reader would write them, in their shortest form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import line_coefficients
from gametheory_eeu.core.rational_forms import (
    expand,
    factorization,
    has_quotient,
)
from gametheory_eeu.core.signs import RELATIONS, reverse
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.case_distinction import negation
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.proof_search import is_proved

_OPERATORS = {kind: op for op, kind in RELATIONS.items() if op not in ("<", "<=")}


def simplify_condition(condition: Boolean, space: Space) -> Boolean:
    """An equivalent shorter condition; as it is where that cannot be read by the prover."""
    try:
        condition = prover.simplify(rewrite_relations(condition, space), space)
        return _without_exclusions(condition, space) if condition.has(sp.Or) else condition
    except UnsupportedError:
        return condition


def complement(conditions: Iterable[Boolean], space: Space) -> Boolean:
    """The condition that none of some conditions holds.

    Examples
    --------
    >>> v, w = sp.symbols("v w", real=True)
    >>> complement([sp.Eq(w - v, 0), w - v >= 0], Space.of())
    v > w
    """
    return simplify_condition(negation(sp.Or(*conditions)), space)


def _without_exclusions(condition: Boolean, space: Space) -> Boolean:
    """The condition without relations that only keep its cases apart."""
    for junction in condition.atoms(sp.Or):
        for case in (c for c in junction.args if isinstance(c, sp.And)):
            for atom in case.args:
                rest = [part for part in case.args if part != atom]
                others = [c for c in junction.args if c != case]
                for wider in _wider(atom):
                    shorter = sp.Or(*others, sp.And(*rest, wider))
                    if prover.equivalent(junction, shorter, space).verdict == "proved":
                        remaining = condition.xreplace({junction: shorter})
                        return simplify_condition(remaining, space)
    return condition


def _wider(relation: Boolean) -> tuple[Boolean, ...]:
    """Nothing in place of a relation, or a weak one in place of a strict one."""
    if isinstance(relation, (sp.Gt, sp.Lt)):
        return sp.true, (sp.Ge if isinstance(relation, sp.Gt) else sp.Le)(*relation.args)
    return (sp.true,)


def simplify_value(value: Expr) -> Expr:
    """The value in the shorter of factored and expanded form."""
    if value.is_Atom or value.has(*CASE_FUNCTIONS, sp.CRootOf):
        return value
    forms = [sp.cancel(sp.together(value))] if has_quotient(value) else []
    forms.append(sp.expand(value))
    if not any(p.exp.is_Rational and not p.exp.is_Integer for p in value.atoms(sp.Pow)):
        forms.append(factorization(value))
    quotients = [sp.fraction(form) for form in forms]
    forms += [-numerator / -denominator for numerator, denominator in quotients]
    return min(forms, key=_length)


def _length(expression: Expr) -> tuple[int, int, str]:
    """Operations and symbols as often as they occur, then characters."""
    nodes = list(sp.preorder_traversal(expression))
    symbols = sum(isinstance(node, sp.Symbol) for node in nodes)
    return sp.count_ops(expression) + symbols, len(str(expression)), str(expression)


def arrange_relation(expression: Expr, relation: Any) -> Boolean:
    """The relation of an expression with zero, with positive terms on either side.

    Examples
    --------
    >>> v, c = sp.symbols("v c", real=True)
    >>> arrange_relation(-v / 2 + c / 2, sp.Ge)
    c >= v
    >>> arrange_relation(-v - c + 1, sp.Gt)
    c + v < 1
    """
    _, primitive = sp.expand(expression).primitive()
    terms = sp.Add.make_args(primitive)
    symbolic = [t for t in terms if t.free_symbols]
    if symbolic and all(t.could_extract_minus_sign() for t in symbolic):
        terms, relation = tuple(-t for t in terms), reverse(relation)
    left = [t for t in terms if not t.could_extract_minus_sign()]
    right = [-t for t in terms if t.could_extract_minus_sign()]
    return relation(sp.Add(*left), sp.Add(*right))


def relation(expression: Expr, op: str, space: Space) -> Boolean:
    """A relation with zero in readable form, without factors of known sign."""
    if expression.is_number:
        return RELATIONS[op](expression, 0)
    expression = _drop_signed_factors(expression, space)
    coefficients = line_coefficients(expression)
    if coefficients is not None:
        x, slope, intercept = coefficients
        comparison = RELATIONS[op] if slope > 0 else reverse(RELATIONS[op])
        return comparison(x, -intercept / slope)
    terms = sp.Add.make_args(expand(expression.as_content_primitive()[1]))
    negative = [term for term in terms if term.could_extract_minus_sign()]
    lhs = sp.Add(*(term for term in terms if term not in negative))
    return RELATIONS[op](lhs, -sp.Add(*negative))


def _drop_signed_factors(expression: Expr, space: Space) -> Expr:
    if all(term.as_coeff_Mul()[1].is_Symbol or term.is_number
           for term in sp.Add.make_args(expression)):  # fmt: skip
        return expression  # linear
    factored = factorization(expression)
    if not factored.is_Mul:
        return expression
    factors = []
    for factor in factored.args:
        if is_proved(sp.Gt(factor, 0), space, STEP):
            continue
        if is_proved(sp.Lt(factor, 0), space, STEP):
            factors.append(sp.Integer(-1))
        else:
            factors.append(factor)
    return sp.Mul(*factors)


def rewrite_relations(condition: Boolean, space: Space) -> Boolean:
    """The condition with every relation in readable form."""
    if isinstance(condition, (sp.And, sp.Or)):
        return condition.func(*(rewrite_relations(part, space) for part in condition.args))
    if isinstance(condition, (sp.Le, sp.Lt)):
        return relation(
            condition.gts - condition.lts, ">=" if condition.func is sp.Le else ">", space
        )
    op = _OPERATORS.get(condition.func)
    return condition if op is None else relation(condition.lhs - condition.rhs, op, space)
