"""Sweeps: labels, values, flags, designs and what is refused."""

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
import xarray as xr
from scipy import stats

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.sweeps import exact_values, point_solutions

COMMITMENT = eeu.CredibleCommitment(
    membership_benefit=1, opportunist_restraint=0, r=2, g=3, v=1, encroachment_loss=1
)


def test_the_call_that_the_design_promises() -> None:
    table = eeu.sweep(COMMITMENT, trust=np.linspace(0, 1, 1001), encroachment_loss=[0.5, 1, 2])
    assert dict(table.sizes) == {
        "trust": 1001, "encroachment_loss": 3, "equilibrium": 3, "player": 2, "action": 4,
    }  # fmt: skip
    assert table.trust_threshold.dims == ("trust", "encroachment_loss")
    thresholds = table.trust_threshold.sel(trust=0.5).values
    assert thresholds == pytest.approx([1 / 3, 1 / 2, 2 / 3], rel=1e-15)
    joins = table.exists.sel(equilibrium="join", encroachment_loss=1.0)
    assert joins.sel(trust=0.501).item()
    assert not joins.sel(trust=0.5).item()


def test_the_threshold_itself_is_met_exactly() -> None:
    table = eeu.sweep(COMMITMENT, trust=[0.499999999999, 0.5, 0.500000000001])
    assert table.regime.values.tolist() == [0b010, 0b100, 0b001]
    one_third = eeu.sweep(COMMITMENT, trust=["1/3", 1 / 3], encroachment_loss="1/2")
    assert one_third.regime.values.tolist() == [0b100, 0b010]
    assert table.regime.attrs["flag_meanings"] == "join | stay out | indifferent"


def test_it_says_what_every_number_means_and_where_it_is_from() -> None:
    table = eeu.sweep(COMMITMENT, trust=[0.5])
    parameter = eeu.CredibleCommitment.parameters["trust"]
    assert table.trust.attrs["long_name"] == parameter.meaning
    assert table.trust.attrs["units"] == parameter.unit
    assert table.trust_threshold.attrs["source"] == str(
        COMMITMENT.quantities["trust_threshold"].source
    )
    assert "membership_benefit = 1: [M] given by the user" in table.attrs["values"]
    assert f"gametheory_eeu {eeu.__version__}" in table.attrs["versions"]


def test_a_game_that_is_equal_but_has_other_sources_says_its_own() -> None:
    calibrated = eeu.CredibleCommitment.from_article("2015")
    by_hand = eeu.CredibleCommitment(**dict(calibrated.given))
    assert by_hand == calibrated
    name = next(iter(calibrated.given))
    value = calibrated.given[name]
    tables = [
        eeu.sweep(game, {name: [value]}, outputs=["regime"]) for game in (calibrated, by_hand)
    ]
    assert tables[0].regime.identical(tables[1].regime)
    assert tables[0].attrs["calibration"] != tables[1].attrs["calibration"]


def test_a_flag_says_why_there_is_no_value() -> None:
    game = eeu.CredibleCommitment(encroachment_loss=1)
    table = eeu.sweep(
        game,
        outputs="trust_threshold",
        opportunist_restraint=[0, "1/2", 1],
        membership_benefit=[1, 2],
    )
    flags = table.trust_threshold_flag
    assert flags.values.tolist() == [[0, 0], [0, 2], [1, 1]]
    meanings = flags.attrs["flag_meanings"].split()
    assert meanings[1:3] == ["outside_the_domain", "does_not_exist"]
    assert np.isnan(table.trust_threshold.values).tolist() == (flags != 0).values.tolist()
    assert table.inside.values.tolist() == [[True, True], [True, True], [False, False]]


def test_a_value_beyond_floats_is_flagged() -> None:
    table = eeu.sweep("exp(x)", x=[1, 1000])
    assert table["value_flag"].values.tolist() == [0, 3]
    assert np.isnan(table["value"].values[1])


