"""Exact probability of a condition under uniform priors, where it can be had.

Of linear functions the cube is divided into simplices, and a simplex with corners on both sides
of a hyperplane is cut at an edge until every simplex lies on one side of all hyperplanes that
matter. A cut divides a volume as it divides the edge, so no volume is ever computed from
coordinates. On an interval the roots of polynomials divide what holds from what does not. In a
rectangle every boundary must be the graph of a rational function of one symbol: between two
values of it at which graphs meet or leave the rectangle their order stays, and what lies between
two of them is an integral.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key
from itertools import combinations, pairwise, permutations
from math import factorial
from typing import Any, TypeAlias

import sympy as sp
from flint import fmpq

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import evaluate
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.core.evaluate import UndecidedError
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.sign_abstraction import (
    Junction,
    Literal,
    SignFormula,
    is_satisfied,
    restrict,
)
from gametheory_eeu.sweeps.formulas import SignTable
from gametheory_eeu.sweeps.priors import Priors, Uniform
from gametheory_eeu.sweeps.sign_tests import PolynomialTest

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


METHODS = "linear in up to 5 parameters, or polynomials in 1, or graphs over 1 of 2"


def exact_share(condition: Boolean, priors: Priors) -> Expr | None:
    """The probability of a condition under independent uniform priors; None if out of reach.

    Parameters
    ----------
    condition : SymPy Boolean
        Over the symbols that have a prior.
    priors : Priors

    Examples
    --------
    >>> from gametheory_eeu.sweeps.priors import priors_of
    >>> x, y = sp.symbols("x y", real=True)
    >>> exact_share(x + y < 1, priors_of({x: (0, 1), y: (0, 2)}))
    1/4
    """
    table = SignTable()
    try:
        formula = table.formula(condition)
    except UnsupportedError:
        return None
    formula = restrict(formula, [frozenset({-1, 1})] * len(table.tests))  # zeros weigh nothing
    if isinstance(formula, bool):
        return sp.Integer(formula)
    used = sorted(set(_indices(formula)))
    tests = [table.tests[k] for k in used]
    if not all(isinstance(test, PolynomialTest) for test in tests):
        return None
    symbols = [s for s in priors.symbols if any(s in test.symbols for test in tests)]
    box = {s: priors.distributions[s] for s in symbols}
    if not all(isinstance(prior, Uniform) and prior.is_rational for prior in box.values()):
        return None
    formula = _renumbered(formula, {k: i for i, k in enumerate(used)})
    try:
        return _share(formula, [test.expr for test in tests], box)
    except UndecidedError:
        return None


def _share(
    formula: SignFormula, polynomials: Sequence[Expr], box: dict[Symbol, Uniform]
) -> Expr | None:
    if len(box) == 1:
        ((symbol, prior),) = box.items()
        return interval_share(formula, polynomials, symbol, prior)
    is_linear = all(sp.Poly(p, *box).total_degree() == 1 for p in polynomials)
    if is_linear and len(box) <= MAX_DIMENSION:
        return linear_share(formula, polynomials, box)
    return rectangle_share(formula, polynomials, box) if len(box) == 2 else None


def _renumbered(formula: SignFormula, places: dict[int, int]) -> SignFormula:
    if isinstance(formula, Literal):
        return Literal(places[formula.polynomial], formula.signs)
    if isinstance(formula, Junction):
        parts = tuple(_renumbered(part, places) for part in formula.parts)
        return Junction(formula.is_conjunction, parts)
    return formula
