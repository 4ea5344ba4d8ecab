"""The case of the article: its facts, calibrations, published data and bibliography."""

from gametheory_eeu.cases.eeu.calibrations import (
    calibration,
    calibrations,
    data_calibration,
    facts,
    years,
)
from gametheory_eeu.cases.eeu.case import CASE
from gametheory_eeu.cases.eeu.claims import claims, tensions
from gametheory_eeu.cases.facts import Fact, Facts
from gametheory_eeu.models.registry import propositions

cite = CASE.cite

__all__ = [
    "CASE",
    "Fact",
    "Facts",
    "calibration",
    "calibrations",
    "cite",
    "claims",
    "data_calibration",
    "facts",
    "propositions",
    "tensions",
    "years",
]
