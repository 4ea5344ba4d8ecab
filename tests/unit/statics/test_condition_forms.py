"""Conditions as they are said: short, the same at every point, and by the names of quantities."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.parameter import Source
from gametheory_eeu.games import Quantity
from gametheory_eeu.statics.condition_forms import (
    ALWAYS,
    ConditionForms,
    condition_forms,
    conjunction,
    disjunction,
    positive_forms,
    zero_forms,
)

x, y, z = sp.symbols("x y z", real=True)
gap, delta = sp.Symbol("gap", real=True), sp.Symbol(r"\Delta", real=True)
VALUES = [sp.Integer(-2), sp.Integer(0), sp.Rational(1, 2), sp.Integer(1), sp.Integer(3)]
POINTS = [dict(zip((x, y, z), point, strict=True)) for point in product(VALUES, repeat=3)]
FIRST, SECOND = ConditionForms(x > 0, gap > 0, delta > 0), ConditionForms.plain(y < 1)


def quantity(name: str, expression: sp.Expr, symbol: str = r"\Delta") -> Quantity:
    return Quantity(name, symbol, expression, sp.true, "", Source("M"))


GAP = quantity("gap", x - 2 * y)


def space(*given: sp.Basic) -> Space:
    return Space.of(*given, symbols=[x, y, z])


def parts(forms: ConditionForms) -> tuple[sp.Basic, sp.Basic, sp.Basic]:
    return forms.condition, forms.by_name, forms.by_symbol


def test_forms_are_joined_part_by_part() -> None:
    assert parts(ALWAYS) == (sp.true, sp.true, sp.true)
    assert parts(SECOND) == (y < 1, y < 1, y < 1)
    assert parts(conjunction(FIRST, SECOND)) == (
        sp.And(x > 0, y < 1), sp.And(gap > 0, y < 1), sp.And(delta > 0, y < 1))  # fmt: skip
    assert parts(disjunction(FIRST, SECOND)) == (
        sp.Or(x > 0, y < 1), sp.Or(gap > 0, y < 1), sp.Or(delta > 0, y < 1))  # fmt: skip
    assert parts(conjunction(FIRST)) == parts(disjunction(FIRST)) == parts(FIRST)


@pytest.mark.parametrize(
    ("condition", "given", "expected"),
    [
        (sp.And(x * y > 0, x > 1), [y > 0], x > 1),
        (sp.And(x * y > y, x * z < z), [y > 0, z < 0], x > 1),
        (sp.Or(x * y > y, sp.And(x > 1, y > 3)), [y > 0], x > 1),
        (sp.Or(x * y > 2 * y, x * y < y), [y > 0], sp.Or(x > 2, x < 1)),
        (sp.And(x * y < 2 * y, x * y > y), [y > 0], sp.And(x < 2, x > 1)),
        (sp.And(y > 0, x * y > y), [], sp.And(y > 0, x > 1)),
        (x * y >= y, [y > 0], x >= 1),
        (x * y <= y, [y > 0], x <= 1),
        (x * y < y, [y > 0], x < 1),
        (x * y < y, [y < 0], x > 1),
        (x * y > 0, [x >= 0, y > 0], x > 0),
        (y * sp.exp(x) > 0, [], y > 0),
        (sp.Eq(x, y), [], sp.Eq(x, y)),
        (sp.Ne(x, y), [x >= y], sp.Ne(x, y)),
        (x**2 + 1 > 0, [], sp.true),
        (x * y > 1, [x < 0, y > 0], sp.false),
        (x**2 * (y - 1) > 0, [], x**2 * (y - 1) > 0),
    ],
    ids=str,
)
def test_a_condition_is_said_without_what_says_nothing(
    condition: sp.Basic, given: list[sp.Basic], expected: sp.Basic
) -> None:
    assert parts(condition_forms(condition, space(*given))) == (expected,) * 3
    inside = [p for p in POINTS if all(c.xreplace(p) == sp.true for c in given)]
    for point in inside:
        assert condition.xreplace(point) == expected.xreplace(point), point


@pytest.mark.parametrize(
    ("condition", "given", "expected"),
    [
        (sp.log(x / y) > 0, [x > 0, y > 0], x > y),
        (sp.log(x / y) >= 0, [x > 0, y > 0], x >= y),
        (y * sp.log(x) < 0, [x > 0, y > 0], x < 1),
        (y * sp.log(x) < 0, [x > 0, y < 0], x > 1),
        (y * z * sp.log(x) > 0, [x > 0, y < 0, z < 0], x > 1),
        (y * z * sp.log(x) > 0, [x > 0, y < 0, z > 0], x < 1),
        (y * sp.log(x) <= 0, [x > 0, y > 0], x <= 1),
        (z * sp.log(x) <= 0, [x > 0], z * sp.log(x) <= 0),
        (z * sp.log(x) <= 0, [x > 0, z >= 0], z * sp.log(x) <= 0),
        (sp.log(x) * sp.log(y) > 0, [x > 0, y > 0], sp.log(x) * sp.log(y) > 0),
        (sp.log(x) + y > 0, [x > 0], sp.log(x) + y > 0),
        (sp.log(x) ** 3 > 0, [x > 0], sp.log(x) ** 3 > 0),
    ],
    ids=str,
)
def test_a_logarithm_is_said_by_its_argument(
    condition: sp.Basic, given: list[sp.Basic], expected: sp.Basic
) -> None:
    assert parts(condition_forms(condition, space(*given))) == (expected,) * 3


def test_what_the_prover_cannot_read_is_said_as_it_is() -> None:
    for condition in (sp.sin(x) > y, sp.And(sp.floor(x) > y, y > 0)):
        assert condition_forms(condition, space()).condition == condition


@pytest.mark.parametrize(
    ("expression", "given", "strict", "condition", "name"),
    [
        (x - 2 * y, [], True, x - 2 * y > 0, gap > 0),
        (x - 2 * y, [], False, x - 2 * y >= 0, gap >= 0),
        (2 * x - 4 * y + 3, [], True, x - 2 * y > -sp.Rational(3, 2), gap > -sp.Rational(3, 2)),
        ((x - 2 * y) * z + 1, [], True, z * (x - 2 * y) + 1 > 0, gap * z + 1 > 0),
        ((x - 2 * y) * z - z, [z > 0], True, x - 2 * y > 1, gap > 1),
        ((x - 2 * y) ** 2, [], True, (x - 2 * y) ** 2 > 0, gap**2 > 0),
        (x + y, [], True, x + y > 0, x + y > 0),  # of which the name would spare nothing
        (x - z, [], True, x > z, x > z),
        (sp.exp(x) - 2 * y, [], True, sp.exp(x) > 2 * y, sp.exp(x) > 2 * y),
    ],
    ids=str,
)
def test_a_quantity_is_named_where_that_is_shorter(
    expression: sp.Expr, given: list[sp.Basic], strict: bool, condition: sp.Basic, name: sp.Basic
) -> None:
    found = positive_forms(expression, space(*given), (GAP,), strict=strict)
    assert parts(found) == (condition, name, name.xreplace({gap: delta}))
    plain = positive_forms(expression, space(*given), (), strict=strict)
    assert plain.condition == plain.by_name == plain.by_symbol
    assert not plain.by_name.has(gap)


def test_the_quantity_that_leaves_least_is_named() -> None:
    far = quantity("far", x - 2 * y - z, "F")
    expression = 3 * x - 6 * y - 3 * z
    for quantities in ((GAP, far), (far, GAP)):
        found = positive_forms(expression, space(), quantities)
        assert str(found.by_name) == "far > 0"
        assert found.condition == (x - 2 * y - z > 0)
    assert str(positive_forms(x - 2 * y + 3, space(), (far, GAP)).by_name) == "gap > -3"


def test_a_quantity_is_named_by_the_symbol_that_it_has_alone() -> None:
    """x*y - z is solved for z, and x**2 - y for y, whatever else comes first."""
    other = quantity("other", x * y - z)
    assert (
        str(positive_forms(2 * x * y - 2 * z + x, space(), (other,)).by_name) == "2*other + x > 0"
    )
    square = quantity("square", x**2 - y)
    assert str(positive_forms(2 * x**2 - 2 * y + 3, space(), (square,)).by_name) == "square > -3/2"


def test_a_name_that_a_symbol_bears_is_not_taken() -> None:
    taken = Space.of(gap > 0, symbols=[x, y, z])
    assert positive_forms(x - 2 * y, taken, (GAP,)).by_name == (x > 2 * y)


@pytest.mark.parametrize(
    "expression",
    [sp.Max(x, 2 * y), sp.Min(x, 2 * y), sp.Abs(x - 2 * y), sp.Piecewise((x, y > 0), (1, True)),
     sp.exp(x) - 2 * y, 2 * x, x**2 - 4 * y**2, x * y - 2 * z],
    ids=str,
)  # fmt: skip
def test_only_a_sum_with_a_symbol_of_its_own_is_named(expression: sp.Expr) -> None:
    """Neither cases, nor powers and products alone: a symbol of it has to be solved for."""
    other = quantity("other", expression)
    assert not positive_forms(x - 2 * y + z, space(), (other,)).by_name.has(
        sp.Symbol("other", real=True)
    )


def test_an_equation_is_named_by_what_is_zero() -> None:
    equation = sp.Eq(x, 2 * y)
    named = (equation, sp.Eq(gap, 0), sp.Eq(delta, 0))
    for factor in (1, -3, sp.Rational(1, 2)):
        assert parts(zero_forms(sp.expand(factor * (x - 2 * y)), equation, (GAP,))) == named
    other = quantity("other", x + y)
    assert parts(zero_forms(x - 2 * y, equation, (other, GAP))) == named
    for expression in (x - 3 * y, x - 2 * z, (x - 2 * y) * x, (x - 2 * y) ** 2):
        assert parts(zero_forms(expression, equation, (GAP,))) == (equation,) * 3
    assert parts(zero_forms(x - 2 * y, equation)) == (equation,) * 3
    assert parts(zero_forms(x, sp.Eq(x, 0), (quantity("q", x), quantity("m", sp.Max(x, 0))))) == (
        sp.Eq(x, 0),) * 3  # fmt: skip
