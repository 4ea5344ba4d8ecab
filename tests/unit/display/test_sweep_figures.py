"""Figures of swept datasets: what is drawn agrees with the data, and what is refused."""

from typing import Any

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.errors import GameTheoryError, UnknownNameError

GAME = eeu.CredibleCommitment(opportunist_restraint=0, membership_benefit=1)
AXES = {"x": "trust", "y": "encroachment_loss"}


@pytest.fixture(scope="module")
def table() -> Any:
    outputs = ["regime", "exists", "quantities", "payoff"]
    game = GAME.at(honour_payoff=1, temptation_payoff=2, punishment_payoff=0)
    trust, loss = np.linspace(0, 1, 21), np.linspace(1, 3, 12)
    return eeu.sweep(game, outputs=outputs, trust=trust, encroachment_loss=loss)


def legend(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_a_line_over_shaded_regimes(table: Any) -> None:
    part = table.sel(encroachment_loss=1)  # the threshold is 1/2
    figure = eeu.plot_sweep(part, x="trust", variable="joining_payoff")
    (axes,) = figure.axes
    assert axes.lines[0].get_ydata() == pytest.approx(part["joining_payoff"].values)
    assert axes.get_xlabel() == r"Probability that the hegemon is restrained, $\mu$"
    assert axes.get_ylabel().startswith("The member's expected payoff")
    assert legend(figure) == ["1  join", "2  stay out", "3  indifferent"]
    bands = sorted((p.get_x(), p.get_x() + p.get_width()) for p in axes.patches)
    assert [edge for band in bands for edge in band] == pytest.approx(
        [0, 0.475, 0.475, 0.525, 0.525, 1]
    )
    assert len({p.get_hatch() for p in axes.patches}) == 3  # readable without colour


def test_symbols_and_formulas_are_set_as_mathematics() -> None:
    swept = eeu.sweep("tau - c", tau=[1, 2], c=[0, 1])
    (axes, scale) = eeu.plot_sweep(swept, x="tau", y="c", variable="value").figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == (r"$\tau$", "$c$")
    assert scale.get_ylabel() == r"$- c + \tau$"
    game = eeu.NormalForm([["v", 0], [0, "c"]], [["v", 0], [0, "c"]], given="v > 0 and c > 0")
    axes = eeu.plot_sweep(eeu.sweep(game, v=[1, 2], c=[1, 2]), x="v", y="c").axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$v$", "$c$")


def test_a_map_with_the_regimes_boundaries(table: Any) -> None:
    figure = eeu.plot_sweep(table, **AXES, variable="expected_loss")
    axes, scale = figure.axes
    mesh = axes.collections[0]
    assert np.asarray(mesh.get_array()).reshape(12, 21) == pytest.approx(
        table["expected_loss"].transpose("encroachment_loss", "trust").values
    )
    lines = [c for c in axes.collections if isinstance(c, LineCollection)]
    codes = table["regime"].transpose("encroachment_loss", "trust").values
    changes = (np.diff(codes, axis=0) != 0).sum() + (np.diff(codes, axis=1) != 0).sum()
    assert {len(c.get_segments()) for c in lines} == {changes}
    assert scale.get_ylabel().startswith("The loss a member expects")
    assert [text.get_text() for text in axes.texts] == ["1", "2", "3"]


def test_a_map_of_regimes_is_the_default(table: Any) -> None:
    figure = eeu.plot_sweep(table, **AXES)
    (axes,) = figure.axes
    fills = [c for c in axes.collections if isinstance(c, PolyCollection)]
    corners = [np.asarray(path.vertices) for fill in fills for path in fill.get_paths()]
    areas = [np.ptp(corner, axis=0).prod() for corner in corners]
    assert sum(areas) == pytest.approx(2)
    join = eeu.plot_sweep(table.sel(equilibrium="join"), **AXES, variable="exists")
    assert join.legends[0].get_title().get_text() == "join: whether it exists"
    assert len({fill.get_hatch() for fill in fills}) == len(fills) == 3


def test_small_multiples(table: Any) -> None:
    part = table.isel(encroachment_loss=[0, 5, 11])
    figure = eeu.plot_sweep(part, x="trust", variable="joining_payoff", columns="encroachment_loss")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [r"$\ell$ = 1", r"$\ell$ = 1.909", r"$\ell$ = 3"]
    assert [bool(axes.get_ylabel()) for axes in figure.axes] == [True, False, False]
    for k, axes in enumerate(figure.axes):
        values = part["joining_payoff"].isel(encroachment_loss=k).values
        assert axes.lines[0].get_ydata() == pytest.approx(values)


def test_a_distribution_by_regime() -> None:
    points = eeu.points(256, trust=(0, 1), encroachment_loss=(1, 3))
    table = eeu.sweep(GAME, points, outputs=["regime", "joining_payoff"])
    figure = eeu.plot_sweep(table, variable="joining_payoff")
    (axes,) = figure.axes
    heights: dict[str, float] = {}
    for bar in axes.patches:
        if hasattr(bar, "get_height"):
            heights[bar.get_hatch()] = heights.get(bar.get_hatch(), 0) + bar.get_height()
    shares = [(table["regime"].values == code).mean() for code in (1, 2)]
    assert list(heights.values()) == pytest.approx(shares)
    assert axes.get_ylabel() == "Share of the points"
    shares_figure = eeu.plot_sweep(table)
    assert [p.get_width() for p in shares_figure.axes[0].patches] == pytest.approx(shares)


def test_truths_and_flags_have_their_meanings() -> None:
    held = eeu.sweep("x > y", x=[0, 1, 2], y=[0, 1, 2])
    figure = eeu.plot_sweep(held, x="x", y="y")
    assert legend(figure) == ["1  no", "2  yes"]
    assert figure.legends[0].get_title().get_text() == "x > y"
    root = eeu.sweep("sqrt(x - y)", x=[0, 1, 2], y=[0, 1, 2])
    flags = eeu.plot_sweep(root, x="x", y="y", variable="value_flag")
    assert "1  computed" in legend(flags)
    values = eeu.plot_sweep(root, x="x", y="y", variable="value")
    exact = eeu.sweep("x - y", x=["1/2", 1], y=[0, 1], exact=True)
    assert len(eeu.plot_sweep(exact.sel(y=0), x="x", variable="value").axes[0].lines) == 1
    assert values.axes[0].collections[0].get_array().mask.sum() == 3
    assert legend(values) == ["no value"]


def test_names_of_equilibria_may_have_semicolons(table: Any) -> None:
    names = ["join; exploit", "stay out; exploit", "indifferent"]
    renamed = table.assign_coords(equilibrium=names)
    assert legend(eeu.plot_sweep(renamed, **AXES))[0] == "1  join; exploit"
    bare = renamed.drop_vars(["exists", "payoff", "equilibrium"])
    bare["regime"].attrs["flag_meanings"] = "; ".join(names)
    assert legend(eeu.plot_sweep(bare, **AXES))[0] == "1  equilibrium 1"
    outside = eeu.sweep(GAME.at(ell=1), trust=[-1, 0, 1], outputs="regime")
    assert legend(eeu.plot_sweep(outside, x="trust"))[-1] == "outside the domain"


def test_two_renders_are_the_same_bytes(table: Any) -> None:
    part = table.isel(trust=slice(0, 5), encroachment_loss=slice(0, 4))
    first, second = (display.figure_bytes(eeu.plot_sweep(part, **AXES), "svg") for _ in range(2))
    assert first == second


def test_what_is_refused(table: Any) -> None:
    with pytest.raises(UnknownNameError, match="variable 'trust_treshold'"):
        eeu.plot_sweep(table, x="trust", variable="trust_treshold")
    with pytest.raises(GameTheoryError, match=r"also varies along encroachment_loss \(1\.0, "):
        eeu.plot_sweep(table, x="trust")
    with pytest.raises(GameTheoryError, match=r"table\.sel\(equilibrium=…\)"):
        eeu.plot_sweep(table.sel(player="member"), **AXES, variable="payoff")
    with pytest.raises(GameTheoryError, match="21 panels are too many"):
        eeu.plot_sweep(table, x="encroachment_loss", columns="trust")
    with pytest.raises(UnknownNameError, match="dimension of regime"):
        eeu.plot_sweep(table, x="mu")
    with pytest.raises(GameTheoryError, match="each dimension once"):
        eeu.plot_sweep(table, x="trust", y="trust")
    with pytest.raises(GameTheoryError, match="where y is one"):
        eeu.plot_sweep(table, y="trust")
    with pytest.raises(GameTheoryError, match=r"an xarray\.Dataset"):
        eeu.plot_sweep(table["regime"], x="trust")
    drawn = eeu.sweep("x*y", eeu.points(4, x=(0, 1), y=(0, 1)))
    with pytest.raises(GameTheoryError, match="leave x out for their distribution"):
        eeu.plot_sweep(drawn, x="point", variable="value")
    with pytest.raises(GameTheoryError, match="exists at no point"):
        eeu.plot_sweep(eeu.sweep("sqrt(x)", x=[-2, -1]), variable="value")


def test_what_was_selected_and_the_ticks_of_panels_with_none_below_are_shown() -> None:
    game = eeu.NormalForm(
        [["a", 0], [0, 1]], [["b", 0], [0, 1]], given="a > 0 and b > 0",
        players=["EU", "Russia"], actions=[["keep", "break"]] * 2,
    )  # fmt: skip
    table = eeu.sweep(game, a=[1, 2], b=[1, 2]).isel(equilibrium=[0, 1, 2, 0])
    axes = {"x": "a", "y": "b", "variable": "payoff"}
    figure = eeu.plot_sweep(table.sel(player="EU"), **axes, columns="equilibrium")
    display.figure_bytes(figure, "png")
    *panels, scale = figure.axes
    visible = [axis for axis in panels if axis.get_visible()]
    ticks = [any(t.label1.get_visible() for t in axis.xaxis.get_major_ticks()) for axis in visible]
    assert ticks == [bool(axis.get_xlabel()) for axis in visible] == [False, True, True, True]
    assert scale.get_ylabel() == "Expected payoff\nplayer = EU"
    part = table.isel(equilibrium=1, action=[0], b=1)  # one value is left of actions
    figure = eeu.plot_sweep(part, x="a", variable="probability")
    display.figure_bytes(figure, "png")
    about, *lines = figure.axes[0].get_ylabel().split("\n")
    chosen = set(" ".join(lines).split("; "))
    assert about == "Probability of an action"
    assert chosen == {"equilibrium = break, break", "action = EU: keep", "b = 2"}
