"""Facts about the signs of polynomials: products of them, sums of squares, contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from math import comb
from typing import Any, Literal, NamedTuple

from flint import fmpq, fmpq_mat

from gametheory_eeu._types import Boolean
from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.prover.rational_function import Polynomial

SignKind = Literal[">", ">=", "==", "!="]
"""How a polynomial compares with zero; "!=" only of a constraint as it is given."""


@dataclass(frozen=True, eq=False)
class ProductOf:
    """The source of a fact about a product: the facts about its factors."""

    factors: tuple[SignFact, ...]


@dataclass(frozen=True, eq=False)
class SignFact:
    """A polynomial that is positive, not negative, or zero on the space.

    Up to a positive multiple it equals its source: the difference of a constraint's sides, or a sum
    of multiples of facts, an empty one for a positive number or a square; or it is a product. The
    premises make this multiple, and the multipliers, positive. A constraint ``apart`` fails where
    the polynomial is zero: it makes ``>=`` strict.
    """

    polynomial: Polynomial
    kind: SignKind
    source: Boolean | tuple[tuple[Polynomial, SignFact], ...] | ProductOf
    premises: tuple[SignFact, ...] = ()
    apart: Boolean | None = None

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """The degree in each variable, in the order of the context."""
        return tuple(map(int, self.polynomial.degrees()))


def product_fact(factors: Sequence[SignFact]) -> SignFact:
    """The fact about the product of facts; of a power of what is not zero, an even one."""
    polynomial = factors[0].polynomial
    for factor in factors[1:]:
        polynomial *= factor.polynomial
    counts = Counter(factors)
    is_strict = all(f.kind == ">" or (f.kind == "!=" and k % 2 == 0) for f, k in counts.items())
    return SignFact(polynomial, ">" if is_strict else ">=", ProductOf(tuple(factors)))


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


_MAX_PRODUCTS, _MAX_SIZE, _MAX_MULTIPLES = 1_500, 30_000, 400
"""Of one linear programme: products, their coefficients together, multiples of one equation."""
_TOLERANCE = 1e-9


class _Column(NamedTuple):
    """A product whose number is to be found, and the fact that it is a multiple of."""

    polynomial: Polynomial
    multiplier: Polynomial | None  # of an equation; None for a product of signs
    fact: SignFact


def contradiction(
    facts: Sequence[SignFact], degree: int, *, squares: bool = False
) -> SignFact | None:
    """The fact that zero is positive, as a sum of products of up to so many facts; or None.

    Also of squares of differences of symbols, where ``squares`` says so.
    """
    columns = _columns(facts, degree, squares)
    if columns is None:
        return None
    numbers = _numbers(columns)
    if numbers is None:
        return None
    context = columns[0].polynomial.context()
    terms = tuple(
        (context.constant(number) if c.multiplier is None else number * c.multiplier, c.fact)
        for c, number in zip(columns, numbers, strict=True)
        if number != 0
    )
    return SignFact(context.constant(0), ">", _joined(terms))


def _joined(terms: tuple[tuple[Polynomial, SignFact], ...]) -> Any:
    """The terms, those of one equation as one."""
    result: dict[SignFact, Polynomial] = {}
    for multiplier, fact in terms:
        result[fact] = result.get(fact, 0) + multiplier
    return tuple((multiplier, fact) for fact, multiplier in result.items())


def _columns(facts: Sequence[SignFact], degree: int, squares: bool) -> list[_Column] | None:
    """Products of up to so many facts, and multiples of the equations of no higher degree."""
    signs = [f for f in facts if f.kind in (">", ">=")]
    if not facts or comb(len(signs) + degree, degree) > _MAX_PRODUCTS:
        return None
    context = facts[0].polynomial.context()
    one = SignFact(context.constant(1), ">", ())
    nonzero = (product_fact((f, f)) for f in facts if f.kind == "!=")
    found = [one, *_products(signs, degree), *nonzero]
    variables = _variables(facts)
    found += _squares(signs, variables) if squares else []
    columns = [_Column(fact.polynomial, None, fact) for fact in found]
    highest = max(int(c.polynomial.total_degree()) for c in columns)
    for fact in (f for f in facts if f.kind == "=="):
        room = max(highest - int(fact.polynomial.total_degree()), 0)
        while room and comb(len(variables) + room, room) > _MAX_MULTIPLES:
            room -= 1
        multipliers = _monomials(variables, room, context)
        columns += [_Column(m * fact.polynomial, m, fact) for m in multipliers]
    return columns if sum(len(c.polynomial) for c in columns) <= _MAX_SIZE else None


def _products(signs: Sequence[SignFact], degree: int) -> Iterator[SignFact]:
    """Products of facts, of one up to so many."""
    yield from signs
    for size in range(2, degree + 1):
        for chosen in combinations_with_replacement(signs, size):
            yield product_fact(chosen)


def _squares(signs: Sequence[SignFact], variables: list[Polynomial]) -> Iterator[SignFact]:
    """Squares of symbols and of their differences, and their multiples by facts."""
    for i, x in enumerate(variables):
        for y in (0, *variables[:i]):
            square = SignFact((x - y) ** 2, ">=", ())
            yield square
            yield from (product_fact((square, f)) for f in signs)


def _variables(facts: Sequence[SignFact]) -> list[Polynomial]:
    context = facts[0].polynomial.context()
    used = {i for f in facts for i, d in enumerate(f.polynomial.degrees()) if d > 0}
    return [context.gen(i) for i in sorted(used)]


def _monomials(variables: list[Polynomial], degree: int, context: Any) -> Iterator[Polynomial]:
    for size in range(degree + 1):
        for chosen in combinations_with_replacement(variables, size):
            monomial = context.constant(1)
            for variable in chosen:
                monomial *= variable
            yield monomial


def _numbers(columns: list[_Column]) -> list[Any] | None:
    """Exact numbers in front of the columns: the sum is zero, the strict ones' numbers add to 1."""
    rows, entries = _matrix(columns)
    support = _guess(columns, len(rows), entries)
    if support is None:
        return None
    matrix = [[fmpq(0)] * (len(support) + 1) for _ in range(len(rows) + 1)]
    for place, j in enumerate(support):
        for i, value in entries[j]:
            matrix[i][place] = value
        matrix[-1][place] = fmpq(int(_is_strict(columns[j])))
    matrix[-1][-1] = fmpq(1)
    solution = _solved(matrix, len(support))
    if solution is None:
        return None
    numbers = dict(zip(support, solution, strict=True))
    is_valid = all(n >= 0 or columns[j].multiplier is not None for j, n in numbers.items())
    return [numbers.get(j, fmpq(0)) for j in range(len(columns))] if is_valid else None


