"""Distributions on an interval, against integrals computed by SymPy."""

import pytest
import sympy as sp

from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.solvers.moves import Distribution

c, a, b, k = sp.symbols("c a b k", real=True)
UNIFORM = Distribution.uniform(c, a, b)
RISING = Distribution(c, sp.Integer(0), b, 2 * c / b**2, c**2 / b**2)
POINTS = [{a: sp.Rational(1, 3), b: 2, k: 1}, {a: -1, b: sp.Rational(1, 2), k: -3}]


def test_the_uniform_distribution() -> None:
    assert (UNIFORM.symbol, UNIFORM.low, UNIFORM.high) == (c, a, b)
    assert (UNIFORM.density, UNIFORM.cdf) == (1 / (b - a), (c - a) / (b - a))
    assert UNIFORM.is_uniform
    assert not RISING.is_uniform
    assert UNIFORM.bounds == sp.And(c >= a, c <= b)


@pytest.mark.parametrize("distribution", [UNIFORM, RISING], ids=["uniform", "rising"])
@pytest.mark.parametrize("value", [sp.Integer(1), k, c, k - 3 * c, c**2 + k * c, a * c], ids=str)
@pytest.mark.parametrize("ends", [(0, 1), (a, b), (k, b), (k, k), (b, a)], ids=str)
def test_an_expectation_is_the_integral_of_value_times_density(
    distribution: Distribution, value: sp.Expr, ends: tuple[sp.Expr, sp.Expr]
) -> None:
    low, high = map(sp.sympify, ends)
    found = distribution.expectation(value, low, high)
    for point in POINTS:
        integrand = (value * distribution.density).subs(point)
        expected = sp.integrate(integrand, (c, low.subs(point), high.subs(point)))
        assert sp.simplify(found.subs(point) - expected) == 0


def test_an_abstract_distribution_function_serves_values_free_of_the_number() -> None:
    F = sp.Function("F")
    abstract = Distribution(c, sp.Integer(0), sp.Integer(1), F(c).diff(c), F(c))
    assert abstract.expectation(k, a, b) == k * (F(b) - F(a))
    with pytest.raises(UnsupportedError, match="a payoff depends on c"):
        abstract.expectation(c, a, b)


@pytest.mark.parametrize("value", [1 / c, sp.sqrt(c), sp.exp(c)], ids=str)
def test_only_polynomials_are_integrated(value: sp.Expr) -> None:
    with pytest.raises(UnsupportedError, match="is no polynomial in c"):
        UNIFORM.expectation(value, a, b)


def test_a_quotient_whose_product_with_the_density_is_a_polynomial() -> None:
    assert RISING.expectation(1 / c, sp.Integer(0), b) == 2 / b


def test_parameters_take_values() -> None:
    at = RISING.at({b: sp.Integer(3)})
    assert at == Distribution(c, sp.Integer(0), sp.Integer(3), 2 * c / 9, c**2 / 9)
    moved = UNIFORM.at({a: k, b: k + 2})
    assert (moved.low, moved.high, sp.simplify(moved.density)) == (k, k + 2, sp.Rational(1, 2))
    assert sp.simplify(moved.cdf - (c - k) / 2) == 0


def test_the_text_names_the_interval_and_the_density() -> None:
    assert str(UNIFORM) == "c uniform between a and b"
    assert str(RISING) == "c between 0 and b with density 2*c/b**2"
