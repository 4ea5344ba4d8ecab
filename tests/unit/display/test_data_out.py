"""Data for other programs, games side by side, and how results show themselves in notebooks."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
import sympy as sp
from matplotlib import pyplot as plt

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.core.results import FrozenMapping


def hawk_and_dove() -> eeu.NormalForm:
    return eeu.NormalForm(
        [["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]],
        actions=[["Hawk", "Dove"]] * 2, given="v > 0 and c > 0",
    )  # fmt: skip


def test_every_cell_has_one_value_exact_and_decimal() -> None:
    rows = list(csv.DictReader(StringIO(hawk_and_dove().at(v=1, c=3).solve().to_csv())))
    mixed = rows[-1]
    assert (mixed["player 1: Hawk"], mixed["player 2: Dove"]) == ("1/3", "2/3")
    assert float(mixed["player 2: Dove (decimal)"]) == pytest.approx(2 / 3)
    assert mixed["payoff of player 1"] == "1/3"
    frame = hawk_and_dove().at(v=1, c=3).solve().to_dataframe(flat=True)
    assert frame["payoff of player 1 (decimal)"].dtype == float
    assert frame["payoff of player 1"].iloc[-1] == sp.Rational(1, 3)


def test_a_family_keeps_its_symbols_and_has_no_decimal() -> None:
    frame = hawk_and_dove().solve().to_dataframe(flat=True).set_index("equilibrium")
    row = frame.loc["Hawk, Hawk + Dove"]
    assert (str(row["player 2: Hawk"]), row["free"]) == ("q_1", "q_1")
    assert row.isna()["player 2: Hawk (decimal)"]


def test_regimes_say_of_each_equilibrium_whether_it_exists() -> None:
    rows = list(csv.DictReader(StringIO(eeu.regimes(hawk_and_dove()).to_csv())))
    assert [row["exists: Hawk, Dove"] for row in rows] == ["no", "yes"]
    assert [row["point: c"] for row in rows] == ["1/3", "1"]


def test_games_side_by_side() -> None:
    years = [eeu.CredibleCommitment.from_article(year) for year in ("2013", "2014")]
    found = {row[:2]: row[2:] for row in eeu.compare(*years, differences=True).rows}
    assert found["parameter", "trust"] == (sp.Rational(7, 10), sp.Rational(7, 37))
    assert found["equilibrium", "join"] == ("exists", "—")
    assert ("quantity", "trust_threshold") not in found
    assert ("quantity", "trust_threshold", sp.Rational(1, 2), sp.Rational(1, 2)) in (
        eeu.compare(*years).rows)  # fmt: skip
    with pytest.raises(eeu.GameTheoryError, match="two games or more"):
        eeu.compare(years[0])


def test_ties_can_be_hidden() -> None:
    solution = hawk_and_dove().solve()
    generic = solution.without_ties()
    assert [e.name for e in solution if e not in generic.equilibria] == [
        "Hawk, Hawk + Dove", "Hawk + Dove, Hawk"]  # fmt: skip
    assert "These are all where v ≠ c" in str(generic)
    assert eeu.from_json(generic.to_json()) == generic
    settled = hawk_and_dove().at(v=1, c=3).solve()
    assert settled.without_ties() is settled


def test_a_table_of_pairs_is_a_bimatrix() -> None:
    pairs = [[(3, 3), (0, 5)], [(5, 0), (1, 1)]]
    separate = eeu.NormalForm([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert eeu.NormalForm(pairs) == separate
    with pytest.raises(eeu.GameTheoryError, match="payoffs"):
        eeu.NormalForm([[(3, 3, 1), (0, 5, 1)], [(5, 0, 1), (1, 1, 1)]])


def test_three_players_in_one_table() -> None:
    cube = [[[(i, j, k) for k in range(2)] for j in range(2)] for i in range(2)]
    assert eeu.NormalForm(cube).payoffs["player 3"]["1", "1", "2"] == 1


def test_members_may_have_names_of_several_words() -> None:
    game = eeu.Participation(members=["New Zealand", "Australia"])
    assert str(game.at(**{"resistance.New Zealand": 2}).space.symbols[1]) == "theta_Australia"
    assert "theta_New_Zealand" in {s.name for s in game.space.symbols}
    assert eeu.from_json(game.solve().to_json()) == game.solve()
    with pytest.raises(eeu.GameTheoryError, match="names that differ"):
        eeu.Participation(members=["New Zealand", "New_Zealand"])


def test_a_proof_prints_what_was_claimed() -> None:
    proof = eeu.prove("x^2 >= 0")
    assert str(proof) == "Proved: x**2 >= 0 for all x."
    assert proof.recheck()
    assert eeu.from_json(proof.to_json()) == proof


def test_a_map_without_axes_says_what_it_needs() -> None:
    with pytest.raises(eeu.GameTheoryError, match=r"turn on c, v\. Write \.plot\(x='c', y='v'\)"):
        eeu.regimes(hawk_and_dove()).plot()


def test_a_figure_shows_itself_once_and_sharply() -> None:
    figure = eeu.regimes(hawk_and_dove()).plot(x="v", y="c")
    data, sizes = figure._repr_mimebundle_()
    width = int.from_bytes(data["image/png"][16:20])  # of the header of a PNG
    assert width == 2 * sizes["image/png"]["width"] == 1280
    assert plt.get_fignums() == []


def test_every_kind_of_figure_shows_itself_in_a_notebook() -> None:
    """Only the library's own class of figure has a picture without a line that asks for one."""
    package = Path(eeu.__file__).parent
    other = r"\bFigure\(figsize|\bsubplots\(figsize"
    assert [f for f in package.rglob("*.py") if re.search(other, f.read_text("utf-8"))] == []
    tree = eeu.ExtensiveForm.builder("1").move("1", ["L", "R"]).payoffs("*", 1).build()
    assert tree.plot()._repr_mimebundle_()[0]["image/png"]


