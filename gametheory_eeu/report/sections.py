"""Sections of the page of a report, from what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import Case, CaseClaim, Exhibit, cite
from gametheory_eeu.cases.diagram import first_sentence
from gametheory_eeu.core import MARKS
from gametheory_eeu.display import Table, symbol_text
from gametheory_eeu.display.proposition_tables import statement_text
from gametheory_eeu.games import Judgements
from gametheory_eeu.report import findings
from gametheory_eeu.report.findings import MAP, ChapterResults, figures
from gametheory_eeu.report.page import Note, PageFigure, PageSection, PageTable, grouped

_MOST_WORKS = 12
"""Above so many works, those of a case are behind a click."""


def of_chapter(results: ChapterResults, files: Mapping[str, bytes]) -> PageSection:
    """A game: what it says at each calibration, its tables, and the pictures among its files."""
    chapter = results.chapter
    paragraph = first_sentence(chapter.game_class)
    return PageSection(
        f"game-{chapter.folder}",
        chapter.title,
        (paragraph,) if paragraph else (),
        tuple(_tables(results)),
        tuple(_figures(results, files)),
        readings=grouped(results.sentences.items()),
    )


def _tables(results: ChapterResults) -> Iterator[PageTable]:
    title = results.chapter.title
    for equilibria in (results.solution, *results.refinements):
        yield PageTable.of(equilibria)
    if results.regimes is not None:
        yield PageTable.of(results.regimes)
    yield PageTable.of(results.statics, "" if len(results.statics) else f"{title}: signs")
    if results.dependent_signs.rows:
        yield PageTable.of(results.dependent_signs)
    for games in results.groups:
        yield PageTable.of(findings.quantities(games).without("quantity"))
        yield PageTable.of(findings.parameters(games, results.case).without("parameter"))


def _figures(results: ChapterResults, files: Mapping[str, bytes]) -> Iterator[PageFigure]:
    chapter = results.chapter
    drawn = figures(results.case, chapter)
    for name in (*drawn, MAP):
        png = files.get(f"{chapter.folder}/{name}.png")
        if png is None:
            continue
        if name == MAP:
            yield PageFigure(png, *_words_of_map(results))
        else:
            at = drawn[name].at
            beside = f", beside {', '.join(drawn[name].compare)}" if drawn[name].compare else ""
            caption = f"{chapter.title}: {name.replace('_', ' ')}, {at}{beside}"
            said = " ".join(results.sentences[label] for label in (at, *drawn[name].compare))
            yield PageFigure(png, f"{caption}. {said}", caption)


def _words_of_map(results: ChapterResults) -> tuple[str, str]:
    """What the map of regimes shows, and its caption."""
    x, y = (symbol_text(axis) for axis in results.chapter.regime_axes or ())
    cells = results.regimes.cells if results.regimes is not None else ()
    names = dict.fromkeys(" and ".join(cell.equilibria) or "no equilibrium" for cell in cells)
    caption = f"{results.chapter.title}: regimes by {x} and {y}, at {list(results.main)[-1]}"
    regions = f"Regions with these equilibria: {'; '.join(names)}."
    return f"{caption}. {regions} Their conditions are in the table of regimes.", caption


def of_exhibit(exhibit: Exhibit, tables: list[Any], png: bytes | None) -> PageSection:
    """A table, a figure or both of the whole argument."""
    shown = () if png is None else (PageFigure(png, exhibit.alt, exhibit.title),)
    return PageSection(
        f"exhibit-{exhibit.name}",
        exhibit.title,
        tuple(filter(None, exhibit.text.split("\n"))),
        tuple(PageTable.of(table) for table in tables),
        shown,
    )


def of_claims(case: Case, *, with_conditions: bool) -> PageSection:
    """The claims with their verdicts, each at length behind a click.

    How far parameters may move is said of claims that hold at a calibration and, with conditions,
    what makes a claim fail that is proved under one.
    """
    explained = ("holds at the calibration", *["proved if"] * with_conditions)
    notes = tuple(_note(claim, explained=claim.verdict in explained) for claim in case.claims)
    rows = tuple(
        (str(c.number), c.place, c.paraphrase, c.verdict,
         statement_text(c.stipulation or c.statement),
         str(getattr(c.game_class, "title", c.game_name)))
        for c in case.claims
    )  # fmt: skip
    table = PageTable(claim_count(case), _HEADS, rows)
    title = "Each claim at length"
    return PageSection("claims", "Claims", (_CLAIMS,), (table,), notes=notes, notes_title=title)


_HEADS = ("no.", "place", "claim", "verdict", "what it comes to", "game")
_CLAIMS = (
    "What the text says, claim by claim. A fact has its source, and what is stipulated is true by "
    "an assumption of the model: neither counts as support. The other verdicts are computed: "
    "proved for all parameters; proved if a condition holds, with a counterexample without it; "
    "at the calibration only; or refuted by a counterexample. `claim.explain()` lists "
    "what would make it fail."
)


def claim_count(case: Case) -> str:
    """How many claims have which verdict."""
    return display.table(case.claims).caption


def _note(claim: CaseClaim, *, explained: bool) -> Note:
    """A claim at length: its formal statements, their proofs and counterexamples."""
    own = PageTable.of(claim.explain() if explained else claim.judge(), f"Claim {claim.number}")
    rows = tuple(tuple(map(statement_text, row)) for row in own.rows)
    head = f"{claim.number}. {claim.paraphrase} ({claim.place}): {claim.verdict}"
    return Note(head, table=replace(own, rows=rows))


def of_theory(judgements: Judgements) -> PageSection:
    """The propositions of the theory."""
    lines = tuple(
        f"{j.verdict}, {j.proposition.scope}: {statement_text(j.proposition.statement)} "
        f"({j.proposition.name})"
        for j in judgements
    )
    note = Note(f"All {len(judgements)}", lines)
    return PageSection(
        "theory", "Propositions of the theory", (f"{repr(judgements).strip('<>')}.",), notes=(note,)
    )


def of_sources(case: Case) -> PageSection:
    """What the numbers rest on: marks, facts, works."""
    marks = Table(("", ""), tuple({**MARKS, **case.marks}.items()), "What the marks say")
    tables = [PageTable.of(marks)]
    if case.facts:
        facts = tuple(
            (f.meaning or f.name, f.value, f.year, findings.citation(f.source, case))
            for f in case.facts
        )
        columns = ("fact", "value", "year", "source")
        tables.append(PageTable.of(Table(columns, facts, f"Facts: {case.title}")))
    works = tuple(work.text for work in cite(case).rows)
    notes = (Note(f"{len(works)} works", works),) if len(works) > _MOST_WORKS else ()
    return PageSection("sources", "Sources", () if notes else works, tuple(tables), notes=notes)
