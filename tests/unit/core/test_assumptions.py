"""What a symbol says of itself holds at its values, in every form and every division of a space."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import REAL, Parameter, Space
from gametheory_eeu.errors import ParameterError, SpaceError
from gametheory_eeu.games import Game, declare

HALF = sp.Rational(1, 2)
CASES = [
    ({"positive": True}, 2, -1),
    ({"nonnegative": True}, 0, -1),
    ({"negative": True}, -2, 1),
    ({"nonpositive": True}, 0, 1),
    ({"nonzero": True}, 1, 0),
    ({"zero": False}, 1, 0),
    ({"positive": False, "real": True}, -1, 1),
    ({"integer": True}, 3, HALF),
    ({"integer": False, "real": True}, HALF, 3),
    ({"integer": True, "positive": True}, 3, -3),
    ({"even": True}, 4, 3),
    ({"odd": True}, 3, 4),
    ({"prime": True}, 7, 9),
    ({"composite": True}, 9, 7),
    ({"rational": True}, HALF, sp.sqrt(2)),
    ({"irrational": True}, sp.sqrt(2), HALF),
    ({"rational": True}, HALF, sp.CRootOf(sp.Symbol("z") ** 5 - sp.Symbol("z") - 1, 0)),
]


def normal_form(n: sp.Symbol) -> eeu.NormalForm:
    return eeu.NormalForm([[n, 0], [0, 1]], [[1, 0], [0, 1]])


def symmetric_game(n: sp.Symbol) -> eeu.SymmetricGame:
    return eeu.SymmetricGame({"a": [n, 0], "b": [0, 1]}, 2)


def tree(n: sp.Symbol) -> eeu.ExtensiveForm:
    builder = eeu.ExtensiveForm.builder("1").move("1", ["in", "out"])
    return builder.payoffs("in", n).payoffs("out", 1).build()


def division(n: sp.Symbol) -> eeu.Partition:
    return eeu.regimes(normal_form(n))


FORMS: list[Callable[[sp.Symbol], eeu.NormalForm]] = [normal_form, symmetric_game, tree, division]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("assumed", "inside", "outside"), CASES)
def test_a_value_obeys_what_the_symbol_says(
    form: Callable[[sp.Symbol], eeu.NormalForm],
    assumed: dict[str, bool],
    inside: object,
    outside: object,
) -> None:
    game = form(sp.Symbol("n", **assumed))
    assert "n" not in str(getattr(game.at(n=inside), "symbols", ()))
    with pytest.raises(SpaceError, match=r"n = .* contradicts what the symbol n says of itself"):
        game.at(n=outside)


@pytest.mark.parametrize(("assumed", "inside", "outside"), CASES)
def test_a_parameter_of_a_game_does_too(
    assumed: dict[str, bool], inside: object, outside: object
) -> None:
    class Own(Game):
        parameters = declare(Parameter("size", sp.Symbol("n", **assumed), REAL, "how many"))

    assert sp.sympify(inside) in Own(size=inside).values.values()
    assert sp.sympify(inside) in Own().at(size=inside).values.values()
    with pytest.raises(ParameterError, match="how many, any real number"):
        Own().at(size=outside)


def test_an_expression_has_to_obey_too() -> None:
    n, k = sp.Symbol("n", integer=True, positive=True), sp.Symbol("k", integer=True)
    game = normal_form(n).at(n=k - 1)
    assert game.space.constraints == (k - 1 > 0,)
    with pytest.raises(SpaceError, match=r"n = k/2 is not known to be integer=True"):
        normal_form(n).at(n=k / 2)
    with pytest.raises(SpaceError, match="contradicts"):
        game.at(k=1)


def test_a_space_at_values_outside_is_empty() -> None:
    n = sp.Symbol("n", even=True)
    space = Space.of(n < 10)
    assert space.subs({n: sp.Integer(4)}).empty.verdict == "refuted"
    assert space.subs({n: sp.Integer(3)}).empty.verdict == "proved"
    assert not space.contains({n: 3})


def test_solutions_at_values_and_their_families_ask_too() -> None:
    game = normal_form(sp.Symbol("n", positive=True))
    with pytest.raises(SpaceError, match="positive=True"):
        game.solve().at(n=-1)
    with pytest.raises(SpaceError, match="positive=True"):
        game.solve().families_at(n=-1)
    assert len(game.solve().at(n=2)) == 3
