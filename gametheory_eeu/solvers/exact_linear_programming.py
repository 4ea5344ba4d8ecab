"""Linear programmes solved exactly, each optimum with the prices that prove it.

A programme is solved in floating point first, where the solver is quick, but nothing of that is
believed: its vertex only says which constraints to take as equations. They are solved in rational
numbers, and weak duality decides. Where that fails, the exact simplex method starts afresh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from flint import fmpq

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.dual_simplex import dual_simplex
from gametheory_eeu.solvers.float_vertex import float_vertex
from gametheory_eeu.solvers.linear_programme import Pair, Programme, dot, fraction, rational

MOST_ENTRIES = 250_000
_FEW_ENTRIES = 300
"""Up to so many coefficients the exact method is the quicker one."""


@dataclass(frozen=True)
class Optimum:
    """An optimal distribution, and prices of the constraints that prove it optimal.

    ``objective[j] - prices . column j <= value`` for each j, and the prices are not negative: so
    no distribution that obeys the constraints brings more than ``value``.
    """

    point: tuple[Fraction, ...]
    value: Fraction
    prices: tuple[Fraction, ...]


class Solution(NamedTuple):
    """Of a matrix game: what the row player secures, how, and what holds him to it."""

    value: Fraction
    mix: tuple[Fraction, ...]
    against: tuple[Fraction, ...]


def best_distribution(objective: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Optimum:
    """The distribution x with ``row . x <= 0`` for each row that brings the most, exactly.

    Parameters
    ----------
    objective : rational numbers
    rows : of rational numbers, as long as the objective

    Raises
    ------
    DoesNotExistError
        No distribution obeys the rows.
    TooLargeError
        More than ``MOST_ENTRIES`` coefficients; or, where floating point does not help, too much
        work for the exact simplex method.

    Examples
    --------
    >>> found = best_distribution([3, 1, 0], [[1, -1, -2]])
    >>> found.point, found.value, found.prices
    ((Fraction(1, 2), Fraction(1, 2), Fraction(0, 1)), Fraction(2, 1), (Fraction(1, 1),))
    """
    _check_size(len(objective), len(rows))
    exact = [[rational(v) for v in row] for row in rows]
    programme = Programme([rational(c) for c in objective], exact, [fmpq(0)] * len(rows), True)
    point, prices = _solved(programme)
    value = dot(programme.costs, point)
    return Optimum(_fractions(point), fraction(value), _fractions(prices[:-1]))


def matrix_game(matrix: Sequence[Sequence[Any]]) -> Solution:
    """The value of a matrix game to the row player, with an optimal mix of each side.

    Dantzig (1951): with payoffs moved until all are positive, the mixes divided by the value
    solve a linear programme and its dual.

    Parameters
    ----------
    matrix : rows of rational numbers
        What the row player gets.

    Raises
    ------
    TooLargeError
        More than ``MOST_ENTRIES`` payoffs, or too much work for the exact simplex method.

    Examples
    --------
    >>> matrix_game([[3, -1], [-1, 1]])
    Solution(value=Fraction(1, 3), mix=(Fraction(1, 3), Fraction(2, 3)), against=(Fraction(1, 3), Fraction(2, 3)))
    """  # noqa: E501
    _check_size(len(matrix), len(matrix[0]))
    exact = [[rational(v) for v in row] for row in matrix]
    least, most = min(map(min, exact)), max(map(max, exact))
    size = most - least if most != least else fmpq(1)
    positive = [[(v - least) / size + 1 for v in row] for row in exact]
    columns = [[-v for v in column] for column in zip(*positive, strict=True)]
    one = fmpq(1)
    programme = Programme([-one] * len(exact), columns, [-one] * len(columns), False)
    point, prices = _solved(programme)
    total = sum(point, fmpq(0))
    mix, against = [v / total for v in point], [v / total for v in prices]
    return Solution(fraction((1 / total - 1) * size + least), _fractions(mix), _fractions(against))


def _solved(programme: Programme) -> Pair:
    """An optimal point and prices, checked."""
    if programme.entries > _FEW_ENTRIES:
        found = float_vertex(programme)
        if found is not None and programme.proves(*found):
            return found
    found = dual_simplex(programme)
    if not programme.proves(*found):
        raise ArithmeticError("the optimum of a linear programme failed its own check")
    return found


def _check_size(unknowns: int, constraints: int) -> None:
    if unknowns * constraints > MOST_ENTRIES:
        raise TooLargeError(
            f"a linear programme of {unknowns} unknowns and {constraints} constraints, above "
            f"{MOST_ENTRIES} coefficients; solve a smaller game, without dominated actions"
        )


def _fractions(values: Sequence[fmpq]) -> tuple[Fraction, ...]:
    return tuple(map(fraction, values))


__all__ = ["Optimum", "Solution", "best_distribution", "matrix_game"]
