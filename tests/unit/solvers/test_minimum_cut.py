"""Sets that maximise a supermodular sum, against every set."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import cheapest_order
from gametheory_eeu.solvers.cheapest_order import maximising_sets

Pairs = dict[tuple[int, int], int]


def random_case(seed: int) -> tuple[list[int], Pairs]:
    rng = Random(seed)
    n = rng.randint(1, 5)
    pairs = [(i, j) for i in range(n) for j in range(i) if rng.random() < 0.6]
    return [rng.randint(-4, 3) for _ in range(n)], {pair: rng.randint(0, 4) for pair in pairs}


CASES: list[tuple[list[int], Pairs]] = [random_case(seed) for seed in range(60)] + [
    ([-1, -1], {(0, 1): 2}), ([-1, -1], {(0, 1): 3}), ([-1, -1], {(0, 1): 1}), ([0, 0], {}),
    ([0], {}), ([1, -1], {(1, 0): 1}), ([-2, -2, -2], {(0, 1): 2, (1, 2): 2, (0, 2): 2}),
    ([3, -5, 0], {(0, 1): 1}), ([], {}),
]  # fmt: skip


def found_in(own: list[int], pairs: Pairs, factor: int = 1) -> Any:
    first, second = (np.array([p[k] for p in pairs], dtype=np.int64) for k in (0, 1))
    gain = np.array([factor * g for g in pairs.values()], dtype=object)
    return maximising_sets(np.array([factor * x for x in own], dtype=object), (first, second, gain))


def check(own: list[int], pairs: Pairs, factor: int = 1) -> None:
    found = found_in(own, pairs, factor)
    values = {
        chosen: sum(x for x, c in zip(own, chosen, strict=True) if c)
        + sum(g for (i, j), g in pairs.items() if chosen[i] and chosen[j])
        for chosen in product([False, True], repeat=len(own))
    }
    best = max(values.values())
    sets = [chosen for chosen, value in values.items() if value == best]
    assert found.value == factor * best, (own, pairs)
    assert found.least.tolist() == [all(column) for column in zip(*sets, strict=True)]
    assert found.greatest.tolist() == [any(column) for column in zip(*sets, strict=True)]


def test_the_least_and_the_greatest_maximiser() -> None:
    for case in CASES:
        check(*case)


def test_numbers_of_any_size() -> None:
    for case in CASES:
        check(*case, factor=10**20 + 1)


def limit_is(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(cheapest_order, name, value)


def test_scipy_is_asked_only_below_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_is(monkeypatch, MAX_SLOW=1)
    case = [1, 1], {(0, 1): 2}  # weights of 4 each: a total of 8
    assert cheapest_order.MAX_CAPACITY == 2**31 - 1
    limit_is(monkeypatch, MAX_CAPACITY=17)
    assert found_in(*case).value == 4
    limit_is(monkeypatch, MAX_CAPACITY=16)
    message = "2 members with capacities up to 8 .* at most 8, or 1 members"
    with pytest.raises(TooLargeError, match=message):
        found_in(*case)
    limit_is(monkeypatch, MAX_SLOW=2)
    assert found_in(*case).value == 4
    limit_is(monkeypatch, MAX_SLOW=1)
    with pytest.raises(TooLargeError, match="2 members with capacities up to 20"):
        found_in([-10, -10], {})
