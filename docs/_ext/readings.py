"""Directives that read tables from the code, so that no page keeps a second copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import gametheory_eeu as eeu
from gametheory_eeu.display.printers import latex
from gametheory_eeu.models import CLASSES
from gametheory_eeu.models.vocabulary import VOCABULARY

GAMES: list[Any] = [getattr(eeu, name) for name in CLASSES]


def math(expression: sp.Basic) -> str:
    """An expression as a paper writes it."""
    return f"${latex(expression)}$"


def cited(source: eeu.Source) -> str:
    """A source, its reference linked to the bibliography."""
    reference = f"{{cite:t}}`{source.reference}`" if source.reference else ""
    return f"[{source.mark}] " + ", ".join(filter(None, (reference, source.note)))


class Table(SphinxDirective):
    """A table whose rows are read from the package when the site is built."""

    head: tuple[str, ...]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The cells, in Markdown."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Hand the table to the Markdown parser."""
        lines = [self.head, ("---",) * len(self.head), *self.rows()]
        text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return self.parse_text_to_nodes(text)


class SymbolTable(Table):
    """Every parameter of the package: one name, one symbol, one meaning."""

    head = ("symbol", "name", "text", "meaning", "allowed", "unit", "games")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """One row a parameter."""
        for row in VOCABULARY:
            games = ", ".join(game.title for game in GAMES if row.name in game.parameters)
            yield (math(row.symbol), f"`{row.name}`", f"`{row.symbol.name}`", row.meaning,
                   row.domain_text, row.unit, games)  # fmt: skip


class GameParameters(Table):
    """The parameters of the game named by the argument, with their sources."""

    required_arguments = 1
    head = ("symbol", "name", "meaning", "allowed", "source")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """One row a parameter."""
        for row in getattr(eeu, self.arguments[0]).parameters:
            yield (math(row.symbol), f"`{row.name}`", row.meaning, row.domain_text,
                   cited(row.source))  # fmt: skip


class GameQuantities(Table):
    """The quantities of the game named by the argument, in its symbols."""

    required_arguments = 1
    head = ("symbol", "name", "meaning", "expression", "exists where")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """One row a quantity."""
        for found in getattr(eeu, self.arguments[0])().quantities.values():
            exists = "everywhere" if found.exists_when == sp.true else math(found.exists_when)
            yield (f"${found.symbol}$", f"`{found.name}`", found.meaning, math(found.expression),
                   exists)  # fmt: skip


class Models(SphinxDirective):
    """The class of every model, with its members."""

    def run(self) -> list[nodes.Node]:
        """Hand a directive for each to autodoc."""
        lines = ["```{eval-rst}"]
        for name, folder in CLASSES.items():
            lines += [f".. autoclass:: gametheory_eeu.models.{folder}.{name}", "   :members:", ""]
        return self.parse_text_to_nodes("\n".join([*lines, "```"]))


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx about the directives."""
    app.add_directive("symbol-table", SymbolTable)
    app.add_directive("game-parameters", GameParameters)
    app.add_directive("game-quantities", GameQuantities)
    app.add_directive("models", Models)
    return {"parallel_read_safe": True}
