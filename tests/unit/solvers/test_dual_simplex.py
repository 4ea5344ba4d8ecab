"""The exact dual simplex method, against SciPy and against its own certificate."""

from random import Random
from typing import Any

import pytest
from flint import fmpq
from scipy.optimize import linprog

from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.solvers import exact_linear_programming as module
from gametheory_eeu.solvers.exact_linear_programming import Programme, dot, dual_simplex


def programme(
    costs: list[int], rows: list[list[int]], bounds: list[int], is_distribution: bool
) -> Programme:
    exact_rows = [[fmpq(v) for v in row] for row in rows]
    return Programme([fmpq(c) for c in costs], exact_rows, [fmpq(b) for b in bounds],
                     is_distribution)  # fmt: skip


def random_case(seed: int) -> Any:
    rng = Random(seed)
    n, m, is_distribution = rng.randint(1, 4), rng.randint(1, 4), seed % 2 == 0
    low, high = (-4, 4) if is_distribution else (-4, 0)
    costs = [rng.randint(low, high) for _ in range(n)]
    rows = [[rng.randint(-3, 3) for _ in range(n)] for _ in range(m)]
    bounds = [0 if is_distribution else rng.choice([0, 0, 1, -1, -2]) for _ in range(m)]
    return costs, rows, bounds, is_distribution


def test_optima_are_scipys_and_proved() -> None:
    seen = set()
    for seed in range(150):
        costs, rows, bounds, is_distribution = case = random_case(seed)
        sums: Any = {"A_eq": [[1] * len(costs)], "b_eq": [1]} if is_distribution else {}
        other = linprog([-c for c in costs], A_ub=rows or None, b_ub=bounds or None, **sums)
        seen.add((other.status, is_distribution))
        made = programme(*case)
        if other.status == 2:
            with pytest.raises(DoesNotExistError, match="no distribution obeys the constraints"):
                dual_simplex(made)
            continue
        point, prices = dual_simplex(made)
        assert made.proves(point, prices), case
        assert len(prices) == len(rows) + is_distribution
        assert float(dot(made.costs, point)) == pytest.approx(-other.fun)
    assert seen == {(0, True), (0, False), (2, True), (2, False)}


def test_without_violated_rows_it_is_where_it_starts() -> None:
    found: Any = dual_simplex(programme([1, 3, 3, 2], [[0, -1, 1, 1]], [0], True))
    assert found == ([0, 1, 0, 0], [0, 3])
    found = dual_simplex(programme([-1, 0], [[1, 1]], [0], False))
    assert found == ([0, 0], [0])


def tableau() -> Any:
    rows = [[-1, 0], [0, -1], [-1, -2]]
    return module._Tableau(programme([-1, -1], rows, [-1, -3, -2], False))


def test_the_most_violated_row_leaves_or_that_of_the_smallest_index() -> None:
    made = tableau()
    assert made.basis == [2, 3, 4]
    assert (made._leaving_row(False), made._leaving_row(True)) == (1, 0)
    made._pivot(1, 1)
    assert made.basis == [2, 1, 4]
    assert (made._leaving_row(False), made._leaving_row(True)) == (0, 0)
    made._pivot(0, 0)
    assert (made._leaving_row(False), made._leaving_row(True)) == (None, None)
    assert (made.point(), made.goal[-1]) == ([1, 3], -4)


def test_the_entering_column_has_the_least_ratio_and_then_the_smallest_index() -> None:
    rows = [[-1, -2, -1, 1]]
    made = module._Tableau(programme([-2, -4, -3, 0], rows, [-1], False))
    assert made._entering_column(0) == 0
    made = module._Tableau(programme([-2, -1, -3, 0], rows, [-1], False))
    assert made._entering_column(0) == 1


def flags(monkeypatch: pytest.MonkeyPatch, costs: list[int], limit: int) -> list[bool]:
    """Whether the smallest index decided, step by step."""
    monkeypatch.setattr(module, "_STALL_LIMIT", limit)
    seen: list[bool] = []
    leaving_row = module._Tableau._leaving_row

    def record(self: Any, use_smallest_index: bool) -> int | None:
        seen.append(use_smallest_index)
        return leaving_row(self, use_smallest_index)

    monkeypatch.setattr(module._Tableau, "_leaving_row", record)
    size = len(costs)
    rows = [[-int(i == j) for j in range(size)] for i in range(size)]
    point, _ = dual_simplex(programme(costs, rows, [i - size for i in range(size)], False))
    assert point == list(range(size, 0, -1))
    return seen


@pytest.mark.parametrize(("costs", "limit", "expected"), [
    ([0, 0, 0], 1, "FFTT"), ([0, 0, -1, 0, 0], 1, "FFTFFT"), ([0, 0, 0, 0], 2, "FFFTT"),
    ([-1, -1, -1], 0, "FFFF"),
])  # fmt: skip
def test_steps_that_change_nothing_are_counted(
    monkeypatch: pytest.MonkeyPatch, costs: list[int], limit: int, expected: str
) -> None:
    assert flags(monkeypatch, costs, limit) == [flag == "T" for flag in expected]


@pytest.mark.parametrize(("size", "digits", "updates"), [
    (1, 0, 3), (2, 0, 20), (1, 255, 3), (1, 256, 6), (1, 512, 9),
])  # fmt: skip
def test_updates_are_counted(
    monkeypatch: pytest.MonkeyPatch, size: int, digits: int, updates: int
) -> None:
    """Each step looks at the tableau once, and once more for every 256 bits."""
    rows = [[-(2 ** max(digits - 1, 0)) * int(i == j) for j in range(size)] for i in range(size)]
    case = [-1] * size, rows, [-1] * size, False
    monkeypatch.setattr(module, "MAX_UPDATES", updates)
    dual_simplex(programme(*case))
    monkeypatch.setattr(module, "MAX_UPDATES", updates - 1)
    message = f"of {size} unknowns and {size} constraints takes more than {updates - 1} operations"
    with pytest.raises(TooLargeError, match=message):
        dual_simplex(programme(*case))
