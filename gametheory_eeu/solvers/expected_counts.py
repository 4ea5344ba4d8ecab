"""Expectation of a function of action counts when all others play one mix, as a polynomial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.solvers.compositions import Counts, compositions, multinomial


def expected_value(values: Mapping[Counts, Expr], mix: Sequence[Expr]) -> Expr:
    """Expectation of a function of the action counts of N players who all play one mix.

    Of the actions that are played the last one's chance is what is left to one. The coefficient of
    a product of powers j of the other chances is N!/(j! (N - |j|)!) times the forward
    difference of that order of the function at 0: a function that is linear in the counts has a
    linear expectation, whatever N.

    Parameters
    ----------
    values : mapping of counts to expressions
    mix : sequence of expressions
        A chance for each action; they sum to one.

    Examples
    --------
    >>> p = sp.Symbol("p")
    >>> expected_value({c: sp.Integer(c[0]) for c in compositions(9, 3)}, [p, 1 - p, sp.Integer(0)])
    9*p
    """
    support = [a for a, chance in enumerate(mix) if chance != 0]
    player_count = sum(next(iter(values)))
    coefficients: dict[Counts, Expr] = {}
    for counts in compositions(player_count, len(support)):
        all_counts = [0] * len(mix)
        for a, count in zip(support, counts, strict=True):
            all_counts[a] = count
        coefficients[counts[:-1]] = values[tuple(all_counts)]
    for axis in range(len(support) - 1):
        _difference(coefficients, axis, player_count)
    chances = [mix[a] for a in support[:-1]]
    terms = []
    for j, coefficient in coefficients.items():
        if coefficient != 0:
            powers = (p**k for p, k in zip(chances, j, strict=True))
            terms.append(sp.Mul(multinomial((*j, player_count - sum(j))), coefficient, *powers))
    return sp.Add(*terms)


def _difference(values: dict[Counts, Expr], axis: int, player_count: int) -> None:
    """Forward differences at 0 along one axis, of every order, in place."""
    descending = sorted(values, key=lambda j: -j[axis])
    for order in range(1, player_count + 1):
        for j in descending:
            if j[axis] < order:
                break
            previous = values[(*j[:axis], j[axis] - 1, *j[axis + 1 :])]
            values[j] = sp.expand(values[j] - previous)


__all__ = ["expected_value"]
