"""Counts of players by action, against every profile."""

from collections import Counter
from itertools import product

import pytest

from gametheory_eeu.solvers.counts import (
    add_player,
    composition_count,
    compositions,
    embed,
    multinomial,
    remove_player,
)

SIZES = [(0, 1), (0, 3), (1, 2), (3, 1), (3, 2), (4, 3)]


@pytest.mark.parametrize(("total", "parts"), SIZES)
def test_compositions_are_the_counts_of_profiles(total: int, parts: int) -> None:
    every = [x for x in product(range(total + 1), repeat=parts) if sum(x) == total]
    assert list(compositions(total, parts)) == every
    assert composition_count(total, parts) == len(every)
    profiles = Counter(
        tuple(profile.count(k) for k in range(parts))
        for profile in product(range(parts), repeat=total)
    )
    assert {counts: multinomial(counts) for counts in every} == profiles


def test_a_player_more_or_less() -> None:
    assert [remove_player((2, 1, 3), k) for k in range(3)] == [(1, 1, 3), (2, 0, 3), (2, 1, 2)]
    assert [add_player((2, 1, 3), k) for k in range(3)] == [(3, 1, 3), (2, 2, 3), (2, 1, 4)]
    assert embed((2, 5), (1, 3), 5) == (0, 2, 0, 5, 0)
    assert embed((2, 5), (3, 1), 4) == (0, 5, 0, 2)
