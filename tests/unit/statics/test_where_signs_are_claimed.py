"""A sign is claimed where the formula has a value, and a difference where both ends have one."""

from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError
from gametheory_eeu.prover.indeterminates import natural_domain

x, y = sp.symbols("x y", real=True)


@pytest.mark.parametrize(
    ("formula", "given", "needs"),
    [
        ("log(y)", "y < 0", "y > 0"),
        ("a*x + 1/max(0, -x)", "x > 0", "needs .* != 0"),
        ("a + 1/x", "x == 0", "x != 0"),
        ("sqrt(y) + a", "y < 0", "y >= 0"),
        ("a*log(min(y, 1) - 1)", "a > 0", "> 0"),
        ("2*erfinv(y)", "y > 1", "y < 1"),
        ("a + 1/(abs(x) - x)", "x > 0", "!= 0"),
    ],
)
def test_a_formula_that_has_no_value_anywhere_is_refused(
    formula: str, given: str, needs: str
) -> None:
    with pytest.raises(DoesNotExistError, match=r"f = .* has no value at any point") as error:
        eeu.comparative_statics(formula, given=given)
    assert error.match(needs)
    assert error.match("given is ")


@pytest.mark.parametrize(
    ("formula", "given", "where", "signs"),
    [
        ("log(y)", "y != 0", "y > 0", {"y": "+"}),
        ("log(y)", (), "y > 0", {"y": "+"}),
        ("a*log(y**2 - 1)", ["a > 0", "y > 0"], "y > 1", {"a": "?", "y": "+"}),
        ("log(x) - log(y)", ["x + y > 0"], "x > 0 and y > 0", {"x": "+", "y": "-"}),
        ("x + 1/max(0, x)**2", (), "x > 0", {"x": "?"}),
        (sp.Piecewise((sp.log(x), sp.Ne(x, 0)), (0, True)), "x <= 1", "x >= 0", {"x": "+"}),
    ],
)
def test_a_sign_is_claimed_where_the_formula_has_a_value(
    formula: Any, given: Any, where: str, signs: dict[str, str]
) -> None:
    table = eeu.comparative_statics(formula, given=given)
    for name, sign in signs.items():
        row = table["f", name]
        assert row.sign == sign
        assert eeu.prove(where, given=row.space).verdict == "proved"
        for point in row.witnesses:
            assert eeu.Space.of(where).contains({s: v for s, v in point.items() if s.name in where})
    assert any("f has a value only where" in note for note in table.notes)


def test_nothing_is_said_of_a_limit_that_is_given() -> None:
    table = eeu.comparative_statics("log(y)", given="y > 1")
    assert table.notes == ()
    assert str(table["f", "y"].space.condition) == "y > 1"


def test_a_function_of_a_root_keeps_its_own_domain() -> None:
    root = eeu.implicit("z**3 == b", "z")
    row = eeu.comparative_statics({"g": ("log(z)", root)})["g", "b"]
    assert row.sign == "+"
    assert eeu.prove("z > 0", given=row.space).verdict == "proved"


def test_a_function_of_unknown_domain_has_no_sign() -> None:
    """The derivative of acoth has values where acoth has none."""
    row = eeu.comparative_statics({"f": sp.acoth(x)})["f", "x"]
    assert row.verdict == "unknown"
    assert "acoth" in row.reading


def test_no_value_at_numbers_outside_the_domain() -> None:
    table = eeu.comparative_statics("log(y)", given="y != 0")
    assert len(table.at_calibration(y=2)) == 1
    assert len(table.at_calibration(y=-2)) == 0


def test_a_slope_that_is_infinite_on_an_edge() -> None:
    for formula in (sp.sqrt(sp.Max(x, 0)), sp.Piecewise((sp.sqrt(x), x > 0), (0, True))):
        row = eeu.comparative_statics({"f": formula})["f", "x"]
        assert (row.sign, row.verdict) == (">=0", "proved")
        assert [edge.text for edge in row.boundaries] == ["at x = 0: continuous"]
        assert row.recheck() is not False


# Whole numbers: the difference that one more makes needs one more.

n = sp.Symbol("n", integer=True, positive=True)
k = sp.Symbol("k", integer=True, negative=True)
even = sp.Symbol("m", even=True)


def test_an_integer_at_its_bound() -> None:
    row = eeu.comparative_statics({"f": sp.Piecewise((n, n <= 3), (0, True))}, given=[n <= 3])[0]
    assert (row.sign, row.verdict) == ("+", "proved")
    assert eeu.prove(n <= 2, given=row.space).verdict == "proved"
    assert row.recheck() is True


@pytest.mark.parametrize(
    ("formula", "given", "symbol", "sign", "most"),
    [
        (1 / (k - 1), [], k, "-", -2),
        (sp.Piecewise((-k, k < 0), (100, True)), [], k, "-", -2),
        (n * (7 - n), [n < 4], n, "+", 2),
        (sp.Piecewise((n, n * n <= 9), (-1, True)), [n * n <= 9], n, "+", 2),
        (sp.Piecewise((even, even <= 6), (0, True)), [even <= 6, even >= 0], even, "+", 4),
    ],
)
def test_one_more_stays_in_the_space(
    formula: Any, given: list[Any], symbol: Any, sign: str, most: int
) -> None:
    row = eeu.comparative_statics({"f": formula}, given=given)["f", symbol.name]
    assert (row.sign, row.verdict) == (sign, "proved")
    assert eeu.prove(symbol <= most, given=row.space).verdict == "proved"


def test_where_a_formula_has_a_pole_one_before_it_is_left_out() -> None:
    row = eeu.comparative_statics({"f": 1 / (n - 3)})["f", "n"]
    assert eeu.prove(sp.And(sp.Ne(n, 3), sp.Ne(n, 2)), given=row.space).verdict == "proved"
    assert (row.sign, row.verdict) == ("-", "proved")


def test_even_numbers_move_by_two() -> None:
    row = eeu.comparative_statics({"f": even**2}, given=[even >= 0])["f", "m"]
    assert sp.expand(row.derivative) == 4 * even + 4
    assert row.recheck() is True
    found = eeu.comparative_statics({"f": even**2}, given=[even >= 0]).at_calibration(m=4)["f", "m"]
    assert (found.step, found.derivative, found.change) == (2, 20, 20)


def test_a_sign_that_alternates() -> None:
    table = eeu.comparative_statics({"f": (-1) ** n * n})
    assert table[0].verdict == "depends"
    assert [int(table[0].derivative.subs(p)) > 0 for p in table[0].witnesses] == [True, False]


@pytest.mark.parametrize(
    ("expression", "domain"),
    [
        (sp.log(x) / y, sp.And(x > 0, sp.Ne(y, 0))),
        (sp.sqrt(x), x >= 0),
        (1 / sp.sqrt(x), x > 0),
        (sp.Piecewise((1 / x, x > 0), (0, True)), sp.true),
        (sp.Piecewise((1, x > 0), (2, x < -1)), sp.Or(x > 0, x < -1)),
        (sp.Max(1 / x, y), sp.Ne(x, 0)),
        (sp.exp(1 / x), sp.Ne(x, 0)),
        (sp.Pow(2, x), sp.true),
        (sp.erfinv(x), sp.And(x > -1, x < 1)),
    ],
)
def test_natural_domain(expression: Any, domain: Any) -> None:
    assert eeu.equivalent(natural_domain(expression), domain).verdict == "proved"
