"""The dual simplex method in rational arithmetic (Lemke 1954), its work counted."""

from __future__ import annotations

from flint import fmpq

from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.solvers.linear_programme import Pair, Programme

MOST_UPDATES = 20_000_000
"""Entries of the tableau that are looked at, in all steps together; one of many digits counts more.
"""
_PATIENCE = 40
"""Steps that change nothing before the smallest index decides, under which no basis comes back."""


def dual_simplex(programme: Programme) -> Pair:
    """An optimal point and optimal prices of a programme.

    It starts where no reduced cost is negative: at zero where all costs are, else at the point of
    a distribution with the largest one. It mends one violated row at a time; the right-hand sides
    are nearly all zero, over which the primal method would stall.

    Raises
    ------
    DoesNotExistError
        Nothing obeys the constraints.
    TooLargeError
        More than ``MOST_UPDATES``.
    """
    tableau = _Tableau(programme)
    tableau.run()
    return tableau.point(), tableau.prices(programme)


class _Tableau:
    """Rows of a basis; columns for the unknowns, a slack for each row, and the right-hand side."""

    def __init__(self, programme: Programme) -> None:
        costs = programme.costs
        self.size, count = len(costs), len(programme.rows)
        zeros = [fmpq(0)] * count
        pairs = zip(programme.rows, programme.bounds, strict=True)
        self.rows = [[*row, *zeros, bound] for row, bound in pairs]
        for r, row in enumerate(self.rows):
            row[self.size + r] = fmpq(1)
        self.goal = [*(-c for c in costs), *zeros, fmpq(0)]
        self.basis = list(range(self.size, self.size + count))
        self.left = MOST_UPDATES
        if programme.is_distribution:
            largest = max(range(self.size), key=lambda j: costs[j])
            self.rows.append([*([fmpq(1)] * self.size), *zeros, fmpq(1)])
            self.basis.append(largest)
            self._pivot(count, largest)

    def run(self) -> None:
        idle = 0
        while (row := self._leaving(idle > _PATIENCE)) is not None:
            before = self.goal[-1]
            self._pivot(row, self._entering(row))
            idle = idle + 1 if self.goal[-1] == before else 0

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
        self._spend(max(int(scale.p).bit_length(), int(scale.q).bit_length()))
        pivot = [v * scale if v != 0 else v for v in self.rows[place]]
        self.rows[place] = pivot
        used = [j for j, v in enumerate(pivot) if v != 0]
        for row in (*(r for k, r in enumerate(self.rows) if k != place), self.goal):
            factor = row[column]
            if factor != 0:
                for j in used:
                    row[j] -= factor * pivot[j]
        self.basis[place] = column

    def _spend(self, bits: int) -> None:
        self.left -= len(self.rows) * len(self.goal) * (1 + bits // 256)
        if self.left < 0:
            raise TooLargeError(
                f"the linear programme of {self.size} unknowns and {len(self.goal) - self.size - 1}"
                f" constraints takes more than {MOST_UPDATES} operations of the exact simplex "
                "method; solve a smaller game, without dominated actions"
            )

    def point(self) -> list[fmpq]:
        found = [fmpq(0)] * self.size
        for row, column in zip(self.rows, self.basis, strict=True):
            if column < self.size:
                found[column] = row[-1]
        return found

    def prices(self, programme: Programme) -> list[fmpq]:
        """Of the rows; and of the sum to one, which pays for what they leave of the optimum."""
        found = self.goal[self.size : -1]
        return [*found, self.goal[-1]] if programme.is_distribution else found


__all__ = ["MOST_UPDATES", "dual_simplex"]
