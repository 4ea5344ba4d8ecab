"""Maximin strategies of a player, and the value of a zero-sum game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import to_integers, to_sympy
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.solvers.exact_linear_programming import solve_matrix_game
from gametheory_eeu.solvers.extreme_equilibria import MAX_RAYS, extreme_rays

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm


@dataclass(frozen=True)
class Maximin(Displayable):
    """A player's maximin value and strategy, and the others' minimising mix.

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
    against: FrozenMapping[tuple[str, ...], Expr]
    game: NormalForm = field(compare=False, repr=False)

    @cached_property
    def strategies(self) -> tuple[tuple[Expr, ...], ...]:
        """The extreme maximin strategies, of which every other is a convex combination.

        Raises
        ------
        TooLargeError
            More than can be listed; the value and one strategy need no list.
        """
        return tuple(_extreme_strategies(self))


def maximin(game: NormalForm, player: str) -> Maximin:
    """The maximin value and a strategy of a player, by one linear programme."""
    solution = solve_matrix_game(_payoff_matrix(game, player))
    mix = zip(_opponent_profiles(game, player), map(to_sympy, solution.against), strict=True)
    return Maximin(
        player,
        to_sympy(solution.value),
        tuple(map(to_sympy, solution.mix)),
        FrozenMapping({profile: probability for profile, probability in mix if probability != 0}),
        game,
    )


def _opponent_profiles(game: NormalForm, player: str) -> list[tuple[str, ...]]:
    return list(product(*(a for p, a in game.actions.items() if p != player)))


def _payoff_matrix(game: NormalForm, player: str) -> list[list[Expr]]:
    """The payoff matrix of a player's actions against the others' profiles."""
    position, others = game.players.index(player), _opponent_profiles(game, player)
    payoffs = game.payoffs[player]
    if not all(v.is_Rational for v in payoffs.values()):
        raise UnsupportedError(
            "maximin strategies are for payoffs that are rational numbers; give values with "
            ".at(...), or solve the zero-sum game of these payoffs, whose equilibria hold them "
            "with their conditions"
        )
    return [[payoffs[(*profile[:position], action, *profile[position:])] for profile in others]
            for action in game.actions[player]]  # fmt: skip


def _extreme_strategies(result: Maximin) -> Iterator[tuple[Expr, ...]]:
    """The vertices of the optimal face, which the others' optimal mix spans (Goldman and Tucker).

    An action that earns less than the value against that mix is played in none of them, and
    whatever the others play with positive probability brings exactly the value.
    """
    matrix, others = (
        _payoff_matrix(result.game, result.player),
        _opponent_profiles(result.game, result.player),
    )
    probabilities = [result.against.get(profile, sp.Integer(0)) for profile in others]
    optimal_rows = [
        k for k, row in enumerate(matrix) if _expected_payoff(row, probabilities) == result.value
    ]
    columns = zip(*(matrix[k] for k in optimal_rows), strict=True)
    excess = [[v - result.value for v in column] for column in columns]
    inequalities, _ = to_integers(excess)
    negatives = [
        [-v for v in row]
        for row, probability in zip(inequalities, probabilities, strict=True)
        if probability
    ]
    try:
        rays = extreme_rays(len(optimal_rows), [*negatives, *inequalities])
    except TooLargeError:
        raise TooLargeError(
            f"the maximin strategies of {result.player} have more than {MAX_RAYS} vertices on the "
            "way, too many to list; .strategy is one of them, and .value needs no list"
        ) from None
    for ray in rays:
        weights = dict(zip(optimal_rows, ray.at, strict=True))
        total = sum(ray.at)
        yield tuple(sp.Rational(weights.get(k, 0), total) for k in range(len(matrix)))


def _expected_payoff(row: Sequence[Expr], probabilities: Sequence[Expr]) -> Expr:
    return sp.Add(*(v * p for v, p in zip(row, probabilities, strict=True)))


def value(game: NormalForm) -> Expr:
    """The value of a two-player zero-sum game to the first player."""
    first, *rest = game.players
    sums = [sp.expand(sum(game.payoffs[p][profile] for p in game.players)) for profile in
            game.profiles]  # fmt: skip
    if len(rest) != 1 or any(total != sums[0] for total in sums):
        raise UnsupportedError(
            "only a zero-sum (or constant-sum) game of two players has a value; for what a player "
            "can secure in any game, ask for .maximin(player)"
        )
    return maximin(game, first).value
