"""Pure equilibria of two-action games by numbers, against every profile."""

from collections import Counter
from itertools import product
from random import Random

import pytest

from gametheory_eeu.solvers.pure_nash import equilibria_by_number


def random_gains(seed: int) -> list[list[int]]:
    rng = Random(seed)
    n = rng.randint(1, 4)
    return [[rng.randint(-1, 1) for _ in range(n)] for _ in range(n)]


@pytest.mark.parametrize("seed", range(80))
def test_each_choice_that_makes_up_the_number_is_an_equilibrium(seed: int) -> None:
    gains = random_gains(seed)
    n = len(gains)
    number: Counter[int] = Counter()
    members: dict[int, list[set[bool]]] = {}
    for profile in product([False, True], repeat=n):
        k = sum(profile)
        if all(
            gains[i][k - 1] >= 0 if at_first else gains[i][k] <= 0
            for i, at_first in enumerate(profile)
        ):
            number[k] += 1
            seen = members.setdefault(k, [set() for _ in range(n)])
            for i, at_first in enumerate(profile):
                seen[i].add(at_first)
    found = list(equilibria_by_number(gains))
    assert {f.number: f.count for f in found} == dict(number)
    assert [f.number for f in found] == sorted(number)
    for f in found:
        assert sorted((*f.first, *f.second, *f.either)) == list(range(n))
        for i in range(n):
            seen_here = members[f.number][i]
            assert i not in f.first or seen_here == {True}
            assert i not in f.second or seen_here == {False}
            can_stay = f.number > 0 and gains[i][f.number - 1] >= 0
            can_leave = f.number < n and gains[i][f.number] <= 0
            assert (i in f.either) is (can_stay and can_leave)


def test_who_may_do_either_is_told() -> None:
    found = list(equilibria_by_number([[1, 1, 1], [0, 0, -1], [-1, -1, -1]]))
    assert [(f.number, f.first, f.second, f.either, f.count) for f in found] == [
        (1, (0,), (2,), (1,), 1),
        (2, (0,), (2,), (1,), 1),
    ]
