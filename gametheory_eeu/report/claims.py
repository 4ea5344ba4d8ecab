"""Claims of a case with their verdicts: files, and tables for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gametheory_eeu import display
from gametheory_eeu.cases import Case, CaseClaim
from gametheory_eeu.display import Table
from gametheory_eeu.report.parts import Note, PageTable

NAMES = ("claims.csv", "claims.tex")
_COLUMNS = ("number", "place", "claim", "verdict", "statement", "game")


def files(case: Case) -> dict[str, bytes]:
    """The table of claims as CSV and as LaTeX, by name."""
    texts = display.csv(case.claims), f"{display.latex(case.claims)}\n"
    return {name: text.encode() for name, text in zip(NAMES, texts, strict=True)}


def count(case: Case) -> str:
    """How many claims have which verdict."""
    return display.table(case.claims).caption


def table(case: Case) -> PageTable:
    """A row for each claim: where it is, what it says, the verdict, and what it comes to."""
    whole = display.table(case.claims)
    places = [whole.columns.index(name) for name in _COLUMNS]
    rows = tuple(tuple(row[i] for i in places) for row in whole.rows)
    heads = ("no.", *_COLUMNS[1:4], "what it comes to", "game")
    return replace(PageTable.of(Table(heads, rows, whole.caption)), caption=whole.caption)


def notes(case: Case, *, with_limits: bool) -> Iterator[Note]:
    """Each claim at length: its formal statements, their proofs and counterexamples.

    Parameters
    ----------
    case : Case
    with_limits : bool
        Whether what would make it fail is found, which takes longer.
    """
    for claim in case.claims:
        result = claim.explain() if with_limits else claim.judge()
        yield Note(_head(claim), table=PageTable.of(result, f"Claim {claim.number}"))


def _head(claim: CaseClaim) -> str:
    return f"{claim.number}. {claim.paraphrase} ({claim.place}): {claim.verdict}"
