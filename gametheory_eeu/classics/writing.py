"""Short ways to write down the games of the catalogue."""

from __future__ import annotations

from functools import partial
from typing import Any

from gametheory_eeu.classics.classic import Known
from gametheory_eeu.forms import NormalForm


def table(rows: str, columns: str, cells: str, **options: Any) -> partial[NormalForm]:
    """How to make a two-player game: rows apart by "|", cells by spaces, payoffs by ";"."""
    return partial(_table, rows, columns, cells, **options)


def _table(rows: str, columns: str, cells: str, **options: Any) -> NormalForm:
    pairs = [[cell.split(";") for cell in row.split()] for row in cells.split("|")]
    mine, theirs = ([[pair[i] for pair in row] for row in pairs] for i in (0, 1))
    return NormalForm(mine, theirs, actions=[rows.split(), columns.split()], **options)


def known(*strategies: str, condition: str = "") -> Known:
    """An equilibrium as published: for each player the probabilities, apart by spaces."""
    return Known(tuple(tuple(chances.split()) for chances in strategies), condition)


__all__ = ["known", "table"]
