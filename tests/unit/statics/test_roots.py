"""Roots of equations: kinks and jumps in the equation, whole numbers, what a root is a root of."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError
from gametheory_eeu.statics import ComparativeStatic
from gametheory_eeu.statics.recheck import local_effect

a, x = sp.symbols("a x", real=True)
k = sp.Symbol("k", integer=True, positive=True)


def lone(equation: object, where: object = sp.true, given: object = ()) -> ComparativeStatic:
    row: ComparativeStatic
    (row,) = eeu.comparative_statics({"f": eeu.implicit(equation, "x", where)}, given=given)
    return row


@pytest.mark.parametrize(
    ("equation", "edge"),
    [
        (x - sp.Piecewise((a, a < 1), (a - 5, True)), a - 1),
        (x - sp.Piecewise((1, a < 1), (-5, True)), a - 1),
        (sp.Piecewise((x, x < 1), (x - 5, True)) - a, x - 1),
        (x - a - sp.Abs(a), a),
        (x + sp.Abs(x) / 2 - a, x),
    ],
)
def test_no_slope_is_claimed_where_the_equation_changes_its_form(
    equation: sp.Expr, edge: sp.Expr
) -> None:
    assert sp.Ne(edge, 0) in lone(equation).space.constraints


def test_one_more_of_a_whole_number_may_pass_a_pole() -> None:
    """1/(2*k - 5) is -1 at 2 and 1 at 3, though its slope is negative at every whole number."""
    for equation in ("x == 1/(2*k - 5)", "x*(2*k - 5) == 1"):
        found = lone(eeu.parse(equation, known={"k": k}))
        assert found.sign == "?"
        assert [found.branches[0].derivative.subs(k, n) for n in (1, 2, 3)] == [
            -sp.Rational(2, 3), 2, -sp.Rational(2, 3)]  # fmt: skip
        assert found.recheck() is True


def test_a_slope_says_nothing_of_what_one_more_adds() -> None:
    found = lone(x - (k - sp.Rational(7, 5)) ** 2)  # 4/25, 9/25: rises, where the slope falls
    assert (found.sign, found.reading) == ("+", "+")
    assert lone(x**3 - k, x > 0).sign == "?"


def test_where_the_sides_have_a_value_is_not_forgotten() -> None:
    assert sp.Ne(x, 0) in lone("x/x*a == x").space.constraints


def test_roots_are_checked_at_points_of_their_equation() -> None:
    assert lone("x**3 - 3*x == a", "x > 1").recheck() is True
    assert lone("x == log(a)").recheck() is None
    table = eeu.comparative_statics({"f": eeu.implicit("exp(x) == a", "x")})
    assert table.notes[-1] == (
        "f: x solves -a + exp(x) = 0; its signs are claimed where there is such a root."
    )


def test_a_fall_is_said_by_how_much_it_falls() -> None:
    fall = sp.Piecewise((x, x < 1), (x - 5, True))
    (row,) = eeu.comparative_statics(fall)
    assert [edge.what for edge in row.boundaries] == ["jumps down by 5"]
    assert [edge.size for edge in row.boundaries] == [-5]


def test_a_derivative_that_nobody_knows_has_no_number() -> None:
    table = eeu.comparative_statics(sp.floor(x))
    assert table[0].recheck() is None
    assert "the derivative of f in x is not known" in table.at_calibration(x=1).notes[0]


def test_an_infinite_slope_is_no_number() -> None:
    (row,) = eeu.comparative_statics("sqrt(x)", given="x >= 0")
    with pytest.raises(DoesNotExistError, match="has no derivative in x at this point"):
        local_effect(row, {row.parameter.symbol: sp.Integer(0)})


@pytest.mark.parametrize("power", ["1/2", "1/3", "3/4"])
def test_a_slope_that_is_infinite_at_an_edge_is_claimed_inside(power: str) -> None:
    (row,) = eeu.comparative_statics(f"x**({power})", given="x >= 0")
    assert (row.sign, row.verdict) == ("+", "proved")
    assert sp.Gt(x, 0) in row.space.constraints
    assert row.recheck() is True


@pytest.mark.parametrize("power", ["3/2", "5/4"])
def test_a_slope_of_zero_at_an_edge_stands_its_recheck(power: str) -> None:
    (row,) = eeu.comparative_statics(f"x**({power})", given="x >= 0")
    assert row.sign == ">=0"
    assert row.recheck() is not False


def test_roots_that_meet_at_an_edge() -> None:
    for equation, where, zero in (("x**3 == a", sp.true, x), ("x**2 == a", "x >= 0", x)):
        found = lone(equation, where)
        assert found.sign == "+"
        assert sp.Ne(zero, 0) in found.space.constraints
        assert found.recheck() is True
