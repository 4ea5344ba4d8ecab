"""Polynomials of degree two as sums of squares, by completing the square exactly."""

from __future__ import annotations

from flint import fmpq

from gametheory_eeu.prover.rational_function import Polynomial
from gametheory_eeu.prover.sign_fact import SignFact


def sum_of_squares(polynomial: Polynomial) -> SignFact | None:
    """The fact that a polynomial of degree two is a sum of squares; None where it is none.

    Each square is completed in the first symbol that is left; what remains in the end is a number.
    """
    if polynomial.total_degree() != 2:
        return None
    context, rest = polynomial.context(), polynomial
    terms: list[tuple[Polynomial, SignFact]] = []
    for index, degree in enumerate(map(int, polynomial.degrees())):
        if degree < 1 or int(rest.degrees()[index]) < 1:
            continue
        slope = rest.derivative(index)
        curvature = slope.derivative(index)  # twice the coefficient of the square
        if curvature == 0 or curvature.leading_coefficient() < 0:
            return None
        square = (slope / curvature) ** 2
        half = curvature.leading_coefficient() / fmpq(2)
        terms.append((context.constant(half), SignFact(square, ">=", ())))
        rest -= half * square
    if rest != 0 and rest.leading_coefficient() < 0:
        return None
    if rest == 0:
        return SignFact(polynomial, ">=", tuple(terms))
    terms.append((rest, SignFact(context.constant(1), ">", ())))
    return SignFact(polynomial, ">", tuple(terms))
