"""Conditions on the signs of polynomials as people write them, the same at every point."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.parameter import Source
from gametheory_eeu.games import Quantity
from gametheory_eeu.prover import CellDecomposition
from gametheory_eeu.statics.regimes import ConditionWriter

x, y, z, w = sp.symbols("x y z w", real=True)
SPACE = Space.of(z > 0, symbols=[x, y, z])
CONDITIONS = (sp.And(x * z > y + 1, z > 0), sp.And(x > 2 * y, y > 0), x**2 > y)
VALUES = [sp.Integer(-2), sp.Integer(0), sp.Rational(1, 2), sp.Integer(1), sp.Integer(3)]
POINTS = [dict(zip((x, y, z), point, strict=True)) for point in product(VALUES, repeat=3)]
LONG = x**2 * y**2 - z**2 - 1
RELATIONS = {(1,): sp.Gt, (-1,): sp.Lt, (0,): sp.Eq, (0, 1): sp.Ge, (-1, 0): sp.Le, (-1, 1): sp.Ne}


def writer(
    *conditions: sp.Basic, space: Space = SPACE, **quantities: sp.Expr
) -> tuple[ConditionWriter, list[sp.Expr]]:
    cells = CellDecomposition(conditions, space, True)
    named = {
        name: Quantity(name, name, sp.sympify(e), sp.true, "", Source("M"))
        for name, e in quantities.items()
    }
    return ConditionWriter(cells, named, conditions), list(cells.polynomials)


@pytest.mark.parametrize("signs", RELATIONS, ids=str)
def test_a_relation_is_that_of_its_polynomial_with_zero(signs: tuple[int, ...]) -> None:
    written, polynomials = writer(*CONDITIONS, need=(y + 1) / z)
    assert set(polynomials) == {z, x * z - y - 1, y, x - 2 * y, x**2 - y}
    for k, polynomial in enumerate(polynomials):
        if polynomial == z:
            continue
        relation = written.relation(k, frozenset(signs))
        for point in (p for p in POINTS if p[z] > 0):
            expected = RELATIONS[signs](polynomial.xreplace(point), 0)
            assert relation.xreplace(point) == expected, (relation, point)


def test_signs_that_are_not_possible_are_left_out() -> None:
    written, polynomials = writer(x * z > y, z > 0)
    assert written.relation(polynomials.index(z), frozenset({1, 0})) == (z > 0)
    assert written.relation(polynomials.index(z), frozenset({1})) == (z > 0)


@pytest.mark.parametrize(
    ("condition", "quantity", "expected"),
    [
        # A symbol against a quantity comes first, then the shortest.
        (x * z > y + 1, (y + 1) / z, x > (y + 1) / z),
        (y < x * z - 1, (y + 1) / z, x > (y + 1) / z),
        (x * z > y + 1, x * z - 1, y < x * z - 1),
        (x * z > y + 1, (y + 2) / z, x * z > y + 1),
        (x * z > y + 1, (w + 1) / z, x * z > y + 1),
        (x * z > y + 1, x, x * z > y + 1),
        # What has a name is short, unless something is shorter still.
        (x * z > y + 1, x * z - y - 1, x * z > y + 1),
        (LONG > 0, LONG, LONG > 0),
        (LONG > 0, -2 * LONG, -2 * LONG < 0),
        (x**2 * y**2 > z**2 + 1, LONG + y, x**2 * y**2 > z**2 + 1),
        (x * z > y + 1, sp.Max(x, y), x * z > y + 1),
        (x > 2 * y, 2 * y, x > 2 * y),
        (x > y, x, x > y),  # a symbol is no quantity of its own
        (x * z > y + 1, sp.sin(x) * y * z, x * z > y + 1),
        (x * sp.sqrt(z) - y > 0, 3, x > y / sp.sqrt(z)),
        (x - 2 * y > 0, 3, x > 2 * y),
        (2 * y - x < 0, 3, x > 2 * y),
        (x**2 - y > 0, 3, y < x**2),
        (2 * x - 4 * y > -1, 3, x > 2 * y - sp.Rational(1, 2)),
        (x**2 * z - z * y > 0, 3, y < x**2),
        (x * y + x * z > 1, 3, x > 1 / (y + z)),
        (x**2 * y**2 > z**2 + 1, 3, x**2 * y**2 > z**2 + 1),
        (y / z > x, 3, x > y / z),
        (x - 1 > 0, 3, x > 1),
    ],
    ids=str,
)  # fmt: skip
def test_a_condition_is_written_as_people_write_it(
    condition: sp.Basic, quantity: sp.Expr, expected: sp.Basic
) -> None:
    space = Space.of(z > 0, y + z > 0, symbols=[x, y, z])
    written, polynomials = writer(condition, space=space, named=quantity)
    (k,) = [k for k, e in enumerate(polynomials) if x in e.free_symbols]
    found = {written.relation(k, frozenset({sign})) for sign in (1, -1)}
    assert expected in found


def test_common_relations_are_said_once() -> None:
    written, polynomials = writer(*CONDITIONS, need=(y + 1) / z)
    product_sign, y_sign, line = (polynomials.index(e) for e in (x * z - y - 1, y, x - 2 * y))
    up, down, weak = frozenset({1}), frozenset({-1}), frozenset({0, 1})
    both = [{product_sign: up, y_sign: down}, {product_sign: up, line: weak}]
    need = x > (y + 1) / z
    assert written.condition(both) == sp.And(need, sp.Or(y < 0, x >= 2 * y))
    assert written.condition(both[:1]) == sp.And(need, y < 0)
    assert written.condition([{y_sign: up}, {line: weak}]) == sp.Or(y > 0, x >= 2 * y)
    assert written.condition([{product_sign: up}, both[0]]) == need
    assert written.condition([]) == sp.false
    assert written.condition([{}]) == sp.true
