"""What a polynomial satisfies at a root of a quadratic with symbols, against the root itself."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.solvers.support_families import Quadratic

x, a, b, c, m, k = sp.symbols("x a b c m k", real=True)
COEFFICIENTS = [
    (p, q, r) for p, q, r in product((-2, 1), (-3, 0, 2), (-2, 0, 1)) if q**2 - 4 * p * r >= 0
]
LINES = [(p, q) for p, q in product((-1, 0, 2), (-2, 0, 1)) if p or q]
HOLDS = {">": sp.Gt, ">=": sp.Ge, "!=": sp.Ne}


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("op", HOLDS)
def test_a_line_is_compared_with_zero_at_a_root(op: str, side: int) -> None:
    """A line in x, all five coefficients symbols, at every real root of eleven quadratics."""
    relation = Quadratic(x, (a, b, c)).relation(m * x + k, op, side)
    for first, second in product(COEFFICIENTS, LINES):
        values = dict(zip((a, b, c, m, k), (*first, *second), strict=True))
        root = (-b + side * sp.sqrt(b**2 - 4 * a * c)) / (2 * a)
        number = (m * root + k).subs(values)
        assert relation.subs(values) == HOLDS[op](number, 0), (values, number)


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("op", HOLDS)
def test_a_product_is_compared_by_its_factors(op: str, side: int) -> None:
    """A square, a line and a quadratic's own sign: (x - k)^2 (m x + 1) at every real root."""
    relation = Quadratic(x, (a, b, c)).product((x - k) ** 2 * (m * x + 1), op, side)
    for first, second in product(COEFFICIENTS, product((-1, 0, 2), (-1, 0, 1))):
        values = dict(zip((a, b, c, m, k), (*first, *second), strict=True))
        root = (-b + side * sp.sqrt(b**2 - 4 * a * c)) / (2 * a)
        number = ((root - k) ** 2 * (m * root + 1)).subs(values)
        assert relation.subs(values) == HOLDS[op](sp.expand(number), 0), (values, number)
