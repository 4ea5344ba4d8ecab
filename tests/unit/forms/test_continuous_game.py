"""Continuous games: what is read, what is refused, and how results show themselves."""

import pickle
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError, GameTheoryError

x, y = sp.symbols("x y", real=True)
ONE = {"A": "0 <= x <= 1"}


def cournot() -> eeu.ContinuousGame:
    return eeu.ContinuousGame(
        {"1": "(a - q_1 - q_2 - c)*q_1", "2": "(a - q_1 - q_2 - c)*q_2"},
        {"1": "q_1 >= 0", "2": "q_2 >= 0"},
        given="0 < c < a",
        title="Cournot",
    )


@pytest.mark.parametrize(
    ("payoffs", "choices", "named", "message"),
    [
        ({"A": "x"}, {}, {}, "a choice for A"),
        ({"A": "x"}, {"A": "0 <= x <= 1", "B": "0 <= y <= 1"}, {}, "player"),
        ({}, {}, {}, "at least one"),
        ({"A": "x"}, {"A": "0 <= x + 1"}, {}, "names the choice"),
        ({"A": "x"}, {"A": "0 <= x**2 <= 1"}, {}, "names the choice"),
        ({"A": "x"}, {"A": ["0 <= x <= 1", "0 <= z <= 1"]}, {}, "No payoff contains z"),
        ({"A": "x", "B": "x"}, {"A": "0 <= x <= 1", "B": "0 <= x <= 1"}, {}, "of its own"),
        ({"A": "x", "B": "y"}, {"A": "0 <= x <= y", "B": "0 <= y <= 1"}, {}, "at the same time"),
        ({"A": "x"}, {"A": "1 <= x <= 0"}, {}, "holds a point"),
        ({"A": "x"}, {"A": "a <= x <= b"}, {}, "holds a point; it is empty at"),
        ({"A": "x"}, {"A": "0 <= x <= 1"}, {"given": "x > 0"}, "parameters alone"),
        ({"A": "x"}, {"A": "0 <= x <= 1 and x <= 2"}, {}, "one bound"),
        ({"A": "x*y"}, {"A": "0 <= x <= 1"}, {"others": {"z": "y"}}, "choice"),
        ({"A": "x"}, {"A": 3}, {}, "names the choice"),
        ({"A": "x"}, {"A": []}, {}, "names the choice"),
        ({"A": "x <= 1"}, ONE, {}, "payoff of A"),
    ],
)
def test_bad_input_is_refused_by_name(
    payoffs: Any, choices: Any, named: dict[str, Any], message: str
) -> None:
    with pytest.raises(GameTheoryError, match=message):
        eeu.ContinuousGame(payoffs, choices, **named)


def test_a_payoff_that_grows_without_bound_says_in_which_direction() -> None:
    with pytest.raises(DoesNotExistError, match="x grows"):
        eeu.ContinuousGame({"A": "b*x"}, {"A": "x >= 0"}, given="b > 0").solve()
    with pytest.raises(DoesNotExistError, match="x falls"):
        eeu.ContinuousGame({"A": "-x"}, {"A": "x"}).solve()


def test_a_payoff_that_is_undefined_in_the_range_says_where() -> None:
    game = eeu.ContinuousGame(
        {"A": "x/(x + y) - x", "B": "y/(x + y) - y"}, {"A": "x >= 0", "B": "y >= 0"}
    )
    with pytest.raises(DoesNotExistError, match=r"x \+ y != 0"):
        game.solve()


def test_players_who_differ_have_no_symmetric_equilibrium() -> None:
    game = eeu.ContinuousGame(
        {"A": "x*(1 - x - y)", "B": "y*(2 - x - y)"}, {"A": "0 <= x <= 1", "B": "0 <= y <= 1"}
    )
    with pytest.raises(GameTheoryError, match="not equal"):
        game.solve("symmetric")


@pytest.mark.parametrize(
    ("payoff", "given", "expected"),
    [
        ("-(x - b)**2", "0 < b < 1", {"interior": "b"}),
        ("x*(x - b)", "0 < b < 1/2", {"x = 1": "1"}),
        ("x*(x - b)", "b > 1", {"x = 0": "0"}),
        ("x*(x - b)", "b == 1", {"x = 0": "0", "x = 1": "1"}),
        ("-abs(x - b)", "0 < b < 1", {"x at a breakpoint": "b"}),
        ("min(x, b - x)", "0 < b < 1", {"x at a breakpoint": "b/2"}),
        ("max(x, b - x)", "0 < b < 1", {"x = 1": "1"}),
        ("log(1 + x) - x*b", "1/2 < b < 1", {"interior": "(1 - b)/b"}),
    ],
)
def test_a_decision_has_its_global_maxima(
    payoff: str, given: str, expected: dict[str, str]
) -> None:
    solution = eeu.ContinuousGame({"A": payoff}, ONE, given=given).solve()
    assert solution.complete_where == sp.true
    b = sp.Symbol("b", real=True)
    found = {e.name: sp.simplify(e.choices["x"]) for e in solution}
    assert found == {k: sp.simplify(sp.sympify(v, locals={"b": b})) for k, v in expected.items()}


