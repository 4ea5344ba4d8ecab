"""Results as text for a terminal, at most 100 columns wide."""

from __future__ import annotations

from io import StringIO
from typing import Any

import sympy as sp
from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from gametheory_eeu.display.describe import reading
from gametheory_eeu.display.notation import Math, math_text, symbol_text
from gametheory_eeu.display.printers import shown
from gametheory_eeu.display.tables import Cell, Table

WIDTH = 100
_NARROW = 16
_NAMES = ("symbol", "quantity", "parameter", "equilibrium", "name", "derivative of")
"""Columns that are not to be broken, besides those that are narrow."""


def text(result: Any) -> str:
    """A result as plain text."""
    stream = StringIO()
    console = Console(file=stream, width=WIDTH, color_system=None, legacy_windows=False)
    console.print(renderable(reading(result)))
    return "\n".join(line.rstrip() for line in stream.getvalue().rstrip().splitlines())


def renderable(table: Table) -> RenderableType:
    """A table as Rich prints it, in a terminal of any width."""
    grid = RichTable(box=box.SIMPLE_HEAD, show_header=not table.is_record, pad_edge=False,
                     show_edge=False, header_style="bold")  # fmt: skip
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    for name, cells in zip(table.columns, zip(*rows, strict=True), strict=True):
        whole = max(map(len, cells)) <= _NARROW or name in _NAMES
        grid.add_column(Text(symbol_text(name)), overflow="fold", no_wrap=whole)
    for row in rows:
        grid.add_row(*map(Text, row))
    parts: list[RenderableType] = [grid]
    if table.caption:
        parts.insert(0, Text(table.caption, style="bold"))
    if table.note:
        parts.append(Text(cell_text(table.note), style="italic"))
    return Group(*parts)


def cell_text(cell: Cell) -> str:
    """A cell as a reader sees it."""
    if isinstance(cell, tuple):
        return "".join(map(cell_text, cell))
    if isinstance(cell, Math):
        return math_text(cell)
    return shown(cell) if isinstance(cell, sp.Basic) else str(cell)
