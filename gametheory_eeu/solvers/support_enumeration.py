"""Every mixed equilibrium of a finite game in numbers, support by support."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Literal

from flint import Ordering, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu.solvers.algebraic_points import AlgebraicPoint
from gametheory_eeu.solvers.integer_game import IntegerGame, Support, undominated_supports
from gametheory_eeu.solvers.polynomial_zeros import real_zeros


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


__all__ = [
    "IsolatedEquilibrium",
    "UnsolvedSupport",
    "complete_mix",
    "mixed_equilibria",
    "action_payoffs",
]
