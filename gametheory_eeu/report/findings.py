"""Findings: what was found in each chapter of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import Case, Chapter, Figure
from gametheory_eeu.core import Parameter
from gametheory_eeu.display import Table, symbol_text
from gametheory_eeu.model import EquilibriumSet, Game, Partition, Quantity
from gametheory_eeu.report import side_by_side
from gametheory_eeu.report.side_by_side import CalibratedGames
from gametheory_eeu.statics import StaticsTable, regimes

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
        return side_by_side.dependent_signs(self.statics, self.main)

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
