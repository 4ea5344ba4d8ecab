"""Vertices guessed in floating point and proved, against the extreme rays of a cone."""

import random
from itertools import product
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import basis_certificates
from gametheory_eeu.solvers import basis_certificates as module
from gametheory_eeu.solvers import extreme_equilibria as routes
from gametheory_eeu.solvers.basis_certificates import polytope_vertices, search_bases
from gametheory_eeu.solvers.extreme_equilibria import Vertex, extreme_equilibria, vertices

Table = list[list[int]]
SHAPES = ((1, 1), (1, 4), (4, 1), (2, 3), (3, 3), (5, 2), (4, 4), (5, 6))
FINE = [0, 1, 10**9, 10**9 + 1]  # steps that floating point hardly tells apart


def random_table(rng: random.Random, shape: tuple[int, int], values: Any) -> Table:
    return [[rng.choice(values) for _ in range(shape[1])] for _ in range(shape[0])]


def positive(table: Table) -> Table:
    lowest = min(map(min, table))
    return [[entry - lowest + 1 for entry in row] for row in table]


def proved(table: Table) -> set[Vertex]:
    found = polytope_vertices(positive(table))
    assert found is not None
    (polytope,), all_bits = found, (1 << len(table[0])) - 1
    assert len(set(polytope.tight.tolist())) == len(polytope.tight)
    return {
        Vertex(polytope.weights(k), all_bits & ~tight, tight >> len(table[0]))
        for k, tight in enumerate(polytope.tight.tolist())
    }


@pytest.mark.parametrize("values", [range(-99, 100), range(3), range(2), [0]], ids=len)
def test_vertices_are_those_of_the_cone(values: Any, rng: random.Random) -> None:
    for shape in SHAPES:
        table = random_table(rng, shape, values)
        assert proved(table) == set(vertices(table))


def test_signs_that_rounding_hides_are_decided_in_rationals(
    rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact, calls = module._Polytopes._exact_zeros, []

    def counted(*arguments: Any) -> list[bool]:
        calls.append(arguments)
        return exact(*arguments)

    monkeypatch.setattr(module._Polytopes, "_exact_zeros", counted)
    for shape in SHAPES:
        table = random_table(rng, shape, FINE)
        if polytope_vertices(positive(table)) is not None:
            assert proved(table) == set(vertices(table))
    assert len(calls) > 20


def test_polytopes_of_one_size_together_are_as_alone(rng: random.Random) -> None:
    tables = [positive(random_table(rng, (4, 3), range(top))) for top in (2, 3, 50)]
    together = polytope_vertices(*tables)
    assert together is not None
    for table, found in zip(tables, together, strict=True):
        (alone,) = polytope_vertices(table) or ()
        assert found.matrix == table
        assert found.tight.tolist() == alone.tight.tolist()


def test_both_routes_to_the_equilibria_are_one(
    rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shape, values in product(SHAPES, (range(-9, 10), range(2), FINE)):
        game = random_table(rng, shape, values), random_table(rng, shape, values)
        monkeypatch.setattr(routes, "_MAX_SMALL_LABELS", 100)
        by_rays = extreme_equilibria(*game)
        monkeypatch.setattr(routes, "_MAX_SMALL_LABELS", 0)
        assert extreme_equilibria(*game) == by_rays


def test_coordination_on_seven_actions() -> None:
    """Every support is that of one equilibrium; all of its vertices lie on many inequalities."""
    identity = [[int(i == j) for j in range(7)] for i in range(7)]
    found = extreme_equilibria(identity, identity)
    assert len(found.pairs) == 2**7 - 1
    assert {(found.first[i].support, found.second[j].support) for i, j in found.pairs} == {
        (k, k) for k in range(1, 2**7)
    }


def test_a_wrong_guess_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    table = positive(random_table(random.Random(3), (5, 5), range(100)))

    def of_another_polytope(matrices: Any, right_side: Any) -> Any:
        return search_bases(matrices, right_side * np.arange(1, 6))

    expected = polytope_vertices(table)
    assert expected is not None
    with monkeypatch.context() as patch:
        patch.setattr(module, "_STEPS", (0.9, 1e-9))  # the first guess is of another polytope
        again = polytope_vertices(table)
        assert again is not None
        assert again[0].tight.tolist() == expected[0].tight.tolist()
    monkeypatch.setattr(module, "search_bases", of_another_polytope)
    assert polytope_vertices(table) is None


def test_sizes_beyond_one_integer_are_left_to_the_rays() -> None:
    assert polytope_vertices([[1] * 32] * 31) is None
    assert polytope_vertices([[1] * 31] * 31) is not None
    assert polytope_vertices([[1 << 200]]) is None
    found = extreme_equilibria([[k * 7 % 64 for k in range(64)]], [list(range(64))])
    assert [(v.support, v.replies) for v in found.second] == [(1 << 63, 1)]


def test_no_more_bases_are_searched_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = positive(random_table(random.Random(3), (5, 5), range(100)))
    monkeypatch.setattr(basis_certificates, "MAX_BASES", 10)
    with pytest.raises(TooLargeError, match="a polytope in 5 dimensions has more than 10 vert"):
        polytope_vertices(table)
