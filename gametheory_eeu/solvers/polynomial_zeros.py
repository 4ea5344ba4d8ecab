"""Algebraic numbers and points, and the zeros of zero-dimensional polynomial systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, Literal

import sympy as sp
from flint import arb, fmpq, fmpq_mat, fmpq_poly, fmpz_mpoly_ctx, fmpz_mpoly_vec, fmpz_poly
from sympy.polys.rootisolation import dup_isolate_real_roots_sqf

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.solvers.certified_zeros import Ball, working_precision


def canonical_form(expression: Expr) -> Expr:
    """The expanded expression; a polynomial in one root, modulo the root's own polynomial.

    What is zero is then the number 0, which no precision tells from a number close to it.
    """
    roots = expression.atoms(sp.CRootOf)
    if len(roots) != 1:
        return sp.expand(expression)
    root, unknown = roots.pop(), sp.Dummy()
    value = expression.xreplace({root: unknown})
    if not value.is_polynomial(unknown):
        return sp.expand(expression)
    remainder = sp.rem(sp.Poly(value, unknown), sp.Poly(root.poly.as_expr(unknown), unknown))
    return remainder.as_expr().xreplace({unknown: root})


_BITS = 64
_MAX_BITS = 800
"""Bits of a coefficient beyond which roots may be closer than floating point tells apart, and
SymPy takes long to look for squares in a number under a root."""


@dataclass(frozen=True)
class AlgebraicPoint:
    """A real point, each coordinate a rational polynomial in one algebraic number.

    ``minimal`` are the coefficients of the number's irreducible polynomial, constant first,
    ``index`` is which of its real roots, in ascending order. Coordinates are of lower degree.
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


Monomial = tuple[int, ...]
Vector = list[Any]
LIMITS = (300, 300, 8_000)
"""A Groebner basis stops growing at so many elements, terms of one, bits of a coefficient."""
_LARGEST_DEGREE = 90


@dataclass(frozen=True)
class Zeros:
    """The real zeros; ``"infinite"``: not finitely many complex ones; ``"large"``: not tried."""

    status: Literal["finite", "infinite", "large"]
    points: tuple[AlgebraicPoint, ...] = ()


def real_zeros(polynomials: Sequence[Any], context: fmpz_mpoly_ctx) -> Zeros:
    """Every real zero of a system, each coordinate an exact algebraic number.

    A Groebner basis gives the algebra of polynomials modulo the system; multiplication by a linear
    form that tells the zeros apart has a characteristic polynomial whose roots are its values
    there, and every coordinate is a polynomial in that value (a rational univariate representation;
    Cox, Little and O'Shea, "Using Algebraic Geometry", 2005, ch. 2 and 4). The context orders
    monomials by degree, then reverse lexicographically.
    """
    basis = _groebner(polynomials, context)
    if basis is None:
        return Zeros("large")
    if any(p.is_constant() for p in basis):
        return Zeros("finite")
    monomials = _standard_monomials([p.monoms()[0] for p in basis])
    if monomials is None:
        return Zeros("infinite")
    if len(monomials) > _LARGEST_DEGREE:
        return Zeros("large")
    matrices = _multiplication_matrices(basis, monomials)
    radical = _radical_generators(matrices, context)
    if radical:
        return real_zeros([*basis, *radical], context)
    return Zeros("finite", tuple(_algebraic_points(matrices)))


def _groebner(polynomials: Sequence[Any], context: fmpz_mpoly_ctx) -> list[Any] | None:
    nonzero = [p for p in polynomials if p != 0]
    if not nonzero:
        return []
    vector: Any = fmpz_mpoly_vec(nonzero, context)
    basis, is_complete = vector.buchberger_naive(limits=LIMITS)
    return list(basis.autoreduction()) if is_complete else None


def _standard_monomials(leading: list[Monomial]) -> list[Monomial] | None:
    """The monomials that no leading one divides, in ascending order; None if without end."""
    if not leading:
        return None
    size = len(leading[0])
    bounds = [[m[i] for m in leading if sum(m) == m[i]] for i in range(size)]
    if not all(bounds):
        return None
    standard = {(0,) * size}
    frontier = set(standard)
    while frontier:
        frontier = {
            m for base in frontier for i in range(size)
            if not _is_divisible(m := _multiply(base, i), leading)
        } - standard  # fmt: skip
        standard |= frontier
    return sorted(standard, key=_monomial_key)


def _monomial_key(monomial: Monomial) -> tuple[int, Monomial]:
    return sum(monomial), tuple(-e for e in reversed(monomial))


def _multiply(monomial: Monomial, i: int) -> Monomial:
    return (*monomial[:i], monomial[i] + 1, *monomial[i + 1 :])


