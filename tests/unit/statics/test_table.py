"""Tables of comparative statics: what is in them, how it is found, and what is asked for."""

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import REAL, Parameter, Space
from gametheory_eeu.errors import PositionError, UnknownNameError
from gametheory_eeu.statics.api import game_statics
from gametheory_eeu.statics.derivatives import Target
from gametheory_eeu.statics.row_computation import MAX_ZEROS, Setting, zero_derivatives
from gametheory_eeu.statics.table import StaticsTable

GAME = eeu.Participation()
DILEMMA = eeu.NormalForm(
    [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], actions=[["C", "D"]] * 2,
    given="T > R > P > S",
)  # fmt: skip


def formulas(formula: Any = "a*b + c", **options: Any) -> StaticsTable:
    found: StaticsTable = eeu.comparative_statics(formula, **options)
    return found


def keys(found: Any) -> list[tuple[str, str]]:
    return [(row.quantity, row.parameter.name) for row in found]


def test_rows_are_found_by_position_and_by_name() -> None:
    table = formulas({"f": "a*b", "g": "a + c"})
    assert keys(table) == [("f", "a"), ("f", "b"), ("g", "a"), ("g", "c")]
    assert keys(table.zeros) == [("f", "c"), ("g", "b")]
    assert keys(table.all_rows) == [*keys(table), *keys(table.zeros)]
    assert len(table) == 4
    assert table[1] is table["f", "b"] is table.rows[1]
    assert table[-1] is table.rows[3]
    assert table["f", "c"].sign == "0"
    with pytest.raises(PositionError):
        table[4]  # zeros do not count
    with pytest.raises(UnknownNameError):
        table["f", "d"]


def test_parameters_are_in_the_order_of_their_declaration() -> None:
    table = formulas({"f": "c + b", "g": "a"}, given="a > 0 and b > 0 and c > 0")
    symbols = [s.name for s in table.rows[0].space.symbols]
    assert [p.name for p in table.parameters] == symbols
    assert [p.name for p in replace(table, rows=table.rows[:1], zeros=()).parameters] == [
        table.rows[0].parameter.name]  # fmt: skip
    still = replace(table, rows=())
    assert {p.name for p in still.parameters} == {"a", "b", "c"}
    assert StaticsTable(()).parameters == ()
    table = game_statics(GAME, "uniform_bill")
    declared = [p.symbol for p in GAME.parameters]
    moving = [p.symbol for p in table.parameters]
    assert moving == [symbol for symbol in declared if symbol in moving]
    assert set(moving) == {row.parameter.symbol for row in table}
    assert len(moving) == 3


def test_a_table_says_how_much_it_proved() -> None:
    table = formulas({"f": "a*b", "g": "a + c"})
    assert repr(table) == "<4 comparative statics: 2 proved, 2 depend; 2 of zero>"
    assert repr(replace(table, zeros=())) == "<4 comparative statics: 2 proved, 2 depend>"
    ends = eeu.comparative_statics(DILEMMA)
    assert repr(ends).endswith("; 8 of the least and the greatest equilibrium: 8 proved>")
    assert repr(StaticsTable(())) == "<0 comparative statics: 0 proved, 0 depend>"


def test_numbers_at_a_calibration() -> None:
    table = formulas("a*b**2")
    at = table.at_calibration(a=3, b=2)
    assert at.title == table.title
    assert [(r.parameter, r.derivative) for r in at] == [("a", 4), ("b", 12)]
    assert table.at_calibration(a=3, b=2, step=1)["f", "b"].change == 3 * 9 - 12
    with pytest.raises(UnknownNameError, match="d"):
        table.at_calibration(a=3, b=2, d=1)
    assert len(table.at_calibration(a=3)) == 0
    only_b = replace(table, rows=table.rows[1:])
    assert len(only_b.at_calibration(a=3, b=2)) == 1  # a is in the row, though it has none


def test_numbers_of_a_game_start_from_its_values() -> None:
    game = eeu.CredibleCommitment(membership_benefit=2, encroachment_loss=1)
    row_of, name = ("trust_threshold", "sigma"), ("trust_threshold", "opportunist_restraint")
    table = game_statics(game, "trust_threshold")
    at = table.at_calibration(sigma="1/4", mu="1/2")
    assert at.title == "CredibleCommitment"
    sigma = game.symbols.sigma
    assert at[name].derivative == table[row_of].derivative.xreplace({sigma: sp.Rational(1, 4)})
    valued = game_statics(game.at(sigma="1/4", mu="1/2"), "trust_threshold")
    assert valued.at_calibration()[name].derivative == at[name].derivative


def test_what_is_asked_of_a_game() -> None:
    lone = game_statics(GAME, "uniform_bill", "P")
    assert keys(lone) == [("uniform_bill", "hegemon_power")]
    payoffs = game_statics(GAME, "payoff")
    assert payoffs.rows
    assert {quantity.split(" of ")[0] for quantity, _ in keys(payoffs)} == {"payoff"}
    at = game_statics(GAME, at="all-Join")
    assert {quantity for quantity, _ in keys(at)} == {"payoff of member at all-Join"}
    for unknown in ({"quantity": "nothing"}, {"wrt": "nothing"}, {"at": "nothing"}):
        with pytest.raises(UnknownNameError):
            game_statics(GAME, **unknown)
    with pytest.raises(UnknownNameError, match="uniform_bill"):
        game_statics(GAME, "uniform")
    zeros = game_statics(GAME, "uniform_bill").zeros
    assert not set(keys(zeros)) & set(keys(game_statics(GAME, "uniform_bill")))


def test_a_table_is_checked_row_by_row() -> None:
    class Row:
        def __init__(self, outcome: bool | None) -> None:
            self.outcome = outcome

        def recheck(self) -> bool | None:
            return self.outcome

    def checked(*outcomes: bool | None) -> bool | None:
        rows: Any = tuple(map(Row, outcomes))
        return StaticsTable(rows).recheck()

    assert checked() is checked(True, True) is True
    assert checked(True, None) is None
    assert checked(None, False, True) is False


def test_zeros_are_listed_only_where_they_are_not_too_many() -> None:
    x, y = sp.symbols("x y", real=True)
    parameter = Parameter("x", x, REAL, "a number")
    setting = Setting((parameter,), Space.of(symbols=[x, y]), {})
    target = Target("f", "F", y)
    (zero,) = zero_derivatives([target], setting, [parameter])
    assert (zero.sign, zero.parameter) == ("0", parameter)
    assert zero_derivatives([target] * (MAX_ZEROS + 1), setting, [parameter]) == ()
    assert zero_derivatives([], setting, [parameter]) == ()
