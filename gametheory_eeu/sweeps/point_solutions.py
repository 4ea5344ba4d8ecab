"""Equilibria at single points, solved one by one where no condition with symbols tells them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games import EquilibriumSet
from gametheory_eeu.sweeps.exact_values import finite_float
from gametheory_eeu.sweeps.plan import (
    COMPUTED,
    KNOWN,
    MAX_REGIMES,
    NOT_FINITE,
    POINT_FLAG,
    Entry,
    Plan,
    exact_number,
)
from gametheory_eeu.sweeps.plan_builder import (
    MEANINGS,
    families,
    point_flag,
    reason,
    reasons,
    regime_attributes,
    table_variable,
    tables,
)
from gametheory_eeu.sweeps.regions import Grid, regions, tile_shape
from gametheory_eeu.sweeps.tiles import Array

MAX_POINTS = 10_000
Place: TypeAlias = tuple[int, ...]


def with_point_solutions(
    grid: Grid, solve: Callable[[Mapping[Symbol, Expr]], EquilibriumSet], wanted: Collection[str]
) -> Grid:
    """The grid with the equilibria of those points that conditions do not cover.

    They are solved before anything else is worked out, for only then are the names of all
    equilibria known, and with them the shape of the result, whatever its parts.

    Parameters
    ----------
    grid : Grid
        Of the whole design.
    solve : callable
        From a point to the game's equilibria there.
    wanted : collection of str
        The variables asked for.

    Raises
    ------
    TooLargeError
        More points than are solved one by one.
    """
    if "complete" not in grid.plan.names:
        return grid
    places = list(_uncovered(grid))
    if not places:
        return grid
    symbols = tuple(grid.columns)
    found = {place: solve(grid.tile.exact_point(symbols, place)) for place in places}
    plan = _grown(grid.plan, list(found.values()), set(wanted))
    solved = {place: _values(plan, solution, grid.exact) for place, solution in found.items()}
    return replace(grid, plan=plan, solved=FrozenMapping(solved))


def _uncovered(grid: Grid) -> Iterator[Place]:
    """The points of the domain at which the equilibria are not proved to be all."""
    conditions = replace(grid, plan=grid.plan.only("inside", "complete"), exact=False)
    count = 0
    for region in regions(grid.shape, tile_shape(grid.shape)):
        truths = conditions.part(region).values()
        places = np.argwhere(truths["inside"] & ~truths["complete"])
        count += len(places)
        if count > MAX_POINTS:
            raise TooLargeError(
                f"more than {MAX_POINTS} points have to be solved one by one, for no condition "
                "with symbols tells their equilibria; sweep fewer, or ask for quantities only"
            )
        yield from map(tuple, (places + [part.start for part in region]).tolist())


def _grown(plan: Plan, solutions: Sequence[EquilibriumSet], wanted: Collection[str]) -> Plan:
    """The plan with labels for everything that was found, and the variables that hold it."""
    equilibria = [e for solution in solutions for e in solution]
    labels = {name: dict.fromkeys(known) for name, known in plan.labels.items()}
    variables = {v.name: v for v in plan.variables}
    labels["equilibrium"] |= dict.fromkeys(e.name for e in equilibria)
    for name, (dimension, row) in (item for e in equilibria for item in tables(e).items()):
        if name in wanted and row:
            labels.setdefault(dimension, {}).update(dict.fromkeys(row))
            variables.setdefault(name, table_variable(name, dimension))
            variables.setdefault(POINT_FLAG, point_flag())
    names = tuple(labels["equilibrium"])
    if "regime" in variables:
        about = FrozenMapping(regime_attributes(names))
        variables["regime"] = replace(variables["regime"], attributes=about)
        if len(names) > MAX_REGIMES:
            del variables["regime"]
    exists = plan.existence + (sp.false,) * (len(names) - len(plan.existence))
    grown = replace(
        plan,
        variables=tuple(variables.values()),
        labels=FrozenMapping({k: tuple(v) for k, v in labels.items()}),
        truths=FrozenMapping({**plan.truths, "exists": exists}),
        existence=exists,
        reasons=FrozenMapping({
            name: _joined(plan.reasons.get(name, {}), reasons(name, equilibria, ()))
            for name in MEANINGS if name in variables
        }),
        families=tuple(dict.fromkeys((*plan.families, *families(equilibria)))),
    )  # fmt: skip
    return replace(grown, entries=(*plan.entries, *_missing_entries(grown)))


def _joined(
    first: Mapping[tuple[str, str], int], second: Mapping[tuple[str, str], int]
) -> Mapping[tuple[str, str], int]:
    """The greater number wherever both have one."""
    places = {**first, **second}
    return FrozenMapping({k: max(first.get(k, KNOWN), second.get(k, KNOWN)) for k in places})


def _missing_entries(plan: Plan) -> Iterator[Entry]:
    """Entries without a value, for the places of which no formula is known."""
    known = {(entry.variable, entry.place) for entry in plan.entries}
    for variable in (v for v in plan.variables if v.name in MEANINGS):
        for place in np.ndindex(*plan.shape(variable)):
            if (variable.name, place) not in known:
                yield Entry(variable.name, place, sp.nan, sp.false)


def _values(plan: Plan, solution: EquilibriumSet, is_exact: bool) -> Mapping[str, Array]:
    """What the variables hold at a point that was solved."""
    names = plan.labels["equilibrium"]
    index = {name: k for k, name in enumerate(names)}
    values: dict[str, Any] = {
        "complete": np.array(solution.complete_where == sp.true),
        "exists": np.array([name in solution.names for name in names]),
    }
    if "regime" in plan.names:
        values["regime"] = np.int64(sum(1 << index[e.name] for e in solution))
    is_whole = True
    for variable in (v for v in plan.variables if v.name in MEANINGS):
        table = np.full(plan.shape(variable), np.nan, dtype=variable.dtype(is_exact))
        for e in solution:
            row = tables(e)[variable.name][1]
            for j, label in enumerate(plan.labels[variable.dimensions[1]]):
                if reason(row.get(label), e, ()) == KNOWN:
                    value = exact_number(row[label]) if is_exact else finite_float(row[label])
                    table[index[e.name], j] = value
                    is_whole &= is_exact or not np.isnan(value)
        values[variable.name] = table
    if POINT_FLAG in plan.names:
        values[POINT_FLAG] = np.int8(COMPUTED if is_whole else NOT_FINITE)
    return FrozenMapping(values)
