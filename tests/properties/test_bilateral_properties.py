"""What must hold of commitment and bargaining at any values."""

from fractions import Fraction
from typing import Any

import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

import gametheory_eeu as eeu

Q = sp.Rational
shares = st.builds(Fraction, st.integers(0, 12), st.just(12))
inner = st.builds(Fraction, st.integers(1, 11), st.just(12))
positive = st.builds(Fraction, st.integers(1, 30), st.sampled_from([1, 2, 7]))
levels = st.builds(Fraction, st.integers(-20, 20), st.sampled_from([1, 3]))


@st.composite
def commitments(draw: st.DrawFn) -> dict[str, Fraction]:
    b, ell, sigma = draw(positive), draw(positive), draw(shares.filter(lambda s: s < 1))
    o = draw(st.sampled_from([Fraction(0), b, draw(levels)]))
    threshold = (ell + o - sigma * (b + ell)) / ((1 - sigma) * (b + ell))
    mu = threshold if 0 <= threshold <= 1 and draw(st.booleans()) else draw(shares)
    v, r, g = sorted(draw(st.lists(levels, min_size=3, max_size=3, unique=True)))
    return {"mu": mu, "sigma": sigma, "b": b, "ell": ell, "o": o, "v": v, "r": r, "g": g}


@given(commitments())
def test_the_member_joins_exactly_where_joining_pays(values: dict[str, Fraction]) -> None:
    x = values
    kept = x["mu"] + (1 - x["mu"]) * x["sigma"]
    gain = kept * x["b"] - (1 - kept) * x["ell"] - x["o"]
    (found,) = eeu.CredibleCommitment(**x).solve()
    assert found.name == ("join" if gain > 0 else "stay out" if gain < 0 else "indifferent")
    (q, _), (honour, _) = found.strategies.values()
    assert honour == 0
    worth = x["o"] if gain <= 0 else gain + x["o"]
    assert found.payoffs["member"].subs({s: Q(1, 3) for s in found.free}) == Q(worth)
    assert set(found.free) == {q} & set(found.free)


@given(commitments(), positive, levels)
def test_affine_payoffs_leave_commitment(
    values: dict[str, Fraction], a: Fraction, shift: Fraction
) -> None:
    """The hegemon's payoffs in any unit and from any zero; the member's in any unit."""
    hegemon = {k: a * values[k] + shift for k in ("v", "r", "g")}
    member = {k: a * values[k] for k in ("b", "ell", "o")}
    here = eeu.CredibleCommitment(**values).solve("Nash")
    there = eeu.CredibleCommitment(**{**values, **hegemon, **member}).solve("Nash")
    assert here.names == there.names
    for x, y in zip(here, there, strict=True):
        assert x.profile == y.profile
        expected = Q(a) * x.payoffs["hegemon"] + Q(shift)
        assert sp.expand(expected - y.payoffs["hegemon"]) == 0


@given(commitments())
def test_nash_holds_every_perfect_one(values: dict[str, Fraction]) -> None:
    game = eeu.CredibleCommitment(**values)
    nash = game.solve("Nash")
    for perfect in game.solve():
        assert nash[perfect.name].profile == perfect.profile


@st.composite
def deals(draw: st.DrawFn) -> dict[str, Any]:
    ell = draw(positive)
    x: dict[str, Any] = {
        "mu": draw(shares), "b": draw(positive), "ell": ell, "alpha": draw(shares),
        "kappa": ell * draw(inner), "V": draw(positive), "D": draw(shares),
        "gamma": draw(inner), "o": draw(levels),
    }  # fmt: skip
    if draw(st.integers(0, 3)) == 0:  # the tie
        x["o"] += surplus(x)
    return x


def surplus(x: dict[str, Any]) -> Fraction:
    gain = x["mu"] * x["b"] - (1 - x["mu"]) * (1 - x["alpha"]) * x["ell"] - x["o"]
    worth: Fraction = x["V"] + x["D"] - x["kappa"] * x["alpha"] + gain
    return worth


@given(deals())
def test_gains_divide_the_surplus_by_the_weights(x: dict[str, Any]) -> None:
    found = eeu.AsymmetricBargaining(**x).solve()
    worth = surplus(x)
    names = ("deal",) if worth > 0 else ("no deal",) if worth < 0 else ("deal", "indifferent")
    assert found.names == names
    for outcome in found:
        shared = Q(max(worth, 0))
        assert outcome.payoffs["member"] - Q(x["o"]) == Q(x["gamma"]) * shared
        assert outcome.payoffs["hegemon"] + Q(x["D"]) == (1 - Q(x["gamma"])) * shared


@given(deals(), positive)
def test_the_unit_of_payoff_does_not_matter(x: dict[str, Any], unit: Fraction) -> None:
    money = ("b", "ell", "kappa", "V", "D", "o")
    here = eeu.AsymmetricBargaining(**x).solve()
    there = eeu.AsymmetricBargaining(**{**x, **{k: unit * x[k] for k in money}}).solve()
    assert here.names == there.names
    for a, b in zip(here, there, strict=True):
        assert {p: Q(unit) * u for p, u in a.payoffs.items()} == b.payoffs


@given(deals())
def test_transfer_and_payoffs_agree(x: dict[str, Any]) -> None:
    assume(surplus(x) >= 0)
    game = eeu.AsymmetricBargaining(**x)
    payoffs = game.solve()["deal"].payoffs
    assert payoffs["hegemon"] == Q(x["V"]) - Q(x["kappa"] * x["alpha"]) - game.transfer
    assert payoffs["hegemon"] + payoffs["member"] == Q(surplus(x) + x["o"] - x["D"])


@given(deals(), positive)
def test_only_the_ratio_of_urgencies_matters(x: dict[str, Any], pace: Fraction) -> None:
    rates = {"rho_H": x["gamma"] * pace, "rho_i": (1 - x["gamma"]) * pace}
    weighed = eeu.AsymmetricBargaining(**x)
    hurried = eeu.AsymmetricBargaining(**{k: v for k, v in x.items() if k != "gamma"}, **rates)
    assert [e.payoffs for e in weighed.solve()] == [e.payoffs for e in hurried.solve()]
