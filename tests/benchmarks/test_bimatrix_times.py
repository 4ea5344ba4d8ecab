"""How long two-player games take, from arrays to equilibria, beside pygambit; growth besides.

``nox -s bench`` prints the tables; a group holds what may be compared.
"""

from typing import Any

import numpy as np
import pygambit
import pytest
import sympy as sp
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu

RNG = np.random.default_rng(20140529)
ARRAYS = {k: [RNG.integers(-100, 101, (k, k)) for _ in "AB"] for k in (2, 3, 5, 6, 8)}


def ours(size: int) -> int:
    return len(eeu.NormalForm(*ARRAYS[size]).extreme_equilibria())


def by_pygambit(size: int) -> int:
    game = pygambit.StrategicGame.from_arrays(*ARRAYS[size])
    return len(pygambit.nash.enummixed_solve(game, rational=True).equilibria)


@pytest.mark.benchmark(group="all equilibria of a 2x2 game in integers")
@pytest.mark.parametrize("solver", [ours, by_pygambit])
def test_two_by_two(benchmark: BenchmarkFixture, solver: Any) -> None:
    assert benchmark(solver, 2) == by_pygambit(2)


@pytest.mark.benchmark(group="all equilibria of a 5x5 game in integers")
@pytest.mark.parametrize("solver", [ours, by_pygambit])
def test_five_by_five(benchmark: BenchmarkFixture, solver: Any) -> None:
    assert benchmark(solver, 5) == by_pygambit(5)


@pytest.mark.benchmark(group="all equilibria, growth with actions")
@pytest.mark.parametrize("size", [2, 3, 5, 6, 8])
def test_growth_with_actions(benchmark: BenchmarkFixture, size: int) -> None:
    assert benchmark(ours, size) % 2 == 1


@pytest.mark.benchmark(group="all equilibria with their conditions, growth with symbols")
@pytest.mark.parametrize("count", [1, 2, 4, 6, 8])
def test_growth_with_symbols(benchmark: BenchmarkFixture, count: int) -> None:
    values = [1, -2, 0, 3, 2, -1, 1, 0]
    cells = [*sp.symbols(f"a1:{count + 1}", real=True), *values[count:]]

    def solve() -> int:
        forget()
        return len(eeu.NormalForm([cells[:2], cells[2:4]], [cells[4:6], cells[6:]]).solve())

    assert benchmark.pedantic(solve, rounds=1) >= 1


@pytest.mark.benchmark(group="all equilibria with their conditions, 3x3 with four symbols")
def test_three_by_three_with_four_symbols(benchmark: BenchmarkFixture) -> None:
    a, b, c, d = sp.symbols("a b c d", real=True)
    rows, columns = [[a, 0, 0], [0, b, 0], [0, 0, 1]], [[c, 0, 0], [0, d, 0], [0, 0, 1]]

    def solve() -> int:
        forget()
        return len(eeu.NormalForm(rows, columns, given=[a > 0, b > 0]).solve())

    assert benchmark.pedantic(solve, rounds=1) == 15


def forget() -> None:
    """Empty the memory of proofs, so that every round does the work."""
    from gametheory_eeu.prover import implication, proof_search
    from gametheory_eeu.solvers import condition_simplification

    for module in (implication, proof_search, condition_simplification):
        for remembered in vars(module).values():
            if hasattr(remembered, "cache_clear"):
                remembered.cache_clear()
