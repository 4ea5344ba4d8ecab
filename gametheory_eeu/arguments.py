"""What kind of thing came: the one place where an argument is looked at, with one wording.

Each function returns the argument where it is of the kind asked for, and refuses it by the name of
its parameter where it is not, before anything is done with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from numbers import Integral
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

import sympy as sp

from gametheory_eeu._types import Symbol
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError, shown

T = TypeVar("T")
_MOST_CHARACTERS = 20_000


def instance(name: str, value: object, kind: type[T], allowed: str, fix: str = "") -> T:
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


def one_of(kind: str, value: object, known: Iterable[str], allowed: str = "") -> str:
    """The value, which is one of some names; the nearest is suggested where it is none of them.

    Examples
    --------
    >>> one_of("player", "1", ["1", "2"])
    '1'
    """
    names = tuple(known)
    if not isinstance(value, str):
        raise ParameterError(kind, value, allowed or f"one of {_listed(names)}")
    if value not in names:
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


def mapping(name: str, value: object, allowed: str, fix: str = "") -> Mapping[Any, Any]:
    """The value, a mapping; a data frame's column stands for one too.

    Examples
    --------
    >>> mapping("profile", {"1": "L"}, "an action for each player")
    {'1': 'L'}
    """
    return instance(name, value, Mapping, allowed, fix)  # type: ignore[type-abstract]


def sequence(name: str, value: object, allowed: str, fix: str = "") -> tuple[Any, ...]:
    """The parts of a list, a tuple, an array or the like, which is neither text nor a mapping.

    Examples
    --------
    >>> sequence("actions", ["L", "R"], "a list of names")
    ('L', 'R')
    """
    value = value.tolist() if hasattr(value, "tolist") and hasattr(value, "ndim") else value
    bad = (str, bytes, bytearray, Mapping, sp.Basic)
    if isinstance(value, bad) or not (isinstance(value, Iterable) and isinstance(value, Sized)):
        raise ParameterError(name, value, allowed, fix)
    return tuple(value)


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


def function(name: str, value: object, allowed: str) -> Callable[..., Any]:
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
    if not isinstance(found, str) or "\0" in found or not found:
        raise ParameterError(name, value, allowed)
    return Path(found)


def symbols_by_name(symbols: Iterable[Symbol]) -> dict[str, Symbol]:
    """Symbols by name; two different ones of one name are refused.

    Examples
    --------
    >>> symbols_by_name([sp.Symbol("x", positive=True)])
    {'x': x}
    """
    found: dict[str, Symbol] = {}
    for symbol in symbols:
        if found.setdefault(symbol.name, symbol) != symbol:
            raise SpaceError(
                f"two different symbols are called {symbol.name}: their assumptions differ "
                f"({assumed(found[symbol.name])} against {assumed(symbol)}); use one of them"
            )
    return found


def assumed(symbol: Symbol) -> str:
    """A symbol's own assumptions, as text.

    Examples
    --------
    >>> assumed(sp.Symbol("x", positive=True))
    'positive=True'
    """
    stated = (f"{key}={value}" for key, value in symbol._assumptions_orig.items())
    return ", ".join(each for each in stated if each != "commutative=True") or "no assumption"


def symbol_named(
    name: str, value: object, symbols: Iterable[Symbol], kind: str = "symbol"
) -> Symbol:
    """The one symbol of a name among some, whatever its assumptions; itself where it is given.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> symbol_named("unknown", "x", [x]) is x
    True
    """
    if not isinstance(value, (str, sp.Symbol)):
        raise ParameterError(name, value, "a symbol or its name")
    known = symbols_by_name([*symbols, *([value] if isinstance(value, sp.Symbol) else ())])
    wanted = value.name if isinstance(value, sp.Symbol) else str(value)
    if wanted not in {s.name for s in symbols}:
        raise UnknownNameError(kind, wanted, sorted({s.name for s in symbols}))
    return known[wanted]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:20]) + (", …" if len(names) > 20 else "")


__all__ = [
    "assumed",
    "flag",
    "function",
    "instance",
    "mapping",
    "names",
    "one_of",
    "path",
    "sequence",
    "symbol_named",
    "symbols_by_name",
    "text",
    "whole",
]
