"""Results as tables with one value in each cell, for a spreadsheet or a statistics program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu.display.hypotheses import beliefs_of, family_range
from gametheory_eeu.display.result_tables import table
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Partition, join_names

DECIMAL = " (decimal)"
"""What the name of a column of decimal numbers adds to that of the exact one."""
Row: TypeAlias = Mapping[str, Cell]
"""A row by the names of its columns."""


def value_table(result: Any) -> Table:
    """A result with one value in each cell, and a decimal column beside each column of numbers.

    Examples
    --------
    >>> from gametheory_eeu import NormalForm
    >>> game = NormalForm([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> value_table(game.solve()).columns[:4]
    ('equilibrium', 'exists when', 'player 1: C', 'player 1: C (decimal)')
    """
    return with_decimals(split_cells(result))


@singledispatch
def split_cells(result: Any) -> Table:
    """A result's table with one value in each cell; most tables are so already."""
    return table(result)


@split_cells.register
def _(result: EquilibriumSet) -> Table:
    """Probabilities by information set and action, choices, beliefs, payoffs by player."""
    whole = table(result)
    return from_rows(map(_equilibrium_row, result), whole.caption, whole.note)


def _equilibrium_row(e: Equilibrium) -> Row:
    cells: dict[str, Cell] = {"equilibrium": e.name, "exists when": e.condition}
    for place, mix in e.profile.items():
        cells |= {f"{place}: {action}": probability for action, probability in mix.items()}
    cells |= e.choices
    for name, distribution in e.distributions.items():
        cells |= {f"{name}: distribution": distribution.cdf, f"{name}: least": distribution.low,
                  f"{name}: greatest": distribution.high}  # fmt: skip
    cells |= {"free": ", ".join(s.name for s in e.free), "range": family_range(e)} if e.free else {}
    for place, mix in beliefs_of(e).items():
        cells |= {f"belief at {place}: {node}": p for node, p in mix.items()}
    cells |= {f"payoff of {player}": payoff for player, payoff in e.payoffs.items()}
    return cells | ({"reading": e.note} if e.note else {})


@split_cells.register
def _(result: Partition) -> Table:
    """Whether each equilibrium exists, and the coordinates of a point of each regime."""
    whole = table(result)
    rows = []
    for row, regime in zip(whole.rows, result, strict=True):
        cells: dict[str, Cell] = {
            "kind": row[0], "equilibria": join_names(regime.equilibria) or "none",
            "where": regime.condition, "number": str(len(regime.equilibria)),
        }  # fmt: skip
        cells |= {
            f"exists: {name}": "yes" if name in regime.equilibria else "no"
            for name in result.solution.names
        }
        rows.append(cells | {f"point: {s.name}": value for s, value in regime.witness.items()})
    return from_rows(rows, whole.caption, whole.note)


def from_rows(rows: Iterable[Row], caption: str = "", note: Cell = "") -> Table:
    """A table of rows that need not have the same columns; what a row lacks is empty."""
    items = list(rows)
    columns = _merged_order(list(row) for row in items)
    cells = tuple(tuple(row.get(name, "") for name in columns) for row in items)
    return Table(tuple(columns), cells, caption, note)


def _merged_order(lists: Iterable[list[str]]) -> list[str]:
    """Every name once; one that is new stands after that which it follows in its own list."""
    merged: list[str] = []
    for names in lists:
        for position, name in enumerate(names):
            if name not in merged:
                place = merged.index(names[position - 1]) + 1 if position else 0
                merged.insert(place, name)
    return merged


def with_decimals(whole: Table) -> Table:
    """The table with a column of decimal numbers beside each column in which there are any."""
    if whole.is_record or not whole.rows:
        return whole
    columns: list[str] = []
    cells: list[tuple[Cell, ...]] = []
    for name, column in zip(whole.columns, zip(*whole.rows, strict=True), strict=True):
        columns.append(name)
        cells.append(column)
        decimals = tuple(map(_decimal, column))
        if any(decimal != "" for decimal in decimals):
            columns.append(f"{name}{DECIMAL}")
            cells.append(decimals)
    return Table(tuple(columns), tuple(zip(*cells, strict=True)), whole.caption, whole.note)


def _decimal(cell: Cell) -> Cell:
    """An exact number as a decimal one; empty where the cell is none."""
    if not (isinstance(cell, sp.Expr) and cell.is_number and cell.is_real and cell.is_finite):
        return ""
    return repr(float(cell))
