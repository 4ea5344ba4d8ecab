"""The shortest forms of conditions and values stay equal to what they were made of."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.solvers.readable import _length, _wider, simplify_condition, simplify_value

a, b, x = sp.symbols("a b x", real=True)
FREE = Space((a, b))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (sp.Or(sp.And(a > 0, b > 0), sp.And(a > 0, b <= 0)), a > 0),
        (sp.Or(a > 1, sp.And(a <= 1, b > 0)), sp.Or(a > 1, b > 0)),
        (sp.Or(sp.And(sp.Eq(a, 1), b > 2), sp.And(a > 1, b > 2)), sp.And(a >= 1, b > 2)),
        (a > b, a > b),
        (sp.true, sp.true),
        (sp.And(a > 0, a < 0), sp.false),
    ],
    ids=str,
)
def test_relations_that_keep_cases_apart_are_left_out(condition: Any, expected: Any) -> None:
    found = simplify_condition(condition, FREE)
    assert found == expected


@pytest.mark.parametrize(
    "condition",
    [
        sp.Or(sp.And(a > b, b > 0), sp.And(a <= b, a > 1)),
        sp.And(sp.Or(a > 1, sp.And(a <= 1, b > 0)), sp.Or(b < 1, sp.And(b >= 1, a > 0))),
        sp.Or(sp.And(a < 0, b < 0), sp.And(a >= 0, b > 1), sp.Eq(a, b)),
        sp.And(a > 0, sp.Or(sp.And(a > 1, b < 2), sp.And(a < 1, b < 2), sp.And(b > 2, a < 1))),
        sp.Or(sp.And(a < 1, b >= 0), sp.And(a > 1, b >= 0)),
    ],
    ids=str,
)
def test_a_shorter_condition_is_equivalent(condition: Any) -> None:
    found = simplify_condition(condition, FREE)
    for values in product((-1, 0, 1, 2, sp.Rational(1, 2), 3), repeat=2):
        point = dict(zip((a, b), values, strict=True))
        assert bool(found.subs(point)) == bool(condition.subs(point)), (found, point)


def test_what_the_space_says_is_left_out() -> None:
    space = Space((a, b), (a > 0,))
    assert simplify_condition(sp.And(a > -1, b > 0), space) == (b > 0)
    assert simplify_condition(a < 0, space) == sp.false


def test_what_the_prover_cannot_read_stays_as_it_is() -> None:
    strange = sp.Gt(sp.gamma(a), b)
    assert simplify_condition(strange, FREE) == strange


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (a > b, (sp.true, a >= b)), (a < b, (sp.true, a <= b)), (a >= b, (sp.true,)),
        (a <= b, (sp.true,)), (sp.Eq(a, b), (sp.true,)), (sp.Ne(a, b), (sp.true,)),
    ],
    ids=str,
)  # fmt: skip
def test_what_a_relation_may_be_widened_to(relation: Any, expected: Any) -> None:
    assert _wider(relation) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (a**2 + 2 * a * b + b**2, (a + b) ** 2), (a * (1 - b) + a * b, a),
        ((a**2 - b**2) / (a - b), a + b), (a / b + 1 / b, (a + 1) / b),
        (-(a - b) / (b - 1), (a - b) / (1 - b)), (sp.Integer(3), 3), (a, a),
        ((-a - 1) / (-b - 2), (a + 1) / (b + 2)), (a * (b + 1) - a, a * b),
        (sp.sqrt(a**2 + 1) * 2 - sp.sqrt(a**2 + 1), sp.sqrt(a**2 + 1)),
    ],
    ids=str,
)  # fmt: skip
def test_the_shorter_form_of_a_value(value: sp.Expr, expected: sp.Expr) -> None:
    found = simplify_value(value)
    assert sp.simplify(found - value) == 0
    assert _length(found) <= _length(value)
    assert found == expected


@pytest.mark.parametrize(
    "value",
    [sp.Max(a, b) + a - a * b + a * (b - 1), sp.Abs(a) * (b + 1) - b * sp.Abs(a),
     sp.CRootOf(x**5 - x - 1, 0) * (a + 1) - a],
    ids=str,
)  # fmt: skip
def test_cases_and_roots_stay_as_they_are(value: sp.Expr) -> None:
    assert simplify_value(value) == value


def test_the_length_of_an_expression() -> None:
    assert _length(a) == (1, 1, "a")
    assert _length(a + b) == (3, 5, "a + b")
    assert _length(a**2 * b - 3)[0] == 3 + 2
    assert _length(sp.Integer(10)) == (0, 2, "10")
