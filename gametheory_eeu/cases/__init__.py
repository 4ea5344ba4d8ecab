"""Cases: facts, calibrations and sources of an argument, and the games that formalise it.

One folder a case, of one shape inside and outside the package: ``case.py`` defines ``CASE``.
"""

from gametheory_eeu.cases import claim_tables as claim_tables
from gametheory_eeu.cases.case import Case, load_case
from gametheory_eeu.cases.chapter import Chapter, Exhibit, Figure
from gametheory_eeu.cases.citation import cite
from gametheory_eeu.cases.claims import CaseClaim, CaseClaims, ClaimJudgement, Tension
from gametheory_eeu.cases.diagram import Arrow, Diagram, Step
from gametheory_eeu.cases.explanation import Explanation
from gametheory_eeu.cases.facts import Fact, Facts
from gametheory_eeu.cases.robustness import Margin, Radius, Robustness, SampleShare

__all__ = [
    "Arrow",
    "Case",
    "CaseClaim",
    "CaseClaims",
    "Chapter",
    "ClaimJudgement",
    "Diagram",
    "Exhibit",
    "Explanation",
    "Fact",
    "Facts",
    "Figure",
    "Margin",
    "Radius",
    "Robustness",
    "SampleShare",
    "Step",
    "Tension",
    "cite",
    "load_case",
]
