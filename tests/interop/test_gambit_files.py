"""Gambit's files: read and written as pygambit reads and writes them, and refused by line."""

import random
from collections.abc import Callable
from fractions import Fraction
from io import StringIO
from itertools import product
from pathlib import Path

import pygambit
import pytest
import sympy as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameFileError, GameTheoryError
from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.interop import read_efg, read_nfg, write_efg, write_nfg

# The outcome version, from the description of the format in Gambit's manual: comments, commas,
# outcome 0 and labels included.
OUTCOMES = """NFG 1 R "A game" { "Rowena" "Colin" }
{ { "up" "down" } { "left" "right" } }
"a comment, { with } a brace"
{
{ "one" 1/2, -3 }
{ "two" 0.25 4e2 }
}
1 2 0 1
"""

# Myerson (1991), Figure 2.1: a card, raise or pass, meet or pass; in the format's own manual.
POKER = """EFG 2 R "A simple poker game" { "Rose" "Chris" }
""
c "" 1 "" { "red" 1/2 "black" 1/2 } 0
p "" 1 1 "red" { "raise" "pass" } 0
p "" 2 1 "asked" { "meet" "pass" } 0
t "" 1 "big win" { 2, -2 }
t "" 2 "win" { 1, -1 }
t "" 2
p "" 1 2 "black" { "raise" "pass" } 0
p "" 2 1 0
t "" 3 "big loss" { -2 2 }
t "" 2
t "" 4 "loss" { -1 1 }
"""


def random_normal_form(rng: random.Random) -> NormalForm:
    shape = [rng.randint(1, 3) for _ in range(rng.randint(2, 3))]
    actions = [[f"{'abc'[i]}{k}" for k in range(n)] for i, n in enumerate(shape)]
    values = {
        profile: [Fraction(rng.randint(-20, 20), rng.randint(1, 7)) for _ in shape]
        for profile in product(*actions)
    }
    return NormalForm(values.__getitem__, players=["P", "Q", "R"][: len(shape)], actions=actions)


def payoffs(game: NormalForm) -> list[sp.Expr]:
    return [game.payoffs[p][profile] for profile in game.profiles for p in game.players]


def gambit_payoffs(game: object, shape: tuple[int, ...]) -> list[sp.Expr]:
    arrays = game.to_arrays(dtype=pygambit.Rational)  # type: ignore[attr-defined]
    return [sp.Rational(str(array[place])) for place in product(*map(range, shape))
            for array in arrays]  # fmt: skip


def test_the_outcome_version() -> None:
    game = read_nfg(OUTCOMES)
    assert (game.title, game.players) == ("A game", ("Rowena", "Colin"))
    assert dict(game.actions) == {"Rowena": ("up", "down"), "Colin": ("left", "right")}
    half, quarter = sp.Rational(1, 2), sp.Rational(1, 4)
    assert payoffs(game) == [half, -3, 0, 0, quarter, 400, half, -3]
    assert payoffs(game) == gambit_payoffs(pygambit.read_nfg(StringIO(OUTCOMES)), game.shape)


def test_normal_forms_both_ways_against_pygambit(
    rng: random.Random, samples: Callable[[int], range], tmp_path: Path
) -> None:
    for _ in samples(100):
        game = random_normal_form(rng)
        text = write_nfg(game, tmp_path / "game.nfg")
        theirs = pygambit.read_nfg(StringIO(text))
        assert gambit_payoffs(theirs, game.shape) == payoffs(game)
        assert read_nfg(theirs.to_nfg()) == game
        assert read_nfg(tmp_path / "game.nfg") == game
        assert read_nfg(StringIO(text)) == game


def test_a_tree_of_the_manual() -> None:
    game = read_efg(POKER)
    assert dict(game.actions) == {
        "red": ("raise", "pass"), "asked": ("meet", "pass"), "black": ("raise", "pass"),
    }  # fmt: skip
    (found,) = game.solve("Nash")
    assert found.profile["black"]["raise"] == sp.Rational(1, 3)
    assert found.profile["asked"]["meet"] == sp.Rational(2, 3)
    assert found.payoffs["Rose"] == sp.Rational(1, 3)


