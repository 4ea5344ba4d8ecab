"""Single equilibria, regimes and uniqueness come back from JSON as they were, computed again."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError

GAME = eeu.NormalForm(
    [["(v-c)/2", "v"], [0, "v/2"]], [["(v-c)/2", 0], ["v", "v/2"]],
    actions=[["Hawk", "Dove"]] * 2, given="v > 0 and c > 0",
)  # fmt: skip
RESULTS: dict[str, Any] = {
    "cells": eeu.regimes(GAME, "pure Nash"),
    "edges": eeu.regimes(GAME, "pure Nash", edges=True),
    "narrowed": eeu.regimes(GAME, "pure Nash", given="c > 2*v"),
    "one equilibrium": GAME.solve()["Hawk + Dove, Hawk + Dove"],
    "one of a library game": eeu.CredibleCommitment().solve()[0],
    "one by number": eeu.SymmetricGame(
        {"help": lambda _: "u - k", "wait": lambda others: "u" if others else 0},
        players=4,
        given=["0 < k", "k < u"],
    ).solve("pure Nash")[0],
    "unique": eeu.prove_unique(GAME, "c < v", "pure Nash"),
    "not unique": eeu.prove_unique(GAME, (), "pure Nash"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_it_comes_back_as_it_was(name: str) -> None:
    result: Any = RESULTS[name]
    assert eeu.from_json(result.to_json()) == result


@pytest.mark.parametrize("name", ["edges", "unique", "one equilibrium"])
def test_what_does_not_follow_is_refused(name: str) -> None:
    result: Any = RESULTS[name]
    data = json.loads(result.to_json())
    data["rows"][0][1] = "Dove, Dove"
    with pytest.raises(GameTheoryError, match=r"the game (implies|has no such)"):
        eeu.from_json(json.dumps(data))


def test_what_was_verified_and_a_classic_travel() -> None:
    verified = RESULTS["edges"].verify()
    assert pickle.loads(pickle.dumps(verified)) == verified  # noqa: S301
    for name in eeu.classic_games():
        classic = eeu.classic(name)
        assert pickle.loads(pickle.dumps(classic)) == classic  # noqa: S301
