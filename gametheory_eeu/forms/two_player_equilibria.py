"""Equilibria of a two-player normal form: families by support, extreme equilibria, components."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import mul
from typing import TYPE_CHECKING, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import Equilibrium, EquilibriumSet
from gametheory_eeu.games.tree import shorter_form
from gametheory_eeu.solvers import extreme_equilibria
from gametheory_eeu.solvers.bimatrix import (
    EquilibriumFamily,
    affine_dimension,
    numeric_families,
    symbolic_families,
)
from gametheory_eeu.solvers.extreme_equilibria import ExtremeEquilibria, Vertex, bit_positions

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

_VERTEX_METHOD = "enumeration of the vertices of the best-response polyhedra"
_VERTEX_REASON = "every equilibrium lies in a product of faces whose vertices were all found"
_SUPPORT_METHOD = "support enumeration with exact case distinctions"
_SUPPORT_REASON = "every pair of supports was solved, and every case of its equations followed"
PayoffMatrix: TypeAlias = list[list[Expr]]
Supports: TypeAlias = Sequence[tuple[int, ...]]
"""Of each player, the actions that are played, by their numbers."""
Strategy: TypeAlias = tuple[Expr, ...]
"""The probability of each action."""


def solve(game: NormalForm) -> EquilibriumSet:
    """Every equilibrium of a two-player game."""
    families: Iterable[EquilibriumFamily]
    if has_rational_payoffs(game):
        method, why = _VERTEX_METHOD, _VERTEX_REASON
        families = numeric_families(*_integer_matrices(game), game.extremes)
    else:
        method, why = _SUPPORT_METHOD, _SUPPORT_REASON
        families = symbolic_families(*payoff_matrices(game), game.space)
    equilibria = tuple(_equilibrium(game, family) for family in families)
    return EquilibriumSet(equilibria, game, "Nash", method, sp.true, why)


def has_rational_payoffs(game: NormalForm) -> bool:
    """Whether every payoff is a rational number."""
    return all(v.is_Rational for table in game.payoffs.values() for v in table.values())


def payoff_matrices(game: NormalForm) -> tuple[PayoffMatrix, PayoffMatrix]:
    """Both players' payoff matrices, entry [i][j] at action i against action j."""
    (first, second), (rows, columns) = game.payoffs.values(), game.actions.values()
    return (
        [[first[i, j] for j in columns] for i in rows],
        [[second[i, j] for j in columns] for i in rows],
    )


def extremes(game: NormalForm) -> ExtremeEquilibria:
    """The extreme equilibria of a game with rational payoffs."""
    return extreme_equilibria.extreme_equilibria(*_integer_matrices(game))


def _integer_matrices(game: NormalForm) -> tuple[list[list[int]], list[list[int]]]:
    rows, columns = (to_integers(matrix)[0] for matrix in payoff_matrices(game))
    return rows, columns


def _equilibrium(game: NormalForm, family: EquilibriumFamily) -> Equilibrium:
    first, second = family.mixtures
    probabilities = first.chances, second.chances
    name = support_name(game, family.supports)
    if family.has_excess_dimension:
        name += f" (dimensions {', '.join(map(str, family.dimensions))})"
    return Equilibrium(
        name,
        profile_of(game, probabilities),
        _expected_payoffs(game, family.supports, probabilities, family.substitution),
        family.condition,
        "Nash",
        free=first.free + second.free,
        where=sp.And(first.where, second.where),
        game=game,
    )


def profile_of(
    game: NormalForm, probabilities: Iterable[Iterable[Expr]]
) -> dict[str, FrozenMapping[str, Expr]]:
    """The profile of mixed strategies that are listed in the order of players and actions."""
    pairs = zip(game.actions.items(), probabilities, strict=True)
    return {
        player: FrozenMapping(dict(zip(actions, mix, strict=True)))
        for (player, actions), mix in pairs
    }


def support_name(game: NormalForm, supports: Supports) -> str:
    """The name of supports: each player's actions played with positive probability."""
    return ", ".join(
        " + ".join(actions[k] for k in support)
        for actions, support in zip(game.actions.values(), supports, strict=True)
    )


def _expected_payoffs(
    game: NormalForm,
    supports: Supports,
    probabilities: Sequence[Sequence[Expr]],
    values: Mapping[Symbol, Expr],
) -> dict[str, Expr]:
    """Each player's expected payoff, from the action of the support with the shortest form."""
    rows, columns = payoff_matrices(game)
    transpose = [list(column) for column in zip(*columns, strict=True)]
    result = {}
    for player, matrix, index in zip(game.players, (rows, transpose), (0, 1), strict=True):
        candidates = (
            _expected_payoff(matrix[k], probabilities[1 - index], values) for k in supports[index]
        )
        result[player] = min(candidates, key=sp.count_ops)
    return result


