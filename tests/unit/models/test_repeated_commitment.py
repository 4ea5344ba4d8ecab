"""Repeated commitment: its cases, what it refuses, and what it says when nothing exists."""

import pickle

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    SpaceError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.solvers.repeated_games import (
    MAX_PERIODS,
    State,
    Transition,
    finite_punishment,
    one_shot_deviations,
    state_values,
)

GAME = eeu.RepeatedCommitment(r=1, g=2, v=0, b=1, ell=1)


@pytest.mark.parametrize("delta", [0, 1, -1, 2])
def test_discount_factors_at_or_beyond_the_ends_are_refused(delta):
    with pytest.raises(ParameterError, match="discount_factor"):
        eeu.RepeatedCommitment(delta=delta)


@pytest.mark.parametrize(
    ("values", "name"),
    [({"alpha": 2}, "binding"), ({"d": -1}, "binding_cost"), ({"k_b": 0}, "binding_bite")],
)
def test_values_outside_a_domain_are_refused(values, name):
    with pytest.raises(ParameterError, match=name):
        eeu.RepeatedCommitment(**values)


def test_payoffs_out_of_order_are_refused():
    with pytest.raises(SpaceError, match="r < g"):
        eeu.RepeatedCommitment(r=2, g=1)


@pytest.mark.parametrize("length", [0, -1, 1.5, True, "3"])
def test_lengths_below_one_period_are_refused(length):
    with pytest.raises(ParameterError, match="length"):
        GAME.punishment(length=length)


def test_very_long_punishments_name_the_alternative():
    with pytest.raises(TooLargeError, match="grim trigger"):
        GAME.punishment(length=MAX_PERIODS + 1)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"punishers": 3, "members": 2}, "punishers"),
        ({"punishers": 0, "members": 2}, "punishers"),
        ({"punishers": 1, "members": 201}, "members"),
        ({"punishers": 1}, "punishment"),
        ({"length": 1, "members": 2}, "punishment"),
        ({}, "punishment"),
    ],
)
def test_punishments_that_are_none_are_refused(given, name):
    for method in (GAME.punishment, GAME.critical_discount_factor_under):
        with pytest.raises(ParameterError, match=name):
            method(**given)


def test_too_few_periods_deter_nobody():
    with pytest.raises(DoesNotExistError, match="Use more than 2"):
        GAME.at(g=3).critical_discount_factor_under(length=2)


def test_no_formula_with_symbols_beyond_two_periods():
    with pytest.raises(UnsupportedError, match="rational payoffs"):
        eeu.RepeatedCommitment().critical_discount_factor_under(length=3)


def test_a_profile_needs_the_names_of_its_states():
    profile = dict.fromkeys(("member, trusted", "member, expelled"), "join")
    profile |= {"hegemon, trusted": "honor", "hegemon, expelled": "exploit"}
    with pytest.raises(UnknownNameError, match="honour"):
        GAME.payoff(profile, "hegemon")


@pytest.mark.parametrize(
    ("at", "case", "least", "most"),
    [
        ({"delta": "3/5", "d": 0, "k_b": 1}, "no binding needed, any allowed", 0, 1),
        ({"delta": "9/10", "d": 2, "k_b": 3}, "no binding needed, too much undoes it", 0, "8/17"),
        ({"delta": "3/10", "d": "8/5", "k_b": 3}, "binding from the least on", "4/5", 1),
        ({"delta": "2/5", "d": "8/5", "k_b": 3}, "binding from the least on", 1, 1),
        ({"delta": "1/2", "d": 1, "k_b": 1}, "no binding needed, too much undoes it", 0, 0),
        ({"delta": "1/2", "d": "1/2", "k_b": 1}, "no binding needed, any allowed", 0, 1),
        ({"delta": "3/5", "d": "3/5", "k_b": 1}, "no binding needed, any allowed", 0, 1),
        ({"delta": "3/5", "d": 1, "k_b": 1}, "no binding needed, too much undoes it", 0, "1/3"),
    ],
)
def test_every_case_of_binding(at, case, least, most):
    game = GAME.at(**at)
    assert [c for c, holds in game.binding_cases.items() if holds == sp.true] == [case]
    assert (game.minimum_binding, game.maximum_binding) == (sp.sympify(least), sp.Rational(most))


