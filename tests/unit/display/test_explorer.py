"""Sliders without a browser: their ranges, what they move, what is refused."""

import sys

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.display.explorer import Explorer
from gametheory_eeu.errors import GameTheoryError, UnsupportedError


@pytest.fixture(scope="module")
def explorer():
    own, theirs = [["s", 0], ["h", "h"]], [["s", "h"], [0, "h"]]
    names = [["Stag", "Hare"]] * 2
    return Explorer(eeu.NormalForm(own, theirs, actions=names, given="h < s < 10 and h > 0"))


def test_sliders_start_inside_a_regime_and_end_where_the_space_does(explorer):
    space = explorer.game.space
    assert space.contains(explorer.values)
    assert (explorer.sliders["s"].max, explorer.sliders["h"].min) == (9.9, 0.02)
    assert list(explorer.sliders) == ["h", "s"]


def test_a_slider_moves_what_is_shown(explorer):
    explorer.sliders["s"].value = 4.0
    explorer.sliders["h"].value = 1.0
    shown = explorer.equilibria.value, bytes(explorer.map.value)
    assert "Stag (0.25)" in shown[0]
    explorer.sliders["h"].value = 3.0
    assert "Stag (0.75)" in explorer.equilibria.value
    assert bytes(explorer.map.value) != shown[1]
    assert bytes(explorer.map.value).startswith(b"\x89PNG")


def test_outside_the_space_it_says_so_and_comes_back(explorer):
    explorer.sliders["s"].value = 2.0
    explorer.sliders["h"].value = 3.0
    assert "h" in explorer.equilibria.value
    assert explorer.thresholds.value == ""
    explorer.sliders["h"].value = 1.0
    assert "Nash equilibria" in explorer.equilibria.value


def test_thresholds_are_where_the_equilibria_change():
    own, theirs = [["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]]
    explorer = Explorer(eeu.NormalForm(own, theirs, given=["v > 0", "c > 0"]), x="v", y="c")
    explorer.sliders["c"].value = 1.5
    assert "as v moves, at</th><td>1.5<" in explorer.thresholds.value
    assert (explorer.x.value, explorer.y.value) == ("v", "c")
    explorer.y.value = "(none)"
    assert bytes(explorer.map.value).startswith(b"\x89PNG")


def test_a_model_with_values_has_them_open_at_its_own(monkeypatch):
    game = eeu.CredibleCommitment.from_article("2014")
    explorer = Explorer(game)
    assert explorer.values["mu"] == game.values[game.symbols.mu]
    assert explorer.game.space.symbols
    explorer.sliders["mu"].value = 0.9
    assert explorer.values["mu"] == sp.Rational(9, 10)
    assert "trust threshold" in explorer.thresholds.value
    assert explorer._repr_mimebundle_()["text/plain"]


def test_what_is_refused(monkeypatch):
    game = eeu.NormalForm([["a", 0], [0, 1]], [[1, 0], [0, 1]], given="a > 0")
    with pytest.raises(UnsupportedError, match=r"in a notebook, and this is none.*\.solve\(\)"):
        game.explore()
    with pytest.raises(GameTheoryError, match="a game with symbols"):
        Explorer(game.at(a=1))
    with pytest.raises(GameTheoryError, match="there is no symbol 'b'"):
        Explorer(game, x="b")
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(GameTheoryError, match=r"pip install 'gametheory-eeu\[notebook\]'"):
        game.explore()
