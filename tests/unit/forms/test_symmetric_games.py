"""Symmetric and anonymous games: recognised, and solved in their small form."""

from itertools import product
from random import Random

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.solvers.pure_nash import equilibria_by_number


def random_small(rng: Random, players: int, most: int = 9) -> eeu.SymmetricGame:
    rows = {a: [rng.randint(-most, most) for _ in range(players)] for a in ("a", "b")}
    return eeu.SymmetricGame(rows, players)


def at_large(small: eeu.SymmetricGame) -> eeu.NormalForm:
    def pay(profile: tuple[str, ...]) -> list[sp.Expr]:
        total = profile.count("a")
        return [small.payoffs[own][total - (own == "a")] for own in profile]

    return eeu.NormalForm(pay, actions=[["a", "b"]] * small.number)


def volunteers(players: int) -> eeu.SymmetricGame:
    return eeu.SymmetricGame(
        {"help": lambda _: "u - k", "wait": lambda others: "u" if others else 0},
        players,
        given=["0 < k", "k < u"],
    )


@pytest.mark.parametrize("players", [2, 3, 10, 100])
def test_volunteers_wait_with_diekmanns_probability(players: int) -> None:
    """Diekmann (1985): each waits with probability (k/u)^(1/(n - 1))."""
    found = volunteers(players).solve()
    (equilibrium,) = found
    u, k = sp.symbols("u k", real=True)
    assert equilibrium.profile["each player"]["wait"] == (k / u) ** sp.Rational(1, players - 1)
    assert equilibrium.condition == sp.true == found.complete_where
    assert equilibrium.verify().verdict == "proved"


def test_hawks_and_doves_have_one_symmetric_equilibrium_everywhere() -> None:
    game = eeu.classic("Hawk-Dove").game
    assert isinstance(game, eeu.NormalForm)
    assert game.is_symmetric
    found = game.symmetric_form().solve()
    conditions = {e.name: e.condition for e in found}
    given = ["v > 0", "c > 0"]
    assert eeu.equivalent(conditions["Hawk"], "v >= c", given).verdict == "proved"
    assert eeu.equivalent(conditions["Hawk + Dove"], "v < c", given).verdict == "proved"
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_the_small_form_and_the_whole_game_agree() -> None:
    rng = Random(5)
    for _ in range(25):
        small = random_small(rng, 3)
        whole = at_large(small)
        assert whole.is_symmetric
        assert whole.symmetric_form() == small
        alike = {
            mixes[0] for mixes in (tuple(e.strategies.values()) for e in whole.solve())
            if len(set(mixes)) == 1
        }  # fmt: skip
        found = small.solve()
        assert {v.verdict for v in found.verify().values()} <= {"proved"}
        mine = {tuple(e.profile["each player"].values()) for e in found if not e.free}
        assert len(mine) == len(alike)
        for one in mine:
            assert any(sp.simplify(one[0] - other[0]) == 0 for other in alike)


def test_pure_equilibria_by_number_are_those_of_the_whole_game() -> None:
    rng = Random(6)
    for players in (2, 3, 4, 5):
        small = random_small(rng, players, most=2)
        found = at_large(small).solve("pure Nash")
        numbers = sorted(name.split(", ").count("a") for name in found.names)
        mine = small.solve("pure Nash")
        counts = [
            (sum(int(g.split()[0]) for g in e.profile if g.endswith(" a")), int(e.note.split()[2]))
            for e in mine
        ]
        assert sorted(k for k, count in counts for _ in range(count)) == numbers
        assert {v.verdict for v in mine.verify().values()} <= {"proved"}


def test_anonymous_games_by_number_against_every_profile() -> None:
    rng = Random(8)
    for players in (2, 3, 4, 5) * 4:
        gains = [[rng.randint(-1, 1) for _ in range(players)] for _ in range(players)]

        def pay(profile: tuple[str, ...], gains: list[list[int]] = gains) -> list[int]:
            total = profile.count("in")
            return [gains[i][total - 1] if own == "in" else 0 for i, own in enumerate(profile)]

        game = eeu.NormalForm(pay, actions=[["in", "out"]] * players)
        assert game.is_anonymous
        counts = [0] * (players + 1)
        for name in game.solve("pure Nash").names:
            counts[name.split(", ").count("in")] += 1
        mine = {found.number: found.count for found in game.pure_by_number()}
        assert mine == {k: c for k, c in enumerate(counts) if c}


def test_two_hundred_players_by_number() -> None:
    gains = [[i - 2 * others for others in range(200)] for i in range(200)]
    found = list(equilibria_by_number(gains))
    assert found
    for each in found:
        assert len(each.first) + len(each.second) + len(each.either) == 200


def test_a_high_degree_is_enclosed_and_says_so() -> None:
    game = volunteers(60).at(u=1, k="1/10")
    found = game.solve()
    (equilibrium,) = found
    assert not found.exact
    assert 0 < equilibrium.radius < sp.Rational(1, 10**30)
    chance = float(equilibrium.profile["each player"]["wait"])
    assert chance == pytest.approx(0.1 ** (1 / 59), rel=1e-12)
    assert equilibrium.verify().verdict == "proved"


def test_what_has_no_closed_form_is_not_called_complete() -> None:
    rows = {"a": ["x", "y", "z", "w"], "b": [0, 0, 0, 0]}
    found = eeu.SymmetricGame(rows, 4).solve()
    assert found.complete_where == sp.false
    assert "no closed form" in found.why
    assert {e.name for e in found} == {"a", "b"}


def test_which_games_are_symmetric() -> None:
    same = dict.fromkeys(product("ab", repeat=2), 0)
    assert eeu.NormalForm(lambda p: [same[p], same[p]], actions=[["a", "b"]] * 2).is_symmetric
    sexes = eeu.classic("Battle of the Sexes").game
    assert isinstance(sexes, eeu.NormalForm)
    assert not sexes.is_symmetric
    assert sexes.is_anonymous
    unlike = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]], actions=[["a", "b"], ["c", "d"]])
    for ask in (sexes.symmetric_form, unlike.pure_by_number):
        with pytest.raises(GameTheoryError, match="small form"):
            ask()


@pytest.mark.parametrize(
    ("payoffs", "players", "match"),
    [
        ({"a": [1, 2]}, 2, "two actions"),
        ({"a": [1, 2], "b": [1]}, 2, "2 payoffs"),
        ({"a": [1], "b": [1]}, 1, "at least 2"),
        ({"a": [1], "b": [1]}, True, "at least 2"),
        ({"a": [1j, 0], "b": [0, 0]}, 2, "payoff of a against 0"),
        ({"a": [], "b": []}, 10**6, "at most 1000"),
    ],
)
def test_bad_games_are_refused(payoffs: dict[str, list[object]], players: int, match: str) -> None:
    with pytest.raises(GameTheoryError, match=match):
        eeu.SymmetricGame(payoffs, players)


def test_numpy_counts_are_counts_and_nothing_is_no_payoff() -> None:
    rows = {"a": [1, 2, 3], "b": [1, 0, 0]}
    assert eeu.SymmetricGame(rows, players=np.int64(3)) == eeu.SymmetricGame(rows, players=3)
    with pytest.raises(GameTheoryError, match=r"payoffs\['a'\] = None"):
        eeu.SymmetricGame({"a": None, "b": [1, 2, 3]}, players=3)
