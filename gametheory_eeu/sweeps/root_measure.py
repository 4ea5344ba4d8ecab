"""Exact measure of a part of an interval or a rectangle that is bounded by polynomials.

On an interval the roots divide what holds from what does not. In a rectangle every boundary must
be the graph of a rational function of one symbol: between two values of it at which graphs meet or
leave the rectangle their order stays, and what lies between two of them is an integral.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key
from itertools import combinations, pairwise

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import evaluate
from gametheory_eeu.prover.sign_abstraction import SignFormula, is_satisfied
from gametheory_eeu.sweeps.priors import Uniform
from gametheory_eeu.sweeps.sign_tests import PolynomialTest

MAX_DEGREE = 12
"""The highest degree of a polynomial whose roots are looked for."""
MAX_LOGARITHM_DEGREE = 2
"""The highest degree of an irreducible polynomial whose roots an integral with logarithms has."""


def interval_share(
    formula: SignFormula, polynomials: Sequence[Expr], symbol: Symbol, prior: Uniform
) -> Expr | None:
    """The share of an interval in which a formula on the signs of polynomials is true.

    Examples
    --------
    >>> from gametheory_eeu.prover.sign_abstraction import Literal
    >>> x = sp.Symbol("x", real=True)
    >>> unit = Uniform(sp.Integer(0), sp.Integer(1))
    >>> interval_share(Literal(0, frozenset({1})), [x**2 - x + sp.Rational(1, 8)], x, unit)
    1 - sqrt(2)/2
    """
    if any(sp.degree(p, symbol) > MAX_DEGREE for p in polynomials):
        return None
    ends = _divided(polynomials, symbol, prior)
    total = sum(
        (b - a for a, b in pairwise(ends)
         if _holds(formula, polynomials, {symbol: evaluate.rational_between(a, b)})),
        sp.Integer(0),
    )  # fmt: skip
    return sp.expand(total / (prior.high - prior.low))


def rectangle_share(
    formula: SignFormula, polynomials: Sequence[Expr], box: dict[Symbol, Uniform]
) -> Expr | None:
    """The share of a rectangle; None where a boundary is no graph over either side.

    Examples
    --------
    >>> from gametheory_eeu.prover.sign_abstraction import Literal
    >>> x, y = sp.symbols("x y", real=True)
    >>> box = {s: Uniform(sp.Integer(0), sp.Integer(1)) for s in (x, y)}
    >>> rectangle_share(Literal(0, frozenset({-1})), [2*x*y - 1], box)
    log(2)/2 + 1/2
    """
    for across, along in (tuple(box), tuple(box)[::-1]):
        degrees = [sp.degree(p, across) for p in polynomials]
        if max(degrees) <= 1 and all(sp.degree(p, along) <= MAX_DEGREE for p in polynomials):
            return _strips(formula, polynomials, across, along, box)
    return None


def _strips(
    formula: SignFormula,
    polynomials: Sequence[Expr],
    across: Symbol,
    along: Symbol,
    box: dict[Symbol, Uniform],
) -> Expr | None:
    side, base = box[across], box[along]
    lines = [*polynomials, across - side.low, across - side.high]
    parts = [sp.Poly(p, across).all_coeffs() for p in lines]
    graphs = [-c[1] / c[0] for c in parts if len(c) == 2]
    critical = [c[0] for c in parts]
    critical += [p[0] * q[1] - p[1] * q[0] for p, q in combinations(parts, 2)
                 if len(p) == len(q) == 2]  # fmt: skip
    critical = [sp.expand(c) for c in critical if c.free_symbols]
    if any(sp.denom(graph).free_symbols for graph in graphs):
        bounds = [*critical, *(c[0] for c in parts if c[0].free_symbols)]
        if any(_factor_degree(c, along) > MAX_LOGARITHM_DEGREE for c in bounds):
            return None
    if any(sp.degree(c, along) > MAX_DEGREE for c in critical):
        return None
    ends = _divided(critical, along, base)
    total = sp.Integer(0)
    for a, b in pairwise(ends):
        place = evaluate.rational_between(a, b)
        length = _length_between(formula, polynomials, graphs, across, {along: place}, side)
        integral = _integral(length, along, a, b)
        if integral is None:
            return None
        total += integral
    return _tidy(total / ((side.high - side.low) * (base.high - base.low)))


def _length_between(
    formula: SignFormula,
    polynomials: Sequence[Expr],
    graphs: Iterable[Expr],
    across: Symbol,
    place: dict[Symbol, Expr],
    side: Uniform,
) -> Expr:
    """How much of a line across holds, as a function of where the line is."""
    found = {graph.xreplace(place): graph for graph in graphs}
    heights = sorted(h for h in found if side.low <= h <= side.high)
    return sum(
        (found[high] - found[low] for low, high in pairwise(heights)
         if _holds(formula, polynomials, {**place, across: (low + high) / 2})),
        sp.Integer(0),
    )  # fmt: skip


def _integral(function: Expr, symbol: Symbol, low: Expr, high: Expr) -> Expr | None:
    """The integral of a rational function, in logarithms at most."""
    if function == 0:
        return sp.Integer(0)
    primitive = sp.integrate(sp.apart(sp.cancel(function), symbol), symbol)
    if primitive.has(sp.RootSum, sp.Integral):
        return None
    return primitive.subs(symbol, high) - primitive.subs(symbol, low)


def _tidy(number: Expr) -> Expr | None:
    """The number with its logarithms expanded; None where it does not come out as real."""
    result = sp.expand(sp.expand_log(sp.expand(number)))
    return result if result.is_real and result.is_finite else None


def _divided(polynomials: Iterable[Expr], symbol: Symbol, prior: Uniform) -> list[Expr]:
    """The ends of an interval, and the roots inside it, in order."""
    roots = {root for p in polynomials for root in _roots(p, symbol)}
    inside = [
        r for r in roots
        if evaluate.sign_of(r - prior.low) > 0 and evaluate.sign_of(prior.high - r) > 0
    ]  # fmt: skip

    def difference_sign(a: Expr, b: Expr) -> int:
        return evaluate.sign_of(a - b)

    distinct: list[Expr] = [prior.low]
    for root in sorted(inside, key=cmp_to_key(difference_sign)):
        if evaluate.sign_of(root - distinct[-1]) > 0:
            distinct.append(root)
    return [*distinct, prior.high]


def _factor_degree(polynomial: Expr, symbol: Symbol) -> int:
    """The highest degree of an irreducible factor."""
    return max((int(sp.degree(f, symbol)) for f, _ in sp.factor_list(polynomial, symbol)[1]),
               default=0)  # fmt: skip


def _roots(polynomial: Expr, symbol: Symbol) -> Iterator[Expr]:
    """The real roots, factor by factor."""
    for factor, _ in sp.factor_list(polynomial, symbol)[1]:
        yield from sp.real_roots(sp.Poly(factor, symbol))


def _holds(formula: SignFormula, polynomials: Sequence[Expr], point: dict[Symbol, Expr]) -> bool:
    signs = []
    for polynomial in polynomials:
        test = PolynomialTest(polynomial)
        signs.append(test.exact_sign([point[s] for s in test.symbols]))
    return is_satisfied(formula, signs)


__all__ = ["interval_share", "rectangle_share"]
