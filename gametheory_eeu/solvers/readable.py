"""Conditions and values of continuous choices in their shortest form."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import factorization, has_quotient
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.solvers.indifference import rewrite_relations


def simplify_condition(condition: Boolean, space: Space) -> Boolean:
    """An equivalent shorter condition; as it is where that cannot be read by the prover."""
    try:
        condition = prover.simplify(rewrite_relations(condition, space), space)
        return _without_exclusions(condition, space) if condition.has(sp.Or) else condition
    except UnsupportedError:
        return condition


def _without_exclusions(condition: Boolean, space: Space) -> Boolean:
    """The condition without relations that only keep its cases apart."""
    for junction in condition.atoms(sp.Or):
        for case in (c for c in junction.args if isinstance(c, sp.And)):
            for relation in case.args:
                rest = [part for part in case.args if part != relation]
                others = [c for c in junction.args if c != case]
                for wider in _wider(relation):
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


__all__ = ["simplify_condition", "simplify_value"]
