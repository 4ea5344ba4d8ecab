"""Optimal distributions and matrix games, by either method, proved by their prices."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from flint import fmpq

from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.solvers import exact_linear_programming
from gametheory_eeu.solvers.exact_linear_programming import (
    Programme,
    best_distribution,
    solve_matrix_game,
)

F = Fraction
module: Any = exact_linear_programming


def value_against(matrix: list[list[Any]], mix: Any, against: Any) -> tuple[F, F]:
    """What the mix gets at least, and what the other side gives at most."""
    columns = [sum((p * v for p, v in zip(mix, c, strict=True)), F(0))
               for c in zip(*matrix, strict=True)]  # fmt: skip
    rows = [sum((q * v for q, v in zip(against, r, strict=True)), F(0)) for r in matrix]
    return min(columns), max(rows)


@pytest.mark.parametrize("few", [0, 300])
def test_matrix_games_have_their_value(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(module, "_FEW_ENTRIES", few)
    known: list[Any] = [
        ([[3, -1], [-1, 1]], F(1, 3)), ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], F(0)),
        ([[5]], F(5)), ([[2, 2], [2, 2]], F(2)), ([[1, 2], [0, 3]], F(1)), ([[-7, -9]], F(-9)),
        ([[-7], [-9]], F(-7)), ([[F(1, 2), 0], [0, F(1, 3)]], F(1, 5)),
        ([[10**20, 0], [0, 1]], F(10**20, 10**20 + 1)),
    ]  # fmt: skip
    for seed in range(25):
        rng = Random(seed)
        shape = rng.randint(1, 4), rng.randint(1, 4)
        known.append(
            ([[rng.randint(-5, 5) for _ in range(shape[1])] for _ in range(shape[0])], None)
        )
    for matrix, value in known:
        found = solve_matrix_game(matrix)
        assert sum(found.mix) == sum(found.against) == 1
        assert min(*found.mix, *found.against) >= 0
        assert value_against(matrix, found.mix, found.against) == (found.value, found.value)
        assert value is None or found.value == value
        assert (len(found.mix), len(found.against)) == (len(matrix), len(matrix[0]))


@pytest.mark.parametrize("few", [0, 300])
def test_the_best_distribution_is_proved(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(module, "_FEW_ENTRIES", few)
    found: Any = best_distribution([3, 1, 0], [[1, -1, -2], [0, 1, -1]])
    assert found.value == sum(c * x for c, x in zip([3, 1, 0], found.point, strict=True)) == 2
    assert min(found.prices) >= 0
    assert sum(found.point) == 1
    for j, column in enumerate([(1, 0), (-1, 1), (-2, -1)]):
        priced = sum(p * v for p, v in zip(found.prices, column, strict=True))
        assert [3, 1, 0][j] - priced <= found.value
    assert len(found.prices) == 2
    with pytest.raises(DoesNotExistError):
        best_distribution([1, 1], [[1, 1]])
    plain: Any = best_distribution([F(1, 2), F(2, 3)], [])
    assert (plain.point, plain.value, plain.prices) == ((0, 1), F(2, 3), ())


def test_floats_are_asked_only_beyond_a_few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Programme] = []
    float_vertex = module.float_vertex

    def record(programme: Programme) -> Any:
        asked.append(programme)
        return float_vertex(programme)

    monkeypatch.setattr(module, "float_vertex", record)
    monkeypatch.setattr(module, "_FEW_ENTRIES", 4)
    solve_matrix_game([[3, -1], [-1, 1]])
    assert not asked
    solve_matrix_game([[3, -1, 2], [-1, 1, 0]])
    assert len(asked) == 1


@pytest.mark.parametrize("answer", [None, ([fmpq(0), fmpq(0)], [fmpq(0), fmpq(0)])])
def test_what_floats_do_not_prove_is_solved_exactly(
    monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    monkeypatch.setattr(module, "_FEW_ENTRIES", 0)
    monkeypatch.setattr(module, "float_vertex", lambda _: answer)
    assert solve_matrix_game([[3, -1], [-1, 1]]).value == F(1, 3)
    exact = module.dual_simplex
    monkeypatch.setattr(module, "dual_simplex", lambda _: answer or ([fmpq(1)] * 2, [fmpq(1)] * 2))
    with pytest.raises(ArithmeticError, match="failed its own check"):
        solve_matrix_game([[3, -1], [-1, 1]])
    monkeypatch.setattr(module, "dual_simplex", exact)


def test_what_floats_prove_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEW_ENTRIES", 0)
    monkeypatch.setattr(module, "dual_simplex", lambda _: None)
    assert solve_matrix_game([[3, -1], [-1, 1]]).value == F(1, 3)


def test_the_number_of_coefficients_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.MAX_ENTRIES == 250_000
    monkeypatch.setattr(module, "MAX_ENTRIES", 6)
    assert solve_matrix_game([[1, 2, 3], [3, 2, 1]]).value == 2
    assert best_distribution([1, 2, 3], [[1, 0, 0], [0, 0, 1]]).value == 2
    with pytest.raises(TooLargeError, match="of 2 unknowns and 4 constraints, above 6"):
        solve_matrix_game([[1, 2, 3, 4], [3, 2, 1, 0]])
    with pytest.raises(TooLargeError, match="of 4 unknowns and 2 constraints, above 6"):
        best_distribution([1, 2, 3, 4], [[0] * 4, [0] * 4])
