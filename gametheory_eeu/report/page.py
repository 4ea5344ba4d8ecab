"""Page of a report: one HTML file that needs no network, and the parts it is made of.

The parts are plain text and bytes, which travel between processes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import gametheory_eeu
from gametheory_eeu import display
from gametheory_eeu.cases import Diagram
from gametheory_eeu.display import Table
from gametheory_eeu.display.as_text import cell_text
from gametheory_eeu.report import diagram as drawings

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

NAME = "report.html"
_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class PageTable:
    """A table of text; without columns the first cell of a row is its name."""

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
    """A picture with what it shows in words."""

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
    """Text or a table that opens on a click."""

    head: str
    lines: tuple[str, ...] = ()
    table: PageTable | None = None


@dataclass(frozen=True)
class PageSection:
    """A section of the page; its readings say what holds at each calibration, by its name."""

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


@dataclass(frozen=True)
class Page:
    """What a page says, in its order.

    The words are the title of each game and what holds at each calibration; the files those beside
    the page.
    """

    title: str
    summary: tuple[str, ...]
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    diagram: Diagram
    sections: tuple[PageSection, ...]
    files: tuple[str, ...]
    citation: str

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The anchors and titles of the sections."""
        own = [(section.anchor, section.title) for section in self.sections]
        return [
            ("words", "In plain words"), ("diagram", "Diagram"), *own,
            ("files", "Files"),
        ]  # fmt: skip

    @property
    def steps(self) -> tuple[drawings.Reading, ...]:
        """The diagram in words."""
        return drawings.readings(self.diagram)

    def html(self, manifest: str) -> str:
        """The page; the manifest is the name of the list of files."""
        return _environment().get_template("page.html").render(
            page=self,
            drawing=drawings.draw(self.diagram),
            box_width=drawings.BOX_WIDTH,
            style=(_FOLDER / "style.css").read_text("utf-8"),
            version=gametheory_eeu.__version__,
            manifest=manifest,
        )  # fmt: skip


@cache
def _environment() -> Environment:
    """Templates in which every value is text: what would be a tag is shown as it is written."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_FOLDER)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["subscripts"] = _subscripts
    return environment


_SUBSCRIPT = re.compile(r"(?<!\w)([^\W\d_])_(\w+)")


def _subscripts(text: str) -> Markup:
    """Text with its symbols as they are printed: ``P_abs`` with a subscript."""
    from markupsafe import Markup, escape

    return Markup(_SUBSCRIPT.sub(r"\1<sub>\2</sub>", str(escape(text))))
