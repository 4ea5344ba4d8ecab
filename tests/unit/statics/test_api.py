"""What is asked for statics: payoffs as text, and games that are not solved."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError, TooLargeError, UnsupportedError
from gametheory_eeu.statics.api import _check_actions, _parse_payoffs

x, y, a, b, c = sp.symbols("x y a b c", real=True)


def test_payoffs_as_text_bring_their_own_symbols() -> None:
    payoffs, choices, space = _parse_payoffs(
        {"one": "a*x - x**2 + c*x*y", "two": y * b}, {"one": "x", "two": y}, "0 <= x <= 1 and a > 0"
    )
    assert payoffs == {"one": a * x - x**2 + c * x * y, "two": b * y}
    assert choices == {"one": x, "two": y}
    assert sorted(space.symbols, key=str) == [a, b, c, x, y]
    assert len(set(space.symbols)) == len(space.symbols)
    assert set(space.constraints) == {sp.Le(0, x, evaluate=False), x <= 1, a > 0}


def test_what_is_given_must_leave_a_point() -> None:
    with pytest.raises(ParameterError, match="constraints that some point obeys"):
        _parse_payoffs({"one": "a*x"}, {"one": "x"}, ["a > 0", "a < 0"])


@pytest.mark.parametrize("error", [TooLargeError("too much"), UnsupportedError("not here")])
def test_a_game_that_is_not_solved_says_why(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(game: object, concept: str | None = None) -> None:
        raise error

    monkeypatch.setattr(eeu.NormalForm, "solve", refuse)
    game = eeu.NormalForm([["a", 0], [0, 1]], [[1, 0], [0, 1]], given="a > 0")
    table = eeu.comparative_statics(game)
    assert len(table) == 0
    assert f"The game was not solved: {error}." in table.notes


@pytest.mark.parametrize("actions", [None, {}, {"1": x}, {"1": x, "2": y, "3": a}, "xy"])
def test_every_player_has_an_action(actions):
    with pytest.raises(ParameterError, match="a symbol for each of 1, 2"):
        _check_actions({"1": x * y, "2": y}, actions)
    with pytest.raises(ParameterError, match="actions"):
        _check_actions({}, {})
    _check_actions({"1": x * y, "2": y}, {"1": x, "2": "y"})
