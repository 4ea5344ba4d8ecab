"""Families of equilibria, and conditions in a game's own terms: ``mu > mu*`` for a quantity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.signs import reverse
from gametheory_eeu.display.hypotheses import assumptions
from gametheory_eeu.display.notation import Math
from gametheory_eeu.display.tables import Cell, join_cells
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Quantity


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


_BELIEF_CONCEPTS = ("bayesian", "sequential")


def game_space(e: Equilibrium) -> Space:
    """The space of the equilibrium's game."""
    space: Space = getattr(e.game, "space", Space(()))  # An equilibrium may stand alone.
    return space


def family_range(e: Equilibrium) -> Cell:
    """Range of the free symbols, each bound of a single one solved for it."""
    space = Space.of(game_space(e), e.condition, symbols=e.free)
    assumption_cells = [assumption for symbol in e.free for assumption in assumptions(symbol)]
    condition = _isolate(e.where, frozenset(e.free), space)
    return join_cells([*([condition] if condition != sp.true else []), *assumption_cells], ", ")


def _isolate(condition: Boolean, free: frozenset[Symbol], space: Space) -> Boolean:
    if isinstance(condition, (sp.And, sp.Or)):
        return condition.func(*(_isolate(part, free, space) for part in condition.args))
    unknowns = condition.free_symbols & free
    if not condition.is_Relational or len(unknowns) != 1:
        return condition
    (x,) = unknowns
    lhs, rhs = condition.args
    if (lhs == x and not rhs.has(x)) or (rhs == x and not lhs.has(x)):
        return condition
    return _solve_for(condition, x, space)


def _solve_for(relation: Boolean, x: Symbol, space: Space) -> Boolean:
    """The relation solved for a symbol in which it is linear, where its coefficient has a sign."""
    coefficients = linear_coefficients(relation.lhs - relation.rhs, x)
    if coefficients is None:
        return relation
    coefficient, constant = map(sp.factor, coefficients)
    try:
        sign = prover.sign(coefficient, given=space).sign
    except GameTheoryError:
        return relation
    if sign not in ("+", "-"):
        return relation
    relation_class = relation.func if sign == "+" else reverse(relation.func)
    return relation_class(x, _shortest_form(-constant / coefficient))


def _shortest_form(bound: Expr) -> Expr:
    return min((bound, sp.factor(bound), sp.cancel(bound)), key=sp.count_ops)


def beliefs_of(e: Equilibrium) -> dict[str, dict[str, Expr]]:
    """Beliefs of the equilibrium at the information sets of several nodes."""
    if not any(word in e.concept.lower() for word in _BELIEF_CONCEPTS):
        return {}
    return {place: dict(mix) for place, mix in e.beliefs.items() if len(mix) > 1}


def free_column(e: Equilibrium) -> str:
    """The column in which free symbols occur: beliefs, strategies or payoffs."""
    columns = {"beliefs": beliefs_of(e), "strategies": e.profile, "payoffs": {"": e.payoffs}}
    for name, mixes in columns.items():
        if any(p.free_symbols & set(e.free) for mix in mixes.values() for p in mix.values()):
            return name
    return "strategies"
