"""The table of the front page: what Nashpy, pygambit and QuantEcon do and do not, tried."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import nashpy
import numpy as np
import pygambit
import pytest
import sympy as sp
from quantecon import game_theory as qe

import gametheory_eeu as eeu
from gametheory_eeu import interop

ROOT = Path(__file__).parents[2]
PEERS = ("gametheory_eeu", "Nashpy", "pygambit", "QuantEcon")
NFG = 'NFG 1 R "" { "1" "2" } { 2 2 }\n\n%s 0 0 0 0 0 1 1\n'


@pytest.fixture(scope="module")
def table() -> dict[str, tuple[str, ...]]:
    """The rows of the table as they stand on the page, by name."""
    page = (ROOT / "docs/index.md").read_text("utf-8")
    assert re.search(r"^\| +\| " + r" +\| ".join(PEERS) + r" +\|$", page, re.MULTILINE)
    cells = r" +\| ".join(["(yes|no)"] * len(PEERS))
    rows = re.findall(rf"^\| (\S.*?) +\| {cells} +\|$", page, re.MULTILINE)
    return {name: tuple(found) for name, *found in rows}


def refuses(function: Callable[[], object]) -> bool:
    """Whether a call ends in an error, of whatever kind."""
    try:
        function()
    except Exception:
        return True
    return False


def test_payoffs_with_symbols(table: dict[str, tuple[str, ...]]) -> None:
    payoffs = np.array([[sp.Symbol("s", positive=True), 0], [1, 1]], dtype=object)
    assert refuses(lambda: list(nashpy.Game(payoffs, payoffs).support_enumeration()))
    assert refuses(lambda: pygambit.read_nfg(StringIO(NFG % "s")))
    in_symbols = qe.NormalFormGame((qe.Player(payoffs), qe.Player(payoffs)))
    assert refuses(lambda: qe.lemke_howson(in_symbols))
    assert not refuses(lambda: pygambit.read_nfg(StringIO(NFG % "1/3")))
    assert not refuses(eeu.NormalForm(payoffs, payoffs.T).solve)
    assert table["payoffs with symbols"] == ("yes", "no", "no", "no")
    for name in ("the condition under which each equilibrium exists",
                 "comparative statics with proofs"):  # fmt: skip
        assert table[name] == table["payoffs with symbols"]  # neither can be said without


def test_exact_rational_numbers(table: dict[str, tuple[str, ...]]) -> None:
    game = eeu.NormalForm([["1/3", 0], [0, "1/7"]], [["1/3", 0], [0, "1/7"]])
    assert game.solve()["1 + 2, 1 + 2"].strategies["player 1"][0] == sp.Rational(3, 10)
    back = interop.from_pygambit(interop.to_pygambit(game))
    assert isinstance(back, eeu.NormalForm)
    assert back.payoffs["player 1"]["1", "1"] == sp.Rational(1, 3)
    (mixed,) = (p for p, _ in interop.to_nashpy(game).support_enumeration() if 0 < p[0] < 1)
    assert mixed.dtype == float
    assert interop.to_quantecon(game).players[0].payoff_array.dtype == float
    assert table["exact rational numbers"] == ("yes", "no", "yes", "no")


def test_players_and_trees(table: dict[str, tuple[str, ...]]) -> None:
    cube = np.zeros((2, 2, 2))
    assert refuses(lambda: list(nashpy.Game(cube, cube, cube).support_enumeration()))
    three = eeu.NormalForm(lambda profile: [len(profile), 2, 3], actions=[["a", "b"]] * 3)
    assert len(interop.to_pygambit(three).players) == 3
    assert qe.NormalFormGame([qe.Player(cube)] * 3).N == 3
    assert table["more than two players"] == ("yes", "no", "yes", "yes")
    tree = eeu.ExtensiveForm.builder("A").move("A", ["l", "r"]).payoffs("l", 1).payoffs("r", 0)
    assert isinstance(interop.from_pygambit(interop.to_pygambit(tree.build())), eeu.ExtensiveForm)
    assert not any("extensive" in name.lower() for name in (*dir(nashpy), *dir(qe)))
    assert table["game trees"] == ("yes", "no", "yes", "no")


def test_learning(table: dict[str, tuple[str, ...]]) -> None:
    assert hasattr(nashpy.Game, "replicator_dynamics")
    assert hasattr(qe, "FictitiousPlay")
    assert hasattr(eeu.NormalForm, "replicator")
    assert table["learning and evolution"] == ("yes", "yes", "no", "yes")
