"""The contest's pure equilibria against pygambit's, on the same payoff table, without exception.

The table is written from THEORY's costs, in fractions, and shares no code with the library.
A third of the games stand exactly at a tie: the power is a member's own threshold, or one at which
balancing (with all, or in some coalition) is as good as waiting or joining.
"""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pygambit
import pytest
import sympy as sp

import gametheory_eeu as eeu
from tests.properties.contest_table import ACTIONS, Case, Pure

GAMES = 2000


def small(rng: random.Random, most: int = 8) -> Fraction:
    return Fraction(rng.randint(1, most * 4), rng.choice((1, 2, 4, 5)))


def costs(rng: random.Random) -> tuple[Fraction, Fraction, Fraction]:
    """0 < c < tau < lam <= 1, balancing often cheap so that coalitions can stand."""
    parts = rng.choice((10, 20, 40, 60))
    c = rng.randint(1, max(1, parts // rng.choice((3, 10))))
    tau = rng.randint(c + 1, parts - 1)
    return Fraction(c, parts), Fraction(tau, parts), Fraction(rng.randint(tau + 1, parts), parts)


def tied_power(rng: random.Random, case: Case) -> Fraction:
    """A power at which some member is exactly indifferent."""
    i = rng.randrange(len(case.w))
    if rng.random() < 0.5:
        return case.tau * (case.R + case.w[i]) / (case.lam - case.tau)
    together = sum(w for w in case.w if rng.random() < 0.5) or sum(case.w)
    return (case.tau - case.c) * (case.R + together) / (case.lam - case.tau + case.c)


def cheap_tie(rng: random.Random, case: Case) -> Case:
    """A cost of balancing at which waiting and the grand coalition are exactly as good."""
    grand = case.P + case.R + sum(case.w)
    c = case.lam * case.P * (1 / (case.P + case.R + rng.choice(case.w)) - 1 / grand)
    return Case(case.P, case.R, case.w, c, case.tau, case.lam) if 0 < c < case.tau else case


def draw(rng: random.Random, n: int, equal: bool) -> Case:
    w = (small(rng),) * n if equal else tuple(small(rng) for _ in range(n))
    if not equal and n > 1 and rng.random() < 0.3:  # some alike, some not
        w = (w[0], *w[:-1])
    c, tau, lam = costs(rng)
    case = Case(small(rng, 6), small(rng, 3), w, c, tau, lam)
    tie = rng.random()
    if tie < 0.2:
        return Case(tied_power(rng, case), case.R, w, c, tau, lam)
    return cheap_tie(rng, case) if tie < 0.33 else case


def by_pygambit(case: Case) -> set[Pure]:
    n = len(case.w)
    tables = [np.empty([3] * n, dtype=object) for _ in range(n)]
    for cell in product(range(3), repeat=n):
        pure = tuple(ACTIONS[a] for a in cell)
        for i, table in enumerate(tables):
            payoff = case.payoff(pure, i)
            table[cell] = pygambit.Rational(payoff.numerator, payoff.denominator)
    game = pygambit.StrategicGame.from_arrays(*tables)
    return {
        tuple(ACTIONS[[chance for _, chance in profile[p]].index(1)] for p in game.players)
        for profile in pygambit.nash.enumpure_solve(game).equilibria
    }


def by_members(case: Case) -> list[Pure]:
    game = eeu.BandwagoningContest(
        P=case.P, R=case.R, w=case.w, c=case.c, tau=case.tau, lam=case.lam
    )
    found = []
    for equilibrium in game.solve():
        assert equilibrium.condition == sp.true
        assert not equilibrium.free
        pure = tuple(actions[0] for actions in equilibrium.support.values())
        for i, member in enumerate(game.players):
            assert equilibrium.payoffs[member] == sp.Rational(case.payoff(pure, i))
        found.append(pure)
    return found


def by_shares(case: Case) -> Iterator[tuple[dict[str, int], int]]:
    """Each equilibrium of equal members as numbers of members, families written out."""
    n = len(case.w)
    game = eeu.BandwagoningContest(
        P=case.P, R=case.R, w=case.w[0], n=n, c=case.c, tau=case.tau, lam=case.lam
    )
    for equilibrium in game.solve():
        assert equilibrium.condition == sp.true
        shares = equilibrium.profile["member"]
        for k in range(n + 1) if equilibrium.free else (0,):
            at = dict.fromkeys(equilibrium.free, sp.Integer(k))
            if equilibrium.where.subs(at) == sp.true:
                counts = {a: int(n * share.subs(at)) for a, share in shares.items()}
                yield counts, comb(n, counts["Join"]) if equilibrium.free else 1


def in_numbers(profiles: set[Pure]) -> dict[tuple[int, ...], int]:
    counted: dict[tuple[int, ...], int] = {}
    for pure in profiles:
        key = tuple(pure.count(a) for a in ACTIONS)
        counted[key] = counted.get(key, 0) + 1
    return counted


@pytest.mark.parametrize("part", range(4))
def test_equal_to_pygambit(part: int, rng: random.Random, samples: Callable[[int], range]) -> None:
    """2,000 games in four parts, half of them with unequal weights."""
    rng.seed(rng.random() + part)
    several = tied = coalitions = 0
    for index in samples(GAMES // 4):
        equal = index % 2 == 0
        n = rng.choice((1, 2, 2, 3, 3, 3, 4, 4))
        if index % 21 == 20:  # large ones, equal and unequal in turn
            n = 6 if index % 63 == 62 else 5
        case = draw(rng, n, equal)
        expected = by_pygambit(case)
        found = by_members(case)
        assert len(found) == len(set(found)), case
        assert set(found) == expected, case
        if equal:
            shares = {tuple(c[a] for a in ACTIONS): m for c, m in by_shares(case)}
            assert shares == in_numbers(expected), case
        several += len(expected) > 1
        tied += any({"Join", "Wait"} <= set(pure) for pure in expected)
        coalitions += any(set(pure) == {"Wait", "Balance"} for pure in expected)
    # The sample holds what it is meant to hold.
    assert several > 50
    assert tied > 20
    assert coalitions > 0


def test_payoffs_of_the_game_are_those_of_the_table(rng: random.Random) -> None:
    for _ in range(4):
        case = draw(rng, 3, equal=False)
        game = eeu.BandwagoningContest(
            P=case.P, R=case.R, w=case.w, c=case.c, tau=case.tau, lam=case.lam
        )
        for pure in product(ACTIONS, repeat=3):
            profile = dict(zip(game.players, pure, strict=True))
            for i, member in enumerate(game.players):
                assert game.payoff(profile, member) == sp.Rational(case.payoff(pure, i))
