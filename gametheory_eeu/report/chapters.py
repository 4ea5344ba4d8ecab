"""Chapters of the report: games, their figures and their sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import gametheory_eeu as eeu
from gametheory_eeu.model import Game
from gametheory_eeu.report import sentences


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
