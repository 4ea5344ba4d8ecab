"""Every kind of result comes back as it was: from a copy, from a pickle, and from JSON."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.display import Table
from gametheory_eeu.errors import GameTheoryError
from tests.face import calls
from tests.face.results_of import first_of_each_kind

x, y = sp.symbols("x y", real=True)
AS_WRITTEN = [["x/x", "y*b"], [0, "a"]]
"""Payoffs that SymPy would evaluate, of symbols in no order."""


def answers(folder: Path) -> Iterator[object]:
    """What every call returns."""
    parts = (calls.of_forms(), calls.of_games(), calls.of_questions(), calls.of_results(),
             calls.of_files(folder), calls.of_solvers())  # fmt: skip
    for call in chain(*parts):
        if not call.refuses:
            yield call()


def test_every_kind_of_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    found = first_of_each_kind(answers(tmp_path))
    assert len({type(each) for each in found}) > 70
    for each in found:
        again = pickle.loads(pickle.dumps(each))  # noqa: S301 - our own
        assert (again, hash(again)) == (each, hash(each)), type(each)
        assert copy.copy(each) == copy.deepcopy(each) == each, type(each)


def test_every_result_that_writes_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    kinds = set()
    for call in chain(calls.of_forms(), calls.of_questions(), calls.of_results()):
        for each in first_of_each_kind(iter([] if call.refuses else [call()]), most=1):
            if hasattr(each, "to_json") and type(each) not in kinds:
                kinds.add(type(each))
                again = eeu.from_json(each.to_json())
                assert again == each or isinstance(again, Table), type(each)
    assert {eeu.NormalForm, eeu.ExtensiveForm, eeu.SymmetricGame, eeu.EquilibriumSet,
            eeu.Equilibrium, eeu.Partition, eeu.Proof} <= kinds  # fmt: skip


def forms() -> list[eeu.NormalForm]:
    tree = eeu.ExtensiveForm.builder("1", given="y > b").move("1", ["L", "R"])
    return [
        eeu.NormalForm(AS_WRITTEN, [[1, 0], [0, "x/x"]]),
        eeu.SymmetricGame({"L": ["x/x", "y"], "R": ["b", "a - a*y/y"]}, 2),
        tree.payoffs("L", "x/x - b").payoffs("R", "y/y").build(),
    ]


@pytest.mark.parametrize("game", forms(), ids=["normal", "symmetric", "tree"])
def test_payoffs_come_back_as_written(game: eeu.NormalForm) -> None:
    for again in (
        pickle.loads(pickle.dumps(game)),  # noqa: S301 - our own
        copy.copy(game),
        copy.deepcopy(game),
        eeu.from_json(game.to_json()),
    ):
        assert again == game
        assert hash(again) == hash(game)
        assert again.symbols == game.symbols
        with pytest.raises(GameTheoryError, match="a real number only where"):
            again.solve()


@pytest.mark.parametrize("symbol", [sp.Symbol("z", positive=True), sp.Symbol("n", integer=True)])
def test_a_user_s_symbols_in_a_game_of_the_library(symbol: sp.Symbol) -> None:
    game = eeu.CredibleCommitment(membership_benefit=symbol**2 + 1)
    assert eeu.from_json(game.to_json()) == game
    assert symbol in eeu.from_json(game.to_json()).given["membership_benefit"].free_symbols


def test_an_equilibrium_from_a_pickle_is_equal_to_itself() -> None:
    for game in (calls.coordination(), calls.tree(), calls.symmetric()):
        for found in game.solve():
            again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
            assert again == found
            assert hash(again) == hash(found)
