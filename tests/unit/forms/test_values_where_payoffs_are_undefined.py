"""A payoff at values at which it is no real number is refused, in every form, never folded."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import Space, substitute
from gametheory_eeu.errors import DoesNotExistError

x, y = sp.symbols("x y", real=True)

UNDEFINED = [
    ("sqrt(x)**2", -4), ("abs(sqrt(x))", -4), ("x/x", 0), ("1/abs(x)", 0), ("0*log(x)", -1),
    ("log(x)**2", -1), ("max(sqrt(x)**2, -9)", -4), ("Piecewise((1, x > 0))", -1),
    ("0*Piecewise((1, x > 0))", -1), ("1/max(0, -x)", 1), ("0/(max(x, 1) - x)", 2),
    ("(-2)**x", "1/2"), ("((-1)**x)**2", "1/2"), ("sqrt(x)**4", -1), ("0**x", 0),
    ("Piecewise((sqrt(x)**2, x < 0), (2, True))", -1),
]  # fmt: skip


@pytest.mark.parametrize(("payoff", "at"), UNDEFINED)
def test_it_is_refused(payoff: str, at: object) -> None:
    game = eeu.NormalForm([[payoff, 0], [0, 1]], [[1, 0], [0, 1]])
    with pytest.raises(DoesNotExistError, match=f"is not a real number at x = {at}"):
        game.at(x=at)
    even = eeu.SymmetricGame({"a": [payoff, 0], "b": [0, 1]}, 2)
    with pytest.raises(DoesNotExistError, match=f"is not a real number at x = {at}"):
        even.at(x=at)
    assert Space.of(f"{payoff} >= -100").subs({x: sp.sympify(at)}).empty.verdict == "proved"


def test_cases_that_leave_some_values_out_are_refused_before_they_are_solved() -> None:
    columns = [[1, 0], [0, 1]]
    with pytest.raises(DoesNotExistError, match="a real number only where x > 0"):
        eeu.NormalForm([["Piecewise((1, x > 0))", 0], [0, 1]], columns).solve()
    inside = eeu.NormalForm([["Piecewise((1, x > 0))", 0], [0, 1]], columns, given="x > 1")
    assert len(inside.solve().equilibria) == 3


@pytest.mark.parametrize(
    ("payoff", "at", "number"),
    [
        ("sqrt(x)**2", 4, 4),
        ("x/x", 2, 1),
        ("Piecewise((sqrt(x)**2, x > 0), (2, True))", -1, 2),
        ("Piecewise((1/x, x < 0), (2, True))", 0, 2),
        ("(-1)**2*x", 3, 3),
        ("2**x", -1, sp.Rational(1, 2)),
    ],
)
def test_where_it_has_a_value_it_has_that_value(payoff: str, at: int, number: object) -> None:
    game = eeu.NormalForm([[payoff, 0], [0, 1]], [[1, 0], [0, 1]]).at(x=at)
    assert game.payoffs["player 1"]["1", "1"] == number


def test_what_other_symbols_leave_open_stays_as_it_was_written() -> None:
    game = eeu.NormalForm([["y*sqrt(x)**2", 0], [0, 1]], [[1, 0], [0, 1]]).at(y=3)
    with pytest.raises(DoesNotExistError, match="is not a real number at x = -4"):
        game.at(x=-4)
    assert game.at(x=4).payoffs["player 1"]["1", "1"] == 12
    assert substitute(eeu.parse("x/(x*y)"), {y: sp.Integer(2)}).has(sp.Pow(x, -1))
