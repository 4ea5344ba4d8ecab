"""One player's mixtures in a family of equilibria, and the polytope of those of a support."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import sympy as sp
from flint import fmpq, fmpq_mat

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.solvers.extreme_equilibria import Vertex, bit_positions


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


def fresh_symbols(letter: str, actions: int, reserved: Iterable[str]) -> tuple[Symbol, ...]:
    """A symbol for the probability of each action, under names not in use."""
    names = set(reserved)
    while any(f"{letter}_{k + 1}" in names for k in range(actions)):
        letter += letter[0]
    return tuple(sp.Symbol(f"{letter}_{k + 1}", real=True) for k in range(actions))


Row = list[Fraction]


class _Bound(NamedTuple):
    """A linear form that is positive, or not negative, and the vertices at which it is zero."""

    form: tuple[int, ...]
    strict: bool
    zeros: frozenset[int]


def polytope_mixture(
    points: Sequence[Vertex],
    support: int,
    replies: int,
    table: Sequence[Sequence[int]],
    symbols: Sequence[Symbol],
) -> Mixture:
    """The strategies of one support against which the replies are best, both given as bits.

    The points are those of the closure: within the support, and with the replies among the best.
    The table has a row for each action of the opponent: what he earns against each action.
    """
    strategies = [list(point.strategy) for point in points]
    origin = strategies[0]
    rows, pivots = _row_echelon_form([_subtract(s, origin) for s in strategies[1:]])
    free = [symbols[k] for k in pivots]
    offsets = [s - to_sympy(origin[k]) for s, k in zip(free, pivots, strict=True)]
    probabilities = tuple(
        to_sympy(base)
        + sp.Add(*(to_sympy(row[i]) * offset for row, offset in zip(rows, offsets, strict=True)))
        for i, base in enumerate(origin)
    )
    dimension = support.bit_count() - 1 - _equation_rank(support, replies, table)
    if not free:
        return Mixture(probabilities, dimension)
    bounds = _essential_bounds(_bounds(points, support, replies, table), strategies)
    where = sp.And(*(_bound_relation(b, probabilities, free) for b in bounds))
    return Mixture(probabilities, dimension, tuple(free), where)


def _equation_rank(support: int, replies: int, table: Sequence[Sequence[int]]) -> int:
    """The number of independent indifference equations among the opponent's replies."""
    first, *other_rows = (table[k] for k in bit_positions(replies))
    rows = [[Fraction(first[i] - row[i]) for i in bit_positions(support)] for row in other_rows]
    return len(_row_echelon_form(rows)[1])


def affine_dimension(points: Sequence[Sequence[Fraction]]) -> int:
    """The dimension of the affine hull; -1 for no point."""
    if not points:
        return -1
    return len(_row_echelon_form([_subtract(point, points[0]) for point in points[1:]])[1])


def _bounds(
    points: Sequence[Vertex], support: int, replies: int, table: Sequence[Sequence[int]]
) -> list[_Bound]:
    """Every probability of the support is positive; no other reply is better."""
    size, best_reply = len(table[0]), next(bit_positions(replies))
    bounds = []
    for i in bit_positions(support):
        form = tuple(int(k == i) for k in range(size))
        bounds.append(_make_bound(form, True, points))
    for k, row in enumerate(table):
        if not replies >> k & 1:
            form = tuple(a - b for a, b in zip(table[best_reply], row, strict=True))
            bounds.append(_make_bound(form, False, points))
    return bounds


def _make_bound(form: tuple[int, ...], strict: bool, points: Sequence[Vertex]) -> _Bound:
    def value(point: Vertex) -> int:
        return sum(a * b for a, b in zip(form, point.weights, strict=True))

    return _Bound(form, strict, frozenset(n for n, p in enumerate(points) if value(p) == 0))


def _essential_bounds(bounds: list[_Bound], strategies: list[Row]) -> list[_Bound]:
    """The bounds of facets, and strict bounds that exclude a lower face."""
    dimension = affine_dimension(strategies)
    active = [b for b in bounds if 0 < len(b.zeros) < len(strategies)]
    facets: dict[frozenset[int], _Bound] = {}
    for bound in sorted(active, key=lambda b: not b.strict):
        if affine_dimension([strategies[n] for n in sorted(bound.zeros)]) == dimension - 1:
            facets.setdefault(bound.zeros, bound)
    essential = list(facets.values())
    for bound in sorted(active, key=lambda b: -len(b.zeros)):
        if bound.strict and not any(b.strict and bound.zeros <= b.zeros for b in essential):
            essential.append(bound)
    return essential


def _bound_relation(bound: _Bound, probabilities: Sequence[sp.Expr], free: list[Symbol]) -> Boolean:
    """The bound in the free coordinates, constants on the right."""
    expression = sp.expand(sp.Add(*(a * c for a, c in zip(bound.form, probabilities, strict=True))))
    constant, linear = expression.as_coeff_Add()
    content, primitive = linear.primitive()
    first = next(primitive.coeff(s) for s in free if primitive.coeff(s) != 0)
    scale = content if first > 0 else -content
    lhs, rhs = sp.expand(linear / scale), -constant / scale
    if first > 0:
        return sp.Gt(lhs, rhs) if bound.strict else sp.Ge(lhs, rhs)
    return sp.Lt(lhs, rhs) if bound.strict else sp.Le(lhs, rhs)


def _subtract(first: Sequence[Fraction], second: Sequence[Fraction]) -> Row:
    return [a - b for a, b in zip(first, second, strict=True)]


def _row_echelon_form(rows: list[Row]) -> tuple[list[list[fmpq]], list[int]]:
    """The reduced row echelon form, without zero rows, and its pivot columns."""
    if not rows:
        return [], []
    matrix, rank = fmpq_mat([[to_fmpq(entry) for entry in row] for row in rows]).rref()
    reduced_rows = matrix.tolist()[:rank]
    return reduced_rows, [next(k for k, a in enumerate(row) if a != 0) for row in reduced_rows]
