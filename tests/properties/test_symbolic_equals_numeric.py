"""A symbolic answer, read at an exact point, is the numeric answer at that point."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu

POINTS = 200
Point = dict[str, Any]


def share(rng: random.Random, low: int = 0, high: int = 12) -> Fraction:
    return Fraction(rng.randint(low, high), 12)


def positive(rng: random.Random) -> Fraction:
    return Fraction(rng.randint(1, 24), rng.choice((1, 2, 3, 8)))


def contest(rng: random.Random) -> Point:
    low, middle, high = sorted(rng.sample(range(1, 41), 3))
    R, w, P = positive(rng), positive(rng), positive(rng)
    c, tau, lam = Fraction(low, rng.choice((40, 200))), Fraction(middle, 40), Fraction(high, 40)
    if rng.random() < 0.3:
        P = tau * (R + w) / (lam - tau)
    return {"P": P, "R": R, "w": w, "n": rng.randint(1, 9), "c": c, "tau": tau, "lam": lam}


def contest_of(members: int) -> Callable[[random.Random], Point]:
    def point(rng: random.Random) -> Point:
        at = contest(rng)
        del at["n"]
        first = at.pop("w")
        weights = [first] + [rng.choice((first, positive(rng))) for _ in range(members - 1)]
        return at | {"w": weights}

    return point


def commitment(rng: random.Random) -> Point:
    b, ell, sigma, mu = positive(rng), positive(rng), share(rng, 0, 11), share(rng)
    v, r, g = sorted(rng.sample(range(-9, 9), 3))
    o = rng.choice((Fraction(0), share(rng) - Fraction(1, 2), b))
    threshold = (ell + o - sigma * (b + ell)) / ((1 - sigma) * (b + ell))
    if rng.random() < 0.3 and 0 <= threshold <= 1:
        mu = threshold
    at = {"mu": mu, "sigma": sigma, "b": b, "ell": ell, "v": v, "r": r, "g": g}
    return at | {"o": o} if o else at


def bargaining(rng: random.Random) -> Point:
    ell = positive(rng)
    at: Point = {
        "mu": share(rng), "b": positive(rng), "ell": ell, "o": positive(rng) - 2,
        "alpha": share(rng), "kappa": ell * share(rng, 1, 11), "V": positive(rng) - Fraction(1, 8),
        "D": share(rng), "gamma": share(rng, 1, 11),
    }  # fmt: skip
    if rng.random() < 0.3:  # at the tie
        gain = at["mu"] * at["b"] - (1 - at["mu"]) * (1 - at["alpha"]) * ell
        at["o"] = at["V"] + at["D"] - at["kappa"] * at["alpha"] + gain
    if rng.random() < 0.3:
        del at["gamma"]
        at |= {"rho_H": positive(rng), "rho_i": positive(rng)}
    return at


@dataclass(frozen=True)
class Case:
    name: str
    symbolic: Callable[[], eeu.Game]
    point: Callable[[random.Random], Point]
    concept: str | None = None
    points: int = POINTS


CASES = [
    Case("contest, any number of equal members", eeu.BandwagoningContest, contest),
    Case("contest, one member", lambda: eeu.BandwagoningContest(members=1), contest_of(1)),
    Case("contest, two members", lambda: eeu.BandwagoningContest(members=2), contest_of(2)),
    Case("contest, three members", lambda: eeu.BandwagoningContest(members=3), contest_of(3)),
    Case("commitment", lambda: eeu.CredibleCommitment(o="o"), commitment),
    Case("commitment, Nash", lambda: eeu.CredibleCommitment(o="o"), commitment, "Nash"),
    Case("bargaining", eeu.AsymmetricBargaining, bargaining),
]


def read(equilibrium: eeu.Equilibrium, values: Any) -> tuple[Any, ...]:
    """All that an equilibrium says at a point."""

    def at(what: Any) -> Any:
        return sp.sympify(what).xreplace(values)

    profile = {k: {a: at(p) for a, p in mix.items()} for k, mix in equilibrium.profile.items()}
    payoffs = {player: at(u) for player, u in equilibrium.payoffs.items()}
    return equilibrium.name, profile, payoffs, equilibrium.free, sp.sympify(equilibrium.where)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_symbolic_at_a_point_is_numeric(
    case: Case, rng: random.Random, samples: Callable[[int], range]
) -> None:
    game = case.symbolic()
    symbolic = game.solve(case.concept)
    seen: dict[str, int] = {}
    for _ in samples(case.points):
        point = case.point(rng)
        numeric_game = game.at(**({"o": 0} if "o" in str(game.given) else {}) | point)
        values = dict(numeric_game.values)
        expected = []
        for equilibrium in symbolic:
            holds = equilibrium.condition.xreplace(values)
            assert holds in (sp.true, sp.false), point
            if holds == sp.true:
                _, *rest = read(equilibrium, values)
                where = sp.sympify(equilibrium.where).xreplace(values)
                expected.append((equilibrium.name, *rest[:-1], where))
                seen[equilibrium.name] = seen.get(equilibrium.name, 0) + 1
        numeric = numeric_game.solve(case.concept)
        assert {e.condition for e in numeric} <= {sp.true}, point
        assert [read(e, {}) for e in numeric] == expected, point
    # Each symbolic equilibrium was met at some point, bar those of measure zero in many symbols.
    unseen = set(symbolic.names) - set(seen)
    assert len(unseen) <= len(symbolic) // 2