@pytest.mark.parametrize(
    ("expression", "point", "value"),
    [
        ("x**2*y**3", {"x": 0, "y": 1e200}, 0),
        ("x**2/(x**2 + 1)", {"x": 1e200}, 1),
        ("sqrt(x)", {"x": 10**400}, 1e200),
        ("x**2*exp(-x)", {"x": 1e200}, 0),
        ("sqrt(x - 3*y)", {"x": 0.3, "y": 0.1}, 0),
        ("sqrt(x)/x", {"x": 10**400}, 1e-200),
        ("10**400*x", {"x": "1e-399"}, 10),
    ],
)
def test_a_value_that_floating_point_gives_up_is_exact(
    expression: str, point: dict[str, Any], value: float
) -> None:
    table = eeu.sweep(expression, {name: [number] for name, number in point.items()})
    assert table["value"].item() == value
    assert table["value_flag"].item() == 0


def test_what_equilibria_pay_is_there_or_flagged() -> None:
    game = eeu.model("tullock 1980")
    table = eeu.sweep(game.at(w=1e200), v=[1e200])
    assert set(table.payoff.values.ravel()) == {2.5e199} == set(table.choice_value.values.ravel())
    assert table.point_flag.values.tolist() == [0]
    beyond = eeu.sweep(game.at(w=1e200), v=[1, 10**400])
    assert np.isnan(beyond.payoff.values).sum(axis=(0, 1)).tolist() == [0, 1]
    assert beyond.point_flag.values.tolist() == [0, 3]


def test_what_is_not_bounded_is_said() -> None:
    """Large parts cancel: floats lose every digit, and exact values none."""
    game = eeu.model("cournot 1838", a=10**17 + 3, c_1=10**17)
    rounded, exact = (eeu.sweep(game, c_2=[10**17 + 1], exact=e) for e in (False, True))
    assert "not bounded" in rounded.attrs["rounding"]
    assert exact.payoff.values[0].ravel().tolist() == [Fraction(16, 9), Fraction(1, 9)]
    assert "rounding" not in eeu.sweep("x > 0", x=[1]).attrs


def test_so_many_values_are_worked_out_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_values, "MAX_VALUES", 2)
    table = eeu.sweep("x**2*y/(x**2 + 1)", x=[-1e200, 1, 1e200, 2e200], y=[1])
    assert table["value_flag"].values.ravel().tolist() == [0, 0, 0, 4]
    assert table["value_flag"].attrs["flag_meanings"].split()[4] == "not_worked_out"


def test_exact_values_are_fractions() -> None:
    table = eeu.sweep(COMMITMENT, exact=True, trust=["1/3", 0.5, Fraction(2, 3)])
    assert table.joining_payoff.values.tolist() == [Fraction(-1, 3), 0, Fraction(1, 3)]
    assert table.joining_payoff.dtype == object
    assert table.attrs["rounding"] == "none: values are exact"
    floats = eeu.sweep(COMMITMENT, trust=["1/3", 0.5, Fraction(2, 3)])
    for name in floats.data_vars:
        expected, values = floats[name].values, table[name].values.astype(floats[name].dtype)
        np.testing.assert_allclose(values.astype(float), expected.astype(float), rtol=1e-14)
    assert eeu.sweep("sqrt(x)", exact=True, x=[2])["value"].values[0] == sp.sqrt(2)


def test_points_that_belong_together() -> None:
    given = eeu.points(
        [{"trust": 0.2, "encroachment_loss": 1}, {"trust": 0.9, "encroachment_loss": 2}]
    )
    table = eeu.sweep(COMMITMENT, given, membership_benefit=[1, 2, 4])
    assert table.exists.sel(equilibrium="join").dims == ("point", "membership_benefit")
    assert table.trust.dims == ("point",)
    single = eeu.sweep(COMMITMENT, trust=[0.9], encroachment_loss=[2], membership_benefit=[4])
    assert table.joining_payoff.values[1, 2] == single.joining_payoff.item()