@pytest.mark.parametrize("cost", ["17/10", "9/5", 2])
def test_binding_that_defeats_itself_has_no_least_depth(cost):
    """N = 1/5, and full binding adds too little (M = 1/10), nothing, or less than nothing."""
    game = GAME.at(delta="2/5", d=cost, k_b=3)
    assert game.binding_cases["binding defeats itself"] == sp.true
    with pytest.raises(DoesNotExistError, match="minimum_binding"):
        _ = game.minimum_binding
    assert "grim trigger" not in game.solve().names


def test_honouring_is_weakly_sustained_at_the_critical_discount_factor():
    at = GAME.at(alpha=0, d=0, k_b=1)
    assert at.critical_discount_factor == sp.Rational(1, 2)
    assert at.at(delta="1/2").solve().names == ("grim trigger", "never honour")
    assert at.at(delta="499/1000").solve().names == ("never honour",)


def test_every_listed_equilibrium_is_verified_in_symbols():
    game = eeu.RepeatedCommitment()
    for concept in game.concepts:
        assert {e.verify().verdict for e in game.solve(concept)} == {"proved"}
    for given in ({"length": 3}, {"punishers": 2, "members": 5}):
        assert game.punishment(**given).verify().verdict == "proved"


def test_a_plan_that_is_none_fails_its_verification():
    """Grim trigger below the critical discount factor: the breach gains, and it says where."""
    low = GAME.at(alpha=0, d=0, k_b=1, delta="1/3")
    grim = eeu.RepeatedCommitment().solve()["grim trigger"]
    failing = grim.subs(low.values, low)
    failing = type(failing)(
        **{f: getattr(failing, f) for f in ("name", "profile", "payoffs", "concept", "automaton")},
        condition=sp.true,
        game=low,
    )
    assert failing.verify().failures == ("hegemon, trusted: exploit gains nothing",)


def test_binding_alone_can_keep_the_word_where_trigger_strategies_cannot():
    """Honouring without any punishment; it pays the hegemon less than v, or triggers would do."""
    game = GAME.at(delta="2/5", d=10, k_b=12, alpha=1)
    assert game.solve().names == ("always honour",)
    assert game.solve()["always honour"].payoffs["hegemon"] < game.symbols.v.subs(game.values)


def test_propositions_are_proved():
    found = eeu.RepeatedCommitment().lemmas()
    assert {p.verdict for p in found} == {"proved"}
    assert not any(step.vacuous for p in found for step in p.proofs)
    assert all(step.recheck() for p in found for step in p.proofs)  # by the second solver
    assert {p.scope for p in found} == {
        "all parameters", "every length, by induction", "all n and m"}  # fmt: skip


def test_signs():
    table = eeu.RepeatedCommitment().comparative_statics(quantity="critical_discount_factor")
    assert {row.parameter.symbol.name: row.sign for row in table} == {"r": "-", "g": "+", "v": "+"}
    assert {row.verdict for row in table} == {"proved"}


def test_equilibria_can_be_pickled_and_hashed():
    found = GAME.at(alpha=0, d=0, k_b=1, delta="3/4").solve()
    assert pickle.loads(pickle.dumps(found))["grim trigger"] == found["grim trigger"]  # noqa: S301 - our own bytes
    assert len(set(found)) == 2


def test_calibrations_follow_the_argument():
    """The word is kept before without binding; in 2014 the temptation needs it (U.5)."""
    least = {
        y: eeu.RepeatedCommitment.from_article(y).minimum_binding for y in ("2013", "2014", "2015")
    }
    assert least["2013"] == 0
    assert 0 < least["2015"] < least["2014"] < 1


def test_an_undiscounted_cycle_has_no_value():
    stay = State({"a": "x"}, {("x",): Transition({"a": sp.Integer(1)}, sp.Integer(1), "s")})
    with pytest.raises(ParameterError, match="below 1"):
        state_values({"s": stay})


def test_a_step_into_nowhere_is_named():
    stray = State({"a": "x"}, {("x",): Transition({"a": sp.Integer(1)}, sp.Rational(1, 2), "t")})
    with pytest.raises(UnknownNameError, match="state of the automaton"):
        list(one_shot_deviations({"s": stray}))


def test_payoffs_out_of_order_have_no_critical_discount_factor():
    with pytest.raises(ParameterError, match="punished < cooperate < deviate"):
        finite_punishment(1, 1, 0, 2)
