"""Threshold games with uniform gains, against every set and every assignment of a few members."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.crowd import Crowd
from gametheory_eeu.solvers.thresholds import as_array

F = Fraction

Case = tuple[list[F], F, F]


def random_case(seed: int) -> Case:
    rng = Random(seed)
    size, halves = rng.randint(1, 4), rng.choice([1, 2])
    resistance = [F(rng.randint(-1, 6), halves) for _ in range(size)]
    return resistance, F(rng.randint(0, 3), rng.choice([1, 2])), F(rng.randint(0, 4))


CASES: list[Case] = [random_case(seed) for seed in range(80)] + [
    ([F(1), F(2), F(3), F(4)], F(1), F(1)), ([F(4), F(1), F(3), F(2)], F(1), F(0)),
    ([F(2), F(2), F(2)], F(0), F(2)), ([F(1), F(2), F(3)], F(0), F(2)), ([F(5)], F(1), F(5)),
    ([F(1), F(1), F(1), F(1)], F(1), F(0)), ([F(0), F(1), F(5), F(6)], F(2), F(1)),
    ([F(1), F(2), F(2), F(6)], F(2), F(1)),
]  # fmt: skip


def mixed_case(seed: int) -> Case:
    """Members whose costs lie where others may make up for them."""
    rng = Random(seed)
    size, gain = rng.randint(2, 4), F(rng.randint(1, 3), 2)
    return [gain * F(rng.randint(0, 3 * size - 2), 3) + 1 for _ in range(size)], gain, F(1)


def crowd_of(case: Case) -> Crowd:
    resistance, gain, power = case
    return Crowd.of(as_array(resistance, "resistance"), gain, power)


def joins(i: int, others: int, case: Case) -> F:
    resistance, gain, power = case
    return power + gain * others - sorted(resistance)[i]


@pytest.mark.parametrize("ties", ["join", "both"])
def test_sizes_are_those_of_sets_that_nobody_leaves_or_enters(ties: str) -> None:
    for case in CASES:
        n = len(case[0])
        expected = set()
        for row in product([False, True], repeat=n):
            size = sum(row)
            gains = [joins(i, size - row[i], case) for i in range(n)]
            stays = [g < 0 if ties == "join" else g <= 0 for g in gains]
            if all(gains[i] >= 0 if row[i] else stays[i] for i in range(n)):
                expected.add(size)
        assert crowd_of(case).sizes(ties).tolist() == sorted(expected), case
    assert crowd_of(([F(1), F(3)], F(0), F(1))).sizes().tolist() == [1]


def test_the_order_is_from_the_least_resistant_on() -> None:
    crowd = crowd_of(([F(3), F(1, 2), F(2), F(1, 2)], F(1, 3), F(1)))
    assert (crowd.unit, crowd.exact) == (6, True)
    assert crowd.order.tolist() == [1, 3, 2, 0]
    assert crowd.resistance.tolist() == [3, 3, 12, 18]
    assert crowd.reluctance.tolist() == [3, 1, 8, 12]
    assert (crowd.gain, crowd.power, crowd.value(crowd.gain)) == (2, 6, F(1, 3))
    assert (crowd.equilibrium, crowd.absolute, crowd.dominance) == (F(2), F(2), F(3))
    crowd = crowd_of(([F(5), F(2), F(3)], F(2), F(1)))
    assert (crowd.equilibrium, crowd.absolute, crowd.dominance) == (F(1), F(2), F(5))


def test_floats_stay_floats() -> None:
    crowd = Crowd.of(np.linspace(0, 1, 1001), F(1, 4), F(1, 2))
    assert (crowd.exact, crowd.value(crowd.power), crowd.dominance) == (False, 0.5, 1.0)
    assert isinstance(crowd.value(crowd.power), float)
    assert crowd.equilibrium == -249.0


def test_what_could_overflow_is_in_numbers_of_any_size() -> None:
    for x, dtype in ((2**62 // 7, object), (2**62 // 7 - 1, np.int64)):
        crowd = Crowd.of(np.array([1, x]), F(1), F(0))
        assert (crowd.resistance.dtype, crowd.dominance) == (dtype, x)


def test_thresholds_are_where_equilibria_change() -> None:
    for resistance, gain, _ in CASES:
        crowd, n = crowd_of((resistance, gain, F(0))), len(resistance)
        for power in {crowd.equilibrium, crowd.absolute, crowd.dominance}:
            for step in (F(-1, 100), F(0), F(1, 100)):
                here = crowd_of((resistance, gain, power + step))
                sizes = here.sizes().tolist()
                assert (n in sizes) is (power + step >= crowd.equilibrium)
                assert (sizes == [n]) is (power + step >= crowd.absolute)
                dominant = all(joins(i, 0, (resistance, gain, power + step)) >= 0 for i in range(n))
                assert dominant is (power + step >= crowd.dominance)


def test_who_is_indifferent_without_complementarity() -> None:
    case = ([F(3), F(2), F(1), F(2)], F(0), F(2))
    assert crowd_of(case).indifferent() == slice(1, 3)
    assert crowd_of((case[0], F(0), F(0))).indifferent() == slice(0, 0)
    assert crowd_of((case[0], F(0), F(4))).indifferent() == slice(4, 4)
    assert crowd_of((case[0], F(1), F(2))).indifferent() == slice(0, 0)


def test_one_tipping_size_between_neighbouring_equilibria() -> None:
    for case in CASES:
        crowd, n = crowd_of(case), len(case[0])
        willing = [joins(k, k, case) >= 0 for k in range(n)]
        expected = [k for k in range(1, n) if not willing[k - 1] and willing[k]]
        found = crowd.tipping_sizes().tolist()
        assert found == expected
        sizes = crowd.sizes().tolist()
        assert len(found) == len(sizes) - 1
        assert all(a < t < b for a, t, b in zip(sizes, found, sizes[1:], strict=False))


@pytest.mark.parametrize("up", [True, False])
def test_rounds_are_simultaneous_best_replies(up: bool) -> None:
    for case in CASES:
        n = len(case[0])
        size = 0 if up else n
        expected = [size]
        while True:
            others = size if up else size - 1
            new = sum(joins(i, others, case) >= 0 for i in range(n))
            new = max(new, size) if up else min(new, size)
            if new == size:
                break
            size = new
            expected.append(size)
        assert crowd_of(case).rounds(up=up) == expected, case


def mixed_equilibria(case: Case) -> set[tuple[F, ...]]:
    """Every vector of chances, two or more of them inside, in the order of resistance."""
    resistance, gain, power = case
    n, found = len(resistance), set[tuple[F, ...]]()
    costs = [(r - power) / gain for r in sorted(resistance)]
    for roles in product("jms", repeat=n):
        mixers, joiners = roles.count("m"), roles.count("j")
        if mixers < 2:
            continue
        inside = [c for c, role in zip(costs, roles, strict=True) if role == "m"]
        expected = (sum(inside) - mixers * joiners) / (mixers - 1)
        chances = [
            F({"j": 1, "s": 0, "m": expected + joiners - c}[role])
            for c, role in zip(costs, roles, strict=True)
        ]
        is_inside = all(0 < p < 1 for p, r in zip(chances, roles, strict=True) if r == "m")
        total = sum(chances)
        is_best = all(
            total - 1 >= c if role == "j" else total <= c if role == "s" else True
            for c, role in zip(costs, roles, strict=True)
        )
        if is_inside and is_best:
            found.add(tuple(chances))
    return found


def test_mixed_equilibria_are_those_of_all_assignments() -> None:
    count = 0
    for case in [*CASES, *map(mixed_case, range(80))]:
        crowd, n = crowd_of(case), len(case[0])
        if case[1] == 0:
            assert crowd.mixed() == []
            continue
        found = set()
        for first, chances in crowd.mixed():
            vector = [F(1)] * first + list(chances)
            found.add(tuple(vector + [F(0)] * (n - len(vector))))
        expected = mixed_equilibria(case)
        assert found == expected, case
        count += len(found)
    assert count > 20


def test_the_search_for_mixed_equilibria_has_a_limit(monkeypatch: Any) -> None:
    monkeypatch.setattr("gametheory_eeu.solvers.crowd.MAX_MIXED", 3)
    crowd_of(([F(1)] * 3, F(1), F(0))).mixed()
    message = "4 members make 6 candidates for a mixed equilibrium; at most 3 members"
    with pytest.raises(TooLargeError, match=message):
        crowd_of(([F(1)] * 4, F(1), F(0))).mixed()
