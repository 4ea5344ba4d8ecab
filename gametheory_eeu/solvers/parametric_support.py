"""Strategies with a given support and given best replies, for payoffs with symbols.

Weights on the support, all positive and not yet scaled to sum to one, solve the homogeneous
indifference equations. A pivot whose sign is open parts the space in two. A square system of full
rank needs no pivot: its solution is the vector of cofactors, an equilibrium exactly where all of
them have one sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.signs import NEGATIVE, POSITIVE, ZERO
from gametheory_eeu.games.tree import shorter_form
from gametheory_eeu.solvers.condition_simplification import simplify_condition
from gametheory_eeu.solvers.counts import embed
from gametheory_eeu.solvers.readable import arrange_relation
from gametheory_eeu.solvers.sample_points import FracElement
from gametheory_eeu.solvers.sign_region import (
    EITHER,
    WEAK,
    Constraint,
    SignRegion,
    feasibility_condition,
)

LinearForm = list[FracElement]
"""A linear form in the weights of the support."""


@dataclass(frozen=True)
class Mixture:
    """Strategies with one support against which the opponent's replies are best.

    The dimension is that of the solutions of the opponent's equations of indifference; inequalities
    may leave less. ``free`` indexes a continuum, ``where`` is its exact range, and ``condition``
    says where there is any such strategy.
    """

    chances: tuple[Expr, ...]
    dimension: int = 0
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true
    condition: Boolean = sp.true


@dataclass(frozen=True)
class _IndifferenceSystem:
    """Conditions on the weights: indifference equations and non-negative forms."""

    support: tuple[int, ...]
    equations: list[LinearForm]
    weak: list[LinearForm]
    actions: int
    symbols: Sequence[Symbol]


@dataclass(frozen=True)
class _EliminationLeaf:
    """A region in which some weights are linear forms of the others, the free ones."""

    region: SignRegion
    solutions: dict[int, LinearForm]
    free: tuple[int, ...]

    @property
    def dimension(self) -> int:
        return len(self.free) - 1


def parametric_mixtures(
    support: tuple[int, ...],
    replies: tuple[int, ...],
    table: Sequence[Sequence[FracElement]],
    symbols: Sequence[Symbol],
    region: SignRegion,
) -> list[Mixture]:
    """The strategies of one support against which the replies are best, by their dimension.

    The table has a row for each action of the opponent: what he earns against each action. There is
    one mixture for each dimension that occurs, where its condition is not plainly false; the
    conditions of two of them are never true together.
    """
    best = table[replies[0]]

    def payoff_gaps(k: int) -> LinearForm:
        return [best[i] - table[k][i] for i in support]

    non_replies = [k for k in range(len(table)) if k not in replies]
    system = _IndifferenceSystem(
        support,
        [payoff_gaps(k) for k in replies[1:]],
        [payoff_gaps(k) for k in non_replies],
        len(symbols),
        symbols,
    )
    results: dict[int, Mixture] = {}
    is_square = len(system.equations) == len(support) - 1
    by_dimension: dict[int, list[_EliminationLeaf]] = {}
    for leaf in _elimination_leaves(region, system.equations, {}, len(support), is_square):
        by_dimension.setdefault(leaf.dimension, []).append(leaf)
    for dimension, leaves in by_dimension.items():
        results[dimension] = _merge_leaves(system, region, leaves)
    if is_square:
        results[0] = _cofactor_mixture(system, region)
    return [results[d] for d in sorted(results) if results[d].condition != sp.false]


def _elimination_leaves(
    region: SignRegion,
    rows: list[LinearForm],
    solutions: dict[int, LinearForm],
    size: int,
    is_square: bool,
) -> Iterator[_EliminationLeaf]:
    """Gaussian elimination, by cases where a pivot may be zero.

    With ``square`` the leaves of full rank are left out: cofactors give them all at once.
    """
    rows = [row for row in rows if any(region.sign(a) != ZERO for a in row)]
    zero_coefficient = next((a for row in rows for a in _zero_coefficients(row, region)), None)
    if zero_coefficient is not None:
        branch = region.where(zero_coefficient, ZERO)
        if branch is not None and region.sign(zero_coefficient) & ZERO:
            yield from _elimination_leaves(
                branch, _substitute_zero(rows, zero_coefficient), solutions, size, is_square
            )
        return
    if any(not any(region.sign(a) & POSITIVE for a in form) for form in solutions.values()):
        return
    if not rows:
        yield _EliminationLeaf(
            region, solutions, tuple(k for k in range(size) if k not in solutions)
        )
        return
    row, column = _find_pivot(rows, region)
    pivot = rows[row][column]
    if not (is_square and len(solutions) == size - 2):
        branch = region.where(pivot, EITHER)
        if branch is not None:
            yield from _elimination_leaves(
                branch, *_eliminate(rows, solutions, row, column), size, is_square
            )
    branch = region.where(pivot, ZERO) if region.sign(pivot) & ZERO else None
    if branch is not None:
        yield from _elimination_leaves(
            branch, _substitute_zero(rows, pivot), solutions, size, is_square
        )


def _zero_coefficients(row: LinearForm, region: SignRegion) -> list[FracElement]:
    """Coefficients that must be zero: those of a sum of positive weights that all have one sign."""
    signs = [region.sign(a) for a in row]
    same_sign = not any(s & NEGATIVE for s in signs) or not any(s & POSITIVE for s in signs)
    nonzero = [a for a, s in zip(row, signs, strict=True) if s != ZERO]
    return nonzero if same_sign or len(nonzero) == 1 else []


def _substitute_zero(rows: list[LinearForm], zero: FracElement) -> list[LinearForm]:
    return [[a * 0 if a in (zero, -zero) else a for a in row] for row in rows]


def _find_pivot(rows: list[LinearForm], region: SignRegion) -> tuple[int, int]:
    """A coefficient that is not zero, if one is known; of these the shortest."""
    positions = [(r, c) for r, row in enumerate(rows) for c, a in enumerate(row)
              if region.sign(a) != ZERO]  # fmt: skip
    return min(positions, key=lambda p: (bool(region.sign(rows[p[0]][p[1]]) & ZERO),
                                      len(rows[p[0]][p[1]].numer), p))  # fmt: skip


def _eliminate(
    rows: list[LinearForm], solutions: dict[int, LinearForm], row: int, column: int
) -> tuple[list[LinearForm], dict[int, LinearForm]]:
    """The system after one weight is written in terms of the others."""
    pivot = rows[row]
    form = [-a / pivot[column] if k != column else a * 0 for k, a in enumerate(pivot)]
    remaining = [_substitute(equation, column, form) for k, equation in enumerate(rows) if k != row]
    return remaining, {
        **{k: _substitute(f, column, form) for k, f in solutions.items()},
        column: form,
    }


def _substitute(row: LinearForm, column: int, form: LinearForm) -> LinearForm:
    """A form with one of its weights replaced by a form."""
    scale = row[column]
    return [a + scale * b if k != column else a * 0
            for k, (a, b) in enumerate(zip(row, form, strict=True))]  # fmt: skip


def _cofactor_mixture(system: _IndifferenceSystem, region: SignRegion) -> Mixture:
    """The solution of a square system, unique where not all cofactors are zero."""
    size = len(system.support)
    cofactors = [
        (-1) ** k * _determinant([row[:k] + row[k + 1 :] for row in system.equations], region.one)
        for k in range(size)
    ]
    total = sum(cofactors[1:], cofactors[0])
    first = cofactors[0]
    conditions = [region.relation(first * c, POSITIVE) for c in cofactors[1:]]
    conditions += [region.relation(first * _dot(form, cofactors), WEAK) for form in system.weak]
    condition = sp.And(*conditions)
    if condition == sp.false or total == 0:
        return Mixture((), condition=sp.false)
    return Mixture(
        _pad_with_zeros(system, [to_expression(c / total) for c in cofactors]), condition=condition
    )


def _determinant(rows: list[LinearForm], unit: FracElement) -> FracElement:
    """The determinant, expanded along the first row."""
    if not rows:
        return unit
    terms = (
        (-1) ** k * a * _determinant([row[:k] + row[k + 1 :] for row in rows[1:]], unit)
        for k, a in enumerate(rows[0])
        if a != 0
    )
    return sum(terms, unit * 0)


def _dot(form: LinearForm, values: Sequence[FracElement]) -> FracElement:
    return sum((a * b for a, b in zip(form, values, strict=True)), form[0] * 0)


def _merge_leaves(
    system: _IndifferenceSystem, region: SignRegion, leaves: list[_EliminationLeaf]
) -> Mixture:
    """The leaves of one dimension as one family."""
    offset = len(region.conditions)
    conditions = [_leaf_condition(system, leaf) for leaf in leaves]
    cases = (
        sp.And(*leaf.region.conditions[offset:], condition)
        for leaf, condition in zip(leaves, conditions, strict=True)
    )
    existence = sp.Or(*cases)
    if existence == sp.false:
        return Mixture((), condition=sp.false)
    if leaves[0].dimension == 0:
        return Mixture(
            _pad_with_zeros(system, _piecewise_mix(system, leaves, offset)), condition=existence
        )
    explicit = _explicit_solution(system, leaves[0]) if len(leaves) == 1 else None
    free, probabilities, relations = explicit or _implicit_solution(system)
    return Mixture(
        _pad_with_zeros(system, probabilities),
        leaves[0].dimension,
        free,
        sp.And(*relations),
        existence,
    )


def _leaf_condition(system: _IndifferenceSystem, leaf: _EliminationLeaf) -> Boolean:
    """The condition under which a leaf has a point: positive weights, no better reply."""
    *independent, last = leaf.free

    def constraint(form: LinearForm, strict: bool) -> Constraint:
        return Constraint(tuple(form[k] for k in independent), form[last], strict)

    unit = [
        [(leaf.region.one if j == k else leaf.region.zero) for j in range(len(system.support))]
        for k in independent
    ]
    constraints = [constraint(form, True) for form in (*unit, *leaf.solutions.values())]
    constraints += [constraint(_in_free_weights(form, leaf), False) for form in system.weak]
    return feasibility_condition(constraints, leaf.region)


def _in_free_weights(form: LinearForm, leaf: _EliminationLeaf) -> LinearForm:
    """A form in terms of the free weights."""
    for column, solution in leaf.solutions.items():
        form = _substitute(form, column, solution)
    return form


def _piecewise_mix(
    system: _IndifferenceSystem, leaves: list[_EliminationLeaf], offset: int
) -> list[Expr]:
    """Probabilities of isolated strategies, piecewise by region."""
    rows = []
    for leaf in leaves:
        unit = leaf.region.one
        weights = [leaf.solutions[k][leaf.free[0]] if k in leaf.solutions else unit
                   for k in range(len(system.support))]  # fmt: skip
        total = sum(weights[1:], weights[0])
        rows.append([to_expression(w / total) for w in weights])
    region = leaves[0].region
    conditions = (sp.And(*leaf.region.conditions[offset:]) for leaf in leaves[:-1])
    domains = [
        *(
            simplify_condition(d, region.space, region.samples.first(0), effort=region.effort)
            for d in conditions
        ),
        sp.true,
    ]
    return [sp.Piecewise(*zip(column, domains, strict=True)) for column in zip(*rows, strict=True)]


def _explicit_solution(
    system: _IndifferenceSystem, leaf: _EliminationLeaf
) -> tuple[tuple[Symbol, ...], list[Expr], list[Boolean]] | None:
    """All probabilities in terms of as many as there are dimensions; None if undefined.

    A free weight adds itself and what it adds to the others to the sum, which is one.
    """
    region, size = leaf.region, len(system.support)
    totals = {k: sum((f[k] for f in leaf.solutions.values()), region.one) for k in leaf.free}
    dependent = next((k for k in reversed(leaf.free) if not region.sign(totals[k]) & ZERO), None)
    if dependent is None:
        return None
    independent = [k for k in leaf.free if k != dependent]
    free = tuple(system.symbols[system.support[k]] for k in independent)

    def affine(form: LinearForm) -> tuple[list[FracElement], FracElement]:
        share = form[dependent] / totals[dependent]
        return [form[k] - share * totals[k] for k in independent], share

    unit = [[region.one if j == k else region.zero for j in range(size)] for k in range(size)]
    rows = [leaf.solutions.get(k, unit[k]) for k in range(size)]
    requirements = [(row, True) for row in rows] + [
        (_in_free_weights(form, leaf), False) for form in system.weak
    ]
    relations = [
        _bound_relation(*affine(form), free, strict, region)
        for form, strict in requirements
        if strict or not _is_nonnegative(form, leaf)
    ]
    probabilities = [_affine_form(*affine(row), free) for row in rows]
    return free, probabilities, relations


def _is_nonnegative(form: LinearForm, leaf: _EliminationLeaf) -> bool:
    """Whether no coefficient of a form in positive weights can be negative."""
    return not any(leaf.region.sign(form[k]) & NEGATIVE for k in leaf.free)


def _affine_form(slopes: list[FracElement], constant: FracElement, free: Sequence[Symbol]) -> Expr:
    terms = [to_expression(slope) * symbol for slope, symbol in zip(slopes, free, strict=True)]
    return sp.Add(*terms, to_expression(constant))


def _bound_relation(
    slopes: list[FracElement],
    constant: FracElement,
    free: Sequence[Symbol],
    strict: bool,
    region: SignRegion,
) -> Boolean:
    """The relation that a form is positive or non-negative, solved for a single symbol."""
    if len(free) == 1 and region.sign(slopes[0]) in (POSITIVE, NEGATIVE):
        bound = to_expression(-constant / slopes[0])
        is_lower = region.sign(slopes[0]) == POSITIVE
        relation = (sp.Gt if is_lower else sp.Lt) if strict else (sp.Ge if is_lower else sp.Le)
        return relation(free[0], bound)
    scale = constant.denom
    for slope in slopes:
        scale = scale * slope.denom / scale.gcd(slope.denom)
    sign = region.sign(region.one * scale)
    if sign not in (POSITIVE, NEGATIVE):
        scale, sign = scale * scale, POSITIVE
    factor = scale if sign == POSITIVE else -scale
    return arrange_relation(
        sp.expand(_affine_form([s * factor for s in slopes], constant * factor, free)),
        sp.Gt if strict else sp.Ge,
    )


def _implicit_solution(
    system: _IndifferenceSystem,
) -> tuple[tuple[Symbol, ...], list[Expr], list[Boolean]]:
    """The probabilities as free symbols, with the equations they satisfy."""
    free = tuple(system.symbols[k] for k in system.support[:-1])
    probabilities = [*free, 1 - sp.Add(*free)]

    def expected_value(form: LinearForm) -> Expr:
        return sp.Add(*(to_expression(a) * p for a, p in zip(form, probabilities, strict=True)))

    relations = [sp.Gt(p, 0) for p in free] + [sp.Lt(sp.Add(*free), 1)]
    relations += [sp.Eq(expected_value(form), 0) for form in system.equations]
    relations += [sp.Ge(expected_value(form), 0) for form in system.weak]
    return free, probabilities, relations


def _pad_with_zeros(system: _IndifferenceSystem, probabilities: Sequence[Expr]) -> tuple[Expr, ...]:
    """A probability for every action, zero outside the support."""
    return embed(probabilities, system.support, system.actions, sp.Integer(0))


def to_expression(value: FracElement) -> Expr:
    """A rational function as its shortest expression."""
    return shorter_form(value.as_expr())
