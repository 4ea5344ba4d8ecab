"""The sign of a polynomial on an interval: in numbers, in one parameter, of degree two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import sympy as sp
from flint import arb, ctx

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import enclosure, rational_between, rational_bounds
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.moves import ChoiceRange

_BITS = 192
_MAX_BOXES = 2_000


def sign_on_interval(coefficients: Sequence[Expr], low: Expr, high: Expr) -> int | None:
    """1 where a polynomial is positive on all of an interval, -1 where it is negative somewhere.

    None where that was not settled, as where it touches zero. Coefficients are real algebraic
    numbers, the leading one first.
    """
    with ctx.workprec(_BITS):
        balls = [enclosure(c) for c in (*coefficients, low, high)]
        if any(ball is None or not ball.is_finite() for ball in balls):
            return None
        *polynomial, first, last = balls
        return _subdivide(polynomial, first, last)


def nonnegative_where(
    polynomial: Expr, z: Symbol, ends: tuple[Expr, Expr], space: Space
) -> Boolean | None:
    """Where, in a space of one parameter, a polynomial in z is nowhere negative between two ends.

    Its sign pattern changes only where its discriminant, its leading coefficient or its value at an
    end is zero: between such points one test decides (Collins 1975, in one parameter). None where
    that was not settled.
    """
    (parameter,) = space.symbols
    symbols = {z, parameter}
    if not polynomial.is_polynomial(*symbols) or not polynomial.free_symbols <= symbols:
        return None
    if not all(end.is_Rational for end in ends):
        return None
    poly = sp.Poly(polynomial, z)
    low, high = ends
    critical = [poly.LC(), poly.eval(low), poly.eval(high), sp.discriminant(poly)]
    if any(sp.expand(value) == 0 for value in critical) or not all(
        c.is_Rational for c in sp.Poly(polynomial, z, parameter).coeffs()
    ):
        return None
    points = sorted(
        {r for value in critical if parameter in value.free_symbols
         for r in sp.real_roots(sp.Poly(value, parameter))},
        key=lambda root: sp.Float(root.evalf(50)),
    )  # fmt: skip
    holds = [
        sign_on_interval([c.xreplace({parameter: sample}) for c in poly.all_coeffs()], low, high)
        for sample in _samples(points)
    ]
    if None in holds:
        return None
    pieces: list[Boolean] = []
    for k, point in enumerate(points):
        is_isolated = holds[k] == holds[k + 1] == -1
        if is_isolated and space.contains({parameter: point}):
            at_point = [c.xreplace({parameter: point}) for c in poly.all_coeffs()]
            if sign_on_interval(at_point, low, high) is None:
                return None
    for k, sign in enumerate(holds):
        if sign == 1:
            below = [] if k == 0 else [sp.Ge(parameter, points[k - 1])]
            above = [] if k == len(points) else [sp.Le(parameter, points[k])]
            pieces.append(sp.And(*below, *above))
    return _joined(pieces)


def _samples(points: Sequence[Expr]) -> list[Expr]:
    """A rational number below, between and above real numbers in ascending order."""
    if not points:
        return [sp.Integer(0)]
    first, last = (rational_bounds(points[k]) for k in (0, -1))
    assert first is not None
    assert last is not None
    between = [rational_between(a, b) for a, b in pairwise(points)]
    return [sp.floor(first[0]) - 1, *between, sp.ceiling(last[1]) + 1]


def _joined(pieces: Sequence[Boolean]) -> Boolean:
    """The union of closed intervals, those that share an end joined."""
    result: list[Boolean] = []
    for piece in pieces:
        previous = result[-1] if result else sp.false
        ends = [r for r in sp.And.make_args(previous) if isinstance(r, sp.Le)]
        starts = [r for r in sp.And.make_args(piece) if isinstance(r, sp.Ge)]
        if ends and starts and ends[0].rhs == starts[0].rhs:
            kept = [r for r in sp.And.make_args(previous) if r not in ends]
            rest = [r for r in sp.And.make_args(piece) if r not in starts]
            result[-1] = sp.And(*kept, *rest)
        else:
            result.append(piece)
    return sp.Or(*result)


def _subdivide(polynomial: list[Any], low: Any, high: Any) -> int | None:
    intervals = [(low, high)]
    for _ in range(_MAX_BOXES):
        if not intervals:
            return 1
        a, b = intervals.pop()
        middle = (a + b) / 2
        if any(_value(polynomial, point) < 0 for point in (a, middle, b)):
            return -1
        if not _value(polynomial, a.union(b)) > 0:
            intervals += [(a, middle), (middle, b)]
    return None


def _value(polynomial: list[Any], point: Any) -> Any:
    value = arb(0)
    for coefficient in polynomial:
        value = value * point + coefficient
    return value


_MAX_EMPTY_INTERVALS = 16


def _is_proved(claim: Boolean, space: Space) -> bool:
    try:
        return is_proved(claim, space, STEP)
    except UnsupportedError:
        return False


@dataclass(frozen=True)
class _Interval:
    """An interval with several ends on a side, of which the tightest counts."""

    lows: tuple[tuple[Expr, bool], ...]
    highs: tuple[tuple[Expr, bool], ...]
    premise: Boolean

    def nonnegative(self, value: Expr, z: Symbol) -> Boolean | None:
        """The condition that a polynomial of degree two at most is nowhere negative on it."""
        if not value.is_polynomial(z) or sp.degree(value, z) > 2:
            return None
        a, b, c = (sp.expand(value).coeff(z, k) for k in (2, 1, 0))
        lows, highs = self.lows or ((-sp.oo, True),), self.highs or ((sp.oo, True),)
        if len(lows) * len(highs) > _MAX_EMPTY_INTERVALS:
            return None
        cases: list[Boolean] = [sp.Not(self.premise)]
        for (low, open_low), (high, open_high) in product(lows, highs):
            if sp.oo not in (-low, high):
                cases.append((sp.Ge if open_low or open_high else sp.Gt)(low, high))
            tightest = [sp.Ge(low, other) for other, _ in lows if other != low]
            tightest += [sp.Le(high, other) for other, _ in highs if other != high]
            cases.append(sp.And(*tightest, _nonnegative_quadratic((a, b, c), low, high)))
        return sp.Or(*cases)


def _nonnegative_quadratic(coefficients: tuple[Expr, Expr, Expr], low: Expr, high: Expr) -> Boolean:
    """The condition that a z^2 + b z + c is nowhere negative between two ends."""
    a, b, c = map(factorization, coefficients)
    at_ends = [
        _limit_sign((a, sign * b, c)) if infinite else _nonnegative(a * end**2 + b * end + c)
        for end, sign, infinite in ((low, -1, low == -sp.oo), (high, 1, high == sp.oo))
    ]
    if a == 0:
        return sp.And(*at_ends)
    no_minimum_inside = [sp.Le(a, 0), sp.Le(factorization(b**2 - 4 * a * c), 0)]
    if low != -sp.oo:
        no_minimum_inside.append(_nonnegative(2 * a * low + b))
    if high != sp.oo:
        no_minimum_inside.append(sp.Le(factorization(2 * a * high + b), 0))
    return sp.And(*at_ends, sp.Or(*no_minimum_inside))


def _nonnegative(value: Expr) -> Boolean:
    return sp.Ge(factorization(value), 0)


def _limit_sign(coefficients: Sequence[Expr]) -> Boolean:
    """The condition that a polynomial is not negative in the end, by its leading coefficient."""
    leading, *rest = coefficients
    if not rest:
        return sp.Ge(leading, 0)
    return sp.Or(sp.Gt(leading, 0), sp.And(sp.Eq(leading, 0), _limit_sign(rest)))


def _interval(
    choice: ChoiceRange,
    relations: Sequence[Boolean],
    z: Symbol,
    space: Space,
) -> _Interval | None:
    """The values of z in a range that satisfy relations linear in it; None for others."""
    lows = [] if choice.low == -sp.oo else [(choice.low, not choice.has_low)]
    highs = [] if choice.high == sp.oo else [(choice.high, not choice.has_high)]
    premises: list[Boolean] = []
    for relation in relations:
        if relation in (sp.true, sp.false) or z not in relation.free_symbols:
            premises.append(relation)
            continue
        is_order = isinstance(relation, (sp.Ge, sp.Gt, sp.Le, sp.Lt))
        if not is_order and not isinstance(relation, sp.Eq):
            return None
        greater, less = (relation.gts, relation.lts) if is_order else relation.args
        difference = sp.expand(greater - less)
        if not difference.is_polynomial(z) or sp.degree(difference, z) != 1:
            return None
        slope, intercept = difference.coeff(z, 1), difference.coeff(z, 0)
        bound = sp.cancel(-intercept / slope)
        strict = isinstance(relation, (sp.Gt, sp.Lt))
        if isinstance(relation, sp.Eq):
            lows.append((bound, False))
            highs.append((bound, False))
        elif _is_proved(sp.Gt(slope, 0), space):
            lows.append((bound, strict))
        elif _is_proved(sp.Lt(slope, 0), space):
            highs.append((bound, strict))
        else:
            return None
    return _Interval(_tightest(lows, 1, space), _tightest(highs, -1, space), sp.And(*premises))


def _tightest(
    ends: Sequence[tuple[Expr, bool]], side: int, space: Space
) -> tuple[tuple[Expr, bool], ...]:
    """The ends that may bind: not those that another one is proved to lie beyond."""
    result: list[tuple[Expr, bool]] = []
    for end in dict.fromkeys(ends):
        if any(_is_proved(sp.Gt(side * (other[0] - end[0]), 0), space) for other in result):
            continue
        beyond = [o for o in result if _is_proved(sp.Gt(side * (end[0] - o[0]), 0), space)]
        result = [other for other in result if other not in beyond] + [end]
    return tuple(result)
