"""Sweeps against ``solve()``: every game, at random points and exactly on its thresholds."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import prover
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.models import CLASSES
from gametheory_eeu.sweeps.targets import GameTarget

GAMES = sorted(set(CLASSES) - {"VotingBody"})  # which has no parameters
SIZE = 500
SOLVED = 12
"""Points at which the game is solved anew; at the others its conditions are evaluated exactly."""
Row = dict[str, Any]


@cache
def game(name: str) -> Any:
    return getattr(eeu, name)()


@cache
def solution(name: str) -> Any:
    """The equilibria with symbols."""
    return game(name).solve()


@cache
def solved_at(name: str, point: FrozenMapping[str, sp.Expr]) -> Any:
    """The equilibria at one point, solved anew."""
    return game(name).at(**dict(point)).solve()


@pytest.fixture(autouse=True)
def each_point_is_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a sweep solves point by point, what it finds is what the test compares with."""

    def solve_at(target: GameTarget, point: dict[sp.Symbol, sp.Expr]) -> Any:
        names = {row.symbol: row.name for row in target.reader.table}
        return solved_at(target.name, FrozenMapping({names[s]: v for s, v in point.items()}))

    monkeypatch.setattr(GameTarget, "solve_at", solve_at)


def names_of(symbols: tuple[sp.Symbol, ...], name: str) -> dict[sp.Symbol, str]:
    table = game(name).parameters
    return {row.symbol: row.name for row in table if row.symbol in symbols}


def rational(generator: np.random.Generator, symbol: sp.Symbol) -> sp.Rational:
    """A small number with a short decimal, whole where the symbol is."""
    if symbol.is_integer:
        return sp.Integer(int(generator.integers(1, 6)))
    return sp.Rational(int(generator.integers(1, 30)), int(generator.choice([5, 10, 20])))


def random_rows(name: str) -> list[Row]:
    """Random points, most of them pushed into the domain by a witness of it."""
    generator = np.random.default_rng(len(name))
    space = game(name).space
    witness = space.witness()
    rows = []
    for k in range(SIZE):
        row = {s: rational(generator, s) for s in space.symbols}
        for s in space.symbols:
            if k % 4 and generator.random() < 0.7:  # near a point of the domain
                row[s] = witness[s] if s.is_integer else (row[s] + 7 * witness[s]) / 8
        rows.append(row)
    return rows


def threshold_rows(name: str) -> Iterator[Row]:
    """Points at which some condition of some equilibrium holds or fails by nothing."""
    generator = np.random.default_rng(7)
    space = game(name).space
    conditions = [e.condition for e in solution(name)]
    sides = {r.lhs - r.rhs for c in conditions for r in c.atoms(sp.core.relational.Relational)}
    kinks = {part for side in sides for kink in side.atoms(sp.Max, sp.Min) for part in kink.args}
    relations = {x.as_numer_denom()[0] for x in sides | kinks if not x.has(sp.Max, sp.Min)}
    for difference in sorted(relations, key=str):
        linear = [s for s in sorted(difference.free_symbols, key=str)
                  if not s.is_integer and sp.degree(difference, s) == 1]  # fmt: skip
        for symbol in linear:
            for _ in range(6):
                row = {s: rational(generator, s) for s in space.symbols if s != symbol}
                at_row = difference.xreplace(row)
                slope = sp.diff(at_row, symbol)
                if slope:
                    yield {**row, symbol: -at_row.subs(symbol, 0) / slope}


def disagreements(name: str, rows: list[Row]) -> list[str]:
    """Where the sweep and the solution differ."""
    current = game(name)
    symbols = names_of(current.space.symbols, name)
    columns = {full: [str(row[s]) for row in rows] for s, full in symbols.items()}
    table = eeu.sweep(current, eeu.points(columns), outputs=["exists", "regime"])
    exists = dict(zip(table.equilibrium.values, table.exists.values, strict=True))
    found, solved = [], 0
    for k, row in enumerate(rows):
        inside = current.space.contains(row)
        if inside != bool(table.inside.values[k]):
            found.append(f"{row}: inside is {inside}")
        if not inside:
            continue
        names = {e.name for e in solution(name) if prover.is_true_at(e.condition, row)}
        complete = prover.is_true_at(solution(name).complete_where, row)
        if not complete or solved < SOLVED:
            solved += 1
            point = FrozenMapping({symbols[s]: v for s, v in row.items()})
            names = set(solved_at(name, point).names)
        swept = {n for n, places in exists.items() if places[k]}
        if swept != names:
            found.append(f"{row}: {swept} in the sweep, {names} solved")
    return found


@pytest.mark.parametrize("name", GAMES)
def test_random_points(name: str) -> None:
    assert disagreements(name, random_rows(name)) == []


@pytest.mark.parametrize("name", GAMES)
def test_points_on_thresholds(name: str) -> None:
    rows = list(threshold_rows(name))
    if rows:
        assert disagreements(name, rows) == []


@pytest.mark.parametrize("name", GAMES)
def test_floats_are_the_exact_values_rounded(name: str) -> None:
    rows = [*random_rows(name)[:15], *list(threshold_rows(name))[:10]]
    symbols = names_of(game(name).space.symbols, name)
    design = eeu.points({full: [str(row[s]) for row in rows] for s, full in symbols.items()})
    floats, exact = (eeu.sweep(game(name), design, exact=e) for e in (False, True))
    assert list(floats.data_vars) == list(exact.data_vars)
    for variable in exact.data_vars:
        values = np.vectorize(float, otypes=[float])(exact[variable].values)
        np.testing.assert_allclose(floats[variable].values, values, rtol=1e-12, atol=1e-12)


def test_grids_of_bimatrix_games_that_lie_on_ties() -> None:
    current = eeu.NormalForm([["a", "b"], [0, "c"]], [["d", 0], [1, "b"]])
    grid = [-1, 0, 1]
    table = eeu.sweep(current, a=grid, b=grid, c=grid, d=grid, outputs=["exists"])
    solution = current.solve()
    for place in np.ndindex(3, 3, 3, 3):
        point = {s: sp.Integer(grid[i]) for s, i in zip(sorted(current.space.symbols, key=str),
                                                        place, strict=True)}  # fmt: skip
        swept = [bool(x) for x in table.exists.values[(slice(None), *place)]]
        assert swept == [prover.is_true_at(e.condition, point) for e in solution]
        assert sum(swept) >= 1
