"""Findings: what was found in each chapter of a case, its calibrations beside one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from gametheory_eeu import display
from gametheory_eeu.cases import Case, Chapter, Figure
from gametheory_eeu.core import Parameter, Source
from gametheory_eeu.display import Cell, Table, matrix, symbol_text, table
from gametheory_eeu.display.value_tables import from_rows, split_cells
from gametheory_eeu.games import AbstractGame, EquilibriumSet, Game, Partition, Quantity
from gametheory_eeu.statics import ComparativeStatic, StaticsTable, regimes

CalibratedGames: TypeAlias = Mapping[str, Game]
"""Games by the name of their calibration."""
MAP = "regime_map"
"""The name of the figure of regimes."""


def figures(case: Case, chapter: Chapter) -> Mapping[str, Figure]:
    """A chapter's figures by name; without any given, one of the game at the last calibration."""
    if chapter.figures is not None:
        return chapter.figures
    last = case.calibrations[chapter.name][-1].name
    game = chapter.game_class.from_case(case, last)
    return {"figure": Figure(last)} if display.has_figure(game) else {}


def _mentions(text: str, symbol: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(symbol)}(?![\w*])", text) is not None


class ChapterResults:
    """Results of a chapter; each is computed once, on first access."""

    def __init__(self, case: Case, chapter: Chapter) -> None:
        self.case, self.chapter = case, chapter
        self._figures: dict[str, Any] = {}

    @cached_property
    def general(self) -> Game:
        """The game without values."""
        game = self.chapter.game_class()
        symbols = {
            row.name: row.symbol
            for row in game.parameters
            if {row.name, row.symbol.name} & set(self.chapter.open)
        }
        return game.at(**symbols)

    def compute(self) -> None:
        """Compute the equilibria, the signs and their proofs, which take time."""
        _ = self.solution, self.refinements, self.solutions, self.sentences
        _ = self.statics, self.dependent_signs, self.regimes

    @cached_property
    def games(self) -> CalibratedGames:
        """The game at every calibration."""
        calibrations = self.case.calibrations[self.chapter.name]
        return {calibration.name: self.general.at(calibration) for calibration in calibrations}

    @property
    def main(self) -> CalibratedGames:
        """The game at the calibrations that stand beside one another."""
        return {k: game for k, game in self.games.items() if k not in self.chapter.apart}

    @property
    def groups(self) -> tuple[CalibratedGames, ...]:
        """The calibrations of one table, and those that stand apart, which are never mixed."""
        apart = {k: game for k, game in self.games.items() if k in self.chapter.apart}
        return tuple(filter(None, (self.main, apart)))

    @cached_property
    def solution(self) -> EquilibriumSet:
        """The equilibria of the game without values."""
        return self.general.solve()

    @cached_property
    def refinements(self) -> tuple[EquilibriumSet, ...]:
        """The equilibria of the game without values under its other concepts."""
        return tuple(self.general.solve(concept) for concept in self.general.concepts[1:])

    @cached_property
    def solutions(self) -> Mapping[str, EquilibriumSet]:
        """The equilibria at every calibration."""
        return {label: game.solve() for label, game in self.games.items()}

    @cached_property
    def statics(self) -> StaticsTable:
        """The comparative statics of the game without values."""
        table: StaticsTable = self.general.comparative_statics()
        return table

    @cached_property
    def regimes(self) -> Partition | None:
        """The partition of parameter space into regimes, where the chapter has one."""
        return regimes(self.general, edges=True) if self.chapter.regime_axes else None

    @cached_property
    def dependent_signs(self) -> Table:
        """The signs that depend in general, at the calibrations."""
        return dependent_signs(self.statics, self.main)

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """One plain sentence for each calibration."""
        sentence = self.chapter.sentence or display.sentence
        return {label: sentence(game) for label, game in self.games.items()}

    def legend(self, sentences: Iterable[str]) -> str:
        """What the symbols in sentences stand for; empty where there are none."""
        text = " ".join(sentences)
        meanings = {s: q.meaning for s, q in self._symbols().items()}
        named = {s: m for s, m in meanings.items() if _mentions(text, s)}
        return "; ".join(f"{s}: {m[:1].lower()}{m[1:]}" for s, m in named.items())

    def _symbols(self) -> dict[str, Parameter | Quantity]:
        """The parameters and quantities of the game by their symbols, as they are printed."""
        game: Any = next(iter(self.games.values()), None)
        if not isinstance(game, Game):
            return {}
        rows = {symbol_text(row.symbol.name): row for row in game.parameters}
        return rows | {symbol_text(q.symbol): q for q in game.quantities.values()}

    def figure(self, name: str) -> Any:
        """A figure of the chapter; ``signs`` is that of the comparative statics."""
        if name not in self._figures:
            self._figures[name] = self._draw(name)
        return self._figures[name]

    def _draw(self, name: str) -> Any:
        if name == "signs":
            return display.figure(self.statics)
        if name == MAP and self.regimes is not None and self.chapter.regime_axes:
            x, y = self.chapter.regime_axes
            last_game = list(self.main.values())[-1]
            return display.figure(
                self.regimes, x=x, y=y, at=last_game, compare=self._games_on_slice(last_game)
            )
        figure = figures(self.case, self.chapter)[name]
        others = [self.games[label] for label in figure.compare]
        compare = {"compare": others} if others else {}
        return display.figure(self.games[figure.at], **compare, **figure.options)

    def _games_on_slice(self, reference: Game) -> list[Game]:
        """The calibrations equal to a reference outside the axes of the regime map."""
        axes = {self.general.parameters[name].symbol for name in self.chapter.regime_axes or ()}
        cells = self.regimes.cells if self.regimes is not None else ()
        fixed_symbols = {s for cell in cells for s in cell.condition.free_symbols} - axes
        return [
            game
            for game in self.main.values()
            if all(game.values.get(s) == reference.values.get(s) for s in fixed_symbols)
        ]


# Calibrations beside one another: values and their sources, thresholds, equilibria, signs.


def _title(games: Mapping[str, AbstractGame]) -> str:
    game_class = type(next(iter(games.values())))
    return str(getattr(game_class, "title", game_class.__name__))


def parameters(games: CalibratedGames, case: Case) -> Table:
    """A row for each parameter, a column for each calibration, and where the values are from."""
    tables = {label: game.parameters for label, game in games.items()}
    rows_by_name = {row.name: row for table in tables.values() for row in table}
    rows = []
    for row in rows_by_name.values():
        values = (table.values.get(row.name, "") for table in tables.values())
        sources = {k: table.source(row.name) for k, table in tables.items() if row.name in table}
        rows.append((row.symbol, row.name, *values, _sources(sources, case)))
    columns = ("symbol", "parameter", *games, "source")
    return Table(columns, tuple(rows), f"{_title(games)}: parameters")


def _sources(sources: Mapping[str, Source], case: Case) -> str:
    """The source they share, or each source with the calibrations it holds for."""
    by_text: dict[str, list[str]] = {}
    for label, source in sources.items():
        by_text.setdefault(citation(source, case), []).append(label)
    yearless = {text.replace(label[-4:], "each year") for text, labels in by_text.items()
                for label in labels}  # fmt: skip
    for texts in (by_text, yearless):
        if len(texts) == 1:
            return next(iter(texts))
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
