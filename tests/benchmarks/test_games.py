"""How long the games take, beside pygambit where it can do the same; nothing is asserted of time.

``nox -s bench`` prints the tables; a group holds what may be compared.
"""

import sys
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pygambit
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu
from tests.benchmarks.growth import timed

VALUES: dict[str, Any] = {
    "P": Fraction(63, 20), "R": Fraction(7, 5), "c": Fraction(1, 20), "tau": Fraction(13, 40),
    "lam": Fraction(23, 40),
}  # fmt: skip
ACTIONS = eeu.BandwagoningContest.actions


def weights(n: int) -> list[Fraction]:
    return [Fraction(3 + i, 1 + i % 3) for i in range(n)]


def forget() -> None:
    """Empty the library's memory, so that every round does the work."""
    for name, module in list(sys.modules.items()):
        if name.startswith("gametheory_eeu"):
            for remembered in vars(module).values():
                if hasattr(remembered, "cache_clear"):
                    remembered.cache_clear()


@pytest.mark.benchmark(group="contest, unequal weights, numbers")
@pytest.mark.parametrize("n", [8, 16, 32, 64])
def test_contest_at_numbers(benchmark: BenchmarkFixture, n: int) -> None:
    eeu.BandwagoningContest(**VALUES, w=weights(2)).solve()  # what is loaded on first use
    game = eeu.BandwagoningContest(**VALUES, w=weights(n))
    assert len(timed(benchmark, "contest, unequal", n, "exponent", game.solve)) >= 1


@pytest.mark.benchmark(group="contest, all members tied")
@pytest.mark.parametrize("n", [8, 16, 32])
def test_contest_of_tied_members(benchmark: BenchmarkFixture, n: int) -> None:
    """2**n - 2 equilibria as one family: a table of them would double with each member."""
    values = {**VALUES, "P": VALUES["tau"] * (VALUES["R"] + 1) / (VALUES["lam"] - VALUES["tau"])}
    eeu.BandwagoningContest(**values, w=[1] * 7).solve()  # what is loaded on first use
    game = eeu.BandwagoningContest(**values, w=[1] * n)
    found = timed(benchmark, "contest, tied", n, "exponent", game.solve)
    assert sum(1 for e in found if e.free) == 1


def enumerate_with_pygambit(case: dict[str, Any]) -> int:
    w, power = case["w"], case["P"] + case["R"]
    arrays = [np.empty([3] * len(w), dtype=object) for _ in w]
    for cell in product(range(3), repeat=len(w)):
        together = sum(weight for weight, a in zip(w, cell, strict=True) if a == 2)
        waiting = [case["lam"] * case["P"] / (power + weight) for weight in w]
        balancing = case["c"] + case["lam"] * case["P"] / (power + together)
        for array, a, wait in zip(arrays, cell, waiting, strict=True):
            array[cell] = pygambit.Rational(-(case["tau"], wait, balancing)[a])
    game = pygambit.StrategicGame.from_arrays(*arrays)
    return len(pygambit.nash.enumpure_solve(game).equilibria)


@pytest.mark.benchmark(group="contest of four, from values to equilibria")
def test_four_members_ours(benchmark: BenchmarkFixture) -> None:
    case = {**VALUES, "w": weights(4)}
    assert len(benchmark(lambda: eeu.BandwagoningContest(**case).solve())) >= 1


@pytest.mark.benchmark(group="contest of four, from values to equilibria")
def test_four_members_pygambit(benchmark: BenchmarkFixture) -> None:
    case = {**VALUES, "w": weights(4)}
    found = benchmark(enumerate_with_pygambit, case)
    assert found == len(eeu.BandwagoningContest(**case).solve())


SYMBOLIC = {
    "contest, n equal members": eeu.BandwagoningContest(),
    "contest, two members": eeu.BandwagoningContest(members=2),
    "commitment": eeu.CredibleCommitment(),
    "bargaining": eeu.AsymmetricBargaining(),
}


@pytest.mark.benchmark(group="symbolic solve")
@pytest.mark.parametrize("name", SYMBOLIC)
def test_symbolic_solve(benchmark: BenchmarkFixture, name: str) -> None:
    found = benchmark.pedantic(SYMBOLIC[name].solve, setup=forget, rounds=5)
    assert len(found) >= 3


@pytest.mark.benchmark(group="table of comparative statics, every sign proved")
@pytest.mark.parametrize("name", [name for name in SYMBOLIC if "two" not in name])
def test_statics(benchmark: BenchmarkFixture, name: str) -> None:
    table = benchmark.pedantic(SYMBOLIC[name].comparative_statics, setup=forget, rounds=2)
    assert {row.verdict for row in table} <= {"proved", "depends"}
