"""Finite games with integer payoffs: pure equilibria, undominated supports, mixed equilibria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product
from math import prod
from typing import Any, Literal

from flint import Ordering, arb, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.certified_zeros import (
    Ball,
    Box,
    enclosed_zeros,
    midpoint_and_radius,
    working_precision,
)
from gametheory_eeu.solvers.counts import embed
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_zeros

Support = tuple[tuple[int, ...], ...]
"""For each player the actions, by position, that are played with positive probability."""
Profile = tuple[int, ...]
MAX_SUPPORTS = 200_000


class IntegerGame:
    """Integer payoffs of each player's actions against every choice of the others.

    Made from the number of actions of each player, and for each player a rational payoff of every
    profile; what is kept are whole numbers in proportion.
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
    """Every pure equilibrium, by intersection of the players' best replies."""
    candidates = list(IntegerGame.profiles(table.shape))
    for i, rows in enumerate(table.rows):
        best = [max(column) for column in zip(*rows, strict=True)]
        positions = ((profile, table.place(profile, i)) for profile in candidates)
        candidates = [p for p, position in positions if rows[p[i]][position] == best[position]]
    return candidates


def all_supports(shape: Sequence[int], most: int = MAX_SUPPORTS) -> list[Support]:
    """Every support of a game, the smallest first; TooLargeError for more than ``most``."""
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
    probabilities = (
        embed(mix, actions, n, fmpq_poly([0]))
        for mix, actions, n in zip(mixes, support, table.shape, strict=True)
    )
    yield IsolatedEquilibrium(support, point, tuple(probabilities))


_BITS = 192
_MARGIN = 1 / 32


@dataclass(frozen=True)
class ApproximateEquilibrium:
    """A point within ``radius`` of an equilibrium, probability by probability."""

    support: Support
    chances: tuple[tuple[Fraction, ...], ...]
    radius: Fraction


@dataclass(frozen=True)
class SupportEnclosure:
    """The enclosed equilibria on a support, whether they are all, the boxes examined."""

    equilibria: tuple[ApproximateEquilibrium, ...]
    complete: bool
    boxes: int


def enclosed_equilibria(table: IntegerGame, support: Support, max_boxes: int) -> SupportEnclosure:
    """Enclosures of all equilibria with this support, each certain to exist."""
    with working_precision(_BITS):
        system = _SupportEquations(table, support)
    start = tuple(arb(0.5, 0.5 + _MARGIN) for _ in range(system.size))
    result = enclosed_zeros(system.values, system.derivatives, start, max_boxes)
    complete, equilibria = result.complete, []
    with working_precision(_BITS):
        for zero in result.zeros:
            is_equilibrium = system.state(zero)
            if is_equilibrium is None:
                complete = False
            elif is_equilibrium:
                equilibria.append(_approximate_equilibrium(table, support, zero))
    return SupportEnclosure(tuple(equilibria), complete, result.boxes)


