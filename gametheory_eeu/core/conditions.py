"""Conditions at values for some of their symbols, in Kleene's three-valued logic."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.constants import nonreal_constant
from gametheory_eeu.core.definedness import substitute

_UNDEFINED_ATOMS = (sp.nan, sp.zoo, sp.I)


@arg.validate(condition=arg.condition, values=arg.point)
def condition_at(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean:
    """The condition at values for some of its symbols; false where it is undefined.

    A part that is false makes a conjunction false, whatever the others are there; Kleene's logic.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> condition_at(sp.And(x > 0, 1 / x > y), {x: sp.Integer(0)})
    False
    >>> condition_at(sp.Or(1 / x > 0, y > 1), {x: sp.Integer(0)})
    y > 1
    """
    result = _kleene_value(condition, values)
    return sp.false if result is None else result


def _kleene_value(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean | None:
    if not condition.free_symbols & values.keys():
        return condition
    if isinstance(condition, sp.core.relational.Relational):
        return _relation_value(condition, values)
    if isinstance(condition, sp.And):
        parts = [_kleene_value(part, values) for part in condition.args]
        return sp.false if sp.false in parts else None if None in parts else sp.And(*parts)
    if isinstance(condition, sp.Or):
        defined = [
            part
            for operand in condition.args
            if (part := _kleene_value(operand, values)) is not None
        ]
        return sp.Or(*defined) if defined else None
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], (sp.And, sp.Or)):
        dual = sp.Or if isinstance(condition.args[0], sp.And) else sp.And
        return _kleene_value(dual(*map(sp.Not, condition.args[0].args)), values)
    if isinstance(condition, sp.Not):
        argument = _kleene_value(condition.args[0], values)
        return None if argument is None else sp.Not(argument)
    if isinstance(condition, sp.Implies):
        return _kleene_value(sp.Or(sp.Not(condition.args[0]), condition.args[1]), values)
    return condition.xreplace(values)


def _relation_value(relation: Boolean, values: Mapping[Symbol, Expr]) -> Boolean | None:
    sides = [substitute(side, values) for side in relation.args]
    infinities = () if relation.has(sp.oo, -sp.oo) else (sp.oo, -sp.oo)
    if any(
        side.has(*_UNDEFINED_ATOMS, *infinities) or nonreal_constant(side) is not None
        for side in sides
    ):
        return None
    result = relation.func(*sides)
    if result in (sp.true, sp.false) and any(map(_may_be_undefined, sides)):
        return relation.func(*sides, evaluate=False)  # SymPy takes 1/x != 0 for true at x = 0
    return result


def _may_be_undefined(expr: Expr) -> bool:
    """Whether it has symbols and is more than a polynomial."""
    powers = expr.atoms(sp.Pow)
    return bool(expr.free_symbols) and (
        expr.has(sp.Function, sp.Piecewise)
        or any(not (p.exp.is_Integer and p.exp.is_positive) for p in powers)
    )


__all__ = ["condition_at"]
