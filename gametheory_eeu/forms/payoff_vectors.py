"""Games written as one table of payoff vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gametheory_eeu.forms.payoff_arrays import array_shape


def from_payoff_vectors(payoffs: Sequence[Any]) -> tuple[Any, ...]:
    """One array for each player, from one table of payoff vectors; other payoffs as they are.

    Examples
    --------
    >>> from_payoff_vectors([[[(3, 3), (0, 5)], [(5, 0), (1, 1)]]])
    ([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    """
    if len(payoffs) != 1 or callable(payoffs[0]):
        return tuple(payoffs)
    *shape, count = array_shape(payoffs[0], "payoffs") or (0,)
    if count < 2 or count != len(shape):
        return tuple(payoffs)
    return tuple(_component(payoffs[0], player, len(shape)) for player in range(count))


def _component(table: Any, player: int, depth: int) -> Any:
    """One player's payoffs in a table of payoff vectors."""
    if depth == 0:
        return table[player]
    return [_component(row, player, depth - 1) for row in table]