def _is_divisible(monomial: Monomial, leading: list[Monomial]) -> bool:
    return any(all(a <= b for a, b in zip(m, monomial, strict=True)) for m in leading)


def _multiplication_matrices(basis: list[Any], monomials: list[Monomial]) -> list[fmpq_mat]:
    """For each variable, the matrix of multiplication by it, a column for each monomial."""
    size, index = len(monomials), {m: k for k, m in enumerate(monomials)}
    normal_forms: dict[Monomial, Vector] = {}
    for m in monomials:
        normal_forms[m] = [fmpq(int(k == index[m])) for k in range(size)]
    for p in basis:
        normal_forms[p.monoms()[0]] = _tail_vector(p, index)
    variables = range(len(monomials[0]))
    border = {_multiply(m, i) for m in monomials for i in variables} - normal_forms.keys()
    border_forms = {p.monoms()[0]: normal_forms[p.monoms()[0]] for p in basis}
    for m in sorted(border, key=_monomial_key):
        normal_forms[m] = border_forms[m] = _border_normal_form(
            m, border_forms, normal_forms, monomials
        )
    columns = [[normal_forms[_multiply(m, i)] for m in monomials] for i in variables]
    return [fmpq_mat(size, size, [c[k] for k in range(size) for c in cs]) for cs in columns]


def _tail_vector(p: Any, index: dict[Monomial, int]) -> Vector:
    terms = p.to_dict()
    leading = fmpq(terms.pop(p.monoms()[0]))
    vector = [fmpq(0)] * len(index)
    for m, coefficient in terms.items():
        vector[index[m]] = -fmpq(coefficient) / leading
    return vector


def _border_normal_form(
    m: Monomial,
    border: dict[Monomial, Vector],
    normal_forms: dict[Monomial, Vector],
    monomials: list[Monomial],
) -> Vector:
    """The normal form of a variable times a smaller monomial of the border."""
    for i, exponent in enumerate(m):
        quotient = (*m[:i], exponent - 1, *m[i + 1 :])
        if exponent and quotient in border:
            total = [fmpq(0)] * len(monomials)
            for coefficient, base in zip(border[quotient], monomials, strict=True):
                if coefficient != 0:
                    form = normal_forms[_multiply(base, i)]
                    total = [t + coefficient * v for t, v in zip(total, form, strict=True)]
            return total
    raise AssertionError  # a border monomial is a variable times one in the border, or leading


def _radical_generators(matrices: list[fmpq_mat], context: fmpz_mpoly_ctx) -> list[Any]:
    """Generators to add so that the ideal is radical (Seidenberg's lemma)."""
    generators = []
    for matrix, variable in zip(matrices, context.gens(), strict=True):
        minimal = matrix.minpoly()
        squarefree = minimal // minimal.gcd(minimal.derivative())
        if squarefree.degree() < minimal.degree():
            numerator = squarefree.numer()
            terms = (int(c) * variable**k for k, c in enumerate(numerator.coeffs()))
            generators.append(sum(terms, context.constant(0)))
    return generators


def _algebraic_points(matrices: list[fmpq_mat]) -> Iterator[AlgebraicPoint]:
    """The zeros of a radical system, one number field after the other."""
    size = matrices[0].nrows()
    form, characteristic = _separating_form(matrices)
    vector = fmpq_mat(size, 1, [fmpq(int(k == 0)) for k in range(size)])
    powers = [vector]
    for _ in range(size - 1):
        powers.append(form * powers[-1])
    power_matrix = fmpq_mat(size, size, [p[k, 0] for k in range(size) for p in powers])
    solutions = [power_matrix.solve(matrix * vector) for matrix in matrices]
    coordinates = [fmpq_poly([s[k, 0] for k in range(size)]) for s in solutions]
    for factor, _ in characteristic.numer().factor()[1]:
        minimal = tuple(int(c) for c in factor.coeffs())
        residues = tuple(c % fmpq_poly(factor) for c in coordinates)
        for index in range(len(real_roots(minimal))):
            yield AlgebraicPoint(minimal, index, residues)


def _separating_form(matrices: list[fmpq_mat]) -> tuple[fmpq_mat, fmpq_poly]:
    """A linear form that separates the zeros, as a matrix, with its characteristic polynomial."""
    for k in count():
        weights = (
            [int(i == k) for i in range(len(matrices))]
            if k < len(matrices)
            else [(k - len(matrices) + 1) ** i for i in range(len(matrices))]
        )
        form = sum((w * m for w, m in zip(weights, matrices, strict=True) if w), 0 * matrices[0])
        characteristic = form.charpoly()
        if characteristic.gcd(characteristic.derivative()).degree() == 0:
            return form, characteristic
    raise AssertionError  # all but finitely many of the sums tell the zeros apart
