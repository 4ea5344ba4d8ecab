"""A user's normal form: how payoffs, names and symbols are read, and what is refused."""

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError

A, B = [[3, 0], [5, 1]], [[3, 5], [0, 1]]


@pytest.mark.parametrize("kind", [list, np.array, sp.Matrix])
def test_payoffs_in_any_shape_of_array(kind: type) -> None:
    game = eeu.NormalForm(kind(A), kind(B), actions=[["C", "D"]] * 2)
    assert game.payoff(("D", "C"), "player 1") == 5
    assert game.solve("pure Nash").names == ("D, D",)


def test_a_function_of_the_profile() -> None:
    game = eeu.NormalForm(
        lambda profile: [3 if own == "C" else 5 for own in profile],
        actions=[["C", "D"]] * 3,
    )
    assert game.shape == (2, 2, 2)
    assert game.payoff({"player 1": "D", "player 2": "C", "player 3": "C"}, "player 1") == 5


def test_text_and_sympy_share_the_symbols_of_given() -> None:
    v, c = sp.symbols("v c", positive=True)
    game = eeu.NormalForm(
        [["(v - c)/2", v], [0, v / 2]], [[(v - c) / 2, 0], ["v", "v/2"]], given=["v > 0", c > 0]
    )
    assert set(game.space.symbols) == {v, c}
    assert game.at(v=1, c=2).payoff(("1", "1"), "player 2") == -sp.Rational(1, 2)


def test_every_equilibrium_is_verified_from_the_payoffs() -> None:
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]])
    assert {e.verify().verdict for e in game.solve("pure Nash")} == {"proved"}


@pytest.mark.parametrize(
    ("payoffs", "match"),
    [
        (([[1, 2], [3]], [[1, 2], [3, 4]]), "rows of one length"),
        (([[1, 2], [3, 4]], [[1, 2]]), "arrays of one shape"),
        (([1, 2],), "n >= 2 players"),
        (([[]], [[]]), "no dimension empty"),
        (([[1j, 2], [3, 4]], [[1, 2], [3, 4]]), "payoff of player 1 at 1, 1"),
        (([[float("nan"), 2], [3, 4]], [[1, 2], [3, 4]]), "finite real number"),
    ],
)
def test_bad_payoffs_are_refused(payoffs: tuple[object, ...], match: str) -> None:
    with pytest.raises(GameTheoryError, match=match):
        eeu.NormalForm(*payoffs)


def test_a_name_used_twice_is_refused() -> None:
    with pytest.raises(GameTheoryError, match="names that differ"):
        eeu.NormalForm(A, B, actions=[["C", "C"], ["C", "D"]])


@pytest.mark.parametrize(
    ("names", "match"),
    [
        ({"actions": ["CD", "CD"]}, "a list of 2 names"),
        ({"actions": [["C", "D"]]}, "for each of 2 players"),
        ({"actions": [["C", "D"], ["C", ""]]}, "2 names"),
        ({"actions": [["C", "D"], 2]}, "a list of 2 names"),
        ({"players": ["R", "R"]}, "names that differ"),
        ({"players": ["R", "K"], "actions": {"R": ["C", "D"]}}, "no player with actions 'K'"),
        ({"given": "x >"}, "x >"),
    ],
)
def test_bad_names_are_refused(names: dict[str, object], match: str) -> None:
    with pytest.raises(GameTheoryError, match=match):
        eeu.NormalForm(A, B, **names)


def test_a_function_that_returns_too_little_is_refused() -> None:
    with pytest.raises(GameTheoryError, match=r"payoffs at C, C .*2 payoffs"):
        eeu.NormalForm(lambda _: [1], actions=[["C", "D"]] * 2)


def test_values_at_which_a_payoff_is_not_defined_are_refused() -> None:
    game = eeu.NormalForm([["1/a", 0], [0, 1]], [[1, 0], [0, 1]])
    with pytest.raises(GameTheoryError, match="payoff of player 1 at 1, 1 is not a real number"):
        game.at(a=0)


def test_arrays_of_names_are_lists_of_names() -> None:
    game = eeu.NormalForm(A, B, players=np.array(["R", "K"]), actions=np.array([["C", "D"]] * 2))
    assert game == eeu.NormalForm(A, B, players=["R", "K"], actions=[["C", "D"]] * 2)


@pytest.mark.parametrize(
    "actions",
    [[["a", "a, b"], ["b, c", "c"]], [["a", "b", "a + b"], ["c"]]],
)
def test_profiles_whose_names_look_alike_are_refused(actions: list[list[str]]) -> None:
    with pytest.raises(GameTheoryError, match="no two profiles, joined"):
        eeu.NormalForm(lambda _: [0, 0], actions=actions)


def test_commas_and_plus_signs_in_names_are_legal_where_they_can_be_told_apart() -> None:
    game = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]], actions=[["L, R", "x + y"]] * 2)
    names = game.solve().names
    assert len(set(names)) == len(names) == 3


@pytest.mark.parametrize("profile", [3, "CD", ("C",)])
def test_a_profile_that_is_none_is_refused(profile: object) -> None:
    game = eeu.NormalForm(A, B, actions=[["C", "D"]] * 2)
    with pytest.raises(GameTheoryError, match="an action for each of player 1, player 2"):
        game.payoff(profile, "player 1")


def test_a_set_of_equilibria_parts_names_by_what_they_do_not_hold() -> None:
    game = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    assert repr(game.solve()) == "<3 Nash equilibria: 1, 1; 2, 2; 1 + 2, 1 + 2>"


@pytest.mark.parametrize("profile", ["CC", 3, ("C", "E")])
def test_dominance_is_between_profiles_of_the_game(profile: object) -> None:
    game = eeu.NormalForm(A, B, actions=[["C", "D"]] * 2)
    for dominates in (game.risk_dominates, game.payoff_dominates):
        with pytest.raises(GameTheoryError, match="profile"):
            dominates(profile, ("D", "D"))


def test_a_restriction_is_a_mapping() -> None:
    with pytest.raises(GameTheoryError, match="actions = 3 is not allowed"):
        eeu.NormalForm(A, B).restricted(3)


def test_a_value_or_a_name_that_is_wrong_is_told_what_is_right() -> None:
    game = eeu.NormalForm([["v", "c"]], [[0, 0]], given="v > 0 and c > 0")
    with pytest.raises(GameTheoryError, match=r"v = -1 contradicts v > 0, which is given"):
        game.at(v=-1)
    with pytest.raises(GameTheoryError, match=r"there is no parameter 'zz'. Known: c, v"):
        eeu.sweep(game, zz=[1, 2], c=1)
    alone = eeu.NormalForm([[1, 0]], [[1, 0]])
    assert repr(alone.solve()) == "<1 Nash equilibrium: 1, 1>"
    assert repr(eeu.regimes(alone)).startswith("<1 regime of Nash")
    with pytest.raises(GameTheoryError, match=r"each with solve\(\)"):
        eeu.compare(alone, 3)
