"""Alternating offers: equilibria, what they turn on, and what is refused."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError, TooLargeError


@pytest.mark.parametrize("concept", eeu.AlternatingOffers.concepts)
def test_equilibria_are_verified_with_every_symbol(concept: str) -> None:
    found = eeu.AlternatingOffers().general.solve(concept)
    assert len(found) == 2
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_a_wrong_share_is_refuted() -> None:
    from dataclasses import replace

    game = eeu.AlternatingOffers(d_1="9/10", d_2="9/10")
    (found,) = game.solve()
    half = sp.Rational(1, 2)
    wrong = replace(found, payoffs={"hegemon": half, "member": half})
    assert wrong.verify().verdict == "refuted"


def test_the_bounds_on_all_equilibria_contract() -> None:
    assert {p.verdict for p in eeu.AlternatingOffers.lemmas()} == {"proved"}


def test_both_agree_where_the_option_just_binds() -> None:
    game = eeu.AlternatingOffers(d_1="9/10", d_2="9/10", w_2="9/19")
    assert game.proposer_share == 1 - game.option_threshold == sp.Rational(10, 19)
    assert game.solve().names == ("the option is idle",)


def test_an_idle_option_moves_nothing_a_disagreement_payoff_does() -> None:
    offers = eeu.AlternatingOffers().general.comparative_statics(wrt="member_quit_option")
    assert offers["payoff of hegemon at the option binds", "w_2"].sign == "-"
    assert offers["payoff of hegemon at the option is idle", "w_2"].sign == "0"
    nash = eeu.AsymmetricBargaining().comparative_statics(quantity="transfer", wrt="outside_option")
    assert nash[0].sign == "+"


def test_where_both_may_quit_nothing_is_picked() -> None:
    game = eeu.AlternatingOffers(d_1="9/10", d_2="9/10", w_1="1/10", w_2="1/10")
    found = game.solve("subgame perfect, both may quit")
    assert found.names == ("quit if refused", "continuum")
    (x,) = found["continuum"].free
    assert found["continuum"].where == sp.And(x >= sp.Rational(1, 5), x < sp.Rational(9, 10))
    assert found.complete_where == sp.false


def test_breakdown_is_impatience() -> None:
    risky = eeu.AlternatingOffers(d_1="9/10", d_2="4/5", p="1/10")
    patient = eeu.AlternatingOffers(d_1="81/100", d_2="18/25")
    assert risky.proposer_share == patient.proposer_share


def test_short_intervals_are_a_limit_with_a_rate() -> None:
    found = eeu.AlternatingOffers.short_intervals()
    first, second = sorted(found.limit.free_symbols, key=str)
    assert sp.simplify(found.limit - second / (first + second)) == 0
    assert sp.simplify(found.rate - first * second / (2 * (first + second))) == 0
    weight = eeu.AsymmetricBargaining().parameters["bargaining_weight"].default
    assert sp.simplify(1 - found.limit - weight) == 0


@pytest.mark.parametrize(("name", "value"), [
    ("d_1", 1), ("d_2", 1), ("d_1", -1), ("d_2", "11/10"), ("p", 1), ("w_2", 2), ("w_1", -1),
])  # fmt: skip
def test_values_outside_their_domains_are_refused(name: str, value: object) -> None:
    with pytest.raises(ParameterError, match="is not allowed"):
        eeu.AlternatingOffers(**{name: value})


@pytest.mark.parametrize("horizon", [0, -1, 1.5, True])
def test_horizons_below_one_are_refused(horizon: int) -> None:
    with pytest.raises(ParameterError, match="horizon"):
        eeu.AlternatingOffers(d_1=0.9, d_2=0.9).finite(horizon)


def test_horizons_too_long_say_what_to_do() -> None:
    with pytest.raises(TooLargeError, match="closed form"):
        eeu.AlternatingOffers().finite(13)
    with pytest.raises(TooLargeError, match=r"at most 200 .* irrational"):
        eeu.AlternatingOffers.from_urgency("1/5", "1/10").finite(201)


def test_urgency_and_interval() -> None:
    game = eeu.AlternatingOffers.from_urgency("1/5", "1/10", 2)
    assert game.symbols.d_1.subs(game.values) == sp.exp(-sp.Rational(2, 5))
    with pytest.raises(ParameterError, match="interval"):
        eeu.AlternatingOffers.from_urgency(1, 1, 0)
    with pytest.raises(ParameterError, match="hegemon_urgency"):
        eeu.AlternatingOffers.from_urgency(0, 1)


@pytest.mark.parametrize("year", ["2013", "2014", "2015"])
def test_calibrations(year: str) -> None:
    found = eeu.AlternatingOffers.from_article(year).solve()
    assert len(found) == 1
    assert found[0].verify()
