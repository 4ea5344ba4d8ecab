"""Sobol' indices against values by hand and against exact ones; quantiles against the inverse."""

import pickle

import numpy as np
import pytest
import sympy as sp
from scipy import stats

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps import Sensitivity

x, y, z = sp.symbols("x y z", real=True)
UNIT = stats.beta(1, 1)
"""A uniform distribution that is not recognised as one, so that it is sampled."""


def within(
    found: Sensitivity, parameter: str, first: float, total: float, slack: float = 1e-9
) -> None:
    row = found[parameter]
    for value, error, wanted in (
        (row.first, row.first_error, first),
        (row.total, row.total_error, total),
    ):
        assert abs(float(value) - wanted) <= 5 * float(error) + slack
        assert error < 0.03


def test_ishigami() -> None:
    # Ishigami and Homma (1990): a = 7, b = 1/10; values in Saltelli and others (2008).
    ishigami = sp.sin(x) + 7 * sp.sin(y) ** 2 + z**4 * sp.sin(x) / 10
    found = eeu.sensitivity(ishigami, dict.fromkeys((x, y, z), (-sp.pi, sp.pi)), size=2**14)
    assert found.method == "quasi-Monte Carlo"
    for name, first, total in (("x", 0.3139, 0.5576), ("y", 0.4424, 0.4424), ("z", 0, 0.2437)):
        within(found, name, first, total)
    assert found.drivers == {str(ishigami): "x"}


def test_a_polynomial_has_exact_indices() -> None:
    found = eeu.sensitivity("x + 2*y", {"x": (0, 1), "y": (0, 1)})
    assert (found.method, found["x"].first, found["y"].total) == (
        "exact", sp.Rational(1, 5), sp.Rational(4, 5))  # fmt: skip
    product = eeu.sensitivity(x * y, {x: (0, 1), y: (0, 1)})
    # The variance is 1/9 - 1/16; that of the mean over one, x/2, is 1/48.
    assert {(row.first, row.total) for row in product} == {(sp.Rational(3, 7), sp.Rational(4, 7))}


def test_a_sample_agrees_with_the_exact_indices() -> None:
    polynomial = x + 2 * y**2 + 3 * x * y * z
    exact = eeu.sensitivity(polynomial, dict.fromkeys((x, y, z), (0, 1)))
    sampled = eeu.sensitivity(polynomial, dict.fromkeys((x, y, z), UNIT))
    assert (exact.method, sampled.method) == ("exact", "quasi-Monte Carlo")
    for row in exact:
        within(sampled, row.parameter, float(row.first), float(row.total))


def test_it_agrees_with_scipy() -> None:
    def holds(sample: np.ndarray) -> np.ndarray:
        return np.asarray(sample[0] > sample[1] ** 2, dtype=float)

    other = stats.sobol_indices(func=holds, n=4096, dists=[stats.uniform()] * 2, rng=1)
    found = eeu.sensitivity("x > y**2", {"x": (0, 1), "y": (0, 1)})
    for k, name in enumerate("xy"):
        within(found, name, other.first_order[k], other.total_order[k], 0.01)


def test_which_parameter_drives_a_conclusion() -> None:
    # 1 where both hold: mean 1/4, variance 3/16; given x < 1/2 it is 1/2 on average.
    found = eeu.sensitivity((x < 0.5) & (y < 0.5), {x: (0, 1), y: (0, 1), z: (0, 1)})
    within(found, "x", 1 / 3, 2 / 3)
    within(found, "z", 0, 0)
    game = eeu.CredibleCommitment(opportunist_restraint=0, membership_benefit=1)
    priors = {"trust": (0, 1), "encroachment_loss": (1, "11/10")}
    join = eeu.sensitivity(game.solve()["join"], priors, size=256)
    assert join.drivers == {"join": "trust"}
    whole = eeu.sensitivity(game, priors, size=256)
    assert whole["join", "trust"] == join["join", "trust"]
    assert whole.drivers["trust_threshold"] == "encroachment_loss"
    assert whole.omitted == {"indifferent": "does not vary"}
    assert "Sobol" in repr(whole)


def test_a_result_travels() -> None:
    found = eeu.sensitivity("x*y", {"x": (0, 1), "y": (0, 1)})
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert (again, hash(again)) == (found, hash(found))
    frame = found.to_dataframe()
    assert list(frame["parameter"]) == ["x", "y"]
    assert frame["first"][0] == sp.Rational(3, 7)
    assert "3/7" in found.to_json()
    assert len(found) == 2


def test_what_has_no_indices() -> None:
    with pytest.raises(GameTheoryError, match=r"exists at 50\.0% of the points only"):
        eeu.sensitivity(sp.sqrt(x), {x: (-1, 1)})
    with pytest.raises(GameTheoryError, match="does not vary"):
        eeu.sensitivity(x > 2, {x: (0, 1)})
    with pytest.raises(ParameterError, match="one output"):
        eeu.sensitivity(x > 2, {x: (0, 1)}, outputs=["exists"])
    with pytest.raises(ParameterError, match="a pair of an output"):
        eeu.sensitivity("x*y", {"x": (0, 1), "y": (0, 1)})["z"]


def test_quantiles_by_the_inverse() -> None:
    table = eeu.quantiles("exp(x)", {"x": (0, 1)}, q=(0, 0.25, "1/2", 1))
    assert table["value"].values == pytest.approx(np.exp([0, 0.25, 0.5, 1]), abs=1e-3)
    normal = eeu.quantiles("2*x", {"x": stats.norm(1, 1)}, q=0.975)
    assert float(normal["value"][0]) == pytest.approx(2 + 2 * 1.95996, rel=1e-2)


def test_quantiles_of_a_game_s_quantities() -> None:
    game = eeu.CredibleCommitment(opportunist_restraint=0, membership_benefit=1)
    table = eeu.quantiles(
        game, {"trust": (0, 1), "ell": (1, 3)}, outputs=["exists", "quantities"], q=[0.5]
    )
    assert float(table["trust_threshold"][0]) == pytest.approx(2 / 3, abs=1e-3)  # of ell = 2
    exists = table["exists_share"].sel(equilibrium=["join", "stay out"])
    expected = float(eeu.probability(game.solve()["join"], {"trust": (0, 1), "ell": (1, 3)}))
    assert exists.values == pytest.approx([expected, 1 - expected], abs=2e-3)
    assert table["quantile"].attrs["long_name"] == "probability below"
    assert "seed 0" in table.attrs["points"]


def test_quantiles_over_the_points_at_which_a_quantity_exists() -> None:
    game = eeu.CredibleCommitment(membership_benefit=2, encroachment_loss=1, trust=1)
    table = eeu.quantiles(game, {"sigma": (0, "9/10")}, outputs="trust_threshold", q=[0, 1])
    assert float(table["trust_threshold_share"]) == pytest.approx(10 / 27, abs=1e-3)
    assert table["trust_threshold"].values == pytest.approx([0, 1 / 3], abs=1e-3)
    with pytest.raises(GameTheoryError, match="no point of the priors"):
        eeu.quantiles("x", {"x": (0, 1)}, given="x > 2")
    with pytest.raises(ParameterError, match="numbers from 0 to 1"):
        eeu.quantiles("x", {"x": (0, 1)}, q=[2])
