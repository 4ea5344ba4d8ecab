"""Points of a part of a space, and why it has none."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.prover.point_search import (
    any_point,
    easy_point,
    empty_part,
    joint_point,
    point_test,
    satisfiability,
    small_point,
    unsat_core,
)
from gametheory_eeu.prover.smt_query import Part, Query

x, y, z = sp.symbols("x y z", real=True)
n = sp.Symbol("n", integer=True)


def part_of(*constraints: Any) -> Part:
    return Part(frozenset().union(*(c.free_symbols for c in constraints)), constraints)


SOME = [
    (x > 0,), (x > 0, x < 1), (x**2 < 2, x > 1), (sp.Eq(x, 3),), (x * y > 0, x + y < 0),
    (x**3 + y**3 > 5, y < 0), (n > 0, n < 2), (sp.Ne(x, 0), x >= 0), (x**2 + y**2 < 1, x > y),
]  # fmt: skip
NONE = [
    (x > 0, x < 0), (x**2 + 1 < x, y > 0), (x > y, y > z, z > x), (sp.Eq(x, 1), x < 0),
    (x * y > 1, sp.Eq(x, 0)),
    (x**2 + y**2 < x * y,), (n > 0, n < 1),
]  # fmt: skip


def is_in(point: Any, constraints: Any) -> bool:
    return all(c.subs(point) == sp.true for c in constraints)


@pytest.mark.parametrize("constraints", SOME, ids=str)
def test_a_part_with_points_shows_one(constraints: Any) -> None:
    part = part_of(*constraints)
    assert satisfiability(part) == "sat"
    for found in (any_point(part), small_point(part)):
        assert found is not None
        assert set(found) == set(part.symbols)
        assert is_in(found, constraints)
    easy = easy_point(part)
    assert easy is None or is_in(easy, constraints)
    assert empty_part(Space.of(*constraints)) is None


@pytest.mark.parametrize("constraints", NONE, ids=str)
def test_a_part_without_points_shows_none(constraints: Any) -> None:
    part = part_of(*constraints)
    assert satisfiability(part) == "unsat"
    assert any_point(part) is small_point(part) is easy_point(part) is None
    found = empty_part(Space.of(*constraints))
    assert found is not None
    assert satisfiability(found) == "unsat"


def test_what_shows_at_once() -> None:
    assert easy_point(part_of(x > 0)) is not None
    assert satisfiability(Part(frozenset({x}), ())) == "sat"
    free = any_point(Part(frozenset({x}), ()))
    assert free is not None
    assert set(free) == {x}


def test_the_empty_part_is_told() -> None:
    space = Space.of(x > 0, y > 1, y < 0, z > 0)
    found = empty_part(space)
    assert found is not None
    assert found.symbols == {y}
    assert set(found.constraints) == {y > 1, y < 0}


def test_a_core_needs_each_of_its_constraints() -> None:
    given = (z > 5, x > 0, y > x, x < 10, y < 0)
    core = unsat_core(part_of(*given))
    assert set(core) == {x > 0, y > x, y < 0}
    for left_out in core:
        assert satisfiability(part_of(*(c for c in core if c != left_out))) == "sat"


def test_points_of_several_parts_are_joined() -> None:
    found = joint_point([part_of(x > 0), part_of(y < 0, y > -1)])
    assert found is not None
    assert set(found) == {x, y}
    assert is_in(found, (x > 0, y < 0, y > -1))
    assert joint_point([part_of(x > 0), part_of(y < 0, y > 0)]) is None
    assert joint_point([]) == {}


def test_a_point_is_tested_exactly() -> None:
    part = part_of(x > 0)
    half = {x: sp.Rational(1, 2)}
    for statement, value in ((x < 1, True), (x > 1, False), (1 / (2 * x - 1) > 0, None)):
        problem = Query(statement, part)
        for expected in (True, False, None):
            assert point_test(problem, expected)(half) is (value is expected)
            assert point_test(problem, expected)({x: sp.Integer(-1)}) is False
