"""The claims of the article, paraphrased, each with its place, its game and what it comes to.

They are the rows of ``data/claims.csv``, the tensions between them those of ``data/tensions.csv``.
What is judged are propositions of the theory, by name, or a function of ``formal``; places are
codes of paragraphs: I opening, X explanations, U the union, K conclusion.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from gametheory_eeu.cases.claims import CaseClaim, CaseClaims, Tension
from gametheory_eeu.cases.eeu import formal
from gametheory_eeu.cases.eeu.calibrations import FOLDER, calibration, facts
from gametheory_eeu.core import Source

_MODEL = Source("M")


@cache
def claims() -> CaseClaims:
    """The 48 claims of the article, each with its verdict.

    Examples
    --------
    >>> import gametheory_eeu as eeu
    >>> claims = eeu.article.claims()
    >>> claims[16].verdict
    'proved'
    >>> claims[9].verdict
    'proved if'
    """
    rows = _rows("claims.csv")
    return CaseClaims(tuple(_claim(int(row["number"]), row["claim"], row) for row in rows))


@cache
def tensions() -> tuple[Tension, ...]:
    """The tensions inside the text, each with what reconciles them.

    Examples
    --------
    >>> tensions()[0]
    <tension of 34, 37: The hegemon cannot afford an exit, and its interest fades.>
    >>> [tension.verdict for tension in tensions()]
    ['proved', 'proved', 'proved if', 'proved']
    """
    return tuple(
        Tension(
            tuple(claims()[number] for number in _list(row["claims"])),
            row["tension"],
            _claim(k, row["statement"], row),
        )
        for k, row in enumerate(_rows("tensions.csv"), 1)
    )


def _rows(file: str) -> list[dict[str, str]]:
    text = (FOLDER / "data" / file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _list(cell: str | None) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


def _claim(number: int, paraphrase: str, row: dict[str, str]) -> CaseClaim:
    points: list[Any] = [pair.split() for pair in _list(row.get("at"))]
    return CaseClaim(
        number,
        row.get("place", ""),
        paraphrase,
        row["statement"],
        row["game"],
        getattr(formal, row["formal"]) if row["formal"] else None,
        propositions=_list(row["propositions"]),
        at=tuple((game, calibration(game, name)) for game, name in points),
        facts=tuple(facts()[name] for name in _list(row.get("facts"))),
        stipulation=row.get("stipulation", ""),
        source=_MODEL,
    )
