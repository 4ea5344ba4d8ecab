"""Where a weak sign is strict, or an undecided one positive: proved, and so at every point."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.core.parameter import Source
from gametheory_eeu.games import ImplicitRoot, Quantity
from gametheory_eeu.statics.condition_forms import unknown_sign
from gametheory_eeu.statics.conditions import (
    SignCondition,
    _factor_list,
    _remainder,
    _separate_proofs,
    sign_condition,
)

x, y, z = sp.symbols("x y z", real=True)
VALUES = [sp.Integer(-2), sp.Integer(0), sp.Rational(1, 2), sp.Integer(1), sp.Integer(3)]
POINTS = [dict(zip((x, y, z), point, strict=True)) for point in product(VALUES, repeat=3)]
GAP = Quantity("gap", r"\Delta", x - 2 * y, sp.true, "", Source("M"))


def condition(
    expression: sp.Expr, *given: sp.Basic, root: ImplicitRoot | None = None
) -> SignCondition | None:
    space = Space.of(*given, symbols=[x, y, z])
    return sign_condition(prover.sign(expression, given=space), (GAP,), root)


@pytest.mark.parametrize(
    ("expression", "given", "where"),
    [
        (x, [], x > 0),
        (x * (y - 1), [x > 0], y > 1),
        (x * (y - 1), [x < 0], y < 1),
        (-x, [x >= 0], x > 0),
        (x, [x <= 0], x < 0),
        ((x - 1) ** 2 * y, [y > 0], sp.Ne(x - 1, 0)),
        (-((x - 1) ** 2) * y, [y > 0], sp.Ne(x - 1, 0)),
        (-(x**2) * y**2, [], sp.And(sp.Ne(x, 0), sp.Ne(y, 0))),
        ((x - 1) * y**2, [], sp.And(x > 1, sp.Ne(y, 0))),
        ((1 - x) * y**2, [], sp.And(x < 1, sp.Ne(y, 0))),
        ((x - y) ** 3, [], x > y),
        ((x - y) ** 3 * x**2, [x > 0], x > y),
        (x * y, [], x * y > 0),
        (x * y, [x >= 0, y >= 0], sp.And(x > 0, y > 0)),
        (-x * y, [x >= 0, y >= 0], sp.And(x > 0, y > 0)),
        (x * y, [x >= 0, y <= 0], sp.And(x > 0, y < 0)),
        (x * y**3 * z, [x >= 0, y <= 0], sp.And(x > 0, y < 0, z < 0)),
        (x * y**2 * z, [x >= 0, y <= 0], sp.And(x > 0, y < 0, z > 0)),
        (x * y * (z - 1), [x >= 0, y > 0], sp.And(x > 0, z > 1)),
        (sp.exp(x) - 1, [], sp.exp(x) > 1),
        (x * (sp.exp(y) - 1), [x > 0], sp.exp(y) > 1),
    ],
    ids=str,
)
def test_where_a_sign_is_strict(
    expression: sp.Expr, given: list[sp.Basic], where: sp.Basic
) -> None:
    found = condition(expression, *given)
    assert found is not None
    assert found.condition == where
    assert found.text == str(where)
    assert [p.verdict for p in found.proofs] == ["proved"]
    sign = prover.sign(expression, given=Space.of(*given, symbols=[x, y, z])).sign
    for point in POINTS if expression.is_polynomial() else ():
        if all(c.xreplace(point) == sp.true for c in given):
            value = expression.xreplace(point)
            strict = value < 0 if sign == "<=0" else value > 0
            assert bool(where.xreplace(point)) is bool(strict), point


def test_a_condition_is_said_by_the_names_of_quantities() -> None:
    found = condition((x - 2 * y) * z, z >= 0)
    assert found is not None
    assert found.condition == sp.And(x - 2 * y > 0, z > 0)
    assert found.text == "(gap > 0) & (z > 0)"


def test_what_turns_on_nothing_has_no_condition() -> None:
    for expression in (x**2 + 1, -(x**2) - 1, x - x):
        assert condition(expression) is None
    assert condition(sp.Max(x, 0)) is None  # nothing simpler decides it
    assert condition(sp.Max(x, 0) * sp.Min(y, z)) is None
    assert condition(sp.Piecewise((x, y > 0), (1, True))) is None
    assert sign_condition(unknown_sign(x, Space.of(symbols=[x]), "not read")) is None


def test_a_condition_at_a_root_is_reduced_by_its_equation() -> None:
    """x is the square root of y: x**4 - y - 2 is y**2 - y - 2 there, positive from 2 on."""
    root = ImplicitRoot(x, x**2 - y, x > 0)
    on_it = [sp.Eq(x**2 - y, 0), x > 0]
    found = condition(x**4 - y - 2, *on_it, root=root)
    assert found is not None
    assert found.condition.free_symbols == {y}
    for value in (sp.Rational(1, 2), sp.Integer(2), sp.Integer(3)):
        assert bool(found.condition.xreplace({y: value})) is bool(value > 2)


@pytest.mark.parametrize(
    ("deciding", "equation", "expected"),
    [
        (x**3 - y * x + y - 1, x**2 - y, y - 1),
        (x**2 - 1, x**2 - y, y - 1),
        (x**2 + x, x**2 - y, x + y),  # shorter
        (x**2 + 1, x**2 - x * y - z * x - y - 1, None),  # not shorter, and the root is in it
        (x, x**3 - y, None),
        (z - 1, x**2 - y, None),  # of which the root is no part
        (x - 1, sp.exp(x) - y, None),
        (sp.exp(x) - 1, x**2 - y, None),
        (x**2, y * x - 1, 1),  # the denominator is left out: whether it matters is proved
    ],
    ids=str,
)
def test_the_remainder_modulo_an_equation(
    deciding: sp.Expr, equation: sp.Expr, expected: sp.Expr | None
) -> None:
    assert _remainder(deciding, ImplicitRoot(x, equation, sp.true)) == expected


@pytest.mark.parametrize(
    ("expression", "constant", "factors"),
    [
        (3 * x * (y - 1) ** 2, 3, [(x, 1), (y - 1, 2)]),
        (-2 * x, -2, [(x, 1)]),
        ((2 * x - 4 * y) ** 3 / 2, 4, [(x - 2 * y, 3)]),
        ((1 - x) ** 2 * (1 - y), -1, [(x - 1, 2), (y - 1, 1)]),
        ((2 - 2 * x) ** 3, -8, [(x - 1, 3)]),
        (-((x - 1) ** 2), -1, [(x - 1, 2)]),
        (sp.sqrt(2) * x, sp.sqrt(2), [(x, 1)]),
        (y * sp.exp(x), 1, [(y * sp.exp(x), 1)]),
    ],
    ids=str,
)
def test_a_product_is_its_constant_times_its_factors(
    expression: sp.Expr, constant: sp.Expr, factors: list[tuple[sp.Expr, int]]
) -> None:
    assert _factor_list(expression) == (constant, factors)
    product_of_all = sp.Mul(constant, *(factor**power for factor, power in factors))
    assert sp.expand(product_of_all - expression) == 0


def test_a_sign_that_only_parts_can_decide() -> None:
    """With a logarithm an equivalence is refused: the two implications are proved apart."""
    found = condition((x - 1) * sp.log(1 + y), x >= 1, y > 0)
    assert found is not None
    assert found.condition == (x > 1)
    falling = condition((1 - x) * sp.log(1 + y), x >= 1, y > 0)
    assert falling is not None
    assert falling.condition == (x > 1)


@pytest.mark.parametrize(
    ("expression", "condition", "count"),
    [
        (sp.Max(x, 0), x > 0, 2), (sp.Min(x, 0), x < 0, 2), (x**3, x > 0, 2), (x, x > 0, 2),
        (x, x >= 0, 0), (x, x > 1, 0), (sp.Max(x, 0), x > 1, 0), (sp.Max(x, 0), x > -1, 0),
        (sp.Min(x, 0), x < -1, 0), (sp.Min(x, 0), x < 1, 0), (sp.Min(x, 0), x > 0, 0),
    ],
    ids=str,
)  # fmt: skip
def test_two_implications_where_only_signs_are_decided(
    expression: sp.Expr, condition: sp.Basic, count: int
) -> None:
    result = prover.sign(expression, given=Space.of(symbols=[x, y]))
    proofs = _separate_proofs(result, condition)
    assert len(proofs) == count
    assert all(proof.verdict == "proved" for proof in proofs)
