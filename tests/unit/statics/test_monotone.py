"""Least and greatest equilibria: what the theorem needs is proved, and then holds in numbers."""

import random
from dataclasses import replace

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError
from gametheory_eeu.statics import monotone_statics

ENDS = ("least equilibrium", "greatest equilibrium")
SIGNS = {"hegemon_power": ">=0", "resistance": "<=0", "complementarity": ">=0"}


def test_members_that_are_alike() -> None:
    ends = eeu.Participation().comparative_statics().ends
    assert {(r.quantity, r.parameter.name): r.sign for r in ends} == {
        (end, name): sign for end in ENDS for name, sign in SIGNS.items()
    }
    assert all(r.recheck() is True for r in ends)


@pytest.mark.parametrize(
    "game",
    [eeu.Participation(members=3), eeu.Participation.on_network(members=3)],
    ids=["uniform", "network"],
)
def test_named_members(game: eeu.Game) -> None:
    ends = game.comparative_statics("least equilibrium").ends
    assert len(ends) == len(type(game).parameters.expand(game.members))
    for row in ends:
        assert row.sign == SIGNS[row.parameter.name.partition(".")[0]]
        assert row.complements
        assert row.differences


def test_the_claim_holds_of_equilibria_found_by_iteration() -> None:
    rng = random.Random(3)
    for _ in range(40):
        n = rng.randint(2, 5)
        theta = [rng.randint(1, 9) for _ in range(n)]
        beta = [[0 if i == j else rng.randint(0, 3) for j in range(n)] for i in range(n)]
        power = rng.randint(1, 9)
        game = eeu.Participation(hegemon_power=power, resistance=theta, complementarity=beta)
        i, j = rng.sample(range(n), 2)
        beta[i][j] += 1
        moved = game.at(hegemon_power=power + 1)
        tied = eeu.Participation(hegemon_power=power, resistance=theta, complementarity=beta)
        for after in (moved, tied):
            for end in ("least_equilibrium", "greatest_equilibrium"):
                before = set(getattr(game, end)().members)
                assert before <= set(getattr(after, end)().members)


def test_substitutes_are_refused_with_a_point() -> None:
    """Cournot: more of one firm's output lowers what the other gains by more of its own."""
    payoffs = {"1": "q_1*(a - q_1 - q_2)", "2": "q_2*(a - q_1 - q_2)"}
    table = monotone_statics(payoffs, {"1": "q_1", "2": "q_2"}, given=["a > 0"])
    row = table["least equilibrium", "a"]
    assert (row.sign, row.verdict) == ("?", "unknown")
    assert "no theorem applies: 1's gain from a higher action falls" in row.reading


def test_a_game_in_normal_form() -> None:
    b = sp.Symbol("b", real=True)
    stag = eeu.NormalForm(
        [[1, 1], [0, 2 + b]], [[1, 0], [1, 2 + b]], actions=[["hare", "stag"]] * 2, given=[b > 0]
    )
    row = monotone_statics(stag)["greatest equilibrium", "b"]
    assert row.sign == ">=0"
    table = eeu.comparative_statics(stag)
    assert table.ends["least equilibrium", "b"].sign == ">=0"


def test_single_crossing_where_differences_do_not_increase() -> None:
    """A gain of s*(1 - s) crosses zero once on 0 < s < 2, but does not rise: falling, ordinal."""
    s = sp.Symbol("s", real=True)
    game = eeu.NormalForm(
        [[0, 0], [s - s**2, s - s**2]], [[0, 0], [0, 0]], actions=[["low", "high"]] * 2,
        given=[s > 0, s < 2],
    )  # fmt: skip
    row = monotone_statics(game)["least equilibrium", "s"]
    assert row.sign == "<=0"
    assert "Milgrom and Shannon 1994" in row.theorem


def test_payoffs_without_actions_are_refused() -> None:
    with pytest.raises(ParameterError, match="actions"):
        monotone_statics({"1": "x"}, {"2": "x"})


def test_a_game_whose_premises_contradict_each_other_is_refused() -> None:
    game = eeu.NormalForm([["a", 0], [0, 1]], [[1, 0], [0, 1]], given=["a > 1", "a < 0"])
    with pytest.raises(GameTheoryError, match="no parameter values obey"):
        eeu.comparative_statics(game)


def test_a_table_is_given_in_the_games_own_symbols() -> None:
    """Its proofs compare two values of the parameter; a reader is told of one."""
    game = eeu.NormalForm([[0], ["a"]], [[0], [0]], given="0 < a < 2")
    table = monotone_statics(game)
    assert "Given 0 < a < 2." in str(table)
    assert "a_higher" not in str(table)


def test_what_crosses_zero_in_neither_direction_does_not_move() -> None:
    """The gains move, each way for some; none changes sign, so the equilibria stay as they are."""
    a = sp.Symbol("a", real=True)
    named = eeu.NormalForm(
        [[0, 0], [-2 * a, -2 * a]], [[0, a], [0, -2 * a]],
        given=["-3/2 <= a", "a <= -1/2"], actions=[["low", "high"]] * 2,
    )  # fmt: skip
    p, q = sp.symbols("p q", real=True)
    jump = sp.Piecewise((1, a < -2), (2, True))
    within = [p >= 0, p <= 1, q >= 0, q <= 1, a**2 > 1]
    numbers = {"1": -2 * a**2 * p, "2": jump * q}
    for table in (
        monotone_statics(named, wrt="a"),
        monotone_statics(numbers, {"1": p, "2": q}, given=within, wrt="a"),
    ):
        row = table["least equilibrium", "a"]
        assert (row.sign, row.verdict, row.recheck()) == ("0", "proved", True)
        planted = replace(row, differences=(eeu.prove(a + 9 > 0, given=a > -8),))
        assert planted.recheck() is False


def test_a_row_is_found_by_its_parameters_name_or_symbol_and_holds_all_its_proofs() -> None:
    table = eeu.Participation(members=3).comparative_statics("least equilibrium").ends
    row = table["least equilibrium", "hegemon_power"]
    assert row is table["least equilibrium", "P"]
    assert row.parameter.symbol.name == "P"
    assert row.proofs == (*row.complements, *row.differences, *row.premises)
    assert row.complements
    assert row.differences
    with_premise = replace(row, premises=(eeu.prove("x + 1 > x"),))
    assert with_premise.proofs == (*row.proofs, *with_premise.premises)
    false_premise = eeu.prove("x > 0")
    assert replace(row, premises=(false_premise,)).recheck() is False
    with pytest.raises(UnknownNameError, match="least equilibrium, hegemon_power"):
        table["least equilibrium", "P_J"]
