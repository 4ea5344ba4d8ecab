"""All equilibria of a two-player game in numbers: extreme ones, and what they span.

The vertices of the two best-response polyhedra are enumerated; a pair of vertices at which every
action is a best reply or not played is an extreme equilibrium (Mangasarian 1964, Winkels 1979).
The equilibria are the union of the maximal Nash subsets, each the product of two polytopes whose
vertices form a maximal biclique of the graph of extreme equilibria (Avis, Rosenberg, Savani and
von Stengel 2010); subsets that meet form a component.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.extreme_rays import extreme_rays

Integers = Sequence[Sequence[int]]
MOST_FAMILIES = 4_000
"""A game of nothing but ties has a family for every pair of supports."""


@dataclass(frozen=True)
class Vertex:
    """A strategy at a vertex: whole weights, and as bits what is played and what replies best."""

    weights: tuple[int, ...]
    support: int
    replies: int

    @cached_property
    def strategy(self) -> tuple[Fraction, ...]:
        """The probability of each action."""
        total = sum(self.weights)
        return tuple(Fraction(weight, total) for weight in self.weights)


@dataclass(frozen=True)
class Extremes:
    """The vertices of both players' polyhedra that are part of an equilibrium, and which pairs are.

    Parameters
    ----------
    first, second : tuple of Vertex
    pairs : tuple of pairs of positions
    """

    first: tuple[Vertex, ...]
    second: tuple[Vertex, ...]
    pairs: tuple[tuple[int, int], ...]

    def maximal_subsets(self) -> list[tuple[int, int]]:
        """The maximal bicliques, each as bits: positions in ``first``, positions in ``second``."""
        partners = [0] * len(self.first)
        for one, other in self.pairs:
            partners[one] |= 1 << other
        closed: dict[int, None] = {}
        for mine in partners:
            met = [both & mine for both in closed]
            closed |= dict.fromkeys(both for both in (mine, *met) if both)
            _check(len(closed), "maximal Nash subsets")
        owners = ((sum(1 << i for i, p in enumerate(partners) if p & c == c), c) for c in closed)
        return sorted(owners, key=lambda pair: (_bits(pair[0]), _bits(pair[1])))

    def components(self) -> list[list[tuple[int, int]]]:
        """The maximal subsets, those that are connected together."""
        groups: list[list[tuple[int, int]]] = []
        for subset in self.maximal_subsets():
            near = [g for g in groups if any(_meet(subset, other) for other in g)]
            groups = [g for g in groups if g not in near]
            groups.append(sorted([subset, *(s for g in near for s in g)]))
        return sorted(groups)

    def supports(self) -> set[tuple[int, int]]:
        """Every pair of supports that some equilibrium has, as bits."""
        found: set[tuple[int, int]] = set()
        for mine, theirs in self.maximal_subsets():
            rows = _unions(self.first[i].support for i in _bits(mine))
            columns = _unions(self.second[j].support for j in _bits(theirs))
            _check(len(rows) * len(columns), "pairs of supports")
            found |= {(row, column) for row in rows for column in columns}
            _check(len(found), "pairs of supports")
        return found


def extreme_equilibria(rows: Integers, columns: Integers) -> Extremes:
    """Every extreme equilibrium of a two-player game.

    Parameters
    ----------
    rows, columns : whole numbers
        What the row player and the column player get, entry ``[i][j]`` at action i against j.

    Raises
    ------
    TooLargeError
        Too many vertices.

    Examples
    --------
    >>> found = extreme_equilibria([[3, 0], [0, 1]], [[1, 0], [0, 3]])
    >>> [(found.first[i].weights, found.second[j].weights) for i, j in found.pairs]
    [((1, 0), (1, 0)), ((3, 1), (1, 3)), ((0, 1), (0, 1))]
    """
    first = vertices([tuple(row[j] for row in columns) for j in range(len(columns[0]))])
    second = vertices(rows)
    pairs = [
        (i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if not one.support & ~other.replies and not other.support & ~one.replies
    ]
    mine = {i: k for k, i in enumerate(dict.fromkeys(i for i, _ in pairs))}
    theirs = {j: k for k, j in enumerate(sorted({j for _, j in pairs}))}
    return Extremes(
        tuple(first[i] for i in mine),
        tuple(second[j] for j in theirs),
        tuple((mine[i], theirs[j]) for i, j in pairs),
    )


def vertices(replies: Integers) -> list[Vertex]:
    """The vertices of a player's best-response polyhedron.

    Parameters
    ----------
    replies : whole numbers
        A row for each action of the opponent: what it earns him against each action of the player.
    """
    size, base = len(replies[0]), replies[0]
    # The last coordinate is by how much the best reply beats the opponent's first action.
    more = [(*(b - a for a, b in zip(row, base, strict=True)), 1) for row in replies[1:]]
    every = (1 << size) - 1
    return [
        Vertex(ray.at[:size], every & ~ray.tight, ray.tight >> size)
        for ray in extreme_rays(size + 1, more)
        if ray.tight & every != every
    ]


def _check(count: int, what: str) -> None:
    if count > MOST_FAMILIES:
        raise TooLargeError(
            f"the equilibria of this game, with its many ties, have more than {MOST_FAMILIES} "
            f"{what}; ask for .extreme_equilibria(), of which all are mixes, or for 'pure Nash'"
        )


def _bits(mask: int) -> tuple[int, ...]:
    return tuple(k for k in range(mask.bit_length()) if mask >> k & 1)


def _unions(masks: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for mask in masks:
        found |= {mask} | {mask | other for other in found}
    return found


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two subsets share a vertex of the first player, and so are connected.

    That vertex goes with every partner it has in either, in a subset that meets both.
    """
    return bool(one[0] & other[0])


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits of a mask."""
    return iter(_bits(mask))


__all__ = ["Extremes", "Vertex", "bits", "extreme_equilibria", "vertices"]