def _matrix(columns: list[_Column]) -> tuple[dict[Any, int], list[list[tuple[int, Any]]]]:
    """The row of each monomial, and each column's coefficients by row."""
    rows: dict[Any, int] = {}
    entries = [
        [(rows.setdefault(p, len(rows)), c) for p, c in column.polynomial.to_dict().items()]
        for column in columns
    ]
    return rows, entries


def _is_strict(column: _Column) -> bool:
    return column.multiplier is None and column.fact.kind == ">"


def _guess(
    columns: list[_Column], row_count: int, entries: list[list[tuple[int, Any]]]
) -> list[int] | None:
    """The columns that a vertex in floats uses; None where there is no such sum."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    fractions = [[(row, to_fraction(value)) for row, value in column] for column in entries]
    scales = [max(abs(value) for _, value in column) for column in fractions]
    data, i, j = [], [], []
    for place, column in enumerate(fractions):
        for row, value in column:
            data.append(float(value / scales[place]))
            i.append(row)
            j.append(place)
        if _is_strict(columns[place]):
            data.append(1.0)
            i.append(row_count)
            j.append(place)
    left = csr_array((data, (i, j)), shape=(row_count + 1, len(columns)))
    right = np.zeros(row_count + 1)
    right[-1] = 1.0
    signed = [c.multiplier is None for c in columns]
    bounds = [(0, None) if s else (None, None) for s in signed]
    costs = [1.0 + len(c.polynomial) if s else 0.0 for c, s in zip(columns, signed, strict=True)]
    result = linprog(costs, A_eq=left, b_eq=right, bounds=bounds, method="highs-ds")
    if not result.success:
        return None
    return [place for place, x in enumerate(result.x) if abs(x) > _TOLERANCE]


def _solved(matrix: list[list[Any]], unknowns: int) -> list[Any] | None:
    """A solution of equations, each a row with its right side last; None where there is none."""
    reduced, rank = fmpq_mat(matrix).rref()
    solution = [fmpq(0)] * unknowns
    for row in range(rank):
        pivot = next(k for k in range(unknowns + 1) if reduced[row, k] != 0)
        if pivot == unknowns:
            return None
        solution[pivot] = reduced[row, unknowns]
    return solution
