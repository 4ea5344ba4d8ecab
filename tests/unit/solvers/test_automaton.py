"""Repeated games as automata, against sums of payoffs over many periods."""

from fractions import Fraction
from itertools import islice
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.solvers.repeated_games import (
    Automaton,
    State,
    Transition,
    one_shot_deviations,
    player_plans,
    state_values,
    substitute_values,
)

d = sp.Symbol("delta", real=True)
PAYOFFS = {("C", "C"): (2, 2), ("C", "D"): (-1, 3), ("D", "C"): (3, -1), ("D", "D"): (0, 0)}


def grim(discount: Any = d) -> Automaton:
    """Cooperation until somebody defects."""

    def steps(punished: bool) -> dict[Any, Transition]:
        return {
            profile: Transition(
                {"1": sp.Integer(u), "2": sp.Integer(v)}, sp.sympify(discount),
                "bad" if punished or profile != ("C", "C") else "good")
            for profile, (u, v) in PAYOFFS.items()
        }  # fmt: skip

    return {
        "good": State({"1": "C", "2": "C"}, steps(False)),
        "bad": State({"1": "D", "2": "D"}, steps(True)),
    }


def tour(discount: Any = d) -> Automaton:
    """Two states before a cycle of three, one of them without discounting."""

    def state(payoff: Any, then: str, factor: Any = discount) -> State:
        step = Transition({"1": sp.sympify(payoff)}, sp.sympify(factor), then)
        return State({"1": "go"}, {("go",): step})

    return {"a": state(1, "b"), "b": state(2, "c"), "c": state(3, "e"), "e": state(5, "f", 1),
            "f": state(7, "c")}  # fmt: skip


def test_values_are_discounted_sums() -> None:
    found = state_values(tour())
    assert set(found) == set(tour())
    half = sp.Rational(1, 2)
    for start in tour():
        total, weight, name = sp.Integer(0), sp.Integer(1), start
        for _ in range(120):
            step = tour(half)[name].plan_transition
            total += weight * step.payoffs["1"]
            weight, name = weight * step.discount, step.next_state
        assert abs(found[start]["1"].subs(d, half) - total) < sp.Rational(1, 10**15)
    cycle = (3 + d * 5 + d * 7) / (1 - d**2)
    assert sp.cancel(found["c"]["1"] - cycle) == 0
    assert sp.cancel(found["b"]["1"] - (2 + d * cycle)) == 0
    values = state_values(grim())
    assert sp.cancel(values["good"]["2"] - 2 / (1 - d)) == 0
    assert values["bad"] == {"1": 0, "2": 0}


def test_one_shot_deviations_and_their_gains() -> None:
    found = list(one_shot_deviations(grim()))
    assert {(x.state, x.player, x.action) for x in found} == {
        ("good", "1", "D"), ("good", "2", "D"), ("bad", "1", "C"), ("bad", "2", "C")}  # fmt: skip
    assert len(found) == 4
    for deviation in found:
        expected = 3 - 2 / (1 - d) if deviation.state == "good" else sp.Integer(-1)
        assert sp.cancel(deviation.gain - expected) == 0


def test_cycles_must_be_discounted() -> None:
    with pytest.raises(ParameterError, match="discount"):
        state_values(tour(1))
    here = {"a": State({"1": "go"}, {("go",): Transition({"1": sp.Integer(1)}, d, "nowhere")})}
    with pytest.raises(UnknownNameError, match="nowhere"):
        state_values(here)
    assert state_values({}) == {}


def test_a_players_plans_are_all_combinations_of_its_actions() -> None:
    plans = dict(player_plans(grim(), "1"))
    assert set(plans) == {f"good: {x}; bad: {y}" for x in "CD" for y in "CD"}
    for name, automaton in plans.items():
        chosen = dict(part.split(": ") for part in name.split("; "))
        for state, action in chosen.items():
            assert dict(automaton[state].prescription) == {
                "1": action, "2": grim()[state].prescription["2"]}  # fmt: skip
            assert automaton[state].steps.keys() == grim()[state].steps.keys()
    only_second = {**grim(), "bad": State({"2": "D"}, {("D",): Transition(
        {"1": sp.Integer(0), "2": sp.Integer(0)}, d, "bad")})}  # fmt: skip
    assert set(dict(player_plans(only_second, "1"))) == {"good: C", "good: D"}
    assert [dict(a["bad"].prescription) for _, a in islice(player_plans(only_second, "2"), 1)] == [
        {"2": "D"}]  # fmt: skip


def test_numbers_for_symbols() -> None:
    third = sp.Rational(1, 3)
    found = substitute_values(grim(), {d: third})
    assert found == grim(third)
    assert Fraction(str(state_values(found)["good"]["1"])) == 3
    with_payoff = {"a": State({"1": "go"}, {("go",): Transition({"1": d}, d**2, "a")})}
    (step,) = substitute_values(with_payoff, {d: third})["a"].steps.values()
    assert (step.payoffs["1"], step.discount, step.next_state) == (third, sp.Rational(1, 9), "a")
