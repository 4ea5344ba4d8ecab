"""The library's closed forms against the general engine, which knows no game by name.

The contest of two and participation of two are written as normal forms from the models' payoffs;
every pure equilibrium must exist exactly where the closed form says, and no other.
"""

from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu


def as_form(game: Any, values: dict[Any, Any]) -> eeu.NormalForm:
    """A game of two members as a normal form, with some symbols made equal."""

    def payoffs(profile: tuple[str, ...]) -> list[Any]:
        choices = dict(zip(game.players, profile, strict=True))
        return [game.payoff(choices, player).xreplace(values) for player in game.players]

    known = [c.xreplace(values) for c in game.space.constraints]
    return eeu.NormalForm(payoffs, actions=[list(game.actions)] * 2, given=known)


def named(game: Any) -> dict[str, sp.Symbol]:
    return {s.name: s for s in game.space.symbols}


CONTEST = {
    "Join, Join": "all-Join", "Join, Wait": "Join/Wait", "Wait, Join": "Join/Wait",
    "Wait, Wait": "all-Wait", "Balance, Balance": "all-Balance",
}  # fmt: skip


def contest() -> tuple[eeu.NormalForm, dict[str, Any]]:
    closed = eeu.BandwagoningContest()
    two = eeu.BandwagoningContest(members=2)
    w, n = named(closed)["w"], named(closed)["n"]
    form = as_form(two, {named(two)["w_1"]: w, named(two)["w_2"]: w})
    return form, {e.name: e.condition.subs(n, 2) for e in closed.solve()}


def test_the_contest_of_two_with_all_its_symbols() -> None:
    form, closed = contest()
    found = form.solve("pure Nash")
    assert set(found.names) == set(CONTEST)
    for equilibrium in found:
        expected = closed[CONTEST[equilibrium.name]]
        proof = eeu.equivalent(equilibrium.condition, expected, given=form.space)
        assert proof.verdict == "proved", (equilibrium.name, proof)


def test_the_contest_of_two_with_mixed_equilibria() -> None:
    form, closed = contest()
    values = {"R": 1, "w": 1, "c": "1/20", "tau": "1/2", "lam": "9/10"}
    at = form.at(**values)
    exact = {s: sp.Rational(values[s.name]) for s in form.symbols if s.name in values}
    solution = at.solve()
    pure = [e for e in solution if "+" not in e.name]
    assert {e.name for e in pure} == set(CONTEST)
    for e in pure:
        expected = closed[CONTEST[e.name]].subs(exact)
        assert eeu.equivalent(e.condition, expected, given=at.space).verdict == "proved", e.name
    for e in solution:
        assert e.verify().verdict == "proved", e.name
    # At the joining threshold the ties are whole families.
    ties = [e for e in solution if e.free]
    assert {e.condition for e in ties} == {sp.Eq(2 * named(at)["P"], 5)}


@pytest.mark.parametrize("concept", ["Nash"])
def test_participation_of_two(concept: str) -> None:
    closed = eeu.Participation()
    two = eeu.Participation(members=2)
    theta = named(closed)["theta"]
    form = as_form(two, {named(two)["theta_1"]: theta, named(two)["theta_2"]: theta})
    conditions = {e.name: e.condition for e in closed.solve(concept)}
    solution = form.solve()
    names = {
        "Join, Join": "all-Join", "Stay, Stay": "none-Join", "Join, Stay": "some-Join",
        "Stay, Join": "some-Join",
    }  # fmt: skip
    for name, other in names.items():
        found = solution[name].condition
        assert eeu.equivalent(found, conditions[other], given=form.space).verdict == "proved", name
    # The tipping point: each joins with a chance that leaves the other indifferent.
    mixed = solution["Join + Stay, Join + Stay"]
    symbols = named(form)
    chance = (theta - symbols["P"]) / symbols["beta"]
    for join, _ in mixed.strategies.values():
        assert sp.simplify(join - chance) == 0
    assert mixed.verify().verdict == "proved"
