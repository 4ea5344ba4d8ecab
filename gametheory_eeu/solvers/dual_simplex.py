"""The dual simplex method in rational arithmetic (Lemke 1954), its work counted."""

from __future__ import annotations

from flint import fmpq

from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.solvers.linear_programme import PrimalDual, Programme

MAX_UPDATES = 20_000_000
"""Entries of the tableau that are looked at, in all steps together; one of many digits counts more.
"""
_STALL_LIMIT = 40
"""Steps that change nothing before the smallest index decides, under which no basis comes back."""


def dual_simplex(programme: Programme) -> PrimalDual:
    """An optimal point and optimal prices of a linear programme.

    It starts where no reduced cost is negative: at zero where all costs are, else at the point of
    a distribution with the largest one. It mends one violated row at a time; the right-hand sides
    are nearly all zero, over which the primal method would stall.

    Raises
    ------
    DoesNotExistError
        Nothing obeys the constraints.
    TooLargeError
        More than ``MAX_UPDATES``.
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


__all__ = ["MAX_UPDATES", "dual_simplex"]
