"""Conditions at values for some of their symbols: what is undefined there is not true there."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.constants import unreal
from gametheory_eeu.core.definedness import put

_UNDEFINED = (sp.nan, sp.zoo, sp.I)


@arg.checks(condition=arg.condition, values=arg.point)
def condition_at(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean:
    """Where the condition is defined and true, at values for some of its symbols.

    A part that is false makes a conjunction false, whatever the others are there; Kleene's logic.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> condition_at(sp.And(x > 0, 1 / x > y), {x: sp.Integer(0)})
    False
    >>> condition_at(sp.Or(1 / x > 0, y > 1), {x: sp.Integer(0)})
    y > 1
    """
    found = _at(condition, values)
    return sp.false if found is None else found


def _at(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean | None:
    if not condition.free_symbols & values.keys():
        return condition
    if isinstance(condition, sp.core.relational.Relational):
        return _relation(condition, values)
    if isinstance(condition, sp.And):
        parts = [_at(part, values) for part in condition.args]
        return sp.false if sp.false in parts else None if None in parts else sp.And(*parts)
    if isinstance(condition, sp.Or):
        defined = [part for each in condition.args if (part := _at(each, values)) is not None]
        return sp.Or(*defined) if defined else None
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], (sp.And, sp.Or)):
        dual = sp.Or if isinstance(condition.args[0], sp.And) else sp.And
        return _at(dual(*map(sp.Not, condition.args[0].args)), values)
    if isinstance(condition, sp.Not):
        inside = _at(condition.args[0], values)
        return None if inside is None else sp.Not(inside)
    if isinstance(condition, sp.Implies):
        return _at(sp.Or(sp.Not(condition.args[0]), condition.args[1]), values)
    return condition.xreplace(values)


def _relation(relation: Boolean, values: Mapping[Symbol, Expr]) -> Boolean | None:
    sides = [put(side, values) for side in relation.args]
    ends = () if relation.has(sp.oo, -sp.oo) else (sp.oo, -sp.oo)
    if any(side.has(*_UNDEFINED, *ends) or unreal(side) is not None for side in sides):
        return None
    found = relation.func(*sides)
    if found in (sp.true, sp.false) and any(map(_may_be_undefined, sides)):
        return relation.func(*sides, evaluate=False)  # SymPy takes 1/x != 0 for true at x = 0
    return found


def _may_be_undefined(side: Expr) -> bool:
    """Whether it is made with more than sums and products of symbols."""
    powers = side.atoms(sp.Pow)
    return bool(side.free_symbols) and (
        side.has(sp.Function, sp.Piecewise)
        or any(not (p.exp.is_Integer and p.exp.is_positive) for p in powers)
    )


__all__ = ["condition_at"]
