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


def entry() -> eeu.ExtensiveForm:
    tree = eeu.ExtensiveForm.builder("1", "2", given="0 < b < 1")
    tree = tree.move("1", ["in", "out"]).move("2", ["fight", "yield"], after="in")
    return (
        tree.payoffs("out", 0, 2).payoffs("in/fight", -1, "-b").payoffs("in/yield", 1, "b").build()
    )


FORMS = {
    "NormalForm": lambda: eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]], given="a > 0"),
    "ExtensiveForm": entry,
    "SymmetricGame": lambda: eeu.SymmetricGame(
        {"in": ["a", "a - c"], "out": [0, 0]}, 2, given="0 < a < c"
    ),
    "ContinuousGame": lambda: eeu.ContinuousGame(
        {"1": "x*(a - x - y)", "2": "y*(a - x - y)"}, {"1": "x >= 0", "2": "y >= 0"}, given="a > 0"
    ),
    "SignallingGame": lambda: eeu.SignallingGame(
        sender={"low": "w - e/t", "high": "w - e/(2*t)"},
        receiver={"low": "-(w - t)**2", "high": "-(w - 2*t)**2"},
        signal="e >= 0", reply="w", prior={"low": "1/2", "high": "1/2"}, given="t > 0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_has_its_comparative_statics(kind: str) -> None:
    game = FORMS[kind]()
    table = game.comparative_statics()
    assert len(table) > 0
    assert table == eeu.comparative_statics(game)
    title = str(game.solve()).partition(":")[0]
    assert str(table).startswith(f"{title}: signs of derivatives\n")


def test_where_no_theorem_applies_it_is_said_once() -> None:
    hawk_dove = eeu.NormalForm(
        [["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]], given="0 < v < c"
    )
    text = " ".join(str(hawk_dove.comparative_statics()).split())
    assert text.count("no theorem applies") == 1
    assert text.count("least equilibrium") == text.count("greatest equilibrium") == 1
    only = str(hawk_dove.comparative_statics("least equilibrium"))
    assert "?" in only.splitlines()[3]  # what was asked for has its row
