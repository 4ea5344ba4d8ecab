"""How participation grows: uniform n = 10^3…10^6, networks n = 10^3…10^5, with exponents.

The exponent beside each run is of the size just run against the smallest; it is recorded, and
printed by the last test, and nothing is asserted about time.
"""

from math import log
from time import perf_counter

import numpy as np
import pytest
import scipy.sparse
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu

UNIFORM = (10**3, 10**4, 10**5, 10**6)
NETWORK = (10**3, 10**4, 10**5)
DEGREE = 5
_seconds: dict[tuple[str, int], float] = {}


def uniform(n: int) -> None:
    """Build, every equilibrium, the thresholds, the tipping points."""
    resistance = np.random.default_rng(n).integers(0, 1000, n)
    game = eeu.Participation(P=200, resistance=resistance, complementarity=600)
    sizes = game.equilibrium_sizes()
    assert sizes.exact
    assert len(game.tipping_points()) == len(sizes.sizes) - 1
    assert game.equilibrium_threshold <= game.absolute_threshold


def network(n: int) -> scipy.sparse.csr_array:
    """Symmetric, with about ten partners each."""
    rng = np.random.default_rng(n)
    ends = rng.integers(0, n, (2, DEGREE * n))
    ends = ends[:, ends[0] != ends[1]]
    one = scipy.sparse.coo_array((rng.integers(1, 10, ends.shape[1]), tuple(ends)), shape=(n, n))
    return (one + one.T).tocsr()


def least_and_greatest(game: eeu.Game) -> None:
    assert game.least_equilibrium().size <= game.greatest_equilibrium().size
    assert game.equilibrium_threshold <= game.absolute_threshold


def potential(game: eeu.Game) -> None:
    best = game.potential_maximiser()
    assert best.least.size <= best.greatest.size


def record(benchmark: BenchmarkFixture, name: str, n: int, smallest: int, seconds: float) -> None:
    _seconds[name, n] = seconds
    first = _seconds.get((name, smallest))
    if first and n > smallest:
        benchmark.extra_info["growth exponent"] = log(seconds / first) / log(n / smallest)


@pytest.mark.benchmark(group="participation, uniform, all equilibria")
@pytest.mark.parametrize("n", UNIFORM)
def test_uniform(benchmark: BenchmarkFixture, n: int) -> None:
    uniform(100)  # what is loaded on first use is no part of the growth
    start = perf_counter()
    benchmark.pedantic(uniform, args=(n,), rounds=1)
    record(benchmark, "uniform", n, UNIFORM[0], perf_counter() - start)


@pytest.mark.benchmark(group="participation, network")
@pytest.mark.parametrize("n", NETWORK)
@pytest.mark.parametrize("what", [least_and_greatest, potential])
def test_network(benchmark: BenchmarkFixture, what, n: int) -> None:
    resistance = np.random.default_rng(n + 1).integers(0, 60, n)
    game = eeu.Participation(P=5, resistance=resistance, complementarity=network(n))
    what(eeu.Participation(P=5, resistance=resistance[:100], complementarity=network(100)))
    start = perf_counter()
    benchmark.pedantic(what, args=(game,), rounds=1)
    record(benchmark, what.__name__, n, NETWORK[0], perf_counter() - start)


def test_growth() -> None:
    for name, sizes in (
        ("uniform", UNIFORM),
        ("least_and_greatest", NETWORK),
        ("potential", NETWORK),
    ):
        first, last = (_seconds[name, n] for n in (sizes[0], sizes[-1]))
        exponent = log(last / first) / log(sizes[-1] / sizes[0])
        print(f"{name}: {last:.2f} s at n = {sizes[-1]}, exponent {exponent:.2f}")
