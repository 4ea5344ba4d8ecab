"""All vertices of a best-response polytope: guessed in floating point, proved exactly.

The polytope is P = {x >= 0 : C x <= 1}, C a positive integer matrix, and P(t) is the same with the
right side 1 + t*w, for a vector w and a small t > 0. A basis is a set of as many tight labels as
there are dimensions. Proved of the list of bases:

1. Each is the basis of a vertex of P(t), for all small t > 0, on no further inequality: its square
   system is regular, and each other value is positive, or zero with a positive slope in t. Signs
   are decided by error bounds, by integrality, or in exact rationals.
2. Each basis has, for each of its labels, another in the list that shares all the others.

From each vertex in the list there are then as many edges as dimensions, one for each label left,
and the other end of each is in the list: the two share all but one of their labels, so both lie on
that edge, and an edge of a bounded polyhedron has no more than two ends. The graph of a polytope
is connected (Balinski 1961), so that the list holds every vertex of P(t). Every vertex v of P is
the limit of one of them: let c'x have its only maximum over P at v. Over P(t) it has its maximum at
a vertex, whose basis is the same for a sequence of t towards 0; the limit of that vertex is in P,
and no point of P does better, as P(t) comes arbitrarily close to each. Each basis in the list has a
vertex of P as its limit, so that the vertices of P are exactly the limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from flint import fmpq, fmpq_mat

from gametheory_eeu.errors import TooLargeError

Array: TypeAlias = np.ndarray[Any, Any]
MAX_BITS = 62
"""A set of labels, and the number of the polytope, are the bits of one integer."""
MAX_BASES = 100_000
"""Of all polytopes together: twice as many as two players with fourteen actions each have."""


class Dictionaries(NamedTuple):
    """Bases of polytopes of one size, each with its dictionary, along the first axis of each array.

    A label is a variable: first the coordinates, then the slacks of the inequalities. ``tight`` are
    those of the nonbasic variables, which are zero, as bits; above them the number of the polytope.
    ``columns``, (bases, size + 1, rows), are the coefficients of the nonbasic variables, then the
    values of the basic ones; ``basic`` and ``nonbasic`` the labels of rows and columns.
    """

    tight: Array
    columns: Array
    basic: Array
    nonbasic: Array


def search_bases(matrices: Array, right_side: Array) -> Iterator[Dictionaries]:
    """Feasible bases of the polytopes of all x >= 0 with ``matrix @ x <= right_side``.

    Breadth first from x = 0, all bases at one distance together. No vertex may lie on more
    inequalities than there are dimensions. TooLargeError for more than ``MAX_BASES``.
    """
    count, rows, size = matrices.shape
    bits = 1 << np.arange(rows + size, dtype=np.int64)
    sides = np.broadcast_to(right_side, (count, 1, rows))
    level = Dictionaries(
        np.arange(count, dtype=np.int64) << (rows + size) | (1 << size) - 1,
        np.concatenate([matrices.swapaxes(1, 2), sides], axis=1),
        np.tile(np.arange(size, size + rows), (count, 1)),
        np.tile(np.arange(size), (count, 1)),
    )
    earlier, room = level.tight[:0], MAX_BASES
    while len(level.tight):
        yield level
        room -= len(level.tight)
        earlier, level = level.tight, _next_level(level, earlier, bits, room)


def _next_level(level: Dictionaries, earlier: Array, bits: Array, room: int) -> Dictionaries:
    """The neighbours of a level's bases that are neither in it nor in the one before."""
    size = level.nonbasic.shape[1]
    leaving = (level.columns[:, :size] / level.columns[:, size:]).argmax(axis=2)
    labels = level.basic[np.arange(len(leaving))[:, None], leaving]
    neighbours = level.tight[:, None] ^ bits[level.nonbasic] ^ bits[labels]
    known = len(earlier) + len(level.tight)
    tight, first = np.unique(
        np.concatenate([earlier, level.tight, neighbours.ravel()]), return_index=True
    )
    is_new = first >= known
    if is_new.sum() > room:
        raise TooLargeError(
            f"a polytope in {size} dimensions has more than {MAX_BASES} vertices, too many to "
            "enumerate; solve a smaller game (leave out dominated actions, say), or ask for "
            '"pure Nash"'
        )
    origin, entering = np.divmod(first[is_new] - known, size)
    return _pivot(level, tight[is_new], origin, entering, leaving[origin, entering])


