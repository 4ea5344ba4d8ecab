"""Claims of a case, as a table with their verdicts."""

from __future__ import annotations

from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import Case
from gametheory_eeu.display import Table

NAMES = ("claims.csv", "claims.tex")
_COLUMNS = ("number", "place", "claim", "verdict", "what it comes to", "game")


def of(case: Case) -> tuple[Any, ...]:
    """The claims of a case."""
    return tuple(getattr(case, "claims", ()))


def table(case: Case) -> Table:
    """A row for each claim; the caption counts the verdicts."""
    rows = tuple(
        (str(c.number), c.place, c.paraphrase, c.verdict, c.statement, _title(c.game))
        for c in of(case)
    )
    verdicts = [row[3] for row in rows]
    counts = (f"{verdicts.count(v)} {v}" for v in dict.fromkeys(sorted(verdicts, key=_rank)))
    return Table(_COLUMNS, rows, f"{len(rows)} claims: {', '.join(counts)}")


_RANKS = (
    "proved", "proved if", "holds at the calibration", "refuted", "unknown", "stipulated", "fact",
)  # fmt: skip


def _rank(verdict: str) -> int:
    return _RANKS.index(verdict) if verdict in _RANKS else len(_RANKS)


def _title(game: Any) -> str:
    """The name of a game's class."""
    return game if isinstance(game, str) else str(getattr(game, "__name__", game))


def files(claims: Table) -> dict[str, bytes]:
    """The table as CSV and as LaTeX, by name."""
    texts = display.csv(claims), f"{display.latex(claims)}\n"
    return {name: text.encode() for name, text in zip(NAMES, texts, strict=True)}


def explanations(case: Case) -> dict[str, str]:
    """What is said of each claim at length."""
    return {
        f"{c.number}. {c.paraphrase} ({c.place}): {c.verdict}": str(c.explain()) for c in of(case)
    }
