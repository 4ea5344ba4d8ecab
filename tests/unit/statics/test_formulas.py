"""Comparative statics of a user's own formulas, explicit and implicit, without any game."""

from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownNameError,
)

COURNOT = {"output": "(a - c)/(b*(n + 1))", "price": "(a + n*c)/(n + 1)"}
GIVEN = ["0 < c < a", "b > 0", "n >= 1"]


def test_several_formulas_at_once() -> None:
    table = eeu.comparative_statics(COURNOT, given=GIVEN)
    signs = {(r.quantity, r.parameter.name): r.sign for r in table}
    assert signs == {
        ("output", "a"): "+", ("output", "b"): "-", ("output", "c"): "-", ("output", "n"): "-",
        ("price", "a"): "+", ("price", "c"): "+", ("price", "n"): "-",
    }  # fmt: skip
    assert table.game is None
    assert table.recheck() is True


def test_one_formula_needs_no_name() -> None:
    table = eeu.comparative_statics("tau*(1 - tau)", given="0 < tau < 1")
    assert table[0].reading == "+ iff tau < 1/2"
    assert len(table[0].witnesses) == 2


def test_users_symbols_and_their_assumptions_count() -> None:
    k = sp.Symbol("k", positive=True)
    assert eeu.comparative_statics({"f": sp.sqrt(k)})["f", "k"].sign == "+"


def test_what_is_given_of_nothing_ranges_over_all_reals() -> None:
    table = eeu.comparative_statics("x**2 + y", given="x > 0")
    assert table.notes == ("Nothing is given of y: any real number.",)


def test_an_implicit_quantity_and_its_slope() -> None:
    root = eeu.implicit("x**3 + a*x == b", "x", where="x > 0")
    assert eeu.implicit("x**3 + a*x == b", "x", where=["x > 0"]) == root
    between = eeu.implicit("x**3 + a*x == b", "x", where=["x > 0", sp.Symbol("x", real=True) < 9])
    assert between.branch == eeu.parse("x > 0 and x < 9")
    table = eeu.comparative_statics({"x": root}, given=["a > 0", "b > 0"])
    assert {r.parameter.name: r.sign for r in table} == {"a": "-", "b": "+"}
    for row in table:
        (regular,) = row.regular
        assert regular.verdict == "proved"
        assert row.recheck() is True


def test_a_root_without_a_slope_somewhere_says_so() -> None:
    root = eeu.implicit("x**2 == b", "x")
    (row,) = eeu.comparative_statics({"x": root}, given="b >= 0")
    assert row.regular[0].verdict == "refuted"
    assert row.verdict != "proved"


def test_a_function_of_a_root_is_refused_by_name() -> None:
    with pytest.raises(ParameterError, match="unknown = 'z' is not allowed"):
        eeu.implicit("x**2 == b", "z")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"what": "x", "given": ["x > 1", "x < 0"]}, SpaceError, "cannot hold together"),
        ({"what": {"f": "x > 1"}}, ParameterError, "f = 'x > 1' is not allowed"),
        ({"what": "x*y", "wrt": "z"}, UnknownNameError, "there is no symbol 'z'"),
        ({"what": {"f": "x"}, "quantity": "g"}, UnknownNameError, "there is no formula 'g'"),
        ({"what": "x", "at": "somewhere"}, ParameterError, "formulas have no equilibria"),
        ({"what": eeu.CredibleCommitment(), "given": "mu > 0"}, ParameterError, "its own space"),
    ],
)
def test_bad_input_is_refused(
    arguments: dict[str, Any], error: type[GameTheoryError], message: str
) -> None:
    with pytest.raises(error, match=message):
        eeu.comparative_statics(arguments.pop("what"), **arguments)


def test_what_the_prover_does_not_read_is_unknown_with_the_reason() -> None:
    t = sp.Symbol("t", real=True)
    (row,) = eeu.comparative_statics({"f": sp.sin(t)})
    assert row.verdict == "unknown"
    assert "cos" in row.reading


def test_numbers_beside_the_signs() -> None:
    table = eeu.comparative_statics(COURNOT, given=GIVEN)
    found = table.at_calibration(a=10, c=2, b=1, n=2)
    row = found["output", "b"]
    assert (row.value, row.derivative, row.elasticity) == (
        sp.Rational(8, 3),
        -sp.Rational(8, 3),
        -1,
    )
    assert row.change == sp.Rational(8, 3) / sp.Rational(11, 10) - sp.Rational(8, 3)
    with pytest.raises(UnknownNameError, match="no symbol 'z'"):
        table.at_calibration(z=1)


def test_numbers_that_are_missing_are_named() -> None:
    found = eeu.comparative_statics("a*b*c").at_calibration(a=1, b=2)
    assert len(found) == 0
    assert "no value for c" in found.notes[0]


def test_a_finite_step_crosses_a_kink() -> None:
    table = eeu.comparative_statics("max(0, x)")
    found = table.at_calibration(x=-1, step=3)
    assert (found["f", "x"].derivative, found["f", "x"].change) == (0, 2)
    at_the_kink = table.at_calibration(x=0)
    assert "no derivative in x at this point" in at_the_kink.notes[0]


def test_a_game_at_its_own_numbers() -> None:
    game = eeu.AsymmetricBargaining(
        mu="1/2", b=1, ell=1, o=0, alpha=0, kappa="1/2", V=1, D=1, rho_H=1, rho_i=2
    )
    found = game.comparative_statics("transfer").at_calibration()
    urgency = found["transfer", "hegemon_urgency"]
    assert urgency.value == game.transfer
    moved = game.at(rho_H=sp.Rational(11, 10)).transfer
    assert urgency.change == moved - game.transfer


def test_every_format() -> None:
    table = eeu.comparative_statics(COURNOT, given=GIVEN, title="Cournot")
    assert "Cournot: signs of derivatives" in str(table)
    assert r"\toprule" in table.to_latex()
    assert "<table" in table._repr_html_()
    assert list(table.to_dataframe()["sign"])[:2] == ["+", "-"]
    assert "Cournot" in table.to_json()


@pytest.mark.parametrize("formula", [float("nan"), ["a*b"], None, sp.nan, sp.I, ("a", "b"), True])
def test_what_is_no_formula_is_refused(formula: Any) -> None:
    with pytest.raises(ParameterError):
        eeu.comparative_statics({"q": formula})


def test_the_names_of_formulas_are_text() -> None:
    with pytest.raises(ParameterError, match="names that are text"):
        eeu.comparative_statics({3: "a"})


@pytest.mark.parametrize("equation", ["x > 0", "x == 1 and a == 2", True])
def test_a_root_is_of_an_equation(equation: object) -> None:
    with pytest.raises(ParameterError, match="an equation, written with =="):
        eeu.implicit(equation, "x")
