"""Where a linear system with symbols is feasible, against z3 at rational points."""

from itertools import combinations, product
from random import Random
from typing import Any

import pytest
import sympy as sp
import z3
from sympy.polys.fields import sfield

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import sign_region as module
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import Constraint, SignRegion, feasibility_condition

a, b = sp.symbols("a b", real=True)
Row = tuple[list[Any], Any, bool]
POINTS = [{a: sp.sympify(i), b: sp.sympify(j)} for i, j in product([-1, 0, 2], repeat=2)]


def region_of(*given: Any) -> SignRegion:
    space = Space.of(*given, symbols=[a, b])
    field, _ = sfield([a, b])
    return SignRegion(space, field, (), Samples.of(field, space.constraints))


def system(region: SignRegion, rows: list[Row]) -> list[Constraint]:
    element = region.field.from_expr
    return [
        Constraint(tuple(element(sp.sympify(s)) for s in slopes), element(sp.sympify(c)), strict)
        for slopes, c, strict in rows
    ]


def is_feasible(rows: list[Row], point: Any) -> bool:
    solver = z3.Solver()
    for slopes, constant, strict in rows:
        values = [sp.sympify(v).subs(point) for v in (*slopes, constant)]
        *factors, last = [z3.RealVal(f"{v.p}/{v.q}") for v in values]
        total = sum((f * z3.Real(f"t{k}") for k, f in enumerate(factors)), last)
        solver.add(total > 0 if strict else total >= 0)
    return bool(solver.check() == z3.sat)


def check(rows: list[Row], *given: Any) -> set[bool]:
    region = region_of(*given)
    condition = feasibility_condition(system(region, rows), region)
    seen = set()
    for point in POINTS:
        if all(g.subs(point) == sp.true for g in given):
            expected = is_feasible(rows, point)
            assert truth_value(condition, point) is expected, (condition, point)
            seen.add(expected)
    return seen


ONE: list[list[Row]] = [
    [([1], 0, True), ([slope], constant, strict)]
    for slope, constant, strict in product([-1, a], [0, b], [True, False])
] + [
    [([a], b, True)], [([a], b, False)], [([a], 1, True), ([b], -1, False)],
    [([a], 1, False), ([b], -1, False)], [([a], 1, True), ([b], -1, True)],
    [([1], a, False), ([-1], b, False)], [([1], a, True), ([-1], b, False)],
    [([1], a, False), ([-1], b, True)], [([1], a, True), ([1], b, True)],
    [([-1], a, True), ([-1], b, True), ([1], 0, False)], [([1], 0, False), ([-1], a, False)],
    [([2], 0, True), ([-1], a, False)], [([1], 0, True), ([a], -1, True), ([b], -1, False)],
    [([-2], a, False), ([1], 0, True)], [([-1], 0, True), ([1], a, False)],
    [([a], 0, True), ([-1], b, False)], [([1], 0, True), ([-1], a, True), ([1], b, True)],
]  # fmt: skip


@pytest.mark.parametrize("rows", ONE, ids=range(len(ONE)))
def test_one_variable(rows: list[Row]) -> None:
    check(rows)


MANY: list[list[Row]] = [
    [([1, 0], 0, True), ([0, 1], 0, True), ([-1, -1], a, False), ([1, -1], b, False)],
    [([1, 0], 0, True), ([0, 1], 0, True), ([a, -1], 0, True), ([-1, b], 0, False)],
    [([1, 0], 0, False), ([0, 1], 0, False), ([a, b], -1, False)],
    [([1, 1], -a, False), ([-1, -1], a, True)], [([1, 1], -a, False), ([-1, -1], b, False)],
    [([a, 0], 1, True), ([0, b], 1, True)], [([0, 0], a, True), ([1, 0], 0, True)],
    [([0, 0], a, False), ([0, 0], b, True)], [([1, a], 0, True), ([-1, b], 0, True)],
    [([1, 0, 0], 0, True), ([0, 1, 0], 0, True), ([0, 0, 1], 0, True), ([-1, -1, -1], a, False),
     ([1, -1, 0], b, False)],
]  # fmt: skip


@pytest.mark.parametrize("rows", MANY, ids=range(len(MANY)))
def test_many_variables(rows: list[Row]) -> None:
    check(rows)


