"""How long it takes to divide a space of parameters, and how that grows.

``nox -s bench`` prints the tables; solving the game is part of what is timed.
"""

from typing import Any

import pytest
import sympy as sp
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu
from gametheory_eeu.prover import implication, point_search, proof_search

a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
SIX = ([[a, b], [c, 0]], [[d, e], [f, 0]])


def forget() -> None:
    """Empty the library's memory, so that every round does the work."""
    for kept in (
        proof_search._cached_proof,
        point_search.satisfiability,
        point_search.small_point,
        implication._simplify,
    ):
        kept.cache_clear()


def coordination(size: int, symbols: tuple[sp.Symbol, ...]) -> tuple[list[list[Any]], ...]:
    """Symbols on the diagonal, small numbers off it, a cycle of temptations for the second."""
    place = len(symbols)
    row = [[symbols[i % place] if i == j else (i - j) % size - 1 for j in range(size)]
           for i in range(size)]  # fmt: skip
    column = [[symbols[(i + 1) % place] if i == j else (j - i) % size - 1 for j in range(size)]
              for i in range(size)]  # fmt: skip
    return row, column


@pytest.mark.benchmark(group="regimes, open")
@pytest.mark.parametrize(
    ("payoffs", "concept", "what"),
    [
        (SIX, "Nash", "2x2, six symbols"),
        (coordination(3, (a, b)), "Nash", "3x3, two symbols"),
        (coordination(3, (a, b, c, d)), "Nash", "3x3, four symbols"),
        (coordination(3, (a, b, c, d)), "pure Nash", "3x3, four symbols, pure"),
        (coordination(4, (a, b)), "pure Nash", "4x4, two symbols, pure"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_open_regimes(benchmark: BenchmarkFixture, payoffs: Any, concept: str, what: str) -> None:
    game = eeu.NormalForm(*payoffs, title=what)
    partition = benchmark.pedantic(eeu.regimes, (game,), {"concept": concept}, setup=forget)
    assert partition.count > 1
    assert not partition.unsettled
