"""A name is the one symbol of that name, whatever it says of itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import Space, parse
from gametheory_eeu.errors import ParameterError, SpaceError, TextError

x, p, w = sp.symbols("x p w", positive=True)
OTHER = sp.Symbol("x", real=True)


def test_the_unknown_of_an_equation() -> None:
    by_name, by_symbol = (eeu.implicit(sp.Eq(p * x**2, w), unknown) for unknown in ("x", x))
    assert by_name == by_symbol
    assert by_name.unknown is x
    table = eeu.comparative_statics({"demand": by_name})
    assert [(row.parameter.name, row.reading) for row in table] == [("p", "-"), ("w", "+")]


def test_the_branch_of_an_equation_in_text_beside_symbols() -> None:
    found = eeu.implicit(sp.Eq(p * x**2, w), "x", where="x < w")
    assert found.branch == (x < w)
    assert x in eeu.implicit("p*x**2 == w", x).equation.free_symbols


def test_actions_by_name_beside_symbols() -> None:
    q = sp.Symbol("q", positive=True)
    payoffs = {"1": x * (4 - x - q)}
    given = ["0 <= x", "x <= 1", "q <= 2"]
    by_name = eeu.monotone_statics(payoffs, actions={"1": "x"}, given=given)
    by_symbol = eeu.monotone_statics(payoffs, actions={"1": x}, given=given)
    assert [(r.parameter.name, r.sign) for r in by_name] == [
        (r.parameter.name, r.sign) for r in by_symbol
    ]


@pytest.mark.parametrize(
    "call",
    [
        lambda: eeu.implicit(sp.Eq(p * x**2, w), OTHER),
        lambda: eeu.implicit(sp.Eq(p * x**2, w), "x", OTHER > 1),
        lambda: eeu.implicit(sp.Eq(x * OTHER, w), "x"),
        lambda: eeu.prove(x + OTHER > 0),
        lambda: eeu.prove(p * x > 1, given=OTHER > 0),
        lambda: eeu.prove("x > -1", given=x < 3, symbols=[OTHER]),
        lambda: Space.of(x > p, OTHER > 0),
        lambda: Space.of("x > 0").contains({x: 1, OTHER: 2}),
        lambda: Space.of("x > 0").contains({x: 1, "x": 1}),
        lambda: eeu.NormalForm([[x, OTHER], [0, 1]], [[1, 0], [0, 1]]),
        lambda: eeu.NormalForm([["x", 0], [0, 1]], [[1, 0], [0, x]], given=OTHER > 0),
        lambda: eeu.comparative_statics({"f": x**2}, given=OTHER > 1),
        lambda: eeu.monotone_statics({"1": x * p}, actions={"1": OTHER}),
        lambda: eeu.prover.sign(x + OTHER),
    ],
    ids=map(str, range(14)),
)
def test_two_symbols_of_one_name_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(SpaceError, match=r"x|twice"):
        call()


@pytest.mark.parametrize("given", [x < 3, [x < 3], Space.of(x < 3)])
def test_text_beside_symbols_means_those(given: object) -> None:
    assert eeu.prove("x > 0", given=given).verdict == "proved"
    assert eeu.prover.sign("x", given=given).sign == "+"
    assert eeu.NormalForm([["x", 0], [0, 1]], [[1, 0], [0, 1]], given=given).symbols == (x,)
    assert eeu.prove("x > 0", symbols=[x]).verdict == "proved"
    assert eeu.prove("y > 0", symbols={"y": x}).verdict == "proved"


@pytest.mark.parametrize("symbol", [x, OTHER])
def test_a_point_by_name_by_symbol_or_by_a_symbol_of_the_name(symbol: sp.Symbol) -> None:
    space = Space.of(x < 3)
    assert space.contains({symbol: 2})
    assert space.contains({"x": 2})
    assert space.subs({symbol: sp.Integer(2)}) == space.subs({"x": 2})
    assert not space.subs({symbol: sp.Integer(2)}).symbols
    division = eeu.regimes(eeu.NormalForm([[x, 0], [0, 1]], [[1, 0], [0, 1]]))
    assert division.at({symbol: 2}) == division.at(x=2)


NAMES = ["the cost", "a`b", "and", "true", "1", "x y", "α β", "a+b", "(", "if"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_single_word_is_read_between_backquotes(name: str) -> None:
    symbol, quoted = sp.Symbol(name, real=True), "`" + name.replace("`", "``") + "`"
    assert parse(f"2*{quoted} > 1") == (2 * symbol > 1)
    assert parse(f"{quoted}", {name: p}) == p
    game = eeu.NormalForm([[symbol, 0], [0, 1]], [[1, 0], [0, 1]], given=f"{quoted} > 0")
    for result in (game, game.solve(), eeu.regimes(game), eeu.prove(symbol**2 >= 0)):
        again = eeu.from_json(result.to_json())
        assert again.to_json() == result.to_json()
    assert eeu.from_json(game.to_json()) == game
    assert game.at(**{name: 3}) == eeu.NormalForm([[3, 0], [0, 1]], [[1, 0], [0, 1]])


@pytest.mark.parametrize("text", ["`", "``", "`x", "x`", "`x``", "sqrt`x`"])
def test_backquotes_that_do_not_close(text: str) -> None:
    with pytest.raises(TextError, match="cannot read"):
        parse(text)


def test_an_unknown_of_another_name_is_refused() -> None:
    with pytest.raises(ParameterError, match="unknown = 'y' is not allowed"):
        eeu.implicit(sp.Eq(p * x**2, w), "y")
