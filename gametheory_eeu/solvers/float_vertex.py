"""Candidate optimal vertex of a linear programme, found in floats and solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq, fmpq_mat, nmod_mat

from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.solvers.linear_programme import PrimalDual, Programme

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


__all__ = ["float_vertex"]
