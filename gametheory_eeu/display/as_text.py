"""Results as text, as wide as the terminal, and as HTML for notebooks."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.printers import math_text, symbol_text, value_text
from gametheory_eeu.display.result_tables import summary
from gametheory_eeu.display.tables import Cell, Table, write_cell

_NARROW_WIDTH = 16
_GAP = 3  # between two columns, in characters
_PROSE_WIDTH = 12
"""What a column of prose is left at least, unless all it says is shorter."""
_MAX_LINES = 15
"""The most lines of a row side by side: what is taller is easier to read one cell after another."""
_NAME_COLUMNS = ("symbol", "quantity", "parameter", "equilibrium", "name", "derivative of")
"""Columns that are not to be broken, besides those that are narrow."""


def wrap(text: str, width: int, indent: int = 0) -> list[str]:
    """Text in lines broken at spaces; a word longer than a line is a line.

    Examples
    --------
    >>> wrap("the word is kept", 10, indent=2)
    ['the word', '  is kept']
    """
    lines: list[str] = []
    for line in text.split("\n"):
        first, *words = line.split(" ")
        lines.append(" " * indent * bool(lines) + first)
        for word in words:
            if cell_len(lines[-1]) + 1 + cell_len(word.rstrip()) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(" " * indent + word)
    return [line.rstrip() for line in lines]


@dataclass(frozen=True)
class Column:
    """A heading and the cells below it, as text."""

    name: str
    head: str
    cells: tuple[str, ...]

    @cached_property
    def full(self) -> int:
        """The width at which nothing is wrapped."""
        return max(map(_longest_line, (self.head, *self.cells)))

    @cached_property
    def is_whole(self) -> bool:
        """Whether its cells are not to be wrapped."""
        return (
            max(map(_longest_line, self.cells), default=0) <= _NARROW_WIDTH
            or self.name in _NAME_COLUMNS
        )

    @cached_property
    def word_width(self) -> int:
        """The width of its longest word."""
        words = (word for text in (self.head, *self.cells) for word in text.split())
        return max(map(cell_len, words), default=0)

    def least(self, *, tight: bool) -> int:
        """The least width: of prose so that it reads, and never less than the longest word.

        Narrow columns and names are left whole, the narrow ones unless it is tight.
        """
        if self.name in _NAME_COLUMNS or (self.is_whole and not tight):
            return self.full
        is_short = tight and self.full <= 2 * _PROSE_WIDTH
        return max(self.word_width, 0 if is_short else min(self.full, _PROSE_WIDTH))


def table_lines(columns: Sequence[Column], width: int) -> Iterator[tuple[str, str]]:
    """Lines of a table with their styles."""
    for tight in (False, True):
        blocks = list(_blocks(columns, width)) if not tight else [list(columns)]
        if all(_fits(block, width, tight=tight) for block in blocks):
            widths = [_column_widths(block, width, tight=tight) for block in blocks]
            if any(map(_is_tall, blocks, widths)):
                break
            for i, (block, block_widths) in enumerate(zip(blocks, widths, strict=True)):
                if i:
                    yield "", ""
                yield from _block_lines(block, block_widths)
            return
    yield from _stacked_lines(columns, width)


def _fits(columns: Sequence[Column], width: int, *, tight: bool = False) -> bool:
    total = sum(c.least(tight=tight) for c in columns)
    return total + _GAP * (len(columns) - 1) <= width


def _is_tall(columns: Sequence[Column], widths: Sequence[int]) -> bool:
    cells = ((cell, width) for c, width in zip(columns, widths, strict=True) for cell in c.cells)
    return len(columns) > 2 and any(len(wrap(*pair)) > _MAX_LINES for pair in cells)


def _blocks(columns: Sequence[Column], width: int) -> Iterator[list[Column]]:
    """Blocks of columns that fit side by side, each beginning with the first column."""
    if not all(c.is_whole for c in columns) or _fits(columns, width):
        yield list(columns)
        return
    block = [columns[0]]
    for column in columns[1:]:
        if len(block) > 1 and not _fits([*block, column], width):
            yield block
            block = [columns[0]]
        block.append(column)
    yield block


def _block_lines(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[tuple[str, str]]:
    if any(c.head for c in columns):
        yield from ((line, "bold") for line in _row_lines([c.head for c in columns], widths))
        yield "─" * (sum(widths) + _GAP * (len(widths) - 1)), ""
    for cells in zip(*(c.cells for c in columns), strict=True):
        yield from ((line, "") for line in _row_lines(cells, widths))


def _row_lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row."""
    parts = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for k in range(max(map(len, parts))):
        line_parts = [part[k] if k < len(part) else "" for part in parts]
        padded_cells = (
            text + " " * (w - cell_len(text)) for text, w in zip(line_parts, widths, strict=True)
        )
        yield (" " * _GAP).join(padded_cells).rstrip()


