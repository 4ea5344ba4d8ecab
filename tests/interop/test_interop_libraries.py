"""To nashpy, pygambit and QuantEcon and back, and against their own readings of a game."""

import random
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import nashpy
import numpy as np
import pygambit
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import interop
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.forms import ExtensiveForm, NormalForm


def random_game(rng: random.Random, shape: tuple[int, ...]) -> NormalForm:
    def array() -> Any:
        values = [
            Fraction(rng.randint(-20, 20), rng.choice([1, 2, 4, 5])) for _ in range(prod(shape))
        ]
        return np.array(values, dtype=object).reshape(shape)

    return NormalForm(*(array() for _ in shape))


def test_arrays_there_and_back() -> None:
    game = NormalForm([["1/3", "x"], [0, 1]], [[1, 0], [0, 1]])
    exact = interop.to_arrays(game)
    assert exact[0][0, 0] == sp.Rational(1, 3)
    assert interop.from_arrays(*exact) == game
    floats = interop.to_arrays(game.at(x="1/2"), float)
    assert (floats[0].dtype, floats[0][0, 1]) == (np.dtype(float), 0.5)
    assert interop.from_arrays(floats[1], floats[1]).payoffs["player 1"]["1", "1"] == 1
    with pytest.raises(ParameterError, match="Give values to x"):
        interop.to_arrays(game, float)
    with pytest.raises(ParameterError, match="object or float"):
        interop.to_arrays(game, int)


def test_nashpy_there_and_back(rng: random.Random, samples: Callable[[int], range]) -> None:
    for _ in samples(30):
        game = random_game(rng, (rng.randint(1, 4), rng.randint(1, 4)))
        theirs = interop.to_nashpy(game)
        assert isinstance(theirs, nashpy.Game)
        assert interop.from_nashpy(theirs) == game
        row, column = (rng.randrange(n) for n in game.shape)
        mixes = [np.eye(n)[k] for n, k in zip(game.shape, (row, column), strict=True)]
        ours = [float(game.payoff((str(row + 1), str(column + 1)), p)) for p in game.players]
        assert ours == pytest.approx(theirs[tuple(mixes)])


def test_pygambit_there_and_back(rng: random.Random, samples: Callable[[int], range]) -> None:
    for _ in samples(30):
        shape = tuple(rng.randint(1, 3) for _ in range(rng.randint(2, 3)))
        game = random_game(rng, shape)
        theirs = interop.to_pygambit(game)
        assert isinstance(theirs, pygambit.Game)
        assert interop.from_pygambit(theirs) == game


def test_a_tree_goes_to_pygambit_as_a_tree() -> None:
    builder = ExtensiveForm.builder("entrant", "incumbent", title="Entry")
    builder.move("entrant", ["in", "out"]).move("incumbent", ["fight", "yield"], after="in")
    builder.payoffs("out", 0, "3/2").payoffs("in/fight", -1, -1).payoffs("in/yield", 1, 0)
    game = builder.build()
    again = interop.from_pygambit(interop.to_pygambit(game))
    assert isinstance(again, ExtensiveForm)
    assert again.solve().names == game.solve().names == ("in; yield",)


def test_quantecon_there_and_back(rng: random.Random) -> None:
    for shape in ((2, 3), (3, 2, 4)):
        game = random_game(rng, shape)
        theirs = interop.to_quantecon(game)
        assert interop.from_quantecon(theirs) == game
        for places in product(*map(range, shape)):
            ours = [float(game.payoff([str(k + 1) for k in places], p)) for p in game.players]
            assert ours == pytest.approx(list(theirs[places]))


def test_equilibria_agree_with_the_other_side() -> None:
    game = eeu.NormalForm([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    (theirs,) = interop.to_nashpy(game).support_enumeration()
    (ours,) = game.solve()
    assert [list(map(float, mix)) for mix in ours.strategies.values()] == [list(m) for m in theirs]


@pytest.mark.parametrize(
    ("module", "call"),
    [("nashpy", interop.to_nashpy), ("pygambit", interop.to_pygambit),
     ("quantecon", interop.to_quantecon)],
)  # fmt: skip
def test_a_library_that_is_missing_is_named(
    module: str, call: Callable[[NormalForm], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.game_theory", None)
    with pytest.raises(GameTheoryError, match=f"pip install {module}"):
        call(eeu.NormalForm([[1]], [[2]]))


def test_what_is_no_game_is_refused() -> None:
    for read in (interop.from_nashpy, interop.from_pygambit, interop.from_quantecon):
        with pytest.raises(ParameterError, match="is not allowed; allowed: a "):
            read(object())
    three = eeu.NormalForm([[[1]]], [[[1]]], [[[1]]])
    with pytest.raises(ParameterError, match="two players"):
        interop.to_nashpy(three)


@pytest.mark.parametrize("name", ["a\\b", "a\\", "a\nb", " a"])
def test_names_that_pygambit_cannot_hold_are_refused(name: str) -> None:
    game = eeu.NormalForm([[1, 0], [0, 2]], [[1, 3], [0, 1]], actions=[[name, "c"], ["d", "e"]])
    with pytest.raises(GameTheoryError, match="pygambit"):
        interop.to_pygambit(game)


def test_what_is_no_game_has_no_arrays() -> None:
    none: Any = 3
    with pytest.raises(GameTheoryError, match="a NormalForm"):
        interop.to_arrays(none)
    with pytest.raises(GameTheoryError, match="cannot be read"):
        interop.read_nfg(none)


def test_payoffs_beyond_all_floats_are_refused() -> None:
    game = NormalForm([[10**400, 0], [0, 1]], [[1, 0], [0, 1]])
    with pytest.raises(ParameterError, match="within the range of floats"):
        interop.to_nashpy(game)
    with pytest.raises(ParameterError, match="within the range of floats"):
        game.replicator()
