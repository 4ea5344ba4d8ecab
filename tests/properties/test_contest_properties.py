"""What must hold of the contest's equilibria at any values: Hypothesis looks for the exception."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import gametheory_eeu as eeu

ACTIONS = ("Join", "Wait", "Balance")
positive = st.builds(Fraction, st.integers(1, 40), st.sampled_from([1, 2, 4, 7]))
costs = st.lists(st.integers(1, 40), min_size=3, max_size=3, unique=True).map(sorted)


@dataclass(frozen=True)
class Case:
    P: Fraction
    R: Fraction
    w: tuple[Fraction, ...]
    c: Fraction
    tau: Fraction
    lam: Fraction

    def solve(self, **instead: Any) -> eeu.EquilibriumSet:
        return eeu.BandwagoningContest(**{**vars(self), **instead}).solve()

    def cost(self, action: str, weight: Fraction, balancing: Fraction) -> Fraction:
        if action == "Join":
            return self.tau
        if action == "Wait":
            return self.lam * self.P / (self.P + self.R + weight)
        return self.c + self.lam * self.P / (self.P + self.R + balancing)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any contest of up to four members; often at a member's own threshold, where ties live."""
    R, P = draw(positive), draw(positive)
    w = tuple(draw(st.lists(positive, min_size=1, max_size=4)))
    c, tau, lam = (Fraction(k, 40) for k in draw(costs))
    c = c / draw(st.sampled_from([1, 1, 5, 20]))
    total = draw(st.sampled_from([*w, sum(w)]))
    tied = {
        "no": P,
        "joining": tau * (R + w[0]) / (lam - tau),
        "balancing": (tau - c) * (R + total) / (lam - tau + c),
    }
    P = tied[draw(st.sampled_from(["no", "no", "joining", "balancing"]))]
    return Case(P, R, w, c, tau, lam)


def pure(found: eeu.EquilibriumSet) -> set[tuple[str, ...]]:
    return {tuple(a for (a,) in e.support.values()) for e in found}


@given(cases())
def test_no_member_gains_by_another_action(case: Case) -> None:
    found = pure(case.solve())
    assert found  # one without balancing always exists
    assert any("Balance" not in profile for profile in found)
    for profile in found:
        balancers = [w for w, a in zip(case.w, profile, strict=True) if a == "Balance"]
        for w, own in zip(case.w, profile, strict=True):
            others = sum(balancers) - (w if own == "Balance" else 0)
            cost = {a: case.cost(a, w, others + w) for a in ACTIONS}
            assert cost[own] == min(cost.values())
        assert not {"Join", "Balance"} <= set(profile)


@given(cases(), st.randoms(use_true_random=False))
def test_relabelling_members_permutes_the_answer(case: Case, random: Any) -> None:
    order = list(range(len(case.w)))
    random.shuffle(order)
    relabelled = case.solve(w=[case.w[i] for i in order])
    assert pure(relabelled) == {tuple(p[i] for i in order) for p in pure(case.solve())}


@given(cases())
def test_names_of_members_do_not_matter(case: Case) -> None:
    named = {f"M{i}": w for i, w in enumerate(case.w)}
    found = case.solve(w=named, members=list(named))
    assert pure(found) == pure(case.solve())
    assert found.names == case.solve().names


@given(cases(), positive)
def test_the_unit_of_power_does_not_matter(case: Case, unit: Fraction) -> None:
    scaled = {"P": unit * case.P, "R": unit * case.R, "w": [unit * w for w in case.w]}
    here, there = case.solve(), case.solve(**scaled)
    assert here.names == there.names
    assert [e.payoffs for e in here] == [e.payoffs for e in there]


@given(cases(), st.fractions(0, 1).filter(bool))
def test_affine_payoffs_leave_the_answer(case: Case, factor: Fraction) -> None:
    """All costs times a positive factor: every payoff is multiplied by it, no choice changes."""
    scaled = {"c": factor * case.c, "tau": factor * case.tau, "lam": factor * case.lam}
    here, there = case.solve(), case.solve(**scaled)
    assert here.names == there.names
    for a, b in zip(here, there, strict=True):
        assert {m: sp.Rational(factor) * u for m, u in a.payoffs.items()} == b.payoffs


@given(cases())
def test_equal_members_agree_in_both_forms(case: Case) -> None:
    n, w = len(case.w), case.w[0]
    listed = {p for p in pure(case.solve(w=[w] * n)) if len(set(p)) == 1}
    alike = case.solve(w=w, n=n)
    symmetric = {
        next(a for a in ACTIONS if e.profile["member"][a] == 1) for e in alike if not e.free
    }
    assert {p[0] for p in listed} == symmetric


@given(cases())
def test_thresholds_decide(case: Case) -> None:
    game = eeu.BandwagoningContest(**vars(case))
    power = sp.Rational(case.P)
    names = set(game.solve().names)
    joins = [power >= threshold for threshold in game.joining_thresholds.values()]
    assert ("all-Join" in names) == all(joins)
    if power > game.dominance_threshold:
        assert names == {"all-Join"}
    if power > game.absolute_threshold:
        assert "all-Balance" not in names


@given(cases())
def test_payoffs_are_those_of_the_profile(case: Case) -> None:
    game = eeu.BandwagoningContest(**vars(case))
    for equilibrium in game.solve():
        profile = dict(equilibrium.profile)
        for member in game.players:
            assert equilibrium.payoffs[member] == game.payoff(profile, member)
