"""Slow trust: its readings, its paths, and everything it refuses."""

import pickle
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    TooLargeError,
    UnknownNameError,
)
from gametheory_eeu.solvers.certified_zeros import least_power

T = eeu.TrustRecovery
RNG = np.random.default_rng(1)
FULL = {"mu": "1/5", "mu_T": "1/2", "eps": "1/20", "phi": "3/10", "rho": "1/20"}

BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "certain trust": (lambda: T(trust=1), SpaceError, "mu = 1"),
    "no trust": (lambda: T(trust=0), SpaceError, "mu = 0"),
    "rates the wrong way": (lambda: T(eps="1/2", phi="1/3"), SpaceError, "contradicts"),
    "equal rates": (lambda: T(eps="1/2", phi="1/2"), SpaceError, "contradicts"),
    "eps = 0": (lambda: T(eps=0), ParameterError, "restrained_violation_rate = 0"),
    "rho = 1": (lambda: T(rho=1), ParameterError, "reform_rate = 1"),
    "target = 1": (lambda: T(target_trust=1), ParameterError, "target_trust = 1"),
    "whole periods of symbols": (lambda: T().whole_repair_periods(), GameTheoryError, "rational"),
    "of an irrational": (
        lambda: T(eps=1 / sp.sqrt(5), phi="1/2").whole_repair_periods(),
        GameTheoryError, "rational"),
    "an observation": (lambda: T().walk(["war"]), UnknownNameError, "'war'"),
    "no periods": (lambda: T(**FULL).simulate(0, RNG), ParameterError, "periods = 0"),
    "no paths": (lambda: T(**FULL).simulate(1, RNG, paths=0), ParameterError, "paths = 0"),
    "a seed": (lambda: T(**FULL).simulate(1, 5), ParameterError, "default_rng"),
    "a walk of nothing": (lambda: T(**FULL).walk(5), ParameterError, "observations = 5"),
    "a type": (lambda: T(**FULL).simulate(1, RNG, restrained=0.5), ParameterError, "draw the type"),
    "too many draws": (
        lambda: T(**FULL).simulate(10**7, RNG, paths=10**6), TooLargeError, "several times"),
    "symbols": (lambda: T(mu="1/2").simulate(1, RNG), GameTheoryError, "violation_rate"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()


def test_every_sign_is_proved_logarithms_included() -> None:
    found = {(r.quantity, r.parameter.name): (r.sign, r.verdict) for r in T().comparative_statics()}
    assert found["repair_periods", "opportunist_violation_rate"] == ("-", "proved")
    assert found["repair_periods", "restrained_violation_rate"] == ("-", "proved")
    assert found["recovery_periods", "trust"] == ("<=0", "proved")
    assert found["recovery_periods", "target_trust"] == (">=0", "proved")
    assert found["reform_periods", "reform_rate"] == ("<=0", "proved")
    assert found["fall_in_trust", "trust"] == ("?", "depends")
    assert {v for key, (_, v) in found.items() if key != ("fall_in_trust", "trust")} == {"proved"}


def test_propositions() -> None:
    assert {p.name: p.verdict for p in T.lemmas()} == {
        "naive repair": "refuted", "repair": "proved", "naive fall": "refuted", "fall": "proved",
        "absorbing": "proved", "reform": "proved",
    }  # fmt: skip


def test_equilibria() -> None:
    checks = T().solve().verify()
    assert {check.verdict for check in checks.values()} == {"proved"}
    assert T.from_article("2013").solve().names == ("join",)
    assert T.from_article("2014").solve().names == ("stay out",)
    assert T(mu="1/2", mu_T="1/2").solve().names == ("indifferent",)


def test_no_recovery_is_needed_where_the_target_is_reached() -> None:
    game = T(mu="3/4", mu_T="1/2", eps="1/20", phi="3/10", rho="1/10")
    assert game.recovery_periods == game.reform_periods == 0
    assert game.whole_recovery_periods() == game.whole_reform_periods() == 0


def test_walks() -> None:
    game = T(mu="7/10", eps="1/200", phi="1/20")
    there = game.walk(["quiet", "violation"])[-1]
    back = game.walk(["violation", "quiet"])[-1]
    assert there == back  # in odds the order is nothing
    assert game.walk([]) == (sp.Rational(7, 10),)
    assert game.walk(iter(["violation"])) == (sp.Rational(7, 10), sp.Rational(7, 37))


def test_whole_periods_at_exact_powers() -> None:
    """Where the quotient of logarithms is whole, no rounding decides."""
    factor = Fraction(3, 2)
    for power in (1, 7, 100, 1500):
        assert least_power(factor, factor**power) == power
        assert least_power(factor, factor**power + Fraction(1, 10**400)) == power + 1
        assert least_power(factor, factor**power - Fraction(1, 10**400)) == power
    odds = Fraction(19, 14) ** 12
    mu = 1 / (1 + odds)
    assert T(mu=mu, mu_T="1/2", eps="1/20", phi="3/10").whole_recovery_periods() == 12


def test_simulation_is_bayesian_and_repeatable() -> None:
    game = T(**FULL)
    one = game.simulate(40, np.random.default_rng(7), paths=4000)
    two = game.simulate(40, np.random.default_rng(7), paths=4000)
    assert np.array_equal(one.trust, two.trust)
    assert not one.exact
    assert abs(one.trust[:, -1].mean() - 0.2) < 0.02  # a martingale under the member's own belief
    quiet = ~one.violations.any(axis=1)
    expected = float(game.walk(["quiet"] * 40)[-1])
    assert np.allclose(one.trust[quiet, -1], expected)
    reformed = game.simulate(
        200, np.random.default_rng(7), paths=200, restrained=False, reform=True
    )
    assert reformed.restrained[:, -1].mean() > 0.9
    assert reformed.trust[:, -1].mean() > 0.8


def test_first_reaching() -> None:
    game = T(mu="1/5", mu_T="1/2", eps="1/1000", phi="3/10", rho="1/10")
    paths = game.simulate(20, np.random.default_rng(3), paths=300, restrained=True)
    quiet = ~paths.violations.any(axis=1)
    assert set(paths.first_passage(0.5)[quiet]) == {game.whole_recovery_periods()}
    assert set(paths.first_passage(1.1)) == {-1}


def test_results_can_be_kept_and_drawn() -> None:
    game = T.from_article("2014")
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301 - its own bytes
    assert game.plot().axes
    assert "paths of trust" in repr(game.simulate(3, np.random.default_rng(1)))