def test_a_local_maximum_and_a_corner_left_out_are_caught_by_verification() -> None:
    """Of x**3 - 3*x*b on [-1, 1]: the interior point is best only while b is at least 1/4."""
    from dataclasses import replace

    game = eeu.ContinuousGame({"A": "x**3 - 3*b*x"}, {"A": "-1 <= x <= 1"}, given="0 < b < 1")
    solution = game.solve()
    inner = solution["interior"]
    planted = replace(inner, condition=sp.true)
    assert planted.verify().verdict == "refuted"
    assert all(v.verdict == "proved" for v in solution.verify().values())
    corner = replace(solution["x = 1"], choices={"x": sp.Integer(-1)})
    assert corner.verify().verdict == "refuted"


def test_second_order_is_proved_or_said_not_to_be() -> None:
    shapes = {"-x**2": "concave", "-1/(1 + x) - x/2": "concave", "x**3": "unknown",
              "x/(1 + x**2)": "quasi-concave"}  # fmt: skip
    for payoff, shape in shapes.items():
        game = eeu.ContinuousGame({"A": payoff}, {"A": "0 <= x <= 3"})
        assert game.second_order("A").shape == shape, payoff


def test_two_choices_of_one_player() -> None:
    game = eeu.ContinuousGame(
        {"A": "a*x + b*y - x**2 - y**2 - x*y"}, {"A": ["x >= 0", "y >= 0"]},
        given="a > 0 and b > 0",
    )  # fmt: skip
    solution = game.solve()
    assert solution.complete_where == sp.true
    assert set(solution.names) == {"interior", "x = 0", "y = 0"}
    assert sp.simplify(solution["interior"].choices["x"] - sp.sympify("(2*a - b)/3", locals={
        s.name: s for s in game.symbols})) == 0  # fmt: skip
    assert all(v.verdict == "proved" for v in solution.verify().values())


def test_best_response_in_cases() -> None:
    response = cournot().best_response("1")
    assert [case.name for case in response] == ["interior", "q_1 = 0"]
    assert response.complete_where == sp.true
    assert "q_2" in str(response["interior"].choices["q_1"])
    assert "Best response of 1" in str(response)


def test_results_travel() -> None:
    game = cournot()
    solution = game.solve()
    assert pickle.loads(pickle.dumps(solution)).names == solution.names  # noqa: S301
    assert eeu.from_json(game.to_json()) == game
    assert eeu.from_json(solution.to_json()).names == solution.names
    again = eeu.from_json(solution[0].to_json())
    assert again.choices == solution[0].choices
    tied = eeu.ContinuousGame(
        {"each": "q*(1 - q - (n - 1)*r)"}, {"each": "q >= 0"}, others={"q": "r"}, given="n >= 1"
    )
    assert eeu.from_json(tied.to_json()) == tied
    half_open = eeu.ContinuousGame({"A": "-x"}, {"A": "b <= x < 2"}, given="0 < b < 1")
    assert eeu.from_json(half_open.to_json()) == half_open


def test_statics_regimes_and_uniqueness_read_the_choices() -> None:
    game = cournot()
    table = eeu.comparative_statics(game, "choice", "c")
    assert table["choice of q_1 at interior", "c"].sign == "-"
    assert eeu.prove_unique(game).verdict == "unique"
    assert eeu.regimes(game).cells[0].equilibria == ("interior",)
    assert "(a - c)/3" in str(game.solve())
    assert r"q_{1} = " in game.solve().to_latex().replace("$", "")


def test_values_and_payoffs_at_a_profile() -> None:
    game = cournot().at(a=10, c=1)
    assert game.payoff({"q_1": 3, "q_2": "3"}, "1") == 9
    with pytest.raises(GameTheoryError, match="a value for q_2"):
        game.payoff({"q_1": 3}, "1")
    with pytest.raises(GameTheoryError, match="q_3"):
        game.payoff({"q_1": 3, "q_2": 3, "q_3": 3}, "1")
    assert game.solve()["interior"].choices == {"q_1": 3, "q_2": 3}


def test_figure_of_best_responses() -> None:
    figure = cournot().at(a=10, c=1).plot()
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["1", "2", "equilibrium"]
    with pytest.raises(GameTheoryError, match="numbers for a, c"):
        cournot().plot()


def test_a_breakpoint_may_be_a_quotient_of_parameters() -> None:
    """A risk that is certain from x = b on: its breakpoint is x/b = 1."""
    game = eeu.ContinuousGame(
        {"A": "(1 - min(1, x/b))*x - min(1, x/b)*c"}, {"A": "x >= 0"}, given="b > 0 and c >= 0"
    )
    found = {e.name: (sp.expand(e.choices["x"]), e.condition) for e in game.solve()}
    b, c = sp.symbols("b c", real=True)
    assert found == {"interior": (b / 2 - c / 2, b > c), "x = 0": (0, c >= b)}
