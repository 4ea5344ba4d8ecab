"""Solution families with nonlinear last equations: quadratic roots and algebraic points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.core.rational_forms import common_denominator
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.solvers.indifference import SolutionFamily
from gametheory_eeu.solvers.linear_existence import AtomicFormula
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_zeros
from gametheory_eeu.solvers.support_families import closed_forms

BackSubstitution = Callable[[Expr], Expr]
"""Values in the unknowns that were solved last, at their solution."""
MAX_UNKNOWNS = 8


def closed_families(
    family: SolutionFamily, space: Space
) -> Iterator[tuple[SolutionFamily, BackSubstitution]]:
    """Families with their open equations solved where a closed form is known.

    One equation of degree two in one unknown is solved by its two roots, also with symbols; a
    system with rational coefficients and finitely many solutions by algebraic numbers.
    """
    if not family.open:
        yield family, _identity
        return
    solutions = _point_families(family)
    yield from closed_forms(family, space) if solutions is None else solutions


def _identity(value: Expr) -> Expr:
    return value


def _point_families(family: SolutionFamily) -> list[tuple[SolutionFamily, BackSubstitution]] | None:
    """Families at the solutions of the equations; None unless these are finitely many points."""
    symbols = set().union(*(e.free_symbols for e in family.open))
    unknowns = [s for s in family.free if s in symbols]
    if (
        symbols - set(unknowns)
        or len(unknowns) > MAX_UNKNOWNS
        or not _is_separable(family, unknowns)
    ):
        return None
    context = fmpz_mpoly_ctx.get([f"x{k}" for k in range(len(unknowns))], Ordering.degrevlex)
    term_maps = [_integer_terms(e, unknowns) for e in family.open]
    if any(terms is None for terms in term_maps):
        return None
    polynomials = [_ring_element(terms, context) for terms in term_maps if terms is not None]
    zeros = real_zeros(polynomials, context)
    if zeros.status != "finite":
        return None
    solutions = (_family_at(family, unknowns, point) for point in zeros.points)
    return [solution for solution in solutions if solution is not None]


def _is_separable(family: SolutionFamily, unknowns: list[Symbol]) -> bool:
    """Whether each inequality and value is in the unknowns alone, or free of them."""
    unknown_set = set(unknowns)
    expressions = (*(e for e, _ in family.where), *family.values.values())
    return all(
        e.free_symbols <= unknown_set or e.free_symbols.isdisjoint(unknown_set) for e in expressions
    )


def _integer_terms(expression: Expr, unknowns: list[Symbol]) -> dict[tuple[int, ...], int] | None:
    """Integer coefficients of a polynomial by exponents, up to a positive factor."""
    poly = sp.Poly(expression, *unknowns)
    if not all(c.is_Rational for c in poly.coeffs()):
        return None
    return {exponents: int(c) for exponents, c in poly.clear_denoms(convert=True)[1].terms()}


def _ring_element(terms: Mapping[tuple[int, ...], int], context: Any) -> Any:
    polynomial = context.constant(0)
    for exponents, coefficient in terms.items():
        term = context.constant(coefficient)
        for generator, exponent in zip(context.gens(), exponents, strict=True):
            term *= generator**exponent
        polynomial += term
    return polynomial


def _family_at(
    family: SolutionFamily, unknowns: list[Symbol], point: AlgebraicPoint
) -> tuple[SolutionFamily, BackSubstitution] | None:
    field = _NumberField(dict(zip(unknowns, point.coordinates, strict=True)), point)
    unknown_set = set(unknowns)
    if not all(field.holds(atom) for atom in family.where if atom[0].free_symbols & unknown_set):
        return None
    conditions = tuple(a for a in family.where if not a[0].free_symbols & unknown_set)
    free = tuple(s for s in family.free if s not in unknown_set)
    return replace(family, free=free, where=conditions, open=()), field.value


class _NumberField:
    """Rational functions of the unknowns, evaluated in the number field of a point."""

    def __init__(self, coordinates: Mapping[Symbol, Any], point: AlgebraicPoint) -> None:
        self.coordinates, self.point = coordinates, point
        self.unknowns = list(coordinates)

    def holds(self, atom: AtomicFormula) -> bool:
        expression, op = atom
        numerator, denominator = common_denominator(expression)
        sign = self.point.sign(self._polynomial(numerator)) * self.point.sign(
            self._polynomial(denominator)
        )
        return sign in SIGNS[op]

    def value(self, expression: Expr) -> Expr:
        """An expression as a SymPy number; parts free of the unknowns stay as they are."""
        unknowns = expression.free_symbols & set(self.unknowns)
        if not unknowns:
            return expression
        parameters = sorted(expression.free_symbols - unknowns, key=str)
        if parameters:
            return expression.xreplace({s: self._sympy_number(s) for s in unknowns})
        numerator, denominator = common_denominator(expression)
        dividend, divisor = self._polynomial(numerator), self._polynomial(denominator)
        return self.point.number(self.point.reduce(dividend * self._inverse(divisor)))

    def _sympy_number(self, expression: Expr) -> Expr:
        return self.point.number(self._polynomial(expression))

    def _polynomial(self, expression: Expr) -> Any:
        polynomial = fmpq_poly([0])
        for exponents, coefficient in sp.Poly(expression, *self.unknowns, domain="QQ").terms():
            term = fmpq_poly([to_fmpq(coefficient)])
            for unknown, exponent in zip(self.unknowns, exponents, strict=True):
                for _ in range(exponent):
                    term = self.point.reduce(term * self.coordinates[unknown])
            polynomial += term
        return self.point.reduce(polynomial)

    def _inverse(self, value: Any) -> Any:
        if value.degree() < 1:
            return fmpq_poly([1 / value[0]])
        modulus = fmpq_poly([fmpq(c) for c in self.point.minimal])
        divisor, factor, _ = value.xgcd(modulus)
        return factor / divisor[0] if divisor.degree() == 0 else fmpq_poly([0])
