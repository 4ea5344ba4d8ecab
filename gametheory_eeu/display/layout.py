"""A table laid out in lines of some width: no cell is cut, and no word is broken.

Columns of prose give way first, none below its longest word; a table of narrow columns goes on in
further blocks; and what still does not fit is stacked, a row after the other, each cell on a line
of its own behind the name of its column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len

_NARROW = 16
_BETWEEN = 3  # between two columns, in characters
_LEAST = 12
"""What a column of prose is left at least, unless all it says is shorter."""
_TALLEST = 15
"""The most lines of a row side by side: what is taller is easier to read one cell after another."""
_NAMES = ("symbol", "quantity", "parameter", "equilibrium", "name", "derivative of")
"""Columns that are not to be broken, besides those that are narrow."""


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """Text in lines broken at spaces; a word longer than a line is a line.

    Examples
    --------
    >>> wrapped("the word is kept", 10, indent=2)
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
        return max(map(_longest, (self.head, *self.cells)))

    @cached_property
    def is_whole(self) -> bool:
        """Whether its cells are not to be wrapped."""
        return max(map(_longest, self.cells), default=0) <= _NARROW or self.name in _NAMES

    @cached_property
    def words(self) -> int:
        """The width of its longest word."""
        told = (word for text in (self.head, *self.cells) for word in text.split())
        return max(map(cell_len, told), default=0)

    def least(self, *, tight: bool) -> int:
        """The least width: of prose so that it reads, and never less than the longest word.

        Narrow columns and names are left whole, the narrow ones unless it is tight.
        """
        if self.name in _NAMES or (self.is_whole and not tight):
            return self.full
        is_short = tight and self.full <= 2 * _LEAST
        return max(self.words, 0 if is_short else min(self.full, _LEAST))


def laid_out(columns: Sequence[Column], width: int) -> Iterator[tuple[str, str]]:
    """Each line, and its style."""
    for tight in (False, True):
        blocks = list(_blocks(columns, width)) if not tight else [list(columns)]
        if all(_fits(block, width, tight=tight) for block in blocks):
            widths = [_widths(block, width, tight=tight) for block in blocks]
            if any(map(_is_tall, blocks, widths)):
                break
            for i, (block, own) in enumerate(zip(blocks, widths, strict=True)):
                if i:
                    yield "", ""
                yield from _side_by_side(block, own)
            return
    yield from _stacked(columns, width)


def _fits(columns: Sequence[Column], width: int, *, tight: bool = False) -> bool:
    needed = sum(c.least(tight=tight) for c in columns)
    return needed + _BETWEEN * (len(columns) - 1) <= width


def _is_tall(columns: Sequence[Column], widths: Sequence[int]) -> bool:
    cells = ((cell, width) for c, width in zip(columns, widths, strict=True) for cell in c.cells)
    return len(columns) > 2 and any(len(wrapped(*each)) > _TALLEST for each in cells)


def _blocks(columns: Sequence[Column], width: int) -> Iterator[list[Column]]:
    """All columns; or, of narrow ones that do not fit, as many as do, each time with the first."""
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


def _side_by_side(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[tuple[str, str]]:
    if any(c.head for c in columns):
        yield from ((line, "bold") for line in _row([c.head for c in columns], widths))
        yield "─" * (sum(widths) + _BETWEEN * (len(widths) - 1)), ""
    for cells in zip(*(c.cells for c in columns), strict=True):
        yield from ((line, "") for line in _row(cells, widths))


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row."""
    parts = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for k in range(max(map(len, parts))):
        here = [part[k] if k < len(part) else "" for part in parts]
        padded = (text + " " * (w - cell_len(text)) for text, w in zip(here, widths, strict=True))
        yield (" " * _BETWEEN).join(padded).rstrip()


def _widths(columns: Sequence[Column], width: int, *, tight: bool) -> list[int]:
    """The widths of columns side by side: the widest give way, down to the next ones' width."""
    widths, least = [c.full for c in columns], [c.least(tight=tight) for c in columns]
    excess = sum(widths) + _BETWEEN * (len(widths) - 1) - width
    while excess > 0:
        can = [i for i in range(len(widths)) if widths[i] > least[i]]
        most = max(widths[i] for i in can)
        widest = [i for i in can if widths[i] == most]
        below = max((widths[i] for i in can if widths[i] < most), default=0)
        for left, i in zip(range(len(widest), 0, -1), widest, strict=True):
            given = min(most - below, most - least[i], round(excess / left))
            widths[i] -= given
            excess -= given
    return widths


def _stacked(columns: Sequence[Column], width: int) -> Iterator[tuple[str, str]]:
    """One block a row, one line a cell: its column's name and what it says."""
    is_record = not any(c.head for c in columns)
    for k in range(len(columns[0].cells)):
        if not is_record:
            yield "", ""
        told = [(c.head, c.cells[k]) for c in columns if c.cells[k]]
        if is_record:
            told = [(columns[0].cells[k], ": ".join(cell for _, cell in told[1:]))]
        for head, cell in told:
            text = f"{head}: {cell}" if head else cell
            yield from ((line, "") for line in wrapped(text, width, indent=2))
    if not is_record:
        yield "", ""


def _longest(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


__all__ = ["Column", "laid_out", "wrapped"]
