"""Statics of interior equilibria by the implicit function theorem, solved or not."""

from dataclasses import replace

import pytest
import sympy as sp
from scipy.optimize import fsolve

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError


def quartic() -> eeu.ContinuousGame:
    return eeu.ContinuousGame(
        {"1": "a*x - x**2 - x**4 + x*y/2", "2": "b*y - y**2 - y**4 - x*y/3"},
        choices={"1": "0 <= x <= 5", "2": "0 <= y <= 5"}, given="0 < a < 5 and 0 < b < 5",
    )  # fmt: skip


def cournot() -> eeu.ContinuousGame:
    return eeu.ContinuousGame(
        {"1": "(a - q_1 - q_2 - c_1)*q_1", "2": "(a - q_1 - q_2 - c_2)*q_2"},
        choices={"1": "q_1 >= 0", "2": "q_2 >= 0"}, given="0 < c_1 < a and 0 < c_2 < a",
    )  # fmt: skip


def test_signs_are_proved_without_a_solution() -> None:
    rows = eeu.interior_statics(quartic())
    signs = {(row.choice, row.parameter): row.sign for row in rows}
    assert signs == {("x", "a"): "+", ("y", "a"): "-", ("x", "b"): "+", ("y", "b"): "+"}
    assert all(row.recheck() for row in rows)
    assert "How interior choices move" in str(rows)


@pytest.mark.parametrize(("a", "b"), [(2.0, 2.0), (4.0, 1.5), (1.0, 3.0)])
def test_derivatives_are_finite_differences_of_numerical_equilibria(a: float, b: float) -> None:
    def equilibrium(a: float, b: float) -> tuple[float, float]:
        x, y = fsolve(
            lambda z: [a - 2 * z[0] - 4 * z[0] ** 3 + z[1] / 2,
                       b - 2 * z[1] - 4 * z[1] ** 3 - z[0] / 3], [0.5, 0.5], xtol=1e-13,
        )  # fmt: skip
        return float(x), float(y)

    here, step = equilibrium(a, b), 1e-5
    assert min(here) > 0
    names = {"a": a, "b": b, "x": here[0], "y": here[1]}
    for row in eeu.interior_statics(quartic()):
        moved = equilibrium(a + step, b) if row.parameter == "a" else equilibrium(a, b + step)
        k = "xy".index(row.choice)
        formula = sp.lambdify([sp.Symbol(n, real=True) for n in names], row.derivative)
        assert (moved[k] - here[k]) / step == pytest.approx(formula(*names.values()), rel=1e-3)


def test_where_there_is_a_closed_form_its_derivatives_are_these() -> None:
    game = cournot()
    interior = game.solve()["interior"]
    for row in eeu.interior_statics(game):
        symbol = sp.Symbol(row.parameter, real=True)
        assert sp.simplify(sp.diff(interior.choices[row.choice], symbol) - row.derivative) == 0


def test_one_parameter_and_a_condition() -> None:
    rows = eeu.interior_statics(cournot(), given="c_1 < c_2", wrt="c_1")
    assert [row.sign for row in rows] == ["-", "+"]
    assert rows["q_1", "c_1"].derivative == sp.Rational(-2, 3)


@pytest.mark.parametrize(
    ("payoffs", "words"),
    [
        ({"1": "x*y - x**2/2 + a*x", "2": "x*y - y**2/2 - a*y"}, "regular"),
        ({"1": "Min(x, a) - x**2", "2": "y - y**2"}, "pieces"),
        ({"1": "a*x", "2": "y - y**2"}, "clash"),
    ],
    ids=["singular", "pieces", "no interior"],
)
def test_what_cannot_be_said_is_refused(payoffs: dict[str, str], words: str) -> None:
    text = {k: v.replace("Min", "min") for k, v in payoffs.items()}
    game = eeu.ContinuousGame(
        text, choices={"1": "0 <= x <= 5", "2": "0 <= y <= 5"}, given="0 < a < 1"
    )
    with pytest.raises(GameTheoryError, match=words):
        eeu.interior_statics(game)


def test_bad_input_is_named() -> None:
    with pytest.raises(GameTheoryError, match="continuous choices"):
        eeu.interior_statics(eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]]))
    with pytest.raises(GameTheoryError, match="c_1"):
        eeu.interior_statics(cournot(), wrt="c_3")
    with pytest.raises(GameTheoryError, match="game"):
        eeu.interior_statics("cournot")


def test_comparative_statics_go_on_where_closed_forms_end() -> None:
    solution = quartic().solve()
    assert solution.complete_where != sp.true
    table = solution.comparative_statics()
    name = "{} at every interior equilibrium"
    expected = {("choice of x", "a"): "+", ("choice of y", "a"): "-", ("choice of x", "b"): "+",
                ("choice of y", "b"): "+", ("payoff of 1", "a"): "+", ("payoff of 2", "a"): "-",
                ("payoff of 1", "b"): "+", ("payoff of 2", "b"): "+"}  # fmt: skip
    assert {(k, t): table[name.format(k), t].sign for k, t in expected} == expected
    assert all(row.regular[0].verdict == "proved" for row in table)
    assert table.recheck() is True
    assert eeu.comparative_statics(quartic(), "choice", "a").rows == table.rows[:2]
    assert "implicit function theorem" in " ".join(table.notes)


def test_recheck_finds_a_planted_derivative() -> None:
    row = quartic().solve().comparative_statics("choice", "a").rows[0]
    (branch,) = row.branches
    wrong = replace(branch, derivative=2 * branch.derivative)
    assert row.recheck() is True
    assert replace(row, branches=(wrong,)).recheck() is False


def test_where_the_jacobian_may_be_singular_the_table_says_so() -> None:
    game = eeu.ContinuousGame({"1": "a*x - b*x**2/2 + x**3/3 - x**6/6"}, choices={"1": "x >= 0"},
                              given="0 < a < 1 and 0 < b < 2")  # fmt: skip
    table = eeu.comparative_statics(game)
    assert not any("every interior" in row.quantity for row in table)
    assert "was not proved to be regular" in " ".join(table.notes)
