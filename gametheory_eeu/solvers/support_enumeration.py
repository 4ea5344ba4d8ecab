"""Every mixed equilibrium of a finite game in numbers, support by support."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Literal

from flint import Ordering, fmpq_poly, fmpz_mpoly_ctx

from gametheory_eeu.solvers.algebraic_points import AlgebraicPoint
from gametheory_eeu.solvers.integer_game import Support, Table, supports
from gametheory_eeu.solvers.polynomial_zeros import real_zeros


@dataclass(frozen=True)
class Isolated:
    """An equilibrium that is alone with its support, up to finitely many others."""

    support: Support
    point: AlgebraicPoint
    probabilities: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Unsolved:
    """A support whose equations have infinitely many solutions, or were too large to solve."""

    support: Support
    why: Literal["infinite", "large"]


def mixed_equilibria(table: Table) -> Iterator[Isolated | Unsolved]:
    """Every equilibrium of a game, support by support; pure ones are supports like any other.

    At an equilibrium all played actions of a player earn the same: as many multilinear equations
    as there are free probabilities. Their real zeros are found exactly, and the signs of the
    probabilities and of the gains of the actions not played decided exactly (Dickhaut and Kaplan
    1991, for more than two players with the polynomial systems of McKelvey and McLennan 1996).

    Examples
    --------
    >>> from gametheory_eeu.solvers.integer_game import Table
    >>> cells = {p: int(p[0] == p[1]) for p in product(range(2), repeat=2)}
    >>> found = mixed_equilibria(Table((2, 2), [cells, cells]))
    >>> [equilibrium.support for equilibrium in found]
    [((0,), (0,)), ((1,), (1,)), ((0, 1), (0, 1))]
    """
    for support in supports(table):
        yield from _on(table, support)


def _on(table: Table, support: Support) -> Iterator[Isolated | Unsolved]:
    names = [f"x{i}_{a}" for i, own in enumerate(support) for a in own[:-1]]
    context = fmpz_mpoly_ctx.get(names, Ordering.degrevlex)
    free = iter(context.gens())
    mixes = [mix_of([next(free) for _ in own[:-1]], context.constant(1)) for own in support]
    earned = [worth(table, support, i, mixes) for i in range(len(support))]
    equations = [
        worths[a] - worths[own[-1]]
        for own, worths in zip(support, earned, strict=True)
        for a in own[:-1]
    ]
    if any(e != 0 and e.is_constant() for e in equations):
        return
    if not names:
        point = AlgebraicPoint((0, 1), 0, ())
        yield from _checked(table, support, point)
        return
    zeros = real_zeros(equations, context)
    if zeros.status != "finite":
        yield Unsolved(support, zeros.status)
    for point in zeros.points:
        yield from _checked(table, support, point)


def mix_of(free: list[Any], one: Any) -> list[Any]:
    """A mix by all but the last of its probabilities, in any ring."""
    return [*free, one - sum(free, 0 * one)]


def worth(table: Table, support: Support, i: int, mixes: Sequence[Sequence[Any]]) -> list[Any]:
    """What each action of a player earns against the others' mixes over their supports."""
    weights = [
        prod(chances[1:], start=chances[0])
        for chances in product(*(mix for j, mix in enumerate(mixes) if j != i))
    ]
    places = table.against(support, i)
    return [sum((row[p] * w for p, w in zip(places, weights, strict=True)), 0 * weights[0])
            for row in table.rows[i]]  # fmt: skip


def _checked(table: Table, support: Support, point: AlgebraicPoint) -> Iterator[Isolated]:
    """The equilibrium at a point, if its probabilities are positive and nobody gains."""
    free, one = iter(point.coordinates), fmpq_poly([1])
    mixes = [mix_of([next(free) for _ in own[:-1]], one) for own in support]
    if any(point.sign(chance) <= 0 for mix in mixes for chance in mix):
        return
    for i, own in enumerate(support):
        worths = worth(table, support, i, mixes)
        outside = (a for a in range(table.shape[i]) if a not in own)
        if any(point.sign(worths[a] - worths[own[0]]) > 0 for a in outside):
            return
    chances = [dict(zip(own, mix, strict=True)) for own, mix in zip(support, mixes, strict=True)]
    full = (
        tuple(given.get(a, fmpq_poly([0])) for a in range(n))
        for given, n in zip(chances, table.shape, strict=True)
    )
    yield Isolated(support, point, tuple(full))


__all__ = ["Isolated", "Unsolved", "mix_of", "mixed_equilibria", "worth"]
