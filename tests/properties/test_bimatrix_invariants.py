"""What must not change: affine payoffs, relabelled actions and players; dominance and values."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import linprog

import gametheory_eeu as eeu
from gametheory_eeu.forms import NormalForm

Samples = Callable[[int], range]
Matrix = list[list[int]]
SHAPES = ((2, 2), (2, 3), (3, 2), (3, 3), (4, 3))


def drawn(rng: random.Random, k: int) -> tuple[Matrix, Matrix]:
    rows, columns = SHAPES[k % len(SHAPES)]
    values = [[0, 1, 2], list(range(-9, 10))][k % 2]
    one, other = ([[rng.choice(values) for _ in range(columns)] for _ in range(rows)] for _ in "AB")
    return one, other


def shown(game: NormalForm) -> set[tuple[Any, ...]]:
    """Every family: name, strategies, range, but not payoffs."""
    return {(e.name, e.profile, e.where) for e in game.solve()}


def test_payoffs_are_measured_up_to_positive_affine_changes(
    rng: random.Random, samples: Samples
) -> None:
    for k in samples(60):
        one, other = drawn(rng, k)
        rows, columns = len(one), len(one[0])
        scale = sp.Rational(rng.choice(["1/3", "2", "7/5"]))
        by_column = [rng.randint(-5, 5) for _ in range(columns)]
        by_row = [rng.randint(-5, 5) for _ in range(rows)]
        # A player's payoffs may move by what only the other's action decides.
        changed = [[scale * one[i][j] + by_column[j] for j in range(columns)] for i in range(rows)]
        moved = [[3 * other[i][j] + by_row[i] for j in range(columns)] for i in range(rows)]
        assert shown(eeu.NormalForm(changed, moved)) == shown(eeu.NormalForm(one, other))


def test_actions_and_players_may_change_places(rng: random.Random, samples: Samples) -> None:
    for k in samples(60):
        one, other = drawn(rng, k)
        rows, columns = len(one), len(one[0])
        names = [f"a{i}" for i in range(rows)], [f"b{j}" for j in range(columns)]
        order = rng.sample(range(rows), rows)
        game = eeu.NormalForm(one, other, players=["R", "C"], actions=names)
        turned = eeu.NormalForm(
            [[other[i][j] for i in order] for j in range(columns)],
            [[one[i][j] for i in order] for j in range(columns)],
            players=["C", "R"], actions=[names[1], [names[0][i] for i in order]],
        )  # fmt: skip
        assert points(game) == points(turned)
        assert dimensions(game) == dimensions(turned)


def points(game: NormalForm) -> set[frozenset[Any]]:
    return {
        frozenset((p, frozenset(mix.items())) for p, mix in e.profile.items())
        for e in game.extreme_equilibria()
    }


def dimensions(game: NormalForm) -> list[tuple[int, int]]:
    return sorted((c.dimension, len(c.equilibria)) for c in game.components())


def test_every_family_in_numbers_is_verified(rng: random.Random, samples: Samples) -> None:
    for k in samples(12):
        game = eeu.NormalForm(*drawn(rng, 2 * k))
        for e in game.solve():
            assert e.verify().verdict == "proved", (e.name, game.payoffs)


def test_dominance_by_mixes_against_a_linear_program(rng: random.Random, samples: Samples) -> None:
    for k in samples(80):
        one, other = drawn(rng, k)
        game = eeu.NormalForm(one, other)
        found = {d.action: d for d in game.dominated() if d.player == "player 1"}
        weak = {d.action for d in game.dominated("weak") if d.player == "player 1"}
        assert set(found) <= weak
        for i, row in enumerate(one):
            gains = np.array([r for n, r in enumerate(one) if n != i]) - np.array(row)
            assert (str(i + 1) in found) == (largest_least_gain(gains) > 1e-9)
            assert (str(i + 1) in weak) == (largest_gain(gains) > 1e-9)
        for d in found.values():
            mix = {a: d.dominating_mix.get(a, 0) for a in game.actions["player 1"]}
            for column in game.actions["player 2"]:
                against = {"player 2": column}
                better = game.payoff({"player 1": mix, **against}, "player 1")
                assert better > game.payoff({"player 1": d.action, **against}, "player 1")


def largest_least_gain(gains: Any) -> float:
    """The most by which a mix of the rows beats zero everywhere."""
    count, width = gains.shape
    rows = np.hstack([-gains.T, np.ones((width, 1))])
    result = linprog([*[0.0] * count, -1.0], A_ub=rows, b_ub=np.zeros(width),
                     A_eq=[[*[1.0] * count, 0.0]], b_eq=[1.0],
                     bounds=[(0, None)] * count + [(None, None)])  # fmt: skip
    return float(-result.fun)


def largest_gain(gains: Any) -> float:
    """The most, in sum, by which a mix of the rows that is nowhere below zero is above it."""
    count, width = gains.shape
    result = linprog(-gains.sum(axis=1), A_ub=-gains.T, b_ub=np.zeros(width),
                     A_eq=[[1.0] * count], b_eq=[1.0])  # fmt: skip
    return float(-result.fun) if result.success else -1.0


def test_the_value_is_what_every_equilibrium_pays(rng: random.Random, samples: Samples) -> None:
    for k in samples(40):
        one, _ = drawn(rng, k)
        game = eeu.NormalForm(one, [[-x for x in row] for row in one])
        value = game.value()
        assert {e.payoffs["player 1"] for e in game.extreme_equilibria()} == {value}
        assert game.maximin("player 2").value == -value
        played = {e.strategies["player 1"] for e in game.extreme_equilibria()}
        assert played == set(game.maximin("player 1").strategies)


def test_strict_dominance_loses_nothing_and_weak_says_what(
    rng: random.Random, samples: Samples
) -> None:
    for k in samples(40):
        game = eeu.NormalForm(*drawn(rng, 2 * k))
        before = set(game.solve().names)
        strict, weak = game.eliminate(), game.eliminate("weak")
        assert strict.eliminated_equilibria == ()
        assert set(strict.game.solve().names) == before
        after = set(weak.game.solve().names)
        assert after <= before
        assert set(weak.eliminated_equilibria) == before - after


A, B, C = sp.symbols("a b c", real=True)


@pytest.mark.parametrize("kind", ["strict", "weak"])
@pytest.mark.parametrize("mixed", [True, False])
def test_dominance_with_symbols_then_numbers(kind: str, mixed: bool, rng: random.Random) -> None:
    game = eeu.NormalForm([[A, 0], [0, B], [1, C]], [[0, 0]] * 3)
    found = {d.action: d.condition for d in game.dominated(kind, mixed=mixed)}
    for _ in range(60):
        point = {s: sp.Rational(rng.randint(-6, 6), rng.choice([1, 2])) for s in (A, B, C)}
        at = game.at(**{s.name: value for s, value in point.items()})
        numeric = {d.action for d in at.dominated(kind, mixed=mixed) if d.player == "player 1"}
        symbolic = {a for a in game.actions["player 1"] if found.get(a, sp.false).subs(point)}
        assert symbolic == numeric, point
