"""Finite games with integer payoffs: pure equilibria, undominated supports, mixed equilibria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import prod
from typing import Any, Literal

from flint import Ordering, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_zeros

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


@dataclass(frozen=True)
class IsolatedEquilibrium:
    """An equilibrium that is isolated among those with its support."""

    support: Support
    point: AlgebraicPoint
    probabilities: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class UnsolvedSupport:
    """A support whose equations have infinitely many solutions, or were too large to solve."""

    support: Support
    why: Literal["infinite", "large"]


def mixed_equilibria(table: IntegerGame) -> Iterator[IsolatedEquilibrium | UnsolvedSupport]:
    """Every equilibrium of a game, support by support; pure ones are supports like any other.

    At an equilibrium all played actions of a player earn the same: as many multilinear equations
    as there are free probabilities. Their real zeros are found exactly, and the signs of the
    probabilities and of the gains of the actions not played decided exactly (Dickhaut and Kaplan
    1991, for more than two players with the polynomial systems of McKelvey and McLennan 1996).

    Examples
    --------
    >>> from gametheory_eeu.solvers.integer_game import IntegerGame
    >>> cells = {p: int(p[0] == p[1]) for p in product(range(2), repeat=2)}
    >>> found = mixed_equilibria(IntegerGame((2, 2), [cells, cells]))
    >>> [equilibrium.support for equilibrium in found]
    [((0,), (0,)), ((1,), (1,)), ((0, 1), (0, 1))]
    """
    for support in undominated_supports(table):
        yield from _support_equilibria(table, support)


def _support_equilibria(
    table: IntegerGame, support: Support
) -> Iterator[IsolatedEquilibrium | UnsolvedSupport]:
    names = [f"x{i}_{a}" for i, actions in enumerate(support) for a in actions[:-1]]
    context = fmpz_mpoly_ctx.get(names, Ordering.degrevlex)
    free = iter(context.gens())
    mixes = [
        complete_mix([next(free) for _ in actions[:-1]], context.constant(1)) for actions in support
    ]
    payoffs = [action_payoffs(table, support, i, mixes) for i in range(len(support))]
    equations = [
        player_payoffs[a] - player_payoffs[actions[-1]]
        for actions, player_payoffs in zip(support, payoffs, strict=True)
        for a in actions[:-1]
    ]
    if any(e != 0 and e.is_constant() for e in equations):
        return
    if not names:
        point = AlgebraicPoint((0, 1), 0, ())
        yield from _equilibrium_at(table, support, point)
        return
    zeros = real_zeros(equations, context)
    if zeros.status != "finite":
        yield UnsolvedSupport(support, zeros.status)
    for point in zeros.points:
        yield from _equilibrium_at(table, support, point)


def complete_mix(free: list[Any], unit: Any) -> list[Any]:
    """Complete a mix by its last probability, in any ring."""
    return [*free, unit - sum(free, 0 * unit)]


def action_payoffs(
    table: IntegerGame, support: Support, i: int, mixes: Sequence[Sequence[Any]]
) -> list[Any]:
    """Payoff of each action of a player against the others' mixes over their supports."""
    weights = [
        prod(factors[1:], start=factors[0])
        for factors in product(*(mix for j, mix in enumerate(mixes) if j != i))
    ]
    columns = table.against(support, i)
    return [sum((row[p] * w for p, w in zip(columns, weights, strict=True)), 0 * weights[0])
            for row in table.rows[i]]  # fmt: skip


def _equilibrium_at(
    table: IntegerGame, support: Support, point: AlgebraicPoint
) -> Iterator[IsolatedEquilibrium]:
    """The equilibrium at a point, if its probabilities are positive and nobody gains."""
    free, unit = iter(point.coordinates), fmpq_poly([1])
    mixes = [complete_mix([next(free) for _ in actions[:-1]], unit) for actions in support]
    if any(point.sign(chance) <= 0 for mix in mixes for chance in mix):
        return
    for i, actions in enumerate(support):
        payoffs = action_payoffs(table, support, i, mixes)
        outside = (a for a in range(table.shape[i]) if a not in actions)
        if any(point.sign(payoffs[a] - payoffs[actions[0]]) > 0 for a in outside):
            return
    mix_maps = [
        dict(zip(actions, mix, strict=True)) for actions, mix in zip(support, mixes, strict=True)
    ]
    probabilities = (
        tuple(mix_map.get(a, fmpq_poly([0])) for a in range(n))
        for mix_map, n in zip(mix_maps, table.shape, strict=True)
    )
    yield IsolatedEquilibrium(support, point, tuple(probabilities))
