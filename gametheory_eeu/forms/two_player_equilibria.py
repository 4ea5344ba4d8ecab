"""The equilibria of a two-player normal form as families, named by their supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import lcm
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.model.tree import shortest
from gametheory_eeu.solvers.bimatrix import Family, families_in_numbers, families_in_symbols
from gametheory_eeu.solvers.extreme_equilibria import Extremes, extreme_equilibria

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

_BY_VERTICES = "enumeration of the vertices of the best-response polyhedra"
_WHY_VERTICES = "every equilibrium lies in a product of faces whose vertices were all found"
_BY_SUPPORTS = "support enumeration with exact case distinctions"
_WHY_SUPPORTS = "every pair of supports was solved, and every case of its equations followed"
Table = list[list[Expr]]
Supports = tuple[tuple[int, ...], tuple[int, ...]]
_NOTHING: Mapping[Symbol, Expr] = Frozen()


def solve(game: NormalForm) -> EquilibriumSet:
    """Every equilibrium of a two-player game."""
    numeric = in_numbers(game)
    method, why = (_BY_VERTICES, _WHY_VERTICES) if numeric else (_BY_SUPPORTS, _WHY_SUPPORTS)
    found = tuple(_equilibria(game, numeric))
    return EquilibriumSet(found, game, "Nash", method, sp.true, why)


def in_numbers(game: NormalForm) -> bool:
    """Whether every payoff is a rational number."""
    return all(v.is_Rational for cells in game.payoffs.values() for v in cells.values())


def tables(game: NormalForm) -> tuple[Table, Table]:
    """Both players' payoffs, entry [i][j] at action i of the first against j of the second."""
    width = game.shape[1]
    first, second = (list(cells.values()) for cells in game.payoffs.values())
    return (
        [first[k : k + width] for k in range(0, len(first), width)],
        [second[k : k + width] for k in range(0, len(second), width)],
    )


def whole(table: Sequence[Sequence[Expr]]) -> tuple[list[list[int]], int]:
    """Rational payoffs as whole numbers, and what they were multiplied by."""
    scale = lcm(*(int(v.q) for row in table for v in row))
    return [[int(v.p) * (scale // int(v.q)) for v in row] for row in table], scale


def extremes(game: NormalForm) -> Extremes:
    """The extreme equilibria of a game in numbers."""
    rows, columns = (whole(table)[0] for table in tables(game))
    return extreme_equilibria(rows, columns)


def _equilibria(game: NormalForm, numeric: bool) -> Iterator[Equilibrium]:
    if numeric:
        rows, columns = (whole(table)[0] for table in tables(game))
        families = families_in_numbers(rows, columns, game.extremes)
    else:
        families = families_in_symbols(*tables(game), game.space)
    for family in families:
        yield _equilibrium(game, family)


def _equilibrium(game: NormalForm, family: Family) -> Equilibrium:
    profile = {
        player: Frozen(dict(zip(actions, mixture.chances, strict=True)))
        for (player, actions), mixture in zip(game.actions.items(), family.mixtures, strict=True)
    }
    mine, theirs = family.mixtures
    chances = mine.chances, theirs.chances
    dimensions = ", ".join(map(str, family.dimensions))
    plain = name(game, family.supports)
    return Equilibrium(
        name=f"{plain} (dimensions {dimensions})" if family.excess else plain,
        profile=profile,
        payoffs=payoffs(game, family.supports, chances, family.equated),
        condition=family.condition,
        concept="Nash",
        free=mine.free + theirs.free,
        where=sp.And(mine.where, theirs.where),
        game=game,
    )


def name(game: NormalForm, supports: Supports) -> str:
    """The actions that are played with positive probability, by player."""
    return ", ".join(
        " + ".join(actions[k] for k in support)
        for actions, support in zip(game.actions.values(), supports, strict=True)
    )


def payoffs(
    game: NormalForm,
    supports: Supports,
    chances: Sequence[Sequence[Expr]],
    values: Mapping[Symbol, Expr] = _NOTHING,
) -> Frozen[str, Expr]:
    """What each gets: the same from every action played, so from the one that reads shortest."""
    rows, columns = tables(game)
    across = [list(column) for column in zip(*columns, strict=True)]
    found = {}
    for player, table, own in zip(game.players, (rows, across), (0, 1), strict=True):
        worths = (_worth(table[k], chances[1 - own], values) for k in supports[own])
        found[player] = min(worths, key=sp.count_ops)
    return Frozen(found)


def _worth(row: Sequence[Expr], chances: Sequence[Expr], values: Mapping[Symbol, Expr]) -> Expr:
    value = sp.Add(*(a * p for a, p in zip(row, chances, strict=True) if p != 0))
    value = value.subs(values) if values else value
    if value.is_Rational or value.has(sp.Piecewise):
        return value
    return shortest(sp.cancel(value))


__all__ = ["extremes", "in_numbers", "name", "payoffs", "solve", "tables", "whole"]
