"""Asymmetric bargaining: the Nash transfer by another road, and where there is no deal (5a)."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from scipy.optimize import minimize_scalar

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError

Bargaining = eeu.AsymmetricBargaining
F = Fraction


@dataclass(frozen=True)
class Point:
    mu: Fraction
    b: Fraction = F(1)
    ell: Fraction = F(1)
    o: Fraction = F(0)
    alpha: Fraction = F(0)
    kappa: Fraction = F(1, 2)
    V: Fraction = F(1)
    D: Fraction = F(0)
    gamma: Fraction = F(1, 2)

    @property
    def game(self) -> eeu.AsymmetricBargaining:
        return Bargaining(**vars(self))

    def gains(self, transfer: Any) -> tuple[Any, Any]:
        """What a deal at this transfer gains the hegemon and the member."""
        hegemon = self.V - self.kappa * self.alpha - transfer + self.D
        kept, broken = self.mu * self.b, (1 - self.mu) * (1 - self.alpha) * self.ell
        return hegemon, kept - broken + transfer - self.o


POINTS = [
    Point(F(1, 2)),
    Point(F(3, 4), gamma=F(1, 3), D=F(1, 5)),
    Point(F(1, 5), alpha=F(1), gamma=F(4, 5), D=F(2), o=F(1, 3)),
    Point(F(9, 10), b=F(3), gamma=F(1, 10), V=F(0), D=F(1, 2)),  # the member pays
    Point(F(1, 3), alpha=F(1, 2), kappa=F(3, 4), gamma=F(2, 3), V=F(2), o=F(-1)),
]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_transfer_maximises_the_nash_product(point: Point) -> None:
    """The weighted log product over the bargaining range, maximised in floating point."""
    hegemon, member = map(float, point.gains(0))
    low, high = -member, hegemon

    def minus_log_product(t: float) -> float:
        gamma = float(point.gamma)
        return float(-gamma * sp.log(member + t) - (1 - gamma) * sp.log(hegemon - t))

    best = minimize_scalar(
        minus_log_product, bounds=(low, high), method="bounded", options={"xatol": 1e-9}
    )
    assert float(point.game.transfer) == pytest.approx(best.x, abs=1e-5)


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_transfer_obeys_the_first_order_condition(point: Point) -> None:
    """gamma / (member's gain) = (1 - gamma) / (hegemon's gain), in fractions."""
    transfer = point.game.transfer
    hegemon, member = point.gains(F(int(transfer.p), int(transfer.q)))
    assert member > 0
    assert hegemon > 0
    assert point.gamma * hegemon == (1 - point.gamma) * member


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_payoffs_are_levels(point: Point) -> None:
    (deal,) = point.game.solve()
    hegemon, member = point.gains(F(str(point.game.transfer)))
    assert deal.payoffs == {"hegemon": hegemon - point.D, "member": member + point.o}
    without = {"deal": "no deal"}
    assert point.game.payoff(without, "hegemon") == -sp.Rational(point.D)
    assert point.game.payoff(without, "member") == sp.Rational(point.o)


@pytest.mark.parametrize(
    ("share", "first", "second", "expected"),
    [
        pytest.param(".5", ".2", ".1", "11/20", id="nash_0.50_0.2_0.1, Nash 1950, Kalai 1977"),
        pytest.param(".25", ".4", ".2", "1/2", id="nash_0.25_0.4_0.2, Nash 1950, Kalai 1977"),
    ],
)
def test_shares_of_one_unit(share: str, first: str, second: str, expected: str) -> None:
    """A member with weight a and disagreement payoff d1 gets d1 + a(1 - d1 - d2)."""
    game = Bargaining(mu=1, b=1, ell=1, kappa=".5", alpha=0, V=0, D=0, gamma=share)
    sides = sp.Rational(first) + sp.Rational(second)
    # The unit is b; the hegemon's disagreement payoff shrinks it, the member's is its outside one.
    game = game.at(b=1 - sp.Rational(second), o=first)
    assert game.surplus == 1 - sides
    assert game.solve()["deal"].payoffs["member"] == sp.Rational(expected)


def test_transfer_may_be_negative() -> None:
    game = Bargaining(b=2, ell=1, mu="1/2", V=0, D=0, o=0, alpha=0, kappa="1/2", gamma="1/2")
    assert game.transfer == -sp.Rational(1, 4)


def test_no_deal_has_no_transfer() -> None:
    game = Bargaining(mu=0, b=1, ell=2, V=0, D=1, o=0, alpha=0, kappa=1, gamma="1/2")
    assert game.surplus == -1
    assert game.solve().names == ("no deal",)
    assert game.solve()[0].payoffs == {"hegemon": -1, "member": 0}
    with pytest.raises(DoesNotExistError, match="transfer does not exist at these values"):
        _ = game.transfer


def test_tie_has_a_deal_and_a_family() -> None:
    game = Bargaining(mu=0, b=1, ell=2, V=1, D=1, o=0, alpha=0, kappa=1, gamma="1/3")
    found = game.solve()
    assert game.surplus == 0
    assert found.names == ("deal", "indifferent")
    assert found["deal"].payoffs == found["indifferent"].payoffs == {"hegemon": -1, "member": 0}
    assert len(found["indifferent"].free) == 1
    assert game.transfer == 2


def test_conditions_partition_by_the_sign_of_the_surplus() -> None:
    game = Bargaining()
    found = {e.name: e.condition for e in game.solve()}
    surplus = game.surplus
    expected = {"deal": surplus >= 0, "no deal": surplus < 0, "indifferent": sp.Eq(surplus, 0)}
    assert found.keys() == expected.keys()
    for name, condition in expected.items():
        assert eeu.equivalent(found[name], condition, given=game.space).verdict == "proved"


def test_every_solution_is_verified_on_its_region() -> None:
    assert {v.verdict for v in Bargaining().solve().verify().values()} == {"proved"}


def test_verification_refutes_another_division() -> None:
    (deal,) = POINTS[1].game.solve()
    moved = {"hegemon": deal.payoffs["hegemon"] - 1, "member": deal.payoffs["member"] + 1}
    failures = replace(deal, payoffs=moved).verify().failures
    assert "gains in proportion to the weights" in failures


def test_weight_follows_from_urgencies() -> None:
    game = Bargaining(rho_H=3, rho_i=1)
    assert game.values[game.symbols.gamma] == sp.Rational(3, 4)
    free = Bargaining()
    s = free.symbols
    assert s.gamma in free.transfer.free_symbols
    assert not {s.rho_H, s.rho_i} & free.transfer.free_symbols


def test_total_concession_is_cash_and_control() -> None:
    game = POINTS[2].game
    assert game.total_concession == game.transfer + sp.Rational(1, 2)
