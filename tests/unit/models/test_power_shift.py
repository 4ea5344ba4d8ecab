"""Power shift: both protocols, paths, ties, and what it refuses."""

from fractions import Fraction

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    SpaceError,
    TooLargeError,
    UnknownNameError,
)
from gametheory_eeu.solvers.power_shift_path import MAX_PERIODS, bargaining_path

GAME = eeu.PowerShift(delta="1/2", p="1/5", c_b="1/10")
MEMBER_OFFERS = eeu.PowerShift.concepts[1]


@pytest.mark.parametrize("delta", [0, 1])
def test_discount_factors_at_the_ends_are_refused(delta):
    with pytest.raises(ParameterError, match="discount_factor"):
        eeu.PowerShift(delta=delta)
    with pytest.raises(ParameterError, match="discount_factor"):
        bargaining_path([0], [1], delta)


@pytest.mark.parametrize("values", [{"s": -1}, {"p": 0}, {"c_b": 1}, {"xi": 0}, {"y": -1}])
def test_values_outside_a_domain_are_refused(values):
    with pytest.raises(ParameterError):
        eeu.PowerShift(**values)


def test_a_shift_beyond_the_pie_is_refused():
    with pytest.raises(SpaceError, match="p"):
        eeu.PowerShift(p="1/2", s="1/2", c_b="1/10")


def test_a_shift_and_a_depth_that_contradict_are_refused():
    with pytest.raises(SpaceError, match="power_shift"):
        eeu.PowerShift(s="1/5", xi=1, y="1/10")


@pytest.mark.parametrize(
    ("rising", "declining", "error", "match"),
    [
        ([], [], ParameterError, "at least 1"),
        (["1/2"], ["1/4", "1/4"], ParameterError, "as many"),
        (["1/2"], ["3/5"], ParameterError, "period 0"),
        (["-1/2"], ["1/2"], ParameterError, "shares of one pie"),
        ([sp.Symbol("p")], [0], ParameterError, "quantities of PowerShift"),
        ([0] * (MAX_PERIODS + 1), [0] * (MAX_PERIODS + 1), TooLargeError, str(MAX_PERIODS)),
    ],
)
def test_paths_that_are_none_are_refused(rising, declining, error, match):
    with pytest.raises(error, match=match):
        bargaining_path(rising, declining, "1/2")


def test_only_one_of_the_two_proposes():
    with pytest.raises(ParameterError, match="proposer"):
        bargaining_path([0], [1], "1/2", "nobody")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"offers_by": "nobody"}, "offers_by = 'nobody'"),
        ({"hegemon": ["1/2"]}, "both sides"),
        ({"hegemon": 5, "member": 5}, "hegemon = 5"),
    ],
)
def test_what_is_no_path_of_the_game_is_refused(given, match):
    with pytest.raises(ParameterError, match=match):
        GAME.at(s="1/10").path(**given)


def test_a_path_needs_numbers():
    with pytest.raises(GameTheoryError, match="needs numbers"):
        eeu.PowerShift().path()


def test_a_profile_needs_known_actions():
    profile = {"offers by": "Powell", "today": "settle", "later": "settle"}
    with pytest.raises(UnknownNameError, match="hegemon, member"):
        GAME.at(s=0).payoff(profile, "member")


def test_settlement_tie_and_breakdown():
    limit = GAME.tolerable_shift
    assert limit == sp.Rational(3, 10)
    assert GAME.at(s="29/100").solve().names == ("settlement",)
    assert GAME.at(s=limit).solve().names == ("settlement", "indifferent")
    assert GAME.at(s="31/100").solve().names == ("breakdown",)
    assert GAME.at(s="31/100").solve(MEMBER_OFFERS).names == ("settlement",)
    assert GAME.at(s="41/100").solve(MEMBER_OFFERS).names == ("breakdown",)


def test_at_the_tie_the_whole_pie_of_today_is_offered():
    tie = GAME.at(s=GAME.tolerable_shift)
    assert tie.offer_today == 1
    assert tie.solve()["settlement"].payoffs["member"] == sp.Rational(7, 10)


def test_no_offer_is_quoted_where_none_is_accepted():
    with pytest.raises(DoesNotExistError, match="offer_today"):
        _ = GAME.at(s="2/5").offer_today


def test_every_equilibrium_is_verified_in_symbols():
    game = eeu.PowerShift()
    for concept in game.concepts:
        found = game.solve(concept)
        assert {e.verify().verdict for e in found} == {"proved"}
        assert found.complete_where == sp.true


def test_propositions_are_proved():
    found = eeu.PowerShift().lemmas()
    assert {p.verdict for p in found} == {"proved"}
    assert not any(step.vacuous for p in found for step in p.proofs)
    assert all(step.recheck() for p in found for step in p.proofs)  # by the second solver


def test_false_powells_condition_is_necessary():
    """THEORY 4c: sufficient, not necessary. The library finds where it fails, and decides it."""
    game = eeu.PowerShift()
    naive = eeu.prove(
        sp.Implies(game.symbols.s > game.tolerable_shift, game.powell_gap > 0), given=game.space
    )
    assert naive.verdict == "refuted"
    at = {str(symbol): value for symbol, value in naive.witnesses[0].items()}
    at = {name: at[name] for name in ("delta", "p", "c_b", "s")}
    found = eeu.PowerShift(**at)
    assert found.powell_gap <= 0
    assert found.solve().names == ("breakdown",)
    assert found.path().breakdown == 0
    assert found.path().sufficient == ()


def test_signs():
    table = eeu.PowerShift().comparative_statics(quantity="breaking_depth")
    signs = {row.parameter.symbol.name: row.sign for row in table}
    assert signs == {"delta": "-", "p": "+", "c_b": "+", "xi": "-"}
    assert {row.verdict for row in table} == {"proved"}


def test_the_same_shift_breaks_at_once_and_not_by_steps():
    """Powell (2004): it is the speed of the shift that breaks bargaining, not its size."""
    n = 8
    rising = [Fraction(1, 5) + Fraction(2 * t, 5 * n) for t in range(n + 1)]
    declining = [Fraction(9, 10) - p for p in rising]
    assert GAME.path(rising, declining).breakdown is None
    jump = GAME.path([rising[0], rising[-1]], [declining[0], declining[-1]])
    assert (jump.breakdown, jump.waste) == (0, Fraction(1, 10))


def test_agreement_holds_until_the_jump_comes():
    """Offers before a breakdown that everybody sees coming, and the waste seen from the start."""
    path = GAME.path(["1/5", "1/5", "1/5", "3/5"], ["7/10", "7/10", "7/10", "3/10"])
    assert path.breakdown == 2
    assert path.offers == (Fraction(7, 10), Fraction(7, 10))
    assert path.waste == Fraction(1, 4) * Fraction(1, 10)
    assert path.sufficient == ()  # the hegemon offers; the condition is not needed for it


def test_integration_can_be_too_deep():
    game = eeu.PowerShift(delta="3/5", p="3/10", c_b="1/10", xi=1)
    assert game.breaking_depth == sp.Rational(4, 15)
    assert game.at(y="1/4").solve().names == ("settlement",)
    assert game.at(y="3/10").solve().names == ("breakdown",)


def test_calibrations_settle_and_2014_is_the_dearest():
    offers = {y: eeu.PowerShift.from_article(y).offer_today for y in ("2013", "2014", "2015")}
    assert offers["2013"] < offers["2014"] < 1
    assert offers["2015"] < offers["2014"]
