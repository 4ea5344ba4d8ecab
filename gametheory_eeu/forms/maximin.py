"""What a player can secure alone: maximin strategies, and the value of a zero-sum game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.solvers.exact_linear_programming import matrix_game
from gametheory_eeu.solvers.extreme_rays import MOST_RAYS, extreme_rays

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm


@dataclass(frozen=True)
class Maximin(Shown):
    """The most a player can be sure of, whatever the others do together.

    Parameters
    ----------
    player : str
    value : expression
    strategy : tuple of expressions
        A maximin strategy, probabilities in action order.
    against : mapping of the others' profile to probability
        What the others can do together, in player order, so that no action brings more.
    game : NormalForm
    """

    player: str
    value: Expr
    strategy: tuple[Expr, ...]
    against: Frozen[tuple[str, ...], Expr]
    game: NormalForm = field(compare=False, repr=False)

    @cached_property
    def strategies(self) -> tuple[tuple[Expr, ...], ...]:
        """The extreme maximin strategies; every other is a mix of them.

        Raises
        ------
        TooLargeError
            More than can be listed; the value and one strategy need no list.
        """
        return tuple(_every_strategy(self))


def maximin(game: NormalForm, player: str) -> Maximin:
    """The maximin value and a strategy of a player, by one linear programme."""
    found = matrix_game(_earned(game, player))
    mix = zip(_others(game, player), map(_rational, found.against), strict=True)
    return Maximin(
        player,
        _rational(found.value),
        tuple(map(_rational, found.mix)),
        Frozen({profile: chance for profile, chance in mix if chance != 0}),
        game,
    )


def _others(game: NormalForm, player: str) -> list[tuple[str, ...]]:
    return list(product(*(a for p, a in game.actions.items() if p != player)))


def _earned(game: NormalForm, player: str) -> list[list[Expr]]:
    """What each action of a player earns, against each profile of the others."""
    place, others = game.players.index(player), _others(game, player)
    cells = game.payoffs[player]
    if not all(v.is_Rational for v in cells.values()):
        raise UnsupportedError(
            "maximin strategies are for payoffs that are rational numbers; give values with "
            ".at(...), or solve the zero-sum game of these payoffs, whose equilibria hold them "
            "with their conditions"
        )
    return [[cells[(*rest[:place], action, *rest[place:])] for rest in others]
            for action in game.actions[player]]  # fmt: skip


def _every_strategy(found: Maximin) -> Iterator[tuple[Expr, ...]]:
    """The vertices of the optimal face, which the others' optimal mix spans (Goldman and Tucker).

    An action that earns less than the value against that mix is played in none of them, and
    whatever the others play with positive probability brings exactly the value.
    """
    earned, others = _earned(found.game, found.player), _others(found.game, found.player)
    chances = [found.against.get(rest, sp.Integer(0)) for rest in others]
    level = [k for k, row in enumerate(earned) if _worth(row, chances) == found.value]
    columns = zip(*(earned[k] for k in level), strict=True)
    exceed = [[v - found.value for v in column] for column in columns]
    scale = lcm(*(int(v.q) for row in exceed for v in row))
    whole = [[int(v * scale) for v in row] for row in exceed]
    opposite = [[-v for v in row] for row, chance in zip(whole, chances, strict=True) if chance]
    try:
        rays = extreme_rays(len(level), [*opposite, *whole])
    except TooLargeError:
        raise TooLargeError(
            f"the maximin strategies of {found.player} have more than {MOST_RAYS} vertices on the "
            "way, too many to list; .strategy is one of them, and .value needs no list"
        ) from None
    for ray in rays:
        weights = dict(zip(level, ray.at, strict=True))
        total = sum(ray.at)
        yield tuple(sp.Rational(weights.get(k, 0), total) for k in range(len(earned)))


def _worth(row: Sequence[Expr], chances: Sequence[Expr]) -> Expr:
    return sp.Add(*(v * p for v, p in zip(row, chances, strict=True)))


def _rational(value: Fraction) -> Expr:
    return sp.Rational(value.numerator, value.denominator)


def value(game: NormalForm) -> Expr:
    """The value of a zero-sum game of two players to the first."""
    first, *rest = game.players
    sums = [sp.expand(sum(game.payoffs[p][profile] for p in game.players)) for profile in
            game.profiles]  # fmt: skip
    if len(rest) != 1 or any(total != sums[0] for total in sums):
        raise UnsupportedError(
            "only a zero-sum (or constant-sum) game of two players has a value; for what a player "
            "can secure in any game, ask for .maximin(player)"
        )
    return maximin(game, first).value


__all__ = ["Maximin", "maximin", "value"]
