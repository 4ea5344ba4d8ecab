"""What indexes a family of equilibria: its range, solved for it, and where it stands."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.display.hypotheses import assumptions
from gametheory_eeu.display.tables import Cell, listed
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.model import Equilibrium

_WITH_BELIEFS = ("bayesian", "sequential")
_TURNED = {sp.Lt: sp.Gt, sp.Gt: sp.Lt, sp.Le: sp.Ge, sp.Ge: sp.Le}


def space_of(e: Equilibrium) -> Space:
    """What is known of the symbols of the equilibrium's game."""
    space: Space = getattr(e.game, "space", Space(()))  # An equilibrium may stand alone.
    return space


def family_range(e: Equilibrium) -> Cell:
    """The range of what is free: each bound of one such symbol solved for it."""
    space = Space.of(space_of(e), e.condition, symbols=e.free)
    kinds = [known for symbol in e.free for known in assumptions(symbol)]
    where = _solved(e.where, frozenset(e.free), space)
    return listed([*([where] if where != sp.true else []), *kinds], ", ")


def _solved(where: Boolean, free: frozenset[Symbol], space: Space) -> Boolean:
    if isinstance(where, (sp.And, sp.Or)):
        return where.func(*(_solved(part, free, space) for part in where.args))
    inside = where.free_symbols & free
    if not where.is_Relational or len(inside) != 1:
        return where
    (x,) = inside
    one, other = where.args
    if (one == x and not other.has(x)) or (other == x and not one.has(x)):
        return where
    return _for_symbol(where, x, space)


def _for_symbol(relation: Boolean, x: Symbol, space: Space) -> Boolean:
    """The relation solved for a symbol in which it is linear, where its coefficient has a sign."""
    difference = sp.expand(relation.lhs - relation.rhs)
    if not difference.is_polynomial(x) or sp.degree(difference, x) != 1:
        return relation
    slope, rest = (sp.factor(part) for part in sp.Poly(difference, x).all_coeffs())
    try:
        sign = prover.sign(slope, given=space).sign
    except GameTheoryError:
        return relation
    if sign not in ("+", "-"):
        return relation
    turned = relation.func if sign == "+" else _TURNED.get(relation.func, relation.func)
    return turned(x, _short(-rest / slope))


def _short(bound: Expr) -> Expr:
    return min((bound, sp.factor(bound), sp.cancel(bound)), key=sp.count_ops)


def beliefs_of(e: Equilibrium) -> dict[str, dict[str, Expr]]:
    """The beliefs that belong to the equilibrium, at the information sets of several nodes."""
    if not any(word in e.concept.lower() for word in _WITH_BELIEFS):
        return {}
    return {place: dict(mix) for place, mix in e.beliefs.items() if len(mix) > 1}


def used(e: Equilibrium) -> str:
    """Where a reader meets what is free: in "beliefs", in "strategies", or in "payoffs" only."""
    parts = {"beliefs": beliefs_of(e), "strategies": e.profile, "payoffs": {"": e.payoffs}}
    for name, mixes in parts.items():
        if any(p.free_symbols & set(e.free) for mix in mixes.values() for p in mix.values()):
            return name
    return "strategies"


__all__ = ["beliefs_of", "family_range", "space_of", "used"]
