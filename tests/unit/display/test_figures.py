"""The figures: what is drawn agrees with the game, and the same figure gives the same bytes."""

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.along import ParameterAxis
from gametheory_eeu.display.printers import symbol_latex
from gametheory_eeu.errors import GameTheoryError, UnknownNameError, UnsupportedError
from gametheory_eeu.games import Game

GAMES = (eeu.BandwagoningContest, eeu.CredibleCommitment, eeu.AsymmetricBargaining)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@pytest.mark.parametrize("kind", GAMES)
def test_two_renders_are_the_same_bytes(kind: type[Game]) -> None:
    for form in ("svg", "png"):
        first, second = (
            display.figure_bytes(kind.from_article("2014").plot(), form) for _ in range(2)
        )
        assert first == second


def test_no_date_and_no_user_setting_gets_in(tmp_path: Path) -> None:
    game = eeu.CredibleCommitment.from_article("2013")
    usual = display.save(game.plot(), tmp_path / "usual.svg").read_bytes()
    with mpl.rc_context({"font.size": 30, "axes.grid": True}):
        changed = display.save(game.plot(), tmp_path / "changed.svg").read_bytes()
        assert mpl.rcParams["font.size"] == 30
    assert usual == changed
    assert b"<dc:date>" not in usual


@pytest.mark.parametrize("kind", GAMES)
def test_symbols_left_are_named(kind: type[Game]) -> None:
    with pytest.raises(GameTheoryError, match=r"needs numbers for \w+, .*game\.at\(\w+=…"):
        kind().plot()


def test_what_is_not_drawn_may_stay_a_symbol() -> None:
    game = eeu.CredibleCommitment(b=1, ell=1, sigma=0)
    assert isinstance(game.plot(), Figure)


def test_bands_of_the_contest_end_at_its_thresholds() -> None:
    game = eeu.BandwagoningContest.from_article("2013")
    along = ParameterAxis.of(game, game.symbols.P)
    found = {k: along.intervals(e.condition, 0, 4) for k, e in along.equilibria().items()}
    joins, relative, absolute = (
        float(game.quantities[f"{name}_threshold"].value)
        for name in ("joining", "balancing", "absolute")
    )
    assert found["all-Wait"] == [pytest.approx((0, joins))]
    assert found["all-Join"] == [pytest.approx((joins, 4))]
    assert found["all-Balance"] == [pytest.approx((relative, absolute))]
    assert found["Join/Wait"] == []


def test_soft_dominance_is_shaded_where_it_is() -> None:
    contest = eeu.BandwagoningContest.from_article("2013")
    assert "soft dominance" in texts(contest.plot())
    assert "soft dominance" not in texts(contest.plot(high=1))


def test_unequal_members_are_named() -> None:
    labels = eeu.BandwagoningContest.from_data("2014").plot().axes[0].get_yticklabels()
    assert "all but Kazakhstan join" in [label.get_text() for label in labels]


def test_calibrations_are_marked() -> None:
    before, after = map(eeu.CredibleCommitment.from_article, ("2013", "2014"))
    found = " ".join(texts(before.plot(compare=[after])))
    assert "2013" in found
    assert "0.1892" in found


def test_no_deal_is_shaded_and_a_negative_transfer_shown() -> None:
    hurried = eeu.AsymmetricBargaining.from_article("2014")
    assert "no deal" in texts(hurried.plot())
    assert "no deal" not in texts(hurried.plot(along="trust"))
    keen = hurried.at(membership_benefit=3, exit_loss=0, trust=1)
    assert keen.transfer < 0
    assert "the member pays" in texts(keen.plot())


def test_a_derived_parameter_moves_with_what_it_follows_from() -> None:
    game = eeu.AsymmetricBargaining.from_article("2014")
    along = ParameterAxis.of(game, game.symbols.rho_H)
    transfer = along.curve(game.general.quantities["transfer"].expression)
    for urgency in (0.03, 0.09):
        exact = game.at(hegemon_urgency=urgency).transfer
        assert float(transfer(urgency)) == pytest.approx(float(exact))


