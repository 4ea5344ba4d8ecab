"""Every real zero of a polynomial system with finitely many complex ones, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_mpoly_ctx, fmpz_mpoly_vec

from gametheory_eeu.solvers.algebraic_points import AlgebraicPoint, real_roots

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

    A Groebner basis gives the algebra of polynomials modulo the system; multiplication by a
    linear form that tells the zeros apart has a characteristic polynomial whose roots are its
    values there, and every coordinate is a polynomial in that value (a rational univariate
    representation; Cox, Little and O'Shea, "Using Algebraic Geometry", 2005, ch. 2 and 4).

    Parameters
    ----------
    polynomials : sequence of fmpz_mpoly
        Over ``context``, which orders monomials by degree, then reverse lexicographically.
    context : fmpz_mpoly_ctx

    Examples
    --------
    >>> from flint import Ordering
    >>> context = fmpz_mpoly_ctx.get(["x", "y"], Ordering.degrevlex)
    >>> x, y = context.gens()
    >>> [point.numbers for point in real_zeros([x*y - 1, x - 2*y], context).points]
    [(-sqrt(2), -sqrt(2)/2), (sqrt(2), sqrt(2)/2)]
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


__all__ = ["LIMITS", "Zeros", "real_zeros"]
