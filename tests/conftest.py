"""Hypothesis: the same few examples each time, or many new ones on request; and how many cases the
other random tests draw, and from which seed.

Fixed by default, so that a failure comes back; ``GAMETHEORY_EEU_HYPOTHESIS=thorough`` draws other
cases, and as many times more as its profile has more examples.
"""

import os
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import settings

# GAMETHEORY_EEU_HYPOTHESIS=thorough draws new examples, and many, before a release.
settings.register_profile("default", derandomize=True, deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("GAMETHEORY_EEU_HYPOTHESIS", "default"))

DEFAULT_EXAMPLES = 100


@pytest.fixture
def samples() -> Callable[[int], range]:
    """``samples(2000)``: as many cases as the profile asks, never fewer than 2000."""
    factor = max(Fraction(1), Fraction(settings().max_examples, DEFAULT_EXAMPLES))
    return lambda least: range(int(least * factor))


@pytest.fixture
def rng() -> random.Random:
    """A generator whose seed a failing test shows."""
    thorough = os.environ.get("GAMETHEORY_EEU_HYPOTHESIS") == "thorough"
    seed = random.SystemRandom().randrange(2**32) if thorough else 20140529
    print(f"seed {seed}")
    return random.Random(seed)
