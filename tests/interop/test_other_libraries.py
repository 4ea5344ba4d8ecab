"""The contest handed to other libraries: the same table, the same equilibria.

nashpy's support enumeration drops equilibria by rounding and at degenerate games, so it is asked
only at games without ties, and only for what it is exact at: pure profiles of two players.
"""

from dataclasses import dataclass
from typing import Any

import nashpy
import numpy as np
import pytest

import gametheory_eeu as eeu

ACTIONS = eeu.BandwagoningContest.actions


@dataclass(frozen=True)
class Case:
    what: str
    values: dict[str, Any]


CASES = [
    Case("soft dominance", {"P": 3, "R": 1, "w": [4, 5], "c": ".05", "tau": ".5", "lam": ".9"}),
    Case("weak hegemon", {"P": ".2", "R": 1, "w": [1, 1], "c": ".05", "tau": ".5", "lam": ".9"}),
    Case("strong hegemon", {"P": 90, "R": 1, "w": [1, 2], "c": ".05", "tau": ".5", "lam": ".9"}),
    Case("one joins", {"P": 3, "R": 1, "w": [1, 9], "c": ".3", "tau": ".5", "lam": ".9"}),
    Case("waiting or balancing", {"P": 2, "R": "1/2", "w": [3, 4], "c": ".01", "tau": ".5",
                                  "lam": ".9"}),
]  # fmt: skip


def tables(game: eeu.BandwagoningContest) -> tuple[np.ndarray, np.ndarray]:
    """The payoff matrices, by the game's own payoff function."""
    shape = (len(ACTIONS), len(ACTIONS))
    first, second = np.zeros(shape), np.zeros(shape)
    for i, a in enumerate(ACTIONS):
        for j, b in enumerate(ACTIONS):
            first[i, j], second[i, j] = (float(game.payoff({"1": a, "2": b}, p)) for p in "12")
    return first, second


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_nashpy_finds_the_same_pure_equilibria(case: Case) -> None:
    game = eeu.BandwagoningContest(**case.values)
    found = nashpy.Game(*tables(game)).support_enumeration()
    pure = {
        (ACTIONS[int(x.argmax())], ACTIONS[int(y.argmax())])
        for x, y in found
        if x.max() == 1 and y.max() == 1
    }
    assert pure == {tuple(a for (a,) in e.support.values()) for e in game.solve()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_our_strategies_are_best_responses_in_nashpy(case: Case) -> None:
    """``strategies`` are probabilities in action order, as nashpy reads them."""
    game = eeu.BandwagoningContest(**case.values)
    theirs = nashpy.Game(*tables(game))
    for equilibrium in game.solve():
        row, column = (np.array(p, dtype=float) for p in equilibrium.strategies.values())
        assert theirs.is_best_response(row, column) == (True, True)
