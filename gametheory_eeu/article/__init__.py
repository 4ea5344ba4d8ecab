"""The article made executable: its facts, the calibrations they inform, and who is cited."""

from gametheory_eeu.article.calibrations import calibration, calibrations
from gametheory_eeu.article.facts import Fact, Facts, facts
from gametheory_eeu.article.published_data import data_calibration, years
from gametheory_eeu.article.references import cite
from gametheory_eeu.theory import propositions

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
