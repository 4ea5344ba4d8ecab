"""How symmetric games and correlated equilibria show themselves."""

import gametheory_eeu as eeu


def volunteers(players: int) -> eeu.SymmetricGame:
    return eeu.SymmetricGame(
        {"help": lambda _: "u - k", "wait": lambda others: "u" if others else 0},
        players,
        given=["0 < k", "k < u"],
        title="Volunteers",
    )


def test_a_symmetric_game_is_a_table_by_number() -> None:
    text = str(volunteers(3))
    assert "Volunteers" in text
    assert "3 equal players" in text
    assert list(volunteers(3).to_dataframe().columns) == ["others at help", "help", "wait"]


def test_of_many_players_a_reader_sees_both_ends() -> None:
    text = str(volunteers(100))
    assert "…" in text
    assert "99" in text
    assert len(text.splitlines()) < 25
    assert len(volunteers(100).to_dataframe()) == 100


def test_a_correlated_equilibrium_lists_the_recommendations() -> None:
    game = eeu.classic("Chicken").game
    assert isinstance(game, eeu.NormalForm)
    best = game.correlated_equilibrium()
    text = str(best)
    assert "probability" in text
    assert "player 1: 10/3" in text
    assert len(best.to_dataframe()) == 3
    assert r"\frac{1}{3}" in best.to_latex()
    assert "10/3" in best._repr_html_()
