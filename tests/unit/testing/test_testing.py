"""What users' own tests draw, and that a missing or a false equilibrium is seen."""

import sys
from dataclasses import replace

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu import testing
from gametheory_eeu.errors import GameTheoryError, SpaceError, TooLargeError, UnsupportedError

PAIRS = ["L", "R"]


@settings(max_examples=20)
@given(st.data())
def test_points_lie_in_the_spaces_drawn(data):
    space = data.draw(testing.spaces(["a", "b", "c"], constraints=4))
    assert space.contains(data.draw(testing.points(space)))
    assert {s.name for s in space.symbols} == {"a", "b", "c"}


def test_points_of_odd_spaces():
    with pytest.raises(SpaceError, match="is empty"):
        testing.points(eeu.Space.of("0 < a < b < 0"))
    narrow = eeu.Space.of("5 < a < 26/5", symbols=[sp.Symbol("a", real=True)])

    @settings(max_examples=1)
    @given(testing.points(narrow))
    def look(point):
        assert narrow.contains(point)

    look()


@settings(max_examples=20)
@given(testing.normal_forms((2, 2, 3)), testing.normal_forms((3, 3), symmetric=True))
def test_games_have_their_shape(three, two):
    assert three.shape == (2, 2, 3)
    assert two.is_symmetric


@settings(max_examples=20)
@given(testing.trees(3, hidden=True, symbols=["a"]))
def test_trees_may_have_hidden_moves(tree):
    assert set(tree.players) == {"1", "2", "3"}
    assert {s.name for s in tree.symbols} == {"a"}
    assert 1 <= len(tree.information_sets) <= 4
    assert tree.is_of_perfect_information == all(
        len(n) == 1 for n in tree.information_sets.values()
    )


def test_moves_are_hidden_in_some_trees():
    hidden = []

    @settings(max_examples=20)
    @given(testing.trees(hidden=True))
    def look(tree):
        hidden.append(not tree.is_of_perfect_information)

    look()
    assert 0 < sum(hidden) < len(hidden)


@settings(max_examples=12)
@given(st.one_of(testing.normal_forms((2, 2)), testing.normal_forms((2, 2, 2)),
                 testing.normal_forms((2, 3)), testing.trees(moves=3)))  # fmt: skip
def test_what_the_library_finds_is_complete(game):
    testing.assert_equilibria_complete(game)


@settings(max_examples=6)
@given(testing.normal_forms((2, 2), symbols=["a"], space=eeu.Space.of("a > 0")))
def test_what_it_finds_with_symbols_is_complete(game):
    testing.assert_equilibria_complete(game)


def hawk_and_dove():
    own = [["(v - c)/2", "v"], [0, "v/2"]]
    theirs = [["(v - c)/2", 0], ["v", "v/2"]]
    return eeu.NormalForm(own, theirs, actions=[["H", "D"]] * 2, given=["v > 0", "c > 0"])


GAMES = {
    "symbols": hawk_and_dove,
    "a continuum": lambda: eeu.NormalForm([[1, 1], [0, 2]], [[1, 1], [0, 2]]),
    "three players": lambda: eeu.NormalForm(lambda p: [p.count("a")] * 3, actions=[["a", "b"]] * 3),
    "a tree": lambda: (
        eeu.ExtensiveForm.builder("1", "2", given="a > 0").move("1", PAIRS)
        .move("2", PAIRS, after="R").payoffs("L", "a", 0).payoffs("R/L", 1, 1)
        .payoffs("R/R", 0, 1).build()
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GAMES)
def test_what_is_left_out_is_missed(name):
    """Each family left out, and a condition narrowed."""
    game = GAMES[name]()
    solution = game.solve("subgame perfect" if name == "a tree" else "Nash")
    testing.assert_equilibria_complete(game, solution)
    for k in range(len(solution)):
        others = solution.equilibria[:k] + solution.equilibria[k + 1 :]
        with pytest.raises(AssertionError, match=r"^missing"):
            testing.assert_equilibria_complete(game, replace(solution, equilibria=others))
    if game.symbols:
        first, *rest = solution
        narrow = replace(first, condition=sp.And(first.condition, game.symbols[0] < 1))
        with pytest.raises(AssertionError, match=f"missing at .*{game.symbols[0]} = "):
            testing.assert_equilibria_complete(game, replace(solution, equilibria=(narrow, *rest)))


def test_what_is_no_equilibrium_is_seen():
    game = hawk_and_dove()
    solution = game.solve()
    wider = replace(solution[0], condition=sp.true)
    with pytest.raises(AssertionError, match="no equilibrium: player"):
        testing.assert_equilibria_complete(game, replace(solution, equilibria=(wider,)))


def test_what_it_does_not_take():
    rows = [[0] * 7] * 7
    with pytest.raises(TooLargeError, match="16129 supports"):
        testing.assert_equilibria_complete(eeu.NormalForm(rows, rows))
    builder = eeu.ExtensiveForm.builder("1", "2").move("1", PAIRS).move("2", PAIRS, after=PAIRS)
    tree = builder.payoffs("*/*", 0, 0).build()
    with pytest.raises(UnsupportedError, match=r"hidden moves.*normal_form"):
        testing.assert_equilibria_complete(tree)
    with pytest.raises(GameTheoryError, match="two equal ones"):
        testing.normal_forms((2, 3), symmetric=True)


def test_without_hypothesis_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "gametheory_eeu.testing.strategies", raising=False)
    monkeypatch.delattr(testing, "strategies", raising=False)
    with pytest.raises(GameTheoryError, match=r"pip install 'gametheory-eeu\[test\]'"):
        _ = testing.trees
