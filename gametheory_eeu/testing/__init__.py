"""For users' own tests: games to draw at random, and a second route to a game's equilibria."""

from typing import Any

from gametheory_eeu.testing.completeness import assert_equilibria_complete

__all__ = ["assert_equilibria_complete", "normal_forms", "points", "spaces", "trees"]


def __getattr__(name: str) -> Any:
    """Load the strategies, which need Hypothesis, when one is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gametheory_eeu.testing import strategies

    return getattr(strategies, name)
