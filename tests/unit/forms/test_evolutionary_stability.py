"""Evolutionarily stable strategies: published games, and every small game by the definition."""

from typing import Any

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.forms.symmetry import no_mutant_invades


def symmetric(rows: Any, given: object = ()) -> eeu.NormalForm:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return eeu.NormalForm(rows, columns, given=given)


@pytest.mark.parametrize(
    ("rows", "given", "stable"),
    [
        # Maynard Smith (1982), hawk and dove.
        ([["(v-c)/2", "v"], [0, "v/2"]], "v > 0 and c > 0", {"1": "v >= c", "1 + 2": "c > v"}),
        # Zeeman (1980): the cycle is stable iff a win pays more than a loss costs.
        ([[0, -1, "1+e"], ["1+e", 0, -1], [-1, "1+e", 0]], "e > -1", {"1 + 2 + 3": "e > 0"}),
        # Maynard Smith (1982), retaliator: neutral to doves, so that it is not stable.
        ([["(v-c)/2", "v", "(v-c)/2"], [0, "v/2", "v/2"], ["(v-c)/2", "v/2", "v/2"]],
         "0 < v < c", {"1 + 2": "v > 0"}),
        # Haigh (1975): two stable strategies, one pure and one mixed.
        ([[1, 2, 0], [2, 0, 1], [0, 3, 1]], (), {"3": "True", "1 + 2": "True"}),
        # A tie that the strategy wins by what mutants get among themselves.
        ([["a", 1], ["a", 0]], (), {"1": "True"}),
        ([[0, 0], [0, 0]], (), {}),
    ],
    ids=["hawk and dove", "rock, paper, scissors", "retaliator", "Haigh", "tie", "zero"],
)  # fmt: skip
def test_published(rows: Any, given: str, stable: dict[str, str]) -> None:
    game = symmetric(rows, given)
    found = game.ess()
    assert dict.fromkeys(found.names) == dict.fromkeys(stable)
    for name, condition in stable.items():
        expected = sp.true if condition == "True" else eeu.parse(
            condition, {s.name: s for s in game.space.symbols})  # fmt: skip
        assert eeu.equivalent(found[name].condition, expected, game.space).verdict == "proved"
    assert all(check.verdict == "proved" for check in found.verify().values())


def resists(game: eeu.NormalForm, equilibrium: Any) -> bool:
    """By the definition: the solver finds no mutant."""
    obligation = no_mutant_invades(game, equilibrium)
    proof = eeu.prove(obligation.statement)
    assert proof.verdict in ("proved", "refuted")
    return bool(proof.verdict == "proved")


@pytest.mark.parametrize(("size", "games"), [(2, 12), (3, 8)], ids=["2x2", "3x3"])
def test_small_games_by_the_definition(size: int, games: int) -> None:
    """A stable strategy is an extreme equilibrium against itself; each of these is asked."""
    generator = np.random.default_rng(1973)
    count = 0
    for _ in range(games):
        game = symmetric(generator.integers(-2, 3, (size, size)).tolist())
        first, second = game.players
        expected = {
            tuple(e.profile[first].values())
            for e in game.extreme_equilibria()
            if list(e.profile[first].values()) == list(e.profile[second].values())
            and resists(game, e)
        }
        assert {e.strategies[first] for e in game.ess()} == expected
        count += len(expected)
    assert count > 5


def test_what_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="symmetric games of two players"):
        eeu.NormalForm([[1, 2], [3, 4]], [[1, 2], [3, 4]]).ess()
    with pytest.raises(UnsupportedError, match="two players"):
        eeu.NormalForm(*[np.ones((2, 2, 2)).tolist()] * 3).ess()
    names = [[f"a_{i}{j}" for j in range(5)] for i in range(5)]
    with pytest.raises(TooLargeError, match="5 actions, above the limit of 4"):
        symmetric(names).ess()
