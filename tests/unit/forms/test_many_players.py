"""Games of three or more players in numbers: exact algebraic equilibria, limits."""

from itertools import product
from random import Random

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.model.algebraic import collected

TWO = [["1", "2"]] * 3


def test_a_unique_equilibrium_in_irrational_numbers() -> None:
    cells = dict(
        zip(
            product("12", repeat=3),
            [
                (3, 0, 2),
                (1, 0, 0),
                (0, 2, 0),
                (0, 1, 0),
                (0, 1, 0),
                (0, 3, 0),
                (1, 0, 0),
                (2, 0, 3),
            ],
            strict=True,
        )
    )
    found = eeu.NormalForm(lambda profile: cells[profile], actions=TWO).solve()
    assert found.complete_where == sp.true
    (equilibrium,) = found
    assert not any(p.is_rational for mix in equilibrium.strategies.values() for p in mix)
    assert equilibrium.verify().verdict == "proved"


def test_an_equilibrium_of_high_degree_is_written_with_one_root_and_proved() -> None:
    rng = Random(4)
    game = eeu.NormalForm(
        lambda profile: [rng.randint(-100, 100) for _ in profile], actions=[["a", "b", "c"]] * 3
    )
    found = game.solve()
    assert max(len(e.profile["player 1"]["a"].atoms(sp.CRootOf)) for e in found) == 1
    assert {e.verify().verdict for e in found} == {"proved"}


def test_a_zero_in_one_root_is_seen_exactly() -> None:
    x = sp.Symbol("x")
    root = sp.CRootOf(x**5 - x - 1, 0)
    assert collected(root**6 - root**2 - root) == 0
    assert collected(root**2) == root**2
    assert collected(sp.sqrt(2) * (sp.sqrt(2) + 1) - 2) == sp.sqrt(2)


def test_a_tie_that_leaves_a_continuum_is_not_called_complete() -> None:
    game = eeu.NormalForm(lambda _: [0, 0, 0], actions=TWO)
    found = game.solve()
    assert len(found) == 8
    assert found.complete_where == sp.false
    assert "infinitely many" in found.why


def test_symbols_are_solved_for_pure_equilibria() -> None:
    game = eeu.NormalForm(
        lambda profile: [f"v - {profile.count('1')}*c" if a == "1" else "0" for a in profile],
        actions=TWO,
        given="0 < c < v",
    )
    with pytest.raises(UnsupportedError, match="pure Nash"):
        game.solve()
    crowded = game.solve("pure Nash")["1, 1, 1"].condition
    assert eeu.equivalent(crowded, "v >= 3*c", given="0 < c < v").verdict == "proved"


def test_a_game_too_large_says_its_size_and_what_to_do() -> None:
    game = eeu.NormalForm(lambda _: [0] * 4, actions=[list("abcde")] * 4)
    with pytest.raises(TooLargeError, match=r"5x5x5x5 game has 923521 supports.*pure Nash"):
        game.solve()
    assert len(game.solve("pure Nash")) == 625
