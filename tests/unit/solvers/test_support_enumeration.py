"""Mixed equilibria support by support: every one is checked, and two players' are all there."""

from itertools import combinations, product
from random import Random
from typing import Any

import pytest
import sympy as sp
from flint import arb, fmpq

from gametheory_eeu.solvers.integer_game import (
    IntegerGame,
    IsolatedEquilibrium,
    UnsolvedSupport,
    action_payoffs,
    complete_mix,
    mixed_equilibria,
)

Cells = list[dict[tuple[int, ...], Any]]


def cells_of(shape: tuple[int, ...], seed: int, top: int = 20) -> Cells:
    rng = Random(seed)
    return [{p: rng.randint(-top, top) for p in product(*map(range, shape))} for _ in shape]


def numbers(found: IsolatedEquilibrium) -> list[list[Any]]:
    return [[found.point.number(c) for c in mix] for mix in found.probabilities]


def worth(cells: Cells, i: int, action: int, mixes: Any) -> Any:
    total = sp.Integer(0)
    for profile, value in cells[i].items():
        if profile[i] == action:
            others = (
                mix[k] for j, (mix, k) in enumerate(zip(mixes, profile, strict=True)) if j != i
            )
            total += value * sp.Mul(*others)
    return total


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (2, 2, 2)])
def test_at_each_nobody_gains(shape: tuple[int, ...]) -> None:
    mixed = 0
    for seed in range(8):
        cells = cells_of(shape, seed)
        for found in mixed_equilibria(IntegerGame(shape, cells)):
            if isinstance(found, UnsolvedSupport):
                continue
            mixes = numbers(found)
            for i, mix in enumerate(mixes):
                assert [k for k, p in enumerate(mix) if p != 0] == list(found.support[i])
                assert sp.N(min(map(sp.N, mix))) >= 0
                assert abs(sp.N(sum(mix) - 1, 30)) < 1e-25
                values = [sp.N(worth(cells, i, k, mixes), 30) for k in range(shape[i])]
                for k in range(shape[i]):
                    gap = max(values) - values[k]
                    assert gap < 1e-20 if mix[k] != 0 else gap >= 0
            mixed += any(len(own) > 1 for own in found.support)
    assert mixed > 1


def test_two_players_have_all_of_theirs() -> None:
    shape = (3, 3)
    for seed in range(6):
        cells = cells_of(shape, seed)
        expected = set()
        sides = [s for k in (1, 2, 3) for s in combinations(range(3), k)]
        for first, second in ((x, y) for x in sides for y in sides if len(x) == len(y)):
            p, q = (solve(cells, i, own, other) for i, own, other in
                    ((1, first, second), (0, second, first)))  # fmt: skip
            if p is None or q is None:
                continue
            rows = [sum(cells[0][i, j] * q[j] for j in range(3)) for i in range(3)]
            columns = [sum(cells[1][i, j] * p[i] for i in range(3)) for j in range(3)]
            if all(rows[i] == max(rows) for i in first) and all(
                columns[j] == max(columns) for j in second
            ):
                expected.add((first, second, tuple(p), tuple(q)))
        found = set()
        for e in mixed_equilibria(IntegerGame(shape, cells)):
            assert isinstance(e, IsolatedEquilibrium)
            found.add((*e.support, *map(tuple, numbers(e))))
        assert found == expected


def solve(cells: Cells, i: int, own: Any, other: Any) -> list[Any] | None:
    """The mix on ``own`` that makes player i indifferent over ``other``, if it is positive."""

    def pay(k: int, mine: int) -> int:
        value: int = cells[i][(k, mine) if i == 1 else (mine, k)]
        return value

    rows = [[pay(k, m) - pay(k, other[0]) for k in own] for m in other[1:]]
    matrix = sp.Matrix([*rows, [1] * len(own)])
    if matrix.det() == 0:
        return None
    found = matrix.LUsolve(sp.Matrix([0] * (len(own) - 1) + [1]))
    if min(found) <= 0:
        return None
    return [found[own.index(k)] if k in own else sp.Integer(0) for k in range(3)]


def test_ties_are_told_as_unsolved() -> None:
    flat: Cells = [dict.fromkeys(product(range(2), repeat=2), 0) for _ in range(2)]
    found = list(mixed_equilibria(IntegerGame((2, 2), flat)))
    assert [e.support for e in found if isinstance(e, IsolatedEquilibrium)] == [
        ((i,), (j,)) for i in range(2) for j in range(2)]  # fmt: skip
    unsolved = [e for e in found if isinstance(e, UnsolvedSupport)]
    assert len(unsolved) == 5
    assert {e.why for e in unsolved} == {"infinite"}
    assert found[0].support == ((0,), (0,))


def test_a_tie_outside_the_support_is_no_gain() -> None:
    cells: Cells = [{(0, 0): 1, (1, 0): 1}, {(0, 0): 0, (1, 0): 0}]
    found = [e.support for e in mixed_equilibria(IntegerGame((2, 1), cells))]
    assert found == [((0,), (0,)), ((1,), (0,)), ((0, 1), (0,))]
    cells = [{(0, 0): 1, (1, 0): 2}, {(0, 0): 0, (1, 0): 0}]
    assert [e.support for e in mixed_equilibria(IntegerGame((2, 1), cells))] == [((1,), (0,))]


def test_mixes_are_completed_in_any_ring() -> None:
    assert complete_mix([fmpq(1, 2), fmpq(1, 3)], fmpq(1)) == [fmpq(1, 2), fmpq(1, 3), fmpq(1, 6)]
    assert complete_mix([], 1) == [1]
    assert complete_mix([arb(2)], arb(1)) == [arb(2), arb(-1)]


def test_payoffs_of_actions_against_mixes() -> None:
    shape, cells = (2, 3, 2), cells_of((2, 3, 2), 3)
    game = IntegerGame(shape, cells)
    support = ((0, 1), (0, 2), (1,))
    mixes = [[fmpq(1, 4), fmpq(3, 4)], [fmpq(1, 3), fmpq(2, 3)], [fmpq(1)]]
    full = [
        [sp.Rational(1, 4), sp.Rational(3, 4)],
        [sp.Rational(1, 3), 0, sp.Rational(2, 3)],
        [0, 1],
    ]
    for i in range(3):
        found = action_payoffs(game, support, i, mixes)
        expected = [worth(cells, i, k, full) for k in range(shape[i])]
        assert [sp.Rational(int(v.p), int(v.q)) for v in found] == expected
