"""Certified zeros of a square system of equations in a box, by interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_mat, fmpq

from gametheory_eeu.solvers.certified_zeros import Ball, working_precision

Box = tuple[Ball, ...]
System = Callable[[Sequence[Ball]], list[Ball]]
Derivatives = Callable[[Sequence[Ball]], list[list[Ball]]]
MAX_BOXES = 3_000
_BITS, _FINAL_BITS = 64, 192
_MIN_WIDTH = 2.0**-20
_CUT_FRACTION = fmpq(487, 1000)
"""Where a box is cut: at a number that is no zero's by chance."""


@dataclass(frozen=True)
class EnclosedZeros:
    """Isolating boxes of the zeros, whether they are all, and the number of boxes examined."""

    zeros: tuple[Box, ...]
    complete: bool
    boxes: int


def enclosed_zeros(
    system: System, derivatives: Derivatives, start: Box, max_boxes: int = MAX_BOXES
) -> EnclosedZeros:
    """Enclosures of all zeros of a system of n functions of n unknowns in a box.

    A box on which some function misses zero holds none. Krawczyk's (1969) operator
    K(X) = m - Y f(m) + (1 - Y f'(X)) (X - m), with m in X and Y near the inverse of f'(m), holds
    every zero that X does: where it misses X there is none, and where it lies inside X exactly
    one. Any other box is cut in two, until the boxes are tiny or too many.

    Parameters
    ----------
    system, derivatives : callables of n balls
        The values, and the rows of the matrix of partial derivatives.
    start : n balls
    max_boxes : int
        Boxes to look at; with more the answer is not complete.

    Examples
    --------
    >>> found = enclosed_zeros(
    ...     lambda x: [x[0]**2 + x[1]**2 - 2, x[0] - x[1]],
    ...     lambda x: [[2*x[0], 2*x[1]], [arb(1), arb(-1)]],
    ...     (arb(0, 3), arb(0, 3)))
    >>> found.complete, [[float(x.mid()) for x in zero] for zero in found.zeros]
    (True, [[-1.0, -1.0], [1.0, 1.0]])
    """
    isolated_zeros: list[tuple[Box, Box]] = []
    stack, complete, box_count = [start], True, 0
    with working_precision(_BITS):
        while stack and box_count < max_boxes:
            box_count += 1
            box = stack.pop()
            if any(not value.contains(0) for value in system(box)):
                continue
            outer_box = tuple(x + arb(0, x.rad() / 8 + arb(2) ** -40) for x in box)
            image = _krawczyk(system, derivatives, outer_box)
            if image is None:
                remainder: Box | None = box
            elif all(_is_interior(k, x) for k, x in zip(image, outer_box, strict=True)):
                isolated_zeros.append((outer_box, image))
                continue
            else:
                remainder = _intersection(image, box)
            if remainder is not None and _width(remainder) < _MIN_WIDTH:
                complete = False
            elif remainder is not None:
                needs_split = _width(remainder) > _width(box) / 2
                stack += _halves(remainder) if needs_split else [remainder]
    refinements = [
        (outer_box, _refine(system, derivatives, box)) for outer_box, box in isolated_zeros
    ]
    zeros, are_distinct = _distinct_zeros(refinements)
    return EnclosedZeros(tuple(zeros), complete and are_distinct and not stack, box_count)


def _krawczyk(system: System, derivatives: Derivatives, box: Box) -> Box | None:
    """Krawczyk's operator on a box; None where the midpoint Jacobian is singular."""
    midpoint = tuple(x.mid() for x in box)
    size = len(box)
    jacobian = arb_mat([[slope.mid() for slope in row] for row in derivatives(midpoint)])
    try:
        inverse: Any = jacobian.inv()
    except ZeroDivisionError:
        return None
    y = arb_mat(size, size, [v.mid() for v in inverse.entries()])
    step = y * arb_mat(size, 1, system(midpoint))
    identity = arb_mat(size, size, [arb(int(i == j)) for i in range(size) for j in range(size)])
    slopes = arb_mat(derivatives(box))
    deviation = arb_mat(size, 1, [x - m for x, m in zip(box, midpoint, strict=True)])
    spread = (identity - y * slopes) * deviation
    return tuple(m - step[i, 0] + spread[i, 0] for i, m in enumerate(midpoint))


def _is_interior(inner: Ball, outer: Ball) -> bool:
    return bool(outer.lower() < inner.lower() and inner.upper() < outer.upper())


def _intersection(first: Box, second: Box) -> Box | None:
    intervals = []
    for a, b in zip(first, second, strict=True):
        low, high = a.lower().max(b.lower()), a.upper().min(b.upper())
        if low > high:
            return None
        intervals.append(low.union(high))
    return tuple(intervals)


def _width(box: Box) -> float:
    return max(float(x.rad()) for x in box)


def _halves(box: Box) -> list[Box]:
    """The two halves of a box, cut across its widest side."""
    k = max(range(len(box)), key=lambda i: float(box[i].rad()))
    low, high = box[k].lower(), box[k].upper()
    cut = (low + (high - low) * arb(_CUT_FRACTION)).mid()
    return [(*box[:k], low.union(cut), *box[k + 1 :]), (*box[:k], cut.union(high), *box[k + 1 :])]


def _refine(system: System, derivatives: Derivatives, box: Box) -> Box:
    """Shrink a box with one zero around it."""
    with working_precision(_FINAL_BITS):
        for _ in range(12):
            image = _krawczyk(system, derivatives, box)
            intersection = None if image is None else _intersection(image, box)
            if intersection is None or _width(intersection) > _width(box) / 2:
                break
            box = intersection
    return box


def _distinct_zeros(enclosures: list[tuple[Box, Box]]) -> tuple[list[Box], bool]:
    """One box for each zero, and whether all zeros are told apart.

    Each comes with a wider box in which its zero is alone: what lies in there is the same zero.
    """
    distinct: list[tuple[Box, Box]] = []
    all_distinct = True
    for outer_box, box in enclosures:
        neighbours = [pair for pair in distinct if _intersection(box, pair[1]) is not None]
        if not neighbours:
            distinct.append((outer_box, box))
        elif not any(all(map(_is_interior, box, other_box)) for other_box, _ in neighbours):
            all_distinct = False
    return sorted(
        (box for _, box in distinct), key=lambda b: [float(x.mid()) for x in b]
    ), all_distinct


__all__ = ["Box", "EnclosedZeros", "enclosed_zeros"]
