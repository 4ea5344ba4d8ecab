"""Threshold games against all profiles of small ones."""

from fractions import Fraction
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import thresholds
from gametheory_eeu.solvers.crowd import Crowd
from gametheory_eeu.solvers.thresholds import ThresholdNetwork, _index_ranges, as_array, subset_sums

F = Fraction
CROWDS = [
    (resistance, F(gain), F(power))
    for resistance in ([3, 1, 2], [2, 2, 2, 5], [F(1, 2), 4, F(3, 2), 1], [1], [0, 3, 3, 3, 6])
    for gain in ("0", "1", "1/2", "2")
    for power in ("0", "1", "2", "7/2")
]
NETWORKS: list[tuple[list[Any], dict[tuple[int, int], Any]]] = [
    ([2, 1, 3], {(0, 1): 1, (1, 2): 2, (2, 0): 1}),
    ([1, 1, 1], {}),
    ([F(1, 2), 2, 2, 3], {(1, 0): 1, (2, 1): F(3, 2), (3, 2): 1, (3, 0): 1, (0, 3): 2}),
    ([3, 3, 0, 1], {(0, 1): 2, (1, 0): 2, (0, 2): 1, (1, 2): 1, (2, 3): 1, (3, 2): 1, (0, 3): 1}),
    ([2], {}),
]
POWERS = [F(0), F(1), F(3, 2), F(2), F(3)]


def crowd(resistance: Any, gain: Fraction, power: Fraction) -> Crowd:
    return Crowd.of(as_array(resistance, "resistance"), gain, power)


def network(resistance: Any, gains: Any, power: Fraction) -> ThresholdNetwork:
    pairs = (
        np.array([i for i, _ in gains], dtype=int),
        np.array([j for _, j in gains], dtype=int),
        as_array(list(gains.values()) or [0], "gain")[: len(gains)],
    )
    return ThresholdNetwork.of(as_array(resistance, "resistance"), pairs, power)


def net_payoffs(resistance: Any, gains: Any, power: Fraction, joined: Any) -> list[Fraction]:
    """What each member has from joining, given who joins."""
    return [
        power + sum(F(g) for (i, j), g in gains.items() if i == m and joined[j]) - F(resistance[m])
        for m in range(len(resistance))
    ]


def equilibria(resistance: Any, gains: Any, power: Fraction, ties: str) -> set[tuple[int, ...]]:
    result = set()
    for joined in product((0, 1), repeat=len(resistance)):
        net = net_payoffs(resistance, gains, power, joined)
        stays = (lambda v: v < 0) if ties == "join" else (lambda v: v <= 0)
        if all(v >= 0 if j else stays(v) for j, v in zip(joined, net, strict=True)):
            result.add(joined)
    return result


def complete(resistance: Any, gain: Fraction) -> dict[tuple[int, int], Fraction]:
    n = len(resistance)
    return {(i, j): gain for i in range(n) for j in range(n) if i != j}


@pytest.mark.parametrize(("resistance", "gain", "power"), CROWDS, ids=str)
def test_the_sizes_of_equilibria_of_a_crowd(
    resistance: Any, gain: Fraction, power: Fraction
) -> None:
    game = crowd(resistance, gain, power)
    assert [F(resistance[i]) for i in game.order] == sorted(map(F, resistance))
    for ties in ("join", "both"):
        found = equilibria(resistance, complete(resistance, gain), power, ties)
        ordered = sorted(map(F, resistance))
        nested = {  # those in which nobody joins before one of less resistance
            sum(joined)
            for joined in found
            if sorted(F(r) for r, j in zip(resistance, joined, strict=True) if j)
            == ordered[: sum(joined)]
        }
        assert game.sizes(ties).tolist() == sorted(nested)
    tied = game.order[game.indifferent()].tolist()
    assert sorted(tied) == [i for i, r in enumerate(resistance) if gain == 0 and F(r) == power]


