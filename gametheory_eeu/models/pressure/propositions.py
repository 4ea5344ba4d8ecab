"""6, pressure: how much a hegemon presses, and what misjudging a public's tolerance costs."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import EXAMPLE, Section, all_of, equal, iff, only_if, real
from gametheory_eeu.models.pressure import payoffs

SECTION = Section("6-pressure", "", Source("M", "Putnam1988", "after two-level games"))
x, y, X, V, D = real("x y x_bar V D")
reward, office, ouster, believed = real("pi_L B_L L x_hat_bar")
_SPACE = Space.of(V > 0, X > 0, D >= 0)
_BEST = sp.Max(0, (X * V - D) / (2 * V))
_INSIDE = [x >= 0, x <= X]


@SECTION.proposition("best-pressure", "optimum")
def best() -> Iterator[Claim]:
    """x* = max(0, (x_bar V - D)/2V) maximises the hegemon's payoff over all x >= 0, beyond the
    tolerance too.
    """
    value = payoffs.inside(_BEST, X, V, D)
    yield Claim.of(all_of(_BEST >= 0, _BEST <= X), _SPACE, "it lies in [0, x_bar]")
    yield Claim.of(payoffs.inside(x, X, V, D) <= value, [_SPACE, *_INSIDE], "best on [0, x_bar]")
    same = equal(payoffs.hegemon(x, X, V, D), payoffs.inside(x, X, V, D))
    yield Claim.of(same, [_SPACE, *_INSIDE], "the payoff on [0, x_bar]")
    beyond = payoffs.hegemon(x, X, V, D) <= value
    yield Claim.of(beyond, [_SPACE, x > X], "nothing is gained beyond")
    only = equal(x, _BEST)
    maximal = payoffs.inside(x, X, V, D) >= value
    yield Claim.of(only_if(maximal, only), [_SPACE, *_INSIDE], "and it alone")


@SECTION.proposition("compliance", "optimum")
def compliance() -> Iterator[Claim]:
    """The leader complies iff pi_L >= (x/x_bar)(B_L + L), so the constrained optimum is
    min(x*, x_bar pi_L/(B_L + L)); with the reward lost with office, B_L + L + pi_L takes its place.
    """
    given = Space.of(_SPACE, office > 0, ouster >= 0, reward >= 0)
    most = X * reward / (office + ouster)
    for leader, price in (
        (payoffs.leader, office + ouster),
        (payoffs.leader_at_risk, office + ouster + reward),
    ):
        complies = leader(x, X, reward, office, ouster) >= office
        limit = iff(complies, reward >= x / X * price)
        yield Claim.of(limit, [given, *_INSIDE], "complies")
    bound = real("m")  # the most that he complies with, whatever it follows from
    constrained = sp.Min(_BEST, bound)
    inside = [_SPACE, *_INSIDE, bound >= 0, x <= bound]
    better = payoffs.inside(x, X, V, D) <= payoffs.inside(constrained, X, V, D)
    yield Claim.of(better, inside, "constrained optimum")
    yield Claim.of(most >= 0, given, "such a bound")


@SECTION.proposition("pressure-signs", "sign")
def pressure_signs() -> Iterator[Claim]:
    """dx*/dV > 0 iff 0 < D < x_bar V; chosen pressure moves with believed tolerance by 1/2; the
    influence x(1 - x/x_bar) falls beyond x_bar/2.
    """
    more = real("V_2")
    moved = _BEST.subs(V, more) > _BEST
    wanted = sp.And(D > 0, D < X * more)
    yield Claim.of(iff(moved, wanted), [_SPACE, more > V], "a higher value, at any distance")
    inner = (X * V - D) / (2 * V)
    positive = [_SPACE, D < X * V]
    yield Claim.of(iff(sp.diff(inner, V) > 0, D > 0), positive, "in V")
    yield Claim.of(equal(sp.diff(inner, X), sp.Rational(1, 2)), positive, "in believed tolerance")
    influence = x * (1 - x / X)
    falls = iff(sp.diff(influence, x) < 0, x > X / 2)
    yield Claim.of(falls, [_SPACE, *_INSIDE], "influence")


@SECTION.proposition("misjudged-tolerance", "identity")
def misjudged() -> Iterator[Claim]:
    """Pressing x_hat costs (V/x_bar)(x_hat - x*)^2 if D <= x_bar V and x_hat <= x_bar; else
    U(x*) - U(x_hat). Elsewhere the two agree only at x_hat = 0 and, by coincidence, where D and
    x_hat both exceed these bounds and V x_hat^2 = D x_bar.
    """
    loss = payoffs.hegemon(_BEST, X, V, D) - payoffs.hegemon(x, X, V, D)
    square = V / X * (x - _BEST) ** 2
    given = [_SPACE, x >= 0]
    yield Claim.of(equal(loss, square), [*given, D <= X * V, x <= X], "the formula")
    yield Claim.of(loss >= 0, given, "it is a loss")
    dear = equal(loss, V / X * x**2 + x * (D / X - V))
    yield Claim.of(dear, [*given, D > X * V, x <= X], "when no pressure pays")
    for outside, agree in (
        ([D > X * V, x <= X, x > 0], sp.false),
        ([D <= X * V, x > X], sp.false),
        ([D > X * V, x > X], equal(V * x**2, D * X)),
    ):
        where = " and ".join(map(str, outside[:2]))
        same = iff(equal(loss, square), agree)
        yield Claim.of(same, [*given, *outside], f"elsewhere: {where}")
    belief = sp.Max(0, (believed * V - D) / (2 * V))
    inside = all_of(belief >= 0, belief <= believed)
    yield Claim.of(inside, [_SPACE, believed > 0], "what a belief leads to")


@SECTION.proposition("example", "value", EXAMPLE)
def example() -> Iterator[Claim]:
    """V = 1, x_bar = .6, believed .9, D = .2: x from .20 to .35, revolt from 1/3 to 7/12, loss
    3/80.
    """
    at = {V: sp.Integer(1), X: sp.Rational("0.6"), D: sp.Rational("0.2")}
    right, wrong = _BEST.xreplace(at), _BEST.xreplace({**at, X: sp.Rational("0.9")})
    yield Claim.of(
        all_of(equal(right, sp.Rational(1, 5)), equal(wrong, sp.Rational(7, 20))), (), "x"
    )
    risks = [payoffs.revolt(found, at[X]) for found in (right, wrong)]
    wanted = all_of(equal(risks[0], sp.Rational(1, 3)), equal(risks[1], sp.Rational(7, 12)))
    yield Claim.of(wanted, (), "revolt")
    gains = [payoffs.hegemon(found, at[X], at[V], at[D]) for found in (right, wrong)]
    yield Claim.of(equal(gains[0] - gains[1], sp.Rational(3, 80)), (), "loss")


@SECTION.proposition("tolerance-and-revolts", "false")
def tolerance() -> Iterator[Claim]:
    """False: "a more tolerant public means fewer revolts". The risk at x*, 1/2 - D/(2V x_bar),
    rises with x_bar where D > 0, and stays below 1/2.
    """
    more = real("y_bar")
    risk = payoffs.revolt(_BEST, X)
    other = risk.subs(X, more)
    given = [_SPACE, D < X * V, more > X]
    point = {"V": 1, "D": "1/5", "x_bar": "3/5", "y_bar": "9/10"}
    yield Claim.denied(other < risk, given, fails_at=point)
    closed = sp.Rational(1, 2) - D / (2 * V * X)
    yield Claim.of(equal(risk, closed), [_SPACE, D < X * V], "corrected: the risk")
    yield Claim.of(iff(closed.subs(X, more) > closed, D > 0), given, "corrected: it rises")
    yield Claim.of(closed < sp.Rational(1, 2), [_SPACE, D < X * V, D > 0], "below 1/2")
