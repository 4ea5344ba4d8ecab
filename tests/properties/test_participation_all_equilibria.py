"""Participation's pure equilibria against pygambit's, both conventions of ties, no exception.

The payoff table is written here from THEORY, in fractions, and shares no code with the library.
Resistance, complementarity and power are small numbers, so that ties are frequent.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pygambit
import pytest

import gametheory_eeu as eeu

GAMES = 2000
Set = frozenset[int]
Matrix = list[list[Fraction]]


def draw(
    rng: random.Random, n: int, *, uniform: bool
) -> tuple[Fraction, list[Fraction], Matrix, Fraction]:
    """Power, resistance, gains, and the uniform complementarity where there is one."""
    step = rng.choice((1, 2, 3))
    power = Fraction(rng.randint(1, 4 * step), step)
    theta = [Fraction(rng.randint(-2, 6 * step), step) for _ in range(n)]
    beta = Fraction(rng.randint(0, 5), rng.choice((1, 2)))
    if uniform:
        each = beta / (n - 1)
        return power, theta, [[each * (i != j) for j in range(n)] for i in range(n)], beta
    rows = [[Fraction(rng.randint(0, 3) * (i != j), step) for j in range(n)] for i in range(n)]
    return power, theta, rows, beta


def joining(power: Fraction, theta: list[Fraction], rows: Matrix, joined: Set, i: int) -> Fraction:
    return power + sum(rows[i][j] for j in joined if j != i) - theta[i]


def by_pygambit(power: Fraction, theta: list[Fraction], rows: Matrix) -> set[Set]:
    n = len(theta)
    tables = [np.empty([2] * n, dtype=object) for _ in range(n)]
    for cell in product((0, 1), repeat=n):
        joined = frozenset(i for i in range(n) if cell[i])
        for i, table in enumerate(tables):
            worth = joining(power, theta, rows, joined, i) if cell[i] else Fraction(0)
            table[cell] = pygambit.Rational(worth.numerator, worth.denominator)
    game = pygambit.StrategicGame.from_arrays(*tables)
    return {
        frozenset(
            i
            for i, player in enumerate(game.players)
            if [chance for _, chance in profile[player]][1] == 1
        )
        for profile in pygambit.nash.enumpure_solve(game).equilibria
    }


def joiners(equilibrium: eeu.Equilibrium) -> Set:
    return frozenset(
        i for i, played in enumerate(equilibrium.support.values()) if played == ("Join",)
    )


@pytest.mark.parametrize("part", range(4))
def test_equal_to_pygambit(part: int, rng: random.Random, samples: Callable[[int], range]) -> None:
    rng.seed(rng.random() + part)
    several = tied = 0
    for index in samples(GAMES // 4):
        n = rng.choice((2, 2, 3, 3, 4)) if index % 25 else rng.choice((5, 6))
        power, theta, rows, beta = draw(rng, n, uniform=index % 2 == 0)
        nash = by_pygambit(power, theta, rows)
        strict = {
            s
            for s in nash
            if all(joining(power, theta, rows, s, i) < 0 for i in range(n) if i not in s)
        }
        given = beta if index % 2 == 0 else rows
        game = eeu.Participation(hegemon_power=power, resistance=theta, complementarity=given)
        for concept, expected in (("Nash", nash), ("Nash, ties join", strict)):
            found = [joiners(e) for e in game.solve(concept)]
            assert len(found) == len(set(found))
            assert set(found) == expected, (power, theta, rows, concept)
        names = np.array(game.players)
        for ties, expected in (("both", nash), ("join", strict)):
            least = game.least_equilibrium(ties).members
            assert set(least) == set(names[sorted(frozenset.intersection(*expected))])
        greatest = game.greatest_equilibrium().members
        assert set(greatest) == set(names[sorted(frozenset.union(*nash))])
        several += len(nash) > 1
        tied += nash != strict
    assert several > 60
    assert tied > 60
