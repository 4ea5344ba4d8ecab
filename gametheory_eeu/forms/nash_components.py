"""Maximal Nash subsets and connected components of a two-player game's equilibria."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from operator import mul
from typing import TYPE_CHECKING, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms import two_player_equilibria
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.solvers.bimatrix import affine_dimension
from gametheory_eeu.solvers.extreme_equilibria import Vertex, bit_positions

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

Strategy: TypeAlias = tuple[Expr, ...]
"""The probability of each action."""


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
            f"<component of dimension {self.dimension}: {_plural(points, 'extreme equilibrium')} "
            f"in {_plural(parts, 'Nash subset')}>"
        )


def _plural(count: int, noun: str) -> str:
    plural = noun.replace("equilibrium", "equilibria") if "equilibrium" in noun else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"


def components(game: NormalForm) -> tuple[Component, ...]:
    """The components of a game's equilibria."""
    extremes = rational_game(game).extremes

    def hull(vertices: tuple[Vertex, ...], mask: int) -> tuple[tuple[Strategy, ...], int]:
        members = [vertices[k] for k in bit_positions(mask)]
        return tuple(map(mixed_strategy, members)), affine_dimension([v.strategy for v in members])

    def subset(first_mask: int, second_mask: int) -> NashSubset:
        first, second = hull(extremes.first, first_mask), hull(extremes.second, second_mask)
        return NashSubset((first[0], second[0]), (first[1], second[1]))

    return tuple(Component(tuple(subset(*s) for s in group)) for group in extremes.components())


def extreme_equilibria(game: NormalForm) -> tuple[Equilibrium, ...]:
    """The extreme equilibria of a game, one by one."""
    extremes = rational_game(game).extremes
    matrices = [to_integers(matrix) for matrix in two_player_equilibria.payoff_matrices(game)]
    first, second = (tuple(map(mixed_strategy, side)) for side in (extremes.first, extremes.second))
    return tuple(
        _equilibrium(
            game,
            (extremes.first[i], extremes.second[j]),
            (first[i], second[j]),
            tuple(_payoff(*matrix, extremes.first[i], extremes.second[j]) for matrix in matrices),
        )
        for i, j in extremes.pairs
    )


def _payoff(matrix: list[list[int]], unit: int, first: Vertex, second: Vertex) -> Expr:
    """A player's expected payoff, from his payoffs as whole numbers of a unit."""
    rows = ((p, matrix[i]) for i, p in enumerate(first.weights) if p)
    total = sum(p * sum(map(mul, second.weights, row)) for p, row in rows)
    return sp.Rational(total, sum(first.weights) * sum(second.weights) * unit)


def _equilibrium(
    game: NormalForm,
    vertices: tuple[Vertex, Vertex],
    mixes: tuple[Strategy, Strategy],
    payoffs: tuple[Expr, ...],
) -> Equilibrium:
    profile = {
        player: FrozenMapping(dict(zip(actions, mix, strict=True)))
        for (player, actions), mix in zip(game.actions.items(), mixes, strict=True)
    }
    first, second = vertices
    supports = (tuple(bit_positions(first.support)), tuple(bit_positions(second.support)))
    name = two_player_equilibria.support_name(game, supports)
    by_player = FrozenMapping(dict(zip(game.players, payoffs, strict=True)))
    return Equilibrium(name, profile, by_player, sp.true, "Nash", game=game)


def mixed_strategy(vertex: Vertex) -> Strategy:
    """The probability of each action, exactly."""
    total = sum(vertex.weights)
    return tuple(sp.Rational(weight, total) for weight in vertex.weights)


def rational_game(game: NormalForm) -> NormalForm:
    """The game itself, if it has two players and rational payoffs."""
    if len(game.players) != 2:
        raise UnsupportedError(
            f"this is for games of two players, and {game!r} has {len(game.players)}"
        )
    if not two_player_equilibria.has_rational_payoffs(game):
        names = ", ".join(s.name for s in game.symbols) or "numbers that are not rational"
        raise UnsupportedError(
            f"this is for payoffs that are rational numbers, and these have {names}; give values "
            "with .at(...), or read the conditions of .solve()"
        )
    return game
