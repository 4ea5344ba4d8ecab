"""The tightest bounds are as true as all of them, and none could be left out."""

from functools import cache
from itertools import combinations, product

import pytest
import sympy as sp

from gametheory_eeu.core.expressions import line_coefficients
from gametheory_eeu.solvers.solution_families import (
    AtomicFormula,
    box_symbols,
    conjunction,
    tightest_bounds,
)

q, r, a = sp.symbols("q r a", real=True)
HALF = sp.Rational(1, 2)
POINTS = [sp.Rational(k, 4) for k in (-6, -4, -1, 0, 1, 2, 3, 4, 5, 6, 8, 12, 13)]
BOUNDS: list[AtomicFormula] = [
    (q, ">="), (q, ">"), (q - 1, ">"), (q - 1, ">="), (2 * q - 1, ">="), (-q, ">="), (1 - q, ">"),
    (1 - q, ">="), (3 - 2 * q, ">"), (3 - q, ">="), (-3 * q + 3, ">="), (q + 1, ">"),
]  # fmt: skip


@cache
def holds_at(atom: AtomicFormula, point: sp.Expr) -> bool:
    """Whether one atom is true at q, by the meaning of the four comparisons."""
    value = atom[0].subs(q, point)
    return bool({">": value > 0, ">=": value >= 0, "!=": value != 0, "==": value == 0}[atom[1]])


def true_points(atoms: tuple[AtomicFormula, ...]) -> list[sp.Expr]:
    return [point for point in POINTS if all(holds_at(atom, point) for atom in atoms)]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_tightest_bounds_say_the_same(size: int) -> None:
    for atoms in combinations(BOUNDS, size):
        for ordered in (atoms, atoms[::-1]):
            found = tightest_bounds(ordered)
            true = true_points(ordered)
            assert (found is None) is (not true), ordered
            if found is not None:
                assert true_points(found) == true, ordered
                assert len(found) <= 2
                assert all(abs(e.coeff(q)) == 1 for e, _ in found)


def test_what_is_no_bound_is_kept_once_and_first() -> None:
    others = [(q * r, ">"), (q + r, ">="), (q - 1, "!="), (q, "=="), (a - a + 3, ">")]
    found = tightest_bounds([others[0], (q, ">="), *others, (r - 2, ">"), (3 - r, ">=")])
    assert found is not None
    assert found[:5] == tuple(others)
    assert set(found[5:]) == {(q, ">="), (r - 2, ">"), (3 - r, ">=")}


def test_bounds_of_different_symbols_do_not_clash() -> None:
    assert tightest_bounds([(q - 2, ">"), (1 - r, ">")]) is not None
    assert tightest_bounds([(q - 2, ">"), (1 - r, ">"), (r - 3, ">")]) is None
    assert tightest_bounds([]) == ()


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        (q, (q, 1, 0)), (-q, (q, -1, 0)), (3 - 2 * q, (q, -2, 3)), (q / 2 - 1, (q, HALF, -1)),
        (q * r, None), (q + r, None), (sp.Integer(3), None), (sp.Integer(0), None), (q**2, None),
        (sp.sqrt(2) * q, None), (q + sp.sqrt(2), None), (2 * (q + 1), (q, 2, 2)), (q + a * q, None),
        (sp.Add(q, -q, 5, evaluate=False), None), (sp.Add(q, 2 * q, evaluate=False), (q, 3, 0)),
        (sp.Add(1, q, -3, evaluate=False), (q, 1, -2)), (1.5 * q, None), (q + 0.5, None),
    ],
    ids=str,
)  # fmt: skip
def test_a_line_has_a_symbol_a_slope_and_an_intercept(
    expression: sp.Expr, line: tuple[sp.Symbol, sp.Expr, sp.Expr] | None
) -> None:
    assert line_coefficients(expression) == line


def test_a_box_has_the_symbols_of_nothing_but_bounds() -> None:
    assert box_symbols([(q, ">="), (1 - q, ">"), (r - 1, ">=")]) == (q, r)
    assert box_symbols([(q, ">="), (q + r, ">"), (a, ">")]) == (a,)
    assert box_symbols([(q, ">="), (q - 1, "!="), (r, "=="), (a, ">=")]) == (a,)
    assert box_symbols(iter([(q, ">"), (3 * q - 1, ">=")])) == (q,)
    assert box_symbols([]) == ()


def test_a_conjunction_is_true_where_every_atom_is() -> None:
    atoms = [(q, ">="), (1 - q, ">"), (q - HALF, "!="), (r - q, "==")]
    found = conjunction(atoms)
    for at, other in product([-1, 0, sp.Rational(1, 3), HALF, 1], repeat=2):
        expected = 0 <= at < 1 and at != HALF and other == at
        assert found.subs({q: at, r: other}) == sp.sympify(expected)
    assert conjunction([]) == sp.true
