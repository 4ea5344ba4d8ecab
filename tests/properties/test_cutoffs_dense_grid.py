"""Cut-offs of global games against a dense grid search in floating point, another library's."""

import random
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from scipy.stats import norm

import gametheory_eeu as eeu

GRID = 400_001


def crossings(values: np.ndarray, at: np.ndarray) -> list[float]:
    change = np.nonzero(np.diff(np.sign(values)))[0]
    return [float((at[i] + at[i + 1]) / 2) for i in change]


def test_regime_change(rng: random.Random, samples: Callable[[int], range]) -> None:
    """In the strength itself, from the mass of attackers: theta and the marginal signal."""
    counts = {1: 0, 3: 0}
    for _ in samples(120):
        c, z = Fraction(rng.randint(5, 95), 100), Fraction(rng.randint(-10, 110), 100)
        s = Fraction(rng.randint(1, 80), 10)
        a = Fraction(rng.randint(1, 200), 10)
        found = eeu.RegimeChange(c=c, z=z, a=a, s=s).cutoffs()
        u = np.linspace(-8, 8, GRID)
        theta = norm.cdf(u)
        signal = theta + u / np.sqrt(float(s))
        mean = (float(a * z) + float(s) * signal) / float(a + s)
        gain = norm.cdf(np.sqrt(float(a + s)) * (theta - mean)) - float(c)
        grid = crossings(gain, theta)
        inner = [x for x in found if abs(float(x.signal - x.state)) * float(s) ** 0.5 < 8]
        assert len(inner) == len(grid)
        assert np.allclose([float(x.state) for x in inner], grid, atol=1e-4)
        counts[len(found)] += 1
        assert (
            len(found) == 1 or not eeu.RegimeChange(a=a, s=s, c=c, z=z).unique_for_every_prior_mean
        )
    assert min(counts.values()) > 5


def test_investment(rng: random.Random, samples: Callable[[int], range]) -> None:
    """In the marginal signal: posterior power and the share of signals above it."""
    for _ in samples(60):
        theta, beta = Fraction(rng.randint(-30, 30), 10), Fraction(rng.randint(1, 40), 10)
        y = theta - beta / 2 + Fraction(rng.randint(-5, 5), 10)
        a, s = Fraction(rng.randint(1, 100), 10), Fraction(rng.randint(1, 100), 10)
        game = eeu.GlobalGame(resistance=theta, complementarity=beta)
        found = game.cutoffs(prior_mean=y, prior_precision=a, signal_precision=s)
        span = float((theta + abs(beta) + abs(y)) + 5) * float(1 + a / s) + 20
        x = np.linspace(-span, span, GRID)
        mean = (float(a * y) + float(s) * x) / float(a + s)
        sd = np.sqrt(1 / float(a + s) + 1 / float(s))
        worth = mean + float(beta) * (1 - norm.cdf((x - mean) / sd)) - float(theta)
        grid = crossings(worth, x)
        assert len(found) == len(grid)
        assert np.allclose([float(one.signal) for one in found], grid, atol=4 * span / GRID)