def same_worth(ours: ExtensiveForm, theirs: ExtensiveForm, rng: random.Random) -> bool:
    """Whether some random profile of behaviour is worth the same in both trees."""
    mixes = {}
    for name, actions in ours.actions.items():
        weights = [rng.randint(1, 9) for _ in actions]
        mixes[name] = {
            a: sp.Rational(w, sum(weights)) for a, w in zip(actions, weights, strict=True)
        }
    return all(ours.payoff(mixes, p) == theirs.payoff(mixes, p) for p in ours.players)


def random_tree(rng: random.Random) -> ExtensiveForm:
    """A lottery, a first mover who sees it or does not, and a second who sees the first."""
    builder = ExtensiveForm.builder("A", "B", title="tree")
    weights = [rng.randint(1, 5), rng.randint(1, 5)]
    builder.chance(
        {"x": Fraction(weights[0], sum(weights)), "y": Fraction(weights[1], sum(weights))}
    )
    if rng.random() < 0.5:
        builder.move("A", ["l", "r"], after=["x", "y"], information_set="A")
    else:
        builder.move("A", ["l", "r"], after="x", information_set="A at x")
        builder.move("A", ["l", "r"], after="y", information_set="A at y")
    builder.move("B", ["u", "d"], after=["x/l", "y/l"], information_set="B after l")
    for place in ("x/r", "y/r", "x/l/u", "x/l/d", "y/l/u", "y/l/d"):
        builder.payoffs(place, *(Fraction(rng.randint(-9, 9), rng.randint(1, 4)) for _ in "AB"))
    return builder.build()


def test_trees_both_ways_against_pygambit(
    rng: random.Random, samples: Callable[[int], range]
) -> None:
    for _ in samples(40):
        game = random_tree(rng)
        text = write_efg(game)
        assert same_worth(game, read_efg(text), rng)
        theirs = pygambit.read_efg(StringIO(text))
        assert same_worth(game, read_efg(theirs.to_efg()), rng)


def test_what_is_paid_on_the_way_is_added() -> None:
    tree = 'EFG 2 R "" { "A" "B" } p "" 1 1 "" { "l" "r" } 1 "" { 10 20 } t "" 2 "" { 1 2 } t "" 0'
    game = read_efg(tree)
    assert [game.payoff({"A": "l"}, p) for p in "AB"] == [11, 22]
    assert [game.payoff({"A": "r"}, p) for p in "AB"] == [10, 20]


def test_the_order_of_actions_may_differ_within_an_information_set() -> None:
    builder = ExtensiveForm.builder("A", "B").move("A", ["l", "r"])
    builder.move("B", ["u", "d"], after="l", information_set="B")
    builder.move("B", ["d", "u"], after="r", information_set="B")
    for i, place in enumerate(["l/u", "l/d", "r/u", "r/d"]):
        builder.payoffs(place, i, -i)
    game = builder.build()
    assert same_worth(game, read_efg(write_efg(game)), random.Random(1))


