"""Symbols a user brings, whatever their names, and values that replace what they follow from."""

import pickle
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import fresh_symbols

NAMES = ("q", "k", "x", "p", "x_")
CONTEST: dict[str, Any] = {"R": 1, "w": 1, "n": 3, "c": "1/20", "tau": "1/2", "lam": "9/10"}


def test_fresh_symbols_differ_from_each_other_and_from_those_that_stay() -> None:
    q, q_, k, b = sp.symbols("q q_ k b", real=True)
    fresh = fresh_symbols([q, q_, k], {b: q + q_})
    assert sorted(s.name for s in fresh.values()) == ["q__", "q___"]
    assert fresh_symbols([q, q_], {b: q}) == {q: sp.Symbol("q__", real=True)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("assumed", [{"real": True}, {"positive": True}], ids=str)
def test_a_family_keeps_apart_from_the_users_symbol(name: str, assumed: dict[str, bool]) -> None:
    own = sp.Symbol(name, **assumed)
    game = eeu.CredibleCommitment(b=own, ell=1, sigma=0, mu="1/2", r=1, g=2, v=0)
    tie = game.solve()["indifferent"]
    assert own not in tie.free
    assert tie.verify().verdict == "proved"
    assert tie.payoffs["member"].xreplace({own: sp.Integer(1)}) == 0
    contest = eeu.BandwagoningContest(**{**CONTEST, "R": own}).solve()
    assert all(found.verdict == "proved" for found in contest.verify().values())


@pytest.mark.parametrize("name", NAMES)
def test_an_implicit_quantity_keeps_apart_too(name: str) -> None:
    own, other = sp.Symbol(name, real=True), sp.Symbol("other", real=True)
    rules = [
        eeu.BandwagoningContest(R=symbol).comparative_statics("balancing_threshold", "w")[0]
        for symbol in (own, other)
    ]
    assert rules[0].sign == rules[1].sign == "?"
    assert len(rules[0].space.symbols) == len(rules[1].space.symbols)


def test_a_tie_is_checked_where_it_exists() -> None:
    values: dict[str, Any] = {"V": 0, "kappa": "1/2", "ell": 1, "alpha": 0, "mu": "1/2", "b": 1}
    game = eeu.AsymmetricBargaining(**values, gamma="1/2", D=sp.Symbol("q", real=True), o=2)
    assert game.solve()["indifferent"].verify().vacuous is False


def test_what_does_not_exist_has_no_sign() -> None:
    complex_roots = eeu.BandwagoningContest(w=1, n=2, R=1, c="2/5", tau="1/2", lam="9/10")
    assert len(complex_roots.comparative_statics("balancing_threshold")) == 0
    out = eeu.CredibleCommitment.from_article("2013").comparative_statics("payoff")
    assert not [row for row in out if row.quantity.endswith("at stay out")]


def test_no_derivative_at_a_kink_or_off_an_equality() -> None:
    alike = eeu.BandwagoningContest(weights=[1, 1], P=3, R=1, c="1/20", tau="1/2", lam="9/10")
    moved = {row.parameter.name for row in alike.comparative_statics("joining_threshold")}
    assert moved == {"rival_power", "joining_cost", "domination_loss"}
    relative = {row.parameter.name for row in alike.comparative_statics("balancing_threshold")}
    assert not relative & {"weights.1", "weights.2"}


def test_a_later_value_replaces_what_it_follows_from() -> None:
    game = eeu.AsymmetricBargaining.from_article("2014").at(gamma="1/3")
    assert game.values[game.symbols.gamma] == sp.Rational(1, 3)
    back = game.at(rho_H=3, rho_i=7)
    assert back.values[back.symbols.gamma] == sp.Rational(3, 10)


@pytest.mark.parametrize("name", ["weights.", "weights.R&D_50%"])
def test_a_member_is_named_by_a_word(name: str) -> None:
    with pytest.raises(eeu.GameTheoryError, match="a single word"):
        eeu.BandwagoningContest(**{name: Fraction(1)})


def test_equilibria_are_the_same_after_pickling() -> None:
    found = eeu.CredibleCommitment().solve("Nash")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
