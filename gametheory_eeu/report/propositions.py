"""The propositions of the theory, judged and written: a document for plain LaTeX, and a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gametheory_eeu import display
from gametheory_eeu.model import Judgement, Judgements
from gametheory_eeu.models.registry import propositions

NAMES = ("propositions.tex", "propositions.csv")
_TITLES = {
    "3": "Power", "4": "Trust", "5": "Price", "6": "Further mechanisms", "7": "The whole argument",
}  # fmt: skip


def judged() -> Judgements:
    """Every proposition with what came of it."""
    return propositions().judge()


def files(found: Judgements) -> dict[str, bytes]:
    """The document and the table, by name."""
    made = _document(found), display.csv(found)
    return {name: text.encode() for name, text in zip(NAMES, made, strict=True)}


def _document(found: Judgements) -> str:
    return "\n".join([
        display.PREAMBLE,
        r"\title{Propositions: what is claimed, in which scope, and what came of it}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        r"\sloppy",
        display.escape(_INTRODUCTION.format(count=len(found), summary=repr(found).strip("<>"))),
        *_sections(found),
        r"\end{document}",
        "",
    ])  # fmt: skip


_INTRODUCTION = (
    "{summary}. A proposition states its scope; below it stand the formal claims it consists of, "
    "with what came of each. Symbols range over the constraints of their game, which the JSON of a "
    "proposition lists. A naive claim is refuted at a counterexample, and what is true instead "
    "is proved."
)


def _sections(found: Judgements) -> Iterator[str]:
    for mark, group in groupby(found, key=lambda j: j.proposition.section[0]):
        yield rf"\section{{{display.escape(_TITLES[mark])}}}"
        for _, alike in groupby(group, key=_stem):
            first, *others = alike
            yield display.latex(first)
            if others:
                yield _likewise(others)
            yield r"\medskip"
            yield ""


def _stem(judgement: Judgement) -> str:
    """The name without the number of members."""
    p = judgement.proposition
    return p.name.removesuffix(p.scope.replace("n = ", "-n"))


def _likewise(others: list[Judgement]) -> str:
    told = ", ".join(f"{j.proposition.scope} ({j.verdict})" for j in others)
    return rf"\noindent\emph{{Likewise, each judged for itself: {display.escape(told)}.}}"


__all__ = ["NAMES", "files", "judged"]
