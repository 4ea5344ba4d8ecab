"""Points of one number field: signs, enclosures and numbers, against SymPy."""

from typing import Any

import pytest
import sympy as sp
from flint import arb, fmpq, fmpq_poly

from gametheory_eeu.solvers import polynomial_zeros
from gametheory_eeu.solvers.certified_zeros import midpoint_and_radius
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_roots

module: Any = polynomial_zeros
t = sp.Symbol("t")
MINIMALS = [
    (-3, 2), (3, 2), (-2, 0, 1), (1, 1, -1), (-1, -1, 1), (1, -3, 0, 1), (-2, 0, 0, 1),
    (2, -4, 1), (-1, 0, 3), (1, 0, -10, 0, 1), (-2, 4, -1), (1, 0, 1),
]  # fmt: skip


def roots(minimal: tuple[int, ...]) -> list[Any]:
    found: list[Any] = sp.Poly(list(reversed(minimal)), t).real_roots()
    return found


@pytest.mark.parametrize("bits_limit", [800, 0])
@pytest.mark.parametrize("minimal", MINIMALS)
def test_real_roots_are_all_and_in_order(
    monkeypatch: pytest.MonkeyPatch, minimal: tuple[int, ...], bits_limit: int
) -> None:
    monkeypatch.setattr(module, "_MAX_BITS", bits_limit)
    real_roots.cache_clear()
    found = real_roots(minimal, 100)
    expected = roots(minimal)
    assert len(found) == len(expected)
    for ball, root in zip(found, expected, strict=True):
        middle, radius = midpoint_and_radius(ball)
        exact = sp.N(root, 60)
        assert abs(sp.Rational(middle.numerator, middle.denominator) - exact) <= max(
            sp.Rational(radius.numerator, radius.denominator), sp.Rational(1, 10**55)
        )
        assert radius < sp.Rational(1, 2**90)
    real_roots.cache_clear()


def test_roots_that_are_close_are_told_apart() -> None:
    """(t - 1)(2^900 (t - 1) - 1): coefficients beyond the limit."""
    big = 2**900
    minimal = (big + 1, -(2 * big + 1), big)
    real_roots.cache_clear()
    first, second = real_roots(minimal, 1000)
    assert first.contains(1)
    assert not second.contains(1)
    assert second > first


@pytest.mark.parametrize("minimal", MINIMALS)
def test_signs_and_numbers_are_those_of_the_root(minimal: tuple[int, ...]) -> None:
    values = [fmpq_poly([0, 1]), fmpq_poly([fmpq(1, 3), -2]), fmpq_poly([-1, 0, 1]),
              fmpq_poly([5]), fmpq_poly([0]), fmpq_poly(list(minimal)),
              fmpq_poly([-2, 1]) * fmpq_poly(list(minimal)) + fmpq_poly([0, 3])]  # fmt: skip
    for index, root in enumerate(roots(minimal)):
        point = AlgebraicPoint(minimal, index, tuple(values))
        for value, number in zip(values, point.numbers, strict=True):
            exact = sum(sp.Rational(int(c.p), int(c.q)) * root**k
                        for k, c in enumerate(value.coeffs()))  # fmt: skip
            numeric = sp.N(exact, 50)
            expected = 0 if abs(numeric) < 1e-30 else int(sp.sign(numeric))
            assert point.sign(value) == expected
            assert abs(sp.N(number, 40) - numeric) < 1e-30
            ball = point.ball(value)
            middle, radius = midpoint_and_radius(ball)
            exact_middle = sp.Rational(middle.numerator, middle.denominator)
            assert abs(exact_middle - numeric) < sp.Rational(1, 10**30)
            assert radius < sp.Rational(1, 10**30)
            assert point.number(point.reduce(value)) == number
            assert point.reduce(value).degree() < len(minimal) - 1


def test_a_sign_near_zero_is_exact() -> None:
    """sqrt(2) against its convergents, to a distance of 10^-60."""
    p, q = 1, 1
    for _ in range(80):
        p, q = p + 2 * q, p + q
    point = AlgebraicPoint((-2, 0, 1), 1, ())
    below = point.sign(fmpq_poly([fmpq(p, q), -1]))
    assert below == (1 if p * p > 2 * q * q else -1)
    assert point.sign(fmpq_poly([fmpq(-p, q), 1])) == -below


def test_numbers_up_to_degree_two_are_radicals() -> None:
    assert AlgebraicPoint((-3, 2), 0, (fmpq_poly([0, 1]),)).numbers == (sp.Rational(3, 2),)
    lower, upper = (AlgebraicPoint((-1, -1, 1), k, (fmpq_poly([0, 1]),)).numbers[0] for k in (0, 1))
    assert (lower, upper) == ((1 - sp.sqrt(5)) / 2, sp.expand((1 + sp.sqrt(5)) / 2)) or sp.simplify(
        upper - (1 + sp.sqrt(5)) / 2
    ) == 0
    assert float(lower) < 0 < float(upper)
    negative = [AlgebraicPoint((1, 1, -1), k, (fmpq_poly([0, 1]),)).numbers[0] for k in (0, 1)]
    assert float(negative[0]) < float(negative[1])
    (square,) = AlgebraicPoint((-2, 0, 1), 1, (fmpq_poly([1, 1]),)).numbers
    assert square == 1 + sp.sqrt(2)
    (cube,) = AlgebraicPoint((-2, 0, 0, 1), 0, (fmpq_poly([0, 1]),)).numbers
    assert isinstance(cube, sp.CRootOf)
    assert cube.index == 0


def test_large_coefficients_are_no_radicals(monkeypatch: pytest.MonkeyPatch) -> None:
    module._sympy_root.cache_clear()
    monkeypatch.setattr(module, "_MAX_BITS", 2)
    assert module._sympy_root((-2, 0, 1), 1) == sp.sqrt(2)
    module._sympy_root.cache_clear()
    monkeypatch.setattr(module, "_MAX_BITS", 1)
    assert isinstance(module._sympy_root((-2, 0, 1), 1), sp.CRootOf)
    module._sympy_root.cache_clear()


@pytest.mark.parametrize(("polynomial", "low", "high", "root"), [
    ((-2, 0, 1), 1, 2, sp.sqrt(2)), ((2, 0, -1), 1, 2, sp.sqrt(2)),
    ((-2, 0, 1), -2, -1, -sp.sqrt(2)),
    ((-1, 2), 0, 1, sp.Rational(1, 2)), ((1, -2), 0, 1, sp.Rational(1, 2)), ((-3, 1), 3, 3, 3),
])  # fmt: skip
def test_bisection(polynomial: Any, low: int, high: int, root: Any) -> None:
    ball = module._bisect_root(polynomial, fmpq(low), fmpq(high), 60)
    middle, radius = midpoint_and_radius(ball)
    gap = abs(sp.Rational(middle.numerator, middle.denominator) - sp.N(root, 50))
    assert gap <= radius + sp.Rational(1, 10**40)
    assert radius < sp.Rational(1, 2**58)


def test_polynomials_are_evaluated_on_balls() -> None:
    value = module._evaluate(fmpq_poly([1, -2, fmpq(1, 2)]), arb(4))
    assert value.contains(1)
    assert value.rad() < 1e-10
    assert module._evaluate(fmpq_poly([]), arb(4)) == 0
