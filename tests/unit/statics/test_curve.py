"""Quantities along one parameter: exact values, gaps where they do not exist, a figure."""

import pytest
import sympy as sp

import gametheory_eeu as eeu


def commitment() -> eeu.CredibleCommitment:
    return eeu.CredibleCommitment(membership_benefit=1, opportunist_restraint=0)


def test_values_are_exact_and_missing_outside_the_space() -> None:
    found = eeu.curve(commitment(), "trust_threshold", "encroachment_loss", (0, 2), count=5)
    values = [None, *map(sp.Rational, ("1/3", "1/2", "3/5", "2/3"))]  # ell/(1 + ell), ell > 0
    assert [value for _, (value,) in found] == values
    assert found.to_csv().splitlines()[:3] == [
        "ell,ell (decimal),trust_threshold,trust_threshold (decimal)",
        "0,0.0,,",
        "1/2,0.5,1/3,0.3333333333333333",
    ]


def test_a_thousand_points_are_a_table_and_a_figure() -> None:
    found = eeu.curve(commitment(), "trust_threshold", "ell", between=("1/10", 2), count=1000)
    assert len(found) == len(found.to_dataframe()) == 1000
    assert "1000 points." in str(found)
    (axes,) = found.plot().axes
    assert axes.get_ylabel() == r"Trust threshold, $\mu^*$"
    assert len(axes.lines[0].get_xdata()) == 1000


def test_several_quantities_and_expressions_share_the_axis() -> None:
    monopoly = eeu.ContinuousGame({"1": "x*(a - x)"}, {"1": "x >= 0"}, given="a > 0").at(a=4)
    assert (monopoly.values, monopoly.payoff({"x": 2}, "1")) == ({sp.Symbol("a", real=True): 4}, 4)
    contest = eeu.BandwagoningContest.from_article("2014")
    found = eeu.curve(contest, ["joining_threshold", "absolute_threshold"], "tau", count=3)
    assert found.values[1] == (sp.Rational(5, 2), 5)
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]])
    assert eeu.curve(game, "a/(1 + a)", "a", count=2).values == ((0,), (sp.Rational(1, 2),))


def test_what_is_missing_or_unknown_is_named() -> None:
    with pytest.raises(eeu.GameTheoryError, match=r"needs numbers for b, sigma: .* game\.at\(b=…"):
        eeu.curve(eeu.CredibleCommitment(), "trust_threshold", "ell")
    with pytest.raises(eeu.GameTheoryError, match="Did you mean 'trust_threshold'"):
        eeu.curve(commitment(), "trust_treshold", "ell")
    with pytest.raises(eeu.GameTheoryError, match="between"):
        eeu.curve(commitment(), "trust_threshold", "ell", between=(2, 1))


def test_a_games_own_values_are_put_in() -> None:
    stag, hare = [["s", 0], ["t", "t"]], [["s", "t"], [0, "t"]]
    game = eeu.NormalForm(stag, hare, actions=[["stag", "hare"]] * 2, given="0 < t < s")
    s, t = sp.symbols("s t")
    half = sp.Rational(1, 2)
    for quantity in ("t/s", t / s):
        assert eeu.curve(game.at(s=2), quantity, "t", (0, 2), count=3).values[1] == (half,)
    real_t, r = sp.symbols("t r", real=True)
    chained = game.at(s=2 * real_t).at(t=r + 1)  # s = 2(r + 1)
    assert eeu.curve(chained, "s", "r", (0, 1), count=2).values == ((2,), (4,))
    monopoly = eeu.ContinuousGame({"1": "x*(a - x)"}, {"1": "x >= 0"}, given="a > 0").at(a=4)
    assert (monopoly.values, monopoly.payoff({"x": 2}, "1")) == ({sp.Symbol("a", real=True): 4}, 4)
    contest = eeu.BandwagoningContest.from_article("2014")
    along = eeu.curve(contest, ["P*tau", "hegemon_power*tau"], "tau", (0, "1/2"), count=2)
    assert along.values[1] == (1, 1)  # P = 2 there


def test_a_name_of_the_statics_table_is_a_quantity() -> None:
    stag, hare = [["s", 0], ["t", "t"]], [["s", "t"], [0, "t"]]
    game = eeu.NormalForm(stag, hare, actions=[["stag", "hare"]] * 2, given="0 < t < s").at(s=2)
    name = "probability of stag by player 1 at stag + hare, stag + hare"
    assert name in {row.quantity for row in game.solve().comparative_statics()}
    found = eeu.curve(game, name, "t", (0, 2), count=3)
    assert found.values[1] == (sp.Rational(1, 2),)
    assert found.plot().axes
    with pytest.raises(eeu.GameTheoryError, match="Did you mean 'probability of stag by player 1"):
        eeu.curve(game, name.replace("stag by", "stage by"), "t")
    model = commitment().at(trust="4/5")
    name = next(r.quantity for r in model.comparative_statics("payoff"))
    assert eeu.curve(model, name, "ell", (1, 2), count=2).lines[0].name == name
