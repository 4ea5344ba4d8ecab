"""Extreme equilibria and Nash subsets, against every pair of supports and every set of vertices."""

from fractions import Fraction
from itertools import combinations, product
from random import Random
from typing import Any

import networkx as nx
import pytest
import sympy as sp

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import extreme_equilibria as module
from gametheory_eeu.solvers.extreme_equilibria import (
    ExtremeEquilibria,
    Vertex,
    bit_positions,
    extreme_equilibria,
    vertices,
)

Table = list[list[int]]


def random_game(seed: int) -> tuple[Table, Table]:
    rng = Random(seed)
    m, n, top = rng.randint(1, 3), rng.randint(1, 3), rng.choice([1, 2, 6])
    rows, columns = ([[rng.randint(0, top) for _ in range(n)] for _ in range(m)] for _ in range(2))
    return rows, columns


GAMES: list[tuple[Table, Table]] = [random_game(seed) for seed in range(20)] + [
    ([[3, 0], [0, 1]], [[1, 0], [0, 3]]), ([[1, 1], [1, 0]], [[1, 1], [1, 0]]),
    ([[0, 0], [0, 0]], [[0, 0], [0, 0]]), ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]),
    ([[1, 1, 0], [1, 1, 0], [0, 0, 1]], [[1, 1, 0], [1, 1, 0], [0, 0, 1]]),
]  # fmt: skip


def mask(positions: Any) -> int:
    return sum(1 << k for k in positions)


def vertices_of(replies: Table) -> dict[tuple[Fraction, ...], tuple[int, int]]:
    """Unique strategies on a support against which as many replies are best."""
    size, found = len(replies[0]), {}
    for k in range(1, size + 1):
        for support in combinations(range(size), k):
            for best in combinations(range(len(replies)), k):
                rows = [[replies[r][j] - replies[best[0]][j] for j in support] for r in best[1:]]
                matrix = sp.Matrix([*rows, [1] * k])
                if matrix.rank() < k:
                    continue
                solution = matrix.LUsolve(sp.Matrix([0] * (k - 1) + [1]))
                x = [Fraction(0)] * size
                for j, v in zip(support, solution, strict=True):
                    x[j] = Fraction(int(v.p), int(v.q))
                worth = [sum(u * p for u, p in zip(row, x, strict=True)) for row in replies]
                if min(x) >= 0 and all(worth[r] == max(worth) for r in best):
                    tops = (r for r, w in enumerate(worth) if w == max(worth))
                    found[tuple(x)] = (mask(j for j, p in enumerate(x) if p), mask(tops))
    return found


def transposed(table: Table) -> Table:
    return [list(column) for column in zip(*table, strict=True)]


def test_vertices_are_determined_by_their_support_and_replies() -> None:
    for rows, columns in GAMES:
        for replies in (rows, transposed(columns)):
            found = vertices(replies)
            assert {v.strategy: (v.support, v.replies) for v in found} == vertices_of(replies)
            assert len({v.strategy for v in found}) == len(found)
            assert all(sum(v.strategy) == 1 and len(v.weights) == len(replies[0]) for v in found)


def test_pairs_are_the_vertices_at_which_nobody_gains() -> None:
    for rows, columns in GAMES:
        found = extreme_equilibria(rows, columns)
        pairs = {(found.first[i].strategy, found.second[j].strategy) for i, j in found.pairs}
        expected = set()
        for x, y in product(vertices_of(transposed(columns)), vertices_of(rows)):
            mine = [sum(u * q for u, q in zip(row, y, strict=True)) for row in rows]
            theirs = [
                sum(u * p for u, p in zip(column, x, strict=True)) for column in transposed(columns)
            ]
            if all(w == max(mine) for w, p in zip(mine, x, strict=True) if p) and all(
                w == max(theirs) for w, q in zip(theirs, y, strict=True) if q
            ):
                expected.add((x, y))
        assert pairs == expected
        assert len(found.pairs) == len(expected)
        assert {i for i, _ in found.pairs} == set(range(len(found.first)))
        assert {j for _, j in found.pairs} == set(range(len(found.second)))


def test_maximal_subsets_are_the_maximal_products() -> None:
    for game in GAMES:
        found = extreme_equilibria(*game)
        expected = set()
        for k in range(1, len(found.first) + 1):
            for chosen in combinations(range(len(found.first)), k):
                common = [j for j in range(len(found.second))
                          if all((i, j) in found.pairs for i in chosen)]  # fmt: skip
                every = [i for i in range(len(found.first))
                         if all((i, j) in found.pairs for j in common)]  # fmt: skip
                if common:
                    expected.add((mask(every), mask(common)))
        subsets = found.maximal_subsets()
        assert set(subsets) == expected
        order = [tuple(list(bit_positions(part)) for part in subset) for subset in subsets]
        assert order == sorted(order)
        assert len(subsets) == len(expected)


def test_components_are_those_of_the_graph_of_pairs() -> None:
    sizes = set()
    for game in GAMES:
        found = extreme_equilibria(*game)
        graph = nx.Graph([(("first", i), ("second", j)) for i, j in found.pairs])
        groups = found.components()
        expected = {frozenset(i for side, i in part if side == "first")
                    for part in nx.connected_components(graph)}  # fmt: skip
        covered = [frozenset(k for first, _ in g for k in bit_positions(first)) for g in groups]
        assert set(covered) == expected
        assert len(covered) == len(expected)
        assert sorted(s for g in groups for s in g) == sorted(found.maximal_subsets())
        assert groups == sorted(sorted(g) for g in groups)
        sizes |= {len(g) for g in groups}
    assert sizes == {1, 2}


def test_supports_are_those_of_mixes_within_a_subset() -> None:
    for game in GAMES:
        found = extreme_equilibria(*game)
        expected = set()
        for first, second in found.maximal_subsets():
            sides = []
            for side, part in ((found.first, first), (found.second, second)):
                positions = list(bit_positions(part))
                unions = set()
                for k in range(1, len(positions) + 1):
                    for chosen in combinations(positions, k):
                        union = 0
                        for position in chosen:
                            union |= side[position].support
                        unions.add(union)
                sides.append(unions)
            expected |= set(product(*sides))
        assert found.supports() == expected


def test_a_strategy_is_weights_over_their_sum() -> None:
    assert Vertex((1, 0, 3), 0b101, 1).strategy == (Fraction(1, 4), Fraction(0), Fraction(3, 4))
    assert list(bit_positions(0b10110)) == [1, 2, 4]
    assert list(bit_positions(0)) == []


def test_families_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    tied = extreme_equilibria([[0] * 2] * 2, [[0] * 2] * 2)  # one subset, of nine pairs of supports
    monkeypatch.setattr(module, "MAX_FAMILIES", 9)
    assert len(tied.supports()) == 9
    monkeypatch.setattr(module, "MAX_FAMILIES", 8)
    with pytest.raises(TooLargeError, match="have more than 8 pairs of supports"):
        tied.supports()
    vertex = Vertex((1,), 1, 1)
    steps = ExtremeEquilibria((vertex,) * 3, (vertex,) * 3, ((0, 0), (1, 1), (2, 2)))
    monkeypatch.setattr(module, "MAX_FAMILIES", 3)
    assert len(steps.maximal_subsets()) == 3
    monkeypatch.setattr(module, "MAX_FAMILIES", 2)
    with pytest.raises(TooLargeError, match="have more than 2 maximal Nash subsets"):
        steps.maximal_subsets()
