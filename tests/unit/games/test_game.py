"""Game: values in, values replaced, symbols left, identity."""

import pickle
from itertools import count
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu

Contest, Commitment = eeu.BandwagoningContest, eeu.CredibleCommitment
Bargaining = eeu.AsymmetricBargaining
GAMES: list[eeu.Game] = [
    Contest(), Contest(members=["A", "B"]), Commitment(), Bargaining(),
    Contest.from_article("2014"), Commitment.from_article("2014"), Contest.from_data("2014"),
    Bargaining.from_article("2014"), Commitment(mu="ell/2"),
]  # fmt: skip


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_results_survive_pickling(game: eeu.Game) -> None:
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301
    found = game.solve()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    assert again == found
    assert hash(again[0]) == hash(found[0])
    assert again[0].game == game


def test_values_that_can_be_read_only_once_are_read_once() -> None:
    game = eeu.Participation(resistance=[1, 2, 3])
    assert eeu.Participation(resistance=(k for k in (1, 2, 3))) == game
    assert eeu.Participation().at(resistance=map(int, "123")) == game
    with pytest.raises(eeu.GameTheoryError, match="200"):
        eeu.Participation(resistance=count(1))


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_a_game_is_a_value(game: eeu.Game) -> None:
    same = game.at()
    assert same == game
    assert hash(same) == hash(game)
    assert {same, game} == {game}
    assert game.general.general == game.general
    assert not game.general.at().values.keys() & game.space.symbols


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_space_holds_the_symbols_left(game: eeu.Game) -> None:
    assert not set(game.space.symbols) & game.values.keys()
    assert game.space.empty.verdict == "refuted"


def test_a_symbol_and_its_name_are_one() -> None:
    assert Commitment(mu=0.5) == Commitment(trust="1/2")
    assert Commitment(mu=0.5) != Commitment(mu="1/3")
    assert Commitment() != Contest()


def test_at_replaces() -> None:
    game = Commitment(mu=0.5).at(trust=0.6, b=1)
    assert game == Commitment(mu="3/5", b=1)
    assert Contest(w=[1, 2]).at(**{"weights.1": 3}) == Contest(w=[3, 2])
    assert Contest(w=[1, 2]).at(w=5) == Contest(w=[5, 5])


def test_at_lists_members_of_a_game_of_equals() -> None:
    game = Contest.from_article("2014").at(w=[1, 2, 3, 4])
    assert game.players == ("1", "2", "3", "4")
    assert game.parameters.source("hegemon_power").note == "illustrative"


def test_parts_may_be_given_in_terms_of_others() -> None:
    """Whatever the order in which the values come."""
    expected = Commitment(mu="1/2", ell=1)
    for game in (Commitment(mu="ell/2", ell=1), Commitment(mu="ell/2").at(ell=1),
                 Commitment(ell=1).at(mu="encroachment_loss/2")):  # fmt: skip
        assert game == expected
        assert game.values[game.symbols.mu] == sp.Rational(1, 2)


def test_parts_may_be_given_in_terms_of_what_follows_from_others() -> None:
    assert Commitment(mu="o + 1/2") == Commitment(mu="1/2")
    game = Bargaining(mu="gamma", rho_H=1, rho_i=3)
    assert game.values[game.symbols.mu] == sp.Rational(1, 4)


def test_outside_payoff_enters_the_answer() -> None:
    """A default of 0 is lifted, not kept, when another value is given."""
    game = Commitment(o="1/2", b=1, ell=1, sigma=0)
    assert game.trust_threshold == sp.Rational(3, 4)
    (out,) = game.at(mu="7/10").solve()
    assert out.name == "stay out"
    assert out.payoffs["member"] == sp.Rational(1, 2)
    assert bool(out.verify())
    s = game.symbols
    assert s.o in Commitment(o="o").trust_threshold.free_symbols
    assert Commitment(o=0) == Commitment()
    assert s.o not in Commitment().space.symbols


def test_users_symbols_come_back() -> None:
    z = sp.Symbol("z", positive=True)
    game = Commitment(mu=z / 2, sigma=0, b=1, ell=1)
    assert game.space.symbols == (*Commitment(mu=0, sigma=0, b=1, ell=1).space.symbols, z)
    for equilibrium in game.solve():
        assert equilibrium.condition.free_symbols == {z}
    (join,) = game.at(mu=z / 2, v=0, r=1, g=2).solve()["join"].space.subs({z: 2}).symbols or (None,)
    assert join is None


def test_members_by_number_and_by_name() -> None:
    named = Contest(members=["Belarus", "Kazakhstan"])
    assert named.players == ("Belarus", "Kazakhstan")
    assert named.symbols.w.Kazakhstan.name == "w_Kazakhstan"
    assert len(named.symbols.weights) == 2
    assert [p.name for p in named.parameters][2:4] == ["weights.Belarus", "weights.Kazakhstan"]
    assert Contest(w={"Belarus": 1, "Kazakhstan": 2}).players == named.players


def test_names_of_equilibria_do_not_depend_on_values() -> None:
    symbolic = set(Contest(members=2).solve().names)
    assert set(Contest(w=[1, 2], P=1, R=1, c=".05", tau=".5", lam=".9").solve().names) <= symbolic


@pytest.mark.parametrize("game", GAMES, ids=repr)
def test_strategies_are_distributions(game: eeu.Game) -> None:
    for equilibrium in game.solve():
        for key, mix in equilibrium.profile.items():
            assert sp.simplify(sp.Add(*mix.values())) == 1
            assert equilibrium.strategies[key] == tuple(mix.values())
            assert set(equilibrium.support[key]) <= set(mix)


def test_equilibrium_set_reads_like_a_sequence() -> None:
    found = Commitment().solve()
    assert len(found) == len(list(found)) == 3
    assert found[0] is found["join"]
    assert found.at(mu=0, sigma=0, b=1, ell=1).names == ("stay out",)
    assert "join" in repr(found)


def test_quantities_are_attributes() -> None:
    for game in GAMES:
        for name, quantity in game.quantities.items():
            if "." not in name and quantity.exists_when != sp.false:
                assert getattr(game, name) == quantity.expression
            assert quantity.meaning


def payoff_at(game: eeu.Game, profile: dict[str, Any]) -> Any:
    return [game.payoff(profile, player) for player in game.players]


def test_payoff_of_a_mix_is_the_average() -> None:
    game = Contest(members=2)
    half = {"Join": "1/2", "Balance": "1/2"}
    mixed = payoff_at(game, {"1": half, "2": "Balance"})
    pure = [payoff_at(game, {"1": a, "2": "Balance"}) for a in half]
    assert [sp.simplify(2 * m - a - b) for m, a, b in zip(mixed, *pure, strict=True)] == [0, 0]