def test_both_answers_occur() -> None:
    assert check(MANY[0]) == check([([1], 0, True), ([-1], b, False)]) == {True, False}


def test_random_systems() -> None:
    for seed in range(5):
        rng = Random(seed)
        width = rng.randint(1, 2)
        entries = [0, 1, -1, a, b, -a, 2]
        check([
            ([rng.choice(entries) for _ in range(width)], rng.choice(entries), rng.random() < 0.5)
            for _ in range(rng.randint(1, 4 - width))
        ])  # fmt: skip


def test_without_variables_each_constant_is_what_it_must_be() -> None:
    region = region_of()
    assert feasibility_condition([], region) == sp.true
    rows: list[Row] = [([], a, True), ([], b, False)]
    assert feasibility_condition(system(region, rows), region) == sp.And(a > 0, b >= 0)
    inside = region_of(a > 0, b >= 0)
    assert feasibility_condition(system(inside, rows), inside) == sp.true


def test_the_space_decides_signs() -> None:
    rows: list[Row] = [([1], 0, True), ([-a], b, False)]
    assert check(rows, a > 0) == {True, False}
    region = region_of(a > 0)
    assert feasibility_condition(system(region, rows), region) == (b > 0)
    region = region_of(a < 0)
    assert feasibility_condition(system(region, rows), region) == sp.true
    check([([1, 0], 0, True), ([a, -1], b, True), ([0, 1], 0, False)], a > 0)
    for strict in (True, False):  # a slope that may vanish, of known sign elsewhere
        check([([a], 1, strict), ([b], 0, False)], b >= 0)
        check([([a], -1, strict), ([b], 0, False)], b >= 0)
        check([([b], 0, False), ([a], -1, strict)], b >= 0, a <= 0)


@pytest.mark.parametrize(
    ("row", "is_redundant"),
    [
        (([0], 1, True), True), (([0], 0, False), True), (([0], 0, True), False),
        (([0], a**2, False), True), (([0], a**2, True), False), (([1], 1, True), False),
        (([0, 0], 1, True), True), (([0, 1], 1, True), False), (([a], 1, True), False),
    ],
)  # fmt: skip
def test_what_holds_everywhere_is_left_out(row: Row, is_redundant: bool) -> None:
    region = region_of()
    (constraint,) = system(region, [row])
    assert module._is_redundant(constraint, region) is is_redundant


@pytest.mark.parametrize(
    ("row", "is_positivity"),
    [
        (([1], 0, True), True), (([3], 0, True), True), (([1], 0, False), False),
        (([1], 1, True), False), (([-1], 0, True), False), (([a], 0, True), False),
        (([a**2 + 1], 0, True), True),
    ],
)  # fmt: skip
def test_what_says_that_the_variable_is_positive(row: Row, is_positivity: bool) -> None:
    region = region_of()
    (constraint,) = system(region, [row])
    assert module._is_positivity(constraint, region) is is_positivity


def test_signs_whose_product_may_be_negative() -> None:
    sets = [frozenset(c) for n in (1, 2, 3) for c in combinations((-1, 0, 1), n)]
    for first, second in product(sets, repeat=2):
        products = {m * n for m in first for n in second}
        assert module._may_differ_in_sign(first, second) is (-1 in products)
    ambiguous = {s for s in sets if module._is_ambiguous(s)}
    assert ambiguous == {s for s in sets if (-1 in s and len(s) > 1) or s == {0, 1}}


def test_a_variable_is_eliminated_by_pairs() -> None:
    region = region_of()
    lower: list[Row] = [([2, 1], a, False), ([0, 5], 1, True)]
    upper: list[Row] = [([-3, 0], b, True), ([-1, 2], 0, False)]
    rows = [lower[0], upper[0], lower[1], upper[1]]
    first, *rest = module._project(0, system(region, rows), region)
    expected: list[Row] = [([5], 1, True), ([3], 3 * a + 2 * b, True), ([5], a, False)]
    assert [first, *rest] == system(region, expected)


def test_constraints_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CONSTRAINTS", 2)
    region = region_of()
    rows: list[Row] = [([1], a, True), ([-1], b, True), ([0], 1, True)]
    feasibility_condition(system(region, rows), region)
    with pytest.raises(TooLargeError, match="3 linear constraints with symbols, above the limit"):
        feasibility_condition(system(region, [*rows, ([1], b, True)]), region)
