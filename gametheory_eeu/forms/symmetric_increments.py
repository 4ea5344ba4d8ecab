"""What a higher action gains a player of a symmetric game, for monotone comparative statics."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Increment
from gametheory_eeu.solvers.compositions import Counts, less_one, plus_one

if TYPE_CHECKING:
    from gametheory_eeu.forms.symmetric_game import SymmetricGame

MOST_INCREMENTS = 4096


def increments(game: SymmetricGame) -> Iterator[Increment]:
    """The gain from a higher action at each split of the others, and after one of them moves up.

    Actions are in the order of the game, the first the lowest. Equal gains are told once.
    """
    steps = range(len(game.actions) - 1)
    pairs = list(combinations(range(len(game.actions)), 2))
    size = len(game.counts) * len(pairs)
    if size > MOST_INCREMENTS:
        raise TooLargeError(
            f"{size} gains from a higher action; at most {MOST_INCREMENTS} are gone through: take "
            "fewer players or actions"
        )
    seen: set[tuple[Expr, tuple[Expr, ...], bool]] = set()
    for low, high in pairs:
        lower, higher = (game.by_counts(game.actions[a]) for a in (low, high))
        gains = {others: sp.expand(higher[others] - lower[others]) for others in game.counts}
        for others, gain in gains.items():
            after = (plus_one(less_one(others, a), a + 1) for a in steps if others[a])
            raised = tuple(dict.fromkeys(gains[counts] for counts in after))
            if (gain, raised, high == low + 1) not in seen:
                seen.add((gain, raised, high == low + 1))
                payoffs = (lower[others], higher[others])
                yield Increment(_who(game, low, others), gain, raised, (), payoffs, high == low + 1)


def _who(game: SymmetricGame, low: int, others: Counts) -> str:
    taken = (f"{k} {a}" for k, a in zip(others, game.actions, strict=True) if k)
    return f"a player at {game.actions[low]} (others: {', '.join(taken)})"


__all__ = ["increments"]
