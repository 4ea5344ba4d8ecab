"""Points with coordinates in one algebraic number field: exact signs, SymPy numbers."""

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
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.solvers.certified_zeros import Ball, working_precision

_BITS = 64
_MAX_BITS = 800
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

    def reduce(self, value: Any) -> Any:
        """A polynomial in the algebraic number, as its remainder modulo the minimal one."""
        return value % fmpq_poly(fmpz_poly(list(self.minimal)))

    def sign(self, value: Any) -> int:
        """The exact sign of a polynomial in the algebraic number."""
        value = self.reduce(value)
        if value == 0:
            return 0
        for doubling in count():
            with working_precision(_BITS << doubling):
                ball = _evaluate(value, self._root_ball(_BITS << doubling))
                if not ball.contains(0):
                    return 1 if ball > 0 else -1
        raise AssertionError  # a number that is not zero is told from zero at some precision

    def ball(self, value: Any, bits: int = 128) -> Ball:
        """An enclosure of a polynomial in the algebraic number."""
        with working_precision(bits):
            return _evaluate(value, self._root_ball(bits))

    def number(self, value: Any) -> Expr:
        """A polynomial in the algebraic number as a SymPy number: up to degree two by radicals."""
        value = self.reduce(value)
        root = _sympy_root(self.minimal, self.index)
        terms = (to_sympy(c) * root**k for k, c in enumerate(value.coeffs()))
        return sp.expand(sp.Add(*terms)) if len(self.minimal) <= 3 else sp.Add(*terms)

    @property
    def numbers(self) -> tuple[Expr, ...]:
        """The coordinates as SymPy numbers."""
        return tuple(map(self.number, self.coordinates))

    def _root_ball(self, bits: int) -> Ball:
        return real_roots(self.minimal, bits)[self.index]


@lru_cache(maxsize=1024)
def real_roots(polynomial: tuple[int, ...], bits: int = _BITS) -> tuple[Ball, ...]:
    """Isolated real roots of a squarefree polynomial, in ascending order."""
    if max(map(abs, polynomial)).bit_length() > _MAX_BITS:
        return tuple(
            _bisect_root(polynomial, *ends, bits) for ends in _isolating_intervals(polynomial)
        )
    with working_precision(bits):
        root_pairs: Any = fmpz_poly(
            list(polynomial)
        ).complex_roots()  # pairs, whatever its types say
        roots = [root for root, _ in root_pairs if root.imag == 0]
        return tuple(sorted((r.real for r in roots), key=lambda ball: ball.mid()))


def _isolating_intervals(polynomial: tuple[int, ...]) -> Iterator[tuple[fmpq, fmpq]]:
    """Isolating intervals of the real roots, in order (Vincent, Akritas and Strzebonski)."""
    coefficients = [sp.ZZ(c) for c in reversed(polynomial)]
    for ends in dup_isolate_real_roots_sqf(coefficients, sp.ZZ):
        low, high = (to_fmpq(end) for end in ends)
        yield low, high


def _bisect_root(polynomial: tuple[int, ...], low: fmpq, high: fmpq, bits: int) -> Ball:
    """The root in an isolating interval by bisection, to so many bits after the point."""
    integer_polynomial = fmpz_poly(list(polynomial))
    is_increasing = integer_polynomial(high) > 0 or integer_polynomial(low) < 0
    while (high - low) * 2**bits > 1:
        middle = (low + high) / 2
        value = integer_polynomial(middle)
        if value == 0:
            low = high = middle
        elif (value > 0) == is_increasing:
            high = middle
        else:
            low = middle
    with working_precision(2 * bits):
        return arb(low).union(arb(high))


def _evaluate(polynomial: fmpq_poly, ball: Ball) -> Ball:
    value = arb(0)
    for coefficient in reversed(polynomial.coeffs()):
        value = value * ball + arb(coefficient)
    return value


@lru_cache(maxsize=1024)
def _sympy_root(minimal: tuple[int, ...], index: int) -> Expr:
    if len(minimal) == 2:
        return sp.Rational(-minimal[0], minimal[1])
    if len(minimal) == 3 and max(map(abs, minimal)).bit_length() <= _MAX_BITS:
        c, b, a = map(sp.Integer, minimal)
        sign = (2 * index - 1) * sp.sign(a)
        return sp.expand((-b + sign * sp.sqrt(b**2 - 4 * a * c)) / (2 * a))
    unknown = sp.Symbol("x")
    return sp.CRootOf(sp.Poly(list(reversed(minimal)), unknown), index, radicals=False)


__all__ = ["AlgebraicPoint", "real_roots"]
