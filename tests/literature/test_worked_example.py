"""The worked example of THEORY section 7, as far as these three games carry it."""

from dataclasses import dataclass

import pytest
import sympy as sp

import gametheory_eeu as eeu

COMMON = {"V": ".2", "b": 1, "ell": 1, "o": ".3", "kappa": ".4"}
KAPPA, ELL = sp.Rational(2, 5), 1
BROKEN = sp.Rational(7, 37)


@dataclass(frozen=True)
class Row:
    """A state of the example; transfer None: no deal."""

    state: str
    mu: object
    D: str
    gamma: object
    alpha: int
    transfer: float | None
    left: float | None
    threshold: float
    calibration: str = ""


ROWS = [
    Row("before 2014", "7/10", ".1", ".30", 0, 0.020, 0.180, 2.83, "2013"),
    Row("2014-15", BROKEN, "1", ".5625", 1, 0.498, -0.698, 5.06, "2014"),
    Row("later, D = .4", BROKEN, ".4", ".30", 1, 0.138, -0.338, 5.06, "2015"),
    Row("trust intact", "7/10", "1", ".5625", 0, 0.631, -0.431, 2.83),
    Row("no urgency", BROKEN, ".1", ".30", 1, None, None, 5.06),
]


def bargaining(row: Row) -> eeu.AsymmetricBargaining:
    return eeu.AsymmetricBargaining(**COMMON, mu=row.mu, D=row.D, gamma=row.gamma, alpha=row.alpha)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.state)
def test_price(row: Row) -> None:
    game = bargaining(row)
    names = game.solve().names
    if row.transfer is None:
        assert names == ("no deal",)
        assert float(game.surplus) == pytest.approx(-0.211, abs=5e-4)
        return
    assert names == ("deal",)
    assert float(game.transfer) == pytest.approx(row.transfer, abs=5e-4)
    left = sp.Rational(1, 5) - game.total_concession
    assert float(left) == pytest.approx(row.left, abs=5e-4)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.state)
def test_regime(row: Row) -> None:
    """Multilateral (full binding) exactly where trust is below mu_M = 1 - kappa/ell: there, and
    only there, binding adds to the surplus."""
    game = eeu.AsymmetricBargaining(**COMMON, mu=row.mu)
    (static,) = game.comparative_statics("surplus", "alpha")
    multilateral = bool(sp.Rational(game.values[game.symbols.mu]) < 1 - KAPPA / ELL)
    assert multilateral == bool(row.alpha)
    assert static.sign == ("+" if multilateral else "-")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.state)
def test_absolute_threshold(row: Row) -> None:
    joining = sp.Rational(3, 10) + (1 - sp.Rational(row.mu)) * sp.Rational(1, 4)
    game = eeu.BandwagoningContest(R=1, w=[1, 1, 1, 1], c=".05", lam=".9", tau=joining)
    assert float(game.absolute_threshold) == pytest.approx(row.threshold, abs=5e-3)


@pytest.mark.parametrize("row", [r for r in ROWS if r.calibration], ids=lambda row: row.state)
def test_calibrations_are_the_rows(row: Row) -> None:
    game = eeu.AsymmetricBargaining.from_article(row.calibration)
    assert game.transfer == bargaining(row).transfer
    assert game.values[game.symbols.gamma] == sp.Rational(row.gamma)
    contest = eeu.BandwagoningContest.from_article(row.calibration)
    assert float(contest.absolute_threshold) == pytest.approx(row.threshold, abs=5e-3)
    commitment = eeu.CredibleCommitment.from_article(row.calibration)
    assert commitment.trust_threshold == sp.Rational(1, 2)
    assert commitment.solve().names == (("join",) if row.alpha == 0 else ("stay out",))
