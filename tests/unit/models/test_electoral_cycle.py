"""The electoral cycle: the calendar, and announcements as signals."""

import pickle
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError, SpaceError
from gametheory_eeu.models.electoral_cycle import ElectoralCycle

R = sp.Rational
GAME, SIGNAL = ElectoralCycle(), ElectoralCycle.signalling()
NUMBERS = ElectoralCycle(B=1, c=2, d="1/2")


@pytest.mark.parametrize("game", [GAME, SIGNAL], ids=["calendar", "signals"])
def test_every_equilibrium_is_verified(game: eeu.Game) -> None:
    assert {check.verdict for check in game.solve().verify().values()} == {"proved"}
    assert game.solve().complete_where == sp.true


def test_the_calendar_is_that_of_the_theory() -> None:
    """a_t = B d^(T-t)/c up to the election, 0 after the last."""
    s = GAME.symbols
    found = GAME.calendar([4, 9], 11)
    ahead = [3, 2, 1, 0, 4, 3, 2, 1, 0]
    assert found == (*(s.B * s.d**k / s.c for k in ahead), 0, 0)
    assert NUMBERS.calendar([2], 3) == (R(1, 4), R(1, 2), 0)
    assert NUMBERS.calendar([2, 2], 3) == NUMBERS.calendar([2], 3)


def test_one_period_by_its_distance() -> None:
    assert NUMBERS.at(periods_to_election=3).announcement == R(1, 16)
    assert ElectoralCycle(B=1, c=2, electoral_weight=0).announcement == 0
    rows = GAME.comparative_statics("choice of a at before an election")
    found = {r.parameter.name: (r.sign, r.verdict) for r in rows}
    assert found["announcement_benefit"] == ("+", "proved")
    assert found["announcement_cost"] == found["periods_to_election"] == ("-", "proved")


def test_signals_are_those_of_the_theory() -> None:
    """Separating in [K/c_L, K/c_H], the least cost K/c_L; pooling at 0 and up to pK/c_L."""
    s = SIGNAL.symbols
    assert SIGNAL.least_cost == s.K / s.c_L
    assert SIGNAL.most_pooled == s.K * s.p / s.c_L
    separating, pooling = SIGNAL.solve()
    (a,) = separating.free
    claim = sp.Eq(separating.choices["a_L"], 0)
    assert claim == sp.true
    ends = [separating.where.subs(a, x) for x in (s.K / s.c_L, s.K / s.c_H)]
    assert {eeu.prove(end, given=SIGNAL.space).verdict for end in ends} == {"proved"}
    assert pooling.where.subs(a, 0).subs({s.K: 1, s.p: R(1, 2), s.c_L: 2}) == sp.true


def test_signals_on_a_grid(rng: random.Random) -> None:
    """Of all pairs of announcements on a grid the families hold the equilibria, and no others."""
    grid = [Fraction(k, 12) for k in range(40)]
    for _ in range(6):
        low, high = sorted((Fraction(rng.randint(1, 12), 4) for _ in range(2)), reverse=True)
        if low == high:
            continue
        p = Fraction(rng.randint(1, 5), 6)
        separating, pooling = ElectoralCycle.signalling(K=1, c_L=low, c_H=high, p=p).solve()
        (a,) = separating.free
        for x in grid:
            for y in grid[::5]:
                if x == y:
                    stable = p - low * x >= 0 and p - high * x >= 0
                    held = bool(pooling.where.subs(a, x))
                else:  # each against nothing, and against the other's announcement
                    stable = min(1 - high * x, 1 - high * x + high * y) >= 0 and y == 0
                    stable = stable and -low * y >= max(Fraction(0), 1 - low * x)
                    held = y == 0 and bool(separating.where.subs(a, x))
                assert stable == held, (x, y, low, high, p)


def test_they_can_be_kept_and_drawn() -> None:
    assert pickle.loads(pickle.dumps(NUMBERS)) == NUMBERS  # noqa: S301 - its own bytes
    assert NUMBERS.plot(elections=[3], periods=5).axes


BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "no election": (lambda: NUMBERS.calendar([], 5), ParameterError, "no election in it"),
    "an election too late": (lambda: NUMBERS.calendar([6], 5), ParameterError, "elections = 6"),
    "no periods": (lambda: NUMBERS.calendar([1], 0), ParameterError, "periods = 0"),
    "perfect memory": (lambda: ElectoralCycle(memory=1), ParameterError, "memory = 1"),
    "half a period": (
        lambda: ElectoralCycle(periods_to_election="1/2"), ParameterError, "periods_to_election"),
    "equal costs": (
        lambda: ElectoralCycle.signalling(c_L=1, c_H=1), SpaceError, "contradicts"),
    "half a profile": (lambda: SIGNAL.payoff({}, "able"), ParameterError, "a_H and a_L"),
    "a figure of symbols": (GAME.plot, GameTheoryError, "needs numbers"),
    "a figure of signals": (SIGNAL.plot, GameTheoryError, "no figure"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()
