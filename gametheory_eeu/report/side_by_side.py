"""Calibrations of one game beside one another: values, sources, thresholds, equilibria, signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from gametheory_eeu.cases import eeu as article
from gametheory_eeu.core import Source
from gametheory_eeu.display import Cell, Table, matrix, table
from gametheory_eeu.model import AbstractGame, EquilibriumSet, Game
from gametheory_eeu.statics import ComparativeStatic, StaticsTable

CalibratedGames: TypeAlias = Mapping[str, Game]
"""Games by the name of their calibration."""


def _title(cases: Mapping[str, AbstractGame]) -> str:
    game_class = type(next(iter(cases.values())))
    return str(getattr(game_class, "title", game_class.__name__))


def parameters(cases: CalibratedGames) -> Table:
    """A row for each parameter, a column for each calibration, and where the values are from."""
    tables = {label: game.parameters for label, game in cases.items()}
    rows_by_name = {row.name: row for table in tables.values() for row in table}
    rows = tuple(
        (
            row.symbol,
            row.name,
            *(table.values.get(row.name, "") for table in tables.values()),
            _sources(
                {
                    label: table.source(row.name)
                    for label, table in tables.items()
                    if row.name in table
                }
            ),
        )
        for row in rows_by_name.values()
    )
    return Table(("symbol", "parameter", *cases, "source"), rows, f"{_title(cases)}: parameters")


def _sources(sources: Mapping[str, Source]) -> str:
    """The source they share, or each source with the calibrations it holds for."""
    by_text: dict[str, list[str]] = {}
    for label, source in sources.items():
        by_text.setdefault(citation(source), []).append(label)
    generic_texts = {text.replace(label[-4:], "each year") for text, labels in by_text.items()
              for label in labels}  # fmt: skip
    if len(by_text) == 1 or len(generic_texts) == 1:
        return next(iter(by_text if len(by_text) == 1 else generic_texts))
    return "; ".join(f"{', '.join(labels)}: {text}" for text, labels in by_text.items())


def citation(source: Source) -> str:
    """Citation of a source: ``[L] Kydd (2005), ch. 2``."""
    parts = filter(None, (article.cite(source.reference), source.note))
    return f"[{source.mark}] {', '.join(parts)}".strip()


def facts() -> Table:
    """The facts that the article states."""
    rows = tuple((fact.meaning, fact.year, fact.value, citation(fact.source))
                 for fact in article.facts())  # fmt: skip
    return Table(("fact", "year", "value", "source"), rows, "What the article states as fact")


def quantities(cases: CalibratedGames) -> Table:
    """A row for each quantity, a column for each calibration, and its meaning."""
    tables = [table(game.quantities) for game in cases.values()]
    rows = tuple(
        (*quantity_rows[0][:2], *(row[2] for row in quantity_rows), quantity_rows[0][4])
        for quantity_rows in zip(*(quantity_table.rows for quantity_table in tables), strict=True)
    )
    return Table(("symbol", "quantity", *cases, "meaning"), rows, f"{_title(cases)}: quantities")


def equilibria(solutions: Mapping[str, EquilibriumSet]) -> Table:
    """A row for each calibration and equilibrium."""
    tables = {label: table(result).without("exists when", "free", "beliefs", "reading")
             for label, result in solutions.items()}  # fmt: skip
    rows = tuple((label, *row) for label, result in tables.items() for row in result.rows)
    return Table(("calibration", "equilibrium", "strategies", "payoffs"), rows,
                 f"{_title({k: s.game for k, s in solutions.items()})}: equilibria")  # fmt: skip


def concatenate(results: Mapping[str, Any]) -> Table:
    """The tables of several calibrations concatenated, with every column."""
    tables = {label: table(result) for label, result in results.items()}
    rows = tuple(
        (label, *row) for label, result_table in tables.items() for row in result_table.rows
    )
    return Table(("calibration", *next(iter(tables.values())).columns), rows)


def dependent_signs(statics: StaticsTable, cases: CalibratedGames) -> Table:
    """Signs that depend on the parameters, at each calibration."""
    rows = tuple(
        (row.quantity, row.parameter.symbol, *(_sign(row, game) for game in cases.values()))
        for row in statics
        if row.verdict == "depends"
    )
    caption = f"{_title(cases)}: where a sign depends, what it is at each calibration"
    return Table(("derivative of", "in", *cases), rows, caption)


def _sign(row: ComparativeStatic, game: Game) -> Cell:
    """The sign of the same derivative at a calibration."""
    statics = game.comparative_statics(row.quantity, row.parameter.name)
    return matrix(statics).rows[0][1] if len(statics) else ""
