"""Cases: facts, calibrations and sources of an argument, and the games that formalise it.

One folder a case, of one shape inside and outside the package: ``case.py`` defines ``CASE``.
"""

from gametheory_eeu.cases.case import Case
from gametheory_eeu.cases.chapter import Chapter, Figure
from gametheory_eeu.cases.citation import cite
from gametheory_eeu.cases.diagram import Arrow, Diagram, Step
from gametheory_eeu.cases.exhibit import Exhibit
from gametheory_eeu.cases.facts import Fact, Facts
from gametheory_eeu.cases.loader import load_case

__all__ = [
    "Arrow",
    "Case",
    "Chapter",
    "Diagram",
    "Exhibit",
    "Fact",
    "Facts",
    "Figure",
    "Step",
    "cite",
    "load_case",
]
