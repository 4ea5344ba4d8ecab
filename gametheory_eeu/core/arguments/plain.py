"""Validators of other arguments: text, names, numbers, lists, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from functools import update_wrapper
from inspect import Parameter, signature
from numbers import Integral
from os import PathLike, fspath
from pathlib import Path
from types import FunctionType
from typing import Any, ParamSpec, TypeAlias, TypeVar

import sympy as sp

from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    PositionError,
    UnknownNameError,
    short_repr,
)

T = TypeVar("T")
_MAX_CHARACTERS = 20_000


def instance(
    name: str, value: Any, types: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = ""
) -> Any:
    """Validate an instance of a class, or of one of several.

    Examples
    --------
    >>> instance("size", 3, int, "a number")
    3
    """
    if not isinstance(value, types):
        raise ParameterError(name, value, allowed, fix)
    return value


def text(name: str, value: object, allowed: str = "text", fix: str = "") -> str:
    """Validate text; a NumPy string becomes a Python one.

    Examples
    --------
    >>> text("title", "Chicken")
    'Chicken'
    """
    string = str.__str__(instance(name, value, str, allowed, fix))
    if len(string) > _MAX_CHARACTERS:
        raise ParameterError(name, string, f"text of at most {_MAX_CHARACTERS} characters")
    return string


def one_of(kind: str, value: object, known: Iterable[str]) -> str:
    """Validate one of some names; the error suggests the nearest.

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
    """Validate True or False.

    Examples
    --------
    >>> flag("edges", True)
    True
    """
    if type(value).__name__ not in ("bool", "bool_"):
        raise ParameterError(name, value, "True or False")
    return bool(value)


