"""Points whose coordinates lie in one number field: exact signs, and SymPy numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

import sympy as sp
from flint import arb, fmpq, fmpq_poly, fmpz_poly
from sympy.polys.rootisolation import dup_isolate_real_roots_sqf

from gametheory_eeu._types import Expr
from gametheory_eeu.solvers.certified_zeros import Ball, precisely

_BITS = 64
_LONG = 800
"""Bits of a coefficient beyond which roots may be closer than floating point tells apart, and
SymPy takes long to look for squares in a number under a root."""


@dataclass(frozen=True)
class AlgebraicPoint:
    """A real point, each coordinate a rational polynomial in one algebraic number.

    Parameters
    ----------
    minimal : tuple of int
        The coefficients of the number's irreducible polynomial, constant first.
    index : int
        Which of its real roots, in ascending order.
    coordinates : tuple of fmpq_poly
        Of lower degree than the irreducible polynomial.

    Examples
    --------
    >>> root = AlgebraicPoint((-2, 0, 1), 1, (fmpq_poly([0, 1]), fmpq_poly([1, -1])))
    >>> root.numbers
    (sqrt(2), 1 - sqrt(2))
    >>> root.sign(root.coordinates[1])
    -1
    """

    minimal: tuple[int, ...]
    index: int
    coordinates: tuple[Any, ...]

    def reduced(self, value: Any) -> Any:
        """A polynomial in the algebraic number, in its unique short form."""
        return value % fmpq_poly(fmpz_poly(list(self.minimal)))

    def sign(self, value: Any) -> int:
        """The exact sign of a polynomial in the algebraic number."""
        value = self.reduced(value)
        if value == 0:
            return 0
        for step in count():
            with precisely(_BITS << step):
                ball = _at(value, self._ball(_BITS << step))
                if not ball.contains(0):
                    return 1 if ball > 0 else -1
        raise AssertionError  # a number that is not zero is told from zero at some precision

    def ball(self, value: Any, bits: int = 128) -> Ball:
        """An enclosure of a polynomial in the algebraic number."""
        with precisely(bits):
            return _at(value, self._ball(bits))

    def number(self, value: Any) -> Expr:
        """A polynomial in the algebraic number as a SymPy number: up to degree two by radicals."""
        value = self.reduced(value)
        root = _root(self.minimal, self.index)
        terms = (_rational(c) * root**k for k, c in enumerate(value.coeffs()))
        return sp.expand(sp.Add(*terms)) if len(self.minimal) <= 3 else sp.Add(*terms)

    @property
    def numbers(self) -> tuple[Expr, ...]:
        """The coordinates as SymPy numbers."""
        return tuple(map(self.number, self.coordinates))

    def _ball(self, bits: int) -> Ball:
        return real_roots(self.minimal, bits)[self.index]


@lru_cache(maxsize=1024)
def real_roots(polynomial: tuple[int, ...], bits: int = _BITS) -> tuple[Ball, ...]:
    """Every real root of a squarefree polynomial, isolated, in ascending order."""
    if max(map(abs, polynomial)).bit_length() > _LONG:
        return tuple(_narrowed(polynomial, *ends, bits) for ends in _intervals(polynomial))
    with precisely(bits):
        found: Any = fmpz_poly(list(polynomial)).complex_roots()  # pairs, whatever its types say
        roots = [root for root, _ in found if root.imag == 0]
        return tuple(sorted((r.real for r in roots), key=lambda ball: ball.mid()))


def _intervals(polynomial: tuple[int, ...]) -> Iterator[tuple[fmpq, fmpq]]:
    """An interval for each real root, in order (Vincent, Akritas and Strzebonski)."""
    whole = [sp.ZZ(c) for c in reversed(polynomial)]
    for ends in dup_isolate_real_roots_sqf(whole, sp.ZZ):
        low, high = (fmpq(int(end.numerator), int(end.denominator)) for end in ends)
        yield low, high


def _narrowed(polynomial: tuple[int, ...], low: fmpq, high: fmpq, bits: int) -> Ball:
    """The root of an interval that holds one, to so many bits after the point, by halves."""
    exact = fmpz_poly(list(polynomial))
    rises = exact(high) > 0 or exact(low) < 0
    while (high - low) * 2**bits > 1:
        middle = (low + high) / 2
        value = exact(middle)
        if value == 0:
            low = high = middle
        elif (value > 0) == rises:
            high = middle
        else:
            low = middle
    with precisely(2 * bits):
        return arb(low).union(arb(high))


def _at(polynomial: fmpq_poly, ball: Ball) -> Ball:
    total = arb(0)
    for coefficient in reversed(polynomial.coeffs()):
        total = total * ball + arb(coefficient)
    return total


def _rational(value: fmpq) -> Expr:
    return sp.Rational(int(value.p), int(value.q))


@lru_cache(maxsize=1024)
def _root(minimal: tuple[int, ...], index: int) -> Expr:
    if len(minimal) == 2:
        return sp.Rational(-minimal[0], minimal[1])
    if len(minimal) == 3 and max(map(abs, minimal)).bit_length() <= _LONG:
        c, b, a = map(sp.Integer, minimal)
        side = (2 * index - 1) * sp.sign(a)
        return sp.expand((-b + side * sp.sqrt(b**2 - 4 * a * c)) / (2 * a))
    unknown = sp.Symbol("x")
    return sp.CRootOf(sp.Poly(list(reversed(minimal)), unknown), index, radicals=False)


__all__ = ["AlgebraicPoint", "real_roots"]
