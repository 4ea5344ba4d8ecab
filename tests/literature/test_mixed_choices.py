"""Mixed equilibria over an interval, as published, checked against numerical integration."""

import itertools
import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp
from scipy.integrate import quad

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import equivalent

x, y = sp.symbols("x_1 x_2", real=True)
v, w, k, h, r, c = sp.symbols("v_1 v_2 k_1 k_2 r c", real=True)


def ranked(
    own: sp.Symbol, other: sp.Symbol, above: object, level: object, below: object
) -> sp.Expr:
    return sp.Piecewise((above, own > other), (level, sp.Eq(own, other)), (below, True))


def all_pay() -> eeu.ContinuousGame:
    """Hillman and Riley (1989): the higher bid wins, both pay."""
    return eeu.ContinuousGame(
        {"1": ranked(x, y, v - x, v / 2 - x, -x), "2": ranked(y, x, w - y, w / 2 - y, -y)},
        choices={"1": "x_1 >= 0", "2": "x_2 >= 0"}, given="v_1 > 0 and v_2 > 0",
    )  # fmt: skip


def attrition() -> eeu.ContinuousGame:
    """Hendricks, Weiss and Wilson (1988): the longer stays, both pay until the other leaves."""
    return eeu.ContinuousGame(
        {"1": ranked(x, y, v - y, v / 2 - x, -x), "2": ranked(y, x, w - x, w / 2 - y, -y)},
        choices={"1": "x_1 >= 0", "2": "x_2 >= 0"}, given="v_1 > 0 and v_2 > 0",
    )  # fmt: skip


def dispersion() -> eeu.ContinuousGame:
    """Narasimhan (1988): each firm has its captives, the others buy at the lower price."""
    free = 1 - k - h
    return eeu.ContinuousGame(
        {"1": ranked(x, y, x * k, x * (k + free / 2), x * (k + free)),
         "2": ranked(y, x, y * h, y * (h + free / 2), y * (h + free))},
        choices={"1": "0 <= x_1 <= r", "2": "0 <= x_2 <= r"},
        given="r > 0 and k_1 > 0 and k_2 > 0 and k_1 + k_2 < 1",
    )  # fmt: skip


def capacities() -> eeu.ContinuousGame:
    """Levitan and Shubik (1972): prices with equal capacities c, demand 1 - p."""

    def payoff(own: sp.Symbol, other: sp.Symbol) -> sp.Expr:
        return ranked(own, other, own * (1 - own - c), own * (1 - own) / 2, own * c)

    return eeu.ContinuousGame(
        {"1": payoff(x, y), "2": payoff(y, x)},
        choices={"1": "0 <= x_1 <= 1 - c", "2": "0 <= x_2 <= 1 - c"}, given="1/3 < c < 1/2",
    )  # fmt: skip


POINTS: dict[str, tuple[Callable[[], eeu.ContinuousGame], dict[str, Any]]] = {
    "all pay": (all_pay, {"v_1": 3, "v_2": 2}),
    "all pay, even": (all_pay, {"v_1": 2, "v_2": 2}),
    "all pay, turned": (all_pay, {"v_1": "3/2", "v_2": 4}),
    "attrition": (attrition, {"v_1": 3, "v_2": 2}),
    "dispersion": (dispersion, {"k_1": "2/5", "k_2": "1/5", "r": 3}),
    "dispersion, turned": (dispersion, {"k_1": "1/10", "k_2": "1/3", "r": 1}),
    "capacities": (capacities, {"c": "2/5"}),
}


@pytest.mark.parametrize("name", POINTS)
def test_by_numerical_integration_no_choice_gains_and_those_played_pay_the_same(name: str) -> None:
    build, values = POINTS[name]
    game = build().at(**values)
    solution = game.solve("mixed")
    assert len(solution) == (2 if name == "attrition" else 1)
    quarter = sp.Rational(1, 4)
    for equilibrium in (e.subs(dict.fromkeys(e.free, quarter), game) for e in solution):
        for player, own, other in (("1", x, y), ("2", y, x)):
            played = equilibrium.distributions[own.name]
            value = float(equilibrium.payoffs[player])
            for z in _choices(game, equilibrium, own.name):
                paid = _expected(game.payoffs[player], own, other, z, equilibrium)
                assert paid < value + 1e-6, (name, player, z)
                high = float(played.high) if played.high != sp.oo else 1e9
                if float(played.low) < z < high:
                    assert paid == pytest.approx(value, abs=1e-6), (name, player, z)


