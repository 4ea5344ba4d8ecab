"""The exact vertex beside an optimum in floats."""

from random import Random
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from gametheory_eeu.solvers import exact_linear_programming as float_vertex_module
from gametheory_eeu.solvers.exact_linear_programming import Programme

module: Any = float_vertex_module
float_vertex = module.float_vertex


def programme(costs: list[Any], rows: list[Any], bounds: list[Any], sums: bool) -> Programme:
    exact_rows = [[fmpq(v) for v in row] for row in rows]
    return Programme([fmpq(c) for c in costs], exact_rows, [fmpq(b) for b in bounds], sums)


@pytest.mark.parametrize("case", [
    ([3, 2], [[1, 1], [1, 3]], [4, 6], False, [4, 0], [3, 0]),
    ([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18], False, [2, 6], [0, fmpq(3, 2), 1]),
    ([3, 1, 0], [[1, -1, -1]], [0], True, [fmpq(1, 2), fmpq(1, 2), 0], [1, 2]),
    ([1, 2, 3], [[0, 0, 1]], [0], True, [0, 1, 0], [1, 2]),
    ([1, 2, 4], [[3, 0, 7]], [5], True, [0, fmpq(2, 7), fmpq(5, 7)], [fmpq(2, 7), 2]),
    ([-1, -2], [[-3, -1]], [-1], False, [fmpq(1, 3), 0], [fmpq(1, 3)]),
], ids=range(6))  # fmt: skip
def test_the_vertex_and_its_prices_are_exact(case: Any) -> None:
    *made, point, prices = case
    found = float_vertex(programme(*made))
    assert found == (point, prices)
    assert programme(*made).proves(*found)


def test_many_programmes_are_proved() -> None:
    proved = 0
    for seed in range(40):
        rng = Random(seed)
        n, m = rng.randint(2, 5), rng.randint(1, 5)
        costs = [rng.randint(1, 9) * 10**25 + rng.randint(0, 9) for _ in range(n)]
        rows = [[rng.randint(1, 9) for _ in range(n)] for _ in range(m)]
        made = programme(costs, rows, [rng.randint(1, 9) for _ in range(m)], False)
        found = float_vertex(made)
        proved += found is not None and made.proves(*found)
    assert proved >= 38


def test_without_an_optimum_there_is_no_vertex() -> None:
    assert float_vertex(programme([1], [[-1]], [0], False)) is None  # without end
    assert float_vertex(programme([1], [[1]], [-1], False)) is None  # empty
    assert float_vertex(programme([1, 1], [[1, 1]], [-1], True)) is None


def test_what_the_floats_leave_open_is_not_solved(monkeypatch: Any) -> None:
    made = programme([1, 1], [[1, 1]], [1], False)
    open_point = [0.5, 0.5], [0.0], [1.0], [0.0, 0.0]
    monkeypatch.setattr(module, "_highs_vertex", lambda _: open_point)
    assert float_vertex(made) is None  # one equation for two unknowns
    monkeypatch.setattr(module, "_highs_vertex", lambda _: ([1.0, 0.0], *open_point[1:]))
    assert float_vertex(made) == ([1, 0], [1])
    made = programme([1], [[1], [1]], [1, 1], False)
    open_prices = [1.0], [0.0, 0.0], [0.5, 0.5], [0.0]
    monkeypatch.setattr(module, "_highs_vertex", lambda _: open_prices)
    assert float_vertex(made) is None  # one equation for two prices
    monkeypatch.setattr(module, "_highs_vertex", lambda _: ([1.0], [0.0, 0.0], [0.0, 1.0], [0.0]))
    assert float_vertex(made) == ([1], [0, 1])


def test_small_floats_count_as_zero(monkeypatch: Any) -> None:
    made = programme([1, 0], [[1, 1], [1, 0]], [1, 2], False)
    tiny, vertex = 1e-9, ([1.0, 1e-9], [1e-9, 1.0], [1.0, 1e-9], [1e-9, 1.0])
    monkeypatch.setattr(module, "_highs_vertex", lambda _: vertex)
    assert float_vertex(made) == ([1, 0], [1, 0])
    assert tiny < module._TOLERANCE


def test_values_are_divided_by_the_largest() -> None:
    assert module._scale([fmpq(10**400), fmpq(-(10**400), 2)]) == [1.0, -0.5]
    assert module._scale([fmpq(1), fmpq(-4)]) == [0.25, -1.0]
    assert module._scale([fmpq(0), fmpq(0)]) == [0.0, 0.0]


def test_the_first_independent_rows() -> None:
    rows = [[fmpq(v) for v in row] for row in ([0, 0], [1, 2], [2, 4], [1, 0], [5, 5])]
    assert module._independent_rows(rows) == [1, 3]
    assert module._independent_rows(rows[:3]) == [1]


def test_equations_are_solved_where_they_determine_all_unknowns() -> None:
    rows = [[fmpq(v) for v in row] for row in ([1, 1], [2, 2], [1, -1])]
    sides = [fmpq(3), fmpq(6), fmpq(1)]
    assert module._solution(rows, sides) == [2, 1]
    assert module._solution(rows[:2], sides[:2]) is None
    assert module._solution([], []) == []
    assert module._solution([[], []], [fmpq(0), fmpq(0)]) == []


def test_residues_modulo_the_prime() -> None:
    prime = module._PRIME
    assert prime == 2**61 - 1
    half = module._residue(fmpq(3, 2))
    assert half * 2 % prime == 3
    assert 0 <= module._residue(fmpq(-1)) == prime - 1
    assert module._residue(fmpq(1, prime)) == 0
    assert module._solution([[fmpq(1)]], [fmpq(1, 7)]) == [fmpq(1, 7)]
    # Modulo the prime the second row is as good as none.
    assert module._solution([[fmpq(prime)]], [fmpq(1)]) is None


def test_values_are_put_in_their_places() -> None:
    assert module._scatter([fmpq(5), fmpq(7)], [2, 0], 4) == [7, 0, 5, 0]


def test_the_floats_are_those_of_scipy() -> None:
    vertex = module._highs_vertex(programme([3, 2], [[1, 1], [1, 3]], [4, 6], False))
    assert vertex is not None
    point, slack, prices, reduced = (np.asarray(part).tolist() for part in vertex)
    assert point == pytest.approx([4, 0])
    assert [s > 1e-9 for s in slack] == [False, True]
    assert [p > 1e-9 for p in prices] == [True, False]
    assert [r > 1e-9 for r in reduced] == [False, True]
