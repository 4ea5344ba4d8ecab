"""Slices through regimes: their boundaries lie on the zero sets, and they say what is where."""

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import statics
from gametheory_eeu.display import figure_bytes
from gametheory_eeu.display.figures import style
from gametheory_eeu.display.figures.regimes import boundaries
from gametheory_eeu.display.figures.slices import Slice, roots_in_interval, zero_curves
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError
from gametheory_eeu.games import Partition

x, y = sp.symbols("x y", real=True)


@pytest.fixture(scope="module")
def trust() -> Partition:
    return statics.regimes(eeu.CredibleCommitment())


def texts(figure: object) -> list[str]:
    (axes,) = figure.axes  # type: ignore[attr-defined]
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("f", [x**2 + y**2 - 1, x * y - 1, y**2 - x**3 + x, x - sp.Rational(1, 3)])
def test_a_traced_point_is_on_the_zero_set(f: sp.Expr) -> None:
    lines = zero_curves(f, x, y, (-2, 2), (-2, 2))
    assert lines
    value = sp.lambdify((x, y), f, "numpy")
    assert max(np.abs(value(*line.T)).max() for line in lines) < 1e-12


def test_roots_are_isolated_exactly_and_others_by_bisection() -> None:
    assert roots_in_interval((x**2 - 2) * (3 * x - 1), x, (0, 2)) == pytest.approx([1 / 3, 2**0.5])
    assert roots_in_interval(sp.sqrt(x) - sp.Rational(1, 2), x, (0, 2)) == pytest.approx([0.25])
    assert roots_in_interval(sp.Integer(3), x, (0, 2)) == []


def test_the_boundary_of_the_trust_game_is_its_threshold(trust: Partition) -> None:
    cut = Slice.of(trust, "mu", "ell", {"b": 1, "sigma": 0})
    assert cut.y is not None
    (line,) = boundaries(cut, cut.y, (0, 1), (0, 2))
    mu, ell = line.T
    assert np.abs(mu - ell / (1 + ell)).max() < 1e-12


def test_a_zero_set_that_divides_nothing_is_not_drawn() -> None:
    game = eeu.NormalForm([["a", "b"], [0, 0]], [[1, 0], [1, 0]])
    cut = Slice.of(eeu.regimes(game, concept="pure Nash"), "a", "b", None)
    assert cut.y is not None
    for line in boundaries(cut, cut.y, (-1, 1), (-1, 1)):
        assert np.abs(line[:, 0]).max() < 1e-12  # a = 0, and b never matters


def test_a_slice_names_cells_and_calibrations(trust: Partition) -> None:
    games = [eeu.CredibleCommitment.from_article(name) for name in ("2013", "2014", "2015")]
    figure = trust.plot(x="trust", y="ell", at=games[0], compare=games)
    assert {"join", "stay out", "2013", "2014, 2015"} <= set(texts(figure))
    (legend,) = figure.legends
    entries = [text.get_text() for text in legend.get_texts()]
    assert entries == [r"join  iff  $\mu > \mu^*$", r"stay out  iff  $\mu < \mu^*$"]
    assert figure_bytes(figure, "svg") == figure_bytes(figure, "svg")


def test_a_bar_has_its_roots(trust: Partition) -> None:
    figure = trust.plot(x="mu", at={"b": 1, "ell": 3, "sigma": 0})
    assert {"stay out", "join", "0.75"} <= set(texts(figure))


def test_an_axis_runs_over_the_domain_or_as_asked(trust: Partition) -> None:
    figure = trust.plot(x="mu", y="ell", at={"b": 1, "sigma": 0}, ylim=(0, 5))
    (axes,) = figure.axes
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 1), (0, 5))


DOMINANT = eeu.NormalForm(
    [["c", "c"], [2, 2]], [["p", "1/2"], ["p", "1/2"]], given="0 < p < 1 and c > 0"
)