def _choices(game: eeu.ContinuousGame, equilibrium: eeu.Equilibrium, name: str) -> list[float]:
    """Choices inside and outside the support."""
    choice, support = game.ranges[name], equilibrium.distributions[name]
    high = 9.0 if choice.high == sp.oo else float(choice.high)
    grid = [float(choice.low) + (high - float(choice.low)) * i / 23 for i in range(24)]
    inner_high = min(high, 9.0 if support.high == sp.oo else float(support.high))
    low = float(support.low)
    return grid + [low + (inner_high - low) * i / 7 for i in range(1, 7)]


def _expected(
    payoff: sp.Expr, own: sp.Symbol, other: sp.Symbol, z: float, equilibrium: eeu.Equilibrium
) -> float:
    """The payoff of z against the other's distribution, by adaptive quadrature."""
    d = equilibrium.distributions[other.name]
    paid = sp.lambdify(other, payoff.subs(own, sp.Float(z)), "math")
    density = sp.lambdify(other, sp.diff(d.cdf, other), "math")
    low, high = float(d.low), 200.0 if d.high == sp.oo else float(d.high)
    cuts = [low, *([z] if low < z < high else []), high]
    total = sum(
        quad(lambda t: paid(t) * density(t), a, b, limit=200, epsabs=1e-10)[0]
        for a, b in itertools.pairwise(cuts)
    )
    total += float(d.mass_at_low) * paid(low)
    return float(total + (float(d.mass_at_high) * paid(high) if d.high != sp.oo else 0))


def test_all_pay_with_unequal_values() -> None:
    solution = all_pay().solve("mixed Nash")
    assert solution.names == ("mixed, mass at x_1 = 0", "mixed, mass at x_2 = 0")
    weak = solution["mixed, mass at x_2 = 0"]
    assert equivalent(weak.condition, v > w, weak.game.space).verdict == "proved"
    first, second = weak.distributions["x_1"], weak.distributions["x_2"]
    assert sp.simplify(first.cdf - x / w) == 0
    assert sp.simplify(second.mass_at_low - (v - w) / v) == 0
    assert (first.low, first.high, second.high) == (0, w, w)
    assert weak.payoffs == {"1": v - w, "2": 0}
    assert all(e.verify().verdict == "proved" for e in solution)
    assert solution.complete_where == sp.false


def test_all_pay_with_one_value_needs_no_mass() -> None:
    even = all_pay().at(v_2=v).solve("mixed")
    assert even.names == ("mixed",)
    assert even["mixed"].payoffs == {"1": 0, "2": 0}
    assert even["mixed"].distributions["x_1"].density == 1 / v


def test_attrition_has_a_hazard_of_one_over_the_others_value_and_a_family_each() -> None:
    solution = attrition().solve("mixed")
    assert len(solution) == 2
    for equilibrium, own, other in zip(solution, ("x_1", "x_2"), ("x_2", "x_1"), strict=True):
        (mass,) = equilibrium.free
        held = equilibrium.distributions
        hazard = {"x_1": 1 / w, "x_2": 1 / v}
        for name, symbol in (("x_1", x), ("x_2", y)):
            survival = 1 - held[name].cdf
            assert sp.simplify(sp.diff(held[name].cdf, symbol) / survival - hazard[name]) == 0
        assert held[own].mass_at_low == mass
        assert held[other].mass_at_low == 0
        assert equilibrium.verify().verdict == "proved"
    assert solution[0].payoffs == {"1": 0, "2": solution[0].free[0] * w}


def test_attrition_also_has_those_who_leave_at_once() -> None:
    pure = attrition().solve()
    assert set(pure.names) == {"x_1 = 0", "x_2 = 0"}


def test_the_firm_with_more_captives_has_mass_at_their_price() -> None:
    solution = dispersion().solve("mixed")
    more = solution["mixed, mass at x_1 = r"]
    assert equivalent(more.condition, k >= h, more.game.space).verdict == "proved"
    assert sp.simplify(more.payoffs["1"] - k * r) == 0
    assert sp.simplify(more.payoffs["2"] - k * r * (1 - k) / (1 - h)) == 0
    assert sp.simplify(more.distributions["x_1"].mass_at_high - (k - h) / (1 - h)) == 0
    assert sp.simplify(more.distributions["x_2"].low - k * r / (1 - h)) == 0


