"""The table that every result becomes before it is written in some format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.display.printers import Math

Cell: TypeAlias = Any
"""Text, a SymPy expression or condition, :class:`Math`, or a tuple of these, one after another."""


@dataclass(frozen=True, repr=False)
class Table(Displayable):
    """A table with a caption above and a note below.

    Parameters
    ----------
    columns : tuple of str
        Empty headings make a *record*: two columns, names and values.
    rows : tuple of tuples of cells
    caption : str
    note : cell

    Examples
    --------
    >>> print(Table(("state", "votes"), (("North", "2"),), "Votes"))
    Votes
    state   votes
    ─────────────
    North   2
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: Cell = ""

    def shortened(self, most: int = 12) -> Table:
        """Of many rows the first and the last.

        Parameters
        ----------
        most : int
            Rows of a table that is left as it is; of a longer one as many are shown.

        Examples
        --------
        >>> [row[0] for row in Table(("n",), tuple((str(k),) for k in range(9))).shortened(4).rows]
        ['0', '1', '…', '7', '8']
        """
        if len(self.rows) <= arg.integer("most", most, 2):
            return self
        half = most // 2
        ellipsis = (tuple("…" for _ in self.columns),)
        return replace(self, rows=(*self.rows[:half], *ellipsis, *self.rows[-half:]))

    @property
    def is_record(self) -> bool:
        """Whether the columns have no headings."""
        return not any(self.columns)

    def without(self, *columns: str) -> Table:
        """The table without some of its columns."""
        return self._select([i for i, name in enumerate(self.columns) if name not in columns])

    def without_empty(self) -> Table:
        """The table without its empty columns."""
        nonempty = [i for i, _ in enumerate(self.columns) if any(row[i] != "" for row in self.rows)]
        return self if self.is_record else self._select(nonempty)

    def _select(self, indices: list[int]) -> Table:
        return replace(self, columns=tuple(self.columns[i] for i in indices),
                       rows=tuple(tuple(row[i] for i in indices) for row in self.rows))  # fmt: skip

    def __repr__(self) -> str:
        return f"<table {self.caption!r}: {len(self.rows)} x {len(self.columns)}>"


def write_cell(
    cell: Cell,
    write_math: Callable[[Math], str],
    write_expression: Callable[[Any], str],
    write_text: Callable[[str], str] = str,
) -> str:
    """A cell in some format, part by part."""
    if isinstance(cell, tuple):
        return "".join(write_cell(c, write_math, write_expression, write_text) for c in cell)
    if isinstance(cell, Math):
        return write_math(cell)
    return write_expression(cell) if isinstance(cell, sp.Basic) else write_text(str(cell))


def record(rows: list[tuple[str, Cell]], caption: str = "") -> Table:
    """A table of names and values, empty values left out."""
    return Table(("", ""), tuple(row for row in rows if row[1] != ""), caption)


def join_cells(parts: list[Cell], separator: str = "; ") -> Cell:
    """Cells joined into one, with a separator between them."""
    cells: list[Cell] = []
    for part in parts:
        cells += [separator, part] if cells else [part]
    return cells[0] if len(cells) == 1 else tuple(cells) or ""


def sentences(*cells: Cell, separator: str = " ") -> Cell:
    """The cells that are not empty, one after another."""
    return join_cells([cell for cell in cells if cell != ""], separator)


def atoms(cell: Cell) -> Iterator[Cell]:
    """The texts and expressions of a cell, one after another."""
    for part in cell if isinstance(cell, tuple) else ():
        yield from atoms(part)
    if not isinstance(cell, tuple):
        yield cell


def lowercase_first(meaning: str) -> str:
    """Text with its first letter in lower case, acronyms left alone."""
    return meaning if meaning[1:2].isupper() else meaning[:1].lower() + meaning[1:]
