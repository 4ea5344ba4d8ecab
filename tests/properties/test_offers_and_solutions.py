"""Alternating offers against backward induction; bargaining solutions against their axioms."""

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.solvers import HullFrontier, SmoothFrontier

u = sp.Symbol("u", real=True)


def backwards(rounds: int, d1: Fraction, d2: Fraction, w: Fraction) -> Fraction:
    """Written here in fractions; the value of the game to the hegemon, round by round."""
    hegemon = Fraction(0)  # after the last round
    member = Fraction(0)
    for number in reversed(range(1, rounds + 1)):
        if number % 2:
            member = max(w, d2 * member)
            hegemon = 1 - member
        else:
            hegemon = d1 * hegemon
            member = 1 - hegemon
    return hegemon


def test_the_infinite_horizon_is_the_limit_of_long_ones(rng: random.Random) -> None:
    """The gap falls with (d1 d2)^(T/2), checked exactly to 80 rounds."""
    for _ in range(60):
        d1, d2, w = (Fraction(rng.randint(0, 9), 10) for _ in range(3))
        game = eeu.AlternatingOffers(d_1=d1, d_2=d2, w_2=w)
        share = Fraction(str(game.proposer_share))
        for rounds in (1, 2, 7, 80):
            found = backwards(rounds, d1, d2, w)
            assert game.finite(rounds).hegemon_share == sp.Rational(found)
            assert abs(found - share) <= (d1 * d2) ** ((rounds - 1) // 2)


@pytest.mark.parametrize("rounds", [1000, 1001, 5000])
def test_long_horizons_of_patient_sides(rounds: int, rng: random.Random) -> None:
    """Exact to 5,000 rounds; a last round ever further off matters ever less."""
    for _ in range(3):
        d1, d2 = (Fraction(rng.randint(990, 999), 1000) for _ in range(2))
        w = Fraction(rng.randint(0, 9), 10)
        game = eeu.AlternatingOffers(d_1=d1, d_2=d2, w_2=w)
        found = backwards(rounds, d1, d2, w)
        assert game.finite(rounds).hegemon_share == sp.Rational(found.numerator, found.denominator)
        gap = abs(found - Fraction(str(game.proposer_share)))
        assert gap <= (d1 * d2) ** ((rounds - 1) // 2) < Fraction(1, 100)


def corners(rng: random.Random) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(rng.randint(1, 20), 4), Fraction(rng.randint(1, 20), 4)) for _ in range(6)]


def test_solutions_on_a_hull(rng: random.Random) -> None:
    """Scaling payoffs scales Nash and Kalai-Smorodinsky; no mixture has a greater product."""
    for _ in range(100):
        points = corners(rng)
        problem = HullFrontier(points, (0, 0))
        nash = problem.nash().payoffs
        ks, even = problem.kalai_smorodinsky().payoffs, problem.egalitarian().payoffs
        ideal = problem.ideal
        assert even[0] == even[1]
        assert ks[0] * ideal[1] == ks[1] * ideal[0]
        for a in points:
            for b in points:
                for k in range(11):
                    share = Fraction(k, 10)
                    mix = [share * x + (1 - share) * y for x, y in zip(a, b, strict=True)]
                    assert mix[0] * mix[1] <= nash[0] * nash[1]
                    assert not (mix[0] > ks[0] and mix[1] > ks[1])
                    assert not (mix[0] > even[0] and mix[1] > even[1])
        scaled = HullFrontier([(3 * x, y / 2) for x, y in points], (0, 0))
        assert scaled.nash().payoffs == (3 * nash[0], nash[1] / 2)
        assert scaled.kalai_smorodinsky().payoffs == (3 * ks[0], ks[1] / 2)


def test_symmetric_problems_are_split_equally() -> None:
    circle = SmoothFrontier(sp.sqrt(2 - u**2), (0, 0), u)
    for found in (circle.nash(), circle.kalai_smorodinsky(), circle.egalitarian()):
        assert found.payoffs == (1, 1)
        assert found.exact


def test_a_line_and_a_hull_agree() -> None:
    line, hull = SmoothFrontier(2 - 2 * u, (0, 0), u), HullFrontier([(0, 2), (1, 0)], (0, 0))
    for name in ("nash", "kalai_smorodinsky", "egalitarian"):
        assert getattr(line, name)().payoffs == getattr(hull, name)().payoffs
    assert line.concave is not None
    assert line.concave.verdict == "proved"


def test_where_no_root_is_found_the_answer_says_it_is_a_float() -> None:
    """The frontier 2 - exp(u): its equal gains solve u + exp(u) = 2."""
    problem = SmoothFrontier(2 - sp.exp(u), (0, 0), u)
    assert problem.concave is not None
    assert problem.concave.verdict == "proved"
    x, y = problem.egalitarian().payoffs
    assert abs(float(x - y)) < 1e-12
    nash = problem.nash()
    assert (
        abs(float(sp.N(2 - sp.exp(nash.payoffs[0]) - nash.payoffs[0] * sp.exp(nash.payoffs[0]))))
        < 1e-12
    )


def test_where_no_proof_can_be_asked_for_there_is_none() -> None:
    assert SmoothFrontier(sp.cos(u), (0, 0), u).concave is None


TRIPLE: Any = [(0, 1, 2)]  # what the types already forbid
UNKNOWN: Any = "u"


@pytest.mark.parametrize(("build", "match"), [
    (lambda: SmoothFrontier((1 - u) ** 2, (0, 0), u), "decreasing, concave"),
    (lambda: SmoothFrontier(1 - u, (1, 1), u), "a point below the frontier"),
    (lambda: SmoothFrontier(1 - u, (0, 0), UNKNOWN), "variable = 'u'"),
    (lambda: SmoothFrontier(sp.Symbol("k", real=True) - u, (0, 0), u), "numbers but for u"),
    (lambda: HullFrontier([(0, 1), (1, 0)], (1, 1)), "improves for both"),
    (lambda: HullFrontier([*TRIPLE], (0, 0)), "pairs of numbers"),
    (lambda: HullFrontier([(0, 1), (1, 0)], (0, 0)).nash(1), "weight"),
])  # fmt: skip
def test_what_is_refused(build, match: str) -> None:
    with pytest.raises(ParameterError, match=match):
        build()
