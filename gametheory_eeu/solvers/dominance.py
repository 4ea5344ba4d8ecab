"""Dominance of a row of payoffs by other rows, pure or mixed, in numbers or as a condition.

A row holds what an action earns against each profile of the others. In numbers one linear
programme decides: the largest gain that a mix has everywhere, or the largest sum of gains of a mix
that loses nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.solvers.condition_simplification import simplify_condition
from gametheory_eeu.solvers.exact_linear_programming import best_distribution, solve_matrix_game
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import Constraint, SignRegion, feasibility_condition

Row = Sequence[Expr]


def dominating_mix(
    row: Sequence[int], others: Sequence[Sequence[int]], strict: bool
) -> tuple[int, ...] | None:
    """Integer weights of a mix of the others that dominates the row; None if there is none.

    Strictly: better everywhere, rather than nowhere worse and somewhere better.
    """
    pure_weights = dominating_row(row, others, strict)
    gains = [[b - a for a, b in zip(row, other_row, strict=True)] for other_row in others]
    if pure_weights is not None or len(others) < 2 or _is_best_reply(gains, strict):
        return pure_weights
    mix = _strict_mix(gains) if strict else _weak_mix(gains)
    if mix is None:
        return None
    scale = lcm(*(x.denominator for x in mix))
    return tuple(int(x * scale) for x in mix)


def dominating_row(
    row: Sequence[int], others: Sequence[Sequence[int]], strict: bool
) -> tuple[int, ...] | None:
    """Weights of the first of the others that alone dominates the row; None if there is none."""
    for k, other_row in enumerate(others):
        gains = [b - a for a, b in zip(row, other_row, strict=True)]
        if min(gains) > 0 if strict else min(gains) >= 0 < max(gains):
            return tuple(int(j == k) for j in range(len(others)))
    return None


def _is_best_reply(gains: Sequence[Sequence[int]], strict: bool) -> bool:
    """Whether the row is a best reply to some profile, the only one for weak dominance."""
    maxima = map(max, zip(*gains, strict=True))
    return any(gain <= 0 if strict else gain < 0 for gain in maxima)


def _strict_mix(gains: Sequence[Sequence[int]]) -> tuple[Fraction, ...] | None:
    """A strictly dominating mix, optimal in the matrix game of gains; None if there is none."""
    solution = solve_matrix_game(gains)
    return solution.mix if solution.value > 0 else None


def _weak_mix(gains: Sequence[Sequence[int]]) -> tuple[Fraction, ...] | None:
    """A mix with no loss and the largest sum of gains; None if it has no gain."""
    totals = [*map(sum, gains), 0]
    losses = [[*(-g for g in column), 0] for column in zip(*gains, strict=True)]
    optimum = best_distribution(totals, losses)
    if optimum.value == 0:
        return None
    total = 1 - optimum.point[-1]
    return tuple(x / total for x in optimum.point[:-1])


def dominance_condition(
    row: Row, others: Sequence[Row], strict: bool, space: Space, mixed: bool
) -> Boolean:
    """Condition under which another row, or a mix of the others, dominates the row."""
    if not others:
        return sp.false
    field, cells = sfield([*(v for r in (row, *others) for v in r), *space.symbols, sp.Dummy()])
    width = len(row)
    rows = [cells[k * width : (k + 1) * width] for k in range(len(others) + 1)]
    gains = [[b - a for a, b in zip(rows[0], other_row, strict=True)] for other_row in rows[1:]]
    samples = Samples.of(field, space.constraints)
    region = SignRegion(space, field, (), samples)
    if mixed:
        condition = sp.Or(
            *(
                feasibility_condition(constraints, region)
                for constraints in _mix_constraints(gains, strict, region)
            )
        )
    else:
        pure_systems = ([Constraint((), g, strict) for g in gain] for gain in gains)
        condition = sp.Or(
            *(_pure_dominance(constraints, strict, region) for constraints in pure_systems)
        )
    return simplify_condition(condition, space, samples)


def _pure_dominance(constraints: list[Constraint], strict: bool, region: SignRegion) -> Boolean:
    weak_dominance = feasibility_condition(constraints, region)
    if strict:
        return weak_dominance
    strict_conditions = (
        feasibility_condition([c._replace(strict=True)], region) for c in constraints
    )
    return sp.And(weak_dominance, sp.Or(*strict_conditions))


def _mix_constraints(
    gains: list[list[Expr]], strict: bool, region: SignRegion
) -> list[list[Constraint]]:
    """Constraint systems on the weights of a dominating mix; one must be feasible."""
    *first_gains, last = gains
    count, one, zero = len(first_gains), region.one, region.zero
    unit_rows = [tuple(one if j == k else zero for j in range(count)) for k in range(count)]
    mix = [Constraint(row, zero, False) for row in unit_rows]
    mix.append(Constraint(tuple(-one for _ in first_gains), one, False))
    payoff_constraints = [
        Constraint(tuple(gain[s] - last[s] for gain in first_gains), last[s], strict)
        for s in range(len(last))
    ]
    if strict:
        return [mix + payoff_constraints]
    return [
        [*mix, *payoff_constraints, constraint._replace(strict=True)]
        for constraint in payoff_constraints
    ]
