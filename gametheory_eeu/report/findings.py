"""A chapter's game, solved in general and at every calibration."""

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
from gametheory_eeu.report.side_by_side import Cases
from gametheory_eeu.statics import StaticsTable, regimes

MAP = "regime_map"
"""The name of the figure of regimes."""


class Findings:
    """What a chapter reports; each part is computed once, when it is first asked for."""

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter
        self._drawn: dict[str, Any] = {}

    @cached_property
    def general(self) -> Game:
        """The game without values."""
        game = self.chapter.game()
        return game.at(**{name: getattr(game.symbols, name) for name in self.chapter.open})

    def prepare(self) -> None:
        """Compute what takes time: the equilibria, the signs and their proofs."""
        _ = self.solution, self.refinements, self.solutions, self.sentences
        _ = self.statics, self.settled, self.regimes

    @cached_property
    def article(self) -> Cases:
        """The game at the article's calibrations."""
        found = article.calibrations(self.chapter.game.__name__).values()
        return {calibration.name: self.general.at(calibration) for calibration in found}

    @cached_property
    def data(self) -> Cases:
        """The game at published data, which are never mixed with the article's calibrations."""
        kind, years = self.chapter.game.__name__, self.chapter.data_years
        found = [article.data_calibration(kind, year) for year in years]
        return {calibration.name: self.general.at(calibration) for calibration in found}

    @property
    def cases(self) -> Cases:
        """Every calibrated game."""
        return {**self.article, **self.data}

    @cached_property
    def solution(self) -> EquilibriumSet:
        """The equilibria of the game without values."""
        return self.general.solve()

    @cached_property
    def refinements(self) -> tuple[EquilibriumSet, ...]:
        """The same under the game's other concepts."""
        return tuple(self.general.solve(concept) for concept in self.general.concepts[1:])

    @cached_property
    def solutions(self) -> Mapping[str, EquilibriumSet]:
        """The equilibria at every calibration."""
        return {label: game.solve() for label, game in self.cases.items()}

    @cached_property
    def statics(self) -> StaticsTable:
        """The comparative statics of the game without values."""
        found: StaticsTable = self.general.comparative_statics()
        return found

    @cached_property
    def regimes(self) -> Partition | None:
        """The space of parameters by its set of equilibria, where the chapter maps it."""
        return regimes(self.general, edges=True) if self.chapter.regimes_by else None

    @cached_property
    def settled(self) -> Table:
        """The signs at the article's calibrations where in general they depend."""
        return side_by_side.settled(self.statics, self.article)

    def figure(self, name: str) -> Any:
        """A figure of the chapter; ``signs`` is that of the comparative statics."""
        if name not in self._drawn:
            self._drawn[name] = self._draw(name)
        return self._drawn[name]

    def _draw(self, name: str) -> Any:
        if name == "signs":
            return display.figure(self.statics)
        if name == MAP and self.regimes is not None and self.chapter.regimes_by:
            x, y = self.chapter.regimes_by
            last = list(self.article.values())[-1]
            return display.figure(self.regimes, x=x, y=y, at=last, compare=self._on_slice(last))
        main, others, options = self.chapter.figures[name]
        compare = {"compare": [self.cases[label] for label in others]} if others else {}
        return display.figure(self.cases[main], **compare, **options)

    def _on_slice(self, through: Game) -> list[Game]:
        """The calibrations that differ from one in nothing but the axes of the map of regimes."""
        axes = {self.general.parameters[name].symbol for name in self.chapter.regimes_by or ()}
        cells = self.regimes.cells if self.regimes is not None else ()
        held = {s for cell in cells for s in cell.condition.free_symbols} - axes
        return [
            game
            for game in self.article.values()
            if all(game.values.get(s) == through.values.get(s) for s in held)
        ]

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """One plain sentence for each calibration."""
        return {label: self.chapter.sentence(game) for label, game in self.cases.items()}
