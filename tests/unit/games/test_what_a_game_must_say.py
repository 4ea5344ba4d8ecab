"""A game that leaves out what a question rests on says so, by name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError, UnsupportedError
from gametheory_eeu.games import AbstractGame, Game


class Bare(Game):
    """A game that says nothing."""


QUESTIONS: dict[str, Callable[[Game], object]] = {
    "equilibria": lambda game: game.solve(),
    "payoff": lambda game: game.payoff({}, "1"),
    "players": lambda game: game.players,
    "obligations": lambda game: game.obligations(None),  # type: ignore[arg-type]
    "completeness": lambda game: game.completeness("Nash"),
}


@pytest.mark.parametrize("what", QUESTIONS)
def test_what_is_left_out_is_named(what: str) -> None:
    with pytest.raises(UnsupportedError, match=rf"Bare does not say its {what}.*define form\(\)"):
        QUESTIONS[what](Bare())


@pytest.mark.parametrize("what", ["at", "solve"])
def test_so_it_is_of_the_base(what: str) -> None:
    with pytest.raises(UnsupportedError, match=f"AbstractGame does not say its {what}"):
        getattr(AbstractGame(), what)()


@pytest.mark.parametrize(
    "ask", [eeu.regimes, eeu.prove_unique, eeu.comparative_statics], ids=["r", "u", "s"]
)
def test_and_of_what_rests_on_equilibria(ask: Callable[[Game], object]) -> None:
    with pytest.raises(UnsupportedError, match="Bare does not say its equilibria"):
        ask(Bare())


ROWS = [["0", "1/2"], ["0.25", "0"]]


@pytest.mark.parametrize("rows", [ROWS, np.array(ROWS), tuple(map(tuple, ROWS))], ids=str)
def test_complementarities_as_text(rows: object) -> None:
    game = eeu.Participation(resistance=["1", "2"], complementarity=rows, hegemon_power=1)
    assert game == eeu.Participation(
        resistance=[1, 2], complementarity=[[0, "1/2"], ["1/4", 0]], hegemon_power=1
    )
    assert game.solve().names


def test_complementarities_as_text_of_many() -> None:
    rows = [["0" if i == j else "1/2" for j in range(40)] for i in range(40)]
    for given in (rows, np.array(rows), np.array(rows, dtype=object)):
        game = eeu.Participation(resistance=["1"] * 40, complementarity=given, hegemon_power="1/2")
        assert list(game.least_equilibrium().members) == []
        assert game.at(hegemon_power=2).least_equilibrium().size == 40


def test_a_gain_from_oneself_in_text_is_refused() -> None:
    with pytest.raises(ParameterError, match="Leave the diagonal 0"):
        eeu.Participation(complementarity=[["1", "1"], ["1", "0"]])
    with pytest.raises(ParameterError, match="'a'"):
        eeu.Participation(complementarity=[["a", "1"], ["1", "0"]])