def _column_widths(columns: Sequence[Column], width: int, *, tight: bool) -> list[int]:
    """Column widths side by side: the widest shrink first, down to the next one's width."""
    widths, minima = [c.full for c in columns], [c.least(tight=tight) for c in columns]
    excess = sum(widths) + _GAP * (len(widths) - 1) - width
    while excess > 0:
        shrinkable = [i for i in range(len(widths)) if widths[i] > minima[i]]
        largest = max(widths[i] for i in shrinkable)
        widest = [i for i in shrinkable if widths[i] == largest]
        next_width = max((widths[i] for i in shrinkable if widths[i] < largest), default=0)
        for remaining, i in zip(range(len(widest), 0, -1), widest, strict=True):
            reduction = min(largest - next_width, largest - minima[i], round(excess / remaining))
            widths[i] -= reduction
            excess -= reduction
    return widths


def _stacked_lines(columns: Sequence[Column], width: int) -> Iterator[tuple[str, str]]:
    """One block per row and one line per cell: its column's name and its text."""
    is_record = not any(c.head for c in columns)
    for k in range(len(columns[0].cells)):
        if not is_record:
            yield "", ""
        entries = [(c.head, c.cells[k]) for c in columns if c.cells[k]]
        if is_record:
            entries = [(columns[0].cells[k], ": ".join(cell for _, cell in entries[1:]))]
        for head, cell in entries:
            text = f"{head}: {cell}" if head else cell
            yield from ((line, "") for line in wrap(text, width, indent=2))
    if not is_record:
        yield "", ""


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


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
    """A cell as Unicode text.

    Examples
    --------
    >>> import sympy as sp
    >>> cell_text(("w = ", sp.CRootOf(sp.Symbol("x") ** 5 - sp.Symbol("x") - 1, 0)))
    'w ≈ 1.167'
    """
    return write_cell(cell, math_text, value_text).replace("= ≈", "≈")


_CLASS = "table.gametheory-eeu.gametheory-eeu"  # twice, to outweigh JupyterLab's own rules
_CSS = (
    f"<style>{_CLASS} {{border-collapse: collapse}} "
    f"{_CLASS} caption {{text-align: left; font-weight: bold; caption-side: top; "
    "width: max-content; max-width: 44em} "
    f"{_CLASS} :is(th, td) {{text-align: left; vertical-align: top; "
    "white-space: pre-wrap; padding: 0.2em 0.9em 0.2em 0}</style>"
)
"""Notebooks set the text of tables right, and forget the spaces that a tree is drawn with."""


def html(result: Any) -> str:
    """A result as an HTML table, its text set left."""
    table = summary(result)
    parts = [f"<caption>{escape(table.caption)}</caption>"] if table.caption else []
    if not table.is_record:
        parts.append(f"<thead>{_row('th', [symbol_text(name) for name in table.columns])}</thead>")
    parts += ["<tbody>", *_body(table), "</tbody>"]
    if table.note:
        note = escape(cell_text(table.note)).replace("\n", "<br>")
        cell = f'<td colspan="{len(table.columns)}"><em>{note}</em></td>'
        parts.append(f"<tfoot><tr>{cell}</tr></tfoot>")
    return "\n".join([_CSS, '<table class="gametheory-eeu">', *parts, "</table>"])


def _body(table: Table) -> list[str]:
    lines = [[cell_text(cell) for cell in row] for row in table.rows]
    if not table.is_record:
        return [_row("td", line) for line in lines]
    return [f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in lines]


def _row(tag: str, cells: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
