"""Published comparative statics with general functions: proved where true, refuted where not.

Each is the derivative of the implicit function theorem at the first-order condition. A naive form
that drops a premise is refuted by an actual function with all the declared properties.
"""

# ruff: noqa: E501 - a table, a premise a line

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import distribution, function, prove

HALF = sp.Rational(1, 2)
(a, b, beta, c, delta, e, G, k, lam, m, n, p, q, s, t, theta, tau, V, w, W, x, y, z) = sp.symbols(
    "a b beta c delta e G k lambda m n p q s t theta tau V w W x y z", real=True
)
C = sp.Symbol("C", real=True)
POSITIVE = (0, "oo")
d = sp.diff


def slope(f: Any, at: Any, order: int = 1) -> Any:
    """The derivative of a function of one variable at an argument."""
    return d(f(z), z, order).subs(z, at)


def moves(condition: Any, unknown: Any, parameter: Any) -> Any:
    """The implicit function theorem."""
    return -d(condition, parameter) / d(condition, unknown)


concave = function("u", increasing=True, concave=True, on=POSITIVE)
benefit = function("g", increasing=True, concave=True, on=POSITIVE)
prudent = function("u", increasing=True, concave=True, signs={3: ">"}, on=POSITIVE)
cost = function("v", increasing=True, convex=True, on=POSITIVE)
inverse_demand = function("P", decreasing=True, on=POSITIVE)
demand = function("D", decreasing=True, on=POSITIVE)
supply = function("S", increasing=True, on=POSITIVE)
utility = function("U", variables=2, increasing=True, concave=True, on=POSITIVE)
output = function("f", variables=2, increasing=True, concave=True, on=POSITIVE)
substitutes = function(
    "D", variables=2, signs={(1, 0): "<", (0, 1): ">", (1, 1): ">="}, positive=True, on=POSITIVE
)
rivals = function("D", variables=2, signs={(1, 0): "<", (0, 1): ">"}, positive=True, on=POSITIVE)
study = function("c", variables=2, signs={(1, 0): ">", (0, 1): "<", (1, 1): "<"}, on=POSITIVE)
pie = function("u", increasing=True, concave=True, on=(0, 1), at={0: 0})
loss = function("l", increasing=True, convex=True, on=POSITIVE, at={0: 0})
success = function("p", increasing=True, concave=True, on=POSITIVE, at={0: 0}, bounded=(0, 1))
hazard = distribution("F", on=(0, "C"), increasing_hazard=True)
general = distribution("F", on=(0, "C"))
unit_hazard = distribution("F", on=(0, 1), increasing_hazard=True)
unit = distribution("F", on=(0, 1))
log_concave = distribution("F", on=(0, 1), log_concave=True)
line = distribution("F", on=("-oo", "oo"))


def labour() -> Any:
    return d(concave(w * x) - cost(x), x)


def crisis(f: Any, value: Any = x, war: Any = p - k) -> Any:
    """Marginal payoff of a demand that is accepted where the other's cost is above x - p."""
    return d(value, x) * (1 - f(x - p)) - (value - war) * slope(f, x - p)


def virtual(f: Any, at: Any) -> Any:
    return at - (1 - f(at)) / slope(f, at)


INTERIOR = [w > 0, x > 0]
BARGAIN = [x > p, x - p < C, p > 0, k > 0]
TYPES = [x > 0, y > 0, 0 < a, a < b, 0 < beta, beta < 1]
TIPPING = [0 < x, x < 1, beta > 0, a > 0, beta * x + a < 1, sp.Eq(x, unit(beta * x + a))]


@dataclass(frozen=True)
class Claim:
    """A statement and its premises, made when asked for."""

    source: str
    make: Callable[[], tuple[Any, list[Any]]]
    verdict: str = "proved"


