"""Pressure: every corner and cap, misjudged tolerance, and everything it refuses."""

import pickle
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.models.pressure import Pressure

R = sp.Rational
GAME = Pressure()
EXAMPLE = Pressure(V=1, D=".2", tolerance=".6", believed_tolerance=".9", pi_L=1, B_L=1, L=0)


def proves(claim: sp.Basic) -> bool:
    return bool(eeu.prove(claim, given=GAME.space).verdict == "proved")


def test_every_equilibrium_is_verified_and_there_is_one_everywhere() -> None:
    solution = GAME.solve()
    assert solution.complete_where == sp.true
    assert {check.verdict for check in solution.verify().values()} == {"proved"}
    assert proves(sp.Or(*(e.condition for e in solution)))


def test_what_is_wanted_and_granted_is_what_is_chosen() -> None:
    """The theory's min(x*, limit) against the engine, which knows the range only."""
    for equilibrium in GAME.solve():
        claim = sp.Implies(equilibrium.condition, sp.Eq(GAME.pressure, equilibrium.choices["x"]))
        assert proves(claim), equilibrium.name
    s = GAME.symbols
    wanted = sp.Max(0, (s.x_hat_bar * s.V - s.D) / (2 * s.V))
    granted = s.x_hat_bar * s.pi_L / (s.B_L + s.L)
    general = Pressure(reward_at_risk=0)
    claim = sp.Eq(general.pressure, sp.Min(wanted, granted))
    assert eeu.prove(claim, given=general.space).verdict == "proved"


def test_a_reward_lost_with_the_office_is_worth_less_risk() -> None:
    s = GAME.symbols
    limit = Pressure(reward_at_risk=1).compliance_limit
    assert sp.cancel(limit - s.x_hat_bar * s.pi_L / (s.B_L + s.L + s.pi_L)) == 0


def test_example_of_the_theory() -> None:
    """V = 1, x_bar = .6, believed .9, D = .2: x .20 to .35, revolt 1/3 to 7/12, loss 3/80."""
    assert (EXAMPLE.informed_pressure, EXAMPLE.pressure) == (R(1, 5), R(7, 20))
    assert EXAMPLE.revolt_probability == R(7, 12)
    informed = EXAMPLE.at(believed_tolerance="x_bar")
    assert (informed.revolt_probability, informed.misjudgement_loss) == (R(1, 3), 0)
    assert EXAMPLE.misjudgement_loss == R(3, 80)
    assert EXAMPLE.solve().names == ("all that is wanted",)


@pytest.mark.parametrize(
    ("changed", "name", "pressure"),
    [
        ({"D": 1}, "no pressure", 0),
        ({"D": ".9"}, "no pressure", 0),  # a tie: the believed tolerance times V
        ({"pi_L": ".1"}, "all that the leader grants", R(9, 100)),
        ({"pi_L": 0}, "nothing is granted", 0),
        ({"pi_L": 3}, "all that is wanted", R(7, 20)),  # granted beyond the tolerance
        ({"D": 0}, "all that is wanted", R(9, 20)),
    ],
    ids=["loss", "tie", "cap", "no reward", "much reward", "no loss"],
)
def test_corners(changed: dict[str, object], name: str, pressure: object) -> None:
    game = EXAMPLE.at(**changed)
    (equilibrium,) = game.solve()
    assert (equilibrium.name, game.pressure) == (name, pressure)
    assert equilibrium.choices["x"] == pressure
    assert equilibrium.verify().verdict == "proved"


def test_on_a_grid(rng: random.Random) -> None:
    """No pressure that the leader would grant is better."""
    for _ in range(8):
        v, b, believed, x_bar = (Fraction(rng.randint(1, 12), 6) for _ in range(4))
        d, reward, ouster = (Fraction(rng.randint(0, 12), 6) for _ in range(3))
        chi = rng.choice([0, Fraction(1, 2), 1])
        game = Pressure(V=v, D=d, tolerance=x_bar, believed_tolerance=believed, pi_L=reward,
                        B_L=b, L=ouster, chi=chi)  # fmt: skip
        (found,) = game.solve()
        best = game.payoff(found.choices, "hegemon")
        assert found.payoffs == {p: game.payoff(found.choices, p) for p in game.players}
        for k in range(0, 30, 3):
            tried = {"x": believed * k / 24}
            if game.payoff(tried, "leader") >= b:
                assert game.payoff(tried, "hegemon") <= best
        if game.pressure < game.compliance_limit and game.informed_pressure < x_bar * (
            game.compliance_limit / believed
        ):
            assert game.misjudgement_loss >= 0


def test_a_leader_who_overrates_its_public_grants_more_than_the_truth_would() -> None:
    """Where the leader's limit binds, the error may be the hegemon's gain."""
    game = Pressure(V=1, D=0, tolerance=1, believed_tolerance="6/5", pi_L=1, B_L=3, L=1)
    assert game.solve().names == ("all that the leader grants",)
    assert game.misjudgement_loss == R(3, 16) - R(21, 100)
    assert game.misjudgement_loss < 0


def test_it_moves_as_the_theory_says() -> None:
    found = {r.parameter.name: (r.sign, r.verdict) for r in GAME.comparative_statics("pressure")}
    assert found["exit_loss"] == ("<=0", "proved")
    assert found["member_value"] == found["believed_tolerance"] == (">=0", "proved")
    assert found["compliance_reward"] == (">=0", "proved")
    rows = GAME.comparative_statics("choice of x at all that is wanted", "believed_tolerance")
    assert rows[0].derivative == R(1, 2)


def test_it_can_be_kept_and_drawn() -> None:
    assert pickle.loads(pickle.dumps(EXAMPLE)) == EXAMPLE  # noqa: S301 - its own bytes
    assert EXAMPLE.plot().axes
    assert EXAMPLE.at(pi_L=".1").plot().axes


BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "no tolerance": (lambda: Pressure(tolerance=0), ParameterError, "tolerance = 0"),
    "nothing to gain": (lambda: Pressure(V=0), GameTheoryError, "V = 0"),
    "a reward below zero": (lambda: Pressure(pi_L=-1), ParameterError, "compliance_reward = -1"),
    "half a profile": (lambda: GAME.payoff({}, "hegemon"), ParameterError, "the pressure"),
    "a figure of symbols": (GAME.plot, GameTheoryError, "needs numbers"),
}


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()
