"""Distinct names: a number is appended to a repeated one."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def unique_name(name: str, used_names: Collection[str]) -> str:
    """The name, with a number appended where it is already used.

    Examples
    --------
    >>> unique_name("a/b", {"a/b", "a/b (2)"})
    'a/b (3)'
    """
    number, candidate = 1, name
    while candidate in used_names:
        number += 1
        candidate = f"{name} ({number})"
    return candidate


def unique_names(names: Iterable[str]) -> list[str]:
    """The names in order, with numbers appended to the repeated ones.

    Examples
    --------
    >>> unique_names(["a, b", "c", "a, b"])
    ['a, b', 'c', 'a, b (2)']
    """
    result: dict[str, None] = {}
    for name in names:
        result[unique_name(name, result)] = None
    return list(result)
