"""The strategies between given vertices, by coordinates and their exact range."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.solvers.extreme_equilibria import Vertex, bits
from gametheory_eeu.solvers.mixtures import Mixture

Row = list[Fraction]


class _Bound(NamedTuple):
    """A linear form that is positive, or not negative, and the vertices at which it is zero."""

    form: tuple[int, ...]
    strict: bool
    zeros: frozenset[int]


def mixture(
    points: Sequence[Vertex],
    support: int,
    replies: int,
    table: Sequence[Sequence[int]],
    symbols: Sequence[Symbol],
) -> Mixture:
    """The strategies of one support against which the replies are best.

    Parameters
    ----------
    points : vertices
        Those of the closure: within the support, and with the replies among the best.
    support, replies : bits
    table : whole numbers
        A row for each action of the opponent: what he earns against each action.
    symbols : one for each action
    """
    strategies = [list(point.strategy) for point in points]
    origin = strategies[0]
    rows, pivots = _reduced([_minus(s, origin) for s in strategies[1:]])
    free = [symbols[k] for k in pivots]
    moved = [s - _rational(origin[k]) for s, k in zip(free, pivots, strict=True)]
    chances = tuple(
        _rational(start)
        + sp.Add(*(_rational(row[i]) * m for row, m in zip(rows, moved, strict=True)))
        for i, start in enumerate(origin)
    )
    dimension = support.bit_count() - 1 - _equations(support, replies, table)
    if not free:
        return Mixture(chances, dimension)
    bounds = _needed(_bounds(points, support, replies, table), strategies)
    where = sp.And(*(_relation(b, chances, free) for b in bounds))
    return Mixture(chances, dimension, tuple(free), where)


def _equations(support: int, replies: int, table: Sequence[Sequence[int]]) -> int:
    """How many independent equations make the opponent indifferent between his replies."""
    first, *others = (table[k] for k in bits(replies))
    rows = [[Fraction(first[i] - row[i]) for i in bits(support)] for row in others]
    return len(_reduced(rows)[1])


def rank(points: Sequence[Sequence[Fraction]]) -> int:
    """The dimension of the affine hull; -1 for no point."""
    if not points:
        return -1
    return len(_reduced([_minus(point, points[0]) for point in points[1:]])[1])


def _bounds(
    points: Sequence[Vertex], support: int, replies: int, table: Sequence[Sequence[int]]
) -> list[_Bound]:
    """Every probability of the support is positive; no other reply is better."""
    size, played = len(table[0]), next(bits(replies))
    found = []
    for i in bits(support):
        form = tuple(int(k == i) for k in range(size))
        found.append(_bound(form, True, points))
    for k, row in enumerate(table):
        if not replies >> k & 1:
            form = tuple(a - b for a, b in zip(table[played], row, strict=True))
            found.append(_bound(form, False, points))
    return found


def _bound(form: tuple[int, ...], strict: bool, points: Sequence[Vertex]) -> _Bound:
    def value(point: Vertex) -> int:
        return sum(a * b for a, b in zip(form, point.weights, strict=True))

    return _Bound(form, strict, frozenset(n for n, p in enumerate(points) if value(p) == 0))


def _needed(bounds: list[_Bound], strategies: list[Row]) -> list[_Bound]:
    """One bound for each facet, and those that cut off a lower face only by being strict."""
    dimension = rank(strategies)
    open_ = [b for b in bounds if 0 < len(b.zeros) < len(strategies)]
    facets: dict[frozenset[int], _Bound] = {}
    for bound in sorted(open_, key=lambda b: not b.strict):
        if rank([strategies[n] for n in sorted(bound.zeros)]) == dimension - 1:
            facets.setdefault(bound.zeros, bound)
    kept = list(facets.values())
    for bound in sorted(open_, key=lambda b: -len(b.zeros)):
        if bound.strict and not any(b.strict and bound.zeros <= b.zeros for b in kept):
            kept.append(bound)
    return kept


def _relation(bound: _Bound, chances: Sequence[sp.Expr], free: list[Symbol]) -> Boolean:
    """The bound in the free coordinates, constants on the right."""
    whole = sp.expand(sp.Add(*(a * c for a, c in zip(bound.form, chances, strict=True))))
    constant, linear = whole.as_coeff_Add()
    content, primitive = linear.primitive()
    first = next(primitive.coeff(s) for s in free if primitive.coeff(s) != 0)
    scale = content if first > 0 else -content
    left, right = sp.expand(linear / scale), -constant / scale
    if first > 0:
        return sp.Gt(left, right) if bound.strict else sp.Ge(left, right)
    return sp.Lt(left, right) if bound.strict else sp.Le(left, right)


def _minus(one: Sequence[Fraction], other: Sequence[Fraction]) -> Row:
    return [a - b for a, b in zip(one, other, strict=True)]


def _reduced(rows: list[Row]) -> tuple[list[Row], list[int]]:
    """The reduced row echelon form, without zero rows, and its pivot columns."""
    done: list[Row] = []
    pivots: list[int] = []
    for row in rows:
        left = row
        for pivot, other in zip(pivots, done, strict=True):
            left = _less(left, left[pivot], other)
        column = next((k for k, a in enumerate(left) if a), None)
        if column is not None:
            unit = [a / left[column] for a in left]
            done = [*(_less(other, other[column], unit) for other in done), unit]
            pivots.append(column)
    order = sorted(range(len(pivots)), key=pivots.__getitem__)
    return [done[k] for k in order], [pivots[k] for k in order]


def _less(row: Row, scale: Fraction, other: Row) -> Row:
    return [a - scale * b for a, b in zip(row, other, strict=True)] if scale else row


def _rational(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


__all__ = ["mixture", "rank"]
