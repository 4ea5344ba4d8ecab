"""Facts stated in the article, each with its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable

ARTICLE = "BusyginaFilippov"


@dataclass(frozen=True, repr=False)
class ArticleFact(Displayable):
    """A fact the article states.

    Parameters
    ----------
    name : str
    value : SymPy number or str
        Exact; dates as text, ISO 8601.
    meaning : str
        In our own words.
    year : str
        What it refers to.
    source : Source
        Always marked "A", with the paragraph's code: I opening, X explanations, U the union,
        K conclusion.
    """

    name: str
    value: Expr
    meaning: str
    year: str
    source: Source

    def __repr__(self) -> str:
        return f"<fact {self.name} = {self.value} ({self.year}), {self.source}>"


@dataclass(frozen=True, repr=False)
class ArticleFacts(Displayable):
    """The article's facts, by name."""

    rows: tuple[ArticleFact, ...]

    def __iter__(self) -> Iterator[ArticleFact]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> ArticleFact:
        return arg.lookup("fact", self.rows, name, lambda row: [row.name])

    def __repr__(self) -> str:
        return f"<{len(self)} facts: {', '.join(row.name for row in self.rows)}>"


def _fact(name: str, value: Expr, meaning: str, year: str, paragraph: str) -> ArticleFact:
    return ArticleFact(name, value, meaning, year, Source("A", ARTICLE, paragraph))


_FACTS = ArticleFacts(
    (
        _fact("treaty_signed", "2014-05-29", "the union's treaty is signed", "2014", "U.1"),
        _fact(
            "treaty_in_force", "2015-01-01", "the union's treaty enters into force", "2015", "U.1"
        ),
        _fact(
            "founding_states",
            sp.Integer(3),
            "states that signed: Russia, Belarus, Kazakhstan",
            "2014",
            "U.1",
        ),
        _fact(
            "acceding_states",
            sp.Integer(2),
            "states that followed: Armenia, Kyrgyzstan",
            "2015",
            "U.1",
        ),
        _fact(
            "votes_per_state", sp.Integer(2), "votes of each state in the Commission", "2015", "U.2"
        ),
        _fact(
            "hard_bargainers",
            sp.Integer(3),
            "members, of four, that drew visible gains for consent",
            "2014",
            "U.2",
        ),
        _fact(
            "approval_2014",
            sp.Rational(70, 100),
            "share of the Russian public that approves",
            "2014",
            "X.2",
        ),
        _fact(
            "approval_2019",
            sp.Rational(76, 100),
            "share of the Russian public that approves",
            "2019",
            "X.2",
        ),
        _fact(
            "faithful_members",
            sp.Integer(2),
            "most faithful partners: Belarus and Kazakhstan",
            "before 2014",
            "X.1",
        ),
        _fact(
            "bilateral_talks",
            "2011",
            "the project starts as talks with one neighbour at a time",
            "2011",
            "X.1",
        ),
        _fact(
            "ethnic_russians_kazakhstan",
            sp.Rational(1, 5),
            "ethnic Russians in Kazakhstan: the share is more than this",
            "2014",
            "U.4",
        ),
        _fact(
            "disloyalty_sentence",
            sp.Integer(5),
            "years of prison in a case of disloyal speech",
            "2015",
            "U.4",
        ),
    )
)


def facts() -> ArticleFacts:
    """The article's facts, each with its paragraph.

    Examples
    --------
    >>> facts()["founding_states"].value
    3
    """
    return _FACTS
