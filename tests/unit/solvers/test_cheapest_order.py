"""The cheapest order of offers, against all orders of a few members."""

from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.solvers import cheapest_order as module
from gametheory_eeu.solvers.cheapest_order import JoiningOrder, cheapest_order, lower_bound, offers
from gametheory_eeu.solvers.thresholds import ThresholdNetwork

F = Fraction


def network_of(
    resistance: list[int], gains: dict[tuple[int, int], int], power: int
) -> ThresholdNetwork:
    """The gains by (receiver, giver)."""
    receiver, giver = (np.array([pair[k] for pair in gains], dtype=np.int64) for k in (0, 1))
    pairs = receiver, giver, np.array(list(gains.values()), dtype=np.int64)
    return ThresholdNetwork.of(np.array(resistance, dtype=np.int64), pairs, F(power))


def random_case(seed: int, size: int = 4) -> tuple[list[int], dict[tuple[int, int], int], int]:
    rng = Random(seed)
    n = rng.randint(1, size)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j and rng.random() < 0.7]
    resistance = [rng.randint(-1, 8) for _ in range(n)]
    return resistance, {pair: rng.randint(0, 5) for pair in pairs}, rng.randint(0, 3)


CASES = [random_case(seed) for seed in range(60)] + [
    ([9, 9, 9], {(1, 0): 2, (2, 1): 2, (0, 2): 2}, 0),
    ([4, 2], {(0, 1): 2, (1, 0): 2}, 1),
    ([2, 2], {}, 2), ([5], {}, 2), ([5], {}, 7),
]  # fmt: skip


def offers_of(order: Any, case: Any) -> list[int]:
    resistance, gains, power = case
    paid = [0] * len(resistance)
    for k, i in enumerate(order):
        helped = sum(gains.get((i, j), 0) for j in order[:k])
        paid[i] = max(0, resistance[i] - power - helped)
    return paid


def cheapest(case: Any) -> int:
    return min(sum(offers_of(order, case)) for order in permutations(range(len(case[0]))))


def test_each_is_offered_what_it_lacks_in_its_turn() -> None:
    for case in CASES:
        network = network_of(*case)
        for order in permutations(range(len(network))):
            assert list(offers(network, list(order))) == offers_of(order, case)
    assert JoiningOrder((1, 0), (3, 4), 0).bill == 7


def test_the_order_of_a_few_is_the_cheapest() -> None:
    for case in CASES:
        found = cheapest_order(network_of(*case))
        assert sorted(found.order) == list(range(len(case[0])))
        assert list(found.offers) == offers_of(found.order, case)
        assert found.bill == found.bound == cheapest(case), case


def test_the_bound_is_that_of_floors_and_pairs() -> None:
    for case in CASES:
        resistance, gains, power = case
        total = [sum(g for (i, _), g in gains.items() if i == k) for k in range(len(resistance))]
        floors = sum(max(0, r - power - t) for r, t in zip(resistance, total, strict=True))
        pairs = {frozenset(pair) for pair in gains}
        savings = sum(max(gains.get((i, j), 0), gains.get((j, i), 0)) for i, j in map(tuple, pairs))
        bound = max(floors, sum(resistance) - power * len(resistance) - savings, 0)
        assert lower_bound(network_of(*case)) == bound <= cheapest(case), case


def test_the_bound_of_floats() -> None:
    n = 1001
    pairs = np.array([0, 1]), np.array([1, 0]), np.array([0.5, 0.25])
    network = ThresholdNetwork.of(np.full(n, 1.5), pairs, F(1))
    assert lower_bound(network) == pytest.approx(n * 0.5 - 0.5)
    assert not network.exact


def test_beyond_the_limit_an_order_is_improved_and_its_bound_told() -> None:
    hits = 0
    for case in CASES:
        found = cheapest_order(network_of(*case), max_exact=0)
        least = cheapest(case)
        assert sorted(found.order) == list(range(len(case[0])))
        assert list(found.offers) == offers_of(found.order, case)
        assert found.bound == lower_bound(network_of(*case)) <= least <= found.bill
        for k in range(len(found.order) - 1):
            swapped = list(found.order)
            swapped[k], swapped[k + 1] = swapped[k + 1], swapped[k]
            assert sum(offers_of(swapped, case)) >= found.bill, case
        hits += found.bill == least
    assert hits == len(CASES)


def test_the_limit_is_the_number_of_members() -> None:
    case = ([4, 2, 3], {(0, 1): 2, (1, 0): 2}, 1)
    network = network_of(*case)
    assert cheapest_order(network, max_exact=3).bound == cheapest(case)
    assert cheapest_order(network, max_exact=2).bound == lower_bound(network) == 4


def test_three_orders_are_tried_and_one_in_a_large_network(monkeypatch: Any) -> None:
    resistance, gains = [3, 1, 2], {(1, 0): 1, (2, 0): 4, (0, 2): 3, (1, 2): 1}
    network = network_of(resistance, gains, 0)
    starts = module._heuristic_orders(network)
    assert starts == [network.best_order()[1], [1, 2, 0], [0, 2, 1]]
    tried: list[list[int]] = []

    def record(network: ThresholdNetwork, order: list[int]) -> JoiningOrder:
        tried.append(order)
        return JoiningOrder(tuple(order), offers(network, order), 0)

    monkeypatch.setattr(module, "_improve", record)
    best = cheapest_order(network, max_exact=0)
    assert tried == starts
    assert best.bill == min(sum(offers_of(s, (resistance, gains, 0))) for s in starts)
    tried.clear()
    monkeypatch.setattr(module, "MAX_MULTISTART_MEMBERS", 2)
    cheapest_order(network, max_exact=0)
    assert tried == starts[:1]


def test_a_sweep_exchanges_neighbours_that_are_cheaper_the_other_way() -> None:
    gains = {(0, 2): 3, (1, 2): 3}
    network = network_of([5, 5, 5], gains, 0)
    order = [0, 1, 2]
    for is_changed, expected in ((True, [0, 2, 1]), (True, [2, 0, 1]), (False, [2, 0, 1])):
        assert module._sweep(network, order, gains) is is_changed
        assert order == expected
    even = network_of([2, 2], {(0, 1): 1, (1, 0): 1}, 0)
    order = [1, 0]
    assert module._sweep(even, order, {(0, 1): 1, (1, 0): 1}) is False  # neither is cheaper
    assert order == [1, 0]
    assert module._improve(network, [0, 1, 2]).order == (2, 0, 1)


@pytest.mark.parametrize(("power", "is_changed"), [(0, True), (1, True), (4, True), (5, False)])
def test_whom_the_hegemon_moves_alone_needs_no_exchange(power: int, is_changed: bool) -> None:
    gains = {(0, 1): 3}
    order = [0, 1]
    assert module._sweep(network_of([5, 5], gains, power), order, gains) is is_changed
    assert order == ([1, 0] if is_changed else [0, 1])
