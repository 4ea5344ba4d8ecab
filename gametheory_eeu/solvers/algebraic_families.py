"""Families whose last equations are no longer linear: roots of degree two, algebraic points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.solvers.algebraic_points import AlgebraicPoint
from gametheory_eeu.solvers.indifference import Family
from gametheory_eeu.solvers.linear_bounds import Atom
from gametheory_eeu.solvers.polynomial_zeros import real_zeros
from gametheory_eeu.solvers.support_families import closed

Finish = Callable[[Expr], Expr]
"""Values in the unknowns that were solved last, at their solution."""
MOST_UNKNOWNS = 8


def closed_families(family: Family, space: Space) -> Iterator[tuple[Family, Finish]]:
    """The family, its open equations solved where a closed form of them is known.

    One equation of degree two in one unknown is solved by its two roots, also with symbols; a
    system with rational coefficients and finitely many solutions by algebraic numbers.
    """
    if not family.open:
        yield family, _same
        return
    solved = _at_points(family)
    yield from closed(family, space) if solved is None else solved


def _same(value: Expr) -> Expr:
    return value


def _at_points(family: Family) -> list[tuple[Family, Finish]] | None:
    """The family at each solution of its equations; None where these are not points in numbers."""
    inside = set().union(*(e.free_symbols for e in family.open))
    unknowns = [s for s in family.free if s in inside]
    if inside - set(unknowns) or len(unknowns) > MOST_UNKNOWNS or not _apart(family, unknowns):
        return None
    context = fmpz_mpoly_ctx.get([f"x{k}" for k in range(len(unknowns))], Ordering.degrevlex)
    whole = [_whole(e, unknowns) for e in family.open]
    if any(terms is None for terms in whole):
        return None
    polynomials = [_in_ring(terms, context) for terms in whole if terms is not None]
    zeros = real_zeros(polynomials, context)
    if zeros.status != "finite":
        return None
    found = (_at(family, unknowns, point) for point in zeros.points)
    return [each for each in found if each is not None]


def _apart(family: Family, unknowns: list[Symbol]) -> bool:
    """Whether nothing else is compared with the unknowns, or put in terms of them."""
    own = set(unknowns)
    every = (*(e for e, _ in family.where), *family.values.values())
    return all(e.free_symbols <= own or e.free_symbols.isdisjoint(own) for e in every)


def _whole(expression: Expr, unknowns: list[Symbol]) -> dict[tuple[int, ...], int] | None:
    """A polynomial's whole coefficients by exponents, up to a positive factor."""
    poly = sp.Poly(expression, *unknowns)
    if not all(c.is_Rational for c in poly.coeffs()):
        return None
    return {m: int(c) for m, c in poly.clear_denoms(convert=True)[1].terms()}


def _in_ring(terms: Mapping[tuple[int, ...], int], context: Any) -> Any:
    total = context.constant(0)
    for exponents, coefficient in terms.items():
        term = context.constant(coefficient)
        for generator, exponent in zip(context.gens(), exponents, strict=True):
            term *= generator**exponent
        total += term
    return total


def _at(
    family: Family, unknowns: list[Symbol], point: AlgebraicPoint
) -> tuple[Family, Finish] | None:
    field = _Field(dict(zip(unknowns, point.coordinates, strict=True)), point)
    own = set(unknowns)
    if not all(field.holds(atom) for atom in family.where if atom[0].free_symbols & own):
        return None
    left = tuple(a for a in family.where if not a[0].free_symbols & own)
    free = tuple(s for s in family.free if s not in own)
    return replace(family, free=free, where=left, open=()), field.value


class _Field:
    """Rational functions of the unknowns, evaluated in the number field of a point."""

    def __init__(self, coordinates: Mapping[Symbol, Any], point: AlgebraicPoint) -> None:
        self.coordinates, self.point = coordinates, point
        self.unknowns = list(coordinates)

    def holds(self, atom: Atom) -> bool:
        expression, op = atom
        above, below = sp.fraction(sp.together(expression))
        sign = self.point.sign(self._polynomial(above)) * self.point.sign(self._polynomial(below))
        return {">": sign > 0, ">=": sign >= 0, "!=": sign != 0, "==": sign == 0}[op]

    def value(self, expression: Expr) -> Expr:
        """As a SymPy number; what does not stand in the unknowns stays as it is."""
        inside = expression.free_symbols & set(self.unknowns)
        if not inside:
            return expression
        others = sorted(expression.free_symbols - inside, key=str)
        if others:
            return expression.xreplace({s: self._number(s) for s in inside})
        above, below = sp.fraction(sp.together(expression))
        top, bottom = self._polynomial(above), self._polynomial(below)
        return self.point.number(self.point.reduced(top * self._inverse(bottom)))

    def _number(self, expression: Expr) -> Expr:
        return self.point.number(self._polynomial(expression))

    def _polynomial(self, expression: Expr) -> Any:
        total = fmpq_poly([0])
        for exponents, coefficient in sp.Poly(expression, *self.unknowns, domain="QQ").terms():
            term = fmpq_poly([fmpq(int(coefficient.p), int(coefficient.q))])
            for unknown, exponent in zip(self.unknowns, exponents, strict=True):
                for _ in range(exponent):
                    term = self.point.reduced(term * self.coordinates[unknown])
            total += term
        return self.point.reduced(total)

    def _inverse(self, value: Any) -> Any:
        if value.degree() < 1:
            return fmpq_poly([1 / value[0]])
        modulus = fmpq_poly([fmpq(c) for c in self.point.minimal])
        divisor, factor, _ = value.xgcd(modulus)
        return factor / divisor[0] if divisor.degree() == 0 else fmpq_poly([0])


__all__ = ["Finish", "closed_families"]
