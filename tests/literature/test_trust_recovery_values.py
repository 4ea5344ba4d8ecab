"""Slow trust: the numbers the theory states, and Bayes' rule stepped by hand."""

from fractions import Fraction

import pytest

import gametheory_eeu as eeu


@pytest.mark.parametrize(
    ("eps", "phi", "periods"),
    [(".05", ".3", 6), (".01", ".1", 25), (".005", ".05", 50), (".001", ".01", 255)],
)
def test_walks_that_repair_one_encroachment(eps: str, phi: str, periods: int) -> None:
    game = eeu.TrustRecovery(mu="1/2", eps=eps, phi=phi)
    assert game.whole_repair_periods() == periods
    before = ["violation", *["quiet"] * (periods - 1)]
    assert game.walk(before)[-1] < game.values[game.symbols.mu]
    assert game.walk([*before, "quiet"])[-1] >= game.values[game.symbols.mu]


def test_worked_example() -> None:
    """Section 7: from 7/37, 40.2 quiet periods to .6 (41 whole ones), 49.8 to .7 (50)."""
    game = eeu.TrustRecovery.from_article("2014")
    for target, periods, whole in ((".6", 40.2, 41), (".7", 49.8, 50)):
        at = game.at(target_trust=target)
        assert round(float(at.recovery_periods), 1) == periods
        assert at.whole_recovery_periods() == whole


def test_the_counterexample_to_slow_repair() -> None:
    """eps = 1/2, phi = 3/4: a quiet period more than undoes an encroachment."""
    game = eeu.TrustRecovery(mu="1/3", eps="1/2", phi="3/4")
    assert game.walk(["violation", "quiet"])[-1] > game.values[game.symbols.mu]


@pytest.mark.parametrize("mu", [Fraction(1, 5), Fraction(3, 7), Fraction(7, 10)])
def test_whole_periods_by_stepping(mu: Fraction) -> None:
    """An independent route: apply Bayes' rule until the target is reached."""
    eps, phi, target = Fraction(1, 20), Fraction(3, 10), Fraction(4, 5)
    now, count = mu, 0
    while now < target:
        now = now * (1 - eps) / (now * (1 - eps) + (1 - now) * (1 - phi))
        count += 1
    game = eeu.TrustRecovery(mu=mu, mu_T=target, eps=eps, phi=phi)
    assert game.whole_recovery_periods() == count
