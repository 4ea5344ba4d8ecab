"""Families of equilibria: closed at their ends, and matched with equilibria at values.

A solver finds equilibria by their supports: a family of mixes is open, and where a probability of
it is zero or one, at an end, another equilibrium begins. Here ends are given to the family and
taken from the others. The set of all equilibria stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, fresh_symbols
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import GameTheoryError, SpaceError, UnsupportedError
from gametheory_eeu.games.equilibrium import Equilibrium, EquilibriumSet
from gametheory_eeu.prover.functions import mentions
from gametheory_eeu.prover.proof_search import is_proved

Choice: TypeAlias = Callable[[Equilibrium, Equilibrium, Boolean], bool]
"""Whether a family takes its end from another equilibrium, by what is left of its condition."""
_CLOSED = {sp.Gt: sp.Ge, sp.Lt: sp.Le}


def merge_families(
    equilibria: Iterable[Equilibrium], names: Mapping[str, str], space: Space
) -> tuple[Equilibrium, ...]:
    """The equilibria by new names; an end of the family's own name is merged.

    They are in the order of the names where all of them have one.
    """
    named = [replace(e, name=names.get(e.name, e.name)) for e in equilibria]
    order = list(names.values())
    if all(e.name in order for e in named):
        named.sort(key=lambda e: order.index(e.name))
    return _close(
        named, space, lambda family, other, rest: family.name == other.name and rest == sp.false
    )


def close_ties(equilibria: Iterable[Equilibrium], space: Space) -> tuple[Equilibrium, ...]:
    """The equilibria, each family that exists at a tie only with its ends.

    An end is left where the condition of the other equilibrium would be longer without it.
    """

    def is_taken(family: Equilibrium, other: Equilibrium, rest: Boolean) -> bool:
        is_tie = any(isinstance(part, sp.Eq) for part in sp.And.make_args(family.condition))
        return is_tie and _length(rest) <= _length(other.condition)

    return _close(equilibria, space, is_taken)


def _length(condition: Boolean) -> int:
    return len(condition.atoms(sp.core.relational.Relational))


def _close(
    equilibria: Iterable[Equilibrium], space: Space, is_taken: Choice
) -> tuple[Equilibrium, ...]:
    result = list(equilibria)
    for i, opened in enumerate(result):
        for bound in _open_bounds(opened):
            for j, other in enumerate(result):
                rest = _rest(result[i], bound, other, space) if i != j else None
                if rest is not None and is_taken(result[i], other, rest):
                    closed = _CLOSED[bound.func](*bound.args)
                    result[i] = replace(result[i], where=result[i].where.xreplace({bound: closed}))
                    result[j] = replace(other, condition=rest)
                    break
    return tuple(e for e in result if e.condition != sp.false)


def _open_bounds(family: Equilibrium) -> Iterator[Boolean]:
    """The bounds of single free symbols that are not attained."""
    if family.radius == 0:
        for part in sp.And.make_args(family.where):
            if part.func in _CLOSED and part.lhs in family.free and part.rhs.is_number:
                yield part


def _rest(family: Equilibrium, bound: Boolean, other: Equilibrium, space: Space) -> Boolean | None:
    """The condition of another equilibrium without the family's end; None if it has no end there.

    Every member of the family's end must be one of the other equilibrium, and where these exist
    there must be no others.
    """
    end = {bound.lhs: bound.rhs}
    matched = _matched_symbols(family, other, end)
    if matched is None:
        return None
    range_at_end = sp.And(*(p for p in sp.And.make_args(family.where) if p != bound)).xreplace(end)
    existence = family.condition
    if len(family.free) == 1:
        existence = sp.And(existence, range_at_end)
    elif not _are_equivalent(
        range_at_end, other.where.xreplace(matched), Space.of(space, existence)
    ):
        return None
    if not is_proved(other.condition, Space.of(space, existence)):
        return None
    try:
        return _without(other.condition, existence, space)
    except GameTheoryError:  # not settled: the end stays where it is
        return None


def _without(condition: Boolean, excluded: Boolean, space: Space) -> Boolean:
    """A condition where another does not hold, case by case."""
    cases = []
    for case in sp.Or.make_args(condition):
        if is_proved(sp.Not(excluded), Space.of(space, case)):
            cases.append(case)
        elif not is_proved(excluded, Space.of(space, case)):
            cases.append(sp.And(case, sp.Not(excluded)))
    return prover.simplify(sp.Or(*cases), space)


def _are_equivalent(one: Boolean, other: Boolean, space: Space) -> bool:
    return is_proved(one, Space.of(space, other)) and is_proved(other, Space.of(space, one))


def _played(equilibrium: Equilibrium) -> dict[tuple[str, str], Mapping[str, Expr]]:
    """Mixes, beliefs and choices, each by its place."""
    parts = {
        "mix": equilibrium.profile,
        "belief": equilibrium.beliefs,
        "choice": {"": equilibrium.choices},
    }
    return {(kind, place): mix for kind, part in parts.items() for place, mix in part.items()}


def _matched_symbols(
    family: Equilibrium, other: Equilibrium, end: Mapping[Symbol, Expr]
) -> dict[Symbol, Expr] | None:
    """The free symbols of another equilibrium by the family's, so that both are one at the end."""
    mixes, other_mixes = _played(family), _played(other)
    if len(other.free) != len(family.free) - 1 or mixes.keys() != other_mixes.keys():
        return None
    pairs = [
        (other_value, value.xreplace(end))
        for place, mix in mixes.items()
        for value, other_value in zip(mix.values(), other_mixes[place].values(), strict=True)
    ]
    matched = {symbol: value for symbol, value in pairs if symbol in other.free}
    if len(matched) < len(other.free) or not set(matched.values()) <= set(family.free):
        return None
    return matched if all(a.xreplace(matched) == b for a, b in pairs) else None


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
    """Whether two equilibria of one game, or families of them, have a point in common."""
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
        _probability_pairs(
            {k: belief for k, belief in first.beliefs.items() if k in second.beliefs},
            {k: belief for k, belief in second.beliefs.items() if k in first.beliefs},
        ),
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


def _with_fresh_symbols(first: Equilibrium, second: Equilibrium) -> Equilibrium:
    """The second equilibrium with free symbols whose names the first does not use."""
    replacements = fresh_symbols(second.free, {symbol: symbol for symbol in first.free})
    if not replacements:
        return second

    def substitute_all(profile: Mapping[str, Mapping[str, Expr]]) -> dict[str, dict[str, Expr]]:
        return {
            k: {a: p.xreplace(replacements) for a, p in mix.items()} for k, mix in profile.items()
        }

    return replace(
        second,
        profile=substitute_all(second.profile),
        beliefs=substitute_all(second.beliefs),
        choices=substitute_all({"": second.choices})[""],
        where=second.where.xreplace(replacements),
        free=tuple(replacements.get(symbol, symbol) for symbol in second.free),
    )
