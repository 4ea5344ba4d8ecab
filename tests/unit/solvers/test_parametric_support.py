"""Strategies of one support with symbols: at rational points they are those of a grid and of z3."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
import sympy as sp
import z3
from sympy.polys.fields import sfield

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers import parametric_support as module
from gametheory_eeu.solvers.parametric_support import Mixture, parametric_mixtures, to_expression
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import SignRegion

a, b = sp.symbols("a b", real=True)
SYMBOLS = sp.symbols("p_1 p_2 p_3", real=True)
POINTS = [
    {a: sp.sympify(i), b: sp.sympify(j)}
    for i, j in [*product([-1, 0, 2], repeat=2), (sp.Rational(1, 2), sp.Rational(1, 3))]
]
Table = list[list[Any]]
Case = tuple[Table, tuple[int, ...], tuple[int, ...]]

CASES: dict[str, Case] = {
    "pennies": ([[a, 0], [0, b]], (0, 1), (0, 1)),
    "pure": ([[a, 0], [0, b]], (0,), (0,)),
    "pure, two replies": ([[a, 0], [b, 1]], (0,), (0, 1)),
    "one reply": ([[a, 0], [0, b]], (0, 1), (0,)),
    "the other reply": ([[a, 0], [0, b]], (0, 1), (1,)),
    "a tie": ([[1, a], [1, b]], (0, 1), (0, 1)),
    "ties": ([[a, b], [a, b]], (0, 1), (0, 1)),
    "slopes": ([[a, 1], [b, 0]], (0, 1), (0, 1)),
    "a third reply": ([[a, 0], [0, 1], [b, b]], (0, 1), (0, 1)),
    "a third reply that is best too": ([[a, 0], [0, 1], [b, b]], (0, 1), (0, 1, 2)),
    "no replies together": ([[1, 1], [0, 0]], (0, 1), (0, 1)),
    "three actions, square": ([[a, 0, 0], [0, 1, 0], [0, 0, b]], (0, 1, 2), (0, 1, 2)),
    "three actions, a line": ([[a, 0, 1], [0, 1, b]], (0, 1, 2), (0, 1)),
    "three actions, a line that may be flat": ([[a, 0, 1], [b, 0, 1]], (0, 1, 2), (0, 1)),
    "three actions, a face": ([[a, 0, 1], [0, 1, b]], (0, 1, 2), (1,)),
    "a part of three actions": ([[a, 7, 1], [0, 9, b]], (0, 2), (0, 1)),
    "two equations alike": ([[a, 0, 1], [0, 1, b], [-a, 2, 2 * b - 1]], (0, 1, 2), (0, 1, 2)),
    "a bound besides": ([[a, 0, 1], [0, 1, 0], [b, b, b]], (0, 1, 2), (0, 1)),
}  # fmt: skip


def region_of(table: Table, *given: Any) -> tuple[SignRegion, list[list[Any]]]:
    space = Space.of(*given, symbols=[a, b])
    flat = [sp.sympify(v) for row in table for v in row]
    field, entries = sfield([*flat, a, b])
    width = len(table[0])
    rows = [entries[k * width : (k + 1) * width] for k in range(len(table))]
    return SignRegion(space, field, (), Samples.of(field, space.constraints)), rows


def mixtures(case: Case, *given: Any) -> list[Mixture]:
    table, support, replies = case
    region, rows = region_of(table, *given)
    return parametric_mixtures(support, replies, rows, SYMBOLS[: len(table[0])], region)


def numbers(table: Table, point: Any) -> Table:
    return [[sp.sympify(v).subs(point) for v in row] for row in table]


def is_member(x: Any, case: Case, point: Any) -> bool:
    """Whether a strategy has the support, and the replies are best against it."""
    table, support, replies = case
    worth = [sum(v * p for v, p in zip(row, x, strict=True)) for row in numbers(table, point)]
    inside = all((p > 0) == (k in support) for k, p in enumerate(x))
    return inside and all(worth[r] == max(worth) for r in replies)


def exists(case: Case, point: Any) -> bool:
    table, support, replies = case
    xs = {k: z3.Real(f"x{k}") for k in support}
    solver = z3.Solver()
    solver.add(sum(xs.values()) == 1, *(x > 0 for x in xs.values()))
    worth = [
        sum(z3.RealVal(f"{row[k].p}/{row[k].q}") * x for k, x in xs.items())
        for row in numbers(table, point)
    ]
    for k, w in enumerate(worth):
        best = worth[replies[0]]
        solver.add(w == best if k in replies else w <= best)
    return bool(solver.check() == z3.sat)


def dimension(case: Case, point: Any) -> int:
    """Of the solutions of the equations of indifference."""
    table, support, replies = case
    here = numbers(table, point)
    rows = [[here[r][k] - here[replies[0]][k] for k in support] for r in replies[1:]]
    rank: int = sp.Matrix(rows).rank() if rows else 0
    return len(support) - 1 - rank


GRID = [tuple(sp.Rational(v, 6) for v in (i, j, 6 - i - j)) for i in range(7) for j in range(7 - i)]


def check(case: Case, *given: Any) -> None:
    found = mixtures(case, *given)
    size = len(case[0][0])
    assert [m.dimension for m in found] == sorted({m.dimension for m in found})
    grid = [x for x in GRID if size == 3] or [(x[0], x[1] + x[2]) for x in GRID if x[1] == 0]
    for point in POINTS:
        if not all(g.subs(point) == sp.true for g in given):
            continue
        here = [m for m in found if truth_value(m.condition, point) is True]
        assert len(here) == exists(case, point), point
        members = [x for x in grid if is_member(x, case, point)]
        if not here:
            assert not members
            continue
        (mixture,) = here
        chances = [sp.sympify(c).subs(point) for c in mixture.chances]
        assert mixture.dimension == dimension(case, point)
        if not mixture.free:
            assert is_member(chances, case, point)
            assert mixture.where == sp.true
            continue
        for x in grid:
            at = {s: x[k] for k, s in enumerate(SYMBOLS[:size])}
            inside = truth_value(mixture.where, {**point, **at}) is True
            written = tuple(c.subs(at) for c in chances)
            if x in members:
                assert inside, (point, x)
                assert written == x
            if inside:
                assert is_member(written, case, point), (point, x, written)


@pytest.mark.parametrize("name", CASES)
def test_at_points_they_are_the_strategies_with_this_support(name: str) -> None:
    check(CASES[name])


@pytest.mark.parametrize("name", ["pennies", "slopes", "three actions, a line", "a bound besides"])
def test_the_space_is_used(name: str) -> None:
    check(CASES[name], a > 0)
    check(CASES[name], a > 0, b <= 0)


def test_what_is_written() -> None:
    (mixed,) = mixtures(CASES["pennies"], a > 0, b > 0)
    assert mixed.condition == sp.true
    assert [
        sp.cancel(c - d) for c, d in zip(mixed.chances, (b / (a + b), a / (a + b)), strict=True)
    ] == [0, 0]
    assert mixtures(CASES["no replies together"]) == []
    assert mixtures(CASES["pennies"], a > 0, b < 0) == []
    (one,) = mixtures(CASES["one reply"], a > 0, b > 0)
    p, q, _ = SYMBOLS
    assert (one.dimension, one.free, one.chances) == (1, (p,), (p, 1 - p))
    assert (
        truth_value(one.where, {p: sp.Rational(1, 3), a: sp.Integer(2), b: sp.Integer(1)}) is True
    )
    (line,) = mixtures(CASES["three actions, a line"], a > 0, b > 0)
    assert (line.dimension, len(line.free)) == (1, 1)
    (tie,) = mixtures(CASES["ties"])
    assert (tie.dimension, tie.free, tie.condition, tie.where) == (
        1, (p,), sp.true, sp.And(p > 0, p < 1))  # fmt: skip
    (padded,) = mixtures(CASES["a part of three actions"], a > 0, b > 0)
    assert padded.chances[1] == 0
    assert q not in set().union(*(c.free_symbols for c in padded.chances))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4])
def test_determinants(size: int) -> None:
    entries = [a, b, 1, 2, a + b, 0, a - 1, 3, b * a, 1, -b, 5, 0, a, 1, 2]
    rows = [entries[4 * k : 4 * k + size] for k in range(size)]
    region, found = region_of(rows or [[a]])
    value = module._determinant(found[:size], region.one)
    assert sp.expand(value.as_expr() - sp.Matrix(rows or [[1]]).det()) == 0


def test_rows_of_positive_weights_with_one_sign_vanish() -> None:
    region, rows = region_of([[1, a**2 + 1, 0], [-1, 0, -2], [1, -1, 0], [a, 0, 0], [a, 1, 0]])
    zeros = [module._zero_coefficients(row, region) for row in rows]
    assert zeros == [rows[0][:2], [rows[1][0], rows[1][2]], [], [rows[3][0]], []]


def test_a_pivot_is_known_not_to_vanish_and_short() -> None:
    region, rows = region_of([[0, a, a + b], [a**2 + 1, 2, 0]])
    assert module._find_pivot(rows, region) == (1, 1)
    assert module._find_pivot(rows[:1], region) == (0, 1)
    region, rows = region_of([[a - b, a], [b, 0]])
    assert module._find_pivot(rows, region) == (0, 1)


def test_a_weight_is_put_in_for_others() -> None:
    _, rows = region_of([[2, a, 4], [b, 1, 0], [0, 5, 1]])
    remaining, solutions = module._eliminate(rows, {2: rows[1]}, 0, 0)
    half = [sp.Integer(0), -a / 2, sp.Integer(-2)]
    assert [v.as_expr() for v in solutions[0]] == half
    assert [sp.expand(v.as_expr()) for v in solutions[2]] == [0, 1 - a * b / 2, -2 * b]
    assert [[sp.expand(v.as_expr()) for v in row] for row in remaining] == [
        [0, 1 - a * b / 2, -2 * b],
        [0, 5, 1],
    ]
    assert module._substitute_zero(rows, rows[0][1])[0] == [rows[0][0], 0, rows[0][2]]
    assert module._substitute_zero([[rows[0][1], -rows[0][1]]], -rows[0][1]) == [[0, 0]]


def test_a_rational_function_is_shortest() -> None:
    _, ((value, other),) = region_of([[(a**2 - b**2) / (a + b) ** 2, a * b + a]])
    assert to_expression(value) == (a - b) / (a + b)
    assert to_expression(other) in (a * b + a, a * (b + 1))
    assert sp.count_ops(to_expression(other)) == 2


def test_probabilities_are_those_of_the_first_leaf_that_applies() -> None:
    """Weights 1, a, b where a > 0 in the square a, b > -1; weights 0, 1, 2 elsewhere."""
    region, _ = region_of([[a, b]], a + b > -1)
    field = region.field
    x, y = field(a), field(b)

    def leaf(condition: Any, free: int, solutions: Any) -> Any:
        return SimpleNamespace(
            region=SimpleNamespace(
                one=field.one, conditions=(sp.false, condition), space=region.space,
                samples=region.samples, effort=region.effort,
            ), free=(free,), solutions=solutions,
        )  # fmt: skip

    leaves = [
        leaf(a > 0, 0, {1: {0: x}, 2: {0: y}}),
        leaf(sp.true, 1, {0: {1: field.zero}, 2: {1: field.one + field.one}}),
    ]
    system: Any = SimpleNamespace(support=(0, 1, 2))
    mix = module._piecewise_mix(system, leaves, 1)
    for i, j, weights in [
        (1, 2, (1, 1, 2)), (3, 0, (1, 3, 0)), (0, 5, (0, 1, 2)), (-1, 1, (0, 1, 2)),
    ]:  # fmt: skip
        at = {a: sp.Integer(i), b: sp.Integer(j)}
        assert [w.subs(at) for w in mix] == [sp.Rational(w, sum(weights)) for w in weights]
    assert module._piecewise_mix(system, leaves[:1], 1)[1] == a / (1 + a + b)
