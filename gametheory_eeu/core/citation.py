"""Citation: the works that something rests on, as text and as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable


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
