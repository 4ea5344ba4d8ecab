"""Extreme rays of a polyhedral cone in the positive orthant, with exact integers.

The double description method of Motzkin, Raiffa, Thompson and Thrall (1953): inequalities are
added one by one, and a new ray arises between two adjacent ones that the inequality parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import NamedTuple

from gametheory_eeu.errors import TooLargeError

MAX_RAYS = 5_000
"""No more are held at a time: their adjacency takes the square of their number to find."""


class Ray(NamedTuple):
    """An extreme ray: integer coordinates without a common factor, tight constraints as bits.

    The bits are first the coordinates that are zero, then the inequalities that are equations.
    """

    at: tuple[int, ...]
    tight: int


def extreme_rays(size: int, inequalities: Sequence[Sequence[int]]) -> list[Ray]:
    """Extreme rays of the cone of all x >= 0 with row . x >= 0 for each row.

    Parameters
    ----------
    size : int
        The number of coordinates.
    inequalities : rows of whole numbers

    Raises
    ------
    TooLargeError
        More than ``MAX_RAYS`` rays at a time.

    Examples
    --------
    >>> [ray.at for ray in extreme_rays(2, [(1, -2)])]
    [(1, 0), (2, 1)]
    """
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


__all__ = ["MAX_RAYS", "Ray", "extreme_rays"]