def legend(figure: object) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]  # type: ignore[attr-defined]


def test_the_axes_reach_every_cell() -> None:
    stag_hunt = eeu.NormalForm([["a", 0], [50, 50]], [["a", 50], [0, 50]], given="a > 0")
    figure = eeu.regimes(stag_hunt).plot(x="a")
    assert figure.axes[0].get_xlim() == (0, 100)
    assert len(legend(figure)) == 2
    figure = eeu.regimes(DOMINANT).plot(x="p", y="c")
    assert figure.axes[0].get_xlim() == (0, 1)
    assert figure.axes[0].get_ylim() == (0, 4)
    assert len(legend(figure)) == 4
    assert "not shown" not in "".join(legend(figure))


def test_a_cell_behind_a_slanted_boundary_is_reached_and_bounds_pass_through_symbols() -> None:
    payoffs = [["t", "t"], ["s - 10", "s - 10"]]
    game = eeu.NormalForm(payoffs, [[1, 0], [1, 0]], given="0 < t < s")
    partition = eeu.regimes(game)
    figure = partition.plot(x="t", y="s")
    (axes,) = figure.axes
    assert axes.get_xlim()[0] == axes.get_ylim()[0] == 0
    assert axes.get_ylim()[1] > 10
    assert len(legend(figure)) == 2


def test_a_cell_outside_the_limits_is_named() -> None:
    figure = eeu.regimes(DOMINANT).plot(x="p", y="c", ylim=(0, 1))
    hidden = [text for text in legend(figure) if text.startswith("not shown:")]
    assert len(hidden) == 2
    assert all("c > 2" in text for text in hidden)


def test_a_cell_without_an_area_in_the_slice_is_not_missed() -> None:
    figure = eeu.regimes(DOMINANT).plot(x="p", at={"c": 1})
    assert len(legend(figure)) == 2
    assert "not shown" not in "".join(legend(figure))


def test_a_long_legend_is_wrapped() -> None:
    words = ["word"] * 60
    lines = style.fill_lines(words, 200)
    assert " ".join(lines).split() == words
    assert max(map(style.width, lines)) <= 200 < min(map(style.width, lines[:-1])) + 30


def test_what_is_refused(trust: Partition) -> None:
    with pytest.raises(ParameterError, match=r"Write at=\{'sigma': …\}"):
        trust.plot(x="mu", y="ell", at={"b": 1})
    with pytest.raises(UnknownNameError, match="no symbol 'm'"):
        trust.plot(x="m", at={"b": 1})
    with pytest.raises(ParameterError, match="another symbol than x"):
        trust.plot(x="mu", y="mu", at={"b": 1, "sigma": 0})
    with pytest.raises(ParameterError, match="the smaller first"):
        trust.plot(x="mu", at={"b": 1, "ell": 1, "sigma": 0}, xlim=(1, 0))
    with pytest.raises(GameTheoryError, match="contradict the space"):
        trust.plot(x="mu", y="ell", at={"b": -1, "sigma": 0})
    with pytest.raises(ParameterError, match="games with a number for mu"):
        trust.plot(x="mu", at={"b": 1, "ell": 1, "sigma": 0}, compare=[eeu.CredibleCommitment()])


def test_limits_are_read_exactly(trust: Partition) -> None:
    at = {"b": 1, "ell": 1, "sigma": 0}
    (axes,) = trust.plot(x="mu", at=at, xlim=("3/10", "1/2")).axes
    assert axes.get_xlim() == (0.3, 0.5)


@pytest.mark.parametrize("xlim", [3, "01", ("a", 1), (0, None), (0, float("inf")), (0, 1, 2)])
def test_limits_that_are_none_are_refused(trust: Partition, xlim: object) -> None:
    with pytest.raises(ParameterError, match="xlim"):
        trust.plot(x="mu", at={"b": 1, "ell": 1, "sigma": 0}, xlim=xlim)
