"""Calibrations of one game beside one another: values, sources, thresholds, equilibria, signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from gametheory_eeu.cases import eeu as article
from gametheory_eeu.core import Source
from gametheory_eeu.display import Cell, Table, matrix, table
from gametheory_eeu.model import AbstractGame, EquilibriumSet, Game
from gametheory_eeu.statics import ComparativeStatic, StaticsTable

Cases: TypeAlias = Mapping[str, Game]
"""Games by the name of their calibration."""


def _title(cases: Mapping[str, AbstractGame]) -> str:
    kind = type(next(iter(cases.values())))
    return str(getattr(kind, "title", kind.__name__))


def parameters(cases: Cases) -> Table:
    """A row for each parameter, a column for each calibration, and where the values are from."""
    found = {label: game.parameters for label, game in cases.items()}
    every = {row.name: row for one in found.values() for row in one}
    rows = tuple(
        (row.symbol, row.name, *(one.values.get(row.name, "") for one in found.values()),
         _sources({label: one.source(row.name) for label, one in found.items() if row.name in one}))
        for row in every.values()
    )  # fmt: skip
    return Table(("symbol", "parameter", *cases, "source"), rows, f"{_title(cases)}: parameters")


def _sources(sources: Mapping[str, Source]) -> str:
    """The source they share, or each source with the calibrations it holds for."""
    by_text: dict[str, list[str]] = {}
    for label, source in sources.items():
        by_text.setdefault(cited(source), []).append(label)
    yearly = {text.replace(label[-4:], "each year") for text, labels in by_text.items()
              for label in labels}  # fmt: skip
    if len(by_text) == 1 or len(yearly) == 1:
        return next(iter(by_text if len(by_text) == 1 else yearly))
    return "; ".join(f"{', '.join(labels)}: {text}" for text, labels in by_text.items())


def cited(source: Source) -> str:
    """A source with its reference written out: ``[L] Kydd (2005), ch. 2``."""
    parts = filter(None, (article.cite(source.reference), source.note))
    return f"[{source.mark}] {', '.join(parts)}".strip()


def facts() -> Table:
    """What the article states."""
    rows = tuple((fact.meaning, fact.year, fact.value, cited(fact.source))
                 for fact in article.facts())  # fmt: skip
    return Table(("fact", "year", "value", "source"), rows, "What the article states as fact")


def quantities(cases: Cases) -> Table:
    """A row for each quantity, a column for each calibration, and its meaning."""
    found = [table(game.quantities) for game in cases.values()]
    rows = tuple(
        (*same[0][:2], *(row[2] for row in same), same[0][4])
        for same in zip(*(one.rows for one in found), strict=True)
    )
    return Table(("symbol", "quantity", *cases, "meaning"), rows, f"{_title(cases)}: quantities")


def equilibria(solutions: Mapping[str, EquilibriumSet]) -> Table:
    """A row for each calibration and equilibrium."""
    brief = {label: table(found).without("exists when", "free", "beliefs", "reading")
             for label, found in solutions.items()}  # fmt: skip
    rows = tuple((label, *row) for label, found in brief.items() for row in found.rows)
    return Table(("calibration", "equilibrium", "strategies", "payoffs"), rows,
                 f"{_title({k: s.game for k, s in solutions.items()})}: equilibria")  # fmt: skip


def stacked(results: Mapping[str, Any]) -> Table:
    """The tables of several calibrations one below another, with every column."""
    tables = {label: table(result) for label, result in results.items()}
    rows = tuple((label, *row) for label, found in tables.items() for row in found.rows)
    return Table(("calibration", *next(iter(tables.values())).columns), rows)


def settled(statics: StaticsTable, cases: Cases) -> Table:
    """Where a sign depends on the parameters: what it is at each calibration."""
    rows = tuple(
        (row.quantity, row.parameter.symbol, *(_sign(row, game) for game in cases.values()))
        for row in statics
        if row.verdict == "depends"
    )
    caption = f"{_title(cases)}: where a sign depends, what it is at each calibration"
    return Table(("derivative of", "in", *cases), rows, caption)


def _sign(row: ComparativeStatic, game: Game) -> Cell:
    """The sign of the same derivative at a calibration."""
    at_values = game.comparative_statics(row.quantity, row.parameter.name)
    return matrix(at_values).rows[0][1] if len(at_values) else ""
