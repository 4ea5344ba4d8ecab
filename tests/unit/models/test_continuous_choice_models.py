"""Institutional choice, depth and hedging: the theory's formulas are what the engine finds."""

import pickle
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownNameError,
)
from gametheory_eeu.games import Game
from gametheory_eeu.models.depth import Depth
from gametheory_eeu.models.hedging import Hedging
from gametheory_eeu.models.institutional_choice import InstitutionalChoice

R = sp.Rational
INSTITUTIONS, DEPTH, HEDGING = InstitutionalChoice(), Depth(), Hedging()
ALL: list[Game] = [INSTITUTIONS, DEPTH, HEDGING]


def same(found: Any, expected: Any, game: Game) -> bool:
    return bool(eeu.prove(sp.Eq(found, expected), given=game.space).verdict == "proved")


def fractions(rng: random.Random, count: int, most: int = 3) -> list[Fraction]:
    return [Fraction(rng.randint(1, 8 * most), 8) for _ in range(count)]


@pytest.mark.parametrize("game", ALL, ids=lambda g: type(g).__name__)
def test_every_equilibrium_is_verified(game: Game) -> None:
    solution = game.solve()
    assert solution.complete_where == sp.true
    assert {check.verdict for check in solution.verify().values()} == {"proved"}


@pytest.mark.parametrize("game", ALL, ids=lambda g: type(g).__name__)
def test_there_is_one_everywhere(game: Game) -> None:
    somewhere = sp.Or(*(e.condition for e in game.solve()))
    assert eeu.prove(somewhere, given=game.space).verdict == "proved"


# Institutional choice.


def test_binding_pays_below_the_threshold_of_the_theory() -> None:
    s = INSTITUTIONS.symbols
    assert same(INSTITUTIONS.binding_threshold, 1 - s.kappa / s.ell, INSTITUTIONS)
    delivered = InstitutionalChoice(binding_delivery=1)
    assert same(delivered.binding_threshold, 1 - s.kappa / (s.b + s.ell), delivered)
    conditions = {e.name: e.condition for e in INSTITUTIONS.solve()}
    threshold = 1 - s.kappa / s.ell
    expected = {"multilateral": s.mu <= threshold, "bilateral": s.mu > threshold,
                "indifferent": sp.Eq(s.mu, threshold)}  # fmt: skip
    assert conditions.keys() == expected.keys()
    for name, condition in conditions.items():
        proof = eeu.equivalent(condition, expected[name], given=INSTITUTIONS.space)
        assert proof.verdict == "proved"


def test_at_the_threshold_any_binding_is_an_equilibrium() -> None:
    """With the two ends, each held by one family only."""
    game = INSTITUTIONS.at(mu="3/5", ell=1, kappa="2/5", b=1, o=0, V=0, D=0)
    tied = game.solve()
    assert set(tied.names) == {"multilateral", "indifferent"}
    family = tied["indifferent"]
    (alpha,) = family.free
    assert [bool(family.where.subs(alpha, x)) for x in (0, R(1, 2), 1)] == [True, True, False]


def test_the_surplus_is_that_of_the_bargain() -> None:
    """By the model of bilateral bargaining, at both ends."""
    s = INSTITUTIONS.symbols
    for alpha, name in ((0, "bilateral_surplus"), (1, "multilateral_surplus")):
        bargain = eeu.AsymmetricBargaining(binding=alpha).surplus
        assert sp.expand(bargain - INSTITUTIONS.quantities[name].expression.subs(s.eta, 0)) == 0


def test_worked_example_of_institutions() -> None:
    """Section 7: mu_M = .6; bilateral at trust .7, multilateral at .189."""
    given = {"V": ".2", "b": 1, "ell": 1, "o": ".3", "kappa": ".4", "D": ".1"}
    assert InstitutionalChoice(mu=".7", **given).solve().names == ("bilateral",)
    after = InstitutionalChoice(mu="7/37", **given)
    assert after.solve().names == ("multilateral",)
    assert after.binding_threshold == R(3, 5)
    assert after.surplus == eeu.AsymmetricBargaining(mu="7/37", alpha=1, **given).surplus


