"""Thresholds, bills and potential of participation against brute force over orders and sets."""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from typing import Any

import pytest
import scipy.sparse
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import gametheory_eeu as eeu

Rows = list[list[Fraction]]


def draw(rng: random.Random, n: int, *, symmetric: bool = False) -> tuple[list[Fraction], Rows]:
    theta = [Fraction(rng.randint(-4, 24), 2) for _ in range(n)]
    rows = [[Fraction(rng.randint(0, 6) * (i != j), 2) for j in range(n)] for i in range(n)]
    if symmetric:
        rows = [[rows[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)]
    return theta, rows


def needs(theta: list[Fraction], rows: Rows, order: tuple[int, ...]) -> list[Fraction]:
    return [theta[i] - sum(rows[i][j] for j in order[:m]) for m, i in enumerate(order)]


def bill(theta: list[Fraction], rows: Rows, order: tuple[int, ...], power: Fraction) -> Fraction:
    return sum((max(Fraction(0), x - power) for x in needs(theta, rows, order)), Fraction(0))


def absolute(theta: list[Fraction], rows: Rows) -> Fraction:
    return min(max(needs(theta, rows, order)) for order in permutations(range(len(theta))))


def rational(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def test_against_every_order(rng: random.Random, samples: Callable[[int], range]) -> None:
    for _ in samples(300):
        n = rng.choice((2, 3, 4, 5))
        theta, rows = draw(rng, n)
        power = Fraction(rng.randint(1, 12), 2)
        game = eeu.Participation(hegemon_power=power, resistance=theta, complementarity=rows)
        threshold = absolute(theta, rows)
        assert rational(game.absolute_threshold) == threshold
        assert rational(game.equilibrium_threshold) == max(
            t - sum(row) for t, row in zip(theta, rows, strict=True)
        )
        assert game.equilibrium_threshold <= game.absolute_threshold <= game.dominance_threshold
        orders = list(permutations(range(n)))
        cheapest = min(bill(theta, rows, order, power) for order in orders)
        found = game.bill()
        assert found.cheapest
        assert rational(found.total) == cheapest
        assert rational(found.uniform) == n * max(Fraction(0), threshold - power)
        assert found.value_of_bilateralism >= 0  # claim 4
        order = rng.choice(orders)
        mine = game.bill([str(i + 1) for i in order])
        assert rational(mine.total) == bill(theta, rows, order, power)
        check_without(rng, game, theta, rows)


def check_without(rng: random.Random, game: Any, theta: list[Fraction], rows: Rows) -> None:
    i = rng.randrange(len(theta))
    kept = [j for j in range(len(theta)) if j != i]
    left = game.without(str(i + 1))
    rest = absolute([theta[j] for j in kept], [[rows[a][b] for b in kept] for a in kept])
    assert rational(left.without) == rest
    assert left.lowers == (rest < absolute(theta, rows))


def test_potential_against_every_set(rng: random.Random, samples: Callable[[int], range]) -> None:
    for _ in samples(200):
        n = rng.choice((2, 3, 5, 7))
        theta, rows = draw(rng, n, symmetric=True)
        power = Fraction(rng.randint(1, 12), 2)
        values = {}
        for size in range(n + 1):
            for inside in combinations(range(n), size):
                pairs = sum((rows[i][j] for i, j in combinations(inside, 2)), Fraction(0))
                values[frozenset(inside)] = pairs + sum(power - theta[i] for i in inside)
        best = max(values.values())
        sets = [s for s, value in values.items() if value == best]
        game = eeu.Participation(hegemon_power=power, resistance=theta, complementarity=rows)
        found = game.potential_maximiser()
        assert rational(found.potential) == best
        assert {int(m) - 1 for m in found.least.members} == frozenset.intersection(*sets)
        assert {int(m) - 1 for m in found.greatest.members} == frozenset.union(*sets)


def test_the_cut_with_numbers_beyond_scipy(rng: random.Random) -> None:
    theta, rows = draw(rng, 6, symmetric=True)
    small = eeu.Participation(P=2, resistance=theta, complementarity=rows).potential_maximiser()
    large = 10**12
    scaled = eeu.Participation(
        P=2 * large,
        resistance=[t * large for t in theta],
        complementarity=[[x * large for x in row] for row in rows],
    ).potential_maximiser()
    assert scaled.potential == large * small.potential
    assert scaled.greatest.members == small.greatest.members


@given(st.lists(st.integers(0, 20), min_size=2, max_size=9), st.integers(0, 30), st.integers(1, 12))
def test_uniform_and_network_and_arrays_agree(theta: list[int], beta: int, power: int) -> None:
    n = len(theta)
    each = Fraction(beta, n - 1)
    rows = [[each * (i != j) for j in range(n)] for i in range(n)]
    uniform = eeu.Participation(P=power, resistance=theta, complementarity=beta)
    network = eeu.Participation(P=power, resistance=theta, complementarity=rows)
    assert uniform.absolute_threshold == network.absolute_threshold
    assert uniform.equilibrium_threshold == network.equilibrium_threshold
    assert uniform.bill().total == network.bill().total
    assert uniform.cascade().sizes == network.cascade().sizes
    assert uniform.cascade("everybody").sizes == network.cascade("everybody").sizes
    assert uniform.potential_maximiser().potential == network.potential_maximiser().potential
    for concept in uniform.concepts:
        assert set(uniform.solve(concept).names) == set(network.solve(concept).names)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=9), st.integers(1, 30), st.integers(1, 12))