def _pivot(
    level: Dictionaries, tight: Array, origin: Array, entering: Array, leaving: Array
) -> Dictionaries:
    """The dictionaries after one exchange each of a nonbasic and a basic variable."""
    columns, basic, nonbasic = level.columns[origin], level.basic[origin], level.nonbasic[origin]
    each = np.arange(len(tight))
    column = columns[each, entering]
    pivot = column[each, leaving, None]
    row = columns[each, :, leaving] / pivot
    columns -= row[:, :, None] * column[:, None, :]
    columns[each, entering] = -column / pivot
    columns[each, :, leaving] = row
    columns[each, entering, leaving] = 1 / pivot[:, 0]
    swapped = nonbasic[each, entering]
    nonbasic[each, entering] = basic[each, leaving]
    basic[each, leaving] = swapped
    return Dictionaries(tight, columns, basic, nonbasic)


Integers: TypeAlias = Sequence[Sequence[int]]
_MAX_ENTRY_BITS = 200
_STEPS = (1e-9, 1e-11, 1e-7)
"""How far the guess moves the right side: one after the other, until a proof succeeds."""
_MAX_SLOPE = 1 << 20
_BATCH = 2000


@dataclass(frozen=True)
class PolytopeVertices:
    """The vertices but 0 of {x >= 0 : matrix x <= 1}, by the labels that are zero at each, as bits.

    Coordinates come first, then the slacks of inequalities. ``tight`` has all labels that are zero,
    ``basis`` as many of these as there are dimensions, that determine the vertex.
    """

    matrix: Integers
    tight: Array
    basis: Array

    @property
    def size(self) -> int:
        """The number of dimensions."""
        return len(self.matrix[0])

    @property
    def labels(self) -> int:
        """The number of coordinates and inequalities."""
        return self.size + len(self.matrix)

    def weights(self, position: int) -> tuple[int, ...]:
        """Whole numbers without a common factor, in proportion to a vertex's coordinates."""
        basis = int(self.basis[position])
        coordinates = [i for i in range(self.size) if not basis >> i & 1]
        tight = [j for j in range(len(self.matrix)) if basis >> (self.size + j) & 1]
        square = fmpq_mat([[self.matrix[j][i] for i in coordinates] for j in tight])
        solution, _ = square.solve(fmpq_mat([[1]] * len(tight))).numer_denom()
        values = [int(row[0]) for row in solution.tolist()]
        divisor = gcd(*values)
        weights = [0] * self.size
        for i, value in zip(coordinates, values, strict=True):
            weights[i] = value // divisor
        return tuple(weights)


def complementary_pairs(first: PolytopeVertices, second: PolytopeVertices) -> list[tuple[int, int]]:
    """Positions of the pairs of vertices at which each action is unplayed or a best reply.

    The coordinates of one polytope are the inequalities of the other. A vertex on no more
    inequalities than there are dimensions goes with the one that is tight at the rest, of such;
    only those on more are compared with all.
    """
    own_bits = (1 << second.size) - 1
    mirrored = (second.tight & own_bits) << first.size | second.tight >> second.size
    all_bits = (1 << first.labels) - 1
    _, rows, columns = np.intersect1d(
        all_bits & ~first.tight, mirrored, assume_unique=True, return_indices=True
    )
    pairs = set(zip(rows.tolist(), columns.tolist(), strict=True))
    for i in np.flatnonzero(first.tight != first.basis).tolist():
        columns = np.flatnonzero((mirrored | first.tight[i]) == all_bits)
        pairs |= {(i, j) for j in columns.tolist()}
    for j in np.flatnonzero(second.tight != second.basis).tolist():
        rows = np.flatnonzero((first.tight | mirrored[j]) == all_bits)
        pairs |= {(i, j) for i in rows.tolist()}
    return sorted(pairs)


class _UnprovedError(Exception):
    """A guess that is not right, or a direction in which two labels stay equal."""


def polytope_vertices(*matrices: Integers) -> tuple[PolytopeVertices, ...] | None:
    """All vertices but 0 of each {x >= 0 : matrix x <= 1}; None where no guess could be proved.

    The matrices are all of one size, of positive whole numbers.
    """
    rows, size = len(matrices[0]), len(matrices[0][0])
    largest = max(max(row) for matrix in matrices for row in matrix)
    tag_bits = (len(matrices) - 1).bit_length()
    if rows + size + tag_bits > MAX_BITS or largest.bit_length() > _MAX_ENTRY_BITS:
        return None
    for seed, step in enumerate(_STEPS):
        slopes = np.random.default_rng(seed).integers(1, _MAX_SLOPE, rows).astype(float)
        with np.errstate(all="ignore"):
            try:
                return tuple(_proved_vertices(_Polytopes(matrices, slopes), step))
            except _UnprovedError:
                continue
    return None


