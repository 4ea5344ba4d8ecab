"""Repeated commitment against plain arithmetic: every stationary reply, by exact elimination."""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.solvers.repeated_games import (
    finite_punishment,
    grim_trigger,
    tit_for_tat,
)

Values = dict[str, Fraction]


def draw(rng: random.Random) -> Values:
    v, step, over = rng.randint(-3, 2), rng.randint(1, 6), rng.randint(1, 6)
    return {
        "v": Fraction(v, 2),
        "r": Fraction(v + step, 2),
        "g": Fraction(v + step + over, 2),
        "delta": Fraction(rng.randint(1, 11), 12),
        "alpha": Fraction(rng.randint(0, 4), 4),
        "d": Fraction(rng.randint(0, 8), 2),
        "k_b": Fraction(rng.randint(1, 12), 2),
        "b": Fraction(rng.randint(1, 4)),
        "ell": Fraction(rng.randint(1, 4)),
    }


def flows(x: Values) -> tuple[Fraction, Fraction]:
    return x["r"] - x["d"] * x["alpha"], x["g"] - x["k_b"] * x["alpha"]


def worth(rewards: list[Fraction], then: list[int], delta: Fraction) -> list[Fraction]:
    """What a plan is worth in each state: V = u + delta V(then), by iterating to the cycle."""
    n = len(rewards)
    rows = [
        [Fraction(i == j) - delta * (j == then[i]) for j in range(n)] + [rewards[i]]
        for i in range(n)
    ]
    for i in range(n):
        pivot = next(k for k in range(i, n) if rows[k][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [a / rows[i][i] for a in rows[i]]
        for k in range(n):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [row[-1] for row in rows]


def keeps(x: Values, length: int | None) -> bool:
    """Whether no plan of the hegemon beats honouring, the member trusting and expelling."""
    kept, broken = flows(x)
    states = 2 if length is None else length + 1
    back = 1 if length is None else 0
    out = [*range(2, states), back]
    honour = worth([kept] + [x["v"]] * (states - 1), [0, *out], x["delta"])[0]
    exploit = worth([broken] + [x["v"]] * (states - 1), [1, *out], x["delta"])[0]
    return honour >= exploit


def test_equilibria_exist_exactly_where_arithmetic_says(
    rng: random.Random, samples: Callable[[int], range]
) -> None:
    for _ in samples(150):
        x = draw(rng)
        kept, broken = flows(x)
        found = eeu.RepeatedCommitment(**x)
        expected = {
            "grim trigger": keeps(x, None) and broken >= kept,
            "always honour": kept >= broken,
            "never honour": broken >= kept,
        }
        assert set(found.solve().names) == {name for name, holds in expected.items() if holds}
        assert ("grim trigger" in found.solve("Nash").names) == keeps(x, None)


def test_finite_punishments_exist_exactly_where_arithmetic_says(
    rng: random.Random, samples: Callable[[int], range]
) -> None:
    for i in samples(100):
        x, length = draw(rng), 1 + i % 5
        kept, broken = flows(x)
        found = eeu.RepeatedCommitment(**x).punishment(length=length)
        assert found.condition == sp.sympify(keeps(x, length) and broken >= kept)


def test_least_binding_is_the_least_on_a_grid(
    rng: random.Random, samples: Callable[[int], range]
) -> None:
    """On a grid of depths that holds the bounds, the word is kept exactly between them."""
    for _ in samples(100):
        x = draw(rng)
        game = eeu.RepeatedCommitment(**{k: u for k, u in x.items() if k != "alpha"})
        low = game.quantities["minimum_binding"]
        exists = low.exists_when == sp.true
        ends = (
            [Fraction(int(e.p), int(e.q)) for e in (game.minimum_binding, game.maximum_binding)]
            if exists
            else []
        )
        grid = {Fraction(i, 24) for i in range(25)} | set(ends)
        held = {a for a in grid if keeps({**x, "alpha": a}, None)}
        assert held == ({a for a in grid if ends[0] <= a <= ends[1]} if exists else set())


@pytest.mark.parametrize(("punishers", "members"), [(1, 1), (1, 3), (2, 3), (2, 5), (3, 4)])
def test_desertion_by_playing_it_out(punishers: int, members: int, rng: random.Random) -> None:
    """The hegemon's best plan over rounds of breach, from the last member back, by arithmetic."""
    for _ in range(25):
        x = draw(rng)
        kept, broken = flows(x)
        if broken < kept:
            continue
        delta, n = x["delta"], members

        def flow(rate: Fraction, present: int, v: Fraction = x["v"], n: int = n) -> Fraction:
            return (rate * present + v * (n - present)) / n

        best = {0: x["v"] / (1 - delta)}
        ok = True
        for present in range(1, n + 1):
            stay = flow(kept, present) / (1 - delta)
            go = flow(broken, present) + delta * best[max(present - punishers, 0)]
            reached = (n - present) % punishers == 0
            ok &= stay >= go or not reached
            best[present] = max(stay, go)
        found = eeu.RepeatedCommitment(**x).punishment(punishers=punishers, members=members)
        assert found.condition == sp.sympify(ok)


@given(st.integers(1, 8), st.integers(1, 40), st.integers(1, 40))
def test_critical_discount_factor_of_a_finite_punishment(length: int, loss: int, gain: int) -> None:
    """An exact root, between grim trigger's and one, falling with the length."""
    if gain >= loss * length:
        return
    root = finite_punishment(loss, loss + gain, 0, length)
    longer = finite_punishment(loss, loss + gain, 0, length + 1)
    value = sum(loss * root**i for i in range(1, length + 1)) - gain
    assert abs(sp.N(value, 40)) < sp.Float("1e-30")
    assert grim_trigger(loss, loss + gain, 0) < longer < root < 1


def test_tit_for_tat_against_every_stationary_reply(rng: random.Random) -> None:
    """A best reply exists among the plans that depend on what tit-for-tat does next."""
    for _ in range(300):
        sucker = rng.randint(-3, 0)
        punished = sucker + rng.randint(1, 3)
        reward = punished + rng.randint(1, 3)
        temptation = reward + rng.randint(1, 3)
        delta = Fraction(rng.randint(1, 19), 20)
        pays = {
            ("C", "C"): reward,
            ("D", "C"): temptation,
            ("C", "D"): sucker,
            ("D", "D"): punished,
        }

        def own(plan: tuple[str, str], pays=pays, delta=delta) -> Fraction:
            rewards = [
                Fraction(pays[action, other]) for action, other in zip(plan, "CD", strict=True)
            ]
            return worth(rewards, [int(action == "D") for action in plan], delta)[0]

        best = max(own((first, second)) for first, second in product("CD", repeat=2))
        critical = tit_for_tat(temptation, reward, punished, sucker)
        assert (own(("C", "C")) == best) == bool(sp.Rational(delta) >= critical)


@given(st.fractions(-3, 3), st.fractions(1, 4))
def test_affine_payoffs_change_no_critical_discount_factor(
    shift: Fraction, scale: Fraction
) -> None:
    moved = eeu.RepeatedCommitment(r=scale + shift, g=3 * scale + shift, v=shift)
    assert (
        moved.critical_discount_factor
        == eeu.RepeatedCommitment(r=1, g=3, v=0).critical_discount_factor
    )
    assert moved.critical_discount_factor_under(length=4) == finite_punishment(1, 3, 0, 4)
