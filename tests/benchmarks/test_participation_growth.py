"""How participation grows: uniform n = 10^3…10^6, networks n = 10^3…10^5, with exponents.

The exponent is fitted to the sizes run so far, recorded beside each run and printed; nothing is
asserted about time.
"""

import numpy as np
import pytest
import scipy.sparse
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu
from tests.benchmarks.growth import timed

UNIFORM = (10**3, 10**4, 10**5, 10**6)
NETWORK = (10**3, 10**4, 10**5)
DEGREE = 5


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


@pytest.mark.benchmark(group="participation, uniform, all equilibria")
@pytest.mark.parametrize("n", UNIFORM)
def test_uniform(benchmark: BenchmarkFixture, n: int) -> None:
    uniform(100)  # what is loaded on first use is no part of the growth
    timed(benchmark, "participation, uniform", n, "exponent", lambda: uniform(n))


@pytest.mark.benchmark(group="participation, network")
@pytest.mark.parametrize("n", NETWORK)
@pytest.mark.parametrize("what", [least_and_greatest, potential])
def test_network(benchmark: BenchmarkFixture, what, n: int) -> None:
    resistance = np.random.default_rng(n + 1).integers(0, 60, n)
    game = eeu.Participation(P=5, resistance=resistance, complementarity=network(n))
    what(eeu.Participation(P=5, resistance=resistance[:100], complementarity=network(100)))
    timed(benchmark, f"network, {what.__name__}", n, "exponent", lambda: what(game))
