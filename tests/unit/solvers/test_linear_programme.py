"""What proves an optimum: each of the conditions of weak duality alone may fail."""

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from flint import fmpq

from gametheory_eeu.core.conversions import to_fmpq, to_fraction
from gametheory_eeu.solvers.exact_linear_programming import Programme, dot, imputed_costs


def rational(values: list[Any]) -> list[fmpq]:
    return [to_fmpq(Fraction(v)) for v in values]


def programme(costs: list[Any], rows: list[list[Any]], bounds: list[Any], sums: bool) -> Programme:
    return Programme(rational(costs), [rational(row) for row in rows], rational(bounds), sums)


KITCHEN: Any = ([3, 2], [[1, 1], [1, 3]], [4, 6], False)


@pytest.mark.parametrize(
    ("made", "point", "prices", "is_proof"),
    [
        (KITCHEN, [4, 0], [3, 0], True), (KITCHEN, [3, 1], [3, 0], False),
        (([1, 1], [[1, 1]], [1], False), [1, 0], [1], True),
        (([1, 1], [[1, 1]], [1], False), ["1/2", "1/2"], [1], True),
        (([1, 1], [[1, 1]], [1], False), [2, -1], [1], False),  # a negative unknown
        (([1, 1], [[1, 1], [1, 1]], [1, 1], False), [1, 0], [2, -1], False),  # a negative price
        (([1], [[1], [1]], [1, 0], False), [1], [1, 0], False),  # a bound exceeded
        (([1, 1], [[1, 1]], [1], False), [0, 0], [1], False),  # worth less than it costs
        (([1, 1], [[1, 1]], [1], False), [1, 0], [2], False),
        (([1, 2], [[1, 1]], [1], False), [1, 0], [1], False),  # an unknown that is worth more
        (([1, 0], [[0, 0]], [0], True), [1, 0], [0, 1], True),
        (([1, 0], [[0, 0]], [0], True), [1, 1], [0, 1], False),  # a sum of two
        (([1, 0], [[0, 0]], [0], True), [1, 0], [-1, 1], False),
        (([-1], [[0]], [0], True), [1], [0, -1], True),  # the price of the sum has any sign
        (([-1], [], [], True), [1], [-1], True), (([0], [[-1]], [0], False), [7], [0], True),
        (([0], [[-1]], [0], False), [0], [0], True), (([1], [[1]], [0], True), [1], [0, 1], False),
    ],
)  # fmt: skip
def test_a_point_and_prices_prove_each_other(
    made: Any, point: list[Any], prices: list[Any], is_proof: bool
) -> None:
    assert programme(*made).proves(rational(point), rational(prices)) is is_proof


def test_the_constraints_with_the_sum_to_one() -> None:
    plain = programme(*KITCHEN)
    assert plain.equations() == (plain.rows, plain.bounds)
    assert plain.entries == 4
    summed = programme([3, 2, 1], [[1, 1, 1]], [4], True)
    found: Any = summed.equations()
    assert found == ([[1, 1, 1], [1, 1, 1]], [4, 1])
    assert (summed.entries, programme([1], [], [], True).entries) == (3, 0)


def test_imputed_costs_are_rows_times_prices() -> None:
    rows, prices = [rational([1, 0, -2]), rational([3, "1/2", 0])], rational([2, 4])
    assert imputed_costs(rows, prices) == [14, 2, -4]
    assert imputed_costs(rows, rational([0, 1])) == [3, fmpq(1, 2), 0]
    assert imputed_costs(rows, rational([0, 0])) == [0, 0, 0]


def test_inner_products() -> None:
    assert dot(rational([1, 2, 0, "1/2"]), rational([3, 0, 5, 4])) == 5
    assert dot([], []) == 0
    with pytest.raises(ValueError, match="shorter"):
        dot(rational([1]), [])


@pytest.mark.parametrize("value", [sp.Rational(-3, 4), Fraction(-3, 4), fmpq(-3, 4)])
def test_rational_numbers_of_three_libraries(value: Any) -> None:
    found = to_fmpq(value)
    assert isinstance(found, fmpq)
    assert found == fmpq(-3, 4)
    assert to_fraction(found) == Fraction(-3, 4)
    assert to_fmpq(7) == 7
