"""First-order conditions, exact where payoffs have one peak, of unspecified functions too."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

import gametheory_eeu as eeu

x, y, r, p, w, n = sp.symbols("x y r p w n", real=True)
u = eeu.function("u", increasing=True, concave=True)
k = eeu.function("k", increasing=True, convex=True)


def firm() -> eeu.ContinuousGame:
    return eeu.ContinuousGame(
        {"firm": p * u(x) - w * x}, choices={"firm": "0 <= x <= 5"}, given="p > 0 and w > 0"
    )


def slope(at: object) -> sp.Expr:
    return p * sp.diff(u(x), x).subs(x, at) - w


def test_an_effort_is_zero_iff_its_first_unit_does_not_pay() -> None:
    conditions = firm().first_order_conditions()
    assert conditions.sufficient
    cases = {case.name: case.condition for case in conditions}
    assert cases == {
        "interior": sp.And(x > 0, x < 5, sp.Eq(slope(x), 0)),
        "x = 0": sp.And(sp.Eq(x, 0), slope(0) <= 0),
        "x = 5": sp.And(sp.Eq(x, 5), slope(5) >= 0),
    }
    assert conditions.condition == sp.Or(*cases.values())
    assert conditions.verify().verdict == "proved"
    assert "They suffice" in str(conditions)


def test_a_planted_condition_is_caught() -> None:
    """The corner at zero, said to be best where its first unit pays."""
    conditions = firm().first_order_conditions()
    wrong = tuple(
        replace(case, condition=sp.And(sp.Eq(x, 0), slope(0) >= 0)) if case.name == "x = 0"
        else case for case in conditions
    )  # fmt: skip
    assert replace(conditions, cases=wrong).verify().verdict == "refuted"


def test_two_givers_to_a_public_good() -> None:
    game = eeu.ContinuousGame({"A": u(x + y) - k(x), "B": u(x + y) - k(y)},
                              choices={"A": "x >= 0", "B": "y >= 0"})  # fmt: skip
    conditions = game.first_order_conditions()
    assert conditions.sufficient
    assert len(conditions) == 4
    assert conditions.verify().verdict == "proved"
    # Who gives nothing sees that the first unit costs more than it is worth beside the other's.
    (corner,) = (c.condition for c in conditions if c.name == "y = 0")
    assert corner is not None
    assert eeu.prove(
        sp.diff(k(y), y).subs(y, 0) > sp.diff(u(x), x).subs(x, x + 1),
        given=[corner.xreplace({y: sp.Integer(0)}), x >= 0],
    ).verdict == "proved"  # fmt: skip


def test_equal_players_deviate_one_by_one() -> None:
    game = eeu.ContinuousGame(
        {"each": u(x + (n - 1) * r) - w * x}, choices={"each": "x >= 0"}, others={"x": "r"},
        given="w > 0 and n >= 1",
    )  # fmt: skip
    assert game.first_order_conditions().verify().verdict == "proved"


def test_they_hold_at_the_equilibria_found_otherwise() -> None:
    """Cournot with corners: at each equilibrium, where it exists, and at no other point."""
    game = eeu.ContinuousGame(
        {"1": "(a - q_1 - q_2 - c_1)*q_1", "2": "(a - q_1 - q_2 - c_2)*q_2"},
        choices={"1": "q_1 >= 0", "2": "q_2 >= 0"}, given="0 < c_1 < a and 0 < c_2 < a",
    )  # fmt: skip
    conditions = game.first_order_conditions()
    assert conditions.sufficient
    chosen = [r.symbol for r in game.ranges.values()]
    found = sp.Or(*(
        sp.And(e.condition, *(sp.Eq(s, e.choices[s.name]) for s in chosen)) for e in game.solve()
    ))  # fmt: skip
    assert eeu.equivalent(conditions.condition, found, game.choice_space).verdict == "proved"


def test_what_is_not_known_is_said() -> None:
    h = eeu.function("h", increasing=True, concave=True, on=(0, "oo"))
    game = eeu.ContinuousGame({"A": p * h(x) - w * x}, {"A": "x >= 0"}, given="p > 0 and w > 0")
    conditions = game.first_order_conditions()
    assert conditions["A", "x = 0"].condition is None
    assert conditions.condition is None
    wavy = eeu.ContinuousGame({"A": "x**4 - x**2"}, {"A": "-1 <= x <= 1"}).first_order_conditions()
    assert not wavy.sufficient
    assert "was not proved of A" in str(wavy)
    kinked = eeu.ContinuousGame({"A": "Abs(x)"}, {"A": "-1 <= x <= 1"})
    with pytest.raises(eeu.GameTheoryError, match="in pieces"):
        kinked.first_order_conditions()
    with pytest.raises(eeu.GameTheoryError, match="first_order_conditions"):
        firm().solve()
