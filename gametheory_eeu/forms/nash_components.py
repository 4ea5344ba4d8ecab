"""The equilibria of a two-player game in numbers as they lie: maximal Nash subsets, components."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms import two_player_equilibria
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.solvers.extreme_equilibria import Vertex, bits
from gametheory_eeu.solvers.support_polytope import rank

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

Strategy: TypeAlias = tuple[Expr, ...]
"""The probability of each action."""


@dataclass(frozen=True, repr=False)
class NashSubset:
    """A maximal Nash subset: every mix of some strategies of one player against every of the other.

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
        """0 for a single equilibrium."""
        return sum(self.dimensions)

    def __repr__(self) -> str:
        sides = " x ".join(" - ".join(map(str, strategies)) for strategies in self.vertices)
        return f"<Nash subset of dimension {self.dimension}: {sides}>"


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
            f"<component of dimension {self.dimension}: {_counted(points, 'extreme equilibrium')} "
            f"in {_counted(parts, 'Nash subset')}>"
        )


def _counted(count: int, what: str) -> str:
    more = what.replace("equilibrium", "equilibria") if "equilibrium" in what else f"{what}s"
    return f"{count} {what if count == 1 else more}"


def components(game: NormalForm) -> tuple[Component, ...]:
    """The components of a game's equilibria."""
    found = numeric(game).extremes

    def hull(vertices: tuple[Vertex, ...], mask: int) -> tuple[tuple[Strategy, ...], int]:
        chosen = [vertices[k] for k in bits(mask)]
        return tuple(map(strategy, chosen)), rank([v.strategy for v in chosen])

    def subset(mine: int, theirs: int) -> NashSubset:
        one, other = hull(found.first, mine), hull(found.second, theirs)
        return NashSubset((one[0], other[0]), (one[1], other[1]))

    return tuple(Component(tuple(subset(*s) for s in group)) for group in found.components())


def extreme_equilibria(game: NormalForm) -> tuple[Equilibrium, ...]:
    """The extreme equilibria of a game, each by itself."""
    found = numeric(game).extremes
    pairs = ((found.first[i], found.second[j]) for i, j in found.pairs)
    return tuple(_equilibrium(game, one, other) for one, other in pairs)


def _equilibrium(game: NormalForm, one: Vertex, other: Vertex) -> Equilibrium:
    mixes = dict(zip(game.players, (strategy(one), strategy(other)), strict=True))
    profile = {
        player: Frozen(dict(zip(game.actions[player], mix, strict=True)))
        for player, mix in mixes.items()
    }
    played = (tuple(bits(one.support)), tuple(bits(other.support)))
    payoffs = two_player_equilibria.payoffs(game, played, tuple(mixes.values()))
    name = two_player_equilibria.name(game, played)
    return Equilibrium(name, profile, payoffs, sp.true, "Nash", game=game)


def strategy(vertex: Vertex) -> Strategy:
    """The probability of each action, exactly."""
    total = sum(vertex.weights)
    return tuple(sp.Rational(weight, total) for weight in vertex.weights)


def numeric(game: NormalForm) -> NormalForm:
    """The game, if it has two players and its payoffs are rational numbers."""
    if len(game.players) != 2:
        raise UnsupportedError(
            f"this is for games of two players, and {game!r} has {len(game.players)}"
        )
    if not two_player_equilibria.in_numbers(game):
        names = ", ".join(s.name for s in game.symbols) or "numbers that are not rational"
        raise UnsupportedError(
            f"this is for payoffs that are rational numbers, and these have {names}; give values "
            "with .at(...), or read the conditions of .solve()"
        )
    return game


__all__ = ["Component", "NashSubset", "components", "extreme_equilibria", "numeric", "strategy"]
