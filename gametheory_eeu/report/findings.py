"""Results of a chapter: its game solved in general and at every calibration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import eeu as article
from gametheory_eeu.display import Table
from gametheory_eeu.model import EquilibriumSet, Game, Partition
from gametheory_eeu.report import side_by_side
from gametheory_eeu.report.chapters import Chapter
from gametheory_eeu.report.side_by_side import CalibratedGames
from gametheory_eeu.statics import StaticsTable, regimes

MAP = "regime_map"
"""The name of the figure of regimes."""


class ChapterResults:
    """Results of a chapter; each is computed once, on first access."""

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter
        self._figures: dict[str, Any] = {}

    @cached_property
    def general(self) -> Game:
        """The game without values."""
        game = self.chapter.game()
        return game.at(**{name: getattr(game.symbols, name) for name in self.chapter.open})

    def compute(self) -> None:
        """Compute the equilibria, the signs and their proofs, which take time."""
        _ = self.solution, self.refinements, self.solutions, self.sentences
        _ = self.statics, self.dependent_signs, self.regimes

    @cached_property
    def article(self) -> CalibratedGames:
        """The game at the article's calibrations."""
        calibrations = article.calibrations(self.chapter.game.__name__).values()
        return {calibration.name: self.general.at(calibration) for calibration in calibrations}

    @cached_property
    def data(self) -> CalibratedGames:
        """The game at published data, which are never mixed with the article's calibrations."""
        game_name, years = self.chapter.game.__name__, self.chapter.data_years
        calibrations = [article.data_calibration(game_name, year) for year in years]
        return {calibration.name: self.general.at(calibration) for calibration in calibrations}

    @property
    def cases(self) -> CalibratedGames:
        """Every calibrated game."""
        return {**self.article, **self.data}

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
        return {label: game.solve() for label, game in self.cases.items()}

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
        """The signs that depend in general, at the article's calibrations."""
        return side_by_side.dependent_signs(self.statics, self.article)

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
            last_game = list(self.article.values())[-1]
            return display.figure(
                self.regimes, x=x, y=y, at=last_game, compare=self._games_on_slice(last_game)
            )
        base, other_labels, options = self.chapter.figures[name]
        compare = {"compare": [self.cases[label] for label in other_labels]} if other_labels else {}
        return display.figure(self.cases[base], **compare, **options)

    def _games_on_slice(self, reference: Game) -> list[Game]:
        """The calibrations equal to a reference outside the axes of the regime map."""
        axes = {self.general.parameters[name].symbol for name in self.chapter.regime_axes or ()}
        cells = self.regimes.cells if self.regimes is not None else ()
        fixed_symbols = {s for cell in cells for s in cell.condition.free_symbols} - axes
        return [
            game
            for game in self.article.values()
            if all(game.values.get(s) == reference.values.get(s) for s in fixed_symbols)
        ]

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """One plain sentence for each calibration."""
        return {label: self.chapter.sentence(game) for label, game in self.cases.items()}
