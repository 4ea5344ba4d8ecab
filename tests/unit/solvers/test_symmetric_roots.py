"""Symmetric mixes of two actions, against the roots of the gain at points."""

from itertools import product
from math import comb

import pytest
import sympy as sp

from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.solvers import symmetric_roots
from gametheory_eeu.solvers.symmetric_roots import SymmetricMix, bernstein, interior_mixes

x, a, b, c = sp.symbols("x a b c", real=True)
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
PAIRS = [
    (-2, -1), (-1, 1), (0, 0), (0, 1), (1, 0), (1, HALF), (1, 1), (2, HALF), (3, -1), (-4, -1),
    (0, HALF), (-HALF / 2, 1), (3, -4), (4, -4), (-2, 3),
]  # fmt: skip
TRIPLES = [(0, 0, 0), (0, 0, 1), (0, -3, 1), (0, 3, 1), (0, 1, 1), (1, 0, -1), (0, -9, 1),
           (0, 16, -1), (0, -1, -1), (0, 1, -3)]  # fmt: skip
"""Of a quadratic's coefficients, one at least zero; the others are made from two roots."""
TRIPLES += [
    (p, -p * (r + s), p * r * s)
    for p, r, s in [
        (1, sp.Rational(1, 16), sp.Rational(1, 9)), (-2, sp.Rational(1, 9), 0),
        (-1, sp.Rational(1, 36), sp.Rational(1, 36)), (4, -1, sp.Rational(4, 9)),
        (1, -1, -2), (1, sp.Rational(1, 4), 2), (-1, 1, sp.Rational(16, 9)), (1, 3, 5),
    ]
]  # fmt: skip


def gains_of(polynomial: sp.Expr, degree: int) -> list[sp.Expr]:
    """What the first action brings more when 0, 1, … others take it: Bernstein coefficients."""
    terms = [sp.expand(polynomial).coeff(x, j) for j in range(degree + 1)]
    return [
        sp.expand(sum(sp.Rational(comb(k, j), comb(degree, j)) * terms[j] for j in range(k + 1)))
        for k in range(degree + 1)
    ]


def gain_at(gains: list[sp.Expr], first: sp.Expr) -> sp.Expr:
    others = len(gains) - 1
    chances = (comb(others, k) * first**k * (1 - first) ** (others - k) for k in range(others + 1))
    return sum(g * chance for g, chance in zip(gains, chances, strict=True))


def roots_inside(polynomial: sp.Expr) -> list[float]:
    found = set(sp.Poly(polynomial, x).real_roots())
    return sorted(float(root) for root in found if 0 < root < 1)


@pytest.mark.parametrize("gains", [[3], [1, -2], [0, 1, 1], [a, b, c], [1, 0, -4, 2, 5]], ids=str)
def test_the_coefficients_are_those_of_the_expected_gain(gains: list[sp.Expr]) -> None:
    expected = sp.Poly(gain_at(gains, x), x)
    powers = range(len(gains))
    assert bernstein(gains) == [expected.coeff_monomial(x**j) for j in powers]


@pytest.mark.parametrize(
    "polynomial",
    [
        2 * x - 1, 3 * x - 1, x, x - 1, sp.Integer(2), 2 * x - 3, (2 * x - 1) ** 2,
        x * (x - 1) * (3 * x - 2), 8 * x**2 - 8 * x + 1, x**2 - x + 1,
        (3 * x - 1) * (2 * x**2 - 1) * (x + 1), (9 * x**2 - 2) * (x**3 - 5 * x + 3),
    ],
    ids=str,
)  # fmt: skip
def test_in_numbers_every_root_inside_is_found_in_order(polynomial: sp.Expr) -> None:
    degree = int(sp.degree(polynomial, x)) if polynomial.has(x) else 1
    mixes = list(interior_mixes(gains_of(polynomial, degree)))
    assert [float(m.first) for m in mixes] == pytest.approx(roots_inside(polynomial))
    assert all(m.first + m.second == 1 and m.condition == sp.true for m in mixes)
    assert all((m.radius, m.free) == (0, ()) for m in mixes)


def test_every_probability_will_do_where_nothing_is_gained() -> None:
    (mix,) = interior_mixes([0, 0, 0])
    assert mix.free == (mix.first,)
    assert (mix.first + mix.second, mix.condition) == (1, sp.true)


@pytest.mark.parametrize(("degree", "exact"), [(12, True), (13, False)])
def test_a_root_is_an_algebraic_number_up_to_a_degree(degree: int, exact: bool) -> None:
    (mix,) = interior_mixes([-1] + [0] * (degree - 1) + [1])  # x^n = (1 - x)^n
    assert (mix.first, mix.second, mix.radius) == (HALF, HALF, 0)
    (mix,) = interior_mixes([-1] * degree + [2])  # 3 x^n = 1
    assert (mix.radius == 0) is exact
    assert abs(sp.N(mix.first - THIRD ** sp.Rational(1, degree), 40)) <= max(mix.radius, 1e-35)
    assert mix.radius < sp.Rational(1, 2**100)
    assert mix.first + mix.second == 1
    assert symmetric_roots.LARGEST_EXACT_DEGREE == 12


