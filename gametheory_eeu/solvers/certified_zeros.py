"""Certified numbers: zeros and least exponents, by interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from flint import arb, arb_mat, ctx, fmpq

from gametheory_eeu.core.conversions import midpoint, rational_ball
from gametheory_eeu.errors import TooLargeError, UnsupportedError

Ball = Any
"""A python-flint ``arb``: a real interval, all operations of which enclose."""
Function = Callable[[Ball], Ball]
PRECISION, _MIN_WIDTH_EXPONENT, _MAX_PIECES = 256, -120, 20_000
_MAX_EXPONENT = 4096
_CUT_FRACTIONS = (fmpq(487, 1000), fmpq(523, 1000), fmpq(441, 1000), fmpq(571, 1000))


@dataclass(frozen=True)
class Zero:
    """A zero between two bounds; ``slope`` is the sign of the derivative, 0 where undecided.

    With a slope there is exactly one zero between the bounds. Without one the function comes
    closer to zero there than the precision tells apart: it may touch or just miss.
    """

    low: Ball
    high: Ball
    slope: int

    @property
    def ball(self) -> Ball:
        """The enclosure."""
        return self.low.union(self.high)


@contextmanager
def working_precision(bits: int = PRECISION) -> Iterator[None]:
    """Interval arithmetic at a given precision, within this block only."""
    previous, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = previous


def zeros(function: Function, derivative: Function, low: Ball, high: Ball) -> tuple[Zero, ...]:
    """All zeros in [low, high], in order, each enclosed to about 10^-36.

    A piece on which the function's enclosure misses zero holds none; one on which the derivative's
    does holds at most one, and one exactly where the signs at its ends differ. Any other piece is
    cut. The function must not vanish at the ends. So what is returned is all there is: existence,
    uniqueness in each enclosure and absence elsewhere are each certified.
    """
    isolated_zeros: list[Zero] = []
    pieces, piece_count = [(low.mid(), high.mid())], 0
    while pieces:
        piece_count += 1
        if piece_count > _MAX_PIECES:
            raise UnsupportedError(f"the zeros were not told apart within {_MAX_PIECES} pieces")
        a, b = pieces.pop()
        piece = a.union(b)
        if not function(piece).contains(0):
            continue
        slope = _sign(derivative(piece))
        if slope:
            if _sign(function(a)) * _sign(function(b)) < 0:
                isolated_zeros.append(_bisect(function, a, b, slope))
        elif b - a < arb(2) ** _MIN_WIDTH_EXPONENT:
            isolated_zeros.append(Zero(a, b, 0))
        else:
            split = _split_point(function, a, b)
            pieces += [(split, b), (a, split)]
    return _merge_undecided(isolated_zeros)


def _sign(ball: Ball) -> int:
    return 1 if ball > 0 else -1 if ball < 0 else 0


def _split_point(function: Function, a: Ball, b: Ball) -> Ball:
    """A split point at which the function provably does not vanish, where there is one."""
    points = [(a + (b - a) * arb(fraction)).mid() for fraction in _CUT_FRACTIONS]
    return next((x for x in points if _sign(function(x))), points[0])


def _bisect(function: Function, a: Ball, b: Ball, slope: int) -> Zero:
    """Bisect a bracket of one zero."""
    while b - a > arb(2) ** _MIN_WIDTH_EXPONENT:
        midpoint = _split_point(function, a, b)
        sign = _sign(function(midpoint))
        if sign == 0:
            break
        a, b = (midpoint, b) if sign == -slope else (a, midpoint)
    return Zero(a, b, slope)


def _merge_undecided(pieces: list[Zero]) -> tuple[Zero, ...]:
    """Merge undecided pieces that touch."""
    merged: list[Zero] = []
    for zero in pieces:
        last = merged[-1] if merged else zero
        if merged and last.slope == zero.slope == 0 and not last.high < zero.low:
            merged[-1] = Zero(last.low, zero.high, 0)
        else:
            merged.append(zero)
    return tuple(merged)


def midpoint_and_radius(ball: Ball) -> tuple[Fraction, Fraction]:
    """A ball's midpoint and a bound on its radius, as exact fractions.

    A middle or a radius below 2^-4096 would take integers as long as its exponent: such a middle
    is given as 0, such a radius as that bound.
    """
    tiny, bound = arb(2) ** -_MAX_EXPONENT, Fraction(1, 2**_MAX_EXPONENT)
    if abs(ball) < tiny:
        return Fraction(0), bound
    radius = ball.rad().upper()
    return midpoint(ball), bound if radius < tiny else midpoint(radius)


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

    A box on which some function misses zero holds none. The operator of Krawczyk (1969), K(X) = m -
    Y f(m) + (1 - Y f'(X)) (X - m), with m in X and Y near the inverse of f'(m), holds every zero
    that X does: where it misses X there is none, and where it lies inside X exactly one. Any other
    box is cut in two, until the boxes are tiny or more than ``max_boxes``: then the answer is not
    complete. ``derivatives`` are the rows of the matrix of partial derivatives.
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


_PRECISION = 1024
_MAX_BITS = 100_000_000


def least_power(factor: Fraction, goal: Fraction) -> int:
    """The least k >= 0 with ``factor**k >= goal``, for a factor above 1.

    The quotient of logarithms is enclosed in interval arithmetic; where the enclosure holds a whole
    number, that power is compared exactly, as integers, if these have less than 10^8 bits.
    """
    if goal <= 1:
        return 0
    low, high = _enclosure(factor, goal, _PRECISION)
    return low if low == high or _is_at_least(factor, low, goal) else high


def _enclosure(factor: Fraction, goal: Fraction, precision: int) -> tuple[int, int]:
    """Lower and upper bounds of the exponent, at a precision in bits."""
    with working_precision(precision):
        ratio = rational_ball(goal).log() / rational_ball(factor).log()
        low, high = (ceil(midpoint(x)) for x in (ratio.lower(), ratio.upper()))
    return max(0, low), max(0, high)


def _is_at_least(factor: Fraction, power: int, goal: Fraction) -> bool:
    bits = power * max(factor.numerator, factor.denominator).bit_length()
    if bits > _MAX_BITS:
        raise TooLargeError(
            f"comparing {factor}^{power} exactly takes integers of {bits} bits, at most "
            f"{_MAX_BITS} are tried; the quotient of logarithms, as a float, is the alternative"
        )
    scaled_power = factor.numerator**power * goal.denominator
    return bool(scaled_power >= goal.numerator * factor.denominator**power)
