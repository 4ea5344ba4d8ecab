"""Page of a report: one HTML file that needs no network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import gametheory_eeu
from gametheory_eeu.cases import Diagram
from gametheory_eeu.report import diagram as drawings
from gametheory_eeu.report.parts import PageSection

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

NAME = "report.html"
_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """What a page says, in its order.

    Parameters
    ----------
    title : str
    summary : tuple of str
        The argument in plain words, by paragraphs.
    words : tuple of pairs
        The title of each game, and what holds at each calibration.
    diagram : Diagram
    sections : tuple of PageSection
    files : tuple of str
        The names of the files beside it.
    citation : str
        How the library is cited.
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
        """The page.

        Parameters
        ----------
        manifest : str
            The name of the list of files.
        """
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
