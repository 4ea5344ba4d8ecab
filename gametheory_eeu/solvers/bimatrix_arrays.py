"""Equilibria of many two-player games with two actions each, in floating point, in one pass.

The points are cut into blocks that stay in the processor's cache. A game in which a comparison
that decides is within rounding of equality is marked, to be handed to the exact solver.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from gametheory_eeu.errors import ParameterError

Array: TypeAlias = np.ndarray[Any, Any]
BLOCK = 8192
TOLERANCE = 2.0**-40
"""Relative to the payoffs compared: above the rounding of a formula of some hundred operations."""


class ArrayEquilibria(NamedTuple):
    """The equilibria of each of N games.

    ``pure``, (4, N): whether rows and columns (0, 0), (0, 1), (1, 0), (1, 1) are equilibria.
    ``mixed``, (N,): whether there is one in which both players mix, and no continuum.
    ``probabilities``, (2, N): in that one, of row 0 and of column 0; NaN where there is none.
    ``near``, (N,): whether some comparison is within rounding of equality, or a payoff is not
    finite: what else is said of this game is not certain, and it may have a continuum of
    equilibria.
    """

    pure: Array
    mixed: Array
    probabilities: Array
    near: Array


def equilibria_2x2(A: Array, B: Array, *, tolerance: float = TOLERANCE) -> ArrayEquilibria:
    """All equilibria of N two-player games with two actions each.

    Where ``near`` is false the game is regular: its equilibria are the pure ones and the mixed one
    that are marked, and no others. A and B, (2, 2, N), are what the first and the second player get
    at row i, column j of game k. Two payoffs are as good as equal where they differ by no more than
    ``tolerance`` times the sum of their absolute values.
    """
    A, B = (np.asarray(payoffs, dtype=np.float64) for payoffs in (A, B))
    if A.ndim != 3 or A.shape[:2] != (2, 2) or A.shape != B.shape:
        raise ParameterError("payoffs", (A.shape, B.shape), "two arrays of one shape (2, 2, N)")
    count = A.shape[2]
    result = ArrayEquilibria(
        np.empty((4, count), dtype=bool),
        np.empty(count, dtype=bool),
        np.empty((2, count)),
        np.empty(count, dtype=bool),
    )
    scratch = _Scratch(min(count, BLOCK))
    with np.errstate(all="ignore"):
        for start in range(0, count, BLOCK):
            block = slice(start, min(start + BLOCK, count))
            parts = ArrayEquilibria(*(part[..., block] for part in result))
            _solve_block(A[..., block], B[..., block], parts, scratch, tolerance)
    return result


class _Scratch:
    """Room for one block."""

    def __init__(self, size: int) -> None:
        self.gains = np.empty((4, size))
        self.other = np.empty((4, size))
        self.not_worse = np.empty((4, size), dtype=bool)
        self.not_better = np.empty((4, size), dtype=bool)
        self.flags = np.empty(size, dtype=bool)


def _solve_block(
    A: Array, B: Array, result: ArrayEquilibria, scratch: _Scratch, tolerance: float
) -> None:
    size = A.shape[2]
    gains, other = scratch.gains[:, :size], scratch.other[:, :size]
    # Of row 0 against column 0 and column 1; of column 0 against row 0 and row 1.
    np.subtract(A[0], A[1], out=gains[:2])
    np.subtract(B[:, 0], B[:, 1], out=gains[2:])
    not_worse = np.greater_equal(gains, 0, out=scratch.not_worse[:, :size])
    not_better = np.less_equal(gains, 0, out=scratch.not_better[:, :size])
    np.logical_and(not_worse[0], not_worse[2], out=result.pure[0])
    np.logical_and(not_worse[1], not_better[2], out=result.pure[1])
    np.logical_and(not_better[0], not_worse[3], out=result.pure[2])
    np.logical_and(not_better[1], not_better[3], out=result.pure[3])
    _mix(gains, other[:2], not_worse, not_better, result, scratch.flags[:size])
    _mark_near(A, B, gains, other, result.near, tolerance)


def _mix(
    gains: Array,
    differences: Array,
    not_worse: Array,
    not_better: Array,
    result: ArrayEquilibria,
    flags: Array,
) -> None:
    """The mixed equilibrium: the gains of each have opposite signs, and the other balances them."""
    mixed = np.not_equal(not_worse[0], not_worse[1], out=result.mixed)
    mixed &= np.not_equal(not_better[0], not_better[1], out=flags)
    mixed &= np.not_equal(not_worse[2], not_worse[3], out=flags)
    mixed &= np.not_equal(not_better[2], not_better[3], out=flags)
    np.subtract(gains[3::-2], gains[2::-2], out=differences)
    np.divide(gains[3::-2], differences, out=result.probabilities)
    unmixed = np.logical_not(mixed, out=flags)
    for probability in result.probabilities:
        np.putmask(probability, unmixed, np.nan)


def _mark_near(
    A: Array, B: Array, gains: Array, other: Array, near: Array, tolerance: float
) -> None:
    """Where a gain is within rounding of zero; bounds for the whole block spare most the work."""
    largest = max(A.max(), -A.min(), B.max(), -B.min())
    if np.abs(gains, out=other).min() > 2 * tolerance * largest:
        near[...] = False
        return
    scale = np.concatenate([np.abs(A[0]) + np.abs(A[1]), np.abs(B[:, 0]) + np.abs(B[:, 1])])
    np.any(~(other > tolerance * scale), axis=0, out=near)
