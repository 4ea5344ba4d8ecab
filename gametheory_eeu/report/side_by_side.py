"""Calibrations of one game beside one another: values, sources, thresholds, equilibria, signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from gametheory_eeu.cases import Case
from gametheory_eeu.core import Source
from gametheory_eeu.display import Cell, Table, matrix, table
from gametheory_eeu.display.value_tables import from_rows, split_cells
from gametheory_eeu.model import AbstractGame, EquilibriumSet, Game
from gametheory_eeu.statics import ComparativeStatic, StaticsTable

CalibratedGames: TypeAlias = Mapping[str, Game]
"""Games by the name of their calibration."""


def _title(games: Mapping[str, AbstractGame]) -> str:
    game_class = type(next(iter(games.values())))
    return str(getattr(game_class, "title", game_class.__name__))


def parameters(games: CalibratedGames, case: Case) -> Table:
    """A row for each parameter, a column for each calibration, and where the values are from."""
    tables = {label: game.parameters for label, game in games.items()}
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
                },
                case,
            ),
        )
        for row in rows_by_name.values()
    )
    return Table(("symbol", "parameter", *games, "source"), rows, f"{_title(games)}: parameters")


def _sources(sources: Mapping[str, Source], case: Case) -> str:
    """The source they share, or each source with the calibrations it holds for."""
    by_text: dict[str, list[str]] = {}
    for label, source in sources.items():
        by_text.setdefault(citation(source, case), []).append(label)
    generic_texts = {text.replace(label[-4:], "each year") for text, labels in by_text.items()
              for label in labels}  # fmt: skip
    if len(by_text) == 1 or len(generic_texts) == 1:
        return next(iter(by_text if len(by_text) == 1 else generic_texts))
    return "; ".join(f"{', '.join(labels)}: {text}" for text, labels in by_text.items())


def citation(source: Source, case: Case) -> str:
    """Citation of a source: ``[L] Kydd (2005), ch. 2``."""
    parts = filter(None, (case.cite(source.reference), source.note))
    return f"[{source.mark}] {', '.join(parts)}".strip()


def quantities(games: CalibratedGames) -> Table:
    """A row for each quantity, a column for each calibration, and its meaning."""
    tables = {
        label: {tuple(map(str, row[:2])): row for row in table(game.quantities).rows}
        for label, game in games.items()
    }
    keys = dict.fromkeys(key for rows in tables.values() for key in rows)
    table_rows = []
    for key in keys:
        own = [rows.get(key) for rows in tables.values()]
        first = next(filter(None, own))
        values = ("" if row is None else row[2] for row in own)
        table_rows.append((*first[:2], *values, first[4]))
    columns = ("symbol", "quantity", *games, "meaning")
    return Table(columns, tuple(table_rows), f"{_title(games)}: quantities")


def equilibria(solutions: Mapping[str, EquilibriumSet]) -> Table:
    """A row for each calibration and equilibrium."""
    tables = {label: table(result).without("exists when", "free", "beliefs", "reading")
             for label, result in solutions.items()}  # fmt: skip
    rows = tuple((label, *row) for label, result in tables.items() for row in result.rows)
    return Table(("calibration", "equilibrium", "strategies", "payoffs"), rows,
                 f"{_title({k: s.game for k, s in solutions.items()})}: equilibria")  # fmt: skip


def concatenate(results: Mapping[str, Any]) -> Table:
    """The tables of several calibrations concatenated, one value in each cell."""
    tables = {label: split_cells(result) for label, result in results.items()}
    return from_rows(
        {"calibration": label} | dict(zip(result_table.columns, row, strict=True))
        for label, result_table in tables.items()
        for row in result_table.rows
    )


def dependent_signs(statics: StaticsTable, games: CalibratedGames) -> Table:
    """Signs that depend on the parameters, at each calibration."""
    rows = tuple(
        (row.quantity, row.parameter.symbol, *(_sign(row, game) for game in games.values()))
        for row in statics
        if row.verdict == "depends"
    )
    caption = f"{_title(games)}: where a sign depends, what it is at each calibration"
    return Table(("derivative of", "in", *games), rows, caption)


def _sign(row: ComparativeStatic, game: Game) -> Cell:
    """The sign of the same derivative at a calibration."""
    statics = game.comparative_statics(row.quantity, row.parameter.name)
    return matrix(statics).rows[0][1] if len(statics) else ""
