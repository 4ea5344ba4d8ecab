"""Results as text, as wide as the terminal, and as HTML for notebooks."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from html import escape
from typing import Any

import sympy as sp
from rich.console import Group, RenderableType
from rich.text import Text

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.layout import Column, table_lines, wrap
from gametheory_eeu.display.notation import Math, math_text, symbol_text
from gametheory_eeu.display.printers import value_text
from gametheory_eeu.display.result_tables import summary
from gametheory_eeu.display.tables import Cell, Table

WIDTH = 100


def _check_width(name: str, value: object) -> int:
    return arg.integer(name, value, least=1)


@arg.validate(width=arg.optional(_check_width))
def text(result: Any, width: int | None = None) -> str:
    """A result as plain text.

    Parameters
    ----------
    result : any result of the library
    width : int, optional
        In characters; the terminal's unless given. Below what a table takes side by side it is
        stacked: nothing is cut.
    """
    line_width = _terminal_width() if width is None else width
    return "\n".join(line for line, _ in _lines(summary(result), line_width)).strip("\n")


@arg.validate(table=arg.instance_of(Table, "a table"), width=_check_width)
def renderable(table: Table, width: int = WIDTH) -> RenderableType:
    """A table as Rich prints it in a terminal of some width."""
    return Group(*(Text(line, style=style, no_wrap=True, overflow="ignore")
                   for line, style in _lines(table, width)))  # fmt: skip


def _lines(table: Table, width: int) -> Iterator[tuple[str, str]]:
    """Lines with their styles: the caption, the table, the note."""
    if table.caption:
        yield from ((line, "bold") for line in wrap(table.caption, width))
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    columns = [
        Column(name, symbol_text(name), tuple(row[i] for row in rows))
        for i, name in enumerate(table.columns)
    ]
    yield from table_lines(columns, width)
    if table.note:
        yield from ((line, "italic") for line in wrap(cell_text(table.note), width))


def _terminal_width() -> int:
    """Width of the terminal, or the default where there is none."""
    if "COLUMNS" in os.environ or getattr(sys.stdout, "isatty", bool)():
        return shutil.get_terminal_size((WIDTH, 24)).columns
    return WIDTH


def cell_text(cell: Cell) -> str:
    """A cell as Unicode text."""
    if isinstance(cell, tuple):
        return "".join(map(cell_text, cell))
    if isinstance(cell, Math):
        return math_text(cell)
    return value_text(cell) if isinstance(cell, sp.Basic) else str(cell)


def html(result: Any) -> str:
    """A result as an HTML table."""
    table = summary(result)
    parts = [f"<caption>{escape(table.caption)}</caption>"] if table.caption else []
    if not table.is_record:
        parts.append(f"<thead>{_row('th', [symbol_text(name) for name in table.columns])}</thead>")
    parts += ["<tbody>", *_body(table), "</tbody>"]
    if table.note:
        note = escape(cell_text(table.note)).replace("\n", "<br>")
        cell = f'<td colspan="{len(table.columns)}"><em>{note}</em></td>'
        parts.append(f"<tfoot><tr>{cell}</tr></tfoot>")
    return "\n".join(['<table class="gametheory-eeu">', *parts, "</table>"])


def _body(table: Table) -> list[str]:
    lines = [[cell_text(cell) for cell in row] for row in table.rows]
    if not table.is_record:
        return [_row("td", line) for line in lines]
    return [f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in lines]


def _row(tag: str, cells: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
