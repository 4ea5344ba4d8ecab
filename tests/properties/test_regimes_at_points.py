"""At any point, a partition names the equilibria that solving the game there finds."""

import random
from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.games import AbstractGame

a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
SIX = eeu.NormalForm([[a, b], [c, 0]], [[d, e], [f, 0]])
THREE = eeu.NormalForm([[a, 0, 1], [1, b, 0], [0, 1, a]], [[1, 0, b], [0, 1, 0], [a, 0, 1]])
CURVED = eeu.NormalForm([[a * b, 1], [a, b]], [[b**2, a], [1, a * b]])
CASES: list[tuple[AbstractGame, str | None, int]] = [
    (SIX, None, 200),
    (THREE, "pure Nash", 200),
    (CURVED, "pure Nash", 200),
    (CURVED, None, 30),
    (eeu.BandwagoningContest(), None, 200),
    (eeu.CredibleCommitment(), "Nash", 60),
]
VALUES = [sp.Rational(p, q) for p in range(-3, 7) for q in (1, 2, 3)]


def somewhere(game: AbstractGame, rng: random.Random) -> dict[sp.Symbol, sp.Rational]:
    """A point of the space in small numbers, so that ties are met often."""
    while True:
        point = {s: rng.choice(VALUES) for s in game.space.symbols}
        if isinstance(game, eeu.BandwagoningContest):
            shares = sorted(rng.sample(range(1, 9), 3))  # c < tau < lam <= 1
            point = {s: abs(value) + 1 for s, value in point.items()}
            names = ("c", "tau", "lam")
            point |= {
                getattr(game.symbols, n): sp.Rational(k, 8)
                for n, k in zip(names, shares, strict=True)
            }
            point[game.symbols.n] = sp.Integer(rng.randint(1, 4))
        if game.space.contains({s.name: value for s, value in point.items()}):
            return point


@pytest.mark.parametrize(("game", "concept", "count"), CASES)
def test_the_regime_of_a_point_is_what_solving_there_finds(
    game: AbstractGame, concept: str | None, count: int, rng: random.Random,
    samples: Callable[[int], range],
) -> None:  # fmt: skip
    partition = eeu.regimes(game, concept=concept, edges=True)
    names = {row.symbol: row.name for row in getattr(game, "parameters", ())}
    regimes, met = list(partition), set()
    for _ in samples(count):
        point = somewhere(game, rng)
        regime = partition.at(point)
        there = game.at(**{names.get(s, s.name): value for s, value in point.items()})
        assert set(regime.equilibria) == set(there.solve(concept).names), point
        assert regime in regimes, point
        met.add(regimes.index(regime))
    assert len(met) > 1
