"""Quotients of polynomials: their arithmetic by SymPy, and their signs by z3."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import sympy as sp
import z3
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from gametheory_eeu._types import Expr
from gametheory_eeu.prover.rational_function import (
    FALSE,
    TRUE,
    Quotient,
    _product_sign,
    atomic_formula,
    factors,
    term,
)

CONTEXT = fmpq_mpoly_ctx.get(("x", "y"), Ordering.lex)
X, Y = CONTEXT.gens()
x, y = sp.symbols("x y", real=True)
ONE, ZERO = CONTEXT.constant(1), CONTEXT.constant(0)
NUMBERS = [fmpq(n, 2) for n in (-4, -1, 0, 1, 2)]
RELATIONS = {">": {1}, ">=": {0, 1}, "<": {-1}, "<=": {0, -1}, "==": {0}, "!=": {1, -1}}


def sympy(polynomial: Any) -> Expr:
    return sp.Add(*(sp.Rational(int(c.p), int(c.q)) * x ** int(i) * y ** int(j)
                    for (i, j), c in polynomial.to_dict().items()))  # fmt: skip


def value(quotient: Quotient) -> Expr:
    return sympy(quotient.above) / sympy(quotient.below)


QUOTIENTS = [
    Quotient(X, ONE), Quotient(X, Y, "(not (= y 0))"), Quotient(X + Y, X - Y), Quotient(ZERO, ONE),
    Quotient(CONTEXT.constant(fmpq(-2, 3)), ONE), Quotient(X**2 - Y**2, X * Y), Quotient(ONE, X),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), list(product(QUOTIENTS, repeat=2)))
def test_arithmetic_is_that_of_rational_functions(first: Quotient, second: Quotient) -> None:
    a, b = value(first), value(second)
    for found, expected in ((first + second, a + b), (first - second, a - b),
                            (first * second, a * b), (-first, -a)):  # fmt: skip
        assert sp.cancel(value(found) - expected) == 0
        assert found.above.gcd(found.below).is_constant()
        parts = {first.defined, second.defined} if found.defined != first.defined else {TRUE}
        assert all(part in (TRUE, found.defined) or part in found.defined for part in parts)


@pytest.mark.parametrize("exponent", [-3, -2, -1, 0, 1, 2, 3])
def test_a_power_is_repeated_multiplication(exponent: int) -> None:
    for quotient in QUOTIENTS:
        found = quotient**exponent
        if quotient.above == 0 and exponent < 0:
            assert found.defined == FALSE
            continue
        assert sp.cancel(value(found) - value(quotient) ** exponent) == 0
        assert (found.defined == quotient.defined) is (
            exponent >= 0 or quotient.above.is_constant()
        )
    inverse = Quotient(X, Y, "(not (= y 0))") ** -1
    assert inverse.defined == "(and (not (= y 0)) (not (= (* x) 0)))".replace("(* x)", "x")


def models() -> Iterator[tuple[fmpq, fmpq, dict[str, Any]]]:
    for i, j in product(NUMBERS, repeat=2):
        yield i, j, {"x": z3.RealVal(str(i)), "y": z3.RealVal(str(j))}


def is_true(text: str, at: dict[str, Any]) -> bool:
    """Whether z3 finds a formula true at a point."""
    declared = "(declare-const x Real)(declare-const y Real)"
    (assertion,) = z3.parse_smt2_string(f"{declared}(assert {text})")
    pairs = [(z3.Real(name), number) for name, number in at.items()]
    return bool(z3.is_true(z3.simplify(z3.substitute(assertion, *pairs))))


@pytest.mark.parametrize("quotient", [
    *QUOTIENTS, Quotient(-X * Y, ONE), Quotient(X**2 * Y, ONE), Quotient(-(X**3), Y**2),
    Quotient(X**2, Y**3), Quotient(X * (X - Y) * (Y + 1), ONE),
    Quotient(-(X**2) * (Y - 1) ** 4, ONE),
    Quotient(X**2 * Y**2, X - Y), Quotient(CONTEXT.constant(5), ONE), Quotient(X, -Y),
], ids=range(16))  # fmt: skip
def test_a_comparison_with_zero_is_right_wherever_it_is_defined(quotient: Quotient) -> None:
    texts = {relation: quotient.compare(relation) for relation in RELATIONS}
    for i, j, at in models():
        below = quotient.below(i, j)
        if below == 0:
            continue
        ratio = quotient.above(i, j) / below
        sign = int(ratio > 0) - int(ratio < 0)
        for relation, signs in RELATIONS.items():
            assert is_true(texts[relation], at) is (sign in signs), (relation, i, j)


@pytest.mark.parametrize("count", range(5))
def test_the_sign_of_a_product(count: int) -> None:
    polynomials = [X, Y, X - Y, X + Y + 1][:count]
    for positive in (True, False):
        text = _product_sign(polynomials, positive)
        if count < 1:
            assert text == (TRUE if positive else FALSE)
            continue
        for i, j, at in models():
            number = sp.prod([p(i, j) for p in polynomials])
            assert is_true(text, at) is bool(number > 0 if positive else number < 0)


@pytest.mark.parametrize("number", [-2, 0, 3])
def test_the_formula_of_a_number_is_true_or_false(number: int) -> None:
    polynomial = CONTEXT.constant(number)
    found = [atomic_formula(relation, polynomial) for relation in "=><"]
    assert found == [TRUE if holds else FALSE for holds in (number == 0, number > 0, number < 0)]


@pytest.mark.parametrize(("polynomial", "text"), [
    (X, "x"), (ZERO, "0"), (ONE, "1"), (2 * X, "(* 2 x)"), (X**2 * Y, "(* x x y)"),
    (X + Y, "(+ x y)"), (X - 1, "(+ x (- 1))"), (-X, "(* (- 1) x)"),
    (X / 2 - 3 * Y, "(+ (* (/ 1 2) x) (* (- 3) y))"), (CONTEXT.constant(-3), "(- 3)"),
], ids=range(10))  # fmt: skip
def test_a_polynomial_is_a_sum_of_products(polynomial: Any, text: str) -> None:
    found = term(polynomial)
    assert found.replace(".0", "") == text
    for i, j, at in models():
        assert is_true(f"(= {found} {z3.RealVal(str(polynomial(i, j))).sexpr()})", at)


def test_equality_without_a_division() -> None:
    text = Quotient(X, Y + 1).equals(X * Y)
    for i, j, at in models():
        assert is_true(text, at) is bool(i * j * (j + 1) == i)


@pytest.mark.parametrize("polynomial", [X**2 * (X - Y) * 3, -X * Y, ONE * 7, (X + Y) ** 3 / 2])
def test_factors_multiply_to_the_polynomial(polynomial: Any) -> None:
    constant, pairs = factors(polynomial)
    assert all(type(k) is int for _, k in pairs)
    assert min((k for _, k in pairs), default=1) > 0
    total = ONE * constant
    for factor, power in pairs:
        total *= factor**power
    assert total == polynomial
