"""Conditions in terms of a game's quantities: ``mu > mu*`` in place of a long inequality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.model.quantity import Quantity
from gametheory_eeu.prover.proof_search import is_proved

_REVERSE = {sp.Lt: sp.Gt, sp.Gt: sp.Lt, sp.Le: sp.Ge, sp.Ge: sp.Le}


def in_quantities(condition: Boolean, quantities: Iterable[Quantity], space: Space) -> Boolean:
    """The condition with each relation as a bound by a quantity, where it is one on the space.

    A relation is a bound by a quantity Q if it is linear in a symbol x and x = Q solves it, or if
    it is a multiple of Q; the first such quantity is taken. Of two symbols the one that comes first
    in the space is bounded by the other.
    """
    expressions = [q.expression for q in quantities if _is_rational(q.expression)]
    relations = condition.atoms(sp.core.relational.Relational)
    return condition.xreplace({r: _bound(r, expressions, space) for r in relations})


def _is_rational(expression: Expr) -> bool:
    symbols = expression.free_symbols
    return bool(symbols) and not expression.is_Symbol and expression.is_rational_function(*symbols)


def _bound(relation: Boolean, expressions: list[Expr], space: Space) -> Boolean:
    difference = relation.lhs - relation.rhs
    if not difference.is_polynomial(*difference.free_symbols):
        return relation
    for expression in expressions:
        for side, coefficient in _sides(difference, expression):
            if not _is_defined(expression, space):
                break
            if is_proved(sp.Gt(coefficient, 0), space):
                return relation.func(*side)
            if is_proved(sp.Lt(coefficient, 0), space):
                return _REVERSE.get(relation.func, relation.func)(*side)
    return _in_order(relation, space)


def _is_defined(expression: Expr, space: Space) -> bool:
    denominator = sp.denom(sp.together(expression))
    return denominator.is_number or is_proved(sp.Ne(denominator, 0), space)


def _in_order(relation: Boolean, space: Space) -> Boolean:
    order = space.symbols
    if relation.lhs in order and relation.rhs in order:
        is_ordered = order.index(relation.lhs) < order.index(relation.rhs)
        return relation if is_ordered else relation.reversed
    return relation


def _sides(difference: Expr, expression: Expr) -> Iterator[tuple[tuple[Expr, Expr], Expr]]:
    """The sides of bounds by an expression, with the coefficients of the difference in them."""
    if not expression.free_symbols <= difference.free_symbols:
        return
    for x in sorted(difference.free_symbols - expression.free_symbols, key=str):
        polynomial = sp.Poly(difference, x)
        if polynomial.degree() == 1:
            slope, intercept = polynomial.all_coeffs()
            if sp.cancel(slope * expression + intercept) == 0:
                yield (x, expression), slope
    ratio = sp.cancel(difference / expression)
    if ratio.is_number:
        yield (expression, sp.Integer(0)), ratio


__all__ = ["in_quantities"]