def test_the_sign_matrix_says_what_decides() -> None:
    figure = display.figure(eeu.AsymmetricBargaining().comparative_statics("surplus"))
    assert {text.strip("$") for text in texts(figure)} >= {"+", "-", r"\pm", r"\geq 0"}
    assert r"rises in $\alpha$ iff $\mu < 1 - \frac{\kappa}{\ell}$" in figure.get_supxlabel()


def test_what_has_no_figure_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="int has no figure"):
        display.figure(3)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    figure = eeu.CredibleCommitment.from_article("2013").plot()
    with pytest.raises(UnsupportedError, match="not as 'bmp'"):
        display.save(figure, tmp_path / "figure.bmp")


def test_the_highest_transfer_is_labelled_above_its_line() -> None:
    later = eeu.AsymmetricBargaining.from_article("2015")
    left, right = eeu.AsymmetricBargaining.from_article("2014").plot(compare=[later]).axes
    (label,) = (text for text in left.texts if text.get_text().startswith("2014"))
    assert label.get_ha() == "right"
    assert label.get_position()[1] > 0
    assert right.get_title(loc="left") == "(b) Who gains from the deal, 2014"


def test_a_weak_sign_does_not_claim_a_zero() -> None:
    game = eeu.BandwagoningContest(members=2)
    figure = display.figure(game.comparative_statics("joining_threshold"))
    assert "weak sign" in figure.get_supxlabel()
    assert "zero somewhere" not in figure.get_supxlabel()


def test_the_name_of_soft_dominance_has_a_ground_of_its_own() -> None:
    axes = eeu.BandwagoningContest.from_article("2013").plot().axes[0]
    (name,) = (text for text in axes.texts if text.get_text() == "soft dominance")
    assert name.get_bbox_patch() is not None


def test_names_with_special_characters_are_drawn(tmp_path: Path) -> None:
    figure = Figure()
    figure.text(0, 0, f"${symbol_latex('w_South_Ossetia')}$ ${symbol_latex('share_50%')}$")
    assert display.save(figure, tmp_path / "names.png").exists()


def test_long_names_have_room_in_a_sign_matrix() -> None:
    game = eeu.NormalForm(
        [["a", 0], [0, 1]], [["b", 0], [0, 1]], given="a > 0 and b > 0",
        players=["the European Union", "the Russian Federation"],
        actions=[["keep the agreement", "break the agreement"]] * 2,
    )  # fmt: skip
    figure = game.solve().comparative_statics().plot()
    display.figure_bytes(figure, "png")  # lays it out, and warns where there is no room
    (axes,) = figure.axes
    labels = [label.get_text().split("\n") for label in axes.get_yticklabels()]
    place, (width, height) = axes.get_position(), 72 * figure.get_size_inches()
    assert max(style.width(line, 10) for lines in labels for line in lines) < place.x0 * width
    assert 12 * max(map(len, labels)) < place.height * height / len(labels)
    assert " ".join(labels[0]).startswith("payoff of the European Union at keep the agreement,")


def test_an_option_that_a_figure_does_not_have_is_named() -> None:
    builder = eeu.ExtensiveForm.builder("A").move("A", ["l", "r"]).payoffs("l", 1).payoffs("r", 0)
    tree = builder.build()
    cases = (
        (tree, "equilibria", r"ExtensiveForm 'equilibria'. Did you mean 'equilibrium'\?"),
        (eeu.regimes(eeu.CredibleCommitment()), "xlims", r"Did you mean 'xlim' or .*Known: x, y"),
        (eeu.CredibleCommitment(), "along", "option of the figure of .* Known: compare"),
    )
    for drawn, option, message in cases:
        with pytest.raises(UnknownNameError, match=message):
            drawn.plot(**{option: 1})
    continuous = (
        eeu.ExtensiveForm.builder("A").choose("A", "x", between=(0, 1)).payoffs("x", "x").build()
    )
    with pytest.raises(UnknownNameError, match="ContinuousTree 'equilibrium'"):
        continuous.plot(equilibrium=continuous.solve()[0])
