"""Representations of results, forwarded to the display package on demand."""

from __future__ import annotations

from typing import Any

from gametheory_eeu.core.pickling import Picklable


class Displayable(Picklable):
    """A result with text, HTML and LaTeX forms, a data frame and JSON."""

    __slots__ = ()

    def __str__(self) -> str:
        from gametheory_eeu import display

        return display.text(self)

    def _repr_html_(self) -> str:
        from gametheory_eeu import display

        return display.html(self)

    def to_latex(self) -> str:
        """LaTeX, for a paper: a proposition or a ``booktabs`` table."""
        from gametheory_eeu import display

        return display.latex(self)

    def to_dataframe(self) -> Any:
        """A pandas data frame, one row for each item."""
        from gametheory_eeu import display

        return display.dataframe(self)

    def to_json(self) -> str:
        """JSON with exact numbers as text and the versions that made it."""
        from gametheory_eeu import display

        return display.json_text(self)
