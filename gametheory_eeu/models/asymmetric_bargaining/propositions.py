"""5a, asymmetric bargaining: the price of a member's consent and its comparative statics."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    Section,
    conjunction,
    equality,
    equilibrium_claims,
    iff,
    real_symbols,
)
from gametheory_eeu.models.asymmetric_bargaining import AsymmetricBargaining

SECTION = Section("5a", "AsymmetricBargaining", Source("L", "Kalai1977"))


class _Deal:
    """The symbolic deal: its price, surplus and gains."""

    def __init__(self) -> None:
        self.game = AsymmetricBargaining()
        self.s, self.space = self.game.symbols, self.game.space
        quantities = self.game.quantities
        self.price, self.surplus = (
            quantities["transfer"].expression,
            quantities["surplus"].expression,
        )
        self.member = quantities["member_net_gain"].expression
        self.deal = [self.space, self.surplus >= 0]

    @property
    def hegemon(self) -> Expr:
        """The hegemon's gain from a deal before transfers."""
        return self.surplus - self.member

    def slope(self, symbol: Expr) -> Expr:
        """The derivative of the price with respect to a symbol."""
        return sp.diff(self.price, symbol)


@SECTION.proposition("nash-solution", "optimum")
def nash_solution() -> Iterator[Claim]:
    """T = gamma(V + D - kappa alpha) - (1 - gamma)e is the asymmetric Nash solution iff S >= 0: it
    divides S in proportion to the weights, and is the one stationary point of the Nash product,
    whose logarithm is strictly concave. At S = 0 both are indifferent.
    """
    m, t = _Deal(), real_symbols("t")
    s = m.s
    premises = [m.space, m.hegemon - t > 0, m.member + t > 0]
    first_order = equality(s.gamma / (m.member + t), (1 - s.gamma) / (m.hegemon - t))
    yield Claim.of(iff(first_order, equality(t, m.price)), premises, "stationary")
    curvature = -s.gamma / (m.member + t) ** 2 - (1 - s.gamma) / (m.hegemon - t) ** 2
    yield Claim.of(curvature < 0, premises, "strictly concave")
    gains = m.hegemon - m.price, m.member + m.price
    individually_rational = conjunction(gains[0] >= 0, gains[1] >= 0)
    yield Claim.of(iff(individually_rational, m.surplus >= 0), m.space, "both gain iff S >= 0")
    tie = conjunction(equality(gains[0], 0), equality(gains[1], 0))
    yield Claim.of(tie, [m.space, sp.Eq(m.surplus, 0)], "S = 0")


@SECTION.proposition("equilibria", "equilibrium")
def equilibria() -> Iterator[Claim]:
    """Deal, no deal and the tie are outcomes where they are said to be."""
    yield from equilibrium_claims(AsymmetricBargaining().solve())


@SECTION.proposition("price-slopes", "sign")
def price_slopes() -> Iterator[Claim]:
    """The price moves with D and V by gamma, with o by 1 - gamma, with mu by
    -(1 - gamma)(b + (1 - alpha)ell), and D and gamma reinforce each other: the cross derivative
    is 1.
    """
    m = _Deal()
    s = m.s
    for symbol in (s.D, s.V):
        yield Claim.of(
            conjunction(equality(m.slope(symbol), s.gamma), s.gamma > 0), m.deal, f"in {symbol}"
        )
    yield Claim.of(
        conjunction(equality(m.slope(s.o), 1 - s.gamma), 1 - s.gamma > 0), m.deal, "in o"
    )
    trust_slope = -(1 - s.gamma) * (s.b + (1 - s.alpha) * s.ell)
    yield Claim.of(
        conjunction(equality(m.slope(s.mu), trust_slope), trust_slope < 0), m.deal, "in mu"
    )
    yield Claim.of(equality(sp.diff(m.price, s.D, s.gamma), 1), m.deal, "in D and gamma")


@SECTION.proposition("price-signs", "sign")
def price_signs() -> Iterator[Claim]:
    """The price falls in b, strictly iff mu > 0; rises in ell, strictly iff alpha < 1 and mu < 1;
    and falls in alpha: binding substitutes for cash.
    """
    m = _Deal()
    s = m.s
    decreasing = conjunction(m.slope(s.b) <= 0, iff(m.slope(s.b) < 0, s.mu > 0))
    yield Claim.of(decreasing, m.deal, "in b")
    increasing = conjunction(
        m.slope(s.ell) >= 0, iff(m.slope(s.ell) > 0, sp.And(s.alpha < 1, s.mu < 1))
    )
    yield Claim.of(increasing, m.deal, "in ell")
    ell_slope = (1 - s.gamma) * (1 - s.mu) * (1 - s.alpha)
    yield Claim.of(equality(m.slope(s.ell), ell_slope), m.deal, "in ell: how much")
    yield Claim.of(m.slope(s.alpha) <= 0, m.deal, "in alpha: weakly")
    yield Claim.of(m.slope(s.alpha) < 0, m.deal, "in alpha: strictly")


@SECTION.proposition("hurry", "sign")
def hurry() -> Iterator[Claim]:
    """The price rises in the member's weight and in the hegemon's hurry iff S > 0, and falls in the
    member's hurry iff S > 0.
    """
    m = _Deal()
    s = m.s
    rates = [s.rho_H > 0, s.rho_i > 0]
    yield Claim.of(iff(m.slope(s.gamma) > 0, m.surplus > 0), m.space, "in gamma")
    weight = s.rho_H / (s.rho_H + s.rho_i)
    for symbol, direction in ((s.rho_H, 1), (s.rho_i, -1)):
        slope = m.slope(s.gamma) * sp.factor(sp.diff(weight, symbol))
        yield Claim.of(iff(direction * slope > 0, m.surplus > 0), [m.space, *rates], f"in {symbol}")


@SECTION.proposition("price-is-positive", "false")
def positive_price() -> Iterator[Claim]:
    """False: "t > 0 always" (b = 2, ell = 1, mu = 1/2, V = D = o = 0). The member pays iff
    (1 - gamma)e > gamma(V + D - kappa alpha).
    """
    m = _Deal()
    s = m.s
    point = {"b": 2, "ell": 1, "mu": "1/2", "V": 0, "D": 0, "o": 0, "alpha": 0, "kappa": "1/2",
             "gamma": "1/2"}  # fmt: skip
    yield Claim.refutation(m.price > 0, m.deal, fails_at=point)
    pays = (1 - s.gamma) * m.member > s.gamma * m.hegemon
    yield Claim.of(iff(m.price < 0, pays), m.deal, "corrected")
