"""Kinds of arguments that are no mathematics: text, names, numbers, lists, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from numbers import Integral
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

import sympy as sp

from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    PositionError,
    UnknownNameError,
    shown,
)

T = TypeVar("T")
_MOST_CHARACTERS = 20_000
_NAMES = "a list of names that differ"


def instance(
    name: str, value: Any, kind: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = ""
) -> Any:
    """The value, an instance of a class.

    Examples
    --------
    >>> instance("size", 3, int, "a number")
    3
    """
    if not isinstance(value, kind):
        raise ParameterError(name, value, allowed, fix)
    return value


def text(name: str, value: object, allowed: str = "text", fix: str = "") -> str:
    """The value, which is text; of NumPy's text, Python's.

    Examples
    --------
    >>> text("title", "Chicken")
    'Chicken'
    """
    found = str.__str__(instance(name, value, str, allowed, fix))
    if len(found) > _MOST_CHARACTERS:
        raise ParameterError(name, found, f"text of at most {_MOST_CHARACTERS} characters")
    return found


def one_of(kind: str, value: object, known: Iterable[str]) -> str:
    """The value, which is one of some names; the nearest is suggested where it is none of them.

    Examples
    --------
    >>> one_of("player", "1", ["1", "2"])
    '1'
    """
    names = tuple(known)
    if not isinstance(value, str) or value not in names:
        raise UnknownNameError(kind, value, names)
    return str.__str__(value)


def flag(name: str, value: object) -> bool:
    """The value, which is True or False.

    Examples
    --------
    >>> flag("edges", True)
    True
    """
    if type(value).__name__ not in ("bool", "bool_"):
        raise ParameterError(name, value, "True or False")
    return bool(value)


def whole(name: str, value: object, least: int = 0, most: int | None = None) -> int:
    """The value as a whole number within bounds.

    Examples
    --------
    >>> whole("players", 3, least=2)
    3
    """
    limit = f", at most {most}" if most is not None else ""
    allowed = f"a whole number, {least} or more{limit}"
    if isinstance(value, sp.Integer):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise ParameterError(name, value, allowed)
    number = int(value)
    if number < least or (most is not None and number > most):
        raise ParameterError(name, value, allowed)
    return number


def mapping(
    name: str, value: object, allowed: str = "a mapping", fix: str = ""
) -> Mapping[Any, Any]:
    """The value, a mapping; a data frame's column stands for one too.

    Examples
    --------
    >>> mapping("profile", {"1": "L"}, "an action for each player")
    {'1': 'L'}
    """
    found: Mapping[Any, Any] = instance(name, value, Mapping, allowed, fix)
    return found


def sequence(name: str, value: object, allowed: str = "a list", fix: str = "") -> tuple[Any, ...]:
    """The parts of a list, a tuple, an array or the like, which is neither text nor a mapping.

    Examples
    --------
    >>> sequence("actions", ["L", "R"], "a list of names")
    ('L', 'R')
    """
    found: Any = value
    if hasattr(value, "tolist") and hasattr(value, "ndim"):
        found = value.tolist()
    bad = (str, bytes, bytearray, Mapping, sp.Basic, type)
    if isinstance(found, bad) or not (isinstance(found, Iterable) and isinstance(found, Sized)):
        raise ParameterError(name, value, allowed, fix)
    return tuple(found)


def names(
    name: str, value: object, allowed: str = "a list of names that differ"
) -> tuple[str, ...]:
    """Names that are text, not empty, and differ.

    Examples
    --------
    >>> names("players", ["1", "2"])
    ('1', '2')
    """
    fix = f"Write [{shown(value)}] for one name" if isinstance(value, str) else ""
    found = sequence(name, value, allowed, fix)
    if not all(isinstance(each, str) and each for each in found):
        raise ParameterError(name, value, allowed)
    if len(set(found)) < len(found):
        raise ParameterError(name, value, allowed, "A name is used twice")
    return tuple(map(str.__str__, found))


def function(name: str, value: object, allowed: str = "a function") -> Callable[..., Any]:
    """The value, which can be called.

    Examples
    --------
    >>> function("payoff", len, "a function")
    <built-in function len>
    """
    if not callable(value):
        raise ParameterError(name, value, allowed)
    found: Callable[..., Any] = value
    return found


def texts(name: str, value: object) -> tuple[str, ...]:
    """The value, a list of texts.

    Examples
    --------
    >>> texts("names", ["a", "a"])
    ('a', 'a')
    """
    found = sequence(name, value, "a list of texts")
    return tuple(text(name, each, "a list of texts") for each in found)


def called(name: str, function: Callable[..., Any], *args: object) -> Any:
    """What a function that a user gave returns; its own error is told as such.

    Examples
    --------
    >>> called("payoff", len, [1, 2])
    2
    """
    try:
        return function(*args)
    except GameTheoryError:
        raise
    except Exception as error:
        at = ", ".join(map(shown, args))
        raise ParameterError(
            name, function, f"a function of {at}", f"It raised {type(error).__name__} there"
        ) from error


def row(kind: str, rows: Sequence[T], wanted: object, known: Callable[[T], Iterable[object]]) -> T:
    """One of some rows, by its place or by what it is known by: a name, or a tuple of names.

    Raises
    ------
    PositionError
        A place at which there is none.
    UnknownNameError
        A name that none bears.

    Examples
    --------
    >>> row("word", ["one", "two"], "two", lambda word: [word])
    'two'
    """
    if isinstance(wanted, Integral) and type(wanted).__name__ not in ("bool", "bool_"):
        if -len(rows) <= int(wanted) < len(rows):
            return rows[int(wanted)]
        raise PositionError(kind, wanted, len(rows))
    for each in rows:
        if _is_name(wanted) and wanted in known(each):
            return each
    names = (next(iter(known(each))) for each in rows)
    raise UnknownNameError(kind, wanted, (", ".join(n) if isinstance(n, tuple) else str(n)
                                          for n in names))  # fmt: skip


def _is_name(wanted: object) -> bool:
    return isinstance(wanted, str) or (
        isinstance(wanted, tuple) and all(isinstance(part, str) for part in wanted)
    )


def path(name: str, value: object) -> Path:
    """The value as a path of a file.

    Examples
    --------
    >>> path("path", "game.nfg").suffix
    '.nfg'
    """
    allowed = "a path of a file, as text or a pathlib.Path"
    if not isinstance(value, (str, PathLike)):
        raise ParameterError(name, value, allowed)
    found = fspath(value)
    if not isinstance(found, str) or not found or not found.isprintable():
        raise ParameterError(name, value, allowed)
    return Path(found)


def written(name: str, value: object, content: str | bytes) -> Path:
    """A file with a content; a path at which none can be written is refused.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written("path", f"{folder}/game.nfg", "NFG 1 R").name
    'game.nfg'
    """
    target = path(name, value)
    try:
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        allowed = "a path at which a file can be written"
        raise ParameterError(name, value, allowed, why) from None
    return target


__all__ = [
    "called",
    "flag",
    "function",
    "instance",
    "mapping",
    "names",
    "one_of",
    "path",
    "row",
    "sequence",
    "text",
    "texts",
    "whole",
    "written",
]
