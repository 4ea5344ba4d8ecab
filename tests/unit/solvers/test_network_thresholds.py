"""Threshold games on a network, against all sets and all orders of their members."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product
from random import Random
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.thresholds import ThresholdNetwork, as_array, subset_sums

F = Fraction


Case = tuple[list[Fraction], dict[tuple[int, int], Fraction], Fraction]


def network_of(
    resistance: list[Any], gains: dict[tuple[int, int], Any], power: Any
) -> ThresholdNetwork:
    """The gains by (receiver, giver)."""
    receiver, giver = (np.array([pair[k] for pair in gains], dtype=np.int64) for k in (0, 1))
    pairs = receiver, giver, as_array(list(gains.values()), "gain")
    return ThresholdNetwork.of(as_array(resistance, "resistance"), pairs, F(power))


def random_case(seed: int) -> Case:
    rng = Random(seed)
    n = rng.randint(1, 4)
    resistance = [F(rng.randint(-2, 6), rng.choice([1, 2])) for _ in range(n)]
    pairs = [(i, j) for i, j in product(range(n), repeat=2) if i != j and rng.random() < 0.7]
    gains = {pair: F(rng.randint(0, 4), rng.choice([1, 3])) for pair in pairs}
    return resistance, gains, F(rng.randint(0, 4), rng.choice([1, 2]))


CASES: list[Case] = [random_case(seed) for seed in range(60)] + [
    ([F(1), F(2), F(3)], {(1, 0): F(1), (2, 1): F(2)}, F(1)),
    ([F(1), F(1)], {}, F(1)),
    ([F(2), F(2)], {(0, 1): F(2), (1, 0): F(2)}, F(0)),
    ([F(3), F(1), F(2)], {(0, 1): F(1), (0, 2): F(1), (2, 1): F(1)}, F(1)),
]


def gain(i: int, others: Any, case: Case) -> F:
    """What joining brings to a member beside the others that have joined."""
    resistance, gains, power = case
    return power - resistance[i] + sum((gains.get((i, j), F(0)) for j in others), F(0))


@pytest.mark.parametrize("ties", ["join", "both"])
def test_equilibria_are_the_sets_that_nobody_leaves_or_enters(ties: str) -> None:
    for case in CASES:
        n = len(case[0])
        expected = []
        for row in product([False, True], repeat=n):
            joiners = [j for j in range(n) if row[j]]
            gains = [gain(i, [j for j in joiners if j != i], case) for i in range(n)]
            stays = [g < 0 if ties == "join" else g <= 0 for g in gains]
            if all(gains[i] >= 0 if row[i] else stays[i] for i in range(n)):
                expected.append(list(row))
        found = network_of(*case).all(ties).tolist()
        assert sorted(found) == sorted(expected), case


def test_ties_are_joined_without_a_word() -> None:
    network = network_of([1, 3], {}, 1)
    assert network.all().tolist() == [[True, False]]
    assert sorted(network.all("both").tolist()) == [[False, False], [True, False]]
    assert [front.tolist() for front in network.ascending_rounds()] == [[0]]


@pytest.mark.parametrize("ties", ["join", "both"])
def test_rounds_go_up_to_the_least_and_down_to_the_greatest_equilibrium(ties: str) -> None:
    for case in CASES:
        network, n = network_of(*case), len(case[0])
        inside: set[int] = set()
        rounds = []
        while True:
            gains = {i: gain(i, inside, case) for i in set(range(n)) - inside}
            front = sorted(i for i, g in gains.items() if g > 0 or (g == 0 and ties == "join"))
            if not front:
                break
            rounds.append(front)
            inside |= set(front)
        assert [front.tolist() for front in network.ascending_rounds(ties)] == rounds, case
        left, leaving = set(range(n)), []
        while front := sorted(i for i in left if gain(i, left - {i}, case) < 0):
            leaving.append(front)
            left -= set(front)
        assert [front.tolist() for front in network.descending_rounds()] == leaving, case


def bottleneck(order: Sequence[int], case: Case) -> F:
    resistance, gains, _ = case
    return max(
        resistance[i] - sum(gains.get((i, j), F(0)) for j in order[:k]) for k, i in enumerate(order)
    )


def test_the_thresholds_of_power() -> None:
    for case in CASES:
        network, (resistance, _, _) = network_of(*case), case
        everybody = range(len(resistance))
        least = min(bottleneck(order, case) for order in permutations(everybody))
        bound, order = network.best_order()
        assert sorted(order) == list(everybody)
        assert network.value(bound) == network.absolute == least == bottleneck(order, case), case
        assert network.dominance == max(resistance)
        assert network.equilibrium == bottleneck_of_all(case)


def bottleneck_of_all(case: Case) -> F:
    resistance, gains, _ = case
    return max(
        r - sum(g for (receiver, _), g in gains.items() if receiver == i)
        for i, r in enumerate(resistance)
    )


def test_gains_are_kept_by_giver() -> None:
    gains = {(0, 2): F(1, 2), (1, 0): F(1), (2, 0): F(2), (0, 1): F(3)}
    network = network_of(["1/3", 1, 2], gains, F(1, 6))
    assert (network.unit, network.exact, len(network)) == (6, True, 3)
    assert network.resistance.tolist() == [2, 6, 12]
    assert (network.power, network.value(network.power)) == (1, F(1, 6))
    assert network.givers.tolist() == [0, 0, 1, 2]
    assert network.receivers.tolist() == [1, 2, 0, 0]
    assert network.gain.tolist() == [6, 12, 18, 3]
    assert network.start.tolist() == [0, 2, 3, 4]
    assert network.total_gains.tolist() == [21, 6, 12]
    matrix = [[0, 18, 3], [6, 0, 0], [12, 0, 0]]
    assert network.gain_matrix.tolist() == matrix
    assert network.matrix().toarray().tolist() == matrix


def test_many_floats_stay_floats() -> None:
    n = 1001
    resistance = np.linspace(0, 2, n)
    pairs = np.arange(1, n), np.arange(n - 1), np.full(n - 1, 0.25)
    network = ThresholdNetwork.of(resistance, pairs, F(1))
    assert (network.exact, network.unit) == (False, 1)
    assert network.value(network.power) == 1.0
    assert isinstance(network.dominance, float)
    assert (network.dominance, network.equilibrium) == (2.0, 1.75)
    assert network.absolute == 1.75
    assert sum(front.size for front in network.ascending_rounds()) == 626


def test_what_could_overflow_is_in_numbers_of_any_size() -> None:
    gains = {(0, 1): F(1), (1, 0): F(2)}
    for x, dtype in ((2**62 // 7, object), (2**62 // 7 - 1, np.int64)):
        network = network_of([F(1), F(x)], gains, F(1))
        bound, order = network.best_order()
        assert network.resistance.dtype == dtype
        assert (bound, type(bound), order) == (x - 2, int, [0, 1])


def test_at_most_twenty_members_are_enumerated() -> None:
    with pytest.raises(TooLargeError, match=r"21 members on a network make 2\^21 sets; at most 20"):
        network_of([1] * 21, {}, 0).all()
    assert network_of([1] * 20, {}, 0).all().tolist() == [[False] * 20]


def test_sums_over_subsets_are_by_bit_mask() -> None:
    row = np.array([1, -2, 7])
    expected = [sum(int(v) for k, v in enumerate(row) if mask >> k & 1) for mask in range(8)]
    assert subset_sums(row).tolist() == expected
    assert subset_sums(row[:0]).tolist() == [0]
