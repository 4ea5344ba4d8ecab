"""6, pressure: the optimal pressure, and the cost of misjudging a public's tolerance."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    EXAMPLE,
    Section,
    conjunction,
    equality,
    iff,
    implication,
    real_symbols,
)
from gametheory_eeu.models.pressure.model import (
    hegemon_payoff,
    interior_payoff,
    leader_payoff,
    risk_of_revolt,
)

SECTION = Section("6-pressure", "Pressure", Source("M", "Putnam1988", "after two-level games"))
x, y, X, V, D = real_symbols("x y x_bar V D")
reward, office, ouster, perceived_tolerance = real_symbols("pi_L B_L L x_hat_bar")
_SPACE = Space.of(V > 0, X > 0, D >= 0)
_OPTIMUM = sp.Max(0, (X * V - D) / (2 * V))
_DOMAIN = [x >= 0, x <= X]


@SECTION.proposition("best-pressure", "optimum")
def best_pressure() -> Iterator[Claim]:
    """x* = max(0, (x_bar V - D)/2V) maximises the hegemon's payoff over all x >= 0, beyond the
    tolerance too.
    """
    value = interior_payoff(_OPTIMUM, X, V, D)
    yield Claim.of(conjunction(_OPTIMUM >= 0, _OPTIMUM <= X), _SPACE, "it lies in [0, x_bar]")
    yield Claim.of(interior_payoff(x, X, V, D) <= value, [_SPACE, *_DOMAIN], "best on [0, x_bar]")
    equation = equality(hegemon_payoff(x, X, V, D), interior_payoff(x, X, V, D))
    yield Claim.of(equation, [_SPACE, *_DOMAIN], "the payoff on [0, x_bar]")
    outside_claim = hegemon_payoff(x, X, V, D) <= value
    yield Claim.of(outside_claim, [_SPACE, x > X], "nothing is gained beyond")
    uniqueness = equality(x, _OPTIMUM)
    maximality = interior_payoff(x, X, V, D) >= value
    yield Claim.of(implication(maximality, uniqueness), [_SPACE, *_DOMAIN], "and it alone")


@SECTION.proposition("compliance", "optimum")
def compliance() -> Iterator[Claim]:
    """The leader complies iff pi_L >= (x/x_bar)(B_L + L), so the constrained optimum is
    min(x*, x_bar pi_L/(B_L + L)); with the reward lost with office, B_L + L + pi_L takes its place.
    """
    premises = Space.of(_SPACE, office > 0, ouster >= 0, reward >= 0)
    max_pressure = X * reward / (office + ouster)
    for at_risk in (sp.S.Zero, sp.S.One):
        price = office + ouster + at_risk * reward
        compliance_condition = leader_payoff(x, X, reward, office, ouster, at_risk) >= office
        limit = iff(compliance_condition, reward >= x / X * price)
        yield Claim.of(limit, [premises, *_DOMAIN], "complies")
    bound = real_symbols("m")  # the most that he complies with, whatever it follows from
    constrained_optimum = sp.Min(_OPTIMUM, bound)
    bounded = [_SPACE, *_DOMAIN, bound >= 0, x <= bound]
    optimality = interior_payoff(x, X, V, D) <= interior_payoff(constrained_optimum, X, V, D)
    yield Claim.of(optimality, bounded, "constrained optimum")
    yield Claim.of(max_pressure >= 0, premises, "such a bound")


@SECTION.proposition("pressure-signs", "sign")
def pressure_signs() -> Iterator[Claim]:
    """dx*/dV > 0 iff 0 < D < x_bar V; chosen pressure moves with believed tolerance by 1/2; the
    influence x(1 - x/x_bar) falls beyond x_bar/2.
    """
    higher_value = real_symbols("V_2")
    increase = _OPTIMUM.subs(V, higher_value) > _OPTIMUM
    condition = sp.And(D > 0, D < X * higher_value)
    yield Claim.of(
        iff(increase, condition), [_SPACE, higher_value > V], "a higher value, at any distance"
    )
    interior = (X * V - D) / (2 * V)
    positive = [_SPACE, D < X * V]
    yield Claim.of(iff(sp.diff(interior, V) > 0, D > 0), positive, "in V")
    yield Claim.of(
        equality(sp.diff(interior, X), sp.Rational(1, 2)), positive, "in believed tolerance"
    )
    influence = x * (1 - x / X)
    decrease = iff(sp.diff(influence, x) < 0, x > X / 2)
    yield Claim.of(decrease, [_SPACE, *_DOMAIN], "influence")


@SECTION.proposition("misjudged-tolerance", "identity")
def misjudged_tolerance() -> Iterator[Claim]:
    """Pressing x_hat costs (V/x_bar)(x_hat - x*)^2 if D <= x_bar V and x_hat <= x_bar; else
    U(x*) - U(x_hat). Elsewhere the two agree only at x_hat = 0 and, by coincidence, where D and
    x_hat both exceed these bounds and V x_hat^2 = D x_bar.
    """
    loss = hegemon_payoff(_OPTIMUM, X, V, D) - hegemon_payoff(x, X, V, D)
    formula = V / X * (x - _OPTIMUM) ** 2
    premises = [_SPACE, x >= 0]
    yield Claim.of(equality(loss, formula), [*premises, D <= X * V, x <= X], "the formula")
    yield Claim.of(loss >= 0, premises, "it is a loss")
    corner_loss = equality(loss, V / X * x**2 + x * (D / X - V))
    yield Claim.of(corner_loss, [*premises, D > X * V, x <= X], "when no pressure pays")
    for case, condition in (
        ([D > X * V, x <= X, x > 0], sp.false),
        ([D <= X * V, x > X], sp.false),
        ([D > X * V, x > X], equality(V * x**2, D * X)),
    ):
        label = " and ".join(map(str, case[:2]))
        equivalence = iff(equality(loss, formula), condition)
        yield Claim.of(equivalence, [*premises, *case], f"elsewhere: {label}")
    perceived_optimum = sp.Max(0, (perceived_tolerance * V - D) / (2 * V))
    in_range = conjunction(perceived_optimum >= 0, perceived_optimum <= perceived_tolerance)
    yield Claim.of(in_range, [_SPACE, perceived_tolerance > 0], "what a belief leads to")


@SECTION.proposition("example", "value", EXAMPLE)
def example() -> Iterator[Claim]:
    """V = 1, x_bar = .6, believed .9, D = .2: x from .20 to .35, revolt from 1/3 to 7/12, loss
    3/80.
    """
    values = {V: sp.Integer(1), X: sp.Rational("0.6"), D: sp.Rational("0.2")}
    optimum, misjudged_optimum = (
        _OPTIMUM.xreplace(values),
        _OPTIMUM.xreplace({**values, X: sp.Rational("0.9")}),
    )
    yield Claim.of(
        conjunction(
            equality(optimum, sp.Rational(1, 5)), equality(misjudged_optimum, sp.Rational(7, 20))
        ),
        (),
        "x",
    )
    risks = [risk_of_revolt(pressure, values[X]) for pressure in (optimum, misjudged_optimum)]
    risk_claim = conjunction(
        equality(risks[0], sp.Rational(1, 3)), equality(risks[1], sp.Rational(7, 12))
    )
    yield Claim.of(risk_claim, (), "revolt")
    gains = [
        hegemon_payoff(pressure, values[X], values[V], values[D])
        for pressure in (optimum, misjudged_optimum)
    ]
    yield Claim.of(equality(gains[0] - gains[1], sp.Rational(3, 80)), (), "loss")


@SECTION.proposition("tolerance-and-revolts", "false")
def tolerance_and_revolts() -> Iterator[Claim]:
    """False: "a more tolerant public means fewer revolts". The risk at x*, 1/2 - D/(2V x_bar),
    rises with x_bar where D > 0, and stays below 1/2.
    """
    higher_tolerance = real_symbols("y_bar")
    risk = risk_of_revolt(_OPTIMUM, X)
    higher_risk = risk.subs(X, higher_tolerance)
    premises = [_SPACE, D < X * V, higher_tolerance > X]
    point = {"V": 1, "D": "1/5", "x_bar": "3/5", "y_bar": "9/10"}
    yield Claim.refutation(higher_risk < risk, premises, fails_at=point)
    risk_formula = sp.Rational(1, 2) - D / (2 * V * X)
    yield Claim.of(equality(risk, risk_formula), [_SPACE, D < X * V], "corrected: the risk")
    yield Claim.of(
        iff(risk_formula.subs(X, higher_tolerance) > risk_formula, D > 0),
        premises,
        "corrected: it rises",
    )
    yield Claim.of(risk_formula < sp.Rational(1, 2), [_SPACE, D < X * V, D > 0], "below 1/2")
