"""Continuous choices with finite types: Bayesian Nash equilibria."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError

LOW, HIGH = "(1 - q_1 - q_2)*q_1", "(1 - q_1 - q_2 - c)*q_1"
GIVEN = "0 < c < 1/4 and 0 < p < 1"


def duopoly(**changes: object) -> eeu.ContinuousGame:
    parts: dict[str, object] = {
        "payoffs": {"1": {"low": LOW, "high": HIGH}, "2": "(1 - q_1 - q_2)*q_2"},
        "choices": {"1": "q_1 >= 0", "2": "q_2 >= 0"},
        "types": {"1": {"low": "p", "high": "1 - p"}},
        "given": GIVEN,
    }
    parts |= changes
    payoffs, choices = parts.pop("payoffs"), parts.pop("choices")
    return eeu.ContinuousGame(payoffs, choices, **parts)


def test_cournot_with_a_private_cost() -> None:
    """Fudenberg and Tirole (1991), 6.4: q_2 = (1 + E c)/3, q_1 = (1 - q_2 - c)/2 at cost c."""
    game = duopoly()
    assert game.players == ("1, low", "1, high", "2")
    solution = game.solve()
    assert solution.concept == "Bayesian Nash"
    assert solution.complete_where == sp.true
    choices = solution["interior"].choices
    c, p = (next(s for s in game.symbols if s.name == name) for name in ("c", "p"))
    q_2 = (1 + (1 - p) * c) / 3
    expected = {"q_1_low": (1 - q_2) / 2, "q_1_high": (1 - q_2 - c) / 2, "q_2": q_2}
    assert {n: sp.expand(v - expected[n]) for n, v in choices.items()} == dict.fromkeys(expected, 0)
    assert solution["interior"].verify().verdict == "proved"


def test_both_sides_have_types() -> None:
    """Four types with linear best responses: the system of their first-order conditions."""
    costs = {"low": sp.Rational(0), "high": sp.Rational(1, 5)}
    payoffs = {
        player: {kind: f"(1 - q_1 - q_2 - {c})*q_{player}" for kind, c in costs.items()}
        for player in ("1", "2")
    }
    distribution = {"low": "2/3", "high": "1/3"}
    game = duopoly(payoffs=payoffs, types={"1": distribution, "2": distribution}, given=())
    (equilibrium,) = game.solve()
    unknowns = sp.symbols("a b")
    mean = sp.Rational(2, 3) * unknowns[0] + sp.Rational(1, 3) * unknowns[1]
    pairs = zip(unknowns, costs.values(), strict=True)
    values = sp.solve([2 * q - (1 - mean - c) for q, c in pairs], unknowns)
    for (kind, q), player in product(zip(costs, unknowns, strict=True), ("1", "2")):
        assert equilibrium.choices[f"q_{player}_{kind}"] == values[q]


def test_one_type_is_no_type() -> None:
    certain = duopoly(payoffs={"1": {"low": LOW}, "2": "(1 - q_1 - q_2)*q_2"},
                      types={"1": {"low": 1}}, given=())  # fmt: skip
    plain = duopoly(payoffs={"1": LOW, "2": "(1 - q_1 - q_2)*q_2"}, types=None, given=())
    assert certain.solve()[0].choices["q_1_low"] == plain.solve()[0].choices["q_1"]
    assert plain.default_concept == "Nash"


def test_a_payoff_for_all_types_alike() -> None:
    game = duopoly(payoffs={"1": LOW, "2": "(1 - q_1 - q_2)*q_2"})
    choices = game.solve()["interior"].choices
    assert choices["q_1_low"] == choices["q_1_high"] == choices["q_2"] == sp.Rational(1, 3)


def test_round_trip_and_values() -> None:
    game = duopoly()
    again = eeu.from_json(game.to_json())
    assert again == game
    assert again.solve().concept == "Bayesian Nash"
    half = game.at(p="1/2")
    assert half.types["1"] == {"low": sp.Rational(1, 2), "high": sp.Rational(1, 2)}
    assert "alone knows its type" in str(game)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: duopoly(types={"3": {"low": 1}}), "player"),
        (lambda: duopoly(types={"1": {"low": "1/2", "high": "1/3"}}), "sum to 5/6"),
        (lambda: duopoly(types={"1": {"low": 1}}), "a payoff for each type"),
        (lambda: duopoly(types={"1": "low"}), "a mapping of player"),
        (lambda: duopoly(types={"1": {"low": 2, "high": -1}}), "sum to one"),
        (lambda: duopoly(choices={"1": "q_1 >= 0"}), "a choice for 2"),
        (lambda: duopoly(given="q_1_low > 0 and p > 0 and p < 1"), "not used yet"),
    ],
    ids=["player", "sum", "payoffs", "no mapping", "negative", "no choice", "name"],
)
def test_what_is_refused(build: Callable[[], object], message: str) -> None:
    with pytest.raises(GameTheoryError, match=message):
        build()