@pytest.mark.parametrize(("resistance", "gain", "power"), CROWDS, ids=str)
def test_rounds_and_tipping_sizes_of_a_crowd(
    resistance: Any, gain: Fraction, power: Fraction
) -> None:
    game, n = crowd(resistance, gain, power), len(resistance)
    ordered = sorted(map(F, resistance))
    for up in (True, False):
        joined = [not up] * n
        sizes = [sum(joined)]
        while True:
            others = [sum(joined) - j for j in joined]
            joined = [power + gain * k >= r for k, r in zip(others, ordered, strict=True)]
            if sum(joined) == sizes[-1]:
                break
            sizes.append(sum(joined))
        # from nobody a member counts all joiners; those that joined count themselves out
        assert game.rounds(up=up)[-1] == sizes[-1]
        if not up:
            assert game.rounds(up=up) == sizes
    willing = [ordered[k] - gain * k <= power for k in range(n)]
    expected = [k for k in range(1, n) if not willing[k - 1] and willing[k]]
    assert game.tipping_sizes().tolist() == expected


def test_rounds_both_ways() -> None:
    game = crowd([1, 2, 3, 9], F(1), F(1))
    assert game.rounds() == [0, 1, 2, 3]
    assert game.rounds(up=False) == [4, 3]
    assert crowd([1, 2, 3], F(0), F(5)).rounds(up=False) == [3]
    assert crowd([1, 2, 3], F(0), F(0)).rounds() == [0]
    assert crowd([1, 2, 3], F(0), F(0)).rounds(up=False) == [3, 0]


@pytest.mark.parametrize("resistance", [[3, 1, 2], [2, 2, 2, 5], [F(1, 2), 4, F(3, 2)], [1]])
@pytest.mark.parametrize("gain", [F(0), F(1, 2), F(2)])
def test_thresholds_of_a_crowd(resistance: Any, gain: Fraction) -> None:
    game = crowd(resistance, gain, F(1))
    check_thresholds(game, resistance, complete(resistance, gain))


@pytest.mark.parametrize(("resistance", "gains"), NETWORKS)
def test_thresholds_of_a_network(resistance: Any, gains: Any) -> None:
    game = network(resistance, gains, F(1))
    check_thresholds(game, resistance, gains)
    bottlenecks = {
        order: max(
            F(resistance[m]) - sum(F(gains.get((m, j), 0)) for j in order[:k])
            for k, m in enumerate(order)
        )
        for order in permutations(range(len(resistance)))
    }
    bottleneck, order = game.best_order()
    assert game.value(bottleneck) == min(bottlenecks.values()) == bottlenecks[tuple(order)]


def check_thresholds(game: Any, resistance: Any, gains: Any) -> None:
    """At each threshold, and not just below it, all joining is what it is said to be."""
    n, less = len(resistance), F(1, 1000)
    everybody = (1,) * n
    for power, expected in ((game.equilibrium, True), (game.equilibrium - less, False)):
        assert (everybody in equilibria(resistance, gains, power, "join")) is expected
    for power, expected in ((game.absolute, True), (game.absolute - less, False)):
        assert (equilibria(resistance, gains, power, "join") == {everybody}) is expected
    for power, expected in ((game.dominance, True), (game.dominance - less, False)):
        assert all(v >= 0 for v in net_payoffs(resistance, gains, power, (0,) * n)) is expected
    assert isinstance(game.dominance, Fraction)


@pytest.mark.parametrize("power", POWERS, ids=str)
@pytest.mark.parametrize(("resistance", "gains"), NETWORKS)
def test_equilibria_of_a_network(resistance: Any, gains: Any, power: Fraction) -> None:
    game = network(resistance, gains, power)
    for ties in ("join", "both"):
        found = {tuple(map(int, row)) for row in game.all(ties)}
        assert found == equilibria(resistance, gains, power, ties)
    everyone = [tuple(map(int, row)) for row in game.all("both")]
    n = len(resistance)
    ascent = [set(map(int, front)) for front in game.ascending_rounds()]
    wary = [set(map(int, front)) for front in game.ascending_rounds("stay")]
    descent = [set(map(int, front)) for front in game.descending_rounds()]
    joins = {i for i in range(n) if all(row[i] for row in game.all("join"))}
    assert set().union(*ascent) == joins
    assert set().union(*wary) == {i for i in range(n) if all(row[i] for row in everyone)}
    assert set(range(n)) - set().union(*descent) == {
        i for i in range(n) if any(row[i] for row in everyone)
    }
    for rounds, start, step in ((ascent, 0, 1), (descent, 1, 0)):
        joined = [start] * n
        for front in rounds:
            net = net_payoffs(resistance, gains, power, joined)
            movers = {i for i, v in enumerate(net) if joined[i] != step and (v >= 0) == bool(step)}
            assert front == movers
            for i in front:
                joined[i] = step
    assert len(game) == n


