"""Labels that read alike when they are joined: none is a key, nothing is lost or merged."""

from itertools import product

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games.tree import Move, Outcome
from gametheory_eeu.interop import read_efg, write_efg

SLASHES = """EFG 2 R "slashes" { "one" "two" }
c "" 1 "" { "h" 1/2 "t" 1/2 } 0
p "" 1 1 "A" { "1" "1/2" } 0
p "" 2 1 "C1" { "yes" "no" } 0
t "" 1 "" { 1 0 }
t "" 2 "" { 0 1 }
p "" 2 2 "C2" { "yes" "no" } 0
t "" 3 "" { 2 0 }
t "" 4 "" { 0 2 }
p "" 1 2 "B" { "2/3" "3" } 0
p "" 2 3 "C3" { "yes" "no" } 0
t "" 5 "" { 3 0 }
t "" 6 "" { 0 3 }
p "" 2 4 "C4" { "yes" "no" } 0
t "" 7 "" { 4 0 }
t "" 8 "" { 0 4 }
"""
"""Player 1 has A with 1 and 1/2, and B with 2/3 and 3: 1/2/3 may be read in two ways."""


def test_a_slash_in_a_label_loses_no_strategy() -> None:
    game = read_efg(SLASHES)
    form = game.normal_form()
    assert form.shape == (4, 16)
    assert set(form.actions["one"]) == {
        f"A: {a}; B: {b}" for a, b in product(("1", "1/2"), ("2/3", "3"))
    }
    name = "A: 1/2; B: 3"
    assert game.behaviour({"one": name, "two": form.actions["two"][0]})["A"]["1/2"] == 1
    played = {"A": "1/2", "B": "3"} | dict.fromkeys(
        [n for n in game.actions if n not in ("A", "B")], "yes"
    )
    assert [n for n, p in game.mixture(played)["one"].items() if p == 1] == [name]
    assert form.payoff((name, form.actions["two"][0]), "one") == 3


def test_without_ambiguity_strategies_keep_their_short_names() -> None:
    game = eeu.ExtensiveForm.builder("1", "2").chance({"h": "1/2", "t": "1/2"})
    game.move("1", ["a", "b"], "h").move("1", ["c", "d"], "t").move("2", ["x", "y"], "*/*")
    form = game.payoffs("*/*/*", 0, 0).build().normal_form()
    assert form.actions["1"] == ("a/c", "a/d", "b/c", "b/d")


def test_labels_with_what_joins_names_in_a_normal_form() -> None:
    """A mix of a and b, and an action a + b; (a, "b, c") and ("a, b", c)."""
    builder = eeu.ExtensiveForm.builder("1", "2").move("1", ["a", "b", "a + b", "a, b"])
    builder.move("2", ["b, c", "c"], "*")
    form = builder.payoffs("*/*", 0, 0).build().normal_form()
    assert form.shape == (4, 2)
    assert form.actions["1"] == ("a", "b", "'a + b'", "'a, b'")


def test_nodes_of_one_set_whose_paths_read_alike() -> None:
    """One set after the paths (a/b, c) and (a, b/c)."""
    text = """EFG 2 R "paths" { "1" "2" "3" }
p "" 1 1 "first" { "a/b" "a" } 0
p "" 2 1 "left" { "c" "d" } 0
p "" 3 1 "last" { "l" "r" } 0
t "" 1 "" { 1 1 1 }
t "" 2 "" { 0 0 0 }
t "" 3 "" { 0 0 0 }
p "" 2 2 "right" { "b/c" "d" } 0
p "" 3 1 "last" 0
t "" 4 "" { 0 0 0 }
t "" 5 "" { 2 2 2 }
t "" 6 "" { 0 0 0 }
"""
    game = read_efg(text)
    assert [m.node for m in game.information_sets["last"]] == ["a/b/c", "a/b/c (2)"]
    equilibrium = game.solve()["a; c, b/c; r"]
    assert equilibrium.beliefs["last"] == {"a/b/c": 0, "a/b/c (2)": 1}
    assert read_efg(write_efg(game)).normal_form() == game.normal_form()


