"""Conditions in a game's own terms: ``mu > mu*`` where ``mu*`` is one of its quantities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.display.notation import Math
from gametheory_eeu.model import EquilibriumSet, Quantity


def _quantity_symbols(quantities: Mapping[str, Quantity]) -> dict[Expr, Expr]:
    """Symbols of the quantities by their expressions, symbols and numbers left out."""
    symbols: dict[Expr, Expr] = {}
    for q in quantities.values():
        if not q.expression.is_Atom and q.expression.free_symbols:
            symbols.setdefault(q.expression, sp.Symbol(q.symbol, real=True))
    return symbols


def substitute_quantities(condition: Boolean, quantities: Mapping[str, Quantity]) -> Boolean:
    """The condition with quantities in place of their expressions."""
    return condition.xreplace(_quantity_symbols(quantities))


def set_definitions(result: EquilibriumSet) -> list[tuple[Math, Expr]]:
    """Definitions of the quantities in the conditions of a set of equilibria."""
    return definitions([e.condition for e in result], result.game.quantities)


def definitions(
    conditions: Iterable[Boolean], quantities: Mapping[str, Quantity]
) -> list[tuple[Math, Expr]]:
    """Definitions of the quantities that occur in some conditions."""
    symbols = set().union(*(substitute_quantities(c, quantities).free_symbols for c in conditions))
    return [
        (Math(symbol.name), expression)
        for expression, symbol in _quantity_symbols(quantities).items()
        if symbol in symbols
    ]