@pytest.mark.parametrize("method", ["sobol", "halton", "latin hypercube", "random"])
def test_a_drawn_design_has_its_distributions_and_its_seed(method: str) -> None:
    spec = {"trust": (0, "1/2"), "encroachment_loss": stats.expon(scale=2)}
    drawn = eeu.points(2000, method=method, rng=3, **spec)
    assert drawn == eeu.points(2000, method=method, rng=3, **spec)
    assert drawn != eeu.points(2000, method=method, rng=4, **spec)
    assert 0 <= min(drawn.columns["trust"]) < max(drawn.columns["trust"]) <= 0.5
    assert np.mean(drawn.columns["encroachment_loss"]) == pytest.approx(2, rel=0.1)
    assert method in repr(drawn)
    assert pickle.loads(pickle.dumps(drawn)) == drawn  # noqa: S301 - what was just written
    table = eeu.sweep(COMMITMENT, drawn, outputs="trust_threshold")
    assert f"{method}, seed 3" in table.attrs["points"]


def test_data_arrays_keep_their_dimensions() -> None:
    years = xr.DataArray([0.2, 0.7], dims="year", coords={"year": [2013, 2015]})
    losses = xr.DataArray([[1.0, 2.0], [3.0, 4.0]], dims=("year", "member"))
    table = eeu.sweep(COMMITMENT, trust=years, encroachment_loss=losses)
    assert table.joining_payoff.dims == ("year", "member")
    expected = 0.7 * 1 - 0.3 * 4
    assert table.joining_payoff.sel(year=2015, member=1).item() == pytest.approx(expected)


def test_a_number_is_kept_and_a_symbol_of_its_own_name_is_read() -> None:
    table = eeu.sweep(COMMITMENT, mu=[0.5], ell=3)
    assert table.trust_threshold.values.tolist() == [0.75]


def test_every_form_of_game() -> None:
    bimatrix = eeu.NormalForm([["a", 0], [0, 1]], [[1, 0], [0, "b"]])
    table = eeu.sweep(bimatrix, a=[-1, 0, 2], b=[1])
    counts = table.exists.sum("equilibrium").values.ravel().tolist()
    assert counts == [len(bimatrix.at(a=a, b=1).solve()) for a in (-1, 0, 2)]
    cournot = eeu.ContinuousGame(
        {"1": "(a - q_1 - q_2 - c)*q_1", "2": "(a - q_1 - q_2)*q_2"},
        choices={"1": "q_1 >= 0", "2": "q_2 >= 0"},
        given="0 < c < a",
    )
    table = eeu.sweep(cournot, a=[2], c=[0.5, 1.5])
    inner = table.choice_value.sum("equilibrium", skipna=True).values[:, 0, :]
    assert inner.T.tolist() == [pytest.approx([1 / 3, 5 / 6]), pytest.approx([0, 1])]


def test_the_whole_argument() -> None:
    table = eeu.sweep(eeu.EurasianArgument(), exit_loss=[0.1, 1], outputs=["union.transfer"])
    at_one = eeu.EurasianArgument().argument_in("2014-15").quantity("union.transfer").value
    assert table["union.transfer"].values[1] == pytest.approx(float(at_one), rel=1e-15)


POINT_BY_POINT: dict[str, Any] = {"c": [0.5], "z": [0.5, "1/3"], "a": [0, 1], "s": [1]}


def test_where_conditions_with_symbols_end_the_points_are_solved_one_by_one() -> None:
    game = eeu.RegimeChange()
    table = eeu.sweep(game, **POINT_BY_POINT)
    assert table.complete.values.all()
    for place in np.ndindex(2, 2):
        z, a = (POINT_BY_POINT[name][k] for name, k in zip("za", place, strict=True))
        solution = game.at(c="1/2", z=z, a=a, s=1).solve()
        found = table.isel(attack_cost=0, prior_mean=place[0], prior_precision=place[1],
                           signal_precision=0)  # fmt: skip
        names = [n for n in found.equilibrium.values if found.exists.sel(equilibrium=n)]
        assert names == list(solution.names)
        for e in solution:
            assert found.payoff.sel(equilibrium=e.name).values == [float(*e.payoffs.values())]


