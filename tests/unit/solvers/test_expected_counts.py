"""Expectations over counts of players, against the sum over every profile."""

from collections.abc import Callable
from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.solvers.counts import Counts, compositions, expected_value

p, q, a = sp.symbols("p q a")
ZERO, ONE = sp.Integer(0), sp.Integer(1)
MIXES = {
    1: [[ONE]],
    2: [[p, 1 - p], [ZERO, ONE], [ONE, ZERO]],
    3: [[p, q, 1 - p - q], [p, ZERO, 1 - p], [ZERO, q, 1 - q], [p, 1 - p, ZERO]],
}
VALUES: list[Callable[[Counts], object]] = [
    lambda c: c[0],
    lambda c: c[0] ** 2 - 3 * c[-1] + 1,
    lambda c: a if c[0] == c[-1] else 0,
]


@pytest.mark.parametrize(("total", "parts"), [(0, 1), (0, 3), (1, 2), (3, 1), (3, 2), (4, 3)])
@pytest.mark.parametrize("values", VALUES, ids=["linear", "quadratic", "ties"])
def test_an_expectation_is_the_sum_over_profiles(
    total: int, parts: int, values: Callable[[Counts], object]
) -> None:
    table = {counts: sp.sympify(values(counts)) for counts in compositions(total, parts)}
    for mix in MIXES[parts]:
        expected = sum(
            sp.Mul(*(mix[k] for k in profile))
            * table[tuple(profile.count(k) for k in range(parts))]
            for profile in product(range(parts), repeat=total)
        )
        assert sp.expand(expected_value(table, mix) - expected) == 0


def test_a_linear_function_has_a_linear_expectation() -> None:
    table = {counts: sp.Integer(2 * counts[0] + 1) for counts in compositions(30, 2)}
    assert expected_value(table, [p, 1 - p]) == 60 * p + 1
