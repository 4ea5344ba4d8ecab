"""Every kind of result that a public call gives, found by walking what the calls return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from gametheory_eeu.core.results import Picklable

PACKAGE = "gametheory_eeu"
_MAX_DEEP = 4


def walked(value: object, deep: int = 0) -> Iterator[object]:
    """The value and what it holds, results of the library only."""
    if deep > _MAX_DEEP:
        return
    if isinstance(value, Picklable) or (is_dataclass(value) and _is_ours(value)):
        yield value
        for part in list(getattr(value, "__dict__", {}).values()):
            yield from walked(part, deep + 1)
    elif isinstance(value, (tuple, list)):
        for part in value[:20]:
            yield from walked(part, deep + 1)
    elif isinstance(value, Mapping) and len(value) < 100:
        for part in value.values():
            yield from walked(part, deep + 1)


def _is_ours(value: object) -> bool:
    return type(value).__module__.startswith(PACKAGE) and not isinstance(value, type)


def first_of_each_kind(values: Iterator[object], most: int = 3) -> list[Any]:
    """Up to a few results of every class."""
    found: dict[type, list[object]] = {}
    for value in values:
        for each in walked(value):
            kept = found.setdefault(type(each), [])
            if len(kept) < most and not any(each is other for other in kept):
                kept.append(each)
    return [each for kept in found.values() for each in kept]
