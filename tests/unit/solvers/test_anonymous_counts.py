"""Pure equilibria by counts, against every profile of a few players."""

from collections import Counter
from importlib import import_module
from itertools import product
from random import Random
from typing import Any

import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.counts import composition_count, compositions
from gametheory_eeu.solvers.pure_nash import equilibria_by_counts

MODULE = import_module("gametheory_eeu.solvers.pure_nash")

Payoffs = list[list[dict[Any, int]]]


def random_game(seed: int) -> Payoffs:
    rng = Random(seed)
    players, actions = rng.choice([(1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3), (4, 2)])
    others = list(compositions(players - 1, actions))
    top = rng.choice([1, 2, 5])
    return [
        [{c: rng.randint(0, top) for c in others} for _ in range(actions)] for _ in range(players)
    ]


def counts_of(profile: Any, actions: int) -> tuple[int, ...]:
    return tuple(profile.count(a) for a in range(actions))


@pytest.mark.parametrize("seed", range(60))
def test_each_way_to_seat_the_players_is_an_equilibrium(seed: int) -> None:
    payoffs = random_game(seed)
    actions = len(payoffs[0])
    number: Counter[Any] = Counter()
    for profile in product(range(actions), repeat=len(payoffs)):
        others = [counts_of(profile[:i] + profile[i + 1 :], actions) for i in range(len(payoffs))]
        if all(
            payoffs[i][profile[i]][c] >= max(row[c] for row in payoffs[i])
            for i, c in enumerate(others)
        ):
            number[counts_of(profile, actions)] += 1
    found = list(equilibria_by_counts(payoffs))
    assert {f.counts: f.count for f in found} == dict(number)
    assert len(found) == len(number)
    for f in found:
        assert len(f.stable_actions) == len(payoffs)
        for rows, stable in zip(payoffs, f.stable_actions, strict=True):
            expected = []
            for a in range(actions):
                rest = tuple(c - (k == a) for k, c in enumerate(f.counts))
                if min(rest) >= 0 and rows[a][rest] == max(row[rest] for row in rows):
                    expected.append(a)
            assert list(stable) == expected


def test_the_steps_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    payoffs = random_game(2)
    players, actions = len(payoffs), len(payoffs[0])
    steps = composition_count(players, actions) ** 2 * actions * players
    monkeypatch.setattr(MODULE, "MAX_STEPS", steps)
    list(equilibria_by_counts(payoffs))
    monkeypatch.setattr(MODULE, "MAX_STEPS", steps - 1)
    with pytest.raises(TooLargeError, match=f"{players} players with {actions} actions part in"):
        list(equilibria_by_counts(payoffs))
