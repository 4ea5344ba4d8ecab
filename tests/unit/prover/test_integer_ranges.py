"""The values of whole numbers that are told apart, against counting."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.prover.smt_query import ranges

n, m = sp.symbols("n m", integer=True)
x = sp.Symbol("x", real=True)
k = sp.Symbol("k", integer=True, positive=True)
H = sp.Rational(1, 2)


@pytest.mark.parametrize(("given", "expected"), [
    ((), (range(-4, 5), 5, -5)), ((n > 2,), (range(3, 15), 15, None)),
    ((n >= 2,), (range(2, 14), 14, None)), ((n > H,), (range(1, 13), 13, None)),
    ((n >= H,), (range(1, 13), 13, None)), ((n < 2,), (range(-10, 2), None, -11)),
    ((n <= 2,), (range(-9, 3), None, -10)), ((n < H,), (range(-11, 1), None, -12)),
    ((n <= H,), (range(-11, 1), None, -12)), ((n > 2, n < 11 * H), (range(3, 6), None, None)),
    ((n >= 2, n <= 2), (range(2, 3), None, None)), ((n >= 0, n <= 11), (range(12), None, None)),
    ((n >= 0, n <= 12), (range(12), 12, None)), ((n > 2, n < 3), (range(3, 3), None, None)),
    ((n > 0, n > 3, n >= 1, n < 9, n <= 7), (range(4, 8), None, None)),
    ((sp.Eq(n, 3),), (range(3, 4), None, None)), ((sp.Eq(2 * n, 6),), (range(3, 4), None, None)),
    ((3 * n > 10, 2 * n < 15), (range(4, 8), None, None)),
    ((-3 * n > 10, -2 * n < 15), (range(-7, -3), None, None)),
    ((n > x, x > 2, n < 6), (range(3, 6), None, None)),
    ((sp.Eq(n + x, 7), x > 2, x < 5), (range(3, 5), None, None)),
    ((n > x,), (range(-4, 5), 5, -5)), ((n**2 > 2,), (range(-4, 5), 5, -5)),
    ((n * x > 1, x > 0), (range(-4, 5), 5, -5)),
], ids=range(24))  # fmt: skip
def test_the_values_within_the_bounds(given: tuple[Boolean, ...], expected: Any) -> None:
    found = dict(ranges((x, n), given))
    assert found == {n: expected}
    window, above, below = expected
    for value in range(-40, 41):
        if all(c.xreplace({n: sp.Integer(value)}) != sp.false for c in given):
            inside = value in window
            assert (
                inside
                or (above is not None and value >= above)
                or (below is not None and value <= below)
                or any(c.has(x) for c in given)
            )


def test_a_range_for_each_whole_number() -> None:
    found = dict(ranges((k, m, n, x), (m > 1, n > 1, x > 0)))
    assert found == {k: (range(1, 13), 13, None), m: (range(2, 14), 14, None),
                     n: (range(2, 14), 14, None)}  # fmt: skip
    assert not dict(ranges((x,), (x > 0,)))