def _proved_vertices(polytopes: _Polytopes, step: float) -> Iterator[PolytopeVertices]:
    bases, zeros = [], []
    levels = search_bases(polytopes.scaled, 1 + step / _MAX_SLOPE * polytopes.sides[:, 1])
    for batch in _batches(levels):
        bases.append(batch.tight)
        zeros.append(polytopes.zero_labels(batch))
    basis, zero = np.concatenate(bases), np.concatenate(zeros)
    tight, first = np.unique(basis | zero, return_index=True)
    ends = np.searchsorted(tight, np.arange(1, len(polytopes.integers)) << polytopes.labels)
    for matrix, own, places in zip(
        polytopes.integers, np.split(tight, ends), np.split(first, ends), strict=True
    ):
        # The first is 0, the only one on no inequality.
        label_bits = (1 << polytopes.labels) - 1
        yield PolytopeVertices(matrix, own[1:] & label_bits, basis[places[1:]] & label_bits)


def _batches(levels: Iterator[Dictionaries]) -> Iterator[Dictionaries]:
    """The same bases, many at a time."""
    waiting, count = [], 0
    for level in levels:
        waiting.append(level)
        count += len(level.tight)
        if count > _BATCH:
            yield Dictionaries(*map(np.concatenate, zip(*waiting, strict=True)))
            waiting, count = [], 0
    if waiting:
        yield Dictionaries(*map(np.concatenate, zip(*waiting, strict=True)))


