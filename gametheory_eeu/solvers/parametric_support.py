"""The strategies with one support against which given replies are best, payoffs with symbols.

Weights on the support, all positive and not yet scaled to sum to one, solve the homogeneous
indifference equations. A pivot whose sign is open parts the space in two. A square system of full
rank needs no pivot: its solution is the vector of cofactors, an equilibrium exactly where all of
them have one sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.model.tree import shortest
from gametheory_eeu.solvers.condition_simplification import short
from gametheory_eeu.solvers.linear_feasibility import Constraint, feasible
from gametheory_eeu.solvers.mixtures import Mixture
from gametheory_eeu.solvers.sign_region import (
    EITHER,
    NEGATIVE,
    POSITIVE,
    WEAK,
    ZERO,
    Fraction,
    Region,
)
from gametheory_eeu.solvers.two_sided import sided

Form = list[Fraction]
"""A linear form in the weights of the support."""


@dataclass(frozen=True)
class _System:
    """What the weights owe: equations, and forms that are not negative."""

    support: tuple[int, ...]
    equations: list[Form]
    weak: list[Form]
    actions: int
    symbols: Sequence[Symbol]


@dataclass(frozen=True)
class _Leaf:
    """A region in which some weights are linear forms of the others, the free ones."""

    region: Region
    solved: dict[int, Form]
    free: tuple[int, ...]

    @property
    def dimension(self) -> int:
        return len(self.free) - 1


def mixtures(
    support: tuple[int, ...],
    replies: tuple[int, ...],
    table: Sequence[Sequence[Fraction]],
    symbols: Sequence[Symbol],
    region: Region,
) -> list[Mixture]:
    """The strategies of one support against which the replies are best, by their dimension.

    Parameters
    ----------
    support, replies : positions of actions
    table : rational functions
        A row for each action of the opponent: what he earns against each action.
    symbols : one for each action
    region : Region
        The space.

    Returns
    -------
    list of Mixture
        One for each dimension that occurs, where its condition is not plainly false; the
        conditions of two of them are never true together.
    """
    best = table[replies[0]]

    def against(k: int) -> Form:
        return [best[i] - table[k][i] for i in support]

    others = [k for k in range(len(table)) if k not in replies]
    system = _System(
        support,
        [against(k) for k in replies[1:]],
        [against(k) for k in others],
        len(symbols),
        symbols,
    )
    found: dict[int, Mixture] = {}
    square = len(system.equations) == len(support) - 1
    by_dimension: dict[int, list[_Leaf]] = {}
    for leaf in _leaves(region, system.equations, {}, len(support), square):
        by_dimension.setdefault(leaf.dimension, []).append(leaf)
    for dimension, leaves in by_dimension.items():
        found[dimension] = _merged(system, region, leaves)
    if square:
        found[0] = _by_cofactors(system, region)
    return [found[d] for d in sorted(found) if found[d].condition != sp.false]


def _leaves(
    region: Region, rows: list[Form], solved: dict[int, Form], size: int, square: bool
) -> Iterator[_Leaf]:
    """Gaussian elimination, parted where a pivot may be zero.

    With ``square`` the leaves of full rank are left out: cofactors give them all at once.
    """
    rows = [row for row in rows if any(region.sign(a) != ZERO for a in row)]
    forced = next((a for row in rows for a in _forced(row, region)), None)
    if forced is not None:
        part = region.where(forced, ZERO)
        if part is not None and region.sign(forced) & ZERO:
            yield from _leaves(part, _cleared(rows, forced), solved, size, square)
        return
    if any(not any(region.sign(a) & POSITIVE for a in form) for form in solved.values()):
        return
    if not rows:
        yield _Leaf(region, solved, tuple(k for k in range(size) if k not in solved))
        return
    row, column = _pivot(rows, region)
    pivot = rows[row][column]
    if not (square and len(solved) == size - 2):
        part = region.where(pivot, EITHER)
        if part is not None:
            yield from _leaves(part, *_eliminated(rows, solved, row, column), size, square)
    part = region.where(pivot, ZERO) if region.sign(pivot) & ZERO else None
    if part is not None:
        yield from _leaves(part, _cleared(rows, pivot), solved, size, square)


def _forced(row: Form, region: Region) -> list[Fraction]:
    """Coefficients that must be zero: those of a sum of positive weights that all have one sign."""
    signs = [region.sign(a) for a in row]
    one_sign = not any(s & NEGATIVE for s in signs) or not any(s & POSITIVE for s in signs)
    left = [a for a, s in zip(row, signs, strict=True) if s != ZERO]
    return left if one_sign or len(left) == 1 else []


def _cleared(rows: list[Form], zero: Fraction) -> list[Form]:
    return [[a * 0 if a in (zero, -zero) else a for a in row] for row in rows]


def _pivot(rows: list[Form], region: Region) -> tuple[int, int]:
    """A coefficient that is not zero, if one is known; of these the shortest."""
    places = [(r, c) for r, row in enumerate(rows) for c, a in enumerate(row)
              if region.sign(a) != ZERO]  # fmt: skip
    return min(places, key=lambda p: (bool(region.sign(rows[p[0]][p[1]]) & ZERO),
                                      len(rows[p[0]][p[1]].numer), p))  # fmt: skip


def _eliminated(
    rows: list[Form], solved: dict[int, Form], row: int, column: int
) -> tuple[list[Form], dict[int, Form]]:
    """The system after one weight is written in terms of the others."""
    pivot = rows[row]
    form = [-a / pivot[column] if k != column else a * 0 for k, a in enumerate(pivot)]
    left = [_put(other, column, form) for k, other in enumerate(rows) if k != row]
    return left, {**{k: _put(f, column, form) for k, f in solved.items()}, column: form}


def _put(row: Form, column: int, form: Form) -> Form:
    """A form with one of its weights replaced by a form."""
    scale = row[column]
    return [a + scale * b if k != column else a * 0
            for k, (a, b) in enumerate(zip(row, form, strict=True))]  # fmt: skip


def _by_cofactors(system: _System, region: Region) -> Mixture:
    """The solution of a square system, unique where not all cofactors are zero."""
    size = len(system.support)
    cofactors = [
        (-1) ** k * _determinant([row[:k] + row[k + 1 :] for row in system.equations], region.one)
        for k in range(size)
    ]
    total = sum(cofactors[1:], cofactors[0])
    first = cofactors[0]
    owed = [region.relation(first * c, POSITIVE) for c in cofactors[1:]]
    owed += [region.relation(first * _dot(form, cofactors), WEAK) for form in system.weak]
    condition = sp.And(*owed)
    if condition == sp.false or total == 0:
        return Mixture((), condition=sp.false)
    return Mixture(_spread(system, [read(c / total) for c in cofactors]), condition=condition)


def _determinant(rows: list[Form], one: Fraction) -> Fraction:
    """By the first row; the systems are small."""
    if not rows:
        return one
    parts = (
        (-1) ** k * a * _determinant([row[:k] + row[k + 1 :] for row in rows[1:]], one)
        for k, a in enumerate(rows[0])
        if a != 0
    )
    return sum(parts, one * 0)


def _dot(form: Form, values: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(form, values, strict=True)), form[0] * 0)


def _merged(system: _System, region: Region, leaves: list[_Leaf]) -> Mixture:
    """The leaves of one dimension as one family."""
    known = len(region.decided)
    conditions = [_condition(system, leaf) for leaf in leaves]
    cases = (
        sp.And(*leaf.region.decided[known:], condition)
        for leaf, condition in zip(leaves, conditions, strict=True)
    )
    whole = sp.Or(*cases)
    if whole == sp.false:
        return Mixture((), condition=sp.false)
    if leaves[0].dimension == 0:
        return Mixture(_spread(system, _pieces(system, leaves, known)), condition=whole)
    found = _explicit(system, leaves[0]) if len(leaves) == 1 else None
    free, chances, owed = found or _implicit(system)
    return Mixture(_spread(system, chances), leaves[0].dimension, free, sp.And(*owed), whole)


def _condition(system: _System, leaf: _Leaf) -> Boolean:
    """Where a leaf has a point: all weights positive, no other reply better."""
    *some, last = leaf.free

    def constraint(form: Form, strict: bool) -> Constraint:
        return Constraint(tuple(form[k] for k in some), form[last], strict)

    unit = [
        [(leaf.region.one if j == k else leaf.region.zero) for j in range(len(system.support))]
        for k in some
    ]
    owed = [constraint(form, True) for form in (*unit, *leaf.solved.values())]
    owed += [constraint(_free(form, leaf), False) for form in system.weak]
    return feasible(owed, leaf.region)


def _free(form: Form, leaf: _Leaf) -> Form:
    """A form in terms of the free weights."""
    for column, other in leaf.solved.items():
        form = _put(form, column, other)
    return form


def _pieces(system: _System, leaves: list[_Leaf], known: int) -> list[Expr]:
    """The probabilities of single strategies, each on its region."""
    rows = []
    for leaf in leaves:
        one = leaf.region.one
        weights = [leaf.solved[k][leaf.free[0]] if k in leaf.solved else one
                   for k in range(len(system.support))]  # fmt: skip
        total = sum(weights[1:], weights[0])
        rows.append([read(w / total) for w in weights])
    first = leaves[0].region
    decided = (sp.And(*leaf.region.decided[known:]) for leaf in leaves[:-1])
    where = [
        *(short(d, first.space, first.samples.first(0), effort=first.effort) for d in decided),
        sp.true,
    ]
    return [sp.Piecewise(*zip(column, where, strict=True)) for column in zip(*rows, strict=True)]


def _explicit(
    system: _System, leaf: _Leaf
) -> tuple[tuple[Symbol, ...], list[Expr], list[Boolean]] | None:
    """All probabilities in terms of as many as there are dimensions; None if a scale may be zero.

    A free weight adds itself and what it adds to the others to the sum, which is one.
    """
    region, size = leaf.region, len(system.support)
    total = {k: sum((f[k] for f in leaf.solved.values()), region.one) for k in leaf.free}
    last = next((k for k in reversed(leaf.free) if not region.sign(total[k]) & ZERO), None)
    if last is None:
        return None
    some = [k for k in leaf.free if k != last]
    free = tuple(system.symbols[system.support[k]] for k in some)

    def affine(form: Form) -> tuple[list[Fraction], Fraction]:
        share = form[last] / total[last]
        return [form[k] - share * total[k] for k in some], share

    unit = [[region.one if j == k else region.zero for j in range(size)] for k in range(size)]
    rows = [leaf.solved.get(k, unit[k]) for k in range(size)]
    owed = [(row, True) for row in rows] + [(_free(form, leaf), False) for form in system.weak]
    relations = [_bound(*affine(form), free, strict, region) for form, strict in owed
                 if strict or not _settled(form, leaf)]  # fmt: skip
    chances = [_affine(*affine(row), free) for row in rows]
    return free, chances, relations


def _settled(form: Form, leaf: _Leaf) -> bool:
    """Whether no coefficient of a form in positive weights can be negative."""
    return not any(leaf.region.sign(form[k]) & NEGATIVE for k in leaf.free)


def _affine(slopes: list[Fraction], constant: Fraction, free: Sequence[Symbol]) -> Expr:
    terms = [read(slope) * symbol for slope, symbol in zip(slopes, free, strict=True)]
    return sp.Add(*terms, read(constant))


def _bound(
    slopes: list[Fraction], constant: Fraction, free: Sequence[Symbol], strict: bool, region: Region
) -> Boolean:
    """The form is positive, or not negative: a bound of the symbol where there is only one."""
    if len(free) == 1 and region.sign(slopes[0]) in (POSITIVE, NEGATIVE):
        bound = read(-constant / slopes[0])
        up = region.sign(slopes[0]) == POSITIVE
        relation = (sp.Gt if up else sp.Lt) if strict else (sp.Ge if up else sp.Le)
        return relation(free[0], bound)
    scale = constant.denom
    for slope in slopes:
        scale = scale * slope.denom / scale.gcd(slope.denom)
    sign = region.sign(region.one * scale)
    if sign not in (POSITIVE, NEGATIVE):
        scale, sign = scale * scale, POSITIVE
    factor = scale if sign == POSITIVE else -scale
    return sided(
        sp.expand(_affine([s * factor for s in slopes], constant * factor, free)),
        sp.Gt if strict else sp.Ge,
    )


def _implicit(system: _System) -> tuple[tuple[Symbol, ...], list[Expr], list[Boolean]]:
    """The probabilities themselves, with the equations they obey."""
    free = tuple(system.symbols[k] for k in system.support[:-1])
    chances = [*free, 1 - sp.Add(*free)]

    def whole(form: Form) -> Expr:
        return sp.Add(*(read(a) * p for a, p in zip(form, chances, strict=True)))

    owed = [sp.Gt(p, 0) for p in free] + [sp.Lt(sp.Add(*free), 1)]
    owed += [sp.Eq(whole(form), 0) for form in system.equations]
    owed += [sp.Ge(whole(form), 0) for form in system.weak]
    return free, chances, owed


def _spread(system: _System, chances: Sequence[Expr]) -> tuple[Expr, ...]:
    """A probability for every action, zero outside the support."""
    found: list[Any] = [sp.Integer(0)] * system.actions
    for k, chance in zip(system.support, chances, strict=True):
        found[k] = chance
    return tuple(found)


def read(value: Fraction) -> Expr:
    """A rational function as it reads shortest."""
    return shortest(value.as_expr())


__all__ = ["mixtures", "read"]
