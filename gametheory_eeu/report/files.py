"""Files of the report: their names and the functions that make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from gametheory_eeu import display
from gametheory_eeu.cases import eeu as article
from gametheory_eeu.report import propositions, side_by_side
from gametheory_eeu.report.chapters import CHAPTERS, Chapter
from gametheory_eeu.report.findings import MAP, ChapterResults
from gametheory_eeu.report.side_by_side import concatenate

Maker: TypeAlias = Callable[[ChapterResults], bytes]

_TABLES: Mapping[str, Callable[[ChapterResults], Any]] = {
    "parameters.csv": lambda findings: concatenate(
        {k: g.parameters for k, g in findings.cases.items()}
    ),
    "quantities.csv": lambda findings: concatenate(
        {k: g.quantities for k, g in findings.cases.items()}
    ),
    "equilibria.csv": lambda findings: concatenate(findings.solutions),
    "equilibria_general.csv": lambda findings: findings.solution,
    "signs.csv": lambda findings: findings.statics,
}
_FRAGMENTS: Mapping[str, Callable[[ChapterResults], Any]] = {
    "proposition.tex": lambda findings: findings.solution,
    "parameters.tex": lambda findings: side_by_side.parameters(findings.article),
    "quantities.tex": lambda findings: side_by_side.quantities(findings.article).without(
        "quantity"
    ),
    "signs.tex": lambda findings: findings.statics,
}


def chapter_makers(chapter: Chapter) -> dict[str, Maker]:
    """Makers of a chapter's files, by name."""
    makers: dict[str, Maker] = {"readings.txt": _sentences}
    makers |= {name: partial(_csv, extract) for name, extract in _TABLES.items()}
    makers |= {name: partial(_tex, extract) for name, extract in _FRAGMENTS.items()}
    if chapter.regime_axes:
        makers |= {"regimes.csv": partial(_csv, _regimes), "regimes.tex": partial(_tex, _regimes)}
    maps = [MAP] if chapter.regime_axes else []
    for name in (*chapter.figures, "signs", *maps):
        makers |= {f"{name}.{kind}": partial(_image, name, kind) for kind in ("png", "svg")}
    return {f"{chapter.folder}/{name}": maker for name, maker in makers.items()}


def shared_files() -> dict[str, bytes]:
    """The files that belong to no single chapter, by name."""
    return {"facts.csv": display.csv(article.facts()).encode(), "report.tex": _document().encode()}


def names() -> Iterator[str]:
    """Name of every file of the report, known before any work is done."""
    yield from shared_files()
    yield from propositions.NAMES
    for chapter in CHAPTERS:
        yield from chapter_makers(chapter)


def _regimes(results: ChapterResults) -> Any:
    return results.regimes


def _csv(extract: Callable[[ChapterResults], Any], results: ChapterResults) -> bytes:
    return display.csv(extract(results)).encode()


def _tex(extract: Callable[[ChapterResults], Any], results: ChapterResults) -> bytes:
    return f"{display.latex(extract(results))}\n".encode()


def _sentences(results: ChapterResults) -> bytes:
    return "".join(f"{label}: {text}\n" for label, text in results.sentences.items()).encode()


def _image(name: str, kind: str, results: ChapterResults) -> bytes:
    return display.figure_bytes(results.figure(name), kind)


def _document() -> str:
    """A document for plain LaTeX that includes every fragment."""
    body = []
    for chapter in CHAPTERS:
        body += ["", rf"\section{{{display.escape(chapter.title)}}}"]
        regimes = ["regimes.tex"] if chapter.regime_axes else []
        body += [rf"\input{{{chapter.folder}/{name}}}" for name in (*_FRAGMENTS, *regimes)]
    return "\n".join([
        display.PREAMBLE,
        r"\title{Formal games: equilibria, thresholds and signs}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        *body,
        "",
        r"\end{document}",
        "",
    ])  # fmt: skip
