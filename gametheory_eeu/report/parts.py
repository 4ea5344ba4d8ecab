"""Parts of the page of a report, as plain text and bytes, which travel between processes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from gametheory_eeu import display
from gametheory_eeu.display import Table
from gametheory_eeu.display.as_text import cell_text


@dataclass(frozen=True)
class PageTable:
    """A table of text.

    Parameters
    ----------
    caption : str
    columns : tuple of str
        Empty where its first column names the rows, and no column has a heading.
    rows : tuple of tuples of str
    note : tuple of str
        Paragraphs.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: tuple[str, ...] = ()

    @classmethod
    def of(cls, result: Any, caption: str = "") -> Self:
        """The table that is a result's summary."""
        table: Table = display.summary(result)
        heads = () if table.is_record else tuple(map(display.symbol_text, table.columns))
        rows = tuple(tuple(map(cell_text, row)) for row in table.rows)
        note = tuple(filter(None, cell_text(table.note).split("\n")))
        return cls(caption or table.caption or "Table", heads, rows, note)


@dataclass(frozen=True)
class PageFigure:
    """A picture with what it shows in words.

    Parameters
    ----------
    png : bytes
    alt : str
    caption : str
    """

    png: bytes
    alt: str
    caption: str

    @property
    def uri(self) -> str:
        """The picture as an address that needs no network."""
        return f"data:image/png;base64,{b64encode(self.png).decode()}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as its header says."""
        width, height = (int.from_bytes(self.png[i : i + 4], "big") for i in (16, 20))
        return width, height


@dataclass(frozen=True)
class Note:
    """Text or a table that opens on a click.

    Parameters
    ----------
    head : str
    lines : tuple of str
    table : PageTable, optional
    """

    head: str
    lines: tuple[str, ...] = ()
    table: PageTable | None = None


@dataclass(frozen=True)
class PageSection:
    """A section of the page.

    Parameters
    ----------
    anchor : str
    title : str
    paragraphs : tuple of str
    tables : tuple of PageTable
    figures : tuple of PageFigure
    notes : tuple of Note
    notes_title : str
    readings : tuple of pairs of str
        What holds at each calibration, by its name.
    """

    anchor: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[PageTable, ...] = ()
    figures: tuple[PageFigure, ...] = ()
    notes: tuple[Note, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    notes_title: str = ""


def grouped(sentences: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Sentences by label, those that are the same under one.

    Examples
    --------
    >>> grouped([("before", "Closed."), ("after", "Open."), ("later", "Open.")])
    (('before', 'Closed.'), ('after, later', 'Open.'))
    """
    labels: dict[str, list[str]] = {}
    for label, sentence in sentences:
        labels.setdefault(sentence, []).append(label)
    return tuple((", ".join(own), sentence) for sentence, own in labels.items())


def results_in(value: Any) -> Sequence[Any]:
    """A result, or those of a list."""
    return value if isinstance(value, (list, tuple)) else [value]
