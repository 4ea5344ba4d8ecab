"""Gains from a higher action, one by one, in games small enough to list them."""

from types import SimpleNamespace
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import Increment
from gametheory_eeu.statics.increasing_differences import (
    MAX_INCREMENTS,
    MAX_PROFILES,
    increments_of,
)

ROWS, COLUMNS = sp.symbols("r(0:3)(0:2)"), sp.symbols("c(0:3)(0:2)")
GAME = NormalForm(
    [ROWS[:2], ROWS[2:4], ROWS[4:]], [COLUMNS[:2], COLUMNS[2:4], COLUMNS[4:]],
    actions=[["lo", "mid", "hi"], ["L", "R"]], players=["1", "2"],
)  # fmt: skip


def r(i: int, j: int) -> sp.Symbol:
    return ROWS[2 * i + j]


def c(i: int, j: int) -> sp.Symbol:
    return COLUMNS[2 * i + j]


def plain(found: Any) -> list[tuple[Any, ...]]:
    return [(i.who, i.gain, i.raised, i.payoffs, i.consecutive, i.alone, i.where) for i in found]


def test_every_gain_of_a_game_of_two() -> None:
    def gain(low: int, high: int, j: int) -> sp.Expr:
        return r(high, j) - r(low, j)

    expected: list[tuple[Any, ...]] = [
        (f"1 (2: {'LR'[j]})", gain(low, high, j), (gain(low, high, 1),) if j == 0 else (),
         (r(low, j), r(high, j)), high == low + 1, True, ())
        for low, high in ((0, 1), (0, 2), (1, 2))
        for j in (0, 1)
    ]  # fmt: skip
    expected += [
        (f"2 (1: {('lo', 'mid', 'hi')[i]})", c(i, 1) - c(i, 0),
         (c(i + 1, 1) - c(i + 1, 0),) if i < 2 else (), (c(i, 0), c(i, 1)), True, True, ())
        for i in range(3)
    ]  # fmt: skip
    assert plain(increments_of(GAME)) == expected


def pay(profile: dict[str, str], player: str) -> sp.Expr:
    return sp.Symbol("_".join((player, *profile.values())))


def test_a_player_who_moves_at_two_places_is_not_alone_at_either() -> None:
    game = SimpleNamespace(
        actions={"A": ["a", "b"], "B": ["c", "d"], "C": ["e", "f"]},
        player_at=lambda place: "1" if place in ("A", "B") else "2",
        payoff=lambda profile, player: pay({p: profile[p] for p in "ABC"}, player),
    )
    found = list(increments_of(game))
    assert len(found) == 3 * 4
    assert [i.alone for i in found] == [False] * 8 + [True] * 4
    first = found[0]
    s = sp.Symbol
    assert first.who == "1 (B: c, C: e)"
    assert first.gain == s("1_b_c_e") - s("1_a_c_e")
    assert first.raised == (s("1_b_d_e") - s("1_a_d_e"), s("1_b_c_f") - s("1_a_c_f"))
    assert found[-1].raised == ()
    assert (found[-1].who, found[-1].gain) == ("2 (A: b, B: d)", s("2_b_d_f") - s("2_b_d_e"))


def test_actions_that_all_share_and_a_lone_player() -> None:
    shared = SimpleNamespace(players=["1", "2"], actions=["a", "b"], payoff=pay)
    assert [i.who for i in increments_of(shared)] == [
        "1 (2: a)", "1 (2: b)", "2 (1: a)", "2 (1: b)"]  # fmt: skip
    lone = SimpleNamespace(players=["1"], actions=["a", "b"], payoff=lambda *_: 3)
    (only,) = increments_of(lone)
    assert (only.who, only.gain, only.raised, only.alone) == ("1", 0, (), True)


def test_a_game_may_give_its_gains_itself() -> None:
    mine = Increment("1", sp.Symbol("a"), ())
    assert list(increments_of(SimpleNamespace(increments=lambda: [mine]))) == [mine]
    with pytest.raises(ParameterError, match="a game of named actions"):
        increments_of(SimpleNamespace(players=["1"]))


def test_what_is_too_large_is_refused() -> None:
    def game(*sizes: int) -> Any:
        actions = {str(k): [str(a) for a in range(size)] for k, size in enumerate(sizes)}
        return SimpleNamespace(actions=actions, payoff=lambda *_: 0)

    assert list(increments_of(game(2, 0))) == []
    assert 64 * 64 == MAX_PROFILES
    assert len(list(increments_of(game(*[2] * 5)))) == 5 * 2**4
    with pytest.raises(TooLargeError, match="4160 profiles; at most 4096"):
        increments_of(game(64, 65))
    # 64 * C(64, 2) * 2 pairs
    with pytest.raises(TooLargeError, match="258048 gains from a higher action; at most 20000"):
        increments_of(game(64, 64))
    # 200 * 199/2 = 19900 for the one, and for the other none
    increments_of(game(200, 1))
    assert 200 * 199 // 2 < MAX_INCREMENTS < 201 * 200 // 2
    with pytest.raises(TooLargeError, match="20100 gains"):
        increments_of(game(201, 1))
