"""Conditions in a game's own terms: ``mu > mu*`` where ``mu*`` is one of its quantities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.display.notation import Math
from gametheory_eeu.model import EquilibriumSet, Quantity


def _names(quantities: Mapping[str, Quantity]) -> dict[Expr, Expr]:
    """Expressions of quantities that are more than a symbol or a number, to their own symbols."""
    found: dict[Expr, Expr] = {}
    for q in quantities.values():
        if not q.expression.is_Atom and q.expression.free_symbols:
            found.setdefault(q.expression, sp.Symbol(q.symbol, real=True))
    return found


def named(condition: Boolean, quantities: Mapping[str, Quantity]) -> Boolean:
    """The condition with quantities in place of their expressions."""
    return condition.xreplace(_names(quantities))


def defined(result: EquilibriumSet) -> list[tuple[Math, Expr]]:
    """The quantities that the named conditions of a set of equilibria use, with what they are."""
    return definitions([e.condition for e in result], result.game.quantities)


def definitions(
    conditions: Iterable[Boolean], quantities: Mapping[str, Quantity]
) -> list[tuple[Math, Expr]]:
    """The quantities that some conditions use once they are named, with what they are."""
    used = set().union(*(named(c, quantities).free_symbols for c in conditions))
    return [(Math(name.name), expression) for expression, name in _names(quantities).items()
            if name in used]  # fmt: skip
