"""Extreme equilibria of random two-player games against pygambit's exact enumeration.

pygambit lists an extreme equilibrium of a degenerate game once for each basis, so that lists are
compared as sets; ours has none twice.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pygambit

import gametheory_eeu as eeu
from gametheory_eeu.solvers.extreme_equilibria import (
    ExtremeEquilibria,
    bit_positions,
    extreme_equilibria,
)

Samples = Callable[[int], range]
Matrix = list[list[int]]
Pair = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
SHAPES = ((2, 2), (2, 3), (3, 3), (4, 2), (3, 4), (4, 4), (5, 5), (1, 3), (2, 5))


def random_game(rng: random.Random, shape: tuple[int, int], values: list[int]) -> list[Matrix]:
    return [[[rng.choice(values) for _ in range(shape[1])] for _ in range(shape[0])] for _ in "AB"]


def by_pygambit(one: Matrix, other: Matrix) -> tuple[set[Pair], set[frozenset[Pair]]]:
    """Its extreme equilibria, and its cliques: the extreme points of each maximal Nash subset."""
    game = pygambit.StrategicGame.from_arrays(np.array(one), np.array(other))
    result = pygambit.nash.enummixed_solve(game, rational=True, cliques=True)

    def read(profile: Any) -> Pair:
        first, second = (
            tuple(Fraction(int(v.numerator), int(v.denominator)) for _, v in profile[player])
            for player in game.players
        )
        return first, second

    cliques = {frozenset(map(read, clique)) for clique in result.cliques}
    return set(map(read, result.equilibria)), cliques


def pairs(found: ExtremeEquilibria) -> list[Pair]:
    return [(found.first[i].strategy, found.second[j].strategy) for i, j in found.pairs]


def agree(one: Matrix, other: Matrix) -> None:
    found = extreme_equilibria(one, other)
    ours = pairs(found)
    theirs, cliques = by_pygambit(one, other)
    assert len(set(ours)) == len(ours)
    assert set(ours) == theirs
    subsets = {
        frozenset(
            (found.first[i].strategy, found.second[j].strategy)
            for i in bit_positions(mine) for j in bit_positions(its)
        )
        for mine, its in found.maximal_subsets()
    }  # fmt: skip
    assert subsets == cliques


def test_games_of_two_by_two(rng: random.Random, samples: Samples) -> None:
    for _ in samples(2000):
        agree(*random_game(rng, (2, 2), list(range(-100, 101))))


def test_games_of_five_by_five(rng: random.Random, samples: Samples) -> None:
    for _ in samples(500):
        agree(*random_game(rng, (5, 5), list(range(-100, 101))))


def test_degenerate_games(rng: random.Random, samples: Samples) -> None:
    for k in samples(500):
        values = [list(range(-1, 2)), [0, 1], list(range(4))][k % 3]
        agree(*random_game(rng, SHAPES[k % len(SHAPES)], values))


def is_equilibrium(one: Matrix, other: Matrix, pair: Pair) -> bool:
    x, y = pair
    rows = [sum(a * q for a, q in zip(row, y, strict=True)) for row in one]
    columns = [sum(p * row[j] for p, row in zip(x, other, strict=True)) for j in range(len(y))]
    mine = sum(p * u for p, u in zip(x, rows, strict=True))
    theirs = sum(q * u for q, u in zip(y, columns, strict=True))
    return mine == max(rows) and theirs == max(columns)


def mean(points: list[tuple[Fraction, ...]]) -> tuple[Fraction, ...]:
    return tuple(sum(c) / len(points) for c in zip(*points, strict=True))


def test_components_by_brute_force(rng: random.Random, samples: Samples) -> None:
    """Two extreme equilibria are linked where all points between them are equilibria.

    The components of that graph, searched without bicliques, are those of the library.
    """
    for k in samples(150):
        one, other = random_game(rng, SHAPES[k % 5], [0, 1, 2])
        found = extreme_equilibria(one, other)
        ours = pairs(found)
        groups: list[set[Pair]] = []
        for pair in ours:
            linked = [g for g in groups if any(between(one, other, pair, p) for p in g)]
            groups = [g for g in groups if g not in linked] + [{pair}.union(*linked)]
        game = eeu.NormalForm(one, other)
        theirs = {frozenset(map(in_fractions, c.equilibria)) for c in game.components()}
        assert theirs == {frozenset(g) for g in groups}


def in_fractions(pair: Any) -> Pair:
    one, other = (tuple(Fraction(int(p.p), int(p.q)) for p in side) for side in pair)
    return one, other


def between(one: Matrix, other: Matrix, a: Pair, b: Pair) -> bool:
    """Whether one strategy is common and the middle is an equilibrium, so the segment is."""
    return (a[0] == b[0] or a[1] == b[1]) and is_equilibrium(
        one, other, (mean([a[0], b[0]]), mean([a[1], b[1]]))
    )
