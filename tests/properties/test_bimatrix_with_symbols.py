"""A symbolic answer, read at points, equals the exact numeric answer there.

Two routes that share nothing: cases on the signs of pivots and proofs on one side, vertices of
polyhedra in whole numbers on the other. Points are drawn at random, and put on every edge: where
two payoffs, or two slopes, are equal.
"""

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers.extreme_equilibria import (
    ExtremeEquilibria,
    bit_positions,
    extreme_equilibria,
)

Strategy = tuple[Fraction, ...]
a, b, c, d, e, f, v = sp.symbols("a b c d e f v", real=True)


def transposed(table: list[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in zip(*table, strict=True)]


HAWK = [[(v - c) / 2, v], [0, v / 2]]
CYCLE = [[0, -a, b], [b, 0, -a], [-a, b, 0]]
GAMES: dict[str, tuple[Any, Any, Any]] = {
    "six symbols": ([[a, b], [c, d]], [[e, 0], [0, f]], ()),
    "eight payoffs of four symbols": ([[a, b], [c, d]], [[d, c], [b, a]], ()),
    "hawk and dove": (HAWK, transposed(HAWK), ("v > 0", "c > 0")),
    "two by three": ([[a, 0, b], [0, a, 1]], [[1, c, 0], [0, c, 1]], ()),
    "three by two": ([[a, 1], [0, b], [1, 0]], [[1, c], [0, 1], [b, 0]], ()),
    "three by three": ([[a, 0, 0], [0, b, 0], [0, 0, 1]], [[1, 0, 0], [0, c, 0], [0, 0, 1]], ()),
    "rock, paper, scissors": (CYCLE, transposed(CYCLE), ("a > 0",)),
    "quotients": ([[1 / a, b], [0, b / (a + b)]], [[a, 0], [0, b]], ("a > 0", "a + b != 0")),
    "ties in three columns": ([[1, 0, 0], [0, 1, 1]], [[a, b, 0], [c, d, 0]], ()),
    "ties in three rows": ([[1, 1]] * 3, [[a, 0], [b, 0], [c, 0]], ()),
    "powers": ([[a**2, b], [a * b, 1]], [[a - b, 0], [0, a**2 - b]], ()),
}
VALUES = [Fraction(n, m) for n in range(-3, 4) for m in (1, 2)]


def points(game: eeu.NormalForm, rng: random.Random, count: int) -> list[dict[Any, Any]]:
    """Points of a coarse grid, which meets the edges often."""
    found: list[dict[Any, Any]] = []
    while len(found) < count:
        point = {s: sp.Rational(*rng.choice(VALUES).as_integer_ratio()) for s in game.symbols}
        if all(truth_value(q, point) for q in game.space.constraints):
            found.append(point)
    return found


def numbers(game: eeu.NormalForm, point: Mapping[Any, Any]) -> list[list[list[Fraction]]] | None:
    """Both payoff matrices at a point; None where one is not defined."""
    tables = []
    for player in game.players:
        cells = [value.xreplace(point) for value in game.payoffs[player].values()]
        if any(cell.has(sp.zoo, sp.nan) for cell in cells):
            return None
        flat = [Fraction(int(cell.p), int(cell.q)) for cell in cells]
        width = game.shape[1]
        tables.append([flat[n : n + width] for n in range(0, len(flat), width)])
    return tables


def extremes(tables: list[list[list[Fraction]]]) -> ExtremeEquilibria:
    whole = [[[int(x * 720720) for x in row] for row in table] for table in tables]
    assert all(x * 720720 == int(x * 720720) for t in tables for r in t for x in r)
    return extreme_equilibria(*whole)


def support_names(game: eeu.NormalForm, pair: tuple[int, int]) -> str:
    return ", ".join(
        " + ".join(game.actions[p][n] for n in bit_positions(mask))
        for p, mask in zip(game.players, pair, strict=True)
    )


def holds(condition: Any, point: Mapping[Any, Any]) -> bool:
    return truth_value(condition, point) is True


def inside(family: Any, point: Mapping[Any, Any], one: Strategy, other: Strategy) -> bool:
    """Whether the family, at the point, has these strategies: a free symbol is a probability."""
    mixes = dict(zip(family.profile, (one, other), strict=True))
    chance = {
        f"{letter}_{n + 1}": sp.Rational(p.numerator, p.denominator)
        for letter, mix in zip("pq", mixes.values(), strict=True) for n, p in enumerate(mix)
    }  # fmt: skip
    values = {**point, **{symbol: chance[symbol.name] for symbol in family.free}}
    if not holds(family.where, values):
        return False
    expected = [sp.Rational(p.numerator, p.denominator) for mix in mixes.values() for p in mix]
    found = [p.xreplace(values) for mix in family.profile.values() for p in mix.values()]
    return all(sp.nsimplify(x - y) == 0 for x, y in zip(found, expected, strict=True))


def mixes(points: list[Strategy], rng: random.Random) -> list[Strategy]:
    """Points between the given ones, on faces, and just outside."""
    found = list(points)
    for _ in range(3 if len(points) > 1 else 0):
        some = rng.sample(points, rng.randint(2, len(points)))
        weights = [Fraction(rng.randint(1, 4)) for _ in some]
        found.append(combined(some, [w / sum(weights) for w in weights]))
        first, last = rng.sample(points, 2)
        found.append(combined([first, last], [Fraction(5, 4), Fraction(-1, 4)]))
    return found


def combined(points: list[Strategy], weights: list[Fraction]) -> Strategy:
    return tuple(sum(w * x for w, x in zip(weights, at, strict=True))
                 for at in zip(*points, strict=True))  # fmt: skip


def is_equilibrium(tables: list[list[list[Fraction]]], x: Strategy, y: Strategy) -> bool:
    if min(*x, *y) < 0:
        return False
    rows = [sum(p * q for p, q in zip(row, y, strict=True)) for row in tables[0]]
    columns = [sum(p * row[j] for p, row in zip(x, tables[1], strict=True)) for j in range(len(y))]
    best = sum(p * u for p, u in zip(x, rows, strict=True)) == max(rows)
    return best and sum(q * u for q, u in zip(y, columns, strict=True)) == max(columns)


def supports(x: Strategy, y: Strategy) -> tuple[int, int]:
    one, other = (sum(1 << n for n, p in enumerate(mix) if p) for mix in (x, y))
    return one, other


@pytest.mark.parametrize("name", GAMES)
def test_symbols_then_numbers_as_numbers_at_once(name: str, rng: random.Random) -> None:
    rows, columns, given = GAMES[name]
    agree(eeu.NormalForm(rows, columns, given=given), rng, 200)


def test_random_games_with_symbols(rng: random.Random, samples: Callable[[int], range]) -> None:
    entries = [a, b, a + b, a * b, -a, a - 1, 2 * b, *[0, 1, 0, 2, -1] * 3]
    for k in samples(10):
        width, height = [(2, 2), (2, 3), (3, 2), (3, 3), (2, 4)][k % 5]
        rows, columns = (
            [[rng.choice(entries) for _ in range(width)] for _ in range(height)] for _ in "AB"
        )
        agree(eeu.NormalForm(rows, columns, given=["a > 0", []][k % 2]), rng, 40)


def agree(game: eeu.NormalForm, rng: random.Random, count: int) -> None:
    """At points, the families that exist are those of the numeric game, with the same members."""
    solution = game.solve()
    assert solution.complete_where == sp.true
    for point in points(game, rng, count):
        tables = numbers(game, point)
        present = [e for e in solution if holds(e.condition, point)]
        if tables is None:
            assert present == []
            continue
        assert {e.name for e in present} == set(eeu.NormalForm(*tables).solve().names), point
        found = extremes(tables)
        plain = [e.name.partition(" (dim")[0] for e in present]
        assert sorted(plain) == sorted(support_names(game, s) for s in found.supports()), point
        families = dict(zip(plain, present, strict=True))
        for mine, theirs in found.maximal_subsets():
            ones = mixes([found.first[n].strategy for n in bit_positions(mine)], rng)
            others = mixes([found.second[n].strategy for n in bit_positions(theirs)], rng)
            for x, y in rng.sample(list(product(ones, others)), min(4, len(ones) * len(others))):
                family = families.get(support_names(game, supports(x, y)))
                expected = is_equilibrium(tables, x, y)
                assert (family is not None and inside(family, point, x, y)) == expected, point


@pytest.mark.parametrize("name", ["six symbols", "hawk and dove", "quotients", "two by three"])
def test_at_every_edge_as_numbers_there(name: str) -> None:
    """At the witness of every cell and of every knife edge of the map of regimes."""
    rows, columns, given = GAMES[name]
    game = eeu.NormalForm(rows, columns, given=given)
    partition = eeu.regimes(game, edges=True)
    assert partition.edges
    for regime in (*partition.cells, *partition.edges):
        at = game.at(**{symbol.name: value for symbol, value in regime.witness.items()})
        assert set(at.solve().names) == set(regime.equilibria), regime


@pytest.mark.parametrize("name", GAMES)
def test_every_family_is_proved_from_the_payoffs(name: str) -> None:
    rows, columns, given = GAMES[name]
    game = eeu.NormalForm(rows, columns, given=given)
    for equilibrium in game.solve():
        verification = equilibrium.verify()
        assert verification.verdict == "proved", (equilibrium.name, verification)
        assert not verification.vacuous, equilibrium.name