def test_blank_labels_become_numbers_and_quotes_survive() -> None:
    game = read_nfg('NFG 1 D "a \\"quoted\\" title" { "" "" } { 2 1 } 1 2 3 4')
    assert (game.title, game.players) == ('a "quoted" title', ("1", "2"))
    assert read_nfg(write_nfg(game)).title == game.title


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "'NFG' at the start was due, but the end of the file comes"),
        ("EFG 2 R", 1, "starts with 'EFG', not NFG 1"),
        ('NFG 1 X "t"', 1, "R or D, not 'X'"),
        ('NFG 1 R "t\n { "A" "B" }', 3, None),
        ('NFG 1 R "t" { "A" }\n{ 2 }\n1 2', 1, "two or more players"),
        ('NFG 1 R "t" { "A" "B" }\n{ 2 }\n1 2', 2, "strategies of 1 players, but there are 2"),
        ('NFG 1 R "t" { "A" "B" }\n{ 2 0 }\n', 2, "a player has no strategy"),
        ('NFG 1 R "t" { "A" "B" }\n{ 2 2 }\n1 2 3', 3, "8 payoffs are due, but 3 entries come"),
        ('NFG 1 R "t" { "A" "B" }\n{ 1 1 }\n1\nx', 4, "'x' is no rational number"),
        ('NFG 1 R "t" { "A" "B" }\n{ 1 1 }\n1\n1/0', 4, "division by zero"),
        ('NFG 1 R "t" { "A" "B" }\n{ 1 1 }\n1 1e9999', 3, "no rational number"),
        ('NFG 1 R "t" { "A" "B" } { 999999999 2 }\n1', 1, "has no payoffs for them"),
        ('NFG 1 R "t" { "A" "B" } { 1 1 }\n{ { "o" 1 } } 1', 2, "1 payoffs for 2 players"),
        ('NFG 1 R "t" { "A" "B" } { 1 1 }\n{ { "o" 1 2 } }\n2', 3, "outcome 2, but there are 1"),
        ('NFG 1 R "t" { "A" "B" } { 1 1 } 1 2 "more"', 1, "2 payoffs are due, but 3"),
    ],
)
def test_broken_normal_forms_say_line_and_reason(text: str, line: int, why: str | None) -> None:
    with pytest.raises(GameFileError) as caught:
        read_nfg(StringIO(text))
    if why is not None:
        assert (caught.value.line, why in caught.value.why) == (line, True)


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        ("", 2, "a node: p, c or t was due"),
        ('x "" 1', 2, "starts with p, c or t, not with 'x'"),
        ('p "" 3 1 "" { "a" } 0', 2, "player 3, but there are 2"),
        ('p "" 1 1 0', 2, "information set 1 has no actions yet"),
        ('p "" 1 1 "" { } 0', 2, "without actions"),
        ('t "" 1', 2, "outcome 1 has no payoffs yet"),
        ('t "" 1 "" { 1 }', 2, "1 payoffs for 2 players"),
        ('p "" 1 1 "" { "a" } 0\nt "" 0 t', 3, "'t' comes after the game's end"),
        ('p "" 1 1 "" { "a" "b" } 0\nt "" 0\np "" 1 1 "" { "a" } 0', 4, "had other actions before"),
        ('p "" 1 1 "" { "a" "b" } 0\nt "" 1 "" { 1 1 }\nt "" 1 "" { 1 2 }', 4, "other payoffs"),
        ('p "" 1 1 "" { "a" } 0\n' * 200, 153, "more than 150 moves follow each other"),
        ('c "" 1 "" { "a" 1/2 "b" } 0', 2, "its probability was due"),
    ],
)
def test_broken_trees_say_line_and_reason(body: str, line: int, why: str) -> None:
    with pytest.raises(GameFileError) as caught:
        read_efg(f'EFG 2 R "t" {{ "A" "B" }}\n{body}')
    assert (caught.value.line, why in caught.value.why) == (line, True), caught.value


def test_probabilities_that_do_not_sum_to_one_are_refused() -> None:
    text = 'EFG 2 R "t" { "A" } c "" 1 "" { "a" 1/2 "b" 1/3 } 0 t "" 0 p "" 1 1 "" { "x" } 0 t "" 0'
    with pytest.raises(GameTheoryError, match="sum"):
        read_efg(text)


def test_files_hold_rational_numbers_only() -> None:
    game = eeu.NormalForm([["a"]], [[1]])
    with pytest.raises(GameFileError, match="the payoff of player 1 at 1, 1 is a; Gambit's files"):
        write_nfg(game)
    with pytest.raises(GameFileError, match="is sqrt"):
        write_nfg(game.at(a="sqrt(2)"))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(GameFileError, match="cannot be read"):
        read_nfg("no such file.nfg")


PIECES = ["NFG", "EFG", "1", "2", "R", "D", '"t"', "{", "}", '"A"', '"B"', "p", "c", "t", "0",
          "1/2", "-3", "0.5", '""', ",", "\n", "1/0", "1e5", '"', "\\", "999999999"]  # fmt: skip


def damaged(text: str) -> st.SearchStrategy[str]:
    """The text with a few pieces put in, taken out or exchanged."""

    def at(place: int, width: int, piece: str, base: str = text) -> str:
        start = place % (len(base) + 1)
        return base[:start] + piece + base[start + width :]

    places = st.integers(0, len(text))
    return st.builds(at, places, st.integers(0, 9), st.sampled_from(PIECES))


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    damaged(OUTCOMES),
    damaged(POKER),
)


@settings(max_examples=300)
@given(ANYTHING)
@example('NFG 1 R "" { "" "" } { 1 1 } 1 \x00')
def test_no_text_gives_a_bare_traceback(text: str) -> None:
    for read in (read_nfg, read_efg):
        try:
            found = read(StringIO(text))
        except GameTheoryError:
            continue
        assert found.players