class _SupportEquations:
    """The equations of indifference on a support, each over the largest payoff.

    Each is linear in every other player's mix, so over a box of probabilities it takes its
    extreme values at corners: its range there is exact.
    """

    def __init__(self, table: IntegerGame, support: Support) -> None:
        self.table, self.support = table, support
        self.size = sum(len(actions) - 1 for actions in support)
        self.differences = [self._payoff_differences(i) for i in range(len(support))]

    def _payoff_differences(self, i: int) -> list[list[Ball]]:
        """Payoff differences of a player's equations at each choice within the supports."""
        rows, actions = self.table.rows[i], self.support[i]
        profiles = self.table.against(self.support, i)
        scale = arb(max(max(map(abs, row)) for row in rows) or 1)
        return [
            [(rows[action][profile] - rows[actions[-1]][profile]) / scale for profile in profiles]
            for action in actions[:-1]
        ]

    def mixes(self, point: Sequence[Ball]) -> list[list[Ball]]:
        free = iter(point)
        return [
            complete_mix([next(free) for _ in actions[:-1]], arb(1)) for actions in self.support
        ]

    def values(self, point: Sequence[Ball]) -> list[Ball]:
        """The ranges of the equations; of a box whose probabilities exceed one, positive ones.

        At a point they are what they are, wherever it lies: Krawczyk's operator asks for them at
        the middle of a box, which may be outside where a part of the box is not.
        """
        if any(x.rad() > 0 for x in point) and any(mix[-1] < 0 for mix in self.mixes(point)):
            return [arb(1)] * self.size
        return self._ranges(self._corner_mixes(point))

    def _corner_mixes(self, point: Sequence[Ball]) -> list[list[list[Ball]]]:
        """The mixes of each player at the corners of a box."""
        free = iter(point)
        corner_mixes = []
        for actions in self.support:
            endpoints = [_endpoints(next(free)) for _ in actions[:-1]]
            corner_mixes.append(
                [complete_mix(list(corner), arb(1)) for corner in product(*endpoints)]
            )
        return corner_mixes

    def _ranges(self, corners: list[list[list[Ball]]], but: int | None = None) -> list[Ball]:
        """One range for each equation; zero for those of the player ``but``."""
        ranges = []
        for i, tensors in enumerate(self.differences):
            others = [c for j, c in enumerate(corners) if j != i]
            ranges += [
                arb(0) if i == but else _multilinear_range(tensor, others) for tensor in tensors
            ]
        return ranges

    def derivatives(self, point: Sequence[Ball]) -> list[list[Ball]]:
        """Partial derivatives, a row for each equation: exact slopes, by multilinearity."""
        corners = self._corner_mixes(point)
        columns = []
        for j, actions in enumerate(self.support):
            for k in range(len(actions) - 1):
                direction = [arb(int(a == k)) for a in range(len(actions) - 1)] + [arb(-1)]
                columns.append(self._ranges([*corners[:j], [direction], *corners[j + 1 :]], but=j))
        return [list(row) for row in zip(*columns, strict=True)]

    def state(self, zero: Box) -> bool | None:
        """Whether a zero is an equilibrium; None where a sign is undecided."""
        mixes = self.mixes(zero)
        signs = [chance for mix in mixes for chance in mix]
        for i, actions in enumerate(self.support):
            payoffs = action_payoffs(self.table, self.support, i, mixes)
            signs += [
                payoffs[actions[0]] - payoffs[a] for a in range(len(payoffs)) if a not in actions
            ]
        return are_positive(signs)


def are_positive(balls: Sequence[Ball]) -> bool | None:
    """Whether no number enclosed is negative; None where a sign is undecided."""
    if any(ball < 0 for ball in balls):
        return False
    return True if all(ball > 0 for ball in balls) else None


def _endpoints(ball: Ball) -> tuple[Ball, ...]:
    return (ball,) if ball.rad() == 0 else (ball.lower(), ball.upper())


def _multilinear_range(tensor: list[Ball], others: list[list[list[Ball]]]) -> Ball:
    """Hull of a multilinear function's values at the corners of a box."""
    blocks = [tensor]
    for corners in others:
        blocks = [_contract(block, mix) for block in blocks for mix in corners]
    hull = blocks[0][0]
    for (value,) in blocks[1:]:
        hull = hull.union(value)
    return hull


def _contract(block: list[Ball], mix: list[Ball]) -> list[Ball]:
    """Contraction of a tensor with a mix along its first axis."""
    width = len(block) // len(mix)
    slices = (block[k * width : (k + 1) * width] for k in range(len(mix)))
    total = [arb(0)] * width
    for weight, piece in zip(mix, slices, strict=True):
        total = [t + weight * v for t, v in zip(total, piece, strict=True)]
    return total


def _approximate_equilibrium(
    table: IntegerGame, support: Support, zero: Box
) -> ApproximateEquilibrium:
    radius = Fraction(0)
    chances: list[tuple[Fraction, ...]] = []
    free = iter(zero)
    for actions, n in zip(support, table.shape, strict=True):
        enclosures = [midpoint_and_radius(next(free)) for _ in actions[:-1]]
        middles = [m for m, _ in enclosures]
        middles.append(1 - sum(middles, Fraction(0)))
        radius = max(radius, sum((e for _, e in enclosures), Fraction(0)))
        chances.append(embed(middles, actions, n, Fraction(0)))
    return ApproximateEquilibrium(support, tuple(chances), radius)
