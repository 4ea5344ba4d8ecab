"""Dominance by rows and mixes, against a linear programme and a grid of mixes."""

import random
from itertools import product

import pytest
import sympy as sp
from scipy.optimize import linprog

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers.dominance import dominance_condition, dominating_mix, dominating_row

a, b = sp.symbols("a b", real=True)
SPACE = Space.of(symbols=[a, b])


def most(row: list[int], others: list[list[int]], strict: bool) -> float | None:
    """The largest least gain of a mix, or the largest sum of gains of one without a loss."""
    n, width = len(others), len(row)
    gains = [[other[s] - row[s] for other in others] for s in range(width)]
    if strict:
        found = linprog(
            [0] * n + [-1], A_ub=[[*(-g for g in gain), 1] for gain in gains], b_ub=[0] * width,
            A_eq=[[1] * n + [0]], b_eq=[1], bounds=[(0, None)] * n + [(None, None)],
        )  # fmt: skip
    else:
        found = linprog(
            [-sum(column) for column in zip(*gains, strict=True)],
            A_ub=[[-g for g in gain] for gain in gains], b_ub=[0] * width,
            A_eq=[[1] * n], b_eq=[1],
        )  # fmt: skip
    return None if found.fun is None else -found.fun


def cases() -> list[tuple[list[int], list[list[int]]]]:
    made = []
    for seed in range(40):
        rng = random.Random(seed)
        width = rng.randint(1, 3)
        rows = [[rng.randint(0, 3) for _ in range(width)] for _ in range(rng.randint(2, 4))]
        made.append((rows[0], rows[1:]))
    return made


KNOWN = [
    ([1, 1], [[4, 0], [0, 4]]), ([2, 2], [[4, 0], [0, 4]]), ([3, 3], [[4, 0], [0, 4]]),
    ([1, 1, 1], [[2, 1, 0], [0, 1, 2]]), ([1, 1, 1], [[3, 1, 0], [0, 1, 3]]),
    ([1, 1], [[1, 1]]), ([1, 1], [[1, 1], [1, 1]]), ([1, 0], [[1, 1]]), ([0, 0], [[1, 1]]),
    ([1, 1], [[1, 1], [1, 2]]), ([1, 1, 0], [[2, 0, 0], [0, 3, 0]]), ([1, 1], []),
    ([0, 2, 2], [[0, 4, 1], [0, 1, 4], [9, 0, 0]]), ([5, 1], [[5, 2], [9, 0]]),
]  # fmt: skip


@pytest.mark.parametrize("strict", [True, False])
def test_a_mix_is_found_exactly_where_there_is_one(strict: bool) -> None:
    seen = set()
    for row, others in [*KNOWN, *cases()]:
        mix = dominating_mix(row, others, strict)
        best = most(row, others, strict) if others else None
        assert (mix is not None) is (best is not None and best > 1e-9), (row, others)
        seen.add(mix is not None)
        if mix is None:
            continue
        assert len(mix) == len(others)
        assert min(mix) >= 0 < sum(mix)
        gains = [
            sum(w * other[s] for w, other in zip(mix, others, strict=True)) - sum(mix) * row[s]
            for s in range(len(row))
        ]
        assert min(gains) > 0 if strict else min(gains) >= 0 < max(gains), (row, others)
    assert seen == {True, False}


@pytest.mark.parametrize("strict", [True, False])
def test_a_row_is_the_first_that_dominates_alone(strict: bool) -> None:
    for row, others in [*KNOWN, *cases()]:
        does = [
            all(map(int.__gt__, other, row))
            if strict
            else all(map(int.__ge__, other, row)) and other != row
            for other in others
        ]
        expected = (
            tuple(int(k == does.index(True)) for k in range(len(does))) if any(does) else None
        )
        assert dominating_row(row, others, strict) == expected
        if expected is not None:
            assert dominating_mix(row, others, strict) == expected


TABLES = {
    "one row": ([a, 1], [[1, b]]),
    "two rows": ([1, 1], [[a, 0], [0, b]]),
    "ties": ([1, a], [[1, b], [1, 1]]),
    "a column": ([a], [[1], [b]]),
    "three columns": ([0, 0, 0], [[1, a, 0], [a, b, 0]]),
}
POINTS = [{a: i, b: j} for i, j in product(map(sp.Integer, (-1, 0, 1, 2, 5)), repeat=2)]


@pytest.mark.parametrize("mixed", [True, False])
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("name", TABLES)
def test_the_condition_holds_where_the_numbers_dominate(
    name: str, strict: bool, mixed: bool
) -> None:
    row, others = TABLES[name]
    condition = dominance_condition(row, others, strict, SPACE, mixed)
    decide = dominating_mix if mixed else dominating_row
    for point in POINTS:
        own, *rest = ([int(sp.sympify(x).subs(point)) for x in r] for r in (row, *others))
        expected = decide(own, rest, strict) is not None
        assert truth_value(condition, point) is expected, (condition, point)


@pytest.mark.parametrize("mixed", [True, False])
def test_nothing_dominates_where_there_is_no_other_row(mixed: bool) -> None:
    assert dominance_condition([a], [], True, SPACE, mixed) == sp.false


@pytest.mark.parametrize("mixed", [True, False])
def test_numbers_need_no_symbol(mixed: bool) -> None:
    numbers = Space.of(symbols=[])
    assert dominance_condition([1, 1], [[2, 2]], True, numbers, mixed) == sp.true
    assert dominance_condition([1, 1], [[2, 1]], True, numbers, mixed) == sp.false


def test_the_space_is_used() -> None:
    row, others = [1, 1], [[a, 0], [0, a]]
    assert dominance_condition(row, others, True, Space.of(a > 2), mixed=True) == sp.true
    assert dominance_condition(row, others, True, Space.of(a < 2), mixed=True) == sp.false
