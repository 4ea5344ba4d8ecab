"""Pure equilibria of anonymous games with two actions, by the number at the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from gametheory_eeu.core.pickling import Picklable


@dataclass(frozen=True)
class EquilibriaByNumber(Picklable):
    """The pure equilibria in which ``number`` players take the first action.

    Those at ``first`` take it, those at ``second`` the other, and of those at ``either`` any
    that make up the number: ``count`` equilibria in all.
    """

    number: int
    first: tuple[int, ...]
    second: tuple[int, ...]
    either: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of equilibria."""
        return comb(len(self.either), self.number - len(self.first))


def equilibria_by_number(gains: Sequence[Sequence[Any]]) -> Iterator[EquilibriaByNumber]:
    """Pure equilibria of an anonymous two-action game, by how many take the first action.

    A player's payoff depends on his own action and on how many of the others take the first; so
    with k in all at the first, he stays there if he gains from it against k - 1 others, and stays
    away if he gains nothing from it against k. No profile is looked at: n players cost n^2 steps.

    Parameters
    ----------
    gains : for each player, n numbers
        What the first action brings him more than the second against 0, …, n - 1 others at it.

    Examples
    --------
    >>> [(found.number, found.count) for found in equilibria_by_number([[1, -1, -1]] * 3)]
    [(1, 3)]
    """
    players = range(len(gains))
    for k in range(len(gains) + 1):
        prefer_first = {i for i in players if k > 0 and gains[i][k - 1] >= 0}
        prefer_second = {i for i in players if k < len(gains) and gains[i][k] <= 0}
        first, second = prefer_first - prefer_second, prefer_second - prefer_first
        either = prefer_first & prefer_second
        if len(prefer_first | prefer_second) == len(gains) and len(first) <= k <= len(prefer_first):
            yield EquilibriaByNumber(
                k, tuple(sorted(first)), tuple(sorted(second)), tuple(sorted(either))
            )


__all__ = ["EquilibriaByNumber", "equilibria_by_number"]
