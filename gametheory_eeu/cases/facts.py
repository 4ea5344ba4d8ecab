"""Facts and values of a case, each with its source: a CSV file, a row each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.chapter import Chapter
from gametheory_eeu.core import Calibration, Source, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.bibliography import Bibliography
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import GameTheoryError, UnknownNameError
from gametheory_eeu.models import bibliography


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


NEEDED = ("name", "calibration", "value", "mark")
COLUMNS = (*NEEDED, "reference", "note", "game", "meaning", "year")
EACH = "*"
"""In the column of calibrations: all that other rows name."""

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(\s*/\s*\d+)?")


@dataclass(frozen=True)
class _Row:
    """A row of the table, with its place for messages."""

    place: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def error(self, message: str) -> GameTheoryError:
        return GameTheoryError(f"{self.place}: {message}")

    @property
    def source(self) -> Source:
        if not self["mark"]:
            raise self.error(
                f"{self['name']} has no source; write A, L, M or D in the column mark, and where "
                "the number is from in reference and note"
            )
        mark: object = self["mark"]
        try:
            return Source(mark, self["reference"], self["note"])  # type: ignore[arg-type]
        except GameTheoryError as error:
            raise self.error(str(error)) from None


def check_reference(what: str, reference: str, works: Bibliography) -> None:
    """Refuse a key that is in no bibliography; a reference of several words is no key."""
    if not reference or " " in reference or reference in works or reference in bibliography():
        return
    file = works.files[0] if works.files else None
    fix = f"Add it to {file}" if file else 'Give the case its works, bibliography="works.bib"'
    keys = [*works, *bibliography()]
    error = UnknownNameError("entry of the bibliography", reference, keys)
    raise GameTheoryError(f"{what}: {error} {fix}, or write the reference in several words")


def read_values(
    path: Path,
    chapters: Sequence[Chapter],
    known: Facts = Facts(),
    works: Bibliography | None = None,
) -> tuple[Facts, dict[str, list[Calibration]]]:
    """Facts, and calibrations by the name of the game's class.

    Values may name the table's facts, and those known from another; references are looked up in
    the works, where they are given, and in the models' literature. Where it cannot be read, or a
    row is wrong, the error names the file, the line and what to do.
    """
    rows = list(_read_rows(path))
    if works is not None:
        for row in rows:
            check_reference(f"{row.place}: {row['name']}", row["reference"], works)
    facts = Facts(tuple(_fact(row) for row in rows if not row["calibration"]))
    numbers = {
        fact.name: fact.value for fact in (*known, *facts) if isinstance(fact.value, sp.Expr)
    }
    entries: dict[str, dict[str, dict[str, tuple[Expr, Source]]]] = {}
    names = list(dict.fromkeys(row["calibration"] for row in rows if row["calibration"]))
    named = [name for name in names if name != EACH]
    for row in rows:
        for chapter in _chapters_of(row, chapters) if row["calibration"] else ():
            game = entries.setdefault(chapter.name, {name: {} for name in named})
            for name in named if row["calibration"] == EACH else [row["calibration"]]:
                if row["name"] in game[name]:
                    raise row.error(f"{row['name']} is given twice in {name!r}")
                game[name][row["name"]] = _value(row, numbers), row.source
    return facts, {
        game: [Calibration(name, values) for name, values in tables.items() if values]
        for game, tables in entries.items()
    }


def read_facts(path: Path) -> Facts:
    """The facts of a table without calibrations."""
    return read_values(path, ())[0]


def _read_rows(path: Path) -> Iterator[_Row]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise GameTheoryError(f"cannot read the values {path}: {reason}") from None
    reader = csv.DictReader(lines, skipinitialspace=True)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    for column in NEEDED:
        if column not in header:
            raise GameTheoryError(
                f"{path} has no column {column!r}; its first line has to name {', '.join(NEEDED)}, "
                f"and may name {', '.join(COLUMNS[len(NEEDED) :])}"
            )
    for column in header:
        arg.one_of(f"column of {path}", column, COLUMNS)
    for cells in reader:
        place = f"{path}, line {reader.line_num}"
        if None in cells:
            raise GameTheoryError(
                f"{place}: there are more than {len(header)} cells; put text with commas in quotes"
            )
        row = _Row(place, {name: (text or "").strip() for name, text in cells.items()})
        if any(row.cells.values()):
            yield _checked(row)


def _checked(row: _Row) -> _Row:
    if not row["name"]:
        raise row.error("there is no name; write that of a parameter, or of a fact")
    if not row["value"]:
        raise row.error(f"{row['name']} has no value; write a number, such as 7/10")
    return row


def _fact(row: _Row) -> Fact:
    text = row["value"]
    value = parse(text) if _NUMBER.fullmatch(text) else text
    return Fact(row["name"], value, row["meaning"], row["year"], row.source)


def _value(row: _Row, facts: dict[str, Expr]) -> Expr:
    """A number, or a formula in the facts that are numbers."""
    try:
        return parse(row["value"], facts)
    except GameTheoryError as error:
        raise row.error(
            f"{row['name']}: {error} A value is a number, or a formula in numbers of the facts"
        ) from None


def _chapters_of(row: _Row, chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters whose games a row is about."""
    name = row["name"].partition(".")[0]
    if row["game"]:
        chosen = [chapter for chapter in chapters if chapter.name == row["game"]]
        if not chosen:
            names = [chapter.name for chapter in chapters]
            raise row.error(str(UnknownNameError("game of the case", row["game"], names)))
    else:
        chosen = list(chapters)
    result = [chapter for chapter in chosen if name in _names(chapter)]
    if not result:
        known = dict.fromkeys(text for c in chosen for text in c.game_class.parameters.names)
        owner = row["game"] or "the case's games"
        raise row.error(str(UnknownNameError(f"parameter of {owner}", row["name"], known)))
    return result


def _names(chapter: Chapter) -> set[str]:
    return set(chapter.game_class.parameters.names)
