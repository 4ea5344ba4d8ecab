"""Every zero of a square polynomial system in a box, each enclosed, in interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_mat, fmpq

from gametheory_eeu.solvers.certified_zeros import Ball, precisely

Box = tuple[Ball, ...]
System = Callable[[Sequence[Ball]], list[Ball]]
Derivatives = Callable[[Sequence[Ball]], list[list[Ball]]]
MOST_BOXES = 3_000
_BITS, _FINAL_BITS = 64, 192
_SMALLEST = 2.0**-20
_SHARE = fmpq(487, 1000)
"""Where a box is cut: at a number that is no zero's by chance."""


@dataclass(frozen=True)
class Enclosed:
    """The zeros found, each alone in its box, and whether they are all; how many boxes it took."""

    zeros: tuple[Box, ...]
    complete: bool
    boxes: int


def enclosed_zeros(
    system: System, derivatives: Derivatives, start: Box, most: int = MOST_BOXES
) -> Enclosed:
    """Every zero of a system of n functions of n unknowns in a box.

    A box on which some function misses zero holds none. Krawczyk's (1969) operator
    K(X) = m - Y f(m) + (1 - Y f'(X)) (X - m), with m in X and Y near the inverse of f'(m), holds
    every zero that X does: where it misses X there is none, and where it lies inside X exactly
    one. Any other box is cut in two, until the boxes are tiny or too many.

    Parameters
    ----------
    system, derivatives : callables of n balls
        The values, and the rows of the matrix of partial derivatives.
    start : n balls
    most : int
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
    found: list[tuple[Box, Box]] = []
    stack, complete, looked = [start], True, 0
    with precisely(_BITS):
        while stack and looked < most:
            looked += 1
            box = stack.pop()
            if any(not value.contains(0) for value in system(box)):
                continue
            wider = tuple(x + arb(0, x.rad() / 8 + arb(2) ** -40) for x in box)
            image = _krawczyk(system, derivatives, wider)
            if image is None:
                rest: Box | None = box
            elif all(_inside(k, x) for k, x in zip(image, wider, strict=True)):
                found.append((wider, image))
                continue
            else:
                rest = _meet(image, box)
            if rest is not None and _width(rest) < _SMALLEST:
                complete = False
            elif rest is not None:
                halved = _width(rest) > _width(box) / 2
                stack += _halves(rest) if halved else [rest]
    refined = [(wider, _refined(system, derivatives, box)) for wider, box in found]
    zeros, apart = _distinct(refined)
    return Enclosed(tuple(zeros), complete and apart and not stack, looked)


def _krawczyk(system: System, derivatives: Derivatives, box: Box) -> Box | None:
    """The operator's value; None where the middle's derivatives have no inverse."""
    middle = tuple(x.mid() for x in box)
    size = len(box)
    near = arb_mat([[slope.mid() for slope in row] for row in derivatives(middle)])
    try:
        inverse: Any = near.inv()
    except ZeroDivisionError:
        return None
    y = arb_mat(size, size, [v.mid() for v in inverse.entries()])
    step = y * arb_mat(size, 1, system(middle))
    one = arb_mat(size, size, [arb(int(i == j)) for i in range(size) for j in range(size)])
    slopes = arb_mat(derivatives(box))
    away = arb_mat(size, 1, [x - m for x, m in zip(box, middle, strict=True)])
    spread = (one - y * slopes) * away
    return tuple(m - step[i, 0] + spread[i, 0] for i, m in enumerate(middle))


def _inside(one: Ball, other: Ball) -> bool:
    return bool(other.lower() < one.lower() and one.upper() < other.upper())


def _meet(one: Box, other: Box) -> Box | None:
    found = []
    for a, b in zip(one, other, strict=True):
        low, high = a.lower().max(b.lower()), a.upper().min(b.upper())
        if low > high:
            return None
        found.append(low.union(high))
    return tuple(found)


def _width(box: Box) -> float:
    return max(float(x.rad()) for x in box)


def _halves(box: Box) -> list[Box]:
    """The box cut across its widest side."""
    k = max(range(len(box)), key=lambda i: float(box[i].rad()))
    low, high = box[k].lower(), box[k].upper()
    cut = (low + (high - low) * arb(_SHARE)).mid()
    return [(*box[:k], low.union(cut), *box[k + 1 :]), (*box[:k], cut.union(high), *box[k + 1 :])]


def _refined(system: System, derivatives: Derivatives, box: Box) -> Box:
    """A box with one zero, drawn together."""
    with precisely(_FINAL_BITS):
        for _ in range(12):
            image = _krawczyk(system, derivatives, box)
            smaller = None if image is None else _meet(image, box)
            if smaller is None or _width(smaller) > _width(box) / 2:
                break
            box = smaller
    return box


def _distinct(found: list[tuple[Box, Box]]) -> tuple[list[Box], bool]:
    """One box for each zero, and whether that was settled for all.

    Each comes with a wider box in which its zero is alone: what lies in there is the same zero.
    """
    kept: list[tuple[Box, Box]] = []
    settled = True
    for wider, box in found:
        near = [pair for pair in kept if _meet(box, pair[1]) is not None]
        if not near:
            kept.append((wider, box))
        elif not any(all(map(_inside, box, other)) for other, _ in near):
            settled = False
    return sorted((box for _, box in kept), key=lambda b: [float(x.mid()) for x in b]), settled


__all__ = ["Box", "Enclosed", "enclosed_zeros"]
