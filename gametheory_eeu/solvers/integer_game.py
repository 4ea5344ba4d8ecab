"""A finite game with integer payoffs: pure equilibria and undominated supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from math import prod
from typing import Any

from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.errors import TooLargeError

Support = tuple[tuple[int, ...], ...]
"""For each player the actions, by position, that are played with positive probability."""
Profile = tuple[int, ...]
MAX_SUPPORTS = 200_000


class IntegerGame:
    """Integer payoffs of each player's actions against every choice of the others.

    Parameters
    ----------
    shape : sequence of int
        The number of actions of each player.
    payoffs : for each player a mapping of profile to a rational number
        Of SymPy, or Fractions; what is kept are whole numbers in proportion.
    """

    def __init__(self, shape: Sequence[int], payoffs: Sequence[Mapping[Profile, Any]]) -> None:
        self.shape = tuple(shape)
        integers = [_integer_payoffs(payoff) for payoff in payoffs]
        self.rows = [[self._row(i, a, integers[i]) for a in range(n)] for i, n in enumerate(shape)]

    @staticmethod
    def profiles(shape: Sequence[int]) -> Iterator[Profile]:
        """Every pure profile, the last player's action changing fastest."""
        return product(*map(range, shape))

    def _opponents(self, i: int) -> list[int]:
        return [j for j in range(len(self.shape)) if j != i]

    def _row(self, i: int, action: int, payoff: Mapping[Profile, int]) -> list[int]:
        ranges = [range(n) if j != i else (action,) for j, n in enumerate(self.shape)]
        return [payoff[profile] for profile in product(*ranges)]

    def against(self, support: Support, i: int) -> list[int]:
        """The positions in a payoff row of ``i`` within the others' supports, in order."""
        columns = [0]
        for j in self._opponents(i):
            columns = [p * self.shape[j] + a for p in columns for a in support[j]]
        return columns

    def place(self, profile: Profile, i: int) -> int:
        """The position of a profile in the payoff rows of ``i``."""
        column = 0
        for j in self._opponents(i):
            column = column * self.shape[j] + profile[j]
        return column


def _integer_payoffs(payoff: Mapping[Profile, Any]) -> dict[Profile, int]:
    (integers,), _ = to_integers([payoff.values()])
    return dict(zip(payoff, integers, strict=True))


def pure_equilibria(table: IntegerGame) -> list[Profile]:
    """Every pure equilibrium, by intersection of the players' best replies.

    Examples
    --------
    >>> cells = {p: int(p[0] == p[1]) for p in product(range(2), repeat=2)}
    >>> pure_equilibria(IntegerGame((2, 2), [cells, cells]))
    [(0, 0), (1, 1)]
    """
    candidates = list(IntegerGame.profiles(table.shape))
    for i, rows in enumerate(table.rows):
        best = [max(column) for column in zip(*rows, strict=True)]
        positions = ((profile, table.place(profile, i)) for profile in candidates)
        candidates = [p for p, position in positions if rows[p[i]][position] == best[position]]
    return candidates


def all_supports(shape: Sequence[int], most: int = MAX_SUPPORTS) -> list[Support]:
    """Every support of a game, the smallest first.

    Raises
    ------
    TooLargeError
        More than ``most``.
    """
    count = prod(2**n - 1 for n in shape)
    if count > most:
        size = "x".join(map(str, shape))
        raise TooLargeError(
            f"a {size} game has {count} supports, above the limit of {most} for all mixed "
            "equilibria; solve it for 'pure Nash', or drop dominated actions"
        )
    subsets = [list(chain(*(combinations(range(n), k) for k in range(1, n + 1)))) for n in shape]
    return sorted(product(*subsets), key=lambda s: (sum(map(len, s)), s))


def undominated_supports(table: IntegerGame) -> Iterator[Support]:
    """Every support that weak dominance does not rule out, the smallest first."""
    return (support for support in all_supports(table.shape) if _is_undominated(table, support))


def _is_undominated(table: IntegerGame, support: Support) -> bool:
    """Whether no action in the support is weakly dominated within the others' supports."""
    return not any(
        _has_dominated_action(support[i], rows, table.against(support, i))
        for i, rows in enumerate(table.rows)
    )


def _has_dominated_action(
    support: tuple[int, ...], rows: list[list[int]], columns: list[int]
) -> bool:
    payoffs = [[row[p] for p in columns] for row in rows]
    return any(
        alternative != payoffs[a] and all(map(int.__ge__, alternative, payoffs[a]))
        for a in support
        for alternative in payoffs
    )


__all__ = [
    "Profile",
    "Support",
    "IntegerGame",
    "all_supports",
    "pure_equilibria",
    "undominated_supports",
]