def test_the_arrays_of_a_network() -> None:
    resistance, gains = NETWORKS[2]
    game = network(resistance, gains, F(1, 3))
    dense = [[F(gains.get((i, j), 0)) for j in range(4)] for i in range(4)]
    assert [[game.value(v) for v in row] for row in game.gain_matrix] == dense
    assert [[game.value(v) for v in row] for row in game.matrix().toarray()] == dense
    assert [game.value(v) for v in game.total_gains] == [sum(row) for row in dense]
    assert game.givers.tolist() == sorted(j for _, j in gains)
    assert game.value(game.power) == F(1, 3)


def is_mixed_equilibrium(resistance: Any, gain: Fraction, power: Fraction, chance: Any) -> bool:
    """Nobody gains, and two or more mix."""
    ordered = sorted(map(F, resistance))
    for i, p in enumerate(chance):
        net = power + gain * (sum(chance) - p) - ordered[i]
        if (p > 0 and net < 0) or (p < 1 and net > 0):
            return False
    return len([p for p in chance if 0 < p < 1]) >= 2


@pytest.mark.parametrize(
    ("resistance", "gain", "power"),
    [
        ([1, 1], 1, F(1, 2)), ([1, 1], 1, 1), ([1, 1], 1, 0), ([1, 2, 3], 2, F(1, 2)),
        ([1, 1, 1], 2, F(1, 2)), ([1, 2, 3], 0, 2), ([1], 1, F(1, 2)),
        ([F(1, 2), 3, 3, 5], 2, F(3, 4)), ([0, 3, 3, 8], 2, F(1, 2)),
    ],
)  # fmt: skip
def test_mixed_equilibria_of_a_crowd(resistance: Any, gain: int, power: Fraction | int) -> None:
    found = crowd(resistance, F(gain), F(power)).mixed()
    for first, chances in found:
        rest = len(resistance) - first - len(chances)
        chance = [F(1)] * first + list(chances) + [F(0)] * rest
        assert all(0 < p < 1 for p in chances)
        assert is_mixed_equilibrium(resistance, F(gain), F(power), chance)
    brute = set()  # two or more consecutive members mix, each indifferent: n linear equations
    n, ordered = len(resistance), sorted(map(F, resistance))
    for first in range(n - 1) if gain else ():
        for last in range(first + 1, n):
            size = last - first + 1
            needs = [(r - F(power)) / gain - first for r in ordered[first : last + 1]]
            total = sum(needs, F(0)) / (size - 1)
            chances = tuple(total - need for need in needs)
            chance = [F(1)] * first + list(chances) + [F(0)] * (n - last - 1)
            if all(0 < p < 1 for p in chances) and is_mixed_equilibrium(
                resistance, F(gain), F(power), chance
            ):
                brute.add((first, chances))
    assert set(found) == brute
    assert len(found) == len(brute)


def test_the_searches_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gametheory_eeu.solvers.crowd.MAX_MIXED", 3)
    monkeypatch.setattr(thresholds, "MAX_ENUMERATED", 3)
    crowd([1, 2, 3], F(1), F(1)).mixed()
    network([1, 2, 3], {}, F(1)).all()
    with pytest.raises(TooLargeError, match="4 members make 6 candidates"):
        crowd([1, 2, 3, 4], F(1), F(1)).mixed()
    with pytest.raises(TooLargeError, match=r"4 members on a network make 2\^4 sets"):
        network([1, 2, 3, 4], {}, F(1)).all()


def test_floats_stay_floats() -> None:
    game = crowd(np.array([0.5, 1.5]), F(1), F(1))
    assert isinstance(game.dominance, Fraction | float)
    assert float(game.dominance) == 1.5
    assert subset_sums(np.array([1, 10, 100])).tolist() == [0, 1, 10, 11, 100, 101, 110, 111]
    assert subset_sums(np.array([], dtype=int)).tolist() == [0]
    assert _index_ranges(np.array([3, 0, 7]), np.array([5, 0, 8])).tolist() == [3, 4, 7]
