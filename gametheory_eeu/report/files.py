"""Files of the report: their names and the functions that make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Edition:
    """Selection of chapters, and whether each has all of its files or the main ones only.

    Parameters
    ----------
    chapters : tuple of Chapter
    is_complete : bool
    with_theory : bool
        Whether the propositions of the theory are judged and written.
    """

    chapters: tuple[Chapter, ...]
    is_complete: bool = True
    with_theory: bool = False

    def makers(self, chapter: Chapter) -> dict[str, Maker]:
        """Makers of a chapter's files, by name."""
        makers = _complete_makers(chapter) if self.is_complete else _main_makers(chapter)
        return {f"{chapter.folder}/{name}": maker for name, maker in makers.items()}

    def shared_files(self) -> dict[str, bytes]:
        """The files that belong to no single chapter, by name."""
        facts = display.csv(article.facts()).encode()
        return {"facts.csv": facts, "report.tex": self._document().encode()}

    def names(self) -> Iterator[str]:
        """Name of every file, known before any work is done."""
        yield from self.shared_files()
        yield from propositions.NAMES if self.with_theory else ()
        for chapter in self.chapters:
            yield from self.makers(chapter)

    def _document(self) -> str:
        """A document for plain LaTeX that includes every fragment."""
        names = [name for c in self.chapters for name in self.makers(c) if name.endswith(".tex")]
        body = []
        for chapter in self.chapters:
            own = (name for name in names if name.startswith(f"{chapter.folder}/"))
            body += ["", rf"\section{{{display.escape(chapter.title)}}}"]
            body += [rf"\input{{{name}}}" for name in own]
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


ALL = Edition(CHAPTERS, with_theory=True)
CORE = Edition(tuple(c for c in CHAPTERS if c.regime_axes), is_complete=False)
"""The games whose regimes are mapped: the contest, commitment and the deal."""


def _complete_makers(chapter: Chapter) -> dict[str, Maker]:
    makers: dict[str, Maker] = {"readings.txt": _sentences}
    makers |= {name: partial(_csv, extract) for name, extract in _TABLES.items()}
    makers |= {name: partial(_tex, extract) for name, extract in _FRAGMENTS.items()}
    if chapter.regime_axes:
        makers |= {"regimes.csv": partial(_csv, _regimes), "regimes.tex": partial(_tex, _regimes)}
    for name in (*chapter.figures, "signs", *_maps(chapter)):
        makers |= {f"{name}.{kind}": partial(_image, name, kind) for kind in ("png", "svg")}
    return makers


def _main_makers(chapter: Chapter) -> dict[str, Maker]:
    makers: dict[str, Maker] = {"readings.txt": _sentences}
    makers |= {name: partial(_csv, _TABLES[name]) for name in ("quantities.csv", "signs.csv")}
    makers |= {"proposition.tex": partial(_tex, _FRAGMENTS["proposition.tex"])}
    figures = (next(iter(chapter.figures)), *_maps(chapter))
    return makers | {f"{name}.png": partial(_image, name, "png") for name in figures}


def _maps(chapter: Chapter) -> tuple[str, ...]:
    return (MAP,) if chapter.regime_axes else ()


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
