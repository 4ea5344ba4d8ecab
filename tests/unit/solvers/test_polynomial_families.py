"""Polynomial systems with parameters: every solution at points, and none else."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers.polynomial_families import (
    _combined,
    _factor_cases,
    polynomial_families,
)
from gametheory_eeu.solvers.solution_families import SolutionFamily, existence_condition

x, y, a, b = sp.symbols("x y a b", real=True)
BOX = [(x + 9, ">"), (9 - x, ">"), (y + 9, ">"), (9 - y, ">")]
SYSTEMS = [
    [x * y, x + y - a],
    [a * y - (x + y) ** 2, 2 * x - (x + y) ** 2],
    [x**2 - a, y - x],
    [x * (x - a) * (y - 1), y - b],
    [a * x - b, x + y],
    [(x - a) * (y - b), (x - a) * (y + 1)],
]
VALUES = [sp.Integer(-1), sp.Integer(0), sp.Integer(2)]


@pytest.mark.parametrize("system", SYSTEMS, ids=str)
def test_solutions_at_points_are_those_of_sympy(system: list[sp.Expr]) -> None:
    families = [
        (family, back, existence_condition(family))
        for family, back in polynomial_families(
            system, BOX, [x, y], Space.of(symbols=[a, b]), Effort("this")
        )
    ]
    assert not any(family.open for family, *_ in families)
    for at in (dict(zip((a, b), v, strict=True)) for v in product(VALUES, repeat=2)):
        found: set[tuple[sp.Expr, sp.Expr]] = set()
        free = 0
        for family, back, exists in families:
            assert exists is not None
            if truth_value(exists, at) is not True:
                continue
            free += bool(family.free)
            if not family.free:
                point = tuple(
                    sp.simplify(back(family.values.get(s, s)).xreplace(at)) for s in (x, y)
                )
                assert point not in found
                found.add(point)
        solved = sp.solve([e.xreplace(at) for e in system], [x, y], dict=True)
        isolated = {
            (s[x], s[y])
            for s in solved
            if set(s) == {x, y} and all(v.is_number for v in s.values())
        }
        real = {point for point in isolated if all(v.is_real for v in point)}
        assert found <= real or free
        assert bool(free) == any(set(s) != {x, y} or any(v.free_symbols for v in s.values())
                                 for s in solved)  # fmt: skip
        if not free:
            assert found == real


def test_common_terms_cancel_with_constant_pivots_only() -> None:
    family = SolutionFamily(free=(x, y), open=(x**2 + y, 2 * x**2 - a * y + 1))
    assert set(_combined(family).open) == {x**2 + y, sp.expand(-a * y - 2 * y + 1)}
    mixed = SolutionFamily(free=(x, y), open=(a * x**2 + y**2, b * x**2 + y**2 + x))
    assert set(_combined(mixed).open) & {
        sp.expand((b - a) * x**2 + x),
        sp.expand((a - b) * x**2 - x),
    }
    kept = SolutionFamily(free=(x, y), open=(a * x**2 + y, b * x**2 + 1))
    assert set(_combined(kept).open) == set(kept.open)
    single = SolutionFamily(free=(x,), open=(x**2 - 1,))
    assert _combined(single) is single
    constants = SolutionFamily(free=(x,), open=(a - 1, b))
    assert _combined(constants) is constants


def test_a_product_is_followed_factor_by_factor() -> None:
    family = SolutionFamily(free=(x, y), where=((x, ">"),), open=(x * (y - a), y))
    first, second = _factor_cases(family, Effort("this"))
    assert {first.open[0], second.open[0]} == {x, y - a}
    assert first.where == ((x, ">"),)
    assert second.where == ((x, ">"), (first.open[0], "!="))
    assert first.open[1:] == second.open[1:] == (y,)
    with pytest.raises(TooLargeError):
        list(_factor_cases(family, Effort("this", 1)))
