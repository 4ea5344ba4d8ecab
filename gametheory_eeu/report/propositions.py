"""Propositions of the theory with their verdicts: a LaTeX document and a CSV table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gametheory_eeu import display
from gametheory_eeu.cases import Case
from gametheory_eeu.model import Judgement, Judgements, Propositions
from gametheory_eeu.models.registry import propositions

NAMES = ("propositions.tex", "propositions.csv")
_TITLES = {
    "3": "Power", "4": "Trust", "5": "Price", "6": "Further mechanisms", "7": "The whole argument",
}  # fmt: skip


def of(case: Case) -> Propositions:
    """The propositions of the theory on a case's games, or all of them."""
    if case.whole_theory:
        return propositions()
    games = {chapter.name for chapter in case.chapters}
    return Propositions(tuple(p for p in propositions() if p.game in games))


def files(judgements: Judgements) -> dict[str, bytes]:
    """The document and the table, by name."""
    texts = _document(judgements), display.csv(judgements)
    return {name: text.encode() for name, text in zip(NAMES, texts, strict=True)}


def _document(judgements: Judgements) -> str:
    return "\n".join(
        [
            display.PREAMBLE,
            r"\title{Propositions: what is claimed, in which scope, and what came of it}",
            r"\date{}",
            r"\begin{document}",
            r"\maketitle",
            r"\sloppy",
            display.escape(
                _INTRODUCTION.format(count=len(judgements), summary=repr(judgements).strip("<>"))
            ),
            *_sections(judgements),
            r"\end{document}",
            "",
        ]
    )


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
                yield _variants_sentence(others)
            yield r"\medskip"
            yield ""


def _stem(judgement: Judgement) -> str:
    """The name without the number of members."""
    p = judgement.proposition
    return p.name.removesuffix(p.scope.replace("n = ", "-n"))


def _variants_sentence(others: list[Judgement]) -> str:
    verdicts = ", ".join(f"{j.proposition.scope} ({j.verdict})" for j in others)
    return rf"\noindent\emph{{Likewise, each judged for itself: {display.escape(verdicts)}.}}"
