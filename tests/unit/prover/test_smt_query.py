"""Questions for a solver: the parts of a space, and texts that z3 answers as they should be."""

from typing import Any

import pytest
import sympy as sp
import z3

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.budget import CLAIM, PROBE, STEP, Budget
from gametheory_eeu.prover.smt_query import Part, Query, all_parts, is_large, split

w, x, y, z = sp.symbols("w x y z", real=True)
n = sp.Symbol("n", integer=True)


def part(*constraints: Boolean, symbols: tuple[Symbol, ...] = ()) -> Part:
    return Part(frozenset(symbols).union(*(c.free_symbols for c in constraints)), constraints)


SPACE = Space((w, x, y, z), (x > y, z > 0, y > 1, z < 5))


@pytest.mark.parametrize(("near", "first", "others"), [
    ((), Part(frozenset(), ()), [part(x > y, y > 1), part(z > 0, z < 5), part(symbols=(w,))]),
    ((x,), part(x > y, y > 1), [part(z > 0, z < 5), part(symbols=(w,))]),
    ((z,), part(z > 0, z < 5), [part(x > y, y > 1), part(symbols=(w,))]),
    ((w,), part(symbols=(w,)), [part(x > y, y > 1), part(z > 0, z < 5)]),
    ((x, z), part(x > y, z > 0, y > 1, z < 5), [part(symbols=(w,))]),
    ((x, w), part(x > y, y > 1, symbols=(w,)), [part(z > 0, z < 5)]),
], ids=range(6))  # fmt: skip
def test_parts_share_no_symbol(near: tuple[Symbol, ...], first: Part, others: list[Part]) -> None:
    found, rest = split(SPACE, near)
    assert found == first
    assert len(rest) == len(others)
    assert all(p in rest for p in others)


def test_constraints_of_numbers_are_a_part() -> None:
    false = sp.Gt(sp.Integer(0), 1, evaluate=False)
    space = Space((x,), (x > 0, false))
    assert sorted(all_parts(space), key=lambda p: len(p.symbols)) == [part(false), part(x > 0)]
    assert split(space, (x,)) == (part(x > 0), [part(false)])
    new = split(Space((x,), (x > 0,)), (y,))
    assert new == (part(symbols=(y,)), [part(x > 0)])


def status(text: str) -> str:
    solver = z3.Solver()
    solver.from_string(text)
    return str(solver.check())


@pytest.mark.parametrize(("statement", "given", "goal", "expected"), [
    (x > 0, (x > 1,), "true", "sat"), (x > 0, (x > 1,), "untrue", "unsat"),
    (x > 2, (x > 1,), "untrue", "sat"), (x < 0, (x > 1,), "true", "unsat"),
    (x < 0, (x > 1,), "false", "sat"), (1 / x > 0, (x >= 0,), "untrue", "sat"),
    (1 / x > 0, (x >= 0,), "false", "unsat"), (1 / x > 0, (x > 0,), "untrue", "unsat"),
    (x > y, (x > z, z > y), "untrue", "unsat"), (x > y, (x > z, z > y), "false", "unsat"),
    (x > y, (x > z,), "untrue", "sat"), (sp.true, (x > 1, x < 1), "true", "unsat"),
    (sp.true, (x > 1,), "untrue", "unsat"), (sp.true, (x > 1,), "false", "unsat"),
], ids=range(14))  # fmt: skip
def test_a_text_asks_for_a_point(
    statement: Boolean, given: tuple[Boolean, ...], goal: str, expected: str
) -> None:
    query = Query(statement, part(*given))
    assert status(query.text(getattr(query, goal))) == expected


