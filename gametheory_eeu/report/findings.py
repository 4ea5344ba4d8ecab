"""Findings: the chapters of an argument, and what was found in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.cases import eeu as article
from gametheory_eeu.display import Table
from gametheory_eeu.model import EquilibriumSet, Game, Partition
from gametheory_eeu.report import sentences, side_by_side
from gametheory_eeu.report.side_by_side import CalibratedGames
from gametheory_eeu.statics import StaticsTable, regimes


@dataclass(frozen=True)
class Chapter:
    """One game of the report.

    Parameters
    ----------
    game : class of a game
    sentence : function of a solved game to a plain sentence
    figures : mapping of file name to (calibration, calibrations to compare, options)
    data_years : tuple of str
        Years for which the game is also solved at published figures.
    regime_axes : pair of str, or None
        The parameters along the axes of the map of regimes, drawn at the last calibration.
    open : tuple of str
        Parameters with a default, by ASCII symbol, that the game without values leaves open.
    """

    game: type[Game]
    sentence: Callable[[Game], str]
    figures: Mapping[str, tuple[str, tuple[str, ...], Mapping[str, Any]]]
    data_years: tuple[str, ...] = ()
    regime_axes: tuple[str, str] | None = None
    open: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Title of the chapter, for example Credible commitment."""
        return str(getattr(self.game, "title", self.game.__name__))

    @property
    def folder(self) -> str:
        """Folder of the chapter's files, for example credible_commitment."""
        return self.title.lower().replace(" ", "_")


CHAPTERS = (
    Chapter(
        eeu.BandwagoningContest,
        sentences.contest,
        {"regimes": ("2013", ("2014",), {}), "regimes_data": ("data 2013", ("data 2014",), {})},
        ("2013", "2014", "2015"),
        ("P", "R"),
    ),
    Chapter(
        eeu.Participation,
        sentences.participation,
        {"cascade_before": ("2013", (), {}), "cascade_after": ("2014", (), {})},
    ),
    Chapter(
        eeu.GlobalGame,
        sentences.global_game,
        {"selection_before": ("2013", (), {}), "selection_after": ("2014", (), {})},
    ),
    Chapter(
        eeu.RegimeChange,
        sentences.regime_change,
        {"cutoffs_before": ("2013", (), {}), "cutoffs_after": ("2014", (), {})},
    ),
    Chapter(
        eeu.CredibleCommitment, sentences.commitment, {"trust": ("2013", ("2014",), {})},
        regime_axes=("mu", "ell"),
    ),
    Chapter(
        eeu.RepeatedCommitment,
        sentences.repeated_commitment,
        {"binding": ("2014", ("2013", "2015"), {})},
    ),
    Chapter(
        eeu.PowerShift, sentences.power_shift, {"breakdown": ("2014", ("2013",), {})}
    ),
    Chapter(
        eeu.Reputation,
        sentences.reputation,
        {"course_before": ("2013", (), {}), "course_after": ("2014", (), {})},
    ),
    Chapter(
        eeu.TrustRecovery, sentences.trust_recovery, {"walks": ("2014", (), {})}
    ),
    Chapter(
        eeu.AsymmetricBargaining,
        sentences.bargaining,
        {"deal_before": ("2013", (), {}), "deal_after": ("2014", ("2015",), {}),
         "deal_by_trust": ("2014", (), {"along": "trust"})},
        regime_axes=("alpha", "mu"),
    ),
    Chapter(
        eeu.AlternatingOffers,
        sentences.alternating_offers,
        {"pie_before": ("2013", (), {}), "pie_after": ("2014", (), {})},
        open=("w_2",),
    ),
    Chapter(
        eeu.HubBargaining, sentences.hub, {"protocols": ("2014", (), {})}
    ),
)  # fmt: skip


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
