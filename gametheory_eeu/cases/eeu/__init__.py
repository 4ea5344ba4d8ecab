"""The article made executable: its facts, the calibrations they inform, and who is cited."""

from gametheory_eeu.cases.eeu.calibrations import calibration, calibrations
from gametheory_eeu.cases.eeu.facts import Fact, Facts, facts
from gametheory_eeu.cases.eeu.published_data import data_calibration, years
from gametheory_eeu.cases.eeu.references import cite
from gametheory_eeu.models.registry import propositions

__all__ = [
    "Fact",
    "Facts",
    "calibration",
    "calibrations",
    "cite",
    "data_calibration",
    "facts",
    "propositions",
    "years",
]
