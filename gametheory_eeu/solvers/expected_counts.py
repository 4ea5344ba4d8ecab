"""What is expected of a function of counts where all others mix alike, as a short polynomial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.solvers.compositions import Counts, compositions, multinomial


def expected(values: Mapping[Counts, Expr], mix: Sequence[Expr]) -> Expr:
    """The expectation of a function of the counts of N players who all play one mix.

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
    >>> expected({c: sp.Integer(c[0]) for c in compositions(9, 3)}, [p, 1 - p, sp.Integer(0)])
    9*p
    """
    played = [a for a, chance in enumerate(mix) if chance != 0]
    number = sum(next(iter(values)))
    inside: dict[Counts, Expr] = {}
    for counts in compositions(number, len(played)):
        full = [0] * len(mix)
        for a, count in zip(played, counts, strict=True):
            full[a] = count
        inside[counts[:-1]] = values[tuple(full)]
    for axis in range(len(played) - 1):
        _difference(inside, axis, number)
    chances = [mix[a] for a in played[:-1]]
    terms = []
    for j, coefficient in inside.items():
        if coefficient != 0:
            powers = (p**k for p, k in zip(chances, j, strict=True))
            terms.append(sp.Mul(multinomial((*j, number - sum(j))), coefficient, *powers))
    return sp.Add(*terms)


def _difference(values: dict[Counts, Expr], axis: int, number: int) -> None:
    """Forward differences at 0 along one axis, of every order, in place."""
    falling = sorted(values, key=lambda j: -j[axis])
    for order in range(1, number + 1):
        for j in falling:
            if j[axis] < order:
                break
            before = values[(*j[:axis], j[axis] - 1, *j[axis + 1 :])]
            values[j] = sp.expand(values[j] - before)


__all__ = ["expected"]