def test_expressions_by_name_are_set_in_latex() -> None:
    solution = hawk_and_dove().solve()["Hawk + Dove, Hawk + Dove"]
    shown = solution.profile._repr_latex_()
    assert r"\mathrm{player\ 1} &: \mathrm{Hawk}\ \frac{v}{c}" in shown
    assert FrozenMapping({"a": 1})._repr_latex_() is None


def test_tables_are_set_left_and_verifications_are_tables() -> None:
    verified = hawk_and_dove().solve()[0].verify()
    assert "text-align: left" in verified._repr_html_()
    assert set(verified.to_dataframe()["verdict"]) == {"proved"}
    assert str(verified).startswith("Verification: proved")
    assert display.text(verified).startswith("Verification: proved")


def test_a_space_shows_itself_in_latex() -> None:
    assert eeu.Space.of("0 < c < v")._repr_latex_() == r"$\{(c, v) : 0 < c < v\}$"


def test_published_power_has_its_unit_and_its_own_digits() -> None:
    later = eeu.BandwagoningContest.from_data("2014")
    axes = eeu.BandwagoningContest.from_data("2013").plot(compare=[later]).axes
    assert axes[-1].get_xlabel().endswith(r"(GDP, current US\$ bn)")
    assert any("2292.5" in text.get_text() for text in axes[0].texts)
    illustrative = eeu.BandwagoningContest.from_article("2014").plot().axes[0]
    assert illustrative.get_xlabel() == "The hegemon's power, $P$"


def test_a_map_has_a_condition_in_every_row_or_in_none() -> None:
    figure = eeu.regimes(hawk_and_dove()).plot(x="v", at={"c": 2})
    rows = [text.get_text() for text in figure.legends[0].get_texts()]
    assert all("iff" in row and not row[0].isdigit() for row in rows)  # the names fit into the bar
