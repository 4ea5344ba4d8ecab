"""Relations with positive terms on either side: equivalent, and written as expected."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.solvers.readable import arrange_relation

a, b = sp.symbols("a b", real=True)
KINDS = [sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne]
EXPRESSIONS = [a - b, b - a, -a - b, -a - b + 1, a + b - 1, 1 - a, 2 * a - 4 * b, -a * b + 2,
               a * (b - 1), -3 * (a + 1), (1 - a) * (b + 1) / 2, -a, -1 - a]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_it_says_the_same(expression: sp.Expr, kind: type) -> None:
    found = arrange_relation(expression, kind)
    for values in product((-2, -1, 0, 1, 2), repeat=2):
        point = dict(zip((a, b), values, strict=True))
        assert found.subs(point) == kind(expression.subs(point), 0)
    for side in (found.lhs, found.rhs):
        signs = {term.as_coeff_Mul()[0] > 0 for term in sp.Add.make_args(side) if term != 0}
        assert signs <= {True} or not side.free_symbols


@pytest.mark.parametrize(
    ("expression", "kind", "text"),
    [
        (b / 2 - a / 2, sp.Ge, "b >= a"), (1 - a - b, sp.Gt, "a + b < 1"),
        (1 - a, sp.Ge, "a <= 1"), (-a, sp.Lt, "a > 0"), (-a, sp.Le, "a >= 0"),
        (2 * a - 4 * b + 6, sp.Gt, "a + 3 > 2*b"), (a, sp.Ne, "Ne(a, 0)"),
        (1 - a, sp.Eq, "Eq(a, 1)"), (-1 - a, sp.Gt, "a + 1 < 0"),
    ],
)  # fmt: skip
def test_known_forms(expression: sp.Expr, kind: type, text: str) -> None:
    assert str(arrange_relation(expression, kind)) == text


def test_numbers_are_decided() -> None:
    assert arrange_relation(sp.Integer(3), sp.Gt) == sp.true
    assert arrange_relation(sp.Integer(-3), sp.Gt) == sp.false
    assert arrange_relation(sp.Integer(0), sp.Ge) == sp.true