class _Polytopes:
    """The polytopes ``matrix @ x <= 1 + t * slopes``, to decide signs at their bases."""

    def __init__(self, matrices: Sequence[Integers], slopes: Array) -> None:
        self.integers = matrices
        self.matrices = np.array(matrices, dtype=float)
        self.transposes = np.ascontiguousarray(self.matrices.swapaxes(1, 2))
        self.largest = self.matrices.max(axis=(1, 2))
        self.scaled = self.matrices / self.largest[:, None, None]
        self.sides = np.stack([np.ones(len(slopes)), slopes], axis=1)
        _, self.rows, self.size = self.matrices.shape
        self.labels = self.rows + self.size
        # A sum of at most ``labels`` products, rounded in any order, the matrix rounded too.
        self.unit = 4 * (self.labels + 8) * 2.0**-53
        self.bits = 1 << np.arange(self.labels, dtype=np.int64)

    def zero_labels(self, level: Dictionaries) -> Array:
        """The basic variables that are exactly zero, as bits, with a proof of all other signs."""
        zeros = np.zeros(len(level.tight), dtype=np.int64)
        is_coordinate = level.basic < self.size
        counts = is_coordinate.sum(axis=1)
        for count in range(1, counts.max(initial=0) + 1):
            members = np.flatnonzero(counts == count)
            if len(members):
                zeros[members] = self._zero_labels(self._bases(level, members, is_coordinate))
        return zeros

    def _bases(self, level: Dictionaries, members: Array, is_coordinate: Array) -> _Bases:
        """Some of a level's bases, which have equally many basic coordinates."""
        basic_places = np.nonzero(is_coordinate[members])[1].reshape(len(members), -1)
        is_slack = level.nonbasic[members] >= self.size
        tight_places = np.nonzero(is_slack)[1].reshape(len(members), -1)
        each = members[:, None]
        coordinates = level.basic[each, basic_places]
        tight = level.nonbasic[each, tight_places] - self.size
        polytope = level.tight[members] >> self.labels
        largest = self.largest[polytope]
        inverse = level.columns[each[..., None], tight_places[:, None, :], basic_places[..., None]]
        return _Bases(
            polytope,
            coordinates,
            tight,
            self.matrices[polytope[:, None, None], tight[:, :, None], coordinates[:, None, :]],
            inverse / largest[:, None, None],
            largest,
        )

    def _zero_labels(self, bases: _Bases) -> Array:
        """The same for bases with equally many basic coordinates."""
        values, errors = self._values(bases)
        # A value is a whole number over the determinant: where it is less, it is zero.
        is_zero = np.abs(values[..., 0]) + errors[..., 0] < 1 / bases.determinant_bound()[:, None]
        is_positive = values > errors
        proved = np.where(is_zero, is_positive[..., 1], is_positive[..., 0]).all(axis=1)
        proved &= bases.distance(self.unit) < 1 / 2
        for k in np.flatnonzero(~proved).tolist():
            is_zero[k] = self._exact_zeros(bases, k)
        slack_bits = np.broadcast_to(self.bits[self.size :], (len(proved), self.rows))
        labels = np.concatenate([self.bits[bases.coordinates], slack_bits], axis=1)
        result: Array = np.where(is_zero, labels, 0).sum(axis=1)
        return result

    def _values(self, bases: _Bases) -> tuple[Array, Array]:
        """Coordinates, then slacks, at t = 0 and their slopes in t; upper bounds of their errors.

        With R the guess of the inverse of M, and ``|I - R M| <= 1/2``, the solution of M x = b is
        within ``2 |R| |b - M x'|`` of any x'. Slacks that are nonbasic are infinite here.
        """
        square, inverse, sides = bases.square, bases.inverse, self.sides[bases.tight]
        solution = inverse @ sides
        solution += inverse @ (sides - square @ solution)
        largest = bases.largest[:, None]
        rounding = self.unit * (self.sides.max(axis=0) + largest * np.abs(solution).sum(axis=1))
        residual = np.abs(sides - square @ solution).max(axis=1) + rounding
        error = 2.1 * bases.norm[:, None] * residual
        columns = self.transposes[bases.polytope[:, None], bases.coordinates]
        slack = self.sides - columns.swapaxes(1, 2) @ solution
        slack[np.arange(len(slack))[:, None], bases.tight] = np.inf
        count = bases.coordinates.shape[1]
        slack_error = 1.1 * (largest * count * error + rounding)
        errors = np.repeat(np.stack([error, slack_error], axis=1), [count, self.rows], axis=1)
        return np.concatenate([solution, slack], axis=1), errors

    def _exact_zeros(self, bases: _Bases, position: int) -> list[bool]:
        """Which values at a basis are zero, all signs decided in rationals."""
        matrix = self.integers[int(bases.polytope[position])]
        coordinates, tight = (part[position].tolist() for part in (bases.coordinates, bases.tight))
        square = fmpq_mat([[matrix[j][i] for i in coordinates] for j in tight])
        if square.det() == 0:
            raise _UnprovedError
        sides = [[1, int(slope)] for slope in self.sides[:, 1]]
        solution = square.solve(fmpq_mat([sides[j] for j in tight]))
        rows = fmpq_mat([[row[i] for i in coordinates] for row in matrix])
        slack = (fmpq_mat(sides) - rows * solution).tolist()
        for j in tight:
            slack[j] = [fmpq(1), fmpq(0)]
        values = [tuple(value) for value in solution.tolist() + slack]
        if min(values) <= (fmpq(0), fmpq(0)):
            raise _UnprovedError
        return [value == 0 for value, _ in values]


@dataclass(frozen=True)
class _Bases:
    """Bases with equally many basic coordinates, along the first axis of each array.

    ``tight`` are the inequalities whose slack is not basic, ``square`` the matrix of these and of
    the basic coordinates, ``inverse`` a guess of its inverse, ``largest`` the largest entry of the
    polytope's matrix.
    """

    polytope: Array
    coordinates: Array
    tight: Array
    square: Array
    inverse: Array
    largest: Array

    @cached_property
    def norm(self) -> Array:
        """The largest row sum of the guess of the inverse, in absolute values."""
        result: Array = np.abs(self.inverse).sum(axis=2).max(axis=1)
        return result

    def distance(self, unit: float) -> Array:
        """An upper bound of |I - inverse @ square|; less than 1 proves that there is an inverse."""
        count = self.square.shape[1]
        residual = np.abs(self.inverse @ self.square - np.eye(count)).sum(axis=2).max(axis=1)
        result: Array = 1.1 * residual + count * unit * (1 + self.norm * self.largest)
        return result

    def determinant_bound(self) -> Array:
        """Hadamard's upper bound of the absolute value of each determinant."""
        result: Array = 1.1 * np.sqrt((self.square**2).sum(axis=2)).prod(axis=1)
        return result
