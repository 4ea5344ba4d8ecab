"""Trees with one information set for each player, against their payoff tables."""

from itertools import product
from random import Random
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome
from gametheory_eeu.solvers import information_set_values
from gametheory_eeu.solvers.extreme_equilibria import bit_positions, extreme_equilibria
from gametheory_eeu.solvers.information_set_values import SingleSetTree

module: Any = information_set_values
HALF = sp.Rational(1, 2)
Profile = tuple[int, ...]


def tree(shape: tuple[int, ...], payoff: Any, last: Any = None) -> Node:
    """The players one after the other, none of whom sees anything."""

    def build(profile: Profile) -> Node:
        k = len(profile)
        if k == len(shape):
            return Outcome({str(i): v for i, v in enumerate(payoff(profile))})
        actions = tuple((f"{k}{a}", build((*profile, a))) for a in range(shape[k]))
        return Move(str(k), f"S{k}", actions, str(profile))

    return build(()) if last is None else last(build(()))


def of(root: Node, *, perfect: bool = True) -> SingleSetTree:
    found = SingleSetTree.of(root, perfect=perfect)
    assert found is not None
    return found


def table(shape: tuple[int, ...], seed: int) -> dict[Profile, list[int]]:
    rng = Random(seed)
    top = 2 if seed % 2 else 50
    return {p: [rng.randint(0, top) for _ in shape] for p in product(*map(range, shape))}


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 3)])
def test_two_players_have_the_supports_of_their_tables(shape: tuple[int, int]) -> None:
    for seed in range(4):
        cells = table(shape, seed)
        rows, columns = ([[cells[i, j][k] for j in range(shape[1])] for i in range(shape[0])]
                         for k in (0, 1))  # fmt: skip
        expected = {
            (tuple(f"0{k}" for k in bit_positions(x)), tuple(f"1{k}" for k in bit_positions(y)))
            for x, y in extreme_equilibria(rows, columns).supports()
        }
        found = list(of(tree(shape, cells.__getitem__)).supports())
        assert {(s["S0"], s["S1"]) for s, _ in found} == expected
        assert len(found) == len(expected)
        assert all(mixes is None for _, mixes in found)


def test_three_players_have_their_mixes() -> None:
    shape, checked = (2, 2, 2), 0
    for seed in (0, 2, 4, 6):
        cells = table(shape, seed)
        found = list(of(tree(shape, cells.__getitem__)).supports())
        assert found
        for supports, mixes in found:
            if mixes is None:  # its equations have no end of solutions
                continue
            checked += 1
            assert list(mixes) == ["S0", "S1", "S2"]
            numbers = [[float(sp.N(v)) for v in mix.values()] for mix in mixes.values()]
            for k, mix in enumerate(mixes.values()):
                assert [a for a, p in mix.items() if p != 0] == list(supports[f"S{k}"])
                assert list(mix) == [f"{k}0", f"{k}1"]
            for k in range(3):
                worth = [0.0, 0.0]
                for profile in product(range(2), repeat=3):
                    others = 1.0
                    for j in range(3):
                        others *= numbers[j][profile[j]] if j != k else 1.0
                    worth[profile[k]] += others * cells[profile][k]
                for a in range(2):
                    assert worth[a] <= max(worth) + 1e-9
                    if numbers[k][a] > 0:
                        assert worth[a] == pytest.approx(max(worth))
    assert checked > 3


def test_where_a_continuum_is_the_mixes_are_left_open() -> None:
    tied = of(tree((2, 2, 2), lambda _: (0, 0, 0)))
    found = {tuple(s.values()): m for s, m in tied.supports()}
    assert len(found) == 27
    pure = found[("00",), ("10",), ("20",)]
    assert pure == {"S0": {"00": 1, "01": 0}, "S1": {"10": 1, "11": 0}, "S2": {"20": 1, "21": 0}}
    assert found[("00", "01"), ("10",), ("20",)] is None


def test_chance_weighs_payoffs() -> None:
    def draw(root: Node) -> Node:
        other = tree((2, 2), lambda p: (4, 6 * p[1]))
        return Chance((("l", HALF, root), ("r", HALF, other)))

    found = of(tree((2, 2), lambda p: (2 * p[0], 0), draw))
    played = {"S0": "01", "S1": "11"}
    assert module._pure_payoffs(found.root, played, ["0", "1"]) == [3, 3]
    assert module._pure_payoffs(found.root, played, ["1"]) == [3]
    assert module._pure_payoffs(found.root, {"S0": "00", "S1": "10"}, ["0", "1"]) == [2, 0]
    assert [tuple(s.values()) for s, _ in found.supports()] == [(("01",), ("11",))]


def leave(root: Node) -> Node:
    return Chance((("stay", HALF, root), ("leave", HALF, Outcome({"0": 0, "1": 0}))))


def one_sided(a: int) -> Node:
    return Move(
        "1", "S1", (("x", Outcome({"0": a, "1": 1})), ("y", Outcome({"0": 1, "1": 0}))), str(a)
    )


SOMETIMES = Move("0", "S0", (("in", one_sided(2)), ("out", Outcome({"0": 1, "1": 1}))))
ALWAYS = Move("0", "S0", (("l", one_sided(2)), ("r", one_sided(0))))


@pytest.mark.parametrize(
    ("root", "perfect", "sets"),
    [
        (ALWAYS, True, ["S0", "S1"]), (ALWAYS, False, ["S0", "S1"]), (SOMETIMES, True, None),
        (SOMETIMES, False, ["S0", "S1"]), (leave(ALWAYS), True, ["S0", "S1"]),
        (leave(SOMETIMES), True, None), (one_sided(1), False, None),
        (Move("1", "T", (("a", one_sided(1)), ("b", one_sided(2)))), False, None),
        (tree((2, 2), lambda _: (0, sp.Symbol("x"))), True, None),
        (tree((2, 2), lambda _: (0, sp.sqrt(2))), True, None),
        (Outcome({"0": 0}), True, None),
    ],
)  # fmt: skip
def test_which_trees_are_simultaneous(root: Node, perfect: bool, sets: list[str] | None) -> None:
    found = SingleSetTree.of(root, perfect=perfect)
    assert (None if found is None else list(found.sets)) == sets
    if found is not None:
        assert found.root is root


def test_where_a_set_is_always_reached() -> None:
    reached = module._is_always_reached
    assert reached(ALWAYS, "S0")
    assert reached(ALWAYS, "S1")
    assert reached(SOMETIMES, "S0")
    assert not reached(SOMETIMES, "S1")
    assert reached(leave(ALWAYS), "S1")
    assert not reached(leave(SOMETIMES), "S1")
    assert not reached(Outcome({"0": 0}), "S0")


def test_cells_and_supports_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CELLS", 8)
    assert SingleSetTree.of(tree((2, 2, 2), lambda _: (0, 0, 0)), perfect=True) is not None
    assert SingleSetTree.of(tree((3, 3), lambda _: (0, 0)), perfect=True) is None
    three = of(tree((2, 2, 2), lambda p: p))
    monkeypatch.setattr(module, "MAX_SUPPORTS", 27)
    assert len(list(three.supports())) == 1
    monkeypatch.setattr(module, "MAX_SUPPORTS", 26)
    with pytest.raises(
        TooLargeError, match="3 simultaneous moves of 2x2x2 actions have more than 26"
    ):
        list(three.supports())
    assert len(list(of(tree((2, 2), lambda p: p)).supports())) == 1
    monkeypatch.setattr(module, "MAX_SUPPORTS", 1)
    assert len(list(of(tree((2, 2), lambda p: p)).supports())) == 1