CLAIMS = {
    "labour rises where relative risk aversion is below one": Claim(
        "Robbins 1930",
        lambda: (
            moves(labour(), x, w) > 0,
            [*INTERIOR, sp.Eq(labour(), 0), slope(concave, w * x) + w * x * slope(concave, w * x, 2) > 0],
        ),
    ),
    "labour rises with any wage": Claim(
        "Robbins 1930", lambda: (moves(labour(), x, w) > 0, [*INTERIOR, sp.Eq(labour(), 0)]), "refuted"
    ),
    "substitution effect of the own price": Claim(
        "Slutsky 1915",
        lambda: (
            lam / (d(utility(x, y), x, 2) - 2 * p * d(utility(x, y), x, y) + p**2 * d(utility(x, y), y, 2)) < 0,
            [x > 0, y > 0, p > 0, lam > 0],
        ),
    ),
    "separable goods are normal": Claim(
        "Slutsky 1915",
        lambda: (
            moves(slope(concave, x) - p * slope(benefit, m - p * x), x, m) > 0,
            [x > 0, p > 0, m > p * x],
        ),
    ),
    "input demand falls in its price": Claim(
        "Samuelson 1947",
        lambda: (
            d(output(x, y), y, 2)
            / (d(output(x, y), x, 2) * d(output(x, y), y, 2) - d(output(x, y), x, y) ** 2)
            < 0,
            [x > 0, y > 0],
        ),
    ),
    "a prudent saver values a mean-preserving spread": Claim(
        "Leland 1968; Kimball 1990",
        lambda: (
            (slope(prudent, x + e) + slope(prudent, x - e)) / 2 > slope(prudent, x),
            [e > 0, x > e],
        ),
    ),
    "every risk-averse saver values a spread": Claim(
        "Leland 1968",
        lambda: (
            (slope(concave, x + e) + slope(concave, x - e)) / 2 > slope(concave, x),
            [e > 0, x > e],
        ),
        "refuted",
    ),
    "Cournot's best response falls under Hahn's condition": Claim(
        "Hahn 1962; Novshek 1985",
        lambda: (
            moves(d(x * inverse_demand(x + y), x) - c, x, y) < 0,
            [x > 0, y > 0, slope(inverse_demand, x + y) + x * slope(inverse_demand, x + y, 2) < 0],
        ),
    ),
    "Cournot's best response falls for any demand": Claim(
        "Hahn 1962",
        lambda: (
            moves(d(x * inverse_demand(x + y), x) - c, x, y) < 0,
            [x > 0, y > 0, d(x * inverse_demand(x + y), x, 2) < 0],
        ),
        "refuted",
    ),
    "Bertrand's best response rises": Claim(
        "Milgrom and Roberts 1990",
        lambda: (
            moves(d((x - c) * substitutes(x, y), x), x, y) > 0,
            [x > c, c > 0, y > 0, d((x - c) * substitutes(x, y), x, 2) < 0],
        ),
    ),
    "Bertrand's best response rises for any demand": Claim(
        "Milgrom and Roberts 1990",
        lambda: (
            moves(d((x - c) * rivals(x, y), x), x, y) > 0,
            [x > c, c > 0, y > 0, sp.Eq(d((x - c) * rivals(x, y), x), 0), d((x - c) * rivals(x, y), x, 2) < 0],
        ),
        "refuted",
    ),
    "a tax is shared": Claim(
        "Marshall 1890",
        lambda: (
            sp.And(moves(demand(p + t) - supply(p), p, t) > -1, moves(demand(p + t) - supply(p), p, t) < 0),
            [p > 0, t >= 0],
        ),
    ),
    "buyers bear most of a tax": Claim(
        "Marshall 1890",
        lambda: (1 + moves(demand(p + t) - supply(p), p, t) > HALF, [p > 0, t >= 0]),
        "refuted",
    ),
    "contest effort rises in the prize": Claim(
        "Szidarovszky and Okuguchi 1997",
        lambda: (moves(d(success(x) * V - cost(x), x), x, V) > 0, [x > 0, V > 0]),
    ),
    "the setter's proposal mirrors the status quo": Claim(
        "Romer and Rosenthal 1978",
        lambda: (
            sp.Eq(z, 2 * theta - q),
            [theta > q, z > theta, sp.Eq(loss(z - theta), loss(theta - q))],
        ),
    ),
    "an interior demand falls in the own cost of war": Claim(
        "Fearon 1995",
        lambda: (moves(crisis(hazard), x, k) < 0, [*BARGAIN, sp.Eq(crisis(hazard), 0)]),
    ),
    "an interior demand rises as costs of war are scaled up": Claim(
        "Fearon 1995",
        lambda: (
            moves(1 - unit_hazard((x - p) / s) - (x - p + k) * slope(unit_hazard, (x - p) / s) / s, x, s) > 0,
            [
                *[x > p, k > 0, s > 0, x - p < s],
                sp.Eq(1 - unit_hazard((x - p) / s), (x - p + k) * slope(unit_hazard, (x - p) / s) / s),
            ],
        ),
    ),
    "it falls without an increasing hazard": Claim(
        "Fearon 1995",
        lambda: (moves(crisis(general), x, k) < 0, [*BARGAIN, sp.Eq(crisis(general), 0)]),
        "refuted",
    ),
    "a risk-averse side's demand rises in its value of war": Claim(
        "Fearon 1995",
        lambda: (
            moves(crisis(hazard, concave(x), W), x, W) > 0,
            [*BARGAIN, concave(x) > W, sp.Eq(crisis(hazard, concave(x), W), 0)],
        ),
    ),
    "a gift is crowded out in part": Claim(
        "Bergstrom, Blume and Varian 1986",
        lambda: (
            sp.And(
                moves(d(concave(m - x) + benefit(x + G), x), x, G) < 0,
                moves(d(concave(m - x) + benefit(x + G), x), x, G) > -1,
            ),
            [x > 0, m > x, G > 0],
        ),
    ),
    "the first proposer has more than half, and less of it if patient": Claim(
        "Rubinstein 1982; Binmore, Rubinstein and Wolinsky 1986",
        lambda: (
            sp.And(x > HALF, moves(pie(1 - x) - delta * pie(x), x, delta) < 0),
            [0 < x, x < 1, 0 < delta, delta < 1, sp.Eq(pie(1 - x), delta * pie(x))],
        ),
    ),
    "the risk-averse side gets less than half": Claim(
        "Kihlstrom, Roth and Schmeidler 1981",
        lambda: (
            x > HALF,
            [0 < x, x < 1, sp.Eq(slope(pie, 1 - x) * x, pie(1 - x))],
        ),
    ),
    "the low type's quality is distorted": Claim(
        "Mussa and Rosen 1978",
        lambda: (
            x < y,
            [*TYPES, sp.Eq(slope(cost, y), b), sp.Eq(slope(cost, x), a - beta / (1 - beta) * (b - a))],
        ),
    ),
    "study costs the able less at the margin": Claim(
        "Spence 1973",
        lambda: (
            study(y, b) - study(x, b) < study(y, a) - study(x, a),
            [0 < x, x < y, 0 < a, a < b],
        ),
    ),
    "more benefit lowers the switching signal": Claim(
        "Morris and Shin 2003",
        lambda: (moves(b * line(x) - c, x, b) < 0, [b > 0, c > 0, sp.Eq(b * line(x), c)]),
    ),
    "adoption rises at a stable point": Claim(
        "Granovetter 1978",
        lambda: (
            moves(x - unit(beta * x + a), x, a) > 0,
            [*TIPPING, slope(unit, beta * x + a) * beta < 1],
        ),
    ),
    "adoption rises at every point": Claim(
        "Granovetter 1978", lambda: (moves(x - unit(beta * x + a), x, a) > 0, TIPPING), "refuted"
    ),
    "virtual values rise with the hazard": Claim(
        "Myerson 1981",
        lambda: (virtual(unit_hazard, a) < virtual(unit_hazard, b), [0 < a, a < b, b < 1]),
    ),
    "virtual values rise": Claim(
        "Myerson 1981",
        lambda: (virtual(unit, a) < virtual(unit, b), [0 < a, a < b, b < 1]),
        "refuted",
    ),
    "a first-price bid rises in the value": Claim(
        "Riley and Samuelson 1981; Bagnoli and Bergstrom 2005",
        lambda: (
            moves((V - x) * slope(log_concave, x) - log_concave(x), x, V) > 0,
            [0 < x, x < 1, x < V, sp.Eq((V - x) * slope(log_concave, x), log_concave(x))],
        ),
    ),
    "a fair premium is bought in full": Claim(
        "Mossin 1968", lambda: (sp.Eq(x, y), [x > 0, y > 0, sp.Eq(slope(concave, x), slope(concave, y))])
    ),
    "a risk-averse firm under an uncertain price produces less": Claim(
        "Sandmo 1971",
        lambda: (
            (a + b) / 2 > c,
            [x > 0, y > 0, a < b, x < y, sp.Eq(slope(concave, x) * (a - c) + slope(concave, y) * (b - c), 0),
             slope(concave, x) > 0],
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_published_claim(name: str) -> None:
    claim = CLAIMS[name]
    statement, given = claim.make()
    proof: Any = prove(statement, given=given)
    assert proof.verdict == claim.verdict, str(proof)
    assert not proof.vacuous
    assert bool(proof.functions) is (claim.verdict == "refuted")


def test_input_demand_of_a_general_technology_by_the_statics() -> None:
    f = function("f", increasing=True, concave=True, on=POSITIVE)
    profit = p * f(x) - w * x
    table = eeu.comparative_statics(
        {"input": eeu.implicit(d(profit, x), x, where=x > 0)}, given=[p > 0, w > 0]
    )
    assert {row.parameter.name: row.reading for row in table} == {"p": "+", "w": "-"}
    game = eeu.ContinuousGame({"firm": profit}, choices={"firm": "x >= 0"}, given=[p > 0, w > 0])
    assert {row.parameter: row.sign for row in eeu.interior_statics(game)} == {"p": "+", "w": "-"}
