"""Inequalities in their shortest form: equivalent at every point, and as people write them."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.statics.condition_forms import (
    _candidates,
    _complexity,
    _orient,
    _separate_symbols,
    _two_sided_relation,
    absorb_minus_signs,
    positive_condition,
)

x, y, z = sp.symbols("x y z", real=True)
VALUES = [sp.Integer(-2), sp.Integer(0), sp.Rational(1, 3), sp.Integer(1)]
POINTS = [dict(zip((x, y, z), point, strict=True)) for point in product(VALUES, repeat=3)]
HALF = sp.Rational(1, 2)
CASES: list[tuple[sp.Expr, list[sp.Basic], sp.Basic, sp.Basic]] = [
    (x - y, [], x > y, x >= y),
    (2 * x - 1, [], x > HALF, x >= HALF),
    (1 - 2 * x, [], x < HALF, x <= HALF),
    (x * y - 1, [y > 0], x > 1 / y, x >= 1 / y),
    (x * y - 1, [y < 0], x < 1 / y, x <= 1 / y),
    (x * y - y * z, [y > 0], x > z, x >= z),
    (-x - y, [], x + y < 0, x + y <= 0),
    (x * y - x * z - y**2, [], x * (y - z) > y**2, x * (y - z) >= y**2),
    (x * y - z * (x + 1), [], x * (y - z) > z, x * (y - z) >= z),
    (1 - x**2 - y**2, [], x**2 + y**2 < 1, x**2 + y**2 <= 1),
    (x**2 - 1, [], x**2 > 1, x**2 >= 1),
    (x * y - y * z - y * z**2, [y > 0], x > z**2 + z, x >= z**2 + z),
    (3 * y - 3 * x**2, [], y > x**2, y >= x**2),
    (x - y * z - z - y - 1, [], x > (y + 1) * (z + 1), x >= (y + 1) * (z + 1)),
    ((x - z) * (y - 1), [], (x - z) * (y - 1) > 0, (x - z) * (y - 1) >= 0),
    (sp.Max(x, y) - 2 * z, [], sp.Max(x, y) - 2 * z > 0, sp.Max(x, y) - 2 * z >= 0),
]


def candidates(expression: sp.Expr, *given: sp.Basic, strict: bool = True) -> set[sp.Basic]:
    return set(_candidates(expression, Space.of(*given, symbols=[x, y, z]), strict))


@pytest.mark.parametrize(("expression", "given", "strict", "weak"), CASES, ids=str)
def test_an_inequality_is_written_short_and_means_the_same(
    expression: sp.Expr, given: list[sp.Basic], strict: sp.Basic, weak: sp.Basic
) -> None:
    space = Space.of(*given, symbols=[x, y, z])
    assert positive_condition(expression, space) == strict
    assert positive_condition(expression, space, strict=False) == weak
    inside = [p for p in POINTS if all(c.xreplace(p) == sp.true for c in given)]
    for point in inside:
        value = expression.xreplace(point)
        assert bool(strict.xreplace(point)) is bool(value > 0), point
        assert bool(weak.xreplace(point)) is bool(value >= 0), point


def test_what_is_long_or_has_cases_comes_back_as_it_is() -> None:
    space = Space.of(x > 0, symbols=[x, y, z])
    long = sp.Add(*(k * x**k * y ** (k % 3) for k in range(1, 40)))
    for expression in (long, x * sp.Min(y, z), x * sp.Piecewise((y, z > 0), (1, True))):
        assert positive_condition(expression, space) == (expression > 0)
    assert positive_condition(x * y, space) == (y > 0)


def test_every_candidate_means_the_same() -> None:
    for expression, given, *_ in CASES[3:9]:
        for strict in (True, False):
            inside = [p for p in POINTS[::3] if all(c.xreplace(p) == sp.true for c in given)]
            found = candidates(expression, *given, strict=strict)
            assert len(found) > 1
            for candidate, point in product(found, inside):
                if any(side.xreplace(point).is_finite is False for side in candidate.args):
                    continue  # 1/y at zero
                value = expression.xreplace(point)
                expected = value > 0 if strict else value >= 0
                assert bool(candidate.xreplace(point)) is bool(expected), (candidate, point)


def test_an_inequality_is_solved_only_for_a_symbol_of_known_sign() -> None:
    assert (x > 1 / y) in candidates(x * y - 1, y > 0)
    assert (x < 1 / y) in candidates(x * y - 1, y < 0)
    assert not any(r.lhs == x for r in candidates(x * y - 1) | candidates(x * y - 1, y >= 0))
    assert not any(r.lhs == x for r in candidates(x**2 - y) | candidates(sp.exp(x) - y))
    assert (y < sp.exp(x)) in candidates(sp.exp(x) - y)
    assert (x > 2 * y) in candidates(x / 2 - y)
    assert (x < 2 * y) in candidates(y - x / 2)
    assert (x >= y / 2) in candidates(2 * x - y, strict=False)
    assert (y <= 2 * x) in candidates(2 * x - y, strict=False)


def test_terms_are_on_the_side_where_they_are_positive() -> None:
    assert _two_sided_relation([x * y, x], [z], strict=True) == (x * (y + 1) > z)
    assert _two_sided_relation([x], [y], strict=False) == (x >= y)
    assert _two_sided_relation([-x], [-y], strict=True) == (x < y)
    assert _two_sided_relation([-x], [-y], strict=False) == (x <= y)
    assert _two_sided_relation([-x], [y], strict=True) == (-x > y)
    assert _two_sided_relation([x], [-y], strict=True) == (x > -y)
    assert _two_sided_relation([], [x], strict=True) == (sp.Integer(0) > x)
    # x*y - z with both on the left, and apart
    assert {x * y - z > 0, x * y > z} <= candidates(x * y - z)


def test_two_symbols_are_apart_where_they_are_in_every_term() -> None:
    def apart(expression: sp.Expr) -> list[sp.Basic]:
        return list(_separate_symbols(expression, [x, y, z], True))

    assert apart(x * y - x * z - y**2) == [x * (y - z) > y**2, y * (x - y) > x * z]
    assert apart(x * y - x * z - z) == [x * (y - z) > z, x * y > z * (x + 1)]
    assert apart(x**2 * y + 3 * x - y) == [x * (x * y + 3) > y]
    assert apart(y * sp.exp(x) - z * y - z) == [-y * (z - sp.exp(x)) > z]
    assert apart(x * y + 1) == apart(x * y) == []


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        (x > 1, x > y), (x > 1234, x > y), (x > HALF, x > 10000 * y), (x > 12, x > 1234),
        (x > y, -x > y),
        (x > y, x > -y), (x > y, x * y > 1), (x > z / y, x > z / (y + 1)), (x > 1 / y, x > y**-2),
        (y * (x + 1) > 2, x * y + y > 2), (x > y, sp.And(x > y, x > z)),
        (x > 2 * y, x > 1 / (y + z)), (x > y, x**2 > y), (x * y**-2 > 2, x * (y + 1) ** -2 > 2),
        (2 * x * y * z > z, 1 / (x + y) > z), (x * y * z > z, 1 / x**2 > z),
    ],
)  # fmt: skip
def test_the_easier_to_read_comes_first(shorter: sp.Basic, longer: sp.Basic) -> None:
    assert _complexity(shorter) < _complexity(longer)
    assert _complexity(shorter)[1:] == (len(str(shorter)), str(shorter))


def test_a_number_is_on_the_right() -> None:
    assert _orient(sp.Gt(3, x, evaluate=False)) == (x < 3)
    assert _orient(sp.Le(0, x - y, evaluate=False)) == (x - y >= 0)
    assert _orient(sp.Gt(x, y)) == (x > y)
    assert _orient(sp.Lt(-x * (y - z), 1)) == (x * (z - y) < 1)
    assert _orient(sp.Lt(1, -x * (y - z), evaluate=False)) == (x * (z - y) > 1)
    assert _orient(sp.Eq(3, x, evaluate=False)) == sp.Eq(3, x, evaluate=False)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ((y - x) * (-1 - x), "(x + 1)*(x - y)"), (-z * (y - x), "z*(x - y)"),
        (-x * (x - y), "x*(-x + y)"), ((-x - y) * (z - 1), "(1 - z)*(x + y)"),
        (-z * (y - x) ** 2, "-z*(x - y)**2"), ((-x - y) ** 2, "(x + y)**2"),
        ((-x - y) ** 3, "(-x - y)**3"), (-x * (z - y) ** 3, "x*(y - z)**3"),
        (-x / (y - z), "x/(-y + z)"), (-(x - y) ** 2, "-(x - y)**2"), (-2 * x, "-2*x"),
        (-x - y, "-x - y"), (3 - x, "3 - x"), (-2 * (x - y) * (z - 1), "(1 - z)*(2*x - 2*y)"),
        (sp.Integer(-3), "-3"), (x, "x"), (-z * (x + y), "z*(-x - y)"),
        (x * (y - z) / 2, "x*(y - z)/2"), (-x * (y - z) / 2, "x*(-y + z)/2"),
        (-x * sp.sqrt(y - z), "-x*sqrt(y - z)"), ((-x - y) ** sp.Rational(1, 3), "(-x - y)**(1/3)"),
    ],
)  # fmt: skip
def test_a_minus_is_spared_and_the_value_kept(expression: sp.Expr, text: str) -> None:
    found = absorb_minus_signs(expression)
    assert str(found) == text
    point = {x: sp.Integer(5), y: sp.Rational(7, 2), z: sp.Rational(1, 3)}
    assert sp.simplify(found.xreplace(point) - expression.xreplace(point)) == 0


def test_what_the_prover_cannot_read_comes_back_as_it_is() -> None:
    assert positive_condition(y - sp.sin(x), Space.of(symbols=[x, y])) == (y - sp.sin(x) > 0)


def test_a_sign_taken_out_of_a_denominator_leaves_exact_numbers() -> None:
    form = absorb_minus_signs(x / (-z + y) / (-y + x))
    assert not form.atoms(sp.Float)
    assert sp.simplify(form - x / (y - z) / (x - y)) == 0
    assert not positive_condition(z * (x - y) - y, Space.of(x - y < 0)).atoms(sp.Float)
