"""Shorthand notation for the games of the catalogue."""

from __future__ import annotations

from functools import partial
from typing import Any

from gametheory_eeu.classics.classic import PublishedEquilibrium
from gametheory_eeu.forms import NormalForm


def bimatrix(rows: str, columns: str, cells: str, **options: Any) -> partial[NormalForm]:
    """A two-player game from text: rows split by |, cells by spaces, payoffs by semicolons."""
    return partial(_bimatrix, rows, columns, cells, **options)


def _bimatrix(rows: str, columns: str, cells: str, **options: Any) -> NormalForm:
    pairs = [[cell.split(";") for cell in row.split()] for row in cells.split("|")]
    first, second = ([[pair[i] for pair in row] for row in pairs] for i in (0, 1))
    return NormalForm(first, second, actions=[rows.split(), columns.split()], **options)


def equilibrium(*strategies: str, condition: str = "") -> PublishedEquilibrium:
    """A published equilibrium: each player's probabilities, separated by spaces."""
    return PublishedEquilibrium(
        tuple(tuple(probabilities.split()) for probabilities in strategies), condition
    )


__all__ = ["bimatrix", "equilibrium"]