FAMILIES = {
    "a line": (a * x - b, 1),
    "a line with a number for its slope": (2 * x - b, 1),
    "a pure power": (a * x**3 - b, 3),
    "a power that is divided out": (x**2 * (a * x**2 - b), 4),
    "a quadratic": (a * x**2 + b * x + c, 2),
    "a quadratic with a number in front": (2 * x**2 - b * x + a, 2),
    "a quadratic in a square": (a * x**4 + b * x**2 + c, 4),
    "a quadratic in a cube": (a * x**6 - b * x**3 + THIRD, 6),
    "two roots at the ends and a line": (x * (1 - x) * (a * x - b), 3),
    "roots at the ends and a quadratic": (x * (1 - x) * (a * x**2 + b * x + c), 4),
    "two roots at one": ((1 - x) ** 2 * (a * x - b), 3),
    "a root at one and a quadratic": ((1 - x) * (a * x**2 + b * x + c), 3),
    "roots at the ends only": (a * (x - 1) * (x - 1) * x, 3),
    "even about a half": (a * (x - HALF) ** 4 + b * (x - HALF) ** 2 + c, 4),
    "even about a third": (a * (x - THIRD) ** 4 + b * (x - THIRD) ** 2 + c, 4),
    "even about one": (a * (x - 1) ** 4 + b * (x - 1) ** 2 + 1, 4),
    "even about two": ((x - 2) ** 4 + b * (x - 2) ** 2 + a, 4),
    "even about less than zero": (a * (x + 1) ** 4 + (x + 1) ** 2 * b - 1, 4),
    "few terms seen from the other end": (a * (1 - x) ** 3 - b, 3),
    "a quadratic in a square from the other end": (a * (1 - x) ** 4 - b * (1 - x) ** 2 + 1, 4),
}  # fmt: skip


@pytest.mark.parametrize("name", FAMILIES)
def test_with_symbols_every_root_is_found_at_every_point(name: str) -> None:
    polynomial, degree = FAMILIES[name]
    symbols = sorted(polynomial.free_symbols - {x}, key=str)
    mixes = list(interior_mixes(gains_of(polynomial, degree)))
    for values in TRIPLES if len(symbols) == 3 else PAIRS:
        point = {s: sp.sympify(v) for s, v in zip(symbols, values, strict=False)}
        truths = [truth_value(m.condition, point) for m in mixes]
        assert None not in truths, point
        there = [m for m, truth in zip(mixes, truths, strict=True) if truth]
        there_polynomial = sp.expand(polynomial.subs(point))
        if there_polynomial == 0:
            (mix,) = there
            assert mix.free == (mix.first,)
            assert mix.first + mix.second == 1
            continue
        found = sorted(float(m.first.subs(point)) for m in there)
        assert found == pytest.approx(roots_inside(there_polynomial)), point
        assert all(not m.free for m in there)
        assert all(abs(float((m.first + m.second).subs(point)) - 1) < 1e-12 for m in there)


def test_a_number_of_roots_is_not_told_where_there_are_none() -> None:
    assert list(interior_mixes(gains_of(a**2 + 1 + x, 1))) == []
    assert [m.first for m in interior_mixes(gains_of((x + 1) * (a + 2), 1)) if not m.free] == []


def test_the_free_probability_needs_all_to_vanish() -> None:
    free = next(m for m in interior_mixes([a, b, c]) if m.free)
    for values in product((0, 1), repeat=3):
        point = dict(zip((a, b, c), map(sp.Integer, values), strict=True))
        assert truth_value(free.condition, point) is not any(values)


def test_the_second_probability_is_written_short() -> None:
    mixes = [m for m in interior_mixes([b, b - a]) if not m.free]  # b - a x
    assert [(m.first, m.second) for m in mixes] == [(b / a, (a - b) / a)] or [
        (sp.cancel(m.first), sp.cancel(m.second - (a - b) / a)) for m in mixes
    ] == [(b / a, 0)]


@pytest.mark.parametrize(
    ("polynomial", "degree", "message"),
    [
        (x**3 + a * x + b, 3, "degree 3 with 3 terms"),
        (x**5 + a * x + 1, 5, "degree 5 with 3 terms"),
        (x**4 + a * x**3 + x + 1, 4, "degree 4 with 4 terms"),
        ((x - HALF) ** 4 + (x - HALF) ** 2 + a * x, 4, "degree 4 with 5 terms"),
    ],
    ids=str,
)
def test_what_has_no_closed_form_here_is_refused(
    polynomial: sp.Expr, degree: int, message: str
) -> None:
    with pytest.raises(UnsupportedError, match=message):
        list(interior_mixes(gains_of(polynomial, degree)))


def test_a_mix_without_more_holds_everywhere() -> None:
    mix = SymmetricMix(THIRD, 1 - THIRD)
    assert (mix.condition, mix.radius, mix.free) == (sp.true, 0, ())
