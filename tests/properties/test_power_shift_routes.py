"""Shifting power against the whole game tree: every offer on a grid, every answer."""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.solvers.power_shift_path import BargainingPath, bargaining_path

Pair = tuple[Fraction, Fraction]
Side = Literal["rising", "declining"]
HALF = Fraction(1, 2)
PROPOSERS: tuple[Side, Side] = ("rising", "declining")


def strengths(rng: random.Random, periods: int) -> list[Pair]:
    found = []
    for _ in range(periods):
        waste = rng.randint(1, 3)
        rising = rng.randint(0, 8 - waste)
        found.append((Fraction(rising, 8), Fraction(8 - waste - rising, 8)))
    return found


def solved(path: list[Pair], delta: Fraction, proposer: Side) -> BargainingPath:
    rising, declining = zip(*path, strict=True)
    return bargaining_path(rising, declining, delta, proposer)


def play(path: list[Pair], proposer: Side, grid: int) -> tuple[Pair, bool]:
    """What the sides get, and whether this period breaks, by looking at every offer and answer."""
    (rising, declining), later = path[0], path[1:]
    if not later:
        share = declining if proposer == "rising" else 1 - rising
        return (1 - share, share), False
    best: tuple[Pair, bool] = ((rising, declining), True)
    mine = 0 if proposer == "rising" else 1
    found: Pair | None = None
    for i in range(grid + 1):
        share = Fraction(i, grid)
        (one, two), _ = play(later, proposer, grid)
        agreed = (HALF * (1 - share + one), HALF * (share + two))
        alone = (rising, declining)[1 - mine]
        if agreed[1 - mine] >= alone and (found is None or agreed[mine] > found[mine]):
            found = agreed
    if found is None:
        return best
    must = proposer == "rising" and HALF * play(later, proposer, grid)[0][1] >= declining
    return (found, False) if must or found[mine] >= best[0][mine] else best


@pytest.mark.parametrize("proposer", ["rising", "declining"])
def test_backward_induction_on_the_whole_tree(
    proposer: Side, rng: random.Random, samples: Callable[[int], range]
) -> None:
    for i in samples(120):
        periods, grid = (3, 16) if i % 20 else (4, 32)
        path = strengths(rng, periods)
        found = solved(path, HALF, proposer)
        (one, two), breaks = play(path, proposer, grid)
        first = found.stages[0]
        assert (first.rising_value, first.declining_value) == (one, two)
        assert (first.share is None) == breaks


@pytest.mark.parametrize("proposer", ["rising", "declining"])
def test_constant_power_by_a_long_end_game(proposer: Side, rng: random.Random) -> None:
    """A breakdown forced after 60 periods: what is played before tends to the constant stage."""
    for _ in range(50):
        ((rising, declining),) = strengths(rng, 1)
        one, two, delta = rising, declining, Fraction(3, 5)
        for _ in range(60):
            if proposer == "rising":
                share = (declining - delta * two) / (1 - delta)
            else:
                share = 1 - (rising - delta * one) / (1 - delta)
            assert 0 <= share <= 1
            one, two = (1 - delta) * (1 - share) + delta * one, (1 - delta) * share + delta * two
        stage = bargaining_path([rising], [declining], delta, proposer).stages[0]
        assert abs(stage.rising_value - one) < Fraction(1, 10**12)
        assert abs(stage.declining_value - two) < Fraction(1, 10**12)


def test_powells_condition_always_breaks_and_is_not_needed(
    rng: random.Random, samples: Callable[[int], range]
) -> None:
    needless = 0
    for _ in samples(500):
        path = strengths(rng, rng.randint(2, 6))
        delta = Fraction(rng.randint(1, 19), 20)
        for proposer in PROPOSERS:
            found = solved(path, delta, proposer)
            if found.sufficient:
                assert found.breakdown is not None
                assert found.breakdown <= found.sufficient[0]
            needless += found.breakdown is not None and not found.sufficient
            assert (found.waste > 0) == (found.breakdown is not None)
    assert needless > 0


def test_symbols_agree_with_paths(rng: random.Random, samples: Callable[[int], range]) -> None:
    for _ in samples(60):
        p, cost, shift = rng.randint(1, 12), rng.randint(1, 4), rng.randint(0, 4)
        game = eeu.PowerShift(
            p=Fraction(p, 20),
            c_b=Fraction(cost, 20),
            s=Fraction(shift, 20),
            delta=Fraction(rng.randint(1, 19), 20),
        )
        for concept, by in zip(game.concepts, ("hegemon", "member"), strict=True):
            path = game.path(offers_by=by)
            found = game.solve(concept)[0]
            assert (found.name == "breakdown") == (path.breakdown == 0)
            first = path.stages[0]
            expected = {"hegemon": first.rising_value, "member": first.declining_value}
            assert dict(found.payoffs) == {k: sp.Rational(x) for k, x in expected.items()}
            holds = path.sufficient == (0,)
            assert holds == bool(game.powell_gap > 0)
