"""Linear programmes over probability distributions, solved exactly, with a proof of optimality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from gametheory_eeu.errors import DoesNotExistError, TooLargeError

MOST_PIVOTS = 2_000
MOST_ENTRIES = 60_000
_PATIENCE = 40
"""Steps that change nothing before the smallest index decides, under which no basis comes back."""


@dataclass(frozen=True)
class Optimum:
    """An optimal distribution, and prices of the constraints that prove it optimal.

    ``objective[j] - prices . column j <= value`` for each j, and the prices are not negative: so
    no distribution that obeys the constraints brings more than ``value``.
    """

    point: tuple[Fraction, ...]
    value: Fraction
    prices: tuple[Fraction, ...]


def best_distribution(objective: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Optimum:
    """The distribution x with ``row . x <= 0`` for each row that brings the most, exactly.

    The dual simplex method (Lemke 1954) in rational arithmetic. It starts at the point with the
    largest coefficient, which no reduced cost betters, and mends one violated row at a time; the
    right-hand sides are all but one zero, over which the primal method would stall. The prices
    are checked by weak duality before anything is returned.

    Parameters
    ----------
    objective : rational numbers
    rows : of rational numbers, as long as the objective

    Raises
    ------
    DoesNotExistError
        No distribution obeys the rows.
    TooLargeError
        More than ``MOST_ENTRIES`` coefficients, or ``MOST_PIVOTS`` steps.

    Examples
    --------
    >>> found = best_distribution([3, 1, 0], [[1, -1, -2]])
    >>> found.point, found.value, found.prices
    ((Fraction(1, 2), Fraction(1, 2), Fraction(0, 1)), Fraction(2, 1), (Fraction(1, 1),))
    """
    if len(objective) * len(rows) > MOST_ENTRIES:
        raise TooLargeError(
            f"a linear programme of {len(objective)} unknowns and {len(rows)} constraints, above "
            f"{MOST_ENTRIES} coefficients; solve a smaller game, without dominated actions"
        )
    costs = [_rational(c) for c in objective]
    exact = [[_rational(v) for v in row] for row in rows]
    tableau = _Tableau(costs, exact)
    tableau.run()
    point, prices = tableau.point(), tableau.prices()
    value = _checked(costs, exact, point, prices)
    return Optimum(tuple(map(_fraction, point)), _fraction(value), tuple(map(_fraction, prices)))


class _Tableau:
    """Rows of a basis; columns for the unknowns, a slack for each row, and the right-hand side."""

    def __init__(self, costs: Sequence[fmpq], rows: Sequence[Sequence[fmpq]]) -> None:
        self.size, count = len(costs), len(rows)
        zeros = [fmpq(0)] * count
        self.rows = [[*row, *zeros, fmpq(0)] for row in rows]
        for r, row in enumerate(self.rows):
            row[self.size + r] = fmpq(1)
        self.rows.append([*([fmpq(1)] * self.size), *zeros, fmpq(1)])
        self.goal = [*(-c for c in costs), *zeros, fmpq(0)]
        largest = max(range(self.size), key=lambda j: costs[j])
        self.basis = [*range(self.size, self.size + count), largest]
        self._pivot(count, largest)

    def run(self) -> None:
        idle = 0
        for _ in range(MOST_PIVOTS):
            row = self._leaving(idle > _PATIENCE)
            if row is None:
                return
            before = self.goal[-1]
            self._pivot(row, self._entering(row))
            idle = idle + 1 if self.goal[-1] == before else 0
        raise TooLargeError(
            f"the linear programme of {self.size} unknowns and {len(self.rows) - 1} constraints "
            f"took more than {MOST_PIVOTS} steps; solve a smaller game, without dominated actions"
        )

    def _leaving(self, careful: bool) -> int | None:
        negative = [r for r, row in enumerate(self.rows) if row[-1] < 0]
        if not negative:
            return None
        key = (lambda r: self.basis[r]) if careful else (lambda r: self.rows[r][-1])
        return min(negative, key=key)

    def _entering(self, place: int) -> int:
        row = self.rows[place]
        ratios = [(self.goal[j] / -v, j) for j, v in enumerate(row[:-1]) if v < 0]
        if not ratios:
            raise DoesNotExistError("no distribution obeys the constraints")
        return min(ratios)[1]

    def _pivot(self, place: int, column: int) -> None:
        scale = 1 / self.rows[place][column]
        pivot = [v * scale if v != 0 else v for v in self.rows[place]]
        self.rows[place] = pivot
        used = [j for j, v in enumerate(pivot) if v != 0]
        for row in (*(r for k, r in enumerate(self.rows) if k != place), self.goal):
            factor = row[column]
            if factor != 0:
                for j in used:
                    row[j] -= factor * pivot[j]
        self.basis[place] = column

    def point(self) -> list[fmpq]:
        found = [fmpq(0)] * self.size
        for row, column in zip(self.rows, self.basis, strict=True):
            if column < self.size:
                found[column] = row[-1]
        return found

    def prices(self) -> list[fmpq]:
        return self.goal[self.size : -1]


def _checked(
    costs: Sequence[fmpq], rows: Sequence[Sequence[fmpq]], point: list[fmpq], prices: list[fmpq]
) -> fmpq:
    """The value, once weak duality has shown that nothing is better."""
    value = _dot(costs, point)
    rest = (cost - _dot(prices, [row[j] for row in rows]) for j, cost in enumerate(costs))
    holds = (
        sum(point, fmpq(0)) == 1
        and all(x >= 0 for x in point)
        and all(_dot(row, point) <= 0 for row in rows)
        and all(price >= 0 for price in prices)
        and all(r <= value for r in rest)
    )
    if not holds:
        raise ArithmeticError("the optimum of a linear programme failed its own check")
    return value


def _dot(one: Sequence[fmpq], other: Sequence[fmpq]) -> fmpq:
    return sum((a * b for a, b in zip(one, other, strict=True)), fmpq(0))


def _rational(value: Any) -> fmpq:
    return fmpq(int(value.numerator), int(value.denominator))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


__all__ = ["Optimum", "best_distribution"]
