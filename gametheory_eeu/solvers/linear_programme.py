"""A linear programme in rational numbers, and its certificate of optimality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flint import fmpq

PrimalDual: TypeAlias = tuple[list[fmpq], list[fmpq]]
"""A point, and a price for each constraint."""


@dataclass(frozen=True)
class Programme:
    """Maximise ``costs . x`` over x >= 0 with ``row . x <= bound`` for each row.

    Parameters
    ----------
    costs, bounds : lists of rational numbers
    rows : list of lists of rational numbers
    is_distribution : bool
        Whether x sums to one besides; the price of that comes last, and has any sign.
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


__all__ = ["PrimalDual", "Programme", "dot", "imputed_costs"]
