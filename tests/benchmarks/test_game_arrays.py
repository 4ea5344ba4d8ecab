"""Equilibria of many 2x2 games in one pass, beside a copy of the bytes and other libraries.

One run, seconds of CPU, medians; ``-s`` prints the ratios. The others solve as many games as take
a moment, one by one, each warm. Nothing is asserted about time.
"""

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gametheory_eeu.solvers.bimatrix_arrays import equilibria_2x2
from tests.benchmarks.peer_solvers import by_nashpy, by_pygambit, by_quantecon

BYTES_READ, BYTES_WRITTEN = 64, 22


def seconds(work: Callable[[], Any], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = process_time()
        work()
        times.append(process_time() - start)
    return median(times)


@pytest.mark.benchmark(group="all equilibria of 2x2 games, as many as there are points")
def test_two_by_two_games_in_one_pass(benchmark: BenchmarkFixture) -> None:
    count, sample, rounds = (10**6, 500, 7) if benchmark.enabled else (10**4, 20, 1)
    tables = (
        np.random.default_rng(1).integers(-50, 51, (2, 2, 2, count)) + 0.25 * np.eye(2)[:, :, None]
    )
    found = benchmark.pedantic(equilibria_2x2, tuple(tables), rounds=1)
    ours = seconds(lambda: equilibria_2x2(*tables), rounds) / count
    source = np.ones((BYTES_READ + BYTES_WRITTEN) // 2 * count, dtype=np.uint8)
    times = {"a copy of the bytes": seconds(source.copy, rounds) / count}
    games = [tuple(np.ascontiguousarray(t[..., k]) for t in tables) for k in range(sample)]
    solvers = (by_nashpy, by_pygambit, *((by_quantecon,) if benchmark.enabled else ()))
    for solver in solvers:
        counts = [solver(*game) for game in games]
        assert counts == (found.pure.sum(axis=0) + found.mixed)[:sample].tolist()
        spent = seconds(lambda solver=solver: [solver(*game) for game in games], rounds)  # type: ignore[misc]
        times[solver.__name__] = spent / sample
    ratios = {name: float(f"{time / ours:.3g}") for name, time in times.items()}
    benchmark.extra_info.update(ratios)
    print(f"{count} games: ours {ours * 1e9:.0f} ns of CPU each, times ours: {ratios}")
