"""A finite game in whole numbers: its best replies, and the supports that dominance leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from math import lcm, prod
from typing import Any

from gametheory_eeu.errors import TooLargeError

Support = tuple[tuple[int, ...], ...]
"""For each player the actions, by position, that are played with positive probability."""
Profile = tuple[int, ...]
MOST_SUPPORTS = 200_000


class Table:
    """For each player and action, what it brings against each choice of the others.

    Parameters
    ----------
    shape : sequence of int
        The number of actions of each player.
    payoffs : for each player a mapping of profile to a rational number
        Of SymPy, or Fractions; what is kept are whole numbers in proportion.
    """

    def __init__(self, shape: Sequence[int], payoffs: Sequence[Mapping[Profile, Any]]) -> None:
        self.shape = tuple(shape)
        whole = [_whole(payoff) for payoff in payoffs]
        self.rows = [[self._row(i, a, whole[i]) for a in range(n)] for i, n in enumerate(shape)]

    @staticmethod
    def positions(shape: Sequence[int]) -> Iterator[Profile]:
        """Every pure profile, the last player's action changing fastest."""
        return product(*map(range, shape))

    def _others(self, i: int) -> list[int]:
        return [j for j in range(len(self.shape)) if j != i]

    def _row(self, i: int, action: int, payoff: Mapping[Profile, int]) -> list[int]:
        ranges = [range(n) if j != i else (action,) for j, n in enumerate(self.shape)]
        return [payoff[profile] for profile in product(*ranges)]

    def against(self, support: Support, i: int) -> list[int]:
        """The places in a row of ``i`` that the others' supports reach, in order."""
        places = [0]
        for j in self._others(i):
            places = [p * self.shape[j] + a for p in places for a in support[j]]
        return places

    def place(self, profile: Profile, i: int) -> int:
        """Where a row of ``i`` holds what it gets at a profile."""
        found = 0
        for j in self._others(i):
            found = found * self.shape[j] + profile[j]
        return found


def _whole(payoff: Mapping[Profile, Any]) -> dict[Profile, int]:
    scale = lcm(*(int(v.denominator) for v in payoff.values()))
    return {p: int(v.numerator) * (scale // int(v.denominator)) for p, v in payoff.items()}


def pure_equilibria(table: Table) -> list[Profile]:
    """Every pure equilibrium: each player's best replies are looked up among what is left.

    Examples
    --------
    >>> cells = {p: int(p[0] == p[1]) for p in product(range(2), repeat=2)}
    >>> pure_equilibria(Table((2, 2), [cells, cells]))
    [(0, 0), (1, 1)]
    """
    left = list(Table.positions(table.shape))
    for i, rows in enumerate(table.rows):
        best = [max(column) for column in zip(*rows, strict=True)]
        places = ((profile, table.place(profile, i)) for profile in left)
        left = [p for p, place in places if rows[p[i]][place] == best[place]]
    return left


def every_support(shape: Sequence[int], most: int = MOST_SUPPORTS) -> list[Support]:
    """Every support of a game, the smallest first.

    Raises
    ------
    TooLargeError
        More than ``most``.
    """
    number = prod(2**n - 1 for n in shape)
    if number > most:
        size = "x".join(map(str, shape))
        raise TooLargeError(
            f"a {size} game has {number} supports, above the limit of {most} for all mixed "
            "equilibria; solve it for 'pure Nash', or drop dominated actions"
        )
    choices = [list(chain(*(combinations(range(n), k) for k in range(1, n + 1)))) for n in shape]
    return sorted(product(*choices), key=lambda s: (sum(map(len, s)), s))


def supports(table: Table) -> Iterator[Support]:
    """Every support that weak dominance does not rule out, the smallest first."""
    return (support for support in every_support(table.shape) if _possible(table, support))


def _possible(table: Table, support: Support) -> bool:
    """No action in the support may be weakly dominated while all others in it are played."""
    return not any(
        _dominated(support[i], rows, table.against(support, i)) for i, rows in enumerate(table.rows)
    )


def _dominated(own: tuple[int, ...], rows: list[list[int]], places: list[int]) -> bool:
    reached = [[row[p] for p in places] for row in rows]
    return any(
        other != reached[a] and all(map(int.__ge__, other, reached[a]))
        for a in own
        for other in reached
    )


__all__ = ["Profile", "Support", "Table", "every_support", "pure_equilibria", "supports"]
