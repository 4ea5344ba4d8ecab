"""Exhibit: a table or a figure of a whole argument, beside the chapters of its games."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, ParameterError

_FUNCTION = "a function without arguments"


@dataclass(frozen=True)
class Exhibit:
    """A table, a figure or both, on no single game of a case, in its report.

    Parameters
    ----------
    name : str
        Of its files: ``"states"``.
    title : str
    text : str
        What it shows, in words.
    table : function, optional
        Without arguments; returns a result of the library, or a list of them.
    figure : function, optional
        Without arguments; returns a Matplotlib figure.
    alt : str
        What the figure shows, for those who do not see it.
    brief : function, optional
        Like ``table``: what the terminal shows of it, where it shows the argument on one screen.
    is_main : bool
        Whether a report without options has it, too.
    """

    name: str
    title: str
    text: str = ""
    table: Callable[[], Any] | None = None
    figure: Callable[[], Any] | None = None
    alt: str = ""
    brief: Callable[[], Any] | None = None
    is_main: bool = True

    def __post_init__(self) -> None:
        for name in ("name", "title", "text", "alt"):
            arg.text(name, getattr(self, name))
        arg.flag("is_main", self.is_main)
        if not self.name.isidentifier():
            raise ParameterError("name", self.name, "one word, which names files")
        for name in ("table", "figure", "brief"):
            if getattr(self, name) is not None:
                arg.function(name, getattr(self, name), _FUNCTION)
        if self.table is None and self.figure is None:
            raise GameTheoryError(
                f"the exhibit {self.name!r} shows nothing; give it a table or a figure"
            )
        if self.figure is not None and not self.alt:
            raise GameTheoryError(
                f"the figure of the exhibit {self.name!r} says nothing to those who do not see "
                "it; describe it in alt"
            )