def test_institutions_move_as_the_theory_says() -> None:
    rows = INSTITUTIONS.comparative_statics("binding_threshold")
    assert {r.parameter.name: (r.sign, r.verdict) for r in rows if r.sign != "0"} == {
        "encroachment_loss": ("+", "proved"), "control_cost": ("-", "proved"),
        "binding_delivery": ("+", "proved")}  # fmt: skip


# Depth and precaution.


def test_depth_and_precaution_are_those_of_the_theory() -> None:
    s = DEPTH.symbols
    assert same(DEPTH.depth, sp.Max(0, (s.mu * (s.b + s.ell) - s.ell) / s.q), DEPTH)
    assert same(DEPTH.precaution, sp.Min(1, (1 - s.mu) * s.ell / s.h), DEPTH)
    threshold = eeu.CredibleCommitment(sigma=0).trust_threshold
    assert sp.simplify(DEPTH.trust_threshold - threshold) == 0
    protected = Depth(depth_protection=1)
    assert same(protected.depth, s.mu * s.b / s.q, protected)


def test_depth_on_a_grid(rng: random.Random) -> None:
    """No depth and no precaution of a fine grid is better."""
    for _ in range(10):
        b, ell, q, h = fractions(rng, 4)
        mu = Fraction(rng.randint(0, 8), 8)
        game = Depth(mu=mu, b=b, ell=ell, q=q, h=h)
        (found,) = game.solve()
        best = found.payoffs["member"]
        for y in range(0, 40, 3):
            for s in range(9):
                tried = {"y": Fraction(y, 8), "s": Fraction(s, 8)}
                assert game.payoff(tried, "member") <= best
        assert (found.choices["y"], found.choices["s"]) == (game.depth, game.precaution)


def test_worked_example_of_depth() -> None:
    """Section 7: depth .40 before 2014, 0 after."""
    member = Depth(mu=".7", b=1, ell=1, q=1, h=1)
    assert (member.depth, member.at(mu="7/37").depth) == (R(2, 5), 0)


def test_a_union_is_as_deep_as_its_least_willing_member() -> None:
    member = Depth(mu=".7", b=1, ell=1, q=1, h=1)
    wary = member.at(ell=2)
    assert member.union_depth([wary, member.at(q=2)]) == wary.depth
    assert member.union_depth() == member.depth


def test_depth_moves_as_the_theory_says() -> None:
    found = {r.parameter.name: (r.sign, r.verdict) for r in DEPTH.comparative_statics("depth")}
    assert found["trust"] == found["membership_benefit"] == (">=0", "proved")
    assert found["depth_cost"] == found["encroachment_loss"] == ("<=0", "proved")
    (row,) = DEPTH.comparative_statics("precaution", "trust")
    assert (row.sign, row.verdict) == ("<=0", "proved")
    (row,) = DEPTH.comparative_statics("choice of y at depth, some precaution", "trust")
    assert (row.sign, row.verdict) == ("+", "proved")


# Hedging.


def test_inside_the_transfers_are_those_of_the_theory() -> None:
    s = HEDGING.symbols
    (between,) = (e for e in Hedging(trust=1).solve() if e.name == "between")
    expected = {"a": s.a_0 + (s.V_R - s.V_E) / s.k, "t_R": s.V_R**2 / (2 * s.k),
                "t_E": s.V_E**2 / (2 * s.k)}  # fmt: skip
    for name, value in expected.items():
        assert sp.expand(between.choices[name] - value) == 0
    assert between.payoffs["member"] == s.V_R * s.V_E / s.k
    closed = sp.And(s.a_0 >= s.V_E / s.k, s.a_0 + s.V_R / s.k <= 1)
    proof = eeu.prove(sp.Implies(between.condition, closed), given=Hedging(trust=1).space)
    assert proof.verdict == "proved"
    nearest = sp.Min(1, sp.Max(0, expected["a"]))
    game = Hedging(trust=1)
    assert same(game.alignment, nearest, game)


