"""Families of equilibria of a two-player normal form, named by their supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.model.tree import shorter_form
from gametheory_eeu.solvers.bimatrix import EquilibriumFamily, numeric_families, symbolic_families
from gametheory_eeu.solvers.extreme_equilibria import ExtremeEquilibria, extreme_equilibria

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

_VERTEX_METHOD = "enumeration of the vertices of the best-response polyhedra"
_VERTEX_REASON = "every equilibrium lies in a product of faces whose vertices were all found"
_SUPPORT_METHOD = "support enumeration with exact case distinctions"
_SUPPORT_REASON = "every pair of supports was solved, and every case of its equations followed"
PayoffMatrix = list[list[Expr]]
SupportPair = tuple[tuple[int, ...], tuple[int, ...]]
_NO_VALUES: Mapping[Symbol, Expr] = FrozenMapping()


def solve(game: NormalForm) -> EquilibriumSet:
    """Every equilibrium of a two-player game."""
    is_rational = has_rational_payoffs(game)
    method, why = (
        (_VERTEX_METHOD, _VERTEX_REASON) if is_rational else (_SUPPORT_METHOD, _SUPPORT_REASON)
    )
    equilibria = tuple(_equilibria(game, is_rational))
    return EquilibriumSet(equilibria, game, "Nash", method, sp.true, why)


def has_rational_payoffs(game: NormalForm) -> bool:
    """Whether every payoff is a rational number."""
    return all(v.is_Rational for table in game.payoffs.values() for v in table.values())


def payoff_matrices(game: NormalForm) -> tuple[PayoffMatrix, PayoffMatrix]:
    """Both players' payoff matrices, entry [i][j] at action i against action j."""
    width = game.shape[1]
    first, second = (list(table.values()) for table in game.payoffs.values())
    return (
        [first[k : k + width] for k in range(0, len(first), width)],
        [second[k : k + width] for k in range(0, len(second), width)],
    )


def extremes(game: NormalForm) -> ExtremeEquilibria:
    """The extreme equilibria of a game with rational payoffs."""
    rows, columns = (to_integers(matrix)[0] for matrix in payoff_matrices(game))
    return extreme_equilibria(rows, columns)


def _equilibria(game: NormalForm, is_rational: bool) -> Iterator[Equilibrium]:
    if is_rational:
        rows, columns = (to_integers(matrix)[0] for matrix in payoff_matrices(game))
        families = numeric_families(rows, columns, game.extremes)
    else:
        families = symbolic_families(*payoff_matrices(game), game.space)
    for family in families:
        yield _equilibrium(game, family)


def _equilibrium(game: NormalForm, family: EquilibriumFamily) -> Equilibrium:
    profile = {
        player: FrozenMapping(dict(zip(actions, mixture.chances, strict=True)))
        for (player, actions), mixture in zip(game.actions.items(), family.mixtures, strict=True)
    }
    first, second = family.mixtures
    probabilities = first.chances, second.chances
    dimensions = ", ".join(map(str, family.dimensions))
    base_name = support_name(game, family.supports)
    return Equilibrium(
        name=f"{base_name} (dimensions {dimensions})" if family.has_excess_dimension else base_name,
        profile=profile,
        payoffs=expected_payoffs(game, family.supports, probabilities, family.substitution),
        condition=family.condition,
        concept="Nash",
        free=first.free + second.free,
        where=sp.And(first.where, second.where),
        game=game,
    )


def support_name(game: NormalForm, supports: SupportPair) -> str:
    """The name of a support pair: the actions played with positive probability."""
    return ", ".join(
        " + ".join(actions[k] for k in support)
        for actions, support in zip(game.actions.values(), supports, strict=True)
    )


def expected_payoffs(
    game: NormalForm,
    supports: SupportPair,
    probabilities: Sequence[Sequence[Expr]],
    values: Mapping[Symbol, Expr] = _NO_VALUES,
) -> FrozenMapping[str, Expr]:
    """Each player's expected payoff, from the action of the support with the shortest form."""
    rows, columns = payoff_matrices(game)
    transpose = [list(column) for column in zip(*columns, strict=True)]
    result = {}
    for player, matrix, index in zip(game.players, (rows, transpose), (0, 1), strict=True):
        candidates = (
            _expected_payoff(matrix[k], probabilities[1 - index], values) for k in supports[index]
        )
        result[player] = min(candidates, key=sp.count_ops)
    return FrozenMapping(result)


def _expected_payoff(
    row: Sequence[Expr], probabilities: Sequence[Expr], values: Mapping[Symbol, Expr]
) -> Expr:
    value = sp.Add(*(a * p for a, p in zip(row, probabilities, strict=True) if p != 0))
    value = value.subs(values) if values else value
    if value.is_Rational or value.has(sp.Piecewise):
        return value
    return shorter_form(sp.cancel(value))
