"""Names that differ: what labels are joined to may read alike, and is then no key."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def apart(name: str, taken: Collection[str]) -> str:
    """The name, with a number where it is taken.

    Examples
    --------
    >>> apart("a/b", {"a/b", "a/b (2)"})
    'a/b (3)'
    """
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found


def told_apart(names: Iterable[str]) -> list[str]:
    """The names in order, each that came before with a number.

    Examples
    --------
    >>> told_apart(["a, b", "c", "a, b"])
    ['a, b', 'c', 'a, b (2)']
    """
    found: dict[str, None] = {}
    for name in names:
        found[apart(name, found)] = None
    return list(found)


__all__ = ["apart", "told_apart"]