def test_hedging_by_brute_force(rng: random.Random) -> None:
    """Alignments on a grid, offers by Bernheim and Whinston's truthful schedules, in numbers."""
    grid = [Fraction(i, 96) for i in range(97)]
    for _ in range(12):
        stake, other, k = (Fraction(rng.randint(1, 24), 12) for _ in range(3))
        start = Fraction(rng.randint(0, 4), 4)
        game = Hedging(V_R=stake, V_E=other, k=k, a_0=start)
        (found,) = game.solve()
        a, t_r, t_e = (Fraction(str(found.choices[x])) for x in ("a", "t_R", "t_E"))
        net_r, net_e = stake * a - t_r, other * (1 - a) - t_e

        def offers(x: Fraction, net: Any = (net_r, net_e), v: Any = (stake, other)) -> Any:
            return max(Fraction(0), v[0] * x - net[0]), max(Fraction(0), v[1] * (1 - x) - net[1])

        def cost(x: Fraction, k: Any = k, start: Any = start) -> Fraction:
            return Fraction(k * (x - start) ** 2) / 2

        member = t_r + t_e - cost(a)
        assert offers(a) == (t_r, t_e)
        assert all(sum(offers(x)) - cost(x) <= member for x in grid)
        # A principal that moves the member anywhere has to leave it what the other's offer would.
        reserves = [max(offers(y)[place] - cost(y) for y in [*grid, a]) for place in (0, 1)]
        for x in grid:
            for v, net, place in ((stake * x, net_r, 1), (other * (1 - x), net_e, 0)):
                gain = v + offers(x)[place] - cost(x) - reserves[place] - net
                assert gain <= Fraction(k, 2 * 96**2)
        assert game.hegemon_transfer == t_r
        assert game.rival_transfer == t_e
        assert game.hedging_rent == member


def test_hedging_at_the_corners() -> None:
    bought = Hedging(V_R=1, V_E=3, k=1, a_0=0).solve()
    (e,) = bought
    assert (e.choices["a"], e.choices["t_R"], e.name.split(";")[0]) == (0, 0, "none")
    full = Hedging(V_R=3, V_E="1/4", k=1, a_0=1).solve()
    assert [dict(e.choices) for e in full] == [{"a": 1, "t_R": R(1, 32), "t_E": 0}]


def test_hedging_moves_as_the_theory_says() -> None:
    found = {r.parameter.name: r.sign for r in HEDGING.comparative_statics("alignment")}
    assert (found["hegemon_stake"], found["rival_stake"], found["trust"]) == (">=0", "<=0", ">=0")


def test_worked_example_of_hedging() -> None:
    """Section 7: alignment .510 before 2014, .357 after."""
    given = {"V_R": ".3", "V_E": ".2", "k": 1, "a_0": ".5"}
    assert Hedging(mu=".7", **given).alignment == R(51, 100)
    assert round(float(Hedging(mu="7/37", **given).alignment), 3) == 0.357


# What all of them share.


@pytest.mark.parametrize(
    "game",
    [
        INSTITUTIONS.at(b=1, ell=1, o=".3", kappa=".4", V=".2", D=".1"),
        DEPTH.at(b=1, ell=1, q=1, h=1),
        HEDGING.at(V_R=".3", V_E=".2", k=1, a_0=".5"),
    ],
    ids=lambda g: type(g).__name__,
)
def test_they_can_be_kept_and_drawn(game: Game) -> None:
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301 - its own bytes
    assert game.plot().axes


BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "control above the loss": (
        lambda: InstitutionalChoice(kappa=2, ell=1), SpaceError, "contradicts"),
    "delivery": (lambda: InstitutionalChoice(binding_delivery=2), ParameterError, "delivery = 2"),
    "no cost of depth": (lambda: Depth(q=0), ParameterError, "depth_cost = 0"),
    "trust": (lambda: Depth(trust=2), ParameterError, "trust = 2"),
    "a stranger in a union": (
        lambda: DEPTH.union_depth([1]),  # type: ignore[list-item]
        ParameterError, "others = 1"),
    "no list": (lambda: DEPTH.union_depth(DEPTH), ParameterError, "others"),  # type: ignore[arg-type]
    "no stake": (lambda: Hedging(hegemon_stake=0), ParameterError, "hegemon_stake = 0"),
    "no adjustment cost": (lambda: Hedging(k=0), ParameterError, "adjustment_cost = 0"),
    "a third principal": (lambda: HEDGING.joint_choice("China"), UnknownNameError, "'China'"),
    "half a profile": (lambda: HEDGING.payoff({"a": 1}, "member"), ParameterError, "a value for"),
    "a figure of symbols": (HEDGING.plot, GameTheoryError, "needs numbers"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()
