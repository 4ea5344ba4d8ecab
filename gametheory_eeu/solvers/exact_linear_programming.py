"""Linear programming in rational numbers: a vertex found in floats, solved and proved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from flint import fmpq, fmpq_mat, nmod_mat

from gametheory_eeu.core.conversions import to_fmpq, to_fraction
from gametheory_eeu.core.optional import is_installed
from gametheory_eeu.errors import DoesNotExistError, TooLargeError

PrimalDual: TypeAlias = tuple[list[fmpq], list[fmpq]]
"""A point, and a price for each constraint."""


@dataclass(frozen=True)
class Programme:
    """Maximise ``costs . x`` over x >= 0 with ``row . x <= bound`` for each row.

    A distribution sums to one besides; the price of that comes last, and has any sign.
    """

    costs: list[fmpq]
    rows: list[list[fmpq]]
    bounds: list[fmpq]
    is_distribution: bool

    @property
    def entries(self) -> int:
        """The number of coefficients."""
        return len(self.costs) * len(self.rows)

    def equations(self) -> tuple[list[list[fmpq]], list[fmpq]]:
        """Every constraint, the sum to one last, with its right-hand side."""
        if not self.is_distribution:
            return self.rows, self.bounds
        return [*self.rows, [fmpq(1)] * len(self.costs)], [*self.bounds, fmpq(1)]

    def proves(self, point: Sequence[fmpq], prices: Sequence[fmpq]) -> bool:
        """Whether the prices prove the point optimal: feasibility and weak duality."""
        rows, bounds = self.equations()
        nonnegative_prices = prices[:-1] if self.is_distribution else prices
        imputed = imputed_costs(rows, prices)
        return (
            all(x >= 0 for x in point)
            and all(price >= 0 for price in nonnegative_prices)
            and all(dot(row, point) <= b for row, b in zip(self.rows, self.bounds, strict=True))
            and (not self.is_distribution or sum(point, fmpq(0)) == 1)
            and dot(self.costs, point) == dot(prices, bounds)
            and all(c <= imputed_cost for c, imputed_cost in zip(self.costs, imputed, strict=True))
        )


def imputed_costs(rows: Sequence[Sequence[fmpq]], prices: Sequence[fmpq]) -> list[fmpq]:
    """The cost imputed to each unknown by the prices of the constraints."""
    total = [fmpq(0)] * len(rows[0])
    for row, price in zip(rows, prices, strict=True):
        if price != 0:
            for j, v in enumerate(row):
                if v != 0:
                    total[j] += price * v
    return total


def dot(left: Sequence[fmpq], right: Sequence[fmpq]) -> fmpq:
    """The inner product."""
    return sum((a * b for a, b in zip(left, right, strict=True) if a != 0 and b != 0), fmpq(0))


MAX_UPDATES = 20_000_000
"""Entries of the tableau that are looked at, in all steps together; one of many digits counts more.
"""
_STALL_LIMIT = 40
"""Steps that change nothing before the smallest index decides, under which no basis comes back."""


def dual_simplex(programme: Programme) -> PrimalDual:
    """An optimal point and optimal prices of a linear programme.

    It starts where no reduced cost is negative: at zero where all costs are, else at the point of a
    distribution with the largest one. It mends one violated row at a time; the right-hand sides are
    nearly all zero, over which the primal method would stall.
    """
    tableau = _Tableau(programme)
    tableau.run()
    return tableau.point(), tableau.prices(programme)


class _Tableau:
    """Rows of a basis; columns for the unknowns, a slack for each row, and the right-hand side."""

    def __init__(self, programme: Programme) -> None:
        costs = programme.costs
        self.size, row_count = len(costs), len(programme.rows)
        zeros = [fmpq(0)] * row_count
        pairs = zip(programme.rows, programme.bounds, strict=True)
        self.rows = [[*row, *zeros, bound] for row, bound in pairs]
        for r, row in enumerate(self.rows):
            row[self.size + r] = fmpq(1)
        self.goal = [*(-c for c in costs), *zeros, fmpq(0)]
        self.basis = list(range(self.size, self.size + row_count))
        self.left = MAX_UPDATES
        if programme.is_distribution:
            largest = max(range(self.size), key=lambda j: costs[j])
            self.rows.append([*([fmpq(1)] * self.size), *zeros, fmpq(1)])
            self.basis.append(largest)
            self._pivot(row_count, largest)

    def run(self) -> None:
        stall_count = 0
        while (row := self._leaving_row(stall_count > _STALL_LIMIT)) is not None:
            previous = self.goal[-1]
            self._pivot(row, self._entering_column(row))
            stall_count = stall_count + 1 if self.goal[-1] == previous else 0

    def _leaving_row(self, use_smallest_index: bool) -> int | None:
        negative = [r for r, row in enumerate(self.rows) if row[-1] < 0]
        if not negative:
            return None
        key = (lambda r: self.basis[r]) if use_smallest_index else (lambda r: self.rows[r][-1])
        return min(negative, key=key)

    def _entering_column(self, row_index: int) -> int:
        row = self.rows[row_index]
        ratios = [(self.goal[j] / -v, j) for j, v in enumerate(row[:-1]) if v < 0]
        if not ratios:
            raise DoesNotExistError("no distribution obeys the constraints")
        return min(ratios)[1]

    def _pivot(self, row_index: int, column: int) -> None:
        scale = 1 / self.rows[row_index][column]
        self._count_updates(max(int(scale.p).bit_length(), int(scale.q).bit_length()))
        pivot = [v * scale if v != 0 else v for v in self.rows[row_index]]
        self.rows[row_index] = pivot
        nonzero_columns = [j for j, v in enumerate(pivot) if v != 0]
        for row in (*(r for k, r in enumerate(self.rows) if k != row_index), self.goal):
            factor = row[column]
            if factor != 0:
                for j in nonzero_columns:
                    row[j] -= factor * pivot[j]
        self.basis[row_index] = column

    def _count_updates(self, bits: int) -> None:
        self.left -= len(self.rows) * len(self.goal) * (1 + bits // 256)
        if self.left < 0:
            raise TooLargeError(
                f"the linear programme of {self.size} unknowns and {len(self.goal) - self.size - 1}"
                f" constraints takes more than {MAX_UPDATES} operations of the exact simplex "
                "method; solve a smaller game, without dominated actions"
            )

    def point(self) -> list[fmpq]:
        values = [fmpq(0)] * self.size
        for row, column in zip(self.rows, self.basis, strict=True):
            if column < self.size:
                values[column] = row[-1]
        return values

    def prices(self, programme: Programme) -> list[fmpq]:
        """Dual prices of the rows and, for a distribution, of the sum to one."""
        row_prices = self.goal[self.size : -1]
        return [*row_prices, self.goal[-1]] if programme.is_distribution else row_prices


_TOLERANCE = 1e-7
_PRIME = 2**61 - 1
"""Modulo which independent equations are chosen; a choice, never a conclusion."""


def float_vertex(programme: Programme) -> PrimalDual | None:
    """Exact point and prices at the vertex that is optimal in floats; None if there is none.

    Of the vertex only two things are kept: which unknowns and prices are not zero, and which
    constraints and reduced costs are. The equations that this leaves are solved exactly.
    """
    vertex = _highs_vertex(programme)
    if vertex is None:
        return None
    point, slack, prices, reduced_costs = vertex
    rows, bounds = programme.equations()
    row_count = len(programme.rows)
    tight_rows = [i for i, s in enumerate(slack) if s <= _TOLERANCE] + list(
        range(row_count, len(rows))
    )
    priced_rows = [i for i, p in enumerate(prices) if p > _TOLERANCE] + list(
        range(row_count, len(rows))
    )
    basic_columns = [j for j, x in enumerate(point) if x > _TOLERANCE]
    tight_columns = [j for j, r in enumerate(reduced_costs) if r <= _TOLERANCE]
    x = _solution(
        [[rows[i][j] for j in basic_columns] for i in tight_rows], [bounds[i] for i in tight_rows]
    )
    y = _solution(
        [[rows[i][j] for i in priced_rows] for j in tight_columns],
        [programme.costs[j] for j in tight_columns],
    )
    if x is None or y is None:
        return None
    return _scatter(x, basic_columns, len(programme.costs)), _scatter(y, priced_rows, len(rows))


def _highs_vertex(programme: Programme) -> tuple[Sequence[float], ...] | None:
    """A float vertex: its point, and by constraint its slack, its price and reduced costs."""
    import numpy as np
    from scipy.optimize import linprog

    inequalities = zip(programme.rows, programme.bounds, strict=True)
    scaled = np.array([_scale([*row, bound]) for row, bound in inequalities])
    costs = np.array(_scale(programme.costs))
    equalities: dict[str, Any] = {}
    if programme.is_distribution:
        equalities = {"A_eq": np.ones((1, len(costs))), "b_eq": [1.0]}
    result = linprog(
        -costs,
        A_ub=scaled[:, :-1],
        b_ub=scaled[:, -1],
        bounds=(0, None),
        method="highs-ds",
        **equalities,
    )
    if not result.success:
        return None
    return result.x, result.slack, -result.ineqlin.marginals, result.lower.marginals


def _scale(values: Sequence[fmpq]) -> list[float]:
    """Values divided by the largest: an integer of many digits is no float."""
    largest = max(map(abs, values))
    return (
        [float(to_fraction(v / largest)) for v in values] if largest != 0 else [0.0] * len(values)
    )


def _solution(rows: list[list[fmpq]], right_sides: list[fmpq]) -> list[fmpq] | None:
    """Solution of independent equations, as many as unknowns; None if there are fewer."""
    width = len(rows[0]) if rows else 0
    if width == 0:
        return []
    positions = _independent_rows(rows)
    if len(positions) < width:
        return None
    matrix = fmpq_mat([rows[i] for i in positions])
    try:
        solution = matrix.solve(fmpq_mat([[right_sides[i]] for i in positions]))
    except ZeroDivisionError:
        return None
    return [solution[i, 0] for i in range(width)]


def _independent_rows(rows: list[list[fmpq]]) -> list[int]:
    """Positions of independent rows, by elimination modulo a prime."""
    columns = [[_residue(v) for v in column] for column in zip(*rows, strict=True)]
    reduced, rank = nmod_mat(columns, _PRIME).rref()
    return [next(j for j in range(len(rows)) if int(reduced[i, j])) for i in range(rank)]


def _residue(value: fmpq) -> int:
    denominator = int(value.q) % _PRIME
    return int(value.p) * pow(denominator, -1, _PRIME) % _PRIME if denominator else 0


def _scatter(values: list[fmpq], positions: list[int], size: int) -> list[fmpq]:
    vector = [fmpq(0)] * size
    for position, value in zip(positions, values, strict=True):
        vector[position] = value
    return vector


MAX_ENTRIES = 250_000
_FEW_ENTRIES = 300
"""Up to so many coefficients the exact method is the quicker one. Without SciPy it is the only one.
"""


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

    Raises
    ------
    DoesNotExistError
        No distribution obeys the rows.
    TooLargeError
        More than ``MAX_ENTRIES`` coefficients; or, where floating point does not help, too much
        work for the exact simplex method.
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

    Dantzig (1951): with payoffs moved until all are positive, the mixes divided by the value solve
    a linear programme and its dual.
    """
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
    if programme.entries > _FEW_ENTRIES and is_installed("scipy"):
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
