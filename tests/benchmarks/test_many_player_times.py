"""How long games of three players with symbols take: sparse symbols, and symbols everywhere.

Timed, the slow ones are run as well; seed 4 took a minute and a half in SymPy's own arithmetic.
"""

from random import Random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu

ENTRIES = ["a", "0", "1", "b", "a-1"]


@pytest.mark.benchmark(group="three players, two symbols everywhere, all equilibria")
@pytest.mark.parametrize("seed", [8, 0, 4])
def test_symbols_everywhere(benchmark: BenchmarkFixture, seed: int) -> None:
    rng = Random(seed if benchmark.enabled else 8)
    game = eeu.NormalForm(
        lambda profile: [rng.choice(ENTRIES) for _ in profile], actions=[["x", "y"]] * 3
    )
    assert len(benchmark.pedantic(game.solve, rounds=1)) > 0
