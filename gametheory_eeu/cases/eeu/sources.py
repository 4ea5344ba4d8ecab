"""The article, its facts, and the bibliography of the case."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gametheory_eeu.cases.facts import Facts
from gametheory_eeu.cases.values_table import read_facts
from gametheory_eeu.core import Bibliography

ARTICLE = "BusyginaFilippov"
FOLDER = Path(__file__).parent
BIBLIOGRAPHY = Bibliography((FOLDER / "references.bib",))


@cache
def facts() -> Facts:
    """The article's facts, each with its paragraph.

    Paragraphs have codes: I opening, X explanations, U the union, K conclusion.

    Examples
    --------
    >>> facts()["founding_states"].value
    3
    """
    return read_facts(FOLDER / "data" / "facts.csv")
