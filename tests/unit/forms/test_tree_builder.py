"""A user's tree: how places, names and numbers are read, and what is refused."""

from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms.tree_builder import TreeBuilder
from gametheory_eeu.games.tree import Chance, Move, Outcome

build = eeu.ExtensiveForm.builder


def started() -> TreeBuilder[eeu.ExtensiveForm]:
    """Player 1 moves, and player 2 after both of its actions."""
    builder: TreeBuilder[eeu.ExtensiveForm] = build("1", "2")
    return builder.move("1", ["L", "R"]).move("2", ["l", "r"], "*")


def test_nodes_named_together_are_one_information_set() -> None:
    game = started().payoffs("L/*", 1, 2).payoffs("R/*", 3, 4).build()
    assert [move.node for move in game.information_sets["2"]] == ["L", "R"]
    assert game.payoff({"1": {"L": "1/2", "R": "1/2"}, "2": "l"}, "2") == 3


def test_information_sets_are_named_by_what_is_known() -> None:
    builder = build("1", "2").move("1", ["L", "M", "R"]).move("2", ["l", "r"], "L")
    game = builder.move("2", ["l", "r"], ["M", "R"]).payoffs("*/*", 0, 0).build()
    assert tuple(game.actions) == ("1", "2 after L", "2 after M or R")


def test_a_name_used_again_adds_to_the_information_set() -> None:
    builder = build("1", "2").move("1", ["L", "R"])
    for place in ("L", "R"):
        builder.move("2", ["l", "r"], place, information_set="unseen")
    game = builder.payoffs("*/*", 0, 0).build()
    assert len(game.information_sets["unseen"]) == 2


def test_text_numbers_and_symbols_share_the_symbols_of_given() -> None:
    a = sp.Symbol("a", positive=True)
    game = build("1", given=a < 1).move("1", ["x", "y"]).payoffs("x", a / 2)
    built = game.payoffs("y", "a - 0.25").build()
    assert built.symbols == (a,)
    assert built.payoff({"1": "y"}, "1") == a - sp.Rational(1, 4)


def test_probabilities_with_symbols_are_not_negative() -> None:
    builder = build("1").chance({"s": "p", "w": "1 - p"}).move("1", ["x", "y"], "*")
    game = builder.payoffs("*/x", 1).payoffs("*/y", 0).build()
    assert eeu.equivalent(game.space.condition, "0 <= p and p <= 1").verdict == "proved"
    with pytest.raises(GameTheoryError, match="contradicts"):
        game.at(p=2)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "players twice": (lambda: build("1", "1"), "names that differ"),
    "no players": (build, "one or more names"),
    "unknown player": (lambda: build("1").move("2", ["a"]), "no player '2'"),
    "action twice": (lambda: build("1").move("1", ["a", "a"]), "A name is used twice"),
    "no action": (lambda: build("1").move("1", []), "one or more names"),
    "slash in an action": (lambda: build("1").move("1", ["a/b"]), "without '/'"),
    "place unknown": (lambda: started().payoffs("L/x", 1, 2), "no place 'L/x'"),
    "place taken": (lambda: started().payoffs("L", 1, 2), "nothing has been written yet"),
    "pattern without places": (lambda: started().payoffs("*/x", 1, 2), "no open place"),
    "too few payoffs": (lambda: started().payoffs("L/l", 1), "2 payoffs: 1, 2"),
    "payoffs missing": (lambda: started().payoffs("L/*", 1, 2).build(), "R/l"),
    "payoff not finite": (
        lambda: started().payoffs("*/*", 1, float("inf")).build(), "payoff of 2 after L/l"),
    "payoff unreadable": (lambda: started().payoffs("*/*", "1 +", 2).build(), "cannot read"),
    "set with other actions": (
        lambda: build("1", "2").move("1", ["L", "R"]).move("2", ["l", "r"], "L", "h")
        .move("2", ["l", "m"], "R", "h"), "as at its first node"),
    "set of two players": (
        lambda: build("1", "2").move("1", ["L", "R"]).move("2", ["l", "r"], "L", "h")
        .move("1", ["l", "r"], "R", "h"), "as at its first node"),
    "sum of numbers": (
        lambda: build("1").chance({"a": "1/2", "b": "1/3"}).move("1", ["x"], "*")
        .payoffs("*/*", 0).build(), "sum to 5/6"),
    "sum with symbols": (
        lambda: build("1", given="0 < p < 1").chance({"a": "p", "b": "p"}).move("1", ["x"], "*")
        .payoffs("*/*", 0).build(), r"sum to 2\*p"),
    "negative probability": (
        lambda: build("1").chance({"a": 2, "b": -1}).move("1", ["x"], "*")
        .payoffs("*/*", 0).build(), "none below zero"),
    "impossible probability": (
        lambda: build("1", given="p > 1").chance({"a": "p", "b": "1 - p"}).move("1", ["x"], "*")
        .payoffs("*/*", 0).build(), "cannot hold"),
    "forgets its action": (
        lambda: build("1").move("1", ["L", "R"]).move("1", ["l", "r"], "*").payoffs("*/*", 0)
        .build(), "perfect recall"),
    "forgets what it knew": (
        lambda: build("1").chance({"a": "1/2", "b": "1/2"}).move("1", ["x", "y"], "a", "A")
        .move("1", ["x", "y"], "b", "B").move("1", ["u", "v"], ["a/x", "b/x"])
        .payoffs("*/y", 0).payoffs("*/*/*", 0).build(), "x at A"),
    "absent-minded": (
        lambda: build("1").move("1", ["on", "exit"], "", "h").move("1", ["on", "exit"], "on", "h")
        .payoffs("exit", 0).payoffs("on/*", 1).build(), "perfect recall"),
    "nobody moves": (lambda: build("1").payoffs("", 1).build(), "at least one player moves"),
    "payoff of nobody": (
        lambda: eeu.ExtensiveForm(
            Move("1", "h", (("a", Outcome({"2": sp.Integer(0)})),)), ["1"]), "a payoff for each"),
    "label of chance twice": (
        lambda: eeu.ExtensiveForm(
            Chance((("a", sp.S.Half, Outcome({"1": sp.S.Zero})),) * 2), ["1"]),
        "names that differ"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_game_is_refused(case: str) -> None:
    written, match = REFUSED[case]
    with pytest.raises(GameTheoryError, match=match):
        written()


def test_a_place_that_is_no_text_is_refused() -> None:
    builder = eeu.ExtensiveForm.builder("A")
    with pytest.raises(GameTheoryError, match="after = 3 is not allowed"):
        builder.move("A", ["l", "r"], after=3)