def test_prices_with_equal_capacities() -> None:
    (mixed,) = capacities().solve("mixed")
    assert mixed.name == "mixed"
    price = mixed.distributions["x_1"]
    assert sp.simplify(price.high - (1 - c) / 2) == 0
    assert sp.simplify(price.low - (1 - c) ** 2 / (4 * c)) == 0
    assert sp.simplify(mixed.payoffs["1"] - (1 - c) ** 2 / 4) == 0


def test_a_planted_mistake_is_refuted() -> None:
    game = all_pay().at(v_1=3, v_2=2)
    (right,) = game.solve("mixed")
    first = right.distributions["x_1"]
    slow = replace(first, cdf=(x / 2) ** 2)
    no_mass = replace(right.distributions["x_2"], cdf=y / 2, mass_at_low=sp.Integer(0))
    short = replace(first, cdf=x, high=sp.Integer(1))
    for wrong in ({"x_1": slow}, {"x_2": no_mass}, {"x_1": short}):
        planted = replace(right, distributions={**right.distributions, **wrong})
        assert planted.verify().verdict == "refuted"


def test_everything_else_works_on_them() -> None:
    game = all_pay()
    solution = game.solve("mixed")
    again = eeu.display.from_json(solution.to_json())
    assert again == solution
    assert eeu.display.from_json(solution[0].to_json()) == solution[0]
    assert pickle.loads(pickle.dumps(solution)) == solution  # noqa: S301 - our own
    assert "F(" in solution[0].to_latex()
    rows = solution["mixed, mass at x_2 = 0"].comparative_statics("payoff")
    assert rows["payoff of 1 at mixed, mass at x_2 = 0", "v_2"].sign == "-"
    cells = eeu.regimes(game, concept="mixed Nash")
    assert len(cells) == 2


def test_other_games_have_no_such_concept() -> None:
    game = eeu.ContinuousGame({"1": "x*(1 - x - y)", "2": "y*(1 - x - y)"},
                              choices={"1": "x >= 0", "2": "y >= 0"})  # fmt: skip
    assert "mixed Nash" not in game.concepts
    with pytest.raises(GameTheoryError, match="mixed Nash"):
        game.solve("mixed Nash")
    capped = eeu.ContinuousGame(
        {"1": ranked(x, y, 1 - x, sp.Rational(1, 2) - x, -x),
         "2": ranked(y, x, 1 - y, sp.Rational(1, 2) - y, -y)},
        choices={"1": "0 <= x_1 <= 1/4", "2": "0 <= x_2 <= 1/4"},
    )  # fmt: skip
    assert len(capped.solve("mixed")) == 0
    assert "other supports" in capped.solve("mixed").why


def test_the_figure_shows_the_distributions() -> None:
    """Jumps where there is mass; a family and symbols drawn at numbers given."""
    figure = all_pay().solve("mixed").plot(v_1=3, v_2=2)
    (axes,) = figure.axes
    curves = {line.get_label(): line.get_xydata() for line in axes.lines}
    assert curves["$F(x_{1})$"][0].tolist() == [0, 0]
    assert curves["$F(x_{1})$"][-1].tolist() == [2, 1]
    assert curves["$F(x_{2})$"][0] == pytest.approx([0, 1 / 3])
    family = attrition().solve("mixed")["mixed, mass at x_1 = 0"]
    (axes,) = family.plot(v_1=3, v_2=2, m="1/4").axes
    start, end = (axes.lines[0].get_ydata()[k] for k in (0, -1))
    assert start == pytest.approx(1 / 4)
    assert end > 0.99
    with pytest.raises(GameTheoryError, match="numbers for m, v_2"):
        family.plot(v_1=3)
    with pytest.raises(GameTheoryError, match="no mixed equilibrium exists at v_1 = 1, v_2 = 2"):
        all_pay().solve("mixed")["mixed, mass at x_2 = 0"].plot(v_1=1, v_2=2)
    with pytest.raises(GameTheoryError, match="mixed over an interval"):
        eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]]).solve().plot()
