"""What a player can secure alone: maximin strategies, and the value of a zero-sum game."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._shown import Shown
from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.solvers.extreme_equilibria import Vertex, vertices

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm


@dataclass(frozen=True)
class Maximin(Shown):
    """The most a player can be sure of, whatever the others do together.

    Parameters
    ----------
    player : str
    value : expression
    strategies : tuple of tuples of expressions
        The extreme maximin strategies, probabilities in action order; every other is a mix of them.
    """

    player: str
    value: Expr
    strategies: tuple[tuple[Expr, ...], ...]


def maximin(game: NormalForm, player: str) -> Maximin:
    """The maximin value and strategies of a player, by vertices."""
    place = game.players.index(player)
    own = game.actions[player]
    against = list(product(*(a for p, a in game.actions.items() if p != player)))
    cells = [
        [game.payoffs[player][(*rest[:place], action, *rest[place:])] for action in own]
        for rest in against
    ]
    if not all(v.is_Rational for row in cells for v in row):
        raise UnsupportedError(
            "maximin strategies are for payoffs that are rational numbers; give values with "
            ".at(...), or solve the zero-sum game of these payoffs, whose equilibria hold them "
            "with their conditions"
        )
    scale = lcm(*(int(v.q) for row in cells for v in row))
    losses = [[-int(v.p) * (scale // int(v.q)) for v in row] for row in cells]
    found = [(_worst(losses, vertex), vertex) for vertex in vertices(losses)]
    least = min(worst for worst, _ in found)
    best = tuple(
        tuple(sp.Rational(p.numerator, p.denominator) for p in vertex.strategy)
        for worst, vertex in found if worst == least
    )  # fmt: skip
    value = -least / scale
    return Maximin(player, sp.Rational(value.numerator, value.denominator), best)


def _worst(losses: list[list[int]], vertex: Vertex) -> Fraction:
    """The greatest loss, against the worst the others can do."""
    return max(
        sum((loss * p for loss, p in zip(row, vertex.strategy, strict=True)), Fraction(0))
        for row in losses
    )


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
