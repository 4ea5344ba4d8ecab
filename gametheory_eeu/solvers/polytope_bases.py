"""Feasible bases of best-response polytopes, searched in floating point.

Nothing here is certain: :mod:`gametheory_eeu.solvers.basis_certificates` proves the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np

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

    Examples
    --------
    >>> levels = search_bases(np.array([[[1.0, 0.5]]]), np.ones(1))
    >>> [level.tight.tolist() for level in levels]
    [[3], [5, 6]]
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
