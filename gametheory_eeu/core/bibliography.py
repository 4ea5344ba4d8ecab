"""Works that something rests on, as text and as BibTeX, and their keys in ``.bib`` files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import GameTheoryError, UnknownNameError


@dataclass(frozen=True, repr=False)
class Work(Displayable):
    """A cited work.

    Parameters
    ----------
    key : str
        In the bibliography; empty where a source names the work in words.
    text : str
        The entry of a list of references.
    note : str
        Chapters, propositions, pages.
    bibtex : str
        Empty without a key.
    """

    key: str
    text: str
    note: str = ""
    bibtex: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        for name in ("key", "text", "note", "bibtex"):
            arg.text(name, getattr(self, name))

    def __repr__(self) -> str:
        return f"<work {self.key or self.text!r}>"


@dataclass(frozen=True, repr=False)
class Citation(Displayable):
    """The works that something rests on, in the order in which they are first named.

    Parameters
    ----------
    caption : str
        What rests on them.
    rows : tuple of Work

    Examples
    --------
    >>> Citation("Survey", (Work("", "my own survey"),))
    <citation of Survey: 1 work: my own survey>
    """

    caption: str
    rows: tuple[Work, ...]

    def __post_init__(self) -> None:
        arg.text("caption", self.caption)
        rows = arg.sequence("rows", self.rows, "a list of Works")
        object.__setattr__(self, "rows", tuple(
            arg.instance("work", row, Work, "a Work") for row in rows))  # fmt: skip

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the works that have one."""
        return tuple(row.key for row in self.rows if row.key)

    @property
    def text(self) -> str:
        """A list of references, one a line."""
        return "\n".join(row.text for row in self.rows)

    @property
    def bibtex(self) -> str:
        """The entries of the works with a key, for a ``.bib`` file."""
        return "\n".join(row.bibtex for row in self.rows if row.bibtex)

    def to_bibtex(self, path: str | Path) -> Path:
        """Write the entries to a ``.bib`` file; the path comes back."""
        return arg.write_file("path", path, self.bibtex)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        names = ", ".join(row.key or row.text for row in self.rows)
        works = "1 work" if len(self) == 1 else f"{len(self)} works"
        return f"<citation of {self.caption}: {works}{': ' if names else ''}{names}>"


@dataclass(frozen=True)
class Bibliography:
    """Works by key, from one or more ``.bib`` files, which are read when first asked for.

    Parameters
    ----------
    files : tuple of paths
        Where two files have the same key, the first counts.
    """

    files: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        paths = arg.sequence("files", self.files, "a list of paths of .bib files")
        object.__setattr__(self, "files", tuple(arg.path("file", path) for path in paths))

    def __contains__(self, key: object) -> bool:
        return any(key in _entries(file) for file in self.files)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(key for file in self.files for key in _entries(file)))

    def __add__(self, other: Bibliography) -> Bibliography:
        return Bibliography((*self.files, *other.files))

    @arg.validate(reference=arg.text)
    def cite(self, reference: str) -> str:
        """A citation as text for a key; other text is returned unchanged.

        Examples
        --------
        >>> Bibliography().cite("my own survey")
        'my own survey'
        """
        entries = (_entries(file)[reference] for file in self.files if reference in _entries(file))
        entry = next(entries, None)
        return reference if entry is None else _citation(entry)

    @arg.validate(key=arg.text, note=arg.text)
    def work(self, key: str, note: str = "") -> Work:
        """The work of a key, with the entry of a list of references and its BibTeX.

        Raises
        ------
        UnknownNameError
            No file has the key: the nearest that one has.
        """
        for file in self.files:
            if key in _entries(file):
                entry = _entries(file)[key]
                return Work(key, _reference(entry), note, _bibtex(entry))
        raise UnknownNameError("entry of the bibliography", key, self)


@lru_cache(maxsize=32)
def _entries(file: Path) -> Mapping[str, Any]:
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise GameTheoryError(f"cannot read the bibliography {file}: {reason}") from None
    try:
        return dict(parse_string(text, "bibtex").entries)
    except PybtexError as error:
        raise GameTheoryError(f"the bibliography {file} is not BibTeX: {error}") from None


def _citation(entry: Any) -> str:
    """Author and year: ``Kydd (2005)``."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    names = [" ".join([*person.prelast_names, *person.last_names]) for person in persons]
    authors = " & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])).strip("{}")
    year = entry.fields.get("year")
    authors = authors or entry.key
    return f"{authors} ({year})" if year else authors


@lru_cache(maxsize=1)
def _formats() -> tuple[Any, Any]:
    """The style of a list of references, and plain text to write it in."""
    from pybtex.backends.plaintext import Backend
    from pybtex.style.formatting.unsrt import Style

    return Style(), Backend()


def _reference(entry: Any) -> str:
    """The entry of a list of references."""
    style, backend = _formats()
    template = getattr(style, f"get_{entry.type}_template", style.get_misc_template)(entry)
    text = template.format_data({"entry": entry, "style": style, "bib_data": None})
    return str(text.render(backend)) or _citation(entry)


def _bibtex(entry: Any) -> str:
    """The entry for a ``.bib`` file, its text as it was read."""
    people = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    fields = "".join(f"  {k} = {{{text}}},\n" for k, text in (people | dict(entry.fields)).items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}\n"
