"""The bibliography, read from one ``.bib`` file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from gametheory_eeu.core import arguments as arg


@cache
def _entries() -> dict[str, Any]:
    from pybtex.database import parse_string

    text = (files("gametheory_eeu.cases.eeu") / "references.bib").read_text(encoding="utf-8")
    return dict(parse_string(text, "bibtex").entries)


@arg.validate(reference=arg.text)
def cite(reference: str) -> str:
    """A citation as text for a key of the bibliography; other text is returned unchanged.

    Examples
    --------
    >>> cite("Kydd2005")
    'Kydd (2005)'
    >>> cite("my own survey")
    'my own survey'
    """
    entry = _entries().get(reference)
    if entry is None:
        return reference
    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    names = [" ".join([*person.prelast_names, *person.last_names]) for person in persons]
    authors = " & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])).strip("{}")
    year = entry.fields.get("year")
    return f"{authors} ({year})" if year else authors