@pytest.mark.parametrize(("fixed", "expected"), [
    ({x: 2}, "sat"), ({x: 1}, "unsat"), ({x: 2, y: 1}, "sat"), ({x: 2, y: 3}, "unsat"),
    ({x: sp.Rational(3, 2), y: sp.Rational(-1, 2)}, "sat"), ({}, "sat"),
    ({x: sp.CRootOf(x**2 - 2, 1), y: sp.Rational(7, 5)}, "sat"),
    ({x: sp.CRootOf(x**2 - 2, 1), y: sp.Rational(3, 2)}, "unsat"),
    ({x: sp.CRootOf(x**2 - 2, 0)}, "unsat"), ({y: sp.CRootOf(x**2 - 2, 0)}, "sat"),
    ({x: 2 * sp.CRootOf(x**3 - 2, 0), y: sp.Rational(5, 2)}, "sat"),
    ({x: 2 * sp.CRootOf(x**3 - 2, 0), y: sp.Rational(13, 5)}, "unsat"),
    ({y: -sp.CRootOf(x**3 - 3, 0), x: sp.Rational(101, 100)}, "sat"),
], ids=range(13))  # fmt: skip
def test_some_symbols_may_be_fixed(fixed: dict[Symbol, Any], expected: str) -> None:
    query = Query(x > y, part(x > 1))
    values = {s: sp.sympify(v) for s, v in fixed.items()}
    assert status(query.text(query.true, values)) == expected


def test_sizes() -> None:
    query = Query(x**3 > y, part(x**-7 > 1, sp.Or(x > 2, y**2 < 4)))
    assert (query.power, query.relations, query.is_large, query.is_relaxed) == (7, 4, False, False)
    assert Query(x > y, part()).power == 0
    assert not query.has_slow_steps
    assert not query.is_heavy
    assert [Query(x**k > y, part()).has_slow_steps for k in (50, 51)] == [False, True]
    assert query.constraints_on(y) == [sp.Or(x > 2, y**2 < 4)]
    assert query.constraints_on(x) == list(query.part.constraints)
    assert query.constraints_on(z) == []
    assert Query(n > 0, part()).is_relaxed
    assert Query(sp.exp(x) > 3, part()).is_relaxed
    assert [query.name(s) for s in query.symbols] == ["$x", "$y"]
    many = [sp.Symbol(f"v{k}", real=True) for k in range(10)]
    ties = [a > k for k, a in enumerate(many)]
    for extra, expected in ((7, False), (8, True)):  # 18 relations of 10 symbols, then 19
        constraints = (*ties, *(many[0] < 100 + k for k in range(extra)))
        assert is_large(many[0] > -1, part(*constraints)) is expected


def test_what_a_question_may_cost() -> None:
    usual, slow = Query(x > y, part()), Query(x**60 > y, part())
    above = Budget(rlimit=CLAIM.rlimit + 1)
    assert usual.affordable_budget(CLAIM) == CLAIM
    assert slow.affordable_budget(CLAIM) == PROBE
    assert slow.affordable_budget(CLAIM, "cvc5") == STEP
    assert slow.affordable_budget(above) == above
    assert slow.affordable_budget(PROBE) == PROBE
    assert slow.affordable_budget(STEP, "cvc5") == STEP


def test_whole_numbers_are_told_apart_when_it_is_sharpened() -> None:
    claim = sp.Ne(2 * n, 5, evaluate=False)
    query = Query(claim, part(n > 0, n < 9))
    assert status(query.text(query.untrue)) == "sat"
    assert query.sharpen() is True
    assert status(query.text(query.untrue)) == "unsat"
    assert query.sharpen({n: sp.Integer(3)}) is False
    free = Query(sp.Ne(2 * n, 5, evaluate=False), part())
    free.sharpen()
    assert status(free.text(free.untrue)) == "unsat"
    for value, expected in ((-50, "sat"), (50, "sat"), (3, "sat"), (-4, "sat"), (4, "sat")):
        assert status(free.text(free.true, {n: sp.Integer(value)})) == expected


def test_atoms_have_bounds_near_a_point() -> None:
    query = Query(sp.exp(x) > 3, part(x > 1))
    assert query.sharpen({x: sp.Integer(2)}) is True
    assert query.sharpen({x: sp.Integer(2)}) is False
    assert query.sharpen({x: sp.Integer(3)}) is True
    assert status(query.text(query.true, {x: sp.Integer(2)})) == "sat"
    assert status(query.text(query.untrue, {x: sp.Integer(2)})) == "unsat"
