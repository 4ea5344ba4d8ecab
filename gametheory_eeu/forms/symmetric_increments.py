"""Gains from higher actions in a symmetric game, for monotone comparative statics."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Increment
from gametheory_eeu.solvers.compositions import Counts, add_player, remove_player

if TYPE_CHECKING:
    from gametheory_eeu.forms.symmetric_game import SymmetricGame

MAX_INCREMENTS = 4096


def increments(game: SymmetricGame) -> Iterator[Increment]:
    """The gain from a higher action at each split of the others, and after one of them moves up.

    Actions are in the order of the game, the first the lowest. Equal gains are told once.
    """
    steps = range(len(game.actions) - 1)
    pairs = list(combinations(range(len(game.actions)), 2))
    size = len(game.counts) * len(pairs)
    if size > MAX_INCREMENTS:
        raise TooLargeError(
            f"{size} gains from a higher action; at most {MAX_INCREMENTS} are gone through: take "
            "fewer players or actions"
        )
    seen: set[tuple[Expr, tuple[Expr, ...], bool]] = set()
    for low, high in pairs:
        lower, higher = (game.by_counts(game.actions[a]) for a in (low, high))
        gains = {others: sp.expand(higher[others] - lower[others]) for others in game.counts}
        for others, gain in gains.items():
            neighbours = (add_player(remove_player(others, a), a + 1) for a in steps if others[a])
            raised_gains = tuple(dict.fromkeys(gains[counts] for counts in neighbours))
            if (gain, raised_gains, high == low + 1) not in seen:
                seen.add((gain, raised_gains, high == low + 1))
                payoffs = (lower[others], higher[others])
                yield Increment(
                    _label(game, low, others), gain, raised_gains, (), payoffs, high == low + 1
                )


def _label(game: SymmetricGame, low: int, others: Counts) -> str:
    counts = (f"{k} {a}" for k, a in zip(others, game.actions, strict=True) if k)
    return f"a player at {game.actions[low]} (others: {', '.join(counts)})"


__all__ = ["increments"]
