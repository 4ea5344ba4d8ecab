"""Extreme equilibria of a bimatrix game, from the extreme rays of cones, in exact integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gametheory_eeu.core.optional import is_installed
from gametheory_eeu.errors import TooLargeError

if TYPE_CHECKING:
    from gametheory_eeu.solvers.basis_certificates import PolytopeVertices

MAX_RAYS = 5_000
"""No more are held at a time: their adjacency takes the square of their number to find."""


class Ray(NamedTuple):
    """An extreme ray: integer coordinates without a common factor, tight constraints as bits.

    The bits are first the coordinates that are zero, then the inequalities that are equations.
    """

    at: tuple[int, ...]
    tight: int


def extreme_rays(size: int, inequalities: Sequence[Sequence[int]]) -> list[Ray]:
    """Extreme rays of the cone of all x >= 0 with row . x >= 0 for each row."""
    all_bits = (1 << size) - 1
    rays = [Ray(tuple(int(i == k) for i in range(size)), all_bits ^ (1 << k)) for k in range(size)]
    for index, row in enumerate(inequalities):
        rays = _add_inequality(rays, row, 1 << (size + index), size - 2)
    return rays


def _add_inequality(rays: list[Ray], row: Sequence[int], bit: int, min_tight: int) -> list[Ray]:
    """Extreme rays of the cone intersected with one more half-space."""
    above: list[tuple[int, Ray]] = []
    below: list[tuple[int, Ray]] = []
    new_rays: list[Ray] = []
    for ray in rays:
        slack = sum(a * b for a, b in zip(row, ray.at, strict=True))
        if slack > 0:
            above.append((slack, ray))
            new_rays.append(ray)
        elif slack < 0:
            below.append((-slack, ray))
        else:
            new_rays.append(Ray(ray.at, ray.tight | bit))
    masks = [ray.tight for ray in rays]
    for high_slack, high in above:
        for low_slack, low in below:
            common_bits = high.tight & low.tight
            if common_bits.bit_count() >= min_tight and _is_adjacent(common_bits, masks):
                coordinates = [
                    low_slack * a + high_slack * b for a, b in zip(high.at, low.at, strict=True)
                ]
                divisor = gcd(*coordinates)
                new_rays.append(Ray(tuple(a // divisor for a in coordinates), common_bits | bit))
        if len(new_rays) > MAX_RAYS:
            raise TooLargeError(
                f"a polyhedron in {min_tight + 1} dimensions has more than {MAX_RAYS} vertices on "
                "the way, too many to enumerate; solve a smaller game (leave out dominated "
                'actions, say), or ask for "pure Nash"'
            )
    return new_rays


def _is_adjacent(common_bits: int, masks: list[int]) -> bool:
    """Whether two rays with these common bits are adjacent: no third ray has all of them."""
    count = 0
    for mask in masks:
        if mask & common_bits == common_bits:
            count += 1
            if count > 2:
                return False
    return True


Integers = Sequence[Sequence[int]]
_MAX_SMALL_LABELS = 12
"""With no more actions than this in all, rays one by one are faster than arrays."""
MAX_FAMILIES = 4_000
"""A game of nothing but ties has a family for every pair of supports."""


@dataclass(frozen=True)
class Vertex:
    """A strategy at a vertex: integer weights, with support and best replies as bit masks."""

    weights: tuple[int, ...]
    support: int
    replies: int

    @cached_property
    def strategy(self) -> tuple[Fraction, ...]:
        """The probability of each action."""
        total = sum(self.weights)
        return tuple(Fraction(weight, total) for weight in self.weights)


@dataclass(frozen=True)
class ExtremeEquilibria:
    """Vertices of both best-response polyhedra in equilibrium, and their pairs, by position."""

    first: tuple[Vertex, ...]
    second: tuple[Vertex, ...]
    pairs: tuple[tuple[int, int], ...]

    def maximal_subsets(self) -> list[tuple[int, int]]:
        """The maximal bicliques, each as bits: positions in ``first``, positions in ``second``."""
        partners = [0] * len(self.first)
        for row, column in self.pairs:
            partners[row] |= 1 << column
        intersections: dict[int, None] = {}
        for neighbours in partners:
            meets = [common & neighbours for common in intersections]
            intersections |= dict.fromkeys(common for common in (neighbours, *meets) if common)
            _check_count(len(intersections), "maximal Nash subsets")
        bicliques = (
            (sum(1 << i for i, p in enumerate(partners) if p & c == c), c) for c in intersections
        )
        return sorted(bicliques, key=lambda pair: (bit_positions(pair[0]), bit_positions(pair[1])))

    def components(self) -> list[list[tuple[int, int]]]:
        """Connected components of the maximal Nash subsets."""
        groups: list[list[tuple[int, int]]] = []
        for subset in self.maximal_subsets():
            connected_groups = [
                g for g in groups if any(_share_vertex(subset, member) for member in g)
            ]
            groups = [g for g in groups if g not in connected_groups]
            groups.append(sorted([subset, *(s for g in connected_groups for s in g)]))
        return sorted(groups)

    def supports(self) -> set[tuple[int, int]]:
        """All pairs of supports of equilibria, as bit masks."""
        support_pairs: set[tuple[int, int]] = set()
        for row_mask, column_mask in self.maximal_subsets():
            rows = _unions(self.first[i].support for i in bit_positions(row_mask))
            columns = _unions(self.second[j].support for j in bit_positions(column_mask))
            _check_count(len(rows) * len(columns), "pairs of supports")
            support_pairs |= {(row, column) for row in rows for column in columns}
            _check_count(len(support_pairs), "pairs of supports")
        return support_pairs


_Pairs: TypeAlias = tuple[Mapping[int, Vertex], Mapping[int, Vertex], list[tuple[int, int]]]
"""Vertices of each player by a number, and the pairs of numbers in equilibrium."""


def extreme_equilibria(rows: Integers, columns: Integers) -> ExtremeEquilibria:
    """Extreme equilibria of a two-player game: entry ``[i][j]`` is at action i against j."""
    tables = [tuple(row[j] for row in columns) for j in range(len(columns[0]))], rows
    is_small = len(rows) + len(columns[0]) <= _MAX_SMALL_LABELS
    polytopes = None if is_small else _certified_polytopes(*tables)
    if polytopes:
        first, second, pairs = _pairs_of_polytopes(*polytopes)
    else:
        first, second, pairs = _pairs_of_vertices(*map(vertices, tables))
    return _in_order(first, second, pairs)


def _pairs_of_vertices(first: list[Vertex], second: list[Vertex]) -> _Pairs:
    pairs = [
        (i, j)
        for i, row_vertex in enumerate(first)
        for j, column_vertex in enumerate(second)
        if not row_vertex.support & ~column_vertex.replies
        and not column_vertex.support & ~row_vertex.replies
    ]
    rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
    return {i: first[i] for i in rows}, {j: second[j] for j in columns}, pairs


def _certified_polytopes(*tables: Integers) -> list[PolytopeVertices] | None:
    """All vertices of both polytopes, if their list can be proved complete; it takes NumPy."""
    if not is_installed("numpy"):
        return None
    from gametheory_eeu.solvers.basis_certificates import polytope_vertices

    matrices = []
    for table in tables:
        lowest = min(map(min, table))
        matrices.append([[entry - lowest + 1 for entry in row] for row in table])
    groups = [matrices] if len(tables[0]) == len(tables[1]) else [[matrix] for matrix in matrices]
    polytopes: list[PolytopeVertices] = []
    for group in groups:
        polytopes += polytope_vertices(*group) or ()
    return polytopes if len(polytopes) == len(tables) else None


def _pairs_of_polytopes(first: PolytopeVertices, second: PolytopeVertices) -> _Pairs:
    from gametheory_eeu.solvers.basis_certificates import complementary_pairs

    pairs = complementary_pairs(first, second)
    rows, columns = ({pair[k] for pair in pairs} for k in range(2))
    return (
        {i: _exact_vertex(first, i) for i in rows},
        {j: _exact_vertex(second, j) for j in columns},
        pairs,
    )


def _exact_vertex(polytope: PolytopeVertices, position: int) -> Vertex:
    tight = int(polytope.tight[position])
    all_bits = (1 << polytope.size) - 1
    return Vertex(polytope.weights(position), all_bits & ~tight, tight >> polytope.size)


def _in_order(
    first: Mapping[int, Vertex], second: Mapping[int, Vertex], pairs: list[tuple[int, int]]
) -> ExtremeEquilibria:
    """The extreme equilibria, the first player's first actions first, then the second's."""
    rows, columns = (
        sorted(side, key=lambda k: side[k].strategy, reverse=True) for side in (first, second)
    )
    row_index = {i: k for k, i in enumerate(rows)}
    column_index = {j: k for k, j in enumerate(columns)}
    return ExtremeEquilibria(
        tuple(first[i] for i in rows),
        tuple(second[j] for j in columns),
        tuple(sorted((row_index[i], column_index[j]) for i, j in pairs)),
    )


def vertices(replies: Integers) -> list[Vertex]:
    """Vertices of a player's best-response polyhedron.

    A row for each action of the opponent: what it earns him against each action of the player.
    """
    size, base = len(replies[0]), replies[0]
    # The last coordinate is by how much the best reply beats the opponent's first action.
    inequalities = [(*(b - a for a, b in zip(row, base, strict=True)), 1) for row in replies[1:]]
    all_bits = (1 << size) - 1
    return [
        Vertex(_primitive(ray.at[:size]), all_bits & ~ray.tight, ray.tight >> size)
        for ray in extreme_rays(size + 1, inequalities)
        if ray.tight & all_bits != all_bits
    ]


def _primitive(weights: tuple[int, ...]) -> tuple[int, ...]:
    divisor = gcd(*weights)
    return tuple(weight // divisor for weight in weights)


def _check_count(count: int, kind: str) -> None:
    if count > MAX_FAMILIES:
        raise TooLargeError(
            f"the equilibria of this game, with its many ties, have more than {MAX_FAMILIES} "
            f"{kind}; ask for .extreme_equilibria(), of which all are mixes, or for 'pure Nash'"
        )


def bit_positions(mask: int) -> tuple[int, ...]:
    """Positions of the bits of a mask."""
    return tuple(k for k in range(mask.bit_length()) if mask >> k & 1)


def _unions(masks: Iterable[int]) -> set[int]:
    unions: set[int] = set()
    for mask in masks:
        unions |= {mask} | {mask | union for union in unions}
    return unions


def _share_vertex(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two subsets share a vertex of the first player, and so are connected.

    That vertex goes with every partner it has in either, in a subset that meets both.
    """
    return bool(first[0] & second[0])
