"""Evolutionarily stable strategies of a symmetric two-player game, with symbols.

A strategy is stable iff it is a best reply to itself and beats, against every other best reply,
that reply itself (Maynard Smith and Price 1973). On the actions that are best replies this is a
matrix that is strictly copositive: positive along mutations within the support whatever their
sign, and along others where these only add (Haigh 1975, Abakuks 1980). Strict copositivity is a
formula in the minors (Keller's criterion; Hadeler 1983).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.solvers.readable import arrange_relation

Matrix: TypeAlias = Any


@dataclass(frozen=True)
class StableStrategy(Picklable):
    """A strategy, its payoff against itself, and where it is evolutionarily stable.

    It is where one of the conditions holds, one for each set of best replies.
    """

    mix: tuple[Expr, ...]
    payoff: Expr
    conditions: tuple[Boolean, ...]


def stable_strategies(payoffs: Sequence[Sequence[Expr]]) -> Iterator[StableStrategy]:
    """Every strategy that may be evolutionarily stable, by support, with the conditions.

    The matrix of payoffs is to who plays the row against the column.

    Examples
    --------
    Hawk and dove (Maynard Smith 1982):

    >>> v, c = sp.symbols("v c", positive=True)
    >>> for found in stable_strategies([[(v - c) / 2, v], [0, v / 2]]):
    ...     print(found.mix, found.conditions)
    (1, 0) (v > c, Eq(v, c))
    (0, 1) ()
    (v/c, -(-c + v)/c) (c**2 > c*v,)
    """
    matrix = sp.Matrix(payoffs)
    everyone = range(matrix.rows)
    for size in range(1, matrix.rows + 1):
        for support in combinations(everyone, size):
            solution = _mix(matrix, support)
            if solution is None:
                continue
            mix, positive = solution
            payoff = sp.cancel((matrix[support[0], :] * sp.Matrix(mix))[0])
            conditions = tuple(
                sp.And(positive, condition)
                for replies in _supersets(support, everyone)
                if (condition := _condition(matrix, support, replies, mix, payoff)) != sp.false
            )
            yield StableStrategy(mix, payoff, conditions)


def _supersets(support: tuple[int, ...], everyone: range) -> Iterator[tuple[int, ...]]:
    others = [i for i in everyone if i not in support]
    for size in range(len(others) + 1):
        for extra in combinations(others, size):
            yield tuple(sorted((*support, *extra)))


def _mix(matrix: Matrix, support: tuple[int, ...]) -> tuple[tuple[Expr, ...], Boolean] | None:
    """The mix on a support whose actions are equally good, by Cramer's rule, and where it is one.

    Where the determinant is zero the strategy is not stable, so that nothing is lost.
    """
    size = len(support)
    part = matrix.extract(support, support)
    bordered = sp.Matrix.vstack(
        sp.Matrix.hstack(part, -sp.ones(size, 1)), sp.ones(1, size).row_join(sp.zeros(1, 1))
    )
    determinant = sp.expand(bordered.det(method="berkowitz"))
    if determinant == 0:
        return None
    cofactors = [bordered.cofactor(size, j, method="berkowitz") for j in range(size)]
    values = [sp.factor(sp.cancel(c / determinant)) for c in cofactors]
    mix = dict(zip(support, values, strict=True))
    products = [sp.factor(c * determinant) for c in cofactors] if size > 1 else []
    positive = sp.And(*(arrange_relation(p, sp.Gt) for p in products))
    return tuple(mix.get(i, sp.S.Zero) for i in range(matrix.rows)), positive


def _condition(
    matrix: Matrix,
    support: tuple[int, ...],
    replies: tuple[int, ...],
    mix: tuple[Expr, ...],
    payoff: Expr,
) -> Boolean:
    """Where the strategy is stable and exactly these actions are best replies to it."""
    parts = []
    against = matrix * sp.Matrix(mix)
    for i in range(matrix.rows):
        if i not in support:
            relation = sp.Eq if i in replies else sp.Gt
            parts.append(arrange_relation(sp.cancel(payoff - against[i]), relation))
    if sp.false in parts:
        return sp.false
    within = list(support[1:])
    beyond = [i for i in replies if i not in support]
    loss = _loss_of_mutants(matrix, support[0], within + beyond)
    return sp.And(*parts, *_stability(loss, len(within)))


def _loss_of_mutants(matrix: Matrix, base: int, others: list[int]) -> Matrix:
    """The quadratic form of what mutants lose among themselves, in their shares."""

    def entry(i: int, j: int) -> Expr:
        a, b = others[i], others[j]
        gain = matrix[a, b] - matrix[base, b] - matrix[a, base] + matrix[base, base]
        mirror = matrix[b, a] - matrix[base, a] - matrix[b, base] + matrix[base, base]
        return sp.expand(-(gain + mirror))

    return sp.Matrix(len(others), len(others), entry)


def _stability(loss: Matrix, within: int) -> Iterator[Boolean]:
    """Positive along any change of the first shares and any increase of the others."""
    for k in range(1, within + 1):
        yield arrange_relation(loss[:k, :k].det(method="berkowitz"), sp.Gt)
    inner = loss[:within, :within]
    determinant = inner.det(method="berkowitz") if within else sp.S.One
    cross = loss[:within, within:]
    rest = loss[within:, within:] * determinant
    if within:
        rest -= cross.T * inner.adjugate() * cross
    yield from _strict_copositivity(rest.applyfunc(sp.expand))


def _strict_copositivity(matrix: Matrix) -> Iterator[Boolean]:
    """Keller's criterion: where the cofactors of a last row are positive, so is the determinant."""
    for size in range(1, matrix.rows + 1):
        for chosen in combinations(range(matrix.rows), size):
            part = matrix.extract(chosen, chosen)
            cofactors = [part.cofactor(size - 1, j, method="berkowitz") for j in range(size)]
            positive = [arrange_relation(sp.expand(c), sp.Gt) for c in cofactors]
            determinant = arrange_relation(sp.expand(part.det(method="berkowitz")), sp.Gt)
            yield sp.Or(*(sp.Not(p) for p in positive), determinant)
