"""Which family of a solution with symbols an equilibrium at values belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth
from gametheory_eeu.errors import SpaceError

if TYPE_CHECKING:
    from gametheory_eeu.model.equilibrium import Equilibrium, EquilibriumSet


def families_at(
    solution: EquilibriumSet, point: Mapping[Symbol, Expr], here: EquilibriumSet
) -> dict[str, tuple[str, ...]]:
    """By name of each equilibrium at the point, the names of the families it shares points with."""
    left = [s.name for s in solution.game.space.symbols if s not in point]
    if left:
        raise SpaceError(f"the values leave {', '.join(left)} open; give every symbol a value")
    there = [family.subs(point, here.game) for family in solution if truth(family.condition, point)]
    return {one.name: tuple(f.name for f in there if meet(f, one)) for one in here}


def meet(one: Equilibrium, other: Equilibrium) -> bool:
    """Whether two equilibria of one game, or families of them, have a point in common.

    Raises
    ------
    GameTheoryError
        It was not settled.
    """
    other = _apart(one, other)
    asked: list[Boolean] = []
    for relation in _equalities(one, other):
        if relation.free_symbols:
            asked.append(relation)
        elif truth(relation, {}) is not True:
            return False
    if not asked and one.where == sp.true and other.where == sp.true:
        return True
    return prover.satisfiable(Space.of(*asked, one.where, other.where))


def _equalities(one: Equilibrium, other: Equilibrium) -> Iterator[Boolean]:
    within = one.radius + other.radius
    for mine, theirs in chain(_pairs(one.profile, other.profile), _believed(one, other)):
        gap = mine - theirs
        yield sp.Eq(gap, 0) if within == 0 else sp.And(gap <= within, -gap <= within)


def _pairs(
    mine: Mapping[str, Mapping[str, Expr]], theirs: Mapping[str, Mapping[str, Expr]]
) -> Iterator[tuple[Expr, Expr]]:
    for key in dict.fromkeys(chain(mine, theirs)):
        one, other = mine.get(key, {}), theirs.get(key, {})
        for action in dict.fromkeys(chain(one, other)):
            yield one.get(action, sp.S.Zero), other.get(action, sp.S.Zero)


def _believed(one: Equilibrium, other: Equilibrium) -> Iterable[tuple[Expr, Expr]]:
    both = [key for key in one.beliefs if key in other.beliefs]
    return _pairs({k: one.beliefs[k] for k in both}, {k: other.beliefs[k] for k in both})


def _apart(one: Equilibrium, other: Equilibrium) -> Equilibrium:
    """The other with free symbols of names that the one does not use."""
    taken = {s.name for s in (*one.free, *other.free)}
    new: dict[Symbol, Expr] = {}
    for symbol in other.free:
        name = f"{symbol.name}_other"
        while name in taken:
            name += "_"
        taken.add(name)
        new[symbol] = sp.Symbol(name, real=True)
    if not new:
        return other

    def each(
        what: Mapping[str, Mapping[str, Expr]],
    ) -> dict[str, dict[str, Expr]]:
        return {k: {a: p.xreplace(new) for a, p in mix.items()} for k, mix in what.items()}

    return replace(
        other,
        profile=each(other.profile),
        beliefs=each(other.beliefs),
        where=other.where.xreplace(new),
        free=tuple(new.values()),
    )


__all__ = ["families_at", "meet"]
