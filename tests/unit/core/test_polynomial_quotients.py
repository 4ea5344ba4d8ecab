"""Quotients of polynomials against SymPy's own forms, letter for letter."""

import random

import pytest
import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.rational_forms import cancel, expand, quotient_form

SYMBOLS = (*sp.symbols("b a x_10 x_2 p(1|A)", real=True), sp.Dummy("a", real=True))
a, b = sp.symbols("a b", real=True)


def random_expression(rng: random.Random, depth: int) -> Expr:
    if depth == 0:
        number = sp.Rational(rng.randint(-5, 5), rng.randint(1, 4))
        return rng.choice([*SYMBOLS, *SYMBOLS, number])
    kind = rng.random()
    parts = [random_expression(rng, depth - 1) for _ in range(rng.randint(2, 3))]
    if kind < 0.45:
        return sp.Add(*parts)
    if kind < 0.85:
        return sp.Mul(*parts[:2])
    return parts[0] ** rng.choice([-2, -1, 2, 3]) if parts[0] != 0 else parts[0]


def test_forms_are_those_of_sympy(rng: random.Random) -> None:
    quotients = 0
    for _ in range(150):
        expression = random_expression(rng, rng.randint(1, 3))
        if expression.has(sp.zoo, sp.nan):
            continue
        try:
            expected = sp.cancel(expression)
        except ZeroDivisionError:
            continue
        assert cancel(expression) == expected
        assert expand(expression) == sp.expand(expression)
        quotients += bool(sp.fraction(expected)[1].free_symbols)
    assert quotients > 20


@pytest.mark.parametrize(
    "expression",
    [sp.sqrt(2) * a / a, sp.sqrt(a) / a, sp.log(a) * a / b, a**b / a, sp.Integer(3), a,
     sp.Rational(3, 4) * (a + b), (a + b) ** 101 / (a + b) ** 102, sp.pi * a],
    ids=str,
)  # fmt: skip
def test_other_expressions_are_left_to_sympy(expression: Expr) -> None:
    assert cancel(expression) == sp.cancel(expression)
    assert expand(expression * (a + 1)) == sp.expand(expression * (a + 1))


def test_a_denominator_that_is_zero_is_no_quotient() -> None:
    zero = sp.Add(a * (a + b), -(a**2), -a * b)
    assert quotient_form(sp.Pow(zero, -1)) is None
    assert quotient_form(b * zero) == 0