def integer(name: str, value: object, least: int = 0, most: int | None = None) -> int:
    """Validate an integer within bounds.

    Examples
    --------
    >>> integer("players", 3, least=2)
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
    """Validate a mapping; a data frame's column counts as one.

    Examples
    --------
    >>> mapping("profile", {"1": "L"}, "an action for each player")
    {'1': 'L'}
    """
    result: Mapping[Any, Any] = instance(name, value, Mapping, allowed, fix)
    return result


def sequence(name: str, value: object, allowed: str = "a list", fix: str = "") -> tuple[Any, ...]:
    """Validate a list, tuple, array or the like, and return its items as a tuple.

    Examples
    --------
    >>> sequence("actions", ["L", "R"], "a list of names")
    ('L', 'R')
    """
    items: Any = value
    if hasattr(value, "tolist") and hasattr(value, "ndim"):
        items = value.tolist()
    excluded_types = (str, bytes, bytearray, Mapping, sp.Basic, type)
    if isinstance(items, excluded_types) or not (
        isinstance(items, Iterable) and isinstance(items, Sized)
    ):
        raise ParameterError(name, value, allowed, fix)
    return tuple(items)


def names(
    name: str, value: object, allowed: str = "a list of names that differ"
) -> tuple[str, ...]:
    """Validate a list of distinct, non-empty names.

    Examples
    --------
    >>> names("players", ["1", "2"])
    ('1', '2')
    """
    fix = f"Write [{short_repr(value)}] for one name" if isinstance(value, str) else ""
    items = sequence(name, value, allowed, fix)
    if not all(isinstance(item, str) and item for item in items):
        raise ParameterError(name, value, allowed)
    if len(set(items)) < len(items):
        raise ParameterError(name, value, allowed, "A name is used twice")
    return tuple(map(str.__str__, items))


def function(name: str, value: object, allowed: str = "a function") -> Callable[..., Any]:
    """Validate a callable.

    Examples
    --------
    >>> function("payoff", len, "a function")
    <built-in function len>
    """
    if not callable(value):
        raise ParameterError(name, value, allowed)
    result: Callable[..., Any] = value
    return result


def texts(name: str, value: object) -> tuple[str, ...]:
    """Validate a list of texts.

    Examples
    --------
    >>> texts("names", ["a", "a"])
    ('a', 'a')
    """
    items = sequence(name, value, "a list of texts")
    return tuple(text(name, item, "a list of texts") for item in items)


def call(name: str, function: Callable[..., Any], *args: object) -> Any:
    """Call a user's function; an exception in it becomes a ParameterError.

    Examples
    --------
    >>> call("payoff", len, [1, 2])
    2
    """
    try:
        return function(*args)
    except GameTheoryError:
        raise
    except Exception as error:
        arguments = ", ".join(map(short_repr, args))
        raise ParameterError(
            name, function, f"a function of {arguments}", f"It raised {type(error).__name__} there"
        ) from error


def lookup(
    kind: str, rows: Sequence[T], key: object, keys_of: Callable[[T], Iterable[object]]
) -> T:
    """Look up an item by its position or by its key: a name, or a tuple of names.

    Examples
    --------
    >>> lookup("word", ["one", "two"], "two", lambda word: [word])
    'two'
    """
    if isinstance(key, Integral) and type(key).__name__ not in ("bool", "bool_"):
        if -len(rows) <= int(key) < len(rows):
            return rows[int(key)]
        raise PositionError(kind, key, len(rows))
    for item in rows:
        if _is_name(key) and key in keys_of(item):
            return item
    names = (next(iter(keys_of(item))) for item in rows)
    raise UnknownNameError(kind, key, (", ".join(label) if isinstance(label, tuple) else str(label)
                                          for label in names))  # fmt: skip


def _is_name(key: object) -> bool:
    return isinstance(key, str) or (
        isinstance(key, tuple) and all(isinstance(item, str) for item in key)
    )


def path(name: str, value: object) -> Path:
    """Validate the path of a file.

    Examples
    --------
    >>> path("path", "game.nfg").suffix
    '.nfg'
    """
    allowed = "a path of a file, as text or a pathlib.Path"
    if not isinstance(value, (str, PathLike)):
        raise ParameterError(name, value, allowed)
    filename = fspath(value)
    if not isinstance(filename, str) or not filename or not filename.isprintable():
        raise ParameterError(name, value, allowed)
    return Path(filename)


def write_file(name: str, value: object, content: str | bytes) -> Path:
    """Write content to a file; a path that cannot be written is refused.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_file("path", f"{folder}/game.nfg", "NFG 1 R").name
    'game.nfg'
    """
    target = path(name, value)
    try:
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        allowed = "a path at which a file can be written"
        raise ParameterError(name, value, allowed, reason) from None
    return target


P = ParamSpec("P")
Validator: TypeAlias = Callable[[str, Any], Any]
"""The name of a parameter and what came, to what is taken in its place."""


def validate(**validators: Validator) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator that validates a function's arguments, by the names of its parameters.

    Of a parameter ``*rows`` every argument is looked at, of ``**values`` none.
    """

    def decorator(function: Callable[P, T]) -> Callable[P, T]:
        parameters = signature(function).parameters
        unknown = validators.keys() - parameters.keys()
        assert not unknown, unknown
        positional_kinds = Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD
        slots = [validators.get(p.name) for p in parameters.values() if p.kind in positional_kinds]
        names = list(parameters)[: len(slots)]
        variadic = next(
            (p.name for p in parameters.values() if p.kind is Parameter.VAR_POSITIONAL), ""
        )
        variadic_check = validators.get(variadic)

        def wrapper(*args: Any, **keywords: Any) -> Any:
            positional = [value if check is None else check(name, value)
                     for name, check, value in zip(names, slots, args, strict=False)]  # fmt: skip
            extra = args[len(slots) :]
            if variadic_check is not None:
                extra = tuple(variadic_check(variadic, value) for value in extra)
            for name in validators.keys() & keywords.keys():
                keywords[name] = validators[name](name, keywords[name])
            return function(*positional, *extra, **keywords)

        # In the globals of the function, so that doctest finds the examples of its docstring.
        result = FunctionType(wrapper.__code__, function.__globals__, closure=wrapper.__closure__)
        return update_wrapper(result, function)

    return decorator


def optional(check: Validator) -> Validator:
    """Validator that accepts None too."""
    return lambda name, value: None if value is None else check(name, value)


def instance_of(types: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = "") -> Validator:
    """Validator of instances of a class, or of one of several."""
    return lambda name, value: instance(name, value, types, allowed, fix)
