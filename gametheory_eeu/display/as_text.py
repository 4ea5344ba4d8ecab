"""Results as text for a terminal, at most 100 columns wide."""

from __future__ import annotations

from io import StringIO
from typing import Any

import sympy as sp
from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from gametheory_eeu import arguments as arg
from gametheory_eeu.display.describe import reading
from gametheory_eeu.display.notation import Math, math_text, symbol_text
from gametheory_eeu.display.printers import shown
from gametheory_eeu.display.tables import Cell, Table

WIDTH = 100
_NARROW = 16
_BETWEEN = 3  # between two columns, in characters
_NAMES = ("symbol", "quantity", "parameter", "equilibrium", "name", "derivative of")
"""Columns that are not to be broken, besides those that are narrow."""


def text(result: Any) -> str:
    """A result as plain text."""
    stream = StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, legacy_windows=False)
    console.print(renderable(reading(result)))
    return "\n".join(line.rstrip() for line in stream.getvalue().rstrip().splitlines())


def _width(name: str, value: object) -> int:
    return arg.whole(name, value, least=1)


@arg.checks(table=arg.a(Table, "a table"), width=_width)
def renderable(table: Table, width: int = WIDTH) -> RenderableType:
    """A table as Rich prints it, in a terminal of some width.

    A table of narrow columns that is too wide is printed in blocks of columns, each with the first.
    """
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    parts: list[RenderableType] = []
    for block in _blocks(table, rows, width):
        parts += [*([""] if parts else []), _grid(table, rows, block)]
    if table.caption:
        parts.insert(0, Text(table.caption, style="bold"))
    if table.note:
        parts.append(Text(cell_text(table.note), style="italic"))
    return Group(*parts)


def _grid(table: Table, rows: list[list[str]], block: list[int]) -> RichTable:
    """Some of the columns of a table."""
    grid = RichTable(box=box.SIMPLE_HEAD, show_header=not table.is_record, pad_edge=False,
                     show_edge=False, header_style="bold")  # fmt: skip
    for i in block:
        whole = _is_whole(table.columns[i], [row[i] for row in rows])
        grid.add_column(Text(symbol_text(table.columns[i])), overflow="fold", no_wrap=whole)
    for row in rows:
        grid.add_row(*(Text(row[i]) for i in block))
    return grid


def _is_whole(name: str, cells: list[str]) -> bool:
    """Whether the cells of a column are not to be broken."""
    return max(map(len, cells), default=0) <= _NARROW or name in _NAMES


def _blocks(table: Table, rows: list[list[str]], width: int) -> list[list[int]]:
    """The columns side by side: all, unless none of them can be broken and they do not fit."""
    every = list(range(len(table.columns)))
    columns = [[row[i] for row in rows] for i in every]
    if not all(map(_is_whole, table.columns, columns)):
        return [every]
    wide = [max(map(len, [symbol_text(name), *cells])) + _BETWEEN
            for name, cells in zip(table.columns, columns, strict=True)]  # fmt: skip
    blocks = [every[:1]]
    for i in every[1:]:
        taken = sum(wide[j] for j in blocks[-1])
        if len(blocks[-1]) > 1 and taken + wide[i] > width + _BETWEEN:
            blocks.append([0])
        blocks[-1].append(i)
    return blocks


def cell_text(cell: Cell) -> str:
    """A cell as a reader sees it."""
    if isinstance(cell, tuple):
        return "".join(map(cell_text, cell))
    if isinstance(cell, Math):
        return math_text(cell)
    return shown(cell) if isinstance(cell, sp.Basic) else str(cell)
