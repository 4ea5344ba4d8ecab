"""Statics of a solution in one call; derivatives of zero; what is counted is what is shown."""

from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.errors import UnknownNameError

CHOICES = [["C", "D"]] * 2
DILEMMA = eeu.NormalForm(
    [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], actions=CHOICES, given="T > R > P > S"
)
COORDINATION = eeu.NormalForm([["a", 0], [0, 1]], [["b", 0], [0, 1]], given="a > 0 and b > 0")
MIXED = "1 + 2, 1 + 2"


def signs(table: Any, quantity: str) -> dict[str, str]:
    return {p.name: table[quantity, p.name].sign for p in table.parameters}


def test_a_dilemma_has_the_rows_that_are_printed() -> None:
    table = eeu.comparative_statics(DILEMMA)
    payoff = {"P": "+", "R": "0", "S": "0", "T": "0"}
    assert signs(table, "payoff of player 1 at D, D") == payoff
    assert signs(table, "least equilibrium") == {"P": ">=0", "R": "<=0", "S": "<=0", "T": ">=0"}
    assert repr(table) == (
        "<2 comparative statics: 2 proved, 0 depend; 6 of zero; 8 of the least and the greatest "
        "equilibrium: 8 proved>"
    )
    assert len(table.all_rows) == 16
    assert table.recheck() is True
    printed = [line.split()[-4:] for line in str(table).splitlines() if line.startswith("payoff")]
    assert printed == [["+", "0", "0", "0"]] * 2


def test_mixing_probabilities_and_payoffs_in_one_call() -> None:
    table = COORDINATION.solve().comparative_statics()
    assert signs(table, f"probability of 1 by player 1 at {MIXED}") == {"a": "0", "b": "-"}
    assert signs(table, f"probability of 1 by player 2 at {MIXED}") == {"a": "-", "b": "0"}
    assert signs(table, f"payoff of player 1 at {MIXED}") == {"a": "+", "b": "0"}
    assert table.recheck() is True
    found = table.at_calibration(a=3, b=1)[f"probability of 1 by player 2 at {MIXED}", "a"]
    assert (found.value, found.derivative) == (sp.Rational(1, 4), -sp.Rational(1, 16))


def test_an_equilibriums_own() -> None:
    table = COORDINATION.solve()[MIXED].comparative_statics("payoff", wrt="a")
    assert [row.quantity for row in table] == [f"payoff of player 1 at {MIXED}"]
    assert [row.quantity for row in table.zeros] == [f"payoff of player 2 at {MIXED}"]


def test_of_a_tree_beliefs_move_too() -> None:
    found = eeu.CredibleCommitment().solve()["join"].comparative_statics("belief", wrt="mu")
    assert {row.quantity.split()[2]: row.sign for row in found} == {
        "restrained": "+", "held": "<=0", "free": "-",
    }  # fmt: skip


def test_a_claim_holds_where_the_equilibrium_exists() -> None:
    game = eeu.NormalForm([["a", 0], [0, "1 - a"]], [[1, 0], [0, 1]])
    row = game.solve().comparative_statics()[f"probability of 1 by player 2 at {MIXED}", "a"]
    assert row.sign == "-"
    assert eeu.prove("0 < a and a < 1", given=row.space).verdict == "proved"


def test_a_derivative_that_is_zero_is_zero() -> None:
    table = eeu.comparative_statics({"f": "x", "g": "y"}, given="x > 0 and y > 0")
    assert signs(table, "f") == {"x": "+", "y": "0"}
    assert signs(table, "g") == {"x": "0", "y": "+"}
    row = table["g", "x"]
    assert (row.sign, row.verdict, row.derivative) == ("0", "proved", 0)
    assert row.recheck() is True
    assert list(table.to_dataframe()["sign"]) == ["+", "+", "0", "0"]
    assert [line.split()[-2:] for line in str(table).splitlines()[3:5]] == [["+", "0"], ["0", "+"]]


def test_of_a_game_zeros_are_shown_and_come_back_from_json() -> None:
    table = eeu.AsymmetricBargaining().comparative_statics("surplus")
    assert table.zeros == ()  # only parameters that move something in the table are its columns
    table = eeu.CredibleCommitment().comparative_statics()
    assert table["trust_threshold", "v"].sign == "0"
    back = display.from_json(table.to_json())
    assert back["trust_threshold", "v"].sign == "0"


def test_a_game_in_numbers_says_so() -> None:
    game = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    for table in (eeu.comparative_statics(game), game.solve().comparative_statics()):
        assert len(table.all_rows) == 0
        assert table.notes == ("The game is in numbers: it has no symbol that could move.",)


def test_a_continuum_is_named() -> None:
    game = eeu.NormalForm([["a", "a"], [0, 0]], [[0, 0], [0, 0]], given="a > 0")
    assert (
        "Continua, of which no derivative is taken: " in game.solve().comparative_statics().notes[0]
    )


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"quantity": "price"}, "quantity"),
        ({"wrt": "z"}, "symbol"),
        ({"at": "C, C"}, "equilibrium"),
    ],
)
def test_unknown_names(asked: dict[str, str], kind: str) -> None:
    with pytest.raises(UnknownNameError, match=f"there is no {kind}"):
        eeu.comparative_statics(DILEMMA, **asked)


def test_of_a_tree_with_sets_named_after_what_is_known() -> None:
    tree = (
        eeu.ExtensiveForm.builder("h", "l", given="a > 0")
        .move("h", ["lo", "hi"])
        .move("l", ["lo", "hi"], after="lo")
        .move("l", ["lo", "hi"], after="hi")
        .payoffs("lo/*", 0, 0)
        .payoffs("hi/lo", "a", 0)
        .payoffs("hi/hi", "2*a", 1)
        .build()
    )
    assert set(tree.information_sets) != set(tree.players)
    table = eeu.comparative_statics(tree)
    assert table["least equilibrium", "a"].sign in (">=0", "0")
    assert any("Nash equilibria in plans" in note for note in table.notes)


def test_of_one_payoff_no_monotone_statics_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]], given="a > 0")
    monkeypatch.setattr("gametheory_eeu.statics.api.monotone_statics", None)
    table = eeu.comparative_statics(game, "payoff of player 1 at 1, 1")
    assert [(row.parameter.name, row.sign) for row in table] == [("a", "+")]
