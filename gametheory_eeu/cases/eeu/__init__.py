"""The case of the article: its facts, calibrations, published data and bibliography."""

from gametheory_eeu.cases.eeu.calibrations import calibration, calibrations, data_calibration, years
from gametheory_eeu.cases.eeu.facts import ArticleFact, ArticleFacts, facts
from gametheory_eeu.cases.eeu.references import cite
from gametheory_eeu.models.registry import propositions

__all__ = [
    "ArticleFact",
    "ArticleFacts",
    "calibration",
    "calibrations",
    "cite",
    "data_calibration",
    "facts",
    "propositions",
    "years",
]
