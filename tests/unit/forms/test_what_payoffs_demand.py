"""Payoffs that are not real numbers everywhere, and payoffs in data frames."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from gametheory_eeu import ExtensiveForm, NormalForm, SymmetricGame
from gametheory_eeu.errors import DoesNotExistError, ParameterError


def game(payoff: str, given: Any = ()) -> NormalForm:
    return NormalForm([[payoff, 0], [0, 1]], [[1, 0], [0, 1]], given=given)


UNDEFINED = [
    ("sqrt(a)", "a >= 0"),
    ("1/sqrt(a)", "a > 0"),
    ("a**(1/3)", "a >= 0"),
    ("x/y", "y != 0"),
    ("1/(a - b)", "a - b != 0"),
    ("log(a)", "a > 0"),
    ("max(a, 1/b)", "b != 0"),
    ("sqrt(1 - a) + sqrt(a)", "1 - a >= 0"),
]


@pytest.mark.parametrize(("payoff", "fix"), UNDEFINED)
def test_a_payoff_undefined_somewhere_is_refused_with_a_point(payoff: str, fix: str) -> None:
    with pytest.raises(DoesNotExistError) as caught:
        game(payoff).solve("pure Nash")
    told = str(caught.value)
    assert told.startswith("the payoff of player 1 at 1, 1 is ")
    assert "what is given allows" in told
    assert "add to given= the condition" in told


@pytest.mark.parametrize(("payoff", "fix"), UNDEFINED[:-1])
def test_the_fix_that_is_named_is_one(payoff: str, fix: str) -> None:
    with pytest.raises(DoesNotExistError) as caught:
        game(payoff).solve("pure Nash")
    assert repr(fix) in str(caught.value)
    assert game(payoff, fix).solve("pure Nash").names


@pytest.mark.parametrize(
    ("payoff", "given"),
    [
        ("x/(y**2 + 1)", ()),
        ("1/(a + b)", ["a > 0", "b > 0"]),
        ("sqrt(a*b)", ["a > 1", "b >= 0"]),
        ("sqrt(1 - a) + sqrt(a)", "0 <= a <= 1"),
        ("exp(a)", ()),
        ("a**2 - 3*a", ()),
        ("sqrt(2)*a", ()),
    ],
)
def test_what_is_real_everywhere_is_solved(payoff: str, given: Any) -> None:
    assert game(payoff, given).solve("pure Nash").names


def test_a_polynomial_asks_nothing_of_the_prover(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("gametheory_eeu.forms.game_form.prover.prove", refuse)
    assert game("a**3 - a*b + sqrt(2)").solve("pure Nash").names
    with pytest.raises(AssertionError):
        game("a/b").solve("pure Nash")


def test_trees_and_symmetric_games_too() -> None:
    tree = ExtensiveForm.builder("A").move("A", ["x", "y"]).payoffs("x", "1/k").payoffs("y", 0)
    with pytest.raises(DoesNotExistError, match="the payoff of A after x is 1/k"):
        tree.build().solve()
    with pytest.raises(DoesNotExistError, match="the payoff of a against 0 is 1/k"):
        SymmetricGame({"a": ["1/k", 0], "b": [0, 0]}, players=2).solve()


def test_a_solution_without_any_equilibrium_is_never_that_of_a_hole() -> None:
    """What went unseen: the cell y = 0 had none, though every game has an equilibrium."""
    solution = game("x/y", "y != 0").solve()
    assert [len(solution.at(x=x, y=1)) for x in (-1, 1)] == [1, 3]


def frame(values: list[list[int]], rows: list[Any], columns: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(values, index=rows, columns=columns)


def test_a_data_frame_names_the_actions() -> None:
    mine = frame([[3, 0], [5, 1]], ["C", "D"], ["c", "d"])
    theirs = frame([[3, 5], [0, 1]], ["C", "D"], ["c", "d"])
    found = NormalForm(mine, theirs)
    assert found == NormalForm([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"], ["c", "d"]])
    renamed = NormalForm(mine, theirs, actions=[["1", "2"]] * 2)
    assert renamed.actions["player 1"] == ("1", "2")


def test_data_frames_without_names_are_numbered_and_others_must_agree() -> None:
    plain = frame([[3, 0], [5, 1]], [0, 1], [0, 1])
    assert NormalForm(plain, plain).actions["player 1"] == ("1", "2")
    with pytest.raises(ParameterError, match="data frames with the same rows and columns"):
        NormalForm(plain, frame([[3, 0], [5, 1]], ["C", "D"], ["c", "d"]))
