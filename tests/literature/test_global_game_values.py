"""Global games: published values, and the bound that separates one cut-off from three."""

import pytest
import sympy as sp

import gametheory_eeu as eeu


def test_investment_game() -> None:
    """ms_inv. Morris and Shin (2003), sec. 2: payoff theta + l - 1, cut-off 1/2 (sigma = .01)."""
    game = eeu.GlobalGame(resistance=1, complementarity=1)
    assert game.selection_threshold == sp.Rational(1, 2)
    (flat,) = game.cutoffs(prior_mean=0, prior_precision=0, signal_precision=10**4)
    assert abs(flat.state - sp.Rational(1, 2)) <= flat.error
    (prior,) = game.cutoffs(prior_mean=0, prior_precision=1, signal_precision=10**4)
    assert abs(float(prior.state) - 0.5) < 0.002


@pytest.mark.parametrize(("cost", "expected"), [("1/5", "4/5"), ("1/2", "1/2"), ("3/4", "1/4")])
def test_regime_change_with_a_flat_prior(cost: str, expected: str) -> None:
    """ahp_0.2_25.0, ahp_0.5_25.0, ahp_0.75_25.0: the threshold is 1 - c."""
    game = eeu.RegimeChange(attack_cost=cost, prior_mean=0, prior_precision=0, signal_precision=25)
    assert game.flat_prior_threshold == sp.Rational(expected)
    assert game.solve().names == ("flat prior",)
    assert game.solve().exact
    (found,) = game.cutoffs()
    assert abs(found.state - sp.Rational(expected)) <= found.error


def test_three_cutoffs_above_the_bound() -> None:
    """ms_uni_hi: a/sqrt(s) = 2.7 > sqrt(2 pi), z = c = 1/2."""
    game = eeu.RegimeChange(c="1/2", z="1/2", a="27/10", s=1)
    assert not game.unique_for_every_prior_mean
    assert [c.kind for c in game.cutoffs()] == ["stable", "unstable", "stable"]
    assert len(game.solve()) == 3


def test_one_cutoff_below_the_bound() -> None:
    """2.5 < sqrt(2 pi) = 2.5066...: one at every prior mean; 2.51: three at some."""
    for z in ("0", "1/4", "1/2", "2/3", "1"):
        game = eeu.RegimeChange(c="1/2", z=z, a="5/2", s=1)
        assert game.unique_for_every_prior_mean
        assert len(game.cutoffs()) == 1
    assert len(eeu.RegimeChange(c="1/2", z="1/2", a="251/100", s=1).cutoffs()) == 3
    assert len(eeu.RegimeChange(c="1/2", z=2, a="251/100", s=1).cutoffs()) == 1


def test_precise_signals_approach_the_flat_prior() -> None:
    gaps = []
    for s in (10**2, 10**4, 10**6, 10**8):
        (found,) = eeu.RegimeChange(c="1/5", z=0, a=1, s=s).cutoffs()
        gaps.append(abs(float(found.state) - 0.8))
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 1e-3


def test_selection_lies_strictly_inside() -> None:
    proofs = {p.name: p.verdict for p in eeu.GlobalGame.lemmas()}
    assert proofs == {"inside": "proved", "middle": "proved", "risk dominance": "proved"}
    assert {p.verdict for p in eeu.RegimeChange.lemmas()} == {"proved"}