def test_lazy_and_exact_sweeps_solve_single_points_too() -> None:
    table = eeu.sweep(eeu.RegimeChange(), **POINT_BY_POINT)
    for chunks in (1, {"prior_precision": 2}):
        lazy = eeu.sweep(eeu.RegimeChange(), chunks=chunks, **POINT_BY_POINT)
        assert lazy.exists.chunks is not None
        xr.testing.assert_identical(lazy.compute(scheduler="synchronous"), table)
    exact = eeu.sweep(eeu.RegimeChange(), exact=True, **POINT_BY_POINT)
    assert exact.exists.identical(table.exists)
    np.testing.assert_array_equal(exact.payoff.values.astype(float), table.payoff.values)


def test_too_many_single_points_are_refused_before_any_is_solved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(point_solutions, "MAX_POINTS", 3)
    with pytest.raises(TooLargeError, match="more than 3 points have to be solved one by one"):
        eeu.sweep(eeu.RegimeChange(), c=[0.5], z=[0.5], a=[1, 2], s=[1, 2], chunks=1)


def test_a_family_says_why_it_has_no_one_value() -> None:
    """Where a is 0 the first player is indifferent, and the second gets the mix p_1."""
    bimatrix = eeu.NormalForm([["a", 0], [0, "b"]], [[1, 0], [0, 1]])
    table = eeu.sweep(bimatrix, a=[0], b=[1])
    family = table.sel(equilibrium="1 + 2, 1", a=0, b=1)
    assert family.exists
    assert family.payoff.values.tolist() == [0, pytest.approx(np.nan, nan_ok=True)]
    meanings = family.payoff_flag.attrs["flag_meanings"].split()
    assert [meanings[k] for k in family.payoff_flag.values] == [
        "a_value_where_it_exists", "differs_between_members_of_a_family",
    ]  # fmt: skip
    assert "1 + 2, 1: (p_1 >= 1/2) & (p_1 < 1)" in family.payoff_flag.attrs["families"]


@pytest.mark.parametrize(
    ("model", "values", "tie"),
    [
        ("kilgour and zagare 1991", {"g": 1, "k": 1, "ell": 2, "h": 1, "s": 3}, {"q": "1/2"}),
        ("weingast 1997", {"t": 1, "c": 1, "ell": 2}, {"d": 3}),
        ("fearon 1994", {"v": 2, "p": "1/2", "a": 1}, {"c": 1}),
    ],
)
def test_what_all_members_of_a_family_share_is_a_value(
    model: str, values: dict[str, Any], tie: dict[str, Any]
) -> None:
    """A payoff is judged under the equality of the tie; the game at the tie says the same."""
    table = eeu.sweep(eeu.model(model, **values), {k: [v] for k, v in tie.items()}, exact=True)
    solution = eeu.model(model, **values, **tie).solve()
    members = [e for e in solution if e.free]
    shared = 0
    for e in members:
        for player, payoff in e.payoffs.items():
            at = table.sel(equilibrium=e.name, player=player)
            is_shared = not payoff.simplify().free_symbols
            assert at.payoff_flag.item() == (0 if is_shared else 3)
            assert not is_shared or at.payoff.item() == payoff.simplify()
            shared += is_shared
    assert shared


@pytest.mark.parametrize(
    "how", [{}, {"exact": True}, {"chunks": 2}], ids=["floats", "exact", "lazy"]
)
def test_some_of_the_equilibria_and_the_regime_of_all(how: dict[str, Any]) -> None:
    bimatrix = eeu.NormalForm([["a", 0], [0, "b"]], [[1, 0], [0, 1]])
    grids: dict[str, Any] = {"a": [-1, 0, "1/3"], "b": [0, 1], **how}
    table = eeu.sweep(bimatrix, **grids)
    names = ["1, 1", "1 + 2, 1 + 2"]
    some = eeu.sweep(bimatrix, equilibria=[names[1], *names], **grids)
    for variable in ("exists", "payoff", "probability"):
        xr.testing.assert_equal(some[variable], table[variable].sel(equilibrium=names))
    xr.testing.assert_identical(some.regime, table.regime)
    one = eeu.sweep(bimatrix, equilibria="1, 1", outputs="regime", **grids)
    assert one.sizes["equilibrium"] == 1
    assert set(one.data_vars) == {"inside", "exists", "regime"}


