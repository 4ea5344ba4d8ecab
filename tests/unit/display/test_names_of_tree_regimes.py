"""Equilibria of a tree beside each other: "; " stands between players inside each name."""

import gametheory_eeu as eeu

GAME = (
    eeu.ExtensiveForm.builder("A", "B", given="b > 0")
    .move("A", ["in", "out"])
    .move("B", ["fight", "yield"], after="in")
    .payoffs("out", 0, 2)
    .payoffs("in/fight", -1, "-b")
    .payoffs("in/yield", 1, 1)
    .build()
)


def test_two_equilibria_of_a_tree_cannot_be_taken_for_more() -> None:
    solution = GAME.solve("Nash")
    regime = eeu.regimes(GAME, "Nash")[0]
    assert len(regime.equilibria) > 1
    between = " | ".join(regime.equilibria)
    assert between in repr(regime)
    assert between in eeu.regimes(GAME, "Nash").to_json()
    assert between in repr(solution)
    assert between.split(" | ") == list(regime.equilibria)


def test_what_is_no_tree_keeps_its_semicolons() -> None:
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]], given="a > 0")
    assert repr(eeu.regimes(game, "pure Nash")[0]) == "<1, 1; 2, 2 where True>"


def test_a_false_statement_without_symbols_is_refuted_in_a_sentence() -> None:
    assert str(eeu.prove("2 < 1")) == (
        "Refuted: the statement holds. It has no symbols, and is false."
    )
