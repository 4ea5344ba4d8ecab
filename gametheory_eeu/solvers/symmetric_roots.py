"""Symmetric mixtures of two actions: zeros of one polynomial in one probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, factorial, gcd
from typing import TypeAlias

import sympy as sp
from flint import fmpq_poly

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.solvers.certified_zeros import midpoint_and_radius
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_roots
from gametheory_eeu.solvers.support_families import Quadratic

LARGEST_EXACT_DEGREE = 12
"""The degree up to which a root is written as an algebraic number."""
_BITS = 256
Root: TypeAlias = tuple[Expr, Boolean, tuple[Symbol, ...]]
"""A zero, where it is one, and the zero itself where every number is."""


@dataclass(frozen=True)
class SymmetricMix:
    """A symmetric mixture of two actions, with its condition and its error radius.

    ``free`` is the probability itself where every value of it will do.
    """

    first: Expr
    second: Expr
    condition: Boolean = sp.true
    radius: Expr = sp.S.Zero
    free: tuple[Symbol, ...] = ()


def bernstein(values: Sequence[Expr]) -> list[Expr]:
    """The coefficients of x^0, x^1, … in sum_k C(m, k) x^k (1 - x)^(m - k) values[k].

    That of x^j is C(m, j) times the j-th forward difference of the values at 0.
    """
    row, coefficients, degree = list(values), [], len(values) - 1
    for j in range(degree + 1):
        coefficients.append(comb(degree, j) * row[0])
        row = [sp.expand(b - a) for a, b in pairwise(row)]
    return coefficients


def interior_mixes(gains: Sequence[Expr]) -> Iterator[SymmetricMix]:
    """Every probability strictly between 0 and 1 at which both actions earn the same.

    ``gains`` are what the first action brings more than the second when k = 0, 1, … of the others
    take the first. UnsupportedError, with symbols, for a polynomial that is neither of two terms,
    nor of degree two in a power of the probability or in the square of its distance from a number.
    """
    gains = [sp.sympify(g) for g in gains]
    if all(g.is_Rational for g in gains):
        yield from _rational_mixes(gains)
        return
    forward, backward = bernstein(gains), bernstein(list(reversed(gains)))
    is_mirrored = _term_count(backward) < _term_count(forward)
    for x, condition, free in _symbolic_roots(backward if is_mirrored else forward):
        complement = sp.cancel(1 - x) if x.is_rational_function() else 1 - x
        pair = (complement, x) if is_mirrored and not free else (x, complement)
        yield SymmetricMix(*pair, condition, free=free)


def _term_count(coefficients: Sequence[Expr]) -> int:
    return sum(c != 0 for c in coefficients)


def _rational_mixes(gains: Sequence[Expr]) -> Iterator[SymmetricMix]:
    polynomial = fmpq_poly([to_fmpq(c) for c in map(sp.sympify, bernstein(gains))])
    if polynomial.is_zero():
        yield _unconstrained_mix(sp.true)
        return
    roots = []
    for factor, _ in polynomial.numer().factor()[1]:
        minimal = tuple(int(c) for c in factor.coeffs())
        for index, ball in enumerate(real_roots(minimal, _BITS)):
            point = AlgebraicPoint(minimal, index, (fmpq_poly([0, 1]),))
            if point.sign(fmpq_poly([0, 1])) > 0 and point.sign(fmpq_poly([1, -1])) > 0:
                roots.append((float(ball.mid()), point, ball))
    for _, point, ball in sorted(roots, key=lambda item: item[0]):
        if len(point.minimal) <= LARGEST_EXACT_DEGREE + 1:
            (x,) = point.numbers
            yield SymmetricMix(x, 1 - x)
        else:
            middle, error = (to_sympy(v) for v in midpoint_and_radius(ball))
            yield SymmetricMix(middle, 1 - middle, radius=error)


def _unconstrained_mix(condition: Boolean) -> SymmetricMix:
    p = sp.Symbol("p", real=True)
    return SymmetricMix(p, 1 - p, condition, free=(p,))


def _symbolic_roots(coefficients: list[Expr]) -> Iterator[Root]:
    """Zeros in (0, 1), each with its condition, by cases of vanishing coefficients."""
    terms = {j: c for j, c in enumerate(coefficients) if c != 0}
    p = sp.Symbol("p", real=True)
    all_zero = sp.And(*(sp.Eq(c, 0) for c in terms.values()))
    if all_zero != sp.false:
        yield p, all_zero, (p,)
    least = min(terms, default=0)
    reduced_terms = {j - least: c for j, c in terms.items()}
    power = gcd(*reduced_terms)
    power_terms = {j // power: c for j, c in reduced_terms.items()} if power > 1 else reduced_terms
    if len(reduced_terms) == 2:
        yield from _binomial_roots(reduced_terms)
    elif power_terms.keys() == {0, 1, 2}:
        for y, condition, free in _quadratic_roots(power_terms):
            yield y ** sp.Rational(1, power), condition, free
    elif len(reduced_terms) > 2:
        yield from _low_degree_roots(terms)


def _low_degree_roots(terms: dict[int, Expr]) -> Iterator[Root]:
    """Zeros in (0, 1), after those at 0 and 1 are divided out, where solvable."""
    x = sp.Symbol("x", real=True)
    polynomial = sp.Poly(sp.Add(*(c * x**j for j, c in terms.items())), x)
    inner = polynomial
    for end in (0, 1):
        while sp.expand(inner.eval(end)) == 0:
            inner = inner.quo(sp.Poly(x - end, x))
    if inner.degree() <= 2:
        coefficients = {j: sp.expand(inner.coeff_monomial(x**j)) for j in range(inner.degree() + 1)}
        if inner.degree() > 0:
            yield from (_binomial_roots if inner.degree() == 1 else _quadratic_roots)(coefficients)
        return
    quartic = next(
        (m for poly in (inner, polynomial) if (m := _even_quartic(poly)) is not None), None
    )
    if quartic is None:
        raise UnsupportedError(
            f"the probability is a zero of a polynomial of degree {inner.degree()} with "
            f"{len(inner.terms())} terms, which has no closed form here; give values to some "
            "symbols"
        )
    yield from _shifted_roots(*quartic, x)


def _even_quartic(polynomial: sp.Poly) -> tuple[Expr, tuple[Expr, Expr, Expr]] | None:
    """The number around which a quartic is even, and its coefficients there; None without one."""
    (x,) = polynomial.gens
    if polynomial.degree() != 4:
        return None
    middle = sp.cancel(-polynomial.coeff_monomial(x**3) / (4 * polynomial.LC()))
    if not middle.is_Rational:
        return None
    a, cubic, b, linear, c = (
        sp.expand(polynomial.diff((x, k)).eval(middle) / factorial(k)) for k in (4, 3, 2, 1, 0)
    )
    return (middle, (a, b, c)) if cubic == linear == 0 else None


def _shifted_roots(
    middle: Expr, coefficients: tuple[Expr, Expr, Expr], x: Symbol
) -> Iterator[Root]:
    """Zeros of a polynomial that is quadratic in the square of the distance from a number."""
    a, b, c = coefficients
    quadratic = Quadratic(x, (a, b, c))
    for side in (-1, 1):
        square = (-b + side * sp.sqrt(quadratic.discriminant)) / (2 * a)
        real = RELATIONS[">=" if side > 0 else ">"](quadratic.discriminant, 0)
        for sign in (-1, 1):
            bounds = _root_bounds(x, middle, sign)
            conditions = (quadratic.relation(value, op, side) for value, op in bounds)
            condition = sp.And(sp.Ne(a, 0), real, *conditions)
            if condition != sp.false:
                yield middle + sign * sp.sqrt(square), condition, ()
    if not a.is_number:
        for sign in (-1, 1):
            bounds = _root_bounds(-c / b, middle, sign)
            conditions = (RELATIONS[op](sp.cancel(value), 0) for value, op in bounds)
            condition = sp.And(sp.Eq(a, 0), sp.Ne(b, 0), *conditions)
            yield middle + sign * sp.sqrt(sp.cancel(-c / b)), condition, ()


def _root_bounds(square: Expr, middle: Expr, sign: int) -> list[tuple[Expr, str]]:
    """Conditions that ``middle + sign * sqrt(square)`` is real and in (0, 1), without radicals.

    The middle itself, where the square is zero, is told once.
    """
    bounds = [(square, ">=" if sign > 0 else ">")]
    for gap, direction in ((middle, sign), (1 - middle, -sign)):
        # gap + way * sqrt(square) > 0
        if direction < 0:
            bounds.append((gap**2 - square if gap > 0 else sp.Integer(-1), ">"))
        elif gap <= 0:
            bounds.append((square - gap**2, ">"))
    return bounds


def _binomial_roots(terms: dict[int, Expr]) -> Iterator[Root]:
    (_, low), (degree, high) = sorted(terms.items())
    power = sp.cancel(-low / high)
    condition = sp.And(sp.Ne(high, 0), sp.Gt(power, 0), sp.Lt(power, 1))
    if condition != sp.false:
        yield power ** sp.Rational(1, degree), condition, ()


def _quadratic_roots(terms: dict[int, Expr]) -> Iterator[Root]:
    c, b, a = terms[0], terms[1], terms[2]
    discriminant = factorization(b**2 - 4 * a * c)
    for sign, real in ((1, sp.Ge(discriminant, 0)), (-1, sp.Gt(discriminant, 0))):
        x = (-b + sign * sp.sqrt(discriminant)) / (2 * a)
        condition = sp.And(sp.Ne(a, 0), real, sp.Gt(x, 0), sp.Lt(x, 1))
        if condition != sp.false:
            yield x, condition, ()
    if not a.is_number:
        for x, condition, _ in _binomial_roots({0: c, 1: b}):
            yield x, sp.And(sp.Eq(a, 0), condition), ()
