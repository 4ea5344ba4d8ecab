"""Reputation: its readings, and everything it refuses."""

import pickle
from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
)

R = eeu.Reputation
VALUES = {"a": 2, "b": "1/2", "p": "1/10"}

BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "no members": (lambda: R(member_count=0), ParameterError, "1 or more"),
    "half a member": (lambda: R(member_count="5/2"), ParameterError, "whole number"),
    "a = 1": (lambda: R(a=1), ParameterError, "deterrence_payoff = 1"),
    "b = 1": (lambda: R(b=1), ParameterError, "entry_payoff = 1"),
    "p = 0": (lambda: R(p=0), ParameterError, "toughness = 0"),
    "p = 1": (lambda: R(p=1), ParameterError, "toughness = 1"),
    "not a number": (lambda: R(p=float("nan")), ParameterError, "toughness"),
    "members": (lambda: R(members=3), UnknownNameError, "members"),
    "any number of plans": (
        lambda: R(n=R().symbols.n).solve(), UnsupportedError, "give member_count a number"),
    "payoffs of too many plans": (
        lambda: R(n=10**6, **VALUES).payoff({}, "member 1"), TooLargeError, "course"),
    "too many plans": (lambda: R(n=9, **VALUES).solve(), TooLargeError, "course"),
    "too long a course": (lambda: R(n=1001, **VALUES).course(), TooLargeError, "1000"),
    "a course in symbols": (lambda: R(a=2, b="1/2").course(), GameTheoryError, "toughness"),
    "an irrational course": (
        lambda: R(a=sp.sqrt(2), b="1/2", p="1/3").course(), GameTheoryError, "rational"),
    "no mix": (lambda: R(p="1/2", b="1/2", n=2).fight_probability, DoesNotExistError, "fight"),
    "no such player": (lambda: R(n=1).payoff({}, "member 2"), UnknownNameError, "member 2"),
    "no such set": (lambda: R(n=1).payoff({"x": "stay"}, "member 1"), UnknownNameError, "'x'"),
    "half a profile": (
        lambda: R(n=1).payoff({"member 1, untested": "stay"}, "member 1"),
        ParameterError, "hegemon 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()


ANY = R(n=R().symbols.n)


ASKED: dict[str, Callable[[], object]] = {
    "solve": lambda: ANY.solve("Nash"),
    "plot": ANY.plot,
    "signs": ANY.comparative_statics,
    "payoff": lambda: ANY.payoff({}, "weak hegemon"),
    "course": lambda: ANY.at(**VALUES).course(),
}


@pytest.mark.parametrize("reading", ASKED)
def test_any_number_of_members_is_refused_with_what_to_give(reading: str) -> None:
    with pytest.raises(UnsupportedError, match=r"game\.at\(member_count=3\).*quantities"):
        ASKED[reading]()


def test_what_holds_for_any_number_of_members() -> None:
    b, n = ANY.symbols.b, ANY.symbols.n
    assert ANY.entry_threshold == b**n
    assert "members n to 1" in str(ANY)
    (by_number,) = ANY.comparative_statics(quantity="entry_threshold", wrt="member_count")
    assert (by_number.sign, by_number.verdict) == ("-", "proved")


def test_regions_partition_the_space_and_every_equilibrium_is_proved() -> None:
    found = R().solve()
    assert len(found) == 10
    isolated = [e.condition for e in found if not e.free]
    game = R()
    assert eeu.prove(sp.Or(*isolated), given=game.space).verdict == "proved"
    for i, one in enumerate(isolated):
        for other in isolated[i + 1 :]:
            both = sp.Not(sp.And(one, other))
            assert eeu.prove(both, given=game.space).verdict == "proved"
    assert {check.verdict for check in found.verify().values()} == {"proved"}


def test_signs() -> None:
    found = {(r.quantity, r.parameter.name): (r.sign, r.verdict) for r in R().comparative_statics()}
    assert found["entry_threshold", "entry_payoff"] == ("+", "proved")
    assert found["fight_probability", "toughness"] == ("+", "proved")
    assert found["unravelling_probability", "toughness"] == ("-", "proved")
    assert found["payoff of weak hegemon at 2 deterred", "deterrence_payoff"] == ("+", "proved")
    assert all(verdict == "proved" for _, verdict in found.values())


def test_a_wrong_plan_is_refuted() -> None:
    """Fighting to the last is a plan that verification catches."""
    from dataclasses import replace

    game = R(n=1, **VALUES)
    (found,) = game.solve()
    wrong = replace(
        found, profile={**found.profile, "hegemon 1, untested": {"fight": 1, "give way": 0}}
    )
    assert wrong.verify().verdict == "refuted"
    assert any("hegemon 1, untested" in f for f in wrong.verify().failures)


def test_results_can_be_kept() -> None:
    game = R.from_article("2013")
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301 - its own bytes
    assert pickle.loads(pickle.dumps(game.course())) == game.course()  # noqa: S301 - its own bytes
    assert hash(game.course()) == hash(game.course())
    assert game.solve().names == ("0 deterred",)
    assert R.from_article("2014").course().rows[0].defies == sp.Rational(1, 2)


def test_hundreds_of_members_exactly() -> None:
    course = R(a=2, b="9/10", p="1/1000000", n=300).course()
    assert course.deterred == 300 - 131  # .9^132 < 1e-6 < .9^131
    assert sum(row.reached for row in course if row.members_left == 1) == 1


def test_figure() -> None:
    assert R.from_article("2013").plot().axes
