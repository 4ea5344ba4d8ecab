"""Comparative statics as tables: row by row for machines, a matrix of signs for readers."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.display.describe import reading, table, title
from gametheory_eeu.display.naming import positive_where
from gametheory_eeu.display.notation import SIGNS, Math
from gametheory_eeu.display.tables import Cell, Table, listed, record
from gametheory_eeu.statics import ComparativeStatic, StaticsTable

_STATIC = ("quantity", "parameter", "derivative", "sign", "verdict", "strict where")


@table.register
def _(result: ComparativeStatic) -> Table:
    rows = list(zip(_STATIC, _static(result), strict=True))
    return record([*rows, ("over", result.space.condition)])


def _static(row: ComparativeStatic) -> tuple[Cell, ...]:
    sign = Math(SIGNS["unknown" if row.verdict == "unknown" else row.sign])
    return row.quantity, row.parameter.name, row.derivative, sign, row.verdict, _strict(row)


def _strict(row: ComparativeStatic) -> Cell:
    """Where a derivative without one strict sign is positive; if it never is, where negative."""
    if row.deciding is None:
        return ""
    if row.sign == "<=0":
        return ("< 0 iff ", sp.Lt(row.deciding, 0))
    return ("> 0 iff ", sp.Gt(row.deciding, 0))


@table.register
def _(result: StaticsTable) -> Table:
    caption = f"{title(result.game)}: comparative statics"
    return Table(_STATIC, tuple(_static(row) for row in result), caption)


@reading.register
def _(result: StaticsTable) -> Table:
    return matrix(result)


def matrix(statics: StaticsTable, symbols: bool = False) -> Table:
    """Signs of derivatives: a row for each quantity, a column for each parameter.

    Parameters
    ----------
    statics : StaticsTable
    symbols : bool
        Quantities by their symbols, as in a paper, in place of their names.
    """
    order = type(statics.game).parameters.expanded(statics.game.members)
    parameters = [p for p in order if any(row.parameter == p for row in statics)]
    signs = {(row.quantity, row.parameter): _static(row)[3] for row in statics}
    rows = tuple(
        (Math(symbol) if symbols else name, *(signs.get((name, p), "") for p in parameters))
        for name, symbol in dict.fromkeys((row.quantity, row.symbol) for row in statics)
    )
    columns = ("derivative of", *(p.symbol.name for p in parameters))
    turns = [_turns(row, symbols) for row in statics if row.verdict == "depends"]
    note = listed([LEGEND, *turns], "\n")
    return Table(columns, rows, f"{title(statics.game)}: signs of derivatives", note)


def _turns(row: ComparativeStatic, symbols: bool) -> Cell:
    name = Math(row.symbol) if symbols else row.quantity
    if row.deciding is None:
        return (name, " rises and falls in ", row.parameter.symbol, ".")
    return (name, " rises in ", row.parameter.symbol, " iff ", positive_where(row), ".")


LEGEND = "Each sign is proved; ± both occur; ? not decided; blank: nothing is claimed."
