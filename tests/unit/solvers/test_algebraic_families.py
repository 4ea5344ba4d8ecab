"""Families whose last equations are polynomials: solutions as numbers, or as roots."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.solvers.polynomial_families import closed_families
from gametheory_eeu.solvers.solution_families import SolutionFamily

x, y, z = sp.symbols("x y z")
a = sp.Symbol("a", positive=True)
NONE = Space((), ())
CIRCLE = (x**2 + y**2 - 1, 2 * x - y - sp.Rational(1, 3))


def solutions(
    equations: tuple[sp.Expr, ...], *where: tuple[sp.Expr, str], unknowns: tuple[sp.Symbol, ...]
) -> set[tuple[sp.Expr, ...]]:
    family = SolutionFamily(free=unknowns, where=where, open=equations)
    every = list(closed_families(family, NONE))
    assert all(not found.open for found, _ in every)
    return {tuple(sp.nsimplify(value(s)) for s in unknowns) for _, value in every}


def numbers(points: set[tuple[sp.Expr, ...]]) -> list[list[float]]:
    return sorted([float(sp.N(v, 15)) for v in point] for point in points)


def by_sympy(equations: tuple[sp.Expr, ...], *symbols: sp.Symbol) -> set[tuple[sp.Expr, ...]]:
    found = sp.solve(equations, symbols, dict=True)
    real = [each for each in found if all(value.is_real for value in each.values())]
    return {tuple(each[s] for s in symbols) for each in real}


@pytest.mark.parametrize(
    "equations",
    [
        CIRCLE,
        (x * y / 3 - sp.Rational(1, 7), x / 2 + 2 * y / 5 - 1),
        (x**3 - 2, y - x / 2),
        (x**2 - 2, y**2 - x - sp.Rational(3, 2)),
        (x**2 + 1, y - x),
    ],
    ids=str,
)
def test_every_real_solution_is_a_family(equations: tuple[sp.Expr, ...]) -> None:
    expected = numbers(by_sympy(equations, x, y))
    got = numbers(solutions(equations, unknowns=(x, y)))
    assert len(got) == len(expected)
    for mine, other in zip(got, expected, strict=True):
        assert mine == pytest.approx(other)


def test_what_a_solution_does_not_satisfy_is_left_out() -> None:
    assert len(solutions(CIRCLE, unknowns=(x, y))) == 2
    ((first, second),) = solutions(CIRCLE, (x, ">"), unknowns=(x, y))
    assert float(first) > 0
    assert float(first**2 + second**2) == pytest.approx(1)
    assert not solutions(CIRCLE, (x, ">"), (-x * y - 1, ">="), unknowns=(x, y))
    assert solutions((x**2 - 4,), (x - 2, "!="), unknowns=(x,)) == {(-2,)}
    assert solutions((x**2 - 4,), (x - 2, ">="), unknowns=(x,)) == {(2,)}
    assert solutions((x**2 - 4,), (x - 2, ">"), unknowns=(x,)) == set()


def test_what_is_in_no_equation_stays_free() -> None:
    family = SolutionFamily(free=(x, z), where=((z, ">="), (1 - z, ">=")), open=(x**2 - 2,))
    every = list(closed_families(family, NONE))
    assert [found.free for found, _ in every] == [(z,), (z,)]
    assert {value(x * z) for _, value in every} == {sp.sqrt(2) * z, -sp.sqrt(2) * z}
    assert {value(1 / x) for _, value in every} == {sp.sqrt(2) / 2, -sp.sqrt(2) / 2}


def test_roots_with_a_symbol_are_kept_as_roots() -> None:
    family = SolutionFamily(free=(x,), where=((x, ">="),), open=(x**2 - a,))
    every = list(closed_families(family, Space((a,), (a > 0,))))
    values = {sp.simplify(value(x)) for found, value in every if found.condition != sp.false}
    assert sp.sqrt(a) in values
