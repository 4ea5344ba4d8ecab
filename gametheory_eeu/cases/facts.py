"""Facts of a case, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable


@dataclass(frozen=True, repr=False)
class Fact(Displayable):
    """A fact that a case states.

    Parameters
    ----------
    name : str
    value : SymPy number or str
        Exact; dates as text, ISO 8601.
    meaning : str
        In words.
    year : str
        When it held.
    source : Source
    """

    name: str
    value: Expr
    meaning: str
    year: str
    source: Source

    def __post_init__(self) -> None:
        for name in ("name", "meaning", "year"):
            arg.text(name, getattr(self, name))
        arg.instance("source", self.source, Source, "a Source")

    def __repr__(self) -> str:
        year = f" ({self.year})" if self.year else ""
        return f"<fact {self.name} = {self.value}{year}, {self.source}>"


@dataclass(frozen=True, repr=False)
class Facts(Displayable):
    """The facts of a case, by name."""

    rows: tuple[Fact, ...] = ()

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Fact:
        return arg.lookup("fact", self.rows, name, lambda row: [row.name])

    def __repr__(self) -> str:
        return f"<{len(self)} facts: {', '.join(row.name for row in self.rows)}>"
