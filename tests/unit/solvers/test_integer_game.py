"""Pure equilibria and undominated supports of games in whole numbers, by definition."""

import random
from fractions import Fraction
from itertools import combinations, product
from math import lcm
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.integer_game import (
    IntegerGame,
    all_supports,
    pure_equilibria,
    undominated_supports,
)

Payoffs = list[dict[tuple[int, ...], Any]]
SHAPES = [(2, 2), (2, 3), (3, 1), (2, 2, 2), (1, 3, 2), (3,)]


def random_payoffs(shape: tuple[int, ...], seed: int, most: int = 2) -> Payoffs:
    rng = random.Random(seed)
    return [
        {p: Fraction(rng.randint(0, most), 2) for p in product(*map(range, shape))} for _ in shape
    ]


def moved(profile: tuple[int, ...], i: int, action: int) -> tuple[int, ...]:
    return (*profile[:i], action, *profile[i + 1 :])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_pure_equilibria_leave_no_gain(shape: tuple[int, ...], seed: int) -> None:
    payoffs = random_payoffs(shape, seed)
    expected = [
        p
        for p in product(*map(range, shape))
        if all(u[moved(p, i, k)] <= u[p] for i, u in enumerate(payoffs) for k in range(shape[i]))
    ]
    assert pure_equilibria(IntegerGame(shape, payoffs)) == expected


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_holds_payoffs_in_proportion_at_their_places(shape: tuple[int, ...]) -> None:
    payoffs = random_payoffs(shape, 7, most=5)
    game = IntegerGame(shape, payoffs)
    assert list(IntegerGame.profiles(shape)) == list(product(*map(range, shape)))
    for i, u in enumerate(payoffs):
        scale = lcm(*(value.denominator for value in u.values()))
        for p in product(*map(range, shape)):
            assert game.rows[i][p[i]][game.place(p, i)] == scale * u[p]


def test_payoffs_become_the_least_whole_numbers() -> None:
    payoff: dict[tuple[int, ...], sp.Rational] = {
        (0,): sp.Rational(1, 4),
        (1,): sp.Rational(-5, 6),
        (2,): sp.Integer(2),
    }
    assert IntegerGame((3,), [payoff]).rows == [[[3], [-10], [24]]]


@pytest.mark.parametrize("shape", SHAPES)
def test_columns_are_the_profiles_of_the_others_supports(shape: tuple[int, ...]) -> None:
    game = IntegerGame(shape, random_payoffs(shape, 1))
    for support in all_supports(shape):
        for i in range(len(shape)):
            ranges = [s if j != i else (0,) for j, s in enumerate(support)]
            assert game.against(support, i) == [game.place(p, i) for p in product(*ranges)]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_support_comes_once_the_smallest_first(shape: tuple[int, ...]) -> None:
    subsets = [[c for k in range(1, n + 1) for c in combinations(range(n), k)] for n in shape]
    found = all_supports(shape)
    assert set(found) == set(product(*subsets))
    sizes = [(sum(map(len, s)), s) for s in found]
    assert sizes == sorted(sizes)
    assert len(found) == len(set(found))


def test_supports_are_counted_first() -> None:
    assert len(all_supports((2, 3), most=21)) == 21
    with pytest.raises(TooLargeError, match="a 2x3 game has 21 supports, above the limit of 20"):
        all_supports((2, 3), most=20)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_a_support_without_a_weakly_dominated_action_is_kept(
    shape: tuple[int, ...], seed: int
) -> None:
    payoffs = random_payoffs(shape, seed)

    def dominated(support: tuple[tuple[int, ...], ...], i: int, action: int) -> bool:
        profiles = list(product(*(s if j != i else (0,) for j, s in enumerate(support))))
        mine = [payoffs[i][moved(p, i, action)] for p in profiles]
        for other in range(shape[i]):
            gains = [
                payoffs[i][moved(p, i, other)] - m for p, m in zip(profiles, mine, strict=True)
            ]
            if min(gains) >= 0 < max(gains):
                return True
        return False

    expected = [
        s for s in all_supports(shape)
        if not any(dominated(s, i, k) for i in range(len(shape)) for k in s[i])
    ]  # fmt: skip
    assert list(undominated_supports(IntegerGame(shape, payoffs))) == expected
