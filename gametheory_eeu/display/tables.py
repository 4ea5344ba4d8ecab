"""Table: the one shape every result takes before it is written in some format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from gametheory_eeu.core.representation import Shown

Cell: TypeAlias = Any
"""Text, a SymPy expression or condition, :class:`Math`, or a tuple of these, one after another."""


@dataclass(frozen=True, repr=False)
class Table(Shown):
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
    >>> print(Table(("state", "votes"), (("Belarus", "2"),), "Votes"))
    Votes
    state     votes
    ───────────────
    Belarus   2
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: Cell = ""

    @property
    def is_record(self) -> bool:
        """Whether the columns have no headings."""
        return not any(self.columns)

    def without(self, *columns: str) -> Table:
        """The table without some of its columns."""
        return self._of([i for i, name in enumerate(self.columns) if name not in columns])

    def without_empty(self) -> Table:
        """The table without the columns in which nothing is written."""
        used = [i for i, _ in enumerate(self.columns) if any(row[i] != "" for row in self.rows)]
        return self if self.is_record else self._of(used)

    def _of(self, kept: list[int]) -> Table:
        return replace(self, columns=tuple(self.columns[i] for i in kept),
                       rows=tuple(tuple(row[i] for i in kept) for row in self.rows))  # fmt: skip

    def __repr__(self) -> str:
        return f"<table {self.caption!r}: {len(self.rows)} x {len(self.columns)}>"


def record(rows: list[tuple[str, Cell]], caption: str = "") -> Table:
    """Names and values, leaving out what is empty."""
    return Table(("", ""), tuple(row for row in rows if row[1] != ""), caption)


def listed(parts: list[Cell], between: str = "; ") -> Cell:
    """Cells one after another in one cell."""
    spaced: list[Cell] = []
    for part in parts:
        spaced += [between, part] if spaced else [part]
    return spaced[0] if len(spaced) == 1 else tuple(spaced) or ""


def filled(cells: Iterable[Cell]) -> list[Cell]:
    """The cells in which something is written."""
    return [cell for cell in cells if cell != ""]


def lower(meaning: str) -> str:
    """Words that begin no sentence."""
    return meaning if meaning[1:2].isupper() else meaning[:1].lower() + meaning[1:]