def test_some_of_the_equilibria_at_points_that_are_solved_one_by_one() -> None:
    table = eeu.sweep(eeu.RegimeChange(), **POINT_BY_POINT)
    names = list(table.equilibrium.values[-1:])
    some = eeu.sweep(eeu.RegimeChange(), equilibria=names, **POINT_BY_POINT)
    for variable in ("exists", "payoff"):
        xr.testing.assert_equal(some[variable], table[variable].sel(equilibrium=names))
    xr.testing.assert_identical(some.regime, table.regime)
    with pytest.raises(UnknownNameError, match="another"):
        eeu.sweep(eeu.RegimeChange(), equilibria=["another"], **POINT_BY_POINT)


def test_a_quantity_and_an_expression_of_ones_own() -> None:
    quantity = eeu.CredibleCommitment().quantities["trust_threshold"]
    table = quantity.sweep(sigma=[0], b=[1, 3], ell=1)
    assert table.trust_threshold.values.tolist() == [[0.5, 0.25]]
    holds = eeu.sweep("x**2 < y", x=[0, 1], y=[1])
    assert holds.holds.values.tolist() == [[True], [False]]
    inside = eeu.sweep("1/x", given="x > 0", x=[-1, 0, 2])
    assert inside["value_flag"].values.tolist() == [1, 1, 0]


def test_what_a_symbol_says_of_itself_is_its_domain() -> None:
    positive, whole = sp.Symbol("x", positive=True), sp.Symbol("n", integer=True, nonnegative=True)
    table = eeu.sweep(positive**whole, x=[-1, 0, 2], n=[-1, 0.5, 3])
    assert table.inside.values.tolist() == [[False] * 3, [False] * 3, [False, False, True]]
    assert table["value"].values[2, 2] == 8


def test_cases_are_told_apart_exactly() -> None:
    steps = sp.Piecewise((1, sp.Symbol("x", real=True) < sp.Rational(1, 3)), (2, True))
    table = eeu.sweep(steps, x=["1/3", 0.3333333333333333])
    assert table["value"].values.tolist() == [2, 1]


def test_numbers_beyond_floats_are_decided_exactly() -> None:
    table = eeu.sweep("x > 10**400", x=[10**400, 10**400 + 1])
    assert table.holds.values.tolist() == [False, True]
    assert eeu.sweep("x > 0", x=["1e-400", 0]).holds.values.tolist() == [True, False]
    assert eeu.sweep("2*x", x=[10**400])["value_flag"].values.tolist() == [3]