def _expected_payoff(
    row: Sequence[Expr], probabilities: Sequence[Expr], values: Mapping[Symbol, Expr]
) -> Expr:
    value = sp.Add(*(a * p for a, p in zip(row, probabilities, strict=True) if p != 0))
    value = value.subs(values) if values else value
    if value.is_Rational or value.has(sp.Piecewise):
        return value
    return shorter_form(sp.cancel(value))


@dataclass(frozen=True, repr=False)
class NashSubset:
    """A maximal Nash subset: the product of two convex hulls of strategies.

    Parameters
    ----------
    vertices : tuple of tuples of strategies
        For each player the extreme strategies; the subset is the product of their convex hulls.
    dimensions : tuple of int
        Of each player's convex hull.
    """

    vertices: tuple[tuple[Strategy, ...], tuple[Strategy, ...]]
    dimensions: tuple[int, int]

    @property
    def equilibria(self) -> tuple[tuple[Strategy, Strategy], ...]:
        """The extreme equilibria it spans."""
        return tuple(product(*self.vertices))

    @property
    def dimension(self) -> int:
        """The dimension; 0 for a single equilibrium."""
        return sum(self.dimensions)

    def __repr__(self) -> str:
        factors = " x ".join(" - ".join(map(str, strategies)) for strategies in self.vertices)
        return f"<Nash subset of dimension {self.dimension}: {factors}>"


@dataclass(frozen=True, repr=False)
class Component:
    """A connected component of the equilibria: maximal Nash subsets that meet.

    Parameters
    ----------
    subsets : tuple of NashSubset
    """

    subsets: tuple[NashSubset, ...]

    @property
    def equilibria(self) -> tuple[tuple[Strategy, Strategy], ...]:
        """The extreme equilibria in it."""
        return tuple(dict.fromkeys(e for subset in self.subsets for e in subset.equilibria))

    @property
    def dimension(self) -> int:
        """The largest dimension of a subset; 0 for an isolated equilibrium."""
        return max(subset.dimension for subset in self.subsets)

    def __repr__(self) -> str:
        parts, points = len(self.subsets), len(self.equilibria)
        return (
            f"<component of dimension {self.dimension}: {points} extreme "
            f"equilibri{'um' if points == 1 else 'a'} in {parts} Nash "
            f"subset{'' if parts == 1 else 's'}>"
        )


def components(game: NormalForm) -> tuple[Component, ...]:
    """The components of a game's equilibria."""
    extremes = _checked(game).extremes

    def hull(vertices: tuple[Vertex, ...], mask: int) -> tuple[tuple[Strategy, ...], int]:
        members = [vertices[k] for k in bit_positions(mask)]
        return tuple(map(_strategy, members)), affine_dimension([v.strategy for v in members])

    def subset(first_mask: int, second_mask: int) -> NashSubset:
        first, second = hull(extremes.first, first_mask), hull(extremes.second, second_mask)
        return NashSubset((first[0], second[0]), (first[1], second[1]))

    return tuple(Component(tuple(subset(*s) for s in group)) for group in extremes.components())


def extreme_points(game: NormalForm) -> tuple[Equilibrium, ...]:
    """The extreme equilibria of a game, one by one."""
    extremes = _checked(game).extremes
    matrices = [to_integers(matrix) for matrix in payoff_matrices(game)]
    first, second = (tuple(map(_strategy, side)) for side in (extremes.first, extremes.second))

    def equilibrium(i: int, j: int) -> Equilibrium:
        vertices = extremes.first[i], extremes.second[j]
        payoffs = (_payoff(*matrix, *vertices) for matrix in matrices)
        return Equilibrium(
            support_name(game, [tuple(bit_positions(vertex.support)) for vertex in vertices]),
            profile_of(game, (first[i], second[j])),
            dict(zip(game.players, payoffs, strict=True)),
            sp.true,
            "Nash",
            game=game,
        )

    return tuple(equilibrium(i, j) for i, j in extremes.pairs)


def _payoff(matrix: list[list[int]], unit: int, first: Vertex, second: Vertex) -> Expr:
    """A player's expected payoff, from his payoffs as whole numbers of a unit."""
    rows = ((p, matrix[i]) for i, p in enumerate(first.weights) if p)
    total = sum(p * sum(map(mul, second.weights, row)) for p, row in rows)
    return sp.Rational(total, sum(first.weights) * sum(second.weights) * unit)


def _strategy(vertex: Vertex) -> Strategy:
    """The probability of each action, exactly."""
    total = sum(vertex.weights)
    return tuple(sp.Rational(weight, total) for weight in vertex.weights)


def _checked(game: NormalForm) -> NormalForm:
    """The game itself, if it has two players and rational payoffs."""
    if len(game.players) != 2:
        raise UnsupportedError(
            f"this is for games of two players, and {game!r} has {len(game.players)}"
        )
    if not has_rational_payoffs(game):
        names = ", ".join(s.name for s in game.symbols) or "numbers that are not rational"
        raise UnsupportedError(
            f"this is for payoffs that are rational numbers, and these have {names}; give values "
            "with .at(...), or read the conditions of .solve()"
        )
    return game
