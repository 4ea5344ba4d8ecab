"""Exact volume of a part of a cube that is bounded by hyperplanes.

The cube is divided into simplices, and a simplex with corners on both sides of a hyperplane is cut
at an edge until every simplex lies on one side of all hyperplanes that matter. A cut divides a
volume as it divides the edge, so no volume is ever computed from coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from math import factorial
from typing import Any, TypeAlias

import sympy as sp
from flint import fmpq

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.prover.sign_abstraction import Junction, Literal, SignFormula, restrict
from gametheory_eeu.sweeps.priors import Uniform

MAX_DIMENSION = 5
MAX_PIECES = 20_000
_NONZERO = frozenset({-1, 1})

Corner: TypeAlias = tuple[Any, ...]
"""The values of all linear functions at a corner."""


def linear_share(
    formula: SignFormula, polynomials: Sequence[Expr], box: dict[Symbol, Uniform]
) -> Expr | None:
    """The share of a box in which a formula on the signs of linear functions is true.

    Parameters
    ----------
    formula : SignFormula
    polynomials : sequence of SymPy expressions
        Linear; those that do not matter are not looked at.
    box : mapping of symbol to Uniform
        With rational ends.

    Returns
    -------
    SymPy Rational, or None
        None where there are too many pieces.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> box = {s: Uniform(sp.Integer(0), sp.Integer(1)) for s in (x, y)}
    >>> linear_share(Literal(0, frozenset({1})), [2*x - y], box)
    3/4
    """
    formula = restrict(formula, [_NONZERO] * len(polynomials))
    slopes = _slopes(polynomials, box)
    count, total = 0, fmpq(0)
    weight = fmpq(1, factorial(len(box)))
    for order in permutations(range(len(box))):
        pieces = [(formula, _corners(slopes, order), weight)]
        while pieces:
            part, corners, volume = pieces.pop()
            part, mixed = _decided(part, corners)
            if part is True:
                total += volume
            elif mixed is not None:
                count += 1
                pieces += ((part, c, volume * share) for c, share in _cut(corners, mixed))
        if count > MAX_PIECES:
            return None
    return sp.Rational(int(total.p), int(total.q))


def _slopes(polynomials: Sequence[Expr], box: dict[Symbol, Uniform]) -> list[list[Any]]:
    """Of each linear function, its value at the lowest corner and what each whole side adds."""
    low = {symbol: prior.low for symbol, prior in box.items()}
    result = []
    for polynomial in polynomials:
        sides = [polynomial.coeff(s) * (prior.high - prior.low) for s, prior in box.items()]
        result.append([to_fmpq(v) for v in (polynomial.xreplace(low), *sides)])
    return result


def _corners(slopes: list[list[Any]], order: Sequence[int]) -> list[Corner]:
    """The corners of a simplex of the cube: along the sides in some order."""
    values = [row[0] for row in slopes]
    corners = [tuple(values)]
    for side in order:
        values = [value + row[side + 1] for value, row in zip(values, slopes, strict=True)]
        corners.append(tuple(values))
    return corners


def _decided(formula: SignFormula, corners: list[Corner]) -> tuple[SignFormula, int | None]:
    """The formula inside a simplex, and a function in it that has both signs there, if any."""
    possible = [_NONZERO] * len(corners[0])
    mixed = None
    for index in sorted(set(_indices(formula))):
        if all(corner[index] >= 0 for corner in corners):
            possible[index] = frozenset({1})
        elif all(corner[index] <= 0 for corner in corners):
            possible[index] = frozenset({-1})
        else:
            mixed = index
    formula = restrict(formula, possible)
    if isinstance(formula, bool):
        return formula, None
    left = set(_indices(formula))
    return formula, mixed if mixed in left else max(left)


def _indices(formula: SignFormula) -> Iterator[int]:
    if isinstance(formula, Literal):
        yield formula.polynomial
    elif isinstance(formula, Junction):
        for part in formula.parts:
            yield from _indices(part)


def _cut(corners: list[Corner], index: int) -> Iterator[tuple[list[Corner], Any]]:
    """The two parts of a simplex cut where an edge meets a hyperplane, with their shares."""
    above = max(range(len(corners)), key=lambda k: corners[k][index])
    below = min(range(len(corners)), key=lambda k: corners[k][index])
    high, low = corners[above], corners[below]
    share = low[index] / (low[index] - high[index])
    meeting = tuple(b + share * (a - b) for a, b in zip(high, low, strict=True))
    for replaced, part in ((above, share), (below, 1 - share)):
        result = list(corners)
        result[replaced] = meeting
        yield result, part


__all__ = ["MAX_DIMENSION", "linear_share"]
