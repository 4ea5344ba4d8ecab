"""Every extreme ray of a polyhedral cone in the positive orthant, with exact integers.

The double description method of Motzkin, Raiffa, Thompson and Thrall (1953): inequalities are
added one by one, and a new ray arises between two adjacent ones that the inequality parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import NamedTuple

from gametheory_eeu.errors import TooLargeError

MOST_RAYS = 5_000
"""No more are held at a time: their adjacency takes the square of their number to find."""


class Ray(NamedTuple):
    """Whole coordinates without a common factor, and as bits what is tight there.

    The bits are first the coordinates that are zero, then the inequalities that are equations.
    """

    at: tuple[int, ...]
    tight: int


def extreme_rays(size: int, inequalities: Sequence[Sequence[int]]) -> list[Ray]:
    """The extreme rays of the cone of all x >= 0 with row . x >= 0 for each row.

    Parameters
    ----------
    size : int
        The number of coordinates.
    inequalities : rows of whole numbers

    Raises
    ------
    TooLargeError
        More than ``MOST_RAYS`` rays at a time.

    Examples
    --------
    >>> [ray.at for ray in extreme_rays(2, [(1, -2)])]
    [(1, 0), (2, 1)]
    """
    every = (1 << size) - 1
    rays = [Ray(tuple(int(i == k) for i in range(size)), every ^ (1 << k)) for k in range(size)]
    for number, row in enumerate(inequalities):
        rays = _cut(rays, row, 1 << (size + number), size - 2)
    return rays


def _cut(rays: list[Ray], row: Sequence[int], bit: int, shared: int) -> list[Ray]:
    """The rays of the cone within one more half-space."""
    above: list[tuple[int, Ray]] = []
    below: list[tuple[int, Ray]] = []
    kept: list[Ray] = []
    for ray in rays:
        slack = sum(a * b for a, b in zip(row, ray.at, strict=True))
        if slack > 0:
            above.append((slack, ray))
            kept.append(ray)
        elif slack < 0:
            below.append((-slack, ray))
        else:
            kept.append(Ray(ray.at, ray.tight | bit))
    tights = [ray.tight for ray in rays]
    for up, high in above:
        for down, low in below:
            both = high.tight & low.tight
            if both.bit_count() >= shared and _adjacent(both, tights):
                at = [down * a + up * b for a, b in zip(high.at, low.at, strict=True)]
                common = gcd(*at)
                kept.append(Ray(tuple(a // common for a in at), both | bit))
        if len(kept) > MOST_RAYS:
            raise TooLargeError(
                f"a polyhedron in {shared + 1} dimensions has more than {MOST_RAYS} vertices on "
                "the way, too many to enumerate; solve a smaller game (leave out dominated "
                'actions, say), or ask for "pure Nash"'
            )
    return kept


def _adjacent(both: int, tights: list[int]) -> bool:
    """Whether no third ray has all that two of them share."""
    found = 0
    for tight in tights:
        if tight & both == both:
            found += 1
            if found > 2:
                return False
    return True


__all__ = ["MOST_RAYS", "Ray", "extreme_rays"]