def test_sets_whose_names_read_alike() -> None:
    """A player called "A, set 1" with one set, and A with two without labels."""
    text = """EFG 2 R "sets" { "A" "A, set 1" }
p "" 2 1 "" { "x" "y" } 0
p "" 1 1 "" { "l" "r" } 0
t "" 1 "" { 1 1 }
t "" 2 "" { 0 0 }
p "" 1 2 "" { "l" "r" } 0
t "" 3 "" { 0 0 }
t "" 4 "" { 2 2 }
"""
    game = read_efg(text)
    assert len(game.information_sets) == 3
    assert game.normal_form().shape == (4, 2)


def test_unknowns_whose_labels_read_alike() -> None:
    """An action a at b|c and an action a|b at c: two probabilities, each free by itself."""
    end = Outcome({"1": sp.Integer(0), "2": sp.Integer(0)})
    nodes = [Move("2", "c", (("a|b", end), ("other", end)), name) for name in "xy"]
    root = Move("1", "b|c", (("a", nodes[0]), ("z", nodes[1])), "start")
    found = eeu.ExtensiveForm(root, ["1", "2"]).solve("Nash")
    mixed = found["a + z; a|b + other (tie)"]
    assert len(mixed.free) == 2
    assert mixed.profile["b|c"]["a"] != mixed.profile["c"]["a|b"]


def test_numbers_and_places_in_the_builder() -> None:
    """The payoff of "a after b" after c, and of a after "b after c"."""
    builder = eeu.ExtensiveForm.builder("a", "a after b")
    builder.move("a", ["b after c", "c"]).payoffs("b after c", 1, 2).payoffs("c", 3, 4)
    game = builder.build()
    assert game.payoff({"a": "b after c"}, "a") == 1
    assert game.payoff({"a": "c"}, "a after b") == 4


def test_a_name_that_the_builder_would_give_is_taken() -> None:
    builder = eeu.ExtensiveForm.builder("1", "2").move("1", ["l", "r"])
    builder.move("2", ["a", "b"], "l").move("2", ["c", "d"], "r", information_set="2 after l")
    assert set(builder.payoffs("*/*", 0, 0).build().actions) == {
        "1", "2 after l", "2 after l, set 2"
    }  # fmt: skip


def test_equilibria_whose_names_read_alike() -> None:
    """(a, "b, c") and ("a, b", c) of one player's two sets: each is listed and verified."""
    builder = eeu.ExtensiveForm.builder("1", "2").chance({"h": "1/2", "t": "1/2"})
    builder.move("1", ["a", "a, b"], "h").move("1", ["b, c", "c"], "t")
    builder.move("2", ["x", "y"], "*/*")
    for labels, x, y in (("h/a", 1, 0), ("h/a, b", 0, 1), ("t/b, c", 1, 0), ("t/c", 0, 1)):
        builder.payoffs(f"{labels}/x", x, x).payoffs(f"{labels}/y", y, y)
    found = builder.build().solve()
    assert {"a, b, c; x", "a, b, c; y"} <= set(found.names)
    same = eeu.EquilibriumSet((found[0], found[0]), found.game, "Nash", "", sp.true, "")
    assert same.names == (found[0].name, f"{found[0].name} (2)")
    assert len(same.verify()) == 2


def test_probabilities_of_three_players_whose_labels_read_alike() -> None:
    """p(x|y|z) may be x of y|z or x|y of z: in a game without stakes both are free."""
    game = eeu.NormalForm(
        lambda _: [0, 0, 0],
        players=["y|z", "z", "w"], actions=[["x", "o"], ["x|y", "o"], ["k"]],
    )  # fmt: skip
    mixed = max(game.solve(), key=lambda e: len(e.free))
    assert len(mixed.free) == 2
    assert mixed.profile["y|z"]["x"] != mixed.profile["z"]["x|y"]


def test_members_of_whom_two_pairs_would_share_a_symbol() -> None:
    with pytest.raises(GameTheoryError, match="no two pairs read alike"):
        eeu.HubBargaining(members=["A_B", "C", "A", "B_C"])
    assert eeu.HubBargaining(members=["A_B", "C"]).members == ("A_B", "C")