def test_mixed_equilibria_hold_and_stand_between(theta: list[int], beta: int, power: int) -> None:
    game = eeu.Participation(P=power, resistance=theta, complementarity=beta)
    sizes = game.equilibrium_sizes().sizes.tolist()
    points = game.tipping_points()
    assert [(p.below, p.above) for p in points] == list(pairwise(sizes))
    mixed = game.mixed_equilibria()
    for equilibrium in mixed:
        for player in game.players:
            join = game.payoff({**equilibrium.profile, player: "Join"}, player)
            chance = equilibrium.profile[player]["Join"]
            assert join == 0 if 0 < chance < 1 else join >= 0 if chance == 1 else join <= 0
    means = [sum(e.profile[m]["Join"] for m in game.players) for e in mixed]
    if sizes == game.equilibrium_sizes("both").sizes.tolist():  # no ties
        assert all(any(a < mean < b for mean in means) for a, b in pairwise(sizes))
    for p in points:  # the extra joiners are just enough, whoever is held until the next has joined
        ranked = sorted(theta)
        each = Fraction(beta, len(theta) - 1)
        assert ranked[p.critical_size] <= power + each * p.critical_size
        for size in range(p.below, p.critical_size):
            assert ranked[size] > power + each * size


@pytest.mark.parametrize("n", [40, 200])
def test_large_bounds_hold_the_bill(n: int, rng: random.Random) -> None:
    theta, rows = draw(rng, n)
    matrix = scipy.sparse.csr_array([[int(2 * x) for x in row] for row in rows])
    game = eeu.Participation(P=1, resistance=[int(2 * t) for t in theta], complementarity=matrix)
    found = game.bill()
    assert found.exact
    assert 0 <= found.lower_bound <= found.total <= found.uniform
    assert sum(found.offers) == rational(sp.sympify(found.total))


def test_many_members_are_what_few_are(rng: random.Random) -> None:
    """Beyond the size at which each has a symbol, against the network of the same numbers."""
    n = 50
    theta = [rng.randint(0, 60) for _ in range(n)]
    rows = [[int(i != j) for j in range(n)] for i in range(n)]
    uniform = eeu.Participation(P=10, resistance=theta, complementarity=n - 1)
    network = eeu.Participation(
        P=10, resistance=theta, complementarity=scipy.sparse.csr_array(rows)
    )
    for name in ("absolute_threshold", "equilibrium_threshold", "dominance_threshold"):
        assert getattr(uniform, name) == getattr(network, name)
    assert uniform.cascade().sizes == network.cascade().sizes
    assert uniform.greatest_equilibrium().size == network.greatest_equilibrium().size
    assert uniform.potential_maximiser().potential == network.potential_maximiser().potential
    assert uniform.without(3) == network.without(3)
    floats = eeu.Participation(
        P=10, resistance=[float(t) for t in theta] * 30, complementarity=1499
    )
    assert not floats.equilibrium_sizes().exact
    assert not floats.solve().exact
    assert all(check.verdict == "proved" for check in uniform.solve().verify().values())


def test_every_set_of_fourteen_on_a_network(rng: random.Random) -> None:
    theta, rows = draw(rng, 14)
    game = eeu.Participation(P=3, resistance=theta, complementarity=rows)
    found = {frozenset(e.members.tolist()) for e in game.pure_equilibria()}
    for inside in (frozenset(i for i in range(14) if mask >> i & 1) for mask in range(2**14)):
        worth = [3 + sum(rows[i][j] for j in inside) - theta[i] for i in range(14)]
        assert (inside in found) == all((worth[i] >= 0) == (i in inside) for i in range(14))
    assert frozenset(game.least_equilibrium().members.tolist()) == frozenset.intersection(*found)
