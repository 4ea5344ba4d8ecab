"""A vertex of a linear programme as floating point has it, made exact: to be proved or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq, fmpq_mat, nmod_mat

from gametheory_eeu.solvers.linear_programme import Pair, Programme, fraction

_CLOSE = 1e-7
_PRIME = 2**61 - 1
"""Modulo which independent equations are chosen; a choice, never a conclusion."""


def float_vertex(programme: Programme) -> Pair | None:
    """A point and prices, exact, that floating point takes for optimal; None if it has none.

    Of the vertex only two things are kept: which unknowns and prices are not zero, and which
    constraints and reduced costs are. The equations that this leaves are solved exactly.
    """
    found = _highs(programme)
    if found is None:
        return None
    point, slack, prices, reduced = found
    rows, bounds = programme.equations()
    count = len(programme.rows)
    tight = [i for i, s in enumerate(slack) if s <= _CLOSE] + list(range(count, len(rows)))
    paid = [i for i, p in enumerate(prices) if p > _CLOSE] + list(range(count, len(rows)))
    used = [j for j, x in enumerate(point) if x > _CLOSE]
    level = [j for j, r in enumerate(reduced) if r <= _CLOSE]
    x = _solution([[rows[i][j] for j in used] for i in tight], [bounds[i] for i in tight])
    y = _solution([[rows[i][j] for i in paid] for j in level], [programme.costs[j] for j in level])
    if x is None or y is None:
        return None
    return _spread(x, used, len(programme.costs)), _spread(y, paid, len(rows))


def _highs(programme: Programme) -> tuple[Sequence[float], ...] | None:
    """Of the vertex the point, and by constraint its slack, its price, and each reduced cost."""
    import numpy as np
    from scipy.optimize import linprog

    sides = zip(programme.rows, programme.bounds, strict=True)
    scaled = np.array([_scaled([*row, bound]) for row, bound in sides])
    costs = np.array(_scaled(programme.costs))
    ones: dict[str, Any] = {}
    if programme.is_distribution:
        ones = {"A_eq": np.ones((1, len(costs))), "b_eq": [1.0]}
    result = linprog(
        -costs, A_ub=scaled[:, :-1], b_ub=scaled[:, -1], bounds=(0, None), method="highs-ds", **ones
    )
    if not result.success:
        return None
    return result.x, result.slack, -result.ineqlin.marginals, result.lower.marginals


def _scaled(values: Sequence[fmpq]) -> list[float]:
    """Divided by the largest: a whole number of many digits is no float."""
    largest = max(map(abs, values))
    return [float(fraction(v / largest)) for v in values] if largest != 0 else [0.0] * len(values)


def _solution(rows: list[list[fmpq]], sides: list[fmpq]) -> list[fmpq] | None:
    """What solves some independent equations, as many as unknowns; None if there are fewer."""
    width = len(rows[0]) if rows else 0
    if width == 0:
        return []
    chosen = _independent(rows)
    if len(chosen) < width:
        return None
    matrix = fmpq_mat([rows[i] for i in chosen])
    try:
        solved = matrix.solve(fmpq_mat([[sides[i]] for i in chosen]))
    except ZeroDivisionError:
        return None
    return [solved[i, 0] for i in range(width)]


def _independent(rows: list[list[fmpq]]) -> list[int]:
    """Positions of independent rows, by elimination modulo a prime."""
    columns = [[_residue(v) for v in column] for column in zip(*rows, strict=True)]
    reduced, rank = nmod_mat(columns, _PRIME).rref()
    return [next(j for j in range(len(rows)) if int(reduced[i, j])) for i in range(rank)]


def _residue(value: fmpq) -> int:
    below = int(value.q) % _PRIME
    return int(value.p) * pow(below, -1, _PRIME) % _PRIME if below else 0


def _spread(values: list[fmpq], places: list[int], size: int) -> list[fmpq]:
    found = [fmpq(0)] * size
    for place, value in zip(places, values, strict=True):
        found[place] = value
    return found


__all__ = ["float_vertex"]
