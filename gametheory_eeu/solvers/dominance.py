"""Whether a row of payoffs is dominated by others, pure or mixed: in numbers, or on a condition.

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
from gametheory_eeu.solvers.condition_simplification import short
from gametheory_eeu.solvers.exact_linear_programming import best_distribution, matrix_game
from gametheory_eeu.solvers.linear_feasibility import Constraint, feasible
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import Region

Row = Sequence[Expr]


def dominating_mix(
    row: Sequence[int], others: Sequence[Sequence[int]], strict: bool
) -> tuple[int, ...] | None:
    """Whole weights of a mix of the others that dominates the row; None if there is none.

    Parameters
    ----------
    row, others : whole numbers
    strict : bool
        Better everywhere, rather than nowhere worse and somewhere better.

    Examples
    --------
    >>> dominating_mix([1, 1], [[4, 0], [0, 4]], strict=True)
    (1, 1)
    >>> dominating_mix([2, 2], [[4, 0], [0, 4]], strict=False)
    """
    alone = dominating_row(row, others, strict)
    gains = [[b - a for a, b in zip(row, other, strict=True)] for other in others]
    if alone is not None or len(others) < 2 or _replies_best(gains, strict):
        return alone
    mix = _strictly(gains) if strict else _weakly(gains)
    if mix is None:
        return None
    scale = lcm(*(x.denominator for x in mix))
    return tuple(int(x * scale) for x in mix)


def dominating_row(
    row: Sequence[int], others: Sequence[Sequence[int]], strict: bool
) -> tuple[int, ...] | None:
    """Weights of the first of the others that alone dominates the row; None if there is none."""
    for k, other in enumerate(others):
        gains = [b - a for a, b in zip(row, other, strict=True)]
        if min(gains) > 0 if strict else min(gains) >= 0 < max(gains):
            return tuple(int(j == k) for j in range(len(others)))
    return None


def _replies_best(gains: Sequence[Sequence[int]], strict: bool) -> bool:
    """Whether the row is best against some profile, for weak dominance better than all others."""
    most = map(max, zip(*gains, strict=True))
    return any(gain <= 0 if strict else gain < 0 for gain in most)


def _strictly(gains: Sequence[Sequence[int]]) -> tuple[Fraction, ...] | None:
    """The gains as payoffs of a matrix game: its value is the most that a mix gains everywhere."""
    found = matrix_game(gains)
    return found.mix if found.value > 0 else None


def _weakly(gains: Sequence[Sequence[int]]) -> tuple[Fraction, ...] | None:
    """The largest sum of gains of a mix that loses nowhere; the row itself may be part of it."""
    totals = [*map(sum, gains), 0]
    losses = [[*(-g for g in column), 0] for column in zip(*gains, strict=True)]
    found = best_distribution(totals, losses)
    if found.value == 0:
        return None
    share = 1 - found.point[-1]
    return tuple(x / share for x in found.point[:-1])


def dominance_condition(
    row: Row, others: Sequence[Row], strict: bool, space: Space, mixed: bool
) -> Boolean:
    """Where some other row, or some mix of the others, dominates the row.

    Examples
    --------
    >>> a = sp.Symbol("a", real=True)
    >>> dominance_condition([1, 1], [[a, 0], [0, a]], True, Space.of(symbols=[a]), mixed=True)
    a > 2
    """
    if not others:
        return sp.false
    field, cells = sfield([*(v for r in (row, *others) for v in r), *space.symbols, sp.Dummy()])
    width = len(row)
    rows = [cells[k * width : (k + 1) * width] for k in range(len(others) + 1)]
    gains = [[b - a for a, b in zip(rows[0], other, strict=True)] for other in rows[1:]]
    samples = Samples.of(field, space.constraints)
    region = Region(space, field, (), samples)
    if mixed:
        found = sp.Or(*(feasible(owed, region) for owed in _systems(gains, strict, region)))
    else:
        pure = ([Constraint((), g, strict) for g in gain] for gain in gains)
        found = sp.Or(*(_dominates(owed, strict, region) for owed in pure))
    return short(found, space, samples)


def _dominates(owed: list[Constraint], strict: bool, region: Region) -> Boolean:
    whole = feasible(owed, region)
    if strict:
        return whole
    better = (feasible([c._replace(strict=True)], region) for c in owed)
    return sp.And(whole, sp.Or(*better))


def _systems(gains: list[list[Expr]], strict: bool, region: Region) -> list[list[Constraint]]:
    """What the weights of a dominating mix owe; one of the systems must have a solution."""
    *some, last = gains
    count, one, zero = len(some), region.one, region.zero
    unit = [tuple(one if j == k else zero for j in range(count)) for k in range(count)]
    mix = [Constraint(row, zero, False) for row in unit]
    mix.append(Constraint(tuple(-one for _ in some), one, False))
    wins = [
        Constraint(tuple(gain[s] - last[s] for gain in some), last[s], strict)
        for s in range(len(last))
    ]
    if strict:
        return [mix + wins]
    return [[*mix, *wins, win._replace(strict=True)] for win in wins]


__all__ = ["dominance_condition", "dominating_mix", "dominating_row"]
