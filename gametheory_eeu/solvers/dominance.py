"""Whether a row of payoffs is dominated by others, pure or mixed: in numbers, or on a condition.

A row holds what an action earns against each profile of the others. In numbers the mixes that do
at least as well everywhere form a cone, whose extreme rays settle all: an action is weakly
dominated if some ray does better somewhere, strictly if the sum of all does better everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.solvers.extreme_rays import extreme_rays
from gametheory_eeu.solvers.linear_feasibility import Constraint, feasible
from gametheory_eeu.solvers.region import Region
from gametheory_eeu.solvers.samples import Samples
from gametheory_eeu.solvers.short_conditions import short
from gametheory_eeu.space import Space

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
    gains = [[other[s] - row[s] for other in others] for s in range(len(row))]

    def slack(weights: Sequence[int]) -> list[int]:
        return [sum(a * b for a, b in zip(gain, weights, strict=True)) for gain in gains]

    rays = [ray.at for ray in extreme_rays(len(others), gains)] if others else []
    better = [ray for ray in rays if any(slack(ray))]
    if not better:
        return None
    whole = tuple(map(sum, zip(*better, strict=True)))
    for weights in (*sorted(better, key=lambda ray: (sum(map(bool, ray)), ray)), whole):
        if not strict or min(slack(weights)) > 0:
            common = gcd(*weights)
            return tuple(w // common for w in weights)
    return None


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


__all__ = ["dominance_condition", "dominating_mix"]
