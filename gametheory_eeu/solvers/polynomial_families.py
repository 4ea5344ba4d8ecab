"""Solution families of polynomial equations with parameters, by reduction and case distinction.

Equations are first combined so that common nonlinear terms with constant coefficients cancel; an
equation that factors is followed factor by factor. Both steps keep exactly the solutions, at every
value of the parameters. What is then linear in an unknown is solved for it, a last equation of
degree two by its roots, and a system in numbers with finitely many solutions by algebraic points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.core.rational_forms import common_denominator, irreducible_factors
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_zeros
from gametheory_eeu.solvers.solution_families import (
    AtomicFormula,
    SolutionFamily,
    solution_families,
)
from gametheory_eeu.solvers.support_families import BackSubstitution, closed_forms

MAX_UNKNOWNS = 8


def closed_families(
    family: SolutionFamily, space: Space
) -> Iterator[tuple[SolutionFamily, BackSubstitution]]:
    """Families with their open equations solved where a closed form is known.

    One equation of degree two in one unknown is solved by its two roots, also with symbols; a
    system with rational coefficients and finitely many solutions by algebraic numbers.
    """
    if not family.open:
        yield family, identity
        return
    solutions = _point_families(family)
    yield from closed_forms(family, space) if solutions is None else solutions


def identity(value: Expr) -> Expr:
    """The value itself: nothing is to be put back."""
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


_MAX_ROUNDS = 8


def polynomial_families(
    equalities: Iterable[Expr],
    atoms: Iterable[AtomicFormula],
    unknowns: Sequence[Symbol],
    space: Space,
    effort: Effort,
) -> Iterator[tuple[SolutionFamily, BackSubstitution]]:
    """Every solution of polynomial equalities (to zero) and inequalities, in disjoint families.

    What the space says of the unknowns is known of every solution. With each family comes a
    function that gives an expression in the unknowns its value there. A family whose equations had
    no closed form keeps them in ``open``.
    """
    start = SolutionFamily(free=tuple(unknowns), where=tuple(atoms), open=tuple(equalities))
    for family in _solve(start, space, effort, _MAX_ROUNDS):
        yield from closed_families(family, space)


def _solve(
    family: SolutionFamily, space: Space, effort: Effort, rounds: int
) -> Iterator[SolutionFamily]:
    for case in _factor_cases(_combined(family), effort):
        inner = solution_families(case.open, case.where, case.free, space, effort)
        for solved in inner:
            merged = _merge(case, solved)
            is_simpler = set(merged.open) != set(case.open)
            if merged.open and is_simpler and rounds > 0:
                yield from _solve(merged, space, effort, rounds - 1)
            else:
                yield merged


def _merge(outer: SolutionFamily, inner: SolutionFamily) -> SolutionFamily:
    """The inner family with what was solved before it."""
    values = {k: v.xreplace(dict(inner.values)) for k, v in outer.values.items()}
    return replace(inner, values={**values, **inner.values}, given=(*outer.given, *inner.given))


def _combined(family: SolutionFamily) -> SolutionFamily:
    """The same equations with nonlinear terms of constant coefficients eliminated among them."""
    unknowns = [s for s in family.free if any(s in e.free_symbols for e in family.open)]
    if (
        not unknowns
        or len(family.open) < 2
        or not all(e.is_polynomial(*unknowns) for e in family.open)
    ):
        return family
    rows = [dict(sp.Poly(e, *unknowns).terms()) for e in family.open]
    rows = _combined_rows(rows)
    equations = [
        sp.expand(sp.Add(*(c * sp.Mul(*(x**k for x, k in zip(unknowns, m, strict=True)))
                           for m, c in row.items())))
        for row in rows
    ]  # fmt: skip
    return replace(family, open=tuple(e for e in equations if e != 0))


Row = dict[tuple[int, ...], Expr]


def _combined_rows(rows: list[Row]) -> list[Row]:
    """Gaussian elimination on nonlinear monomials, with constant pivots only."""
    done: list[Row] = []
    monomials = {m for row in rows for m in row if sum(m) > 1}
    for monomial in sorted(monomials, key=lambda m: (-sum(m), m)):
        candidates = [row for row in rows if (c := row.get(monomial)) is not None and c.is_Rational]
        if not candidates or sum(monomial in row for row in rows) < 2:
            continue
        pivot = min(candidates, key=len)
        rows = [_subtracted(row, pivot, monomial) for row in rows if row is not pivot]
        done.append(pivot)
    return rows + done


def _subtracted(row: Row, pivot: Row, monomial: tuple[int, ...]) -> Row:
    """The row less the multiple of the pivot that cancels a monomial."""
    factor = row.get(monomial)
    if factor is None:
        return row
    ratio = factor / pivot[monomial]
    result = dict(row)
    for m, c in pivot.items():
        result[m] = sp.expand(result.get(m, sp.Integer(0)) - ratio * c)
    return {m: c for m, c in result.items() if c != 0}


def _factor_cases(family: SolutionFamily, effort: Effort) -> Iterator[SolutionFamily]:
    """The cases of an equation that is a product: one factor zero, those before it not."""
    for position, equality in enumerate(family.open):
        factors = irreducible_factors(equality)
        if len(factors) < 2:
            continue
        rest = family.open[:position] + family.open[position + 1 :]
        for k, factor in enumerate(factors):
            effort.spend()
            nonzero = tuple((other, "!=") for other in factors[:k])
            case = replace(family, open=(factor, *rest), where=(*family.where, *nonzero))
            yield from _factor_cases(case, effort)
        return
    yield family
