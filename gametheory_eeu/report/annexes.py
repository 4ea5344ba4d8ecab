"""What a report has beside its games: claims, exhibits, propositions, and proofs for Rocq."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import Case, Exhibit
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.games import Judgement, Judgements, Propositions
from gametheory_eeu.interop.rocq import named_proofs, rocq_theorems
from gametheory_eeu.models.registry import propositions
from gametheory_eeu.prover.rocq import document

CLAIMS = ("claims.csv", "claims.tex")
PROPOSITIONS = ("propositions.tex", "propositions.csv")
PROOFS = "proofs.v"
_TITLES = {
    "3": "Power", "4": "Trust", "5": "Price", "6": "Further mechanisms", "7": "The whole argument",
}  # fmt: skip


def written(result: Any, kind: str) -> bytes:
    """A result as a file: ``csv`` or ``tex``."""
    return (display.csv(result) if kind == "csv" else f"{display.latex(result)}\n").encode()


def claim_files(case: Case) -> dict[str, bytes]:
    """The table of a case's claims, by name of the file."""
    return {name: written(case.claims, name[-3:]) for name in CLAIMS}


# Tables and figures of the whole argument.


def exhibit_names(exhibit: Exhibit) -> list[str]:
    """The names of an exhibit's files."""
    kinds = ("csv", "tex") * (exhibit.table is not None) + ("png",) * (exhibit.figure is not None)
    return [f"{exhibit.name}.{kind}" for kind in kinds]


def exhibited(exhibit: Exhibit) -> tuple[list[Any], Any]:
    """The results of an exhibit's table, and its figure."""
    figure = None if exhibit.figure is None else arg.call("figure", exhibit.figure)
    return _results("table", exhibit.table), figure


def exhibited_in_brief(exhibit: Exhibit) -> list[Any]:
    """The results that an exhibit shows in brief."""
    return _results("brief", exhibit.brief)


def _results(name: str, function: Callable[[], Any] | None) -> list[Any]:
    value = [] if function is None else arg.call(name, function)
    return list(value) if isinstance(value, (list, tuple)) else [value]


def exhibit_files(exhibit: Exhibit, results: list[Any], png: bytes | None) -> dict[str, bytes]:
    """An exhibit's files by name."""
    contents = {
        "csv": b"\n".join(written(result, "csv") for result in results),
        "tex": b"".join(written(result, "tex") for result in results),
        "png": png or b"",
    }
    return {name: contents[name[-3:]] for name in exhibit_names(exhibit)}


# The theory.


def theory_of(case: Case) -> Propositions:
    """The propositions of the theory on a case's games, or all of them."""
    if case.whole_theory:
        return propositions()
    games = {chapter.name for chapter in case.chapters}
    return Propositions(tuple(p for p in propositions() if p.game in games))


def proposition_files(judgements: Judgements) -> dict[str, bytes]:
    """A document in LaTeX and a table, by name."""
    contents = _document(judgements).encode(), written(judgements, "csv")
    return dict(zip(PROPOSITIONS, contents, strict=True))


def _document(judgements: Judgements) -> str:
    introduction = display.escape(_INTRODUCTION.format(summary=repr(judgements).strip("<>")))
    title = "Propositions: what is claimed, in which scope, and what came of it"
    return latex_document(title, r"\sloppy", introduction, *_sections(judgements))


def latex_document(title: str, *lines: str) -> str:
    """A document for plain LaTeX, its title escaped already."""
    opening = (rf"\title{{{title}}}", r"\date{}", r"\begin{document}", r"\maketitle")
    return "\n".join([display.PREAMBLE, *opening, *lines, r"\end{document}", ""])


_INTRODUCTION = (
    "{summary}. A proposition states its scope; below it stand the formal claims it consists of, "
    "with what came of each. Symbols range over the constraints of their game, which the JSON of a "
    "proposition lists. A naive claim is refuted at a counterexample, and what is true instead "
    "is proved."
)


def _sections(judgements: Judgements) -> Iterator[str]:
    for section, group in groupby(judgements, key=lambda j: j.proposition.section[0]):
        yield rf"\section{{{display.escape(_TITLES.get(section, section))}}}"
        for _, variants in groupby(group, key=_stem):
            first, *others = variants
            yield display.latex(first)
            if others:
                verdicts = ", ".join(f"{j.proposition.scope} ({j.verdict})" for j in others)
                sentence = f"Likewise, each judged for itself: {display.escape(verdicts)}."
                yield rf"\noindent\emph{{{sentence}}}"
            yield r"\medskip"
            yield ""


def _stem(judgement: Judgement) -> str:
    """The name without the number of members."""
    p = judgement.proposition
    return p.name.removesuffix(p.scope.replace("n = ", "-n"))


# What is proved, for the proof assistant Rocq.


@dataclass(frozen=True)
class Theorems:
    """The theorems of a part of a report, by name, and the number of proved claims with none."""

    texts: tuple[tuple[str, str], ...]
    without: int


def theorems_of(proofs: object, label: str) -> Theorems:
    """The theorems of some results."""
    texts, _ = rocq_theorems({label: proofs})
    claims = {
        (p.statement, p.space) for _, p in named_proofs(proofs, label) if p.verdict == "proved"
    }
    return Theorems(tuple(texts.items()), len(claims) - len(texts))


def theorem_file(parts: Iterable[Theorems]) -> tuple[bytes, str]:
    """The file of theorems, and what it holds in a sentence."""
    found = list(parts)
    texts = {name: text for part in found for name, text in part.texts}
    without = sum(part.without for part in found)
    sentence = (
        f"{PROOFS}: {len(texts)} claims as theorems for Rocq, which coqc {PROOFS} checks; "
        f"{without} more are proved without a certificate for it."
    )
    return document(texts.items()).encode(), sentence
