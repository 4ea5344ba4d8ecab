"""The hub: its outcomes, what it refuses, and what is proved of it."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    TooLargeError,
    UnknownNameError,
)
from gametheory_eeu.models.hub_bargaining.outcomes import with_symbolic_parts, with_symbolic_terms
from gametheory_eeu.solvers import renegotiated, renegotiated_by_number

STATES = ["Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan"]
PLAIN = {"mu": 1, "b": 1, "ell": 1, "o": 1, "alpha": 0, "kappa": "1/2", "D": 0}


def plain(**values: object) -> eeu.HubBargaining:
    """With members whose own gain is zero: a deal is worth V."""
    return eeu.HubBargaining(**{**PLAIN, "V": 0, "Z": 0, "gamma": "1/2", **values})


@pytest.mark.parametrize("concept", eeu.HubBargaining.concepts)
def test_equal_members_are_solved_for_every_number_and_verified(concept: str) -> None:
    found = eeu.HubBargaining().solve(concept)
    assert found["whole union"].verify().verdict == "proved"
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_every_whole_union_is_one_or_falls_apart() -> None:
    whole, none, _ = eeu.HubBargaining().solve()
    union = eeu.HubBargaining().space
    assert eeu.equivalent(whole.condition, sp.Not(none.condition), union).verdict == "proved"


def test_transfer_is_the_closed_form_of_theory() -> None:
    game = eeu.HubBargaining()
    s, (i,) = game.symbols, game.spokes
    closed = i.gamma * i.a - (1 - i.gamma) * i.e + s.Z * i.gamma / (1 - i.gamma + i.gamma * s.n)
    given = [game.space, i.S >= 0]
    assert eeu.prove(sp.Eq(game.transfer, closed), given).verdict == "proved"


def test_prestige_raises_the_price() -> None:
    (row,) = eeu.HubBargaining().comparative_statics(quantity="transfer", wrt="prestige")
    assert (row.sign, row.verdict) == ("+", "proved")


def test_four_named_members_have_their_own_terms() -> None:
    game = eeu.HubBargaining(members=STATES)
    assert game.players == ("hegemon", *STATES)
    assert "encroachment_loss.Kazakhstan" in game.parameters.names
    assert game.solve().names == ("whole union", "union of the willing", "indifferent")
    weight = game.parameters["bargaining_weight.Armenia"].default
    assert str(weight) == "rho_H/(rho_Armenia + rho_H)"
    given = game.at(hegemon_urgency=1, member_urgency=[1, 2, 3, 4])
    assert given.values[game.symbols.gamma.Kazakhstan] == sp.Rational(1, 3)


def test_ties_are_families() -> None:
    game = plain(V=[1, 0], o=[1, 2], Z=1)
    found = game.solve()
    assert found.names == ("whole union", "indifferent")
    assert found["indifferent"].free
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_nash_in_nash_may_have_two_outcomes() -> None:
    """Two members whose own deals lose: worth it with the other, not without."""
    found = plain(o=[2, 2], Z=3).solve("Nash-in-Nash")
    assert found.names == ("whole union", "union of the willing")


def test_nash_in_nash_is_solvent_up_to_a_limit() -> None:
    game = plain(V=[1, 1, 1])
    assert game.solvency_limit == 3
    assert game.at(Z=3).nash_in_nash_payoff == 0
    assert game.at(Z=4).nash_in_nash_payoff < 0
    with pytest.raises(DoesNotExistError, match="solvency_limit does not exist"):
        plain(V=[1, 1], gamma="1/3").solvency_limit  # noqa: B018


def test_all_propositions_are_proved() -> None:
    found = eeu.HubBargaining.lemmas()
    assert {p.verdict for p in found} == {"proved"}
    assert {p.scope for p in found} >= {f"n = {n}, unequal members" for n in range(2, 7)}


def test_nash_in_nash_and_one_table_are_both_refuted_as_better() -> None:
    from gametheory_eeu.models.hub_bargaining.lemmas import payoffs

    w, s, z = (
        sp.symbols("w1:3", real=True),
        sp.symbols("s1:3", real=True),
        sp.Symbol("z", real=True),
    )
    _, pairs, table = payoffs(w, s, z)
    given = [*(x > 0 for x in w), *(x >= 0 for x in s), z >= 0]
    for claim in (pairs >= table, table >= pairs):
        proof = eeu.prove(claim, given)
        assert proof.verdict == "refuted"
        assert proof.recheck()


@pytest.mark.parametrize("worth", [
    {"a": 1, "b": 2, ("a", "b"): 5},
    lambda s: {0: 0, 1: 1 + ("b" in s), 2: 5}[len(s)], [0, 1, 2, 5],
])  # fmt: skip
def test_a_worth_may_be_a_dict_a_function_or_a_list(worth: Any) -> None:
    assert renegotiated("ab", worth, [0, 0], [1, 1]).outcome().payoff == Fraction(13, 6)
    game = plain(members=["a", "b"])
    assert game.outcome(value=worth).payoff == Fraction(13, 6)
    assert game.outcome("one table", worth).payoff == Fraction(5, 3)
    assert game.outcome("Nash-in-Nash", worth).transfers == {"a": Fraction(3, 2), "b": 2}


def test_a_worth_must_be_zero_at_the_empty_set() -> None:
    for worth in ({(): 1, "a": 2}, lambda s: len(s) + 1, [1, 2]):
        with pytest.raises(ParameterError, match="zero for the empty set"):
            renegotiated("a", worth, [0], [1])


def test_a_worth_needs_every_subset() -> None:
    with pytest.raises(ParameterError, match=r"2 are missing, the first is \{b\}"):
        renegotiated("ab", {(): 0, "a": 1}, [0, 0], [1, 1])
    with pytest.raises(ParameterError, match="4 numbers, one for each subset"):
        renegotiated("ab", [0, 1, 2], [0, 0], [1, 1])
    with pytest.raises(UnknownNameError, match="no member 'c'"):
        renegotiated("ab", {"c": 1}, [0, 0], [1, 1])


def test_a_worth_that_is_none_is_refused() -> None:
    game = plain(members=["a", "b"])
    for worth, match in (
        ({(): 1, "a": 1, "b": 1, ("a", "b"): 2}, "zero for the empty set"),
        ({"a": 1}, "2 are missing"),
        (5, "a mapping, a function or a list"),
        (lambda s: float("nan") if s else 0, "worth = nan"),
    ):
        for protocol in eeu.HubBargaining.concepts:
            with pytest.raises(ParameterError, match=match):
                game.outcome(protocol, worth)
    with pytest.raises(ParameterError, match="no two alike"):
        renegotiated("aa", len, [0, 0], [1, 1])


@pytest.mark.parametrize(("given", "error", "match"), [
    ((len, -1, 0, 1), ParameterError, "count = -1"),
    (([0, 1], 1, 0, 0), ParameterError, "odds = '0'"),
    (([1, 1], 1, 0, 1), ParameterError, "zero for the empty set"),
    ((int, 10**9, 0, 1), TooLargeError, "closed forms for any number"),
])  # fmt: skip
def test_members_that_are_alike_and_none(
    given: tuple[Any, ...], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        renegotiated_by_number(*given)


def test_hubs_too_large_say_what_to_do() -> None:
    with pytest.raises(TooLargeError, match=r"17 members make 131072 unions; .*16.*by_number"):
        renegotiated([str(i) for i in range(17)], len, [0] * 17, [1] * 17)
    game = plain(member_count=40, V=1, Z=1)
    with pytest.raises(TooLargeError, match=r"40 members.*closed forms for any number"):
        game.outcome()
    assert game.transfer == sp.Rational(1, 2) + sp.Rational(1, 41)
    assert renegotiated_by_number(lambda k: k + (k == 40), 40, 0, 1)[40][1] == Fraction(43, 82)


@pytest.mark.parametrize(("name", "value"), [
    ("gamma", 0), ("gamma", 1), ("Z", -1), ("member_count", 0), ("rho_H", 0),
])  # fmt: skip
def test_values_outside_their_domains_are_refused(name: str, value: int) -> None:
    with pytest.raises(ParameterError, match="is not allowed"):
        eeu.HubBargaining(**{name: value})


def test_symbols_left_and_unknown_protocols_are_named() -> None:
    with pytest.raises(GameTheoryError, match="number of members"):
        eeu.HubBargaining().outcome()
    with pytest.raises(GameTheoryError, match="needs a rational number for"):
        eeu.HubBargaining(members=2).outcome()
    with pytest.raises(UnknownNameError, match="no protocol 'auction'"):
        plain(members=2).outcome("auction")


@pytest.mark.parametrize("year", ["2013", "2014", "2015"])
def test_calibrations(year: str) -> None:
    game = eeu.HubBargaining.from_article(year)
    assert game.outcome().payoff == game.renegotiated_payoff
    assert game.solve()["whole union"].verify()


@pytest.mark.parametrize("protocol", eeu.HubBargaining.concepts)
def test_four_members_of_their_own_kinds_are_verified_for_all_parameters(protocol: str) -> None:
    game = eeu.HubBargaining(members=["Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan"])
    for found in game.solve(protocol):
        verified = found.verify()
        assert {proof.verdict for _, proof in verified.results} == {"proved"}
        assert not verified.vacuous


def test_a_wrong_payoff_is_refuted_with_symbols_left() -> None:
    found = eeu.HubBargaining(members=2).solve()["whole union"]
    payoffs = {**found.payoffs, "1": found.payoffs["1"] + 1}
    assert "the payoff of 1 is as named" in replace(found, payoffs=payoffs).verify().failures


@pytest.mark.parametrize(
    "twin", [lambda game: with_symbolic_terms(game)[0], with_symbolic_parts], ids=["terms", "parts"]
)
def test_a_game_with_terms_of_its_own_is_another_game(
    twin: Callable[[eeu.HubBargaining], eeu.HubBargaining],
) -> None:
    """Quantities are kept by game: neither may answer for the other, whichever is asked first."""
    members = ["Ask", "Twin", "First"]
    game, other = eeu.HubBargaining(members=members), twin(eeu.HubBargaining(members=members))
    named = other.quantities["surplus.Ask"].expression
    assert named == other.spokes[0].S
    own = game.quantities["surplus.Ask"].expression
    assert own == game.spokes[0].S
    assert own.free_symbols <= set(game.space.symbols)
    assert other.quantities["surplus.Ask"].expression == named
    assert game != other
    assert other == twin(game)
    assert hash(other) == hash(twin(game))
