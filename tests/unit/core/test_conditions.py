"""Conditions at values: what is undefined is not true, and what is false hides what is not."""

from __future__ import annotations

import itertools

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import Space, condition_at
from gametheory_eeu.core.evaluate import truth_value

x, y = sp.symbols("x y", real=True)
CONDITIONS = [
    sp.And(x > 0, 1 / x > y),
    sp.Or(1 / x > 0, y > 1),
    sp.Not(sp.Or(sp.Gt(1 / x, 0), sp.Gt(y, 1)), evaluate=False),
    sp.Not(sp.And(sp.Gt(1 / x, 0), sp.Gt(y, 1)), evaluate=False),
    sp.Implies(sp.Gt(1 / x, 0), y > 1, evaluate=False),
    sp.Implies(y > 1, sp.Ne(1 / x, 3), evaluate=False),
    sp.Ne(1 / x, y, evaluate=False),
    sp.Eq(sp.sqrt(x), y, evaluate=False),
    sp.And(sp.Ne(sp.log(x), 2), sp.Or(sp.Ge(sp.sqrt(x), y), sp.Lt(y, 0))),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_at_part_of_a_point_then_the_rest_as_at_the_point(condition: sp.Basic) -> None:
    for a, b in itertools.product([sp.Integer(v) for v in (-1, 0, 1, 2)], repeat=2):
        wanted = truth_value(condition, {x: a, y: b}) is True
        for first, second in (({x: a}, {y: b}), ({y: b}, {x: a})):
            found = condition_at(condition_at(condition, first), second)
            assert (found == sp.true) is wanted, (a, b)
        assert (condition_at(condition, {x: a, y: b}) == sp.true) is wanted


@pytest.mark.parametrize("values", [{"d_1": 0}, {"d_2": 0}, {"d_1": 0, "d_2": 0}], ids=str)
def test_offers_of_one_to_whom_the_next_round_is_worth_nothing(values: dict[str, int]) -> None:
    game = eeu.AlternatingOffers(p=0, w_1=0, w_2=0).at(**values)
    assert game.solve("subgame perfect, both may quit").names == ("quit if refused",)
    assert eeu.AlternatingOffers(**values).solve("subgame perfect, both may quit").names == (
        "quit if refused",
    )


def test_a_false_condition_hides_a_pole() -> None:
    game = eeu.NormalForm([["1/x", 0], [0, 1]], [[1, 0], [0, 1]], given="x > 0")
    only = game.solve()["1, 1"]
    found = eeu.Equilibrium(
        "pole", only.profile, {"1": 1 / x}, sp.And(x > 0, 1 / x > 1), "Nash", game=game
    ).subs({x: sp.Integer(0)}, game)
    assert found.condition == sp.false


def test_what_is_undefined_is_outside_a_space() -> None:
    space = Space.of(sp.Ne(1 / x, y), y > 0)
    assert space.subs({x: sp.Integer(0)}).empty.verdict == "proved"
    assert space.subs({x: sp.Integer(1)}).constraints == (sp.Ne(1, y), y > 0)
