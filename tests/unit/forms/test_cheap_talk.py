"""Cheap talk: families on knife edges, planted errors, and bad input."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core.results import FrozenMapping


def talk(**parts: object) -> eeu.CheapTalk:
    usual: dict[str, object] = {
        "sender": "-(y - s - b)**2", "receiver": "-(y - s)**2", "state": "0 <= s <= 1",
        "action": "y", "messages": 2, "given": "b > 0",
    }  # fmt: skip
    return eeu.CheapTalk(**{**usual, **parts})


def test_where_any_cutoff_is_indifferent_there_is_a_family() -> None:
    game = talk(sender="-(y - c*s - b)**2", state="0 <= s <= L", given="b > 0 and c > 0 and L > 0")
    solution = game.solve()
    assert solution.names == ("1 step", "2 steps", "2 steps (2)")
    family = solution["2 steps (2)"]
    assert [s.name for s in family.free] == ["s_1"]
    edge = eeu.equivalent(family.condition, "c == 1/2 and L == 4*b", game.space)
    assert edge.verdict == "proved"
    assert all(check.verdict == "proved" for check in solution.verify().values())


def test_a_planted_cutoff_is_caught() -> None:
    equilibrium = talk().solve()["2 steps"]
    moved = FrozenMapping({**equilibrium.choices, "s_1": sp.Rational(1, 4)})
    assert replace(equilibrium, choices=moved).verify().verdict == "refuted"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"messages": 0}, "messages"),
        ({"messages": 13}, "any_steps"),
        ({"state": "s >= 0"}, "an interval with its ends"),
        ({"state": "0 <= s <= L"}, "0 < L"),
        ({"action": "y >= 0"}, "any real number"),
        ({"receiver": "s"}, "an expression in the action y"),
        ({"given": "s > 0"}, "not on s"),
        ({"sender": "-(y - s - s_1)**2", "given": ()}, "rename the parameter"),
    ],
)
def test_bad_input_is_named(parts: dict[str, object], message: str) -> None:
    with pytest.raises(eeu.GameTheoryError, match=message):
        talk(**parts)


@pytest.mark.parametrize(
    ("sender", "message"),
    [
        ("-(y - s)**4", "degree two in y"),
        ("(y - s)**2", "strictly concave"),
        ("-(y + s)**2", "a higher s is reason"),
    ],
)
def test_payoffs_that_need_not_part_the_states_are_refused(sender: str, message: str) -> None:
    with pytest.raises(eeu.GameTheoryError, match=message):
        talk(sender=sender, given=()).solve()


def test_a_symbol_of_steps_needs_constant_second_differences() -> None:
    with pytest.raises(eeu.GameTheoryError, match="second differences"):
        talk(sender="-(y - 2*s - b)**2").any_steps()
    with pytest.raises(eeu.GameTheoryError, match="a new name"):
        talk().any_steps("b")
