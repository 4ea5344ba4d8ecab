"""Exhibits of a case: tables and figures of the whole argument, and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import Exhibit
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.report.parts import results_in


def names(exhibit: Exhibit) -> Iterator[str]:
    """The names of its files."""
    if exhibit.table is not None:
        yield from (f"{exhibit.name}.csv", f"{exhibit.name}.tex")
    if exhibit.figure is not None:
        yield f"{exhibit.name}.png"


def compute(exhibit: Exhibit) -> tuple[list[Any], Any]:
    """The results of its table, and its figure."""
    figure = None if exhibit.figure is None else arg.call("figure", exhibit.figure)
    return _results("table", exhibit.table), figure


def brief(exhibit: Exhibit) -> list[Any]:
    """The results that it shows in brief."""
    return _results("brief", exhibit.brief)


def _results(name: str, function: Callable[[], Any] | None) -> list[Any]:
    return [] if function is None else list(results_in(arg.call(name, function)))


def files(exhibit: Exhibit, results: list[Any], png: bytes | None) -> dict[str, bytes]:
    """Its files by name."""
    pictures = {} if png is None else {f"{exhibit.name}.png": png}
    if exhibit.table is None:
        return pictures
    texts = {"csv": map(display.csv, results), "tex": map(display.latex, results)}
    return {
        f"{exhibit.name}.{kind}": ("\n".join(parts) + "\n" * (kind == "tex")).encode()
        for kind, parts in texts.items()
    } | pictures
