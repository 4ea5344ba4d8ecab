"""Claims of a case with their verdicts: files, and tables for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gametheory_eeu import display
from gametheory_eeu.cases import Case, CaseClaim
from gametheory_eeu.display.proposition_tables import statement_text
from gametheory_eeu.report.parts import Note, PageTable

NAMES = ("claims.csv", "claims.tex")
_HEADS = ("no.", "place", "claim", "verdict", "what it comes to", "game")


def files(case: Case) -> dict[str, bytes]:
    """The table of claims as CSV and as LaTeX, by name."""
    texts = display.csv(case.claims), f"{display.latex(case.claims)}\n"
    return {name: text.encode() for name, text in zip(NAMES, texts, strict=True)}


def count(case: Case) -> str:
    """How many claims have which verdict."""
    return display.table(case.claims).caption


def table(case: Case) -> PageTable:
    """A row for each claim: where it is, what it says, the verdict, and what it comes to."""
    rows = tuple(
        (str(c.number), c.place, c.paraphrase, c.verdict, _statement(c), _game(c))
        for c in case.claims
    )
    return PageTable(count(case), _HEADS, rows)


def _statement(claim: CaseClaim) -> str:
    return statement_text(claim.stipulation or claim.statement)


def _game(claim: CaseClaim) -> str:
    """The title of its game."""
    return str(getattr(claim.game_class, "title", claim.game_name))


def notes(case: Case, *, with_conditions: bool) -> Iterator[Note]:
    """Each claim at length: its formal statements, their proofs and counterexamples.

    How far parameters may move is said of claims that hold at a calibration.

    Parameters
    ----------
    case : Case
    with_conditions : bool
        Whether it is found what makes a claim fail that is proved under a condition.
    """
    explained = ("holds at the calibration", *["proved if"] * with_conditions)
    for claim in case.claims:
        result = claim.explain() if claim.verdict in explained else claim.judge()
        own = PageTable.of(result, f"Claim {claim.number}")
        rows = tuple(tuple(map(statement_text, row)) for row in own.rows)
        yield Note(_head(claim), table=replace(own, rows=rows))


def _head(claim: CaseClaim) -> str:
    return f"{claim.number}. {claim.paraphrase} ({claim.place}): {claim.verdict}"
