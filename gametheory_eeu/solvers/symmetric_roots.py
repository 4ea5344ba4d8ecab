"""Where all mix alike between two actions: the zeros of one polynomial in one probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, factorial, gcd
from typing import TypeAlias

import sympy as sp
from flint import fmpq, fmpq_poly

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.solvers.algebraic_points import AlgebraicPoint, real_roots
from gametheory_eeu.solvers.certified_zeros import middle_and_error
from gametheory_eeu.solvers.linear_bounds import RELATIONS
from gametheory_eeu.solvers.quadratic import Quadratic

LARGEST_EXACT = 12
"""The degree up to which a root is written as an algebraic number."""
_BITS = 256
Root: TypeAlias = tuple[Expr, Boolean, tuple[Symbol, ...]]
"""A zero, where it is one, and the zero itself where every number is."""


@dataclass(frozen=True)
class Mix:
    """A probability of the first action, where it is one, and how far it may be off.

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

    Examples
    --------
    >>> bernstein([0, 1, 1])
    [0, 2, -1]
    """
    row, found, degree = list(values), [], len(values) - 1
    for j in range(degree + 1):
        found.append(comb(degree, j) * row[0])
        row = [sp.expand(b - a) for a, b in pairwise(row)]
    return found


def interior_mixes(gains: Sequence[Expr]) -> Iterator[Mix]:
    """Every probability strictly between 0 and 1 at which both actions earn the same.

    Parameters
    ----------
    gains : sequence of expressions
        What the first action brings more than the second when k = 0, 1, … of the others take the
        first.

    Raises
    ------
    UnsupportedError
        With symbols, a polynomial that is neither of two terms, nor of degree two in a power of
        the probability or in the square of its distance from a number.

    Examples
    --------
    >>> u, k = sp.symbols("u k")
    >>> for mix in interior_mixes([u - k, -k, -k]):
    ...     print(mix.second, "where", mix.condition)
    1 - p where Eq(u, 0) & Eq(-k, 0)
    sqrt(k/u) where Ne(u, 0) & (k/u > 0) & (k/u < 1)
    """
    gains = [sp.sympify(g) for g in gains]
    if all(g.is_Rational for g in gains):
        yield from _in_numbers(gains)
        return
    forward, backward = bernstein(gains), bernstein(list(reversed(gains)))
    mirrored = _terms(backward) < _terms(forward)
    for x, condition, free in _in_symbols(backward if mirrored else forward):
        rest = sp.cancel(1 - x) if x.is_rational_function() else 1 - x
        pair = (rest, x) if mirrored and not free else (x, rest)
        yield Mix(*pair, condition, free=free)


def _terms(coefficients: Sequence[Expr]) -> int:
    return sum(c != 0 for c in coefficients)


def _in_numbers(gains: Sequence[Expr]) -> Iterator[Mix]:
    polynomial = fmpq_poly([fmpq(int(c.p), int(c.q)) for c in map(sp.sympify, bernstein(gains))])
    if polynomial.is_zero():
        yield _anything(sp.true)
        return
    found = []
    for factor, _ in polynomial.numer().factor()[1]:
        minimal = tuple(int(c) for c in factor.coeffs())
        for index, ball in enumerate(real_roots(minimal, _BITS)):
            point = AlgebraicPoint(minimal, index, (fmpq_poly([0, 1]),))
            if point.sign(fmpq_poly([0, 1])) > 0 and point.sign(fmpq_poly([1, -1])) > 0:
                found.append((float(ball.mid()), point, ball))
    for _, point, ball in sorted(found, key=lambda item: item[0]):
        if len(point.minimal) <= LARGEST_EXACT + 1:
            (x,) = point.numbers
            yield Mix(x, 1 - x)
        else:
            middle, error = (
                sp.Rational(v.numerator, v.denominator) for v in middle_and_error(ball)
            )
            yield Mix(middle, 1 - middle, radius=error)


def _anything(condition: Boolean) -> Mix:
    p = sp.Symbol("p", real=True)
    return Mix(p, 1 - p, condition, free=(p,))


def _in_symbols(
    coefficients: list[Expr],
) -> Iterator[Root]:
    """Zeros in (0, 1), each with its condition, by cases of what vanishes."""
    terms = {j: c for j, c in enumerate(coefficients) if c != 0}
    p = sp.Symbol("p", real=True)
    none = sp.And(*(sp.Eq(c, 0) for c in terms.values()))
    if none != sp.false:
        yield p, none, (p,)
    least = min(terms, default=0)
    shifted = {j - least: c for j, c in terms.items()}
    power = gcd(*shifted)
    inner = {j // power: c for j, c in shifted.items()} if power > 1 else shifted
    if len(shifted) == 2:
        yield from _of_two_terms(shifted)
    elif inner.keys() == {0, 1, 2}:
        for y, condition, free in _of_degree_two(inner):
            yield y ** sp.Rational(1, power or 1), condition, free
    elif len(shifted) > 2:
        yield from _of_any_degree(terms)


def _of_any_degree(terms: dict[int, Expr]) -> Iterator[Root]:
    """Zeros without those at 0 and 1, where what is left is of low degree in some way."""
    x = sp.Symbol("x", real=True)
    whole = sp.Poly(sp.Add(*(c * x**j for j, c in terms.items())), x)
    inner = whole
    for end in (0, 1):
        while sp.expand(inner.eval(end)) == 0:
            inner = inner.quo(sp.Poly(x - end, x))
    if inner.degree() <= 2:
        left = {j: sp.expand(inner.coeff_monomial(x**j)) for j in range(inner.degree() + 1)}
        yield from {0: _of_none, 1: _of_two_terms, 2: _of_degree_two}[inner.degree()](left)
        return
    moved = next((m for poly in (inner, whole) if (m := _moved(poly)) is not None), None)
    if moved is None:
        raise UnsupportedError(
            f"the probability is a zero of a polynomial of degree {inner.degree()} with "
            f"{len(inner.terms())} terms, which has no closed form here; give values to some "
            "symbols"
        )
    yield from _around(*moved, x)


def _moved(polynomial: sp.Poly) -> tuple[Expr, tuple[Expr, Expr, Expr]] | None:
    """The number around which a quartic is even, and its coefficients there; None without one."""
    (x,) = polynomial.gens
    if polynomial.degree() != 4:
        return None
    middle = sp.cancel(-polynomial.coeff_monomial(x**3) / (4 * polynomial.LC()))
    if not middle.is_Rational:
        return None
    a, odd, b, other, c = (
        sp.expand(polynomial.diff((x, k)).eval(middle) / factorial(k)) for k in (4, 3, 2, 1, 0)
    )
    return (middle, (a, b, c)) if odd == other == 0 else None


def _around(middle: Expr, coefficients: tuple[Expr, Expr, Expr], x: Symbol) -> Iterator[Root]:
    """Zeros of a polynomial that is quadratic in the square of the distance from a number."""
    a, b, c = coefficients
    squares = Quadratic(x, (a, b, c))
    for side in (-1, 1):
        square = (-b + side * sp.sqrt(squares.discriminant)) / (2 * a)
        real = RELATIONS[">=" if side > 0 else ">"](squares.discriminant, 0)
        for sign in (-1, 1):
            bounds = _bounds(x, middle, sign)
            inside = (squares.relation(value, op, side) for value, op in bounds)
            found = sp.And(sp.Ne(a, 0), real, *inside)
            if found != sp.false:
                yield middle + sign * sp.sqrt(square), found, ()
    if not a.is_number:
        for sign in (-1, 1):
            bounds = _bounds(-c / b, middle, sign)
            inside = (RELATIONS[op](sp.cancel(value), 0) for value, op in bounds)
            found = sp.And(sp.Eq(a, 0), sp.Ne(b, 0), *inside)
            yield middle + sign * sp.sqrt(sp.cancel(-c / b)), found, ()


def _bounds(square: Expr, middle: Expr, sign: int) -> list[tuple[Expr, str]]:
    """Where ``middle + sign * sqrt(square)`` is real and lies between 0 and 1, without the root.

    The middle itself, where the square is zero, is told once.
    """
    found = [(square, ">=" if sign > 0 else ">")]
    for gap, way in ((middle, sign), (1 - middle, -sign)):
        # gap + way * sqrt(square) > 0
        if way < 0:
            found.append((gap**2 - square if gap > 0 else sp.Integer(-1), ">"))
        elif gap <= 0:
            found.append((square - gap**2, ">"))
    return found


def _of_none(_terms: dict[int, Expr]) -> Iterator[Root]:
    """A number has no zero, or nothing else."""
    yield from ()


def _of_two_terms(terms: dict[int, Expr]) -> Iterator[Root]:
    (_, low), (degree, high) = sorted(terms.items())
    power = sp.cancel(-low / high)
    condition = sp.And(sp.Ne(high, 0), sp.Gt(power, 0), sp.Lt(power, 1))
    if condition != sp.false:
        yield power ** sp.Rational(1, degree), condition, ()


def _of_degree_two(terms: dict[int, Expr]) -> Iterator[Root]:
    c, b, a = terms[0], terms[1], terms[2]
    inside = sp.factor(b**2 - 4 * a * c)
    for sign, real in ((1, sp.Ge(inside, 0)), (-1, sp.Gt(inside, 0))):
        x = (-b + sign * sp.sqrt(inside)) / (2 * a)
        condition = sp.And(sp.Ne(a, 0), real, sp.Gt(x, 0), sp.Lt(x, 1))
        if condition != sp.false:
            yield x, condition, ()
    if not a.is_number:
        for x, condition, _ in _of_two_terms({0: c, 1: b}):
            yield x, sp.And(sp.Eq(a, 0), condition), ()


__all__ = ["LARGEST_EXACT", "Mix", "bernstein", "interior_mixes"]
