"""Linear programmes solved exactly, each optimum with the dual prices that prove it.

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

from gametheory_eeu.core.conversions import to_fmpq, to_fraction
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.dual_simplex import dual_simplex
from gametheory_eeu.solvers.float_vertex import float_vertex
from gametheory_eeu.solvers.linear_programme import PrimalDual, Programme, dot

MAX_ENTRIES = 250_000
_FEW_ENTRIES = 300
"""Up to so many coefficients the exact method is the quicker one."""


@dataclass(frozen=True)
class Optimum:
    """An optimal distribution, with dual prices that prove it optimal.

    ``objective[j] - prices . column j <= value`` for each j, and the prices are not negative: so
    no distribution that obeys the constraints brings more than ``value``.
    """

    point: tuple[Fraction, ...]
    value: Fraction
    prices: tuple[Fraction, ...]


class Solution(NamedTuple):
    """Value of a matrix game, with optimal mixes of the row and the column player."""

    value: Fraction
    mix: tuple[Fraction, ...]
    against: tuple[Fraction, ...]


def best_distribution(objective: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Optimum:
    """Optimal distribution x subject to ``row . x <= 0`` for each row, exact.

    Parameters
    ----------
    objective : rational numbers
    rows : of rational numbers, as long as the objective

    Raises
    ------
    DoesNotExistError
        No distribution obeys the rows.
    TooLargeError
        More than ``MAX_ENTRIES`` coefficients; or, where floating point does not help, too much
        work for the exact simplex method.

    Examples
    --------
    >>> found = best_distribution([3, 1, 0], [[1, -1, -2]])
    >>> found.point, found.value, found.prices
    ((Fraction(1, 2), Fraction(1, 2), Fraction(0, 1)), Fraction(2, 1), (Fraction(1, 1),))
    """
    _check_size(len(objective), len(rows))
    rational_rows = [[to_fmpq(v) for v in row] for row in rows]
    programme = Programme(
        [to_fmpq(c) for c in objective], rational_rows, [fmpq(0)] * len(rows), True
    )
    point, prices = _solve(programme)
    value = dot(programme.costs, point)
    return Optimum(_fractions(point), to_fraction(value), _fractions(prices[:-1]))


def solve_matrix_game(matrix: Sequence[Sequence[Any]]) -> Solution:
    """Value of a matrix game to the row player, with an optimal mix of each side.

    Dantzig (1951): with payoffs moved until all are positive, the mixes divided by the value
    solve a linear programme and its dual.

    Parameters
    ----------
    matrix : rows of rational numbers
        What the row player gets.

    Raises
    ------
    TooLargeError
        More than ``MAX_ENTRIES`` payoffs, or too much work for the exact simplex method.

    Examples
    --------
    >>> solve_matrix_game([[3, -1], [-1, 1]])
    Solution(value=Fraction(1, 3), mix=(Fraction(1, 3), Fraction(2, 3)), against=(Fraction(1, 3), Fraction(2, 3)))
    """  # noqa: E501
    _check_size(len(matrix), len(matrix[0]))
    payoffs = [[to_fmpq(v) for v in row] for row in matrix]
    minimum, maximum = min(map(min, payoffs)), max(map(max, payoffs))
    scale = maximum - minimum if maximum != minimum else fmpq(1)
    positive = [[(v - minimum) / scale + 1 for v in row] for row in payoffs]
    columns = [[-v for v in column] for column in zip(*positive, strict=True)]
    one = fmpq(1)
    programme = Programme([-one] * len(payoffs), columns, [-one] * len(columns), False)
    point, prices = _solve(programme)
    total = sum(point, fmpq(0))
    mix, against = [v / total for v in point], [v / total for v in prices]
    return Solution(
        to_fraction((1 / total - 1) * scale + minimum), _fractions(mix), _fractions(against)
    )


def _solve(programme: Programme) -> PrimalDual:
    """An optimal point and prices, checked."""
    if programme.entries > _FEW_ENTRIES:
        solution = float_vertex(programme)
        if solution is not None and programme.proves(*solution):
            return solution
    solution = dual_simplex(programme)
    if not programme.proves(*solution):
        raise ArithmeticError("the optimum of a linear programme failed its own check")
    return solution


def _check_size(unknowns: int, constraints: int) -> None:
    if unknowns * constraints > MAX_ENTRIES:
        raise TooLargeError(
            f"a linear programme of {unknowns} unknowns and {constraints} constraints, above "
            f"{MAX_ENTRIES} coefficients; solve a smaller game, without dominated actions"
        )


def _fractions(values: Sequence[fmpq]) -> tuple[Fraction, ...]:
    return tuple(map(to_fraction, values))


__all__ = ["Optimum", "Solution", "best_distribution", "solve_matrix_game"]
