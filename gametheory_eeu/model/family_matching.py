"""Matching of equilibria at parameter values to the families of a symbolic solution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import SpaceError, UnsupportedError
from gametheory_eeu.prover.functions import mentions

if TYPE_CHECKING:
    from gametheory_eeu.model.equilibrium import Equilibrium, EquilibriumSet


def families_at(
    solution: EquilibriumSet, point: Mapping[Symbol, Expr], equilibria: EquilibriumSet
) -> dict[str, tuple[str, ...]]:
    """The names of the families that contain each equilibrium at a point."""
    missing = [s.name for s in solution.game.space.symbols if s not in point]
    if missing:
        raise SpaceError(f"the values leave {', '.join(missing)} open; give every symbol a value")
    values = (v for family in solution for mix in family.profile.values() for v in mix.values())
    if mentions(*values, *(family.condition for family in solution)):
        raise UnsupportedError(
            "families are compared in numbers, and the values of an unspecified function are "
            "none; compare the conditions of .at(...).solve() with those of the families"
        )
    families = [
        family.subs(point, equilibria.game)
        for family in solution
        if truth_value(family.condition, point)
    ]
    return {
        equilibrium.name: tuple(f.name for f in families if have_common_point(f, equilibrium))
        for equilibrium in equilibria
    }


def have_common_point(first: Equilibrium, second: Equilibrium) -> bool:
    """Whether two equilibria of one game, or families of them, have a point in common.

    Raises
    ------
    GameTheoryError
        It was not settled.
    """
    second = _with_fresh_symbols(first, second)
    conditions: list[Boolean] = []
    for relation in _equalities(first, second):
        if relation.free_symbols:
            conditions.append(relation)
        elif truth_value(relation, {}) is not True:
            return False
    if not conditions and first.where == sp.true and second.where == sp.true:
        return True
    return prover.is_satisfiable(Space.of(*conditions, first.where, second.where))


def _equalities(first: Equilibrium, second: Equilibrium) -> Iterator[Boolean]:
    tolerance = first.radius + second.radius
    for first_value, second_value in chain(
        _probability_pairs(first.profile, second.profile),
        _belief_pairs(first, second),
        _probability_pairs({"": first.choices}, {"": second.choices}),
    ):
        difference = first_value - second_value
        yield (
            sp.Eq(difference, 0)
            if tolerance == 0
            else sp.And(difference <= tolerance, -difference <= tolerance)
        )


def _probability_pairs(
    first: Mapping[str, Mapping[str, Expr]], second: Mapping[str, Mapping[str, Expr]]
) -> Iterator[tuple[Expr, Expr]]:
    for key in dict.fromkeys(chain(first, second)):
        first_mix, second_mix = first.get(key, {}), second.get(key, {})
        for action in dict.fromkeys(chain(first_mix, second_mix)):
            yield first_mix.get(action, sp.S.Zero), second_mix.get(action, sp.S.Zero)


def _belief_pairs(first: Equilibrium, second: Equilibrium) -> Iterable[tuple[Expr, Expr]]:
    common_keys = [key for key in first.beliefs if key in second.beliefs]
    return _probability_pairs(
        {info_set: first.beliefs[info_set] for info_set in common_keys},
        {info_set: second.beliefs[info_set] for info_set in common_keys},
    )


def _with_fresh_symbols(first: Equilibrium, second: Equilibrium) -> Equilibrium:
    """The second equilibrium with free symbols whose names the first does not use."""
    used_names = {s.name for s in (*first.free, *second.free)}
    replacements: dict[Symbol, Expr] = {}
    for symbol in second.free:
        name = f"{symbol.name}_other"
        while name in used_names:
            name += "_"
        used_names.add(name)
        replacements[symbol] = sp.Symbol(name, real=True)
    if not replacements:
        return second

    def substitute_all(
        profile: Mapping[str, Mapping[str, Expr]],
    ) -> dict[str, dict[str, Expr]]:
        return {
            k: {a: p.xreplace(replacements) for a, p in mix.items()} for k, mix in profile.items()
        }

    return replace(
        second,
        profile=substitute_all(second.profile),
        beliefs=substitute_all(second.beliefs),
        choices=substitute_all({"": second.choices})[""],
        where=second.where.xreplace(replacements),
        free=tuple(replacements.values()),
    )
