"""Signs of polynomials on intervals, against values on a grid and roots."""

from itertools import pairwise
from random import Random

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import rational_between, truth_value
from gametheory_eeu.solvers.interval_signs import (
    _joined,
    _samples,
    nonnegative_where,
    sign_on_interval,
)

z, t = sp.symbols("z t", real=True)
ZERO, ONE = sp.Integer(0), sp.Integer(1)
GRID = [sp.Rational(k, 24) for k in range(25)]


@pytest.mark.parametrize("seed", range(12))
def test_signs_are_those_of_roots(seed: int) -> None:
    rng = Random(seed)
    coefficients = [sp.Integer(rng.randint(-4, 4)) for _ in range(4)] + [sp.Integer(3)]
    poly = sp.Poly(coefficients, z)
    found = sign_on_interval(coefficients, ZERO, ONE)
    roots = [r for r in sp.real_roots(poly) if 0 <= r <= 1] if poly.degree() > 0 else []
    if not roots:
        assert found == (1 if poly.eval(ZERO) > 0 else -1)
    elif min(poly.eval(point) for point in GRID) < 0:
        assert found == -1


def test_what_touches_zero_is_not_settled() -> None:
    assert sign_on_interval([ONE, -ONE, sp.Rational(1, 4)], ZERO, ONE) is None
    assert sign_on_interval([ONE, ZERO], ZERO, ONE) is None
    assert sign_on_interval([ONE, sp.Rational(1, 10)], ZERO, ONE) == 1
    assert sign_on_interval([-ONE, ONE, -ONE], ZERO, ONE) == -1


def test_only_real_numbers_have_a_sign() -> None:
    assert sign_on_interval([t], ZERO, ONE) is None
    root = sp.CRootOf(z**3 - z - 1, 0)
    assert sign_on_interval([ONE, -root], ZERO, ONE) == -1
    assert sign_on_interval([-ONE, root], ZERO, ONE) == 1


@pytest.mark.parametrize(
    "polynomial",
    [z**3 - z + t, z**3 - t * z + 1, t * z**3 - z + sp.Rational(1, 2), (z - t) * (z**2 + 1),
     z**4 - t * z**2 + t, z * t - 1],
    ids=str,
)  # fmt: skip
def test_where_a_polynomial_is_nonnegative(polynomial: sp.Expr) -> None:
    found = nonnegative_where(polynomial, z, (ZERO, ONE), Space((t,)))
    assert found is not None
    for k in range(-40, 41):
        value = sp.Rational(k, 7)
        poly = sp.Poly(polynomial.xreplace({t: value}), z)
        roots = sp.real_roots(poly) if poly.degree() > 0 else []
        points = [ZERO, ONE, *(r for r in roots if 0 < r < 1)]
        numbers = sorted(points, key=float)
        middles = [rational_between(a, b) for a, b in pairwise(numbers)]
        least = min(sp.simplify(poly.eval(p)) for p in [ZERO, ONE, *middles])
        assert truth_value(found, {t: value}) is bool(least >= 0), value


def test_what_is_not_read_is_not_answered() -> None:
    space = Space((t,))
    ends = (ZERO, ONE)
    assert nonnegative_where(sp.exp(z) - t, z, ends, space) is None
    assert nonnegative_where(z * sp.Symbol("b", real=True), z, ends, space) is None
    assert nonnegative_where(z - t, z, (ZERO, sp.sqrt(2)), space) is None
    assert nonnegative_where(sp.sqrt(2) * z - t, z, ends, space) is None
    assert nonnegative_where((z - t) ** 2, z, ends, space) is None


def test_an_isolated_point_matters_only_in_the_space() -> None:
    polynomial = -((t - 1) ** 2) * (z + 1)
    assert nonnegative_where(polynomial, z, (ZERO, ONE), Space.of(t > 2)) == sp.false
    assert nonnegative_where(polynomial, z, (ZERO, ONE), Space.of(t > 0)) is None


def test_samples_lie_between() -> None:
    points = [-sp.sqrt(2), sp.Rational(1, 3), sp.sqrt(3)]
    below, first, second, above = _samples(points)
    assert below < points[0] < first < points[1] < second < points[2] < above
    assert _samples([]) == [0]
    near = rational_between(sp.sqrt(2), sp.sqrt(2) + sp.Rational(1, 10**12))
    assert sp.sqrt(2) < near < sp.sqrt(2) + sp.Rational(1, 10**12)


def test_intervals_that_share_an_end_are_joined() -> None:
    pieces = [t <= 1, sp.And(t >= 1, t <= 2), sp.And(t >= 3, t <= 4), t >= 4]
    assert _joined(pieces) == sp.Or(t <= 2, t >= 3)
    assert _joined([]) == sp.false
