"""Equilibria at single points, solved one by one where no condition with symbols tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import EquilibriumSet
from gametheory_eeu.sweeps.plan import MAX_REGIMES, Plan, Variable, exact_number
from gametheory_eeu.sweeps.plan_builder import regime_attributes, tables
from gametheory_eeu.sweeps.tiles import Array, Tile

MAX_POINTS = 10_000


def solve_points(
    plan: Plan,
    arrays: Mapping[str, Array],
    tile: Tile,
    solve: Callable[[Mapping[Symbol, Expr]], EquilibriumSet],
    wanted: Iterable[str],
) -> tuple[Plan, dict[str, Array]]:
    """The plan and the arrays with the equilibria of those points that conditions do not cover.

    Parameters
    ----------
    plan, arrays, tile
        Of the whole design.
    solve : callable
        From a point to the game's equilibria there.
    wanted : iterable of str
        The variables asked for.

    Raises
    ------
    TooLargeError
        More points than are solved one by one.
    """
    complete = arrays["complete"] if "complete" in arrays else np.zeros(1, dtype=bool)
    places = np.argwhere(arrays["inside"] & ~complete)
    if not len(places):
        return plan, dict(arrays)
    if len(places) > MAX_POINTS:
        raise TooLargeError(
            f"{len(places)} points have to be solved one by one, for no condition with symbols "
            f"tells their equilibria; sweep at most {MAX_POINTS}, or ask for quantities only"
        )
    symbols = tuple(tile.columns)
    solutions = {tuple(place): solve(tile.exact_point(symbols, place)) for place in places.tolist()}
    plan, grown = _grown(plan, arrays, list(solutions.values()), set(wanted))
    for place, solution in solutions.items():
        _enter(plan, grown, place, solution)
    return plan, grown


def _grown(
    plan: Plan, arrays: Mapping[str, Array], solutions: list[EquilibriumSet], wanted: set[str]
) -> tuple[Plan, dict[str, Array]]:
    """The plan with labels for everything that was found, and room for it in the arrays."""
    labels: dict[str, dict[str, None]] = {k: dict.fromkeys(v) for k, v in plan.labels.items()}
    variables = {v.name: v for v in plan.variables}
    for equilibrium in (e for solution in solutions for e in solution):
        labels.setdefault("equilibrium", {})[equilibrium.name] = None
        for name, (dimension, row) in tables(equilibrium).items():
            if name in wanted and row:
                labels.setdefault(dimension, {}).update(dict.fromkeys(row))
                variables.setdefault(name, Variable(name, ("equilibrium", dimension), "value"))
    count = len(labels.get("equilibrium", {}))
    if "regime" in variables:
        about = FrozenMapping(regime_attributes(tuple(labels["equilibrium"])))
        variables["regime"] = replace(variables["regime"], attributes=about)
        if count > MAX_REGIMES:
            del variables["regime"]
    known = FrozenMapping({k: tuple(v) for k, v in labels.items()})
    plan = replace(plan, variables=tuple(variables.values()), labels=known)
    exact = any(array.dtype == object for array in arrays.values())
    grown = plan.arrays(arrays["inside"].shape, exact)
    for name, array in grown.items():
        array[...] = np.nan if array.dtype in (np.float64, object) else 0
        if name in arrays:
            part: Any = tuple(map(slice, arrays[name].shape))
            array[part] = arrays[name]
    return plan, grown


def _enter(
    plan: Plan, arrays: Mapping[str, Array], place: tuple[Any, ...], solution: EquilibriumSet
) -> None:
    index = {name: k for k, name in enumerate(plan.labels.get("equilibrium", ()))}
    arrays["exists"][(Ellipsis, *place)] = False
    arrays["complete"][place] = solution.complete_where == sp.true
    code = 0
    for equilibrium in solution:
        k = index[equilibrium.name]
        arrays["exists"][(k, *place)] = True
        code |= 1 << k
        for name, (dimension, row) in tables(equilibrium).items():
            if name in arrays:
                for j, label in enumerate(plan.labels[dimension]):
                    number = exact_number(_number(row.get(label)))
                    arrays[name][(k, j, *place)] = number
    if "regime" in arrays:
        arrays["regime"][place] = code


def _number(value: Expr | None) -> Expr | None:
    """A value at the point; None where it is one of a family's."""
    return None if value is None or value.free_symbols else value


__all__ = ["MAX_POINTS", "solve_points"]
