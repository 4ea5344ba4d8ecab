"""The files of the report: what each is called, and how it follows from the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from gametheory_eeu import display
from gametheory_eeu.cases import eeu as article
from gametheory_eeu.report import propositions, side_by_side
from gametheory_eeu.report.chapters import CHAPTERS, Chapter
from gametheory_eeu.report.findings import MAP, Findings
from gametheory_eeu.report.side_by_side import stacked

Maker: TypeAlias = Callable[[Findings], bytes]

_TABLES: Mapping[str, Callable[[Findings], Any]] = {
    "parameters.csv": lambda found: stacked({k: g.parameters for k, g in found.cases.items()}),
    "quantities.csv": lambda found: stacked({k: g.quantities for k, g in found.cases.items()}),
    "equilibria.csv": lambda found: stacked(found.solutions),
    "equilibria_general.csv": lambda found: found.solution,
    "signs.csv": lambda found: found.statics,
}
_FRAGMENTS: Mapping[str, Callable[[Findings], Any]] = {
    "proposition.tex": lambda found: found.solution,
    "parameters.tex": lambda found: side_by_side.parameters(found.article),
    "quantities.tex": lambda found: side_by_side.quantities(found.article).without("quantity"),
    "signs.tex": lambda found: found.statics,
}


def of_chapter(chapter: Chapter) -> dict[str, Maker]:
    """A chapter's files by name, each with what makes it."""
    makers: dict[str, Maker] = {"readings.txt": _readings}
    makers |= {name: partial(_csv, result) for name, result in _TABLES.items()}
    makers |= {name: partial(_tex, result) for name, result in _FRAGMENTS.items()}
    if chapter.regimes_by:
        makers |= {"regimes.csv": partial(_csv, _regimes), "regimes.tex": partial(_tex, _regimes)}
    maps = [MAP] if chapter.regimes_by else []
    for name in (*chapter.figures, "signs", *maps):
        makers |= {f"{name}.{kind}": partial(_image, name, kind) for kind in ("png", "svg")}
    return {f"{chapter.folder}/{name}": maker for name, maker in makers.items()}


def of_article() -> dict[str, bytes]:
    """The files that belong to no single chapter."""
    return {"facts.csv": display.csv(article.facts()).encode(), "report.tex": _document().encode()}


def names() -> Iterator[str]:
    """Every file the report writes, known before any work is done."""
    yield from of_article()
    yield from propositions.NAMES
    for chapter in CHAPTERS:
        yield from of_chapter(chapter)


def _regimes(found: Findings) -> Any:
    return found.regimes


def _csv(result: Callable[[Findings], Any], found: Findings) -> bytes:
    return display.csv(result(found)).encode()


def _tex(result: Callable[[Findings], Any], found: Findings) -> bytes:
    return f"{display.latex(result(found))}\n".encode()


def _readings(found: Findings) -> bytes:
    return "".join(f"{label}: {text}\n" for label, text in found.sentences.items()).encode()


def _image(name: str, kind: str, found: Findings) -> bytes:
    return display.rendered(found.figure(name), kind)


def _document() -> str:
    """A document for plain LaTeX that takes in every fragment."""
    body = []
    for chapter in CHAPTERS:
        body += ["", rf"\section{{{display.escape(chapter.title)}}}"]
        regimes = ["regimes.tex"] if chapter.regimes_by else []
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
