"""How many cases the property tests draw, and from which seed.

Fixed by default, so that a failure comes back; ``GAMETHEORY_EEU_HYPOTHESIS=thorough`` (see
``tests/conftest.py``) draws other cases, and as many times more as its profile has more examples.
"""

import os
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import settings

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
