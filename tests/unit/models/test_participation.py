"""Participation: its forms, its readings, and everything it refuses."""

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.sparse
import scipy.stats
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    SpaceError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
)

P = eeu.Participation
T = sp.Symbol("t", real=True)


def continuum(distribution: object, beta: object = 1, power: object = 1) -> Any:
    return P.of_continuum(distribution, beta, power)


BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "self-loop": (
        lambda: P(P=1, resistance=[1, 2], beta=[[1, 0], [0, 0]]), ParameterError, "to itself"),
    "self-loop in a dict": (
        lambda: P(P=1, resistance=[1, 2], beta={("1", "1"): 3}), ParameterError, "to itself"),
    "self-loop at large": (
        lambda: P(P=1, resistance=range(20), beta=scipy.sparse.eye_array(20)),
        ParameterError, "to itself"),
    "negative": (lambda: P(beta=-1), ParameterError, "complementarity = -1"),
    "negative in a network": (
        lambda: P(P=1, resistance=[1, 2], beta=[[0, -1], [0, 0]]), ParameterError, ">= 0"),
    "negative at large": (
        lambda: P(P=1, resistance=range(20), beta={(0, 1): -1}), ParameterError, ">= 0"),
    "rows too short": (
        lambda: P(P=1, resistance=[1, 2, 3], beta=[[0, 1], [1, 0]]), ParameterError, "3 rows of 3"),
    "ragged rows": (
        lambda: P(P=1, resistance=[1, 2], beta=[[0, 1], [1]]), ParameterError, "2 rows of 2"),
    "shape at large": (
        lambda: P(P=1, resistance=range(20), beta=np.zeros((19, 20))), ParameterError, "20 rows"),
    "pair outside": (
        lambda: P(P=1, resistance=range(20), beta={(0, 20): 1}), ParameterError, "20 rows"),
    "unknown member": (
        lambda: P(members=["A", "B"], beta={("A", "C"): 1}), UnknownNameError, "'C'"),
    "no pair": (lambda: P(members=["A", "B"], beta={"A": 1}), ParameterError, "pairs"),
    "one uniform member": (lambda: P(n=1), SpaceError, "contradicts"),
    "no power": (lambda: P(P=0), ParameterError, "> 0"),
    "counts differ": (
        lambda: P(members=3, resistance=[1, 2]), ParameterError, "3 values"),
    "symbols at large": (
        lambda: P(members=40), ParameterError, "held as arrays"),
    "a symbol in a long list": (
        lambda: P(resistance=[sp.Symbol("x", real=True)] * 40, beta=1), ParameterError, "Symbols"),
    "NaN at large": (
        lambda: P(resistance=np.full(2000, np.nan), beta=1), ParameterError, "finite"),
    "asymmetric potential": (
        lambda: P(P=1, resistance=[1, 2], beta=[[0, 1], [2, 0]]).potential_maximiser(),
        ParameterError, "symmetric"),
    "asymmetric potential at large": (
        lambda: P(P=1, resistance=range(20), beta={(0, 1): 1, (1, 0): 2}).potential_maximiser(),
        ParameterError, "symmetric"),
    "order-free bill, asymmetric": (
        lambda: P(P=1, resistance=[5, 5], beta=[[0, 1], [2, 0]]).order_free_bill,
        DoesNotExistError, "order_free_bill"),
    "floats in a cut": (
        lambda: P(P=1, resistance=np.ones(2000) / 2, beta=1).potential_maximiser(),
        UnsupportedError, "exact"),
    "an order with a gap": (
        lambda: P(P=1, resistance=[1, 2], beta=1).bill(["1"]), ParameterError, "once"),
    "no such member to leave": (
        lambda: P(P=1, resistance=[1, 2], beta=1).without("3"), UnknownNameError, "'3'"),
    "no such ties": (
        lambda: P(P=1, resistance=[1, 2], beta=1).least_equilibrium("never"),
        ParameterError, "both"),
    "no such start": (
        lambda: P(P=1, resistance=[1, 2], beta=1).cascade("half"), ParameterError, "everybody"),
    "numbers missing": (
        lambda: P(members=2).cascade(), GameTheoryError, "resistance, complementarity"),
    "members alike": (
        lambda: P(P=1, theta=2, beta=1, n=4).cascade(), GameTheoryError, "alike"),
    "power missing": (
        lambda: P(resistance=[1, 2], beta=1).cascade(), GameTheoryError, "hegemon_power"),
    "tipping on a network": (
        lambda: P(P=1, resistance=[1, 2], beta=[[0, 1], [1, 0]]).tipping_points(),
        UnsupportedError, "uniform"),
    "all on a large network": (
        lambda: P(P=1, resistance=range(30), beta={(0, 1): 1}).solve(),
        UnsupportedError, "least_equilibrium"),
    "enumeration at large": (
        lambda: P(P=1, resistance=range(21), beta={(0, 1): 1}).pure_equilibria(),
        TooLargeError, "at most 20"),
    "many symbols": (lambda: P(members=5).solve(), TooLargeError, "at most 4"),
    "2^20 ties": (
        lambda: P(P=1, resistance=[1] * 20, beta=0).solve("Nash"), TooLargeError, "one family"),
    "mixed at large": (
        lambda: P(P=1, resistance=range(500), beta=1).mixed_equilibria(),
        TooLargeError, "at most 400"),
    "no positions": (
        lambda: P(P=1, resistance=range(20), beta={("a", "b"): 1}), ParameterError, "positions"),
    "no pair of positions": (
        lambda: P(P=1, resistance=range(20), beta={(0, 1, 2): 1}), ParameterError, "positions"),
    "an order at large": (
        lambda: P(P=1, resistance=range(40), beta=1).bill([str(i) for i in range(40)]),
        UnsupportedError, "cheapest order"),
    "no plan at large": (
        lambda: P(P=1, resistance=range(40), beta=1).payoff({}, "member"),
        ParameterError, "Join, Stay"),
    "a share of a member": (
        lambda: P(P=1, resistance=range(40), beta=1).payoff(
            {"member": {"Join": "1/3", "Stay": "2/3"}}, "member"),
        ParameterError, "a share of 40 members"),
    "too few join": (
        lambda: P(P=1, resistance=range(40), beta=1).payoffs_at([True] * 3),
        ParameterError, "40 times"),
    "no density": (
        lambda: continuum(scipy.stats.poisson(2), 4).tipping_points(),
        UnsupportedError, "no density"),
    "no density at a step": (
        lambda: continuum(sp.Piecewise((0, T < 2), (1, True)), 2).tipping_points(),
        UnsupportedError, "jumps where a share of 0.5"),
    "no density at a unit step": (
        lambda: continuum(sp.Heaviside(T - 2), 2).tipping_points(), UnsupportedError, "jumps"),
    "a distribution without its parameter": (
        lambda: continuum(scipy.stats.gamma), ParameterError, "its parameters"),
    "a negative scale": (
        lambda: continuum(scipy.stats.norm(0, -1)), ParameterError, "its parameters"),
    "two variables": (
        lambda: continuum(scipy.stats.multivariate_normal([0, 0])),
        ParameterError, "one variable"),
    "complex": (lambda: continuum(sp.sqrt(T - 5)), ParameterError, "distribution function"),
    "infinite": (lambda: continuum(1 / (T - 1)), ParameterError, "distribution function"),
    "no distribution": (lambda: continuum(3), ParameterError, "frozen SciPy"),
    "falls": (lambda: continuum(1 / (1 + sp.Symbol("t"))), ParameterError, "distribution function"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    act, error, text = BAD[name]
    with pytest.raises(error, match=text):
        act()


def test_forms_are_one_game() -> None:
    assert type(P()) is P
    for given in ({"beta": 1}, {"beta": [[0, 1], [1, 0]]}):
        assert isinstance(P(P=1, resistance=[1, 2], **given), P)
    assert isinstance(P(P=1, resistance=range(100), beta=1), P)


def test_a_network_by_at() -> None:
    game = P(P=1, resistance=[3, 11, 7]).at(complementarity=[[0, 1, 1], [0, 0, 3], [1, 4, 0]])
    assert game.absolute_threshold == 8
    assert game.at(P=9).solve().names == ("all-Join",)


def test_symbols_in_a_network() -> None:
    a = sp.Symbol("a", positive=True)
    game = P(P=1, resistance=[2, 2], complementarity=[[0, a], [a, 0]])
    assert game.equilibrium_threshold == 2 - a
    assert [e.name for e in game.solve()] == ["all-Join", "none-Join"]


def test_symbolic_equilibria_verify() -> None:
    for game in (P(), P(members=2), P.on_network(members=2)):
        for concept in game.concepts:
            for equilibrium in game.solve(concept):
                assert equilibrium.verify().verdict == "proved", equilibrium.name


def test_lemmas_are_proved() -> None:
    assert [proof.verdict for proof in P.lemmas()] == ["proved", "proved"]


def test_symbolic_at_numbers_is_numeric() -> None:
    symbolic = P(members=3).solve()
    for theta in ([1, 2, 3], [2, 2, 5], [4, 1, 4]):
        game = P(P=2, resistance=theta, complementarity=3)
        values = game.values
        there = {e.name for e in symbolic if e.condition.subs(values) == sp.true}
        assert there == set(game.solve().names)
        assert game.absolute_threshold == P(members=3).absolute_threshold.subs(values)


def test_comparative_statics_are_proved() -> None:
    table = P().comparative_statics()
    assert all(row.verdict == "proved" for row in table)
    assert table["equilibrium_threshold", "complementarity"].sign == "-"
    assert table["tipping_share", "hegemon_power"].sign == "-"


def test_tipping_share_is_a_mixed_equilibrium() -> None:
    game = P()
    s = game.symbols
    others = game.payoff({"member": {"Join": 1 / s.n, "Stay": 1 - 1 / s.n}}, "member")
    assert sp.simplify(others - (s.P - s.theta) / s.n) == 0
    (mixed,) = P(P=2, resistance=[3] * 4, complementarity=4).mixed_equilibria()
    share = game.at(P=2, theta=3, beta=4, n=4).tipping_share
    assert {mix["Join"] for mix in mixed.profile.values()} == {share}
    assert mixed.verify().verdict == "proved"


def test_large_games_are_values() -> None:
    game = P(P=3, resistance=range(1, 101), complementarity=50)
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301
    assert hash(game) == hash(P(P=3, resistance=range(1, 101), complementarity=50))
    assert game.at(P=4).values != game.values
    assert "100 members" in repr(game)


def test_exact_unless_many_floats() -> None:
    assert P(P=1, resistance=[0.1] * 100, beta="1/3").cascade().exact
    assert not P(P=1, resistance=[0.1] * 2000, beta="1/3").cascade().exact
    whole = P(P=1, resistance=[10**30] * 50, beta=10**31)
    assert whole.absolute_threshold == 10**30


def test_continuum_brackets_hold_the_roots() -> None:
    game = P.of_continuum(scipy.stats.norm(2, 0.3), 2, 1)
    low, middle, high = game.equilibria()
    assert [e.kind for e in (low, middle, high)] == ["stable", "tipping", "stable"]
    assert middle.low <= 0.5 <= middle.high
    assert middle.high - middle.low < 1e-10
    (tipping,) = game.tipping_points()
    assert tipping.slope == pytest.approx(2 / (0.3 * np.sqrt(2 * np.pi)))


def test_continuum_of_equilibria_is_said() -> None:
    """Uniform on [1, 2] with P = beta = 1: every share is an equilibrium."""
    (everything,) = P.of_continuum(scipy.stats.uniform(1, 1), 1, 1).equilibria()
    assert (everything.low, everything.high, everything.kind) == (0, 1, "undecided")


def test_continuum_exact_for_a_rational_distribution() -> None:
    t = sp.Symbol("t")
    smooth = sp.Piecewise((0, t < 1), (3 * (t - 1) ** 2 - 2 * (t - 1) ** 3, t < 2), (1, True))
    found = P.of_continuum(smooth, 1, 1).equilibria()
    assert all(e.exact for e in found)
    assert [e.low <= root <= e.high for e, root in zip(found, (0, sp.S.Half, 1), strict=True)] == [
        True
    ] * 3


@pytest.mark.parametrize("name", ["2013", "2014", "2015"])
def test_calibrations(name: str) -> None:
    game = P.from_article(name)
    assert game.players[:2] == ("Belarus", "Kazakhstan")
    assert ("Ukraine" in game.players) == (name == "2013")
    game.plot()


def test_figures() -> None:
    assert len(P.from_article("2014").plot().axes) == 2
    assert len(P(P=1, resistance=[1, 2], beta=[[0, 1], [1, 0]]).plot().axes) == 1
    assert len(P(P=30, resistance=range(100), beta=60).plot().axes) == 2
    with pytest.raises(GameTheoryError, match="from_article"):
        P().plot()
