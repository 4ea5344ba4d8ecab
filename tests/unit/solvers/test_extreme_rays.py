"""Extreme rays of cones, against every subset of tight constraints."""

import random
from itertools import combinations
from math import gcd

import pytest
import sympy as sp

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import extreme_equilibria as module
from gametheory_eeu.solvers.extreme_equilibria import extreme_rays


def by_subsets(size: int, rows: list[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
    """Every ray on size - 1 independent tight constraints, with all that are tight as bits."""
    units = [tuple(int(i == k) for i in range(size)) for k in range(size)]
    constraints, found = [*units, *rows], {}
    for chosen in combinations(constraints, size - 1):
        kernel = sp.Matrix(size - 1, size, [x for row in chosen for x in row]).nullspace()
        if len(kernel) != 1:
            continue
        scale = sp.ilcm(1, *(x.q for x in kernel[0]))
        ray = [int(x * scale) for x in kernel[0]]
        for at in (ray, [-x for x in ray]):
            slack = [sum(a * b for a, b in zip(row, at, strict=True)) for row in constraints]
            if min(slack) >= 0:
                common = gcd(*at)
                tight = sum(1 << k for k, s in enumerate(slack) if s == 0)
                found[tuple(x // common for x in at)] = tight
    return found


def random_rows(seed: int) -> tuple[int, list[tuple[int, ...]]]:
    rng = random.Random(seed)
    size = rng.randint(2, 4)
    return size, [tuple(rng.randint(-2, 2) for _ in range(size)) for _ in range(rng.randint(0, 4))]


@pytest.mark.parametrize("seed", range(24))
def test_the_rays_are_those_on_enough_tight_constraints(seed: int) -> None:
    size, rows = random_rows(seed)
    rays = extreme_rays(size, rows)
    assert len({ray.at for ray in rays}) == len(rays)
    assert {ray.at: ray.tight for ray in rays} == by_subsets(size, rows)


def test_known_cones() -> None:
    assert [ray.at for ray in extreme_rays(1, [])] == [(1,)]
    assert extreme_rays(2, [(1, 0), (0, 1)])[0] == ((1, 0), 0b1010)
    assert extreme_rays(2, [(-1, -1)]) == []
    assert [ray.at for ray in extreme_rays(2, [(4, -6)])] == [(1, 0), (3, 2)]
    cube = [(-1, 0, 0, 1), (0, -1, 0, 1), (0, 0, -1, 1)]
    assert len(extreme_rays(4, cube)) == 8


def test_two_rays_of_a_face_that_is_told_twice_need_not_be_adjacent() -> None:
    """A cube whose face x = 0 is two constraints, cut where two opposite vertices are parted."""
    rows: list[tuple[int, ...]] = [
        (-1, 0, 0, 1), (0, -1, 0, 1), (0, 0, -1, 1), (1, 0, 0, 0), (0, -2, -2, 3)
    ]  # fmt: skip
    rays = extreme_rays(4, rows)
    assert {ray.at: ray.tight for ray in rays} == by_subsets(4, rows)
    assert len(rays) == 10


@pytest.mark.parametrize(("most", "enough"), [(8, True), (7, False)])
def test_no_more_rays_are_held_than_allowed(
    most: int, enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_RAYS", most)
    cube = [(-1, 0, 0, 1), (0, -1, 0, 1), (0, 0, -1, 1)]
    if enough:
        assert len(extreme_rays(4, cube)) == 8
        return
    with pytest.raises(TooLargeError, match="a polyhedron in 3 dimensions has more than 7"):
        extreme_rays(4, cube)