def labelled(years: list[int]) -> xr.DataArray:
    return xr.DataArray([0.2, 0.7], dims="year", coords={"year": years})


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: eeu.sweep(eeu.CredibleCommitment(), trust=[0.5]), GameTheoryError, "no value"),
        (lambda: eeu.sweep(COMMITMENT, trust=[]), ParameterError, "at least one value"),
        (lambda: eeu.sweep(COMMITMENT), GameTheoryError, "nothing to sweep"),
        (lambda: eeu.sweep(COMMITMENT, trusted=[0.5]), UnknownNameError, "trusted"),
        (lambda: eeu.sweep(COMMITMENT, trust=[0.5], mu=[0.5]), GameTheoryError, "swept twice"),
        (lambda: eeu.sweep(COMMITMENT, trust=[[0.5]]), ParameterError, "trust"),
        (lambda: eeu.sweep(COMMITMENT, trust=[np.nan]), ParameterError, "finite"),
        (lambda: eeu.sweep(COMMITMENT, trust=["x"]), ParameterError, "trust"),
        (lambda: eeu.sweep(COMMITMENT, trust=[0.5], outputs=["threshold"]), UnknownNameError,
         "trust_threshold"),
        (lambda: eeu.sweep(eeu.CredibleCommitment, trust=[0.5]), ParameterError,
         r"CredibleCommitment\(\)"),
        (lambda: eeu.points(trust=[1, 2], stakes=[1]), ParameterError, "as many"),
        (lambda: eeu.sweep(COMMITMENT, eeu.points(trust=[1, 2]), point=[1]), UnknownNameError,
         "point"),
        (lambda: eeu.sweep("x", x=np.zeros(200_000), exact=True), TooLargeError, "exact=True"),
        (lambda: eeu.sweep("x*y", x=np.zeros(10**5), y=np.zeros(10**5)), TooLargeError, "chunks="),
        (lambda: eeu.sweep("x", x=[1], chunks={"y": 1}), ParameterError, "chunks"),
        (lambda: eeu.sweep("x", x=[1], out="a.csv"), ParameterError, r"\.zarr or \.nc"),
        (lambda: eeu.sweep(eeu.Participation(members=2), weights=[1]), GameTheoryError, "weights"),
        (lambda: eeu.sweep(COMMITMENT, {"mu": 0.5}, trust=[1]), GameTheoryError, "trust is given"),
        (lambda: eeu.sweep("value + 1", value=[1]), GameTheoryError, "a variable or a dimension"),
        (lambda: eeu.sweep(COMMITMENT, eeu.points(trust=[1], dimension="player")), GameTheoryError,
         "a variable or a dimension"),
        (lambda: eeu.sweep(COMMITMENT, trust=labelled([1, 2]), ell=labelled([1, 3])),
         ParameterError, "the labels that year has"),
        (lambda: eeu.sweep(COMMITMENT, trust=labelled([1, 2]).rename(year="trust")),
         ParameterError, "these are not the values"),
        (lambda: eeu.sweep(COMMITMENT, trust=[0.5], given="trust > 0"), ParameterError, "given"),
        (lambda: eeu.sweep("x", x=[1], concept="Nash"), ParameterError, "concept"),
        (lambda: eeu.sweep("x", {1: 1}), ParameterError, "parameter"),
        (lambda: eeu.sweep("x", x=[1], equilibria=["join"]), ParameterError, "no equilibria"),
        (lambda: eeu.sweep(COMMITMENT, trust=[0.5], equilibria="joins"), UnknownNameError, "join"),
        (lambda: eeu.sweep(COMMITMENT, trust=[0.5], equilibria=[1]), ParameterError, "equilibria"),
        (lambda: eeu.sweep(COMMITMENT, trust=[0.5], equilibria=[]), ParameterError, "equilibria"),
        (lambda: eeu.points([]), ParameterError, "at least one point"),
    ],
    ids=["left over", "empty", "nothing", "unknown", "twice", "two dimensions", "nan", "symbol",
         "output", "class", "lengths", "dimension", "exact size", "memory", "chunks", "suffix",
         "vector", "kept and swept", "symbol of the result", "dimension of the result",
         "labels differ", "labels no values", "domain of a game", "concept of an expression",
         "no text", "no equilibria", "no such equilibrium", "no name", "no names", "no points"],
)  # fmt: skip
def test_what_is_refused(make: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        make()


@pytest.mark.parametrize("condition", ["x**2 - y > 0", "x**5/y**7 > 3", "x/10**400 > y"])
def test_powers_beyond_all_floats_are_decided_exactly(condition: str) -> None:
    grids = {"x": [1e200, -1e308, 2.0, 5e-324], "y": [1e150, 1, 1e-300]}
    table, exactly = (eeu.sweep(condition, exact=exact, **grids).holds for exact in (False, True))
    assert table.equals(exactly)
    assert table.values.any()
    assert not table.values.all()


def test_lists_among_the_attributes_are_each_tables_own() -> None:
    first, second = (eeu.sweep("1/x", x=[0, 1]) for _ in range(2))
    first.value_flag.attrs["flag_values"].clear()
    assert second.value_flag.attrs["flag_values"] == [0, 1, 2, 3, 4]
