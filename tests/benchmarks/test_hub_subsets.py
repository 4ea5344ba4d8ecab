"""How recursion over a hub's unions grows: 2^n unions of n members each, n = 4 to 16.

Each further member should cost a little more than twice as much: the base fitted to the sizes run
so far is recorded beside each run and printed; nothing is asserted about time.
"""

from fractions import Fraction

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gametheory_eeu.solvers import renegotiated
from tests.benchmarks.growth import timed


@pytest.mark.benchmark(group="hub, recursion over unions")
@pytest.mark.parametrize("n", [4, 6, 8, 10, 12, 14, 16])
def test_hub_subsets(benchmark: BenchmarkFixture, n: int) -> None:
    members = [str(i) for i in range(n)]
    worth = [number.bit_count() ** 2 for number in range(2**n)]
    gains = [Fraction(i, 7) for i in range(n)]
    odds = [Fraction(i + 1, 5) for i in range(n)]
    renegotiated("ab", [0, 1, 1, 4], [0, 0], [1, 1])  # what is loaded on first use
    found = timed(
        benchmark, "hub subsets", n, "base", lambda: renegotiated(members, worth, gains, odds)
    )
    assert len(found.payoffs) == 2**n
