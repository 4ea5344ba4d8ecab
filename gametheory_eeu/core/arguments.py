"""Validation of arguments, in one place and with one wording of errors.

Each function returns the argument where it is of the kind asked for, and refuses it by the name of
its parameter where it is not, before anything is done with it. :func:`validate` puts them before a
function.

Examples
--------
>>> @validate(title=text, edges=flag)
... def drawn(title, edges=False):
...     return title, edges
>>> drawn("Chicken")
('Chicken', False)
>>> drawn(None)
Traceback (most recent call last):
...
gametheory_eeu.errors.ParameterError: title = None is not allowed; allowed: text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from functools import update_wrapper
from inspect import Parameter, signature
from numbers import Integral
from os import PathLike, fspath
from pathlib import Path
from types import FunctionType
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    PositionError,
    SpaceError,
    UnknownNameError,
    short_repr,
)

T = TypeVar("T")
_MAX_CHARACTERS = 20_000


def instance(
    name: str, value: Any, types: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = ""
) -> Any:
    """Validate an instance of a class, or of one of several."""
    if not isinstance(value, types):
        raise ParameterError(name, value, allowed, fix)
    return value


def text(name: str, value: object, allowed: str = "text", fix: str = "") -> str:
    """Validate text; a NumPy string becomes a Python one."""
    string = str.__str__(instance(name, value, str, allowed, fix))
    if len(string) > _MAX_CHARACTERS:
        raise ParameterError(name, string, f"text of at most {_MAX_CHARACTERS} characters")
    return string


def one_of(kind: str, value: object, known: Iterable[str]) -> str:
    """Validate one of some names; the error suggests the nearest."""
    names = tuple(known)
    if not isinstance(value, str) or value not in names:
        raise UnknownNameError(kind, value, names)
    return str.__str__(value)


def flag(name: str, value: object) -> bool:
    """Validate True or False."""
    if type(value).__name__ not in ("bool", "bool_"):
        raise ParameterError(name, value, "True or False")
    return bool(value)


def integer(name: str, value: object, least: int = 0, most: int | None = None) -> int:
    """Validate an integer within bounds."""
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
    """Validate a mapping; a data frame's column counts as one."""
    result: Mapping[Any, Any] = instance(name, value, Mapping, allowed, fix)
    return result


def sequence(name: str, value: object, allowed: str = "a list", fix: str = "") -> tuple[Any, ...]:
    """Validate a list, tuple, array or the like, and return its items as a tuple."""
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
    """Validate a list of distinct, non-empty names."""
    fix = f"Write [{short_repr(value)}] for one name" if isinstance(value, str) else ""
    items = sequence(name, value, allowed, fix)
    if not all(isinstance(item, str) and item for item in items):
        raise ParameterError(name, value, allowed)
    if len(set(items)) < len(items):
        raise ParameterError(name, value, allowed, "A name is used twice")
    return tuple(map(str.__str__, items))


def function(name: str, value: object, allowed: str = "a function") -> Callable[..., Any]:
    """Validate a callable."""
    if not callable(value):
        raise ParameterError(name, value, allowed)
    result: Callable[..., Any] = value
    return result


def texts(name: str, value: object) -> tuple[str, ...]:
    """Validate a list of texts."""
    items = sequence(name, value, "a list of texts")
    return tuple(text(name, item, "a list of texts") for item in items)


def call(name: str, function: Callable[..., Any], *args: object) -> Any:
    """Call a user's function; an exception in it becomes a ParameterError."""
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
    """Look up an item by its position or by its key: a name, or a tuple of names; or a slice.

    Examples
    --------
    >>> lookup("word", ["one", "two"], "two", lambda word: [word])
    'two'
    >>> lookup("word", ["one", "two"], slice(1), lambda word: [word])
    ('one',)
    """
    if isinstance(key, slice):
        try:
            return cast("T", tuple(rows[key]))
        except (TypeError, ValueError) as error:
            allowed = "whole numbers, the step not 0"
            raise ParameterError("slice", key, allowed, str(error)) from None
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
    """Validate the path of a file."""
    allowed = "a path of a file, as text or a pathlib.Path"
    if not isinstance(value, (str, PathLike)):
        raise ParameterError(name, value, allowed)
    filename = fspath(value)
    if not isinstance(filename, str) or not filename or not filename.isprintable():
        raise ParameterError(name, value, allowed)
    return Path(filename)


def write_file(name: str, value: object, content: str | bytes) -> Path:
    """Write content to a file; a path that cannot be written is refused."""
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


def condition(name: str, value: object) -> Boolean:
    """Validate a condition: a relation, And, Or, Not, Implies, true or false."""
    if isinstance(value, bool):
        return sp.true if value else sp.false
    if not isinstance(value, sp.logic.boolalg.Boolean) or isinstance(value, sp.Symbol):
        raise ParameterError(name, value, "a condition, such as x > 0")
    return value


def conditions(name: str, value: object) -> tuple[Boolean, ...]:
    """Validate a list of conditions."""
    return tuple(condition(name, item) for item in sequence(name, value, "a list of conditions"))


def point(name: str, value: object) -> Mapping[Symbol, Expr]:
    """Validate a mapping of symbols to expressions."""
    allowed = "a mapping of symbols to SymPy expressions"
    result = mapping(name, value, allowed)
    for symbol, expression in result.items():
        if not isinstance(symbol, sp.Symbol) or not isinstance(expression, sp.Expr):
            raise ParameterError(name, value, allowed)
    return result


def symbols(name: str, value: object) -> tuple[Symbol, ...]:
    """Validate a list of symbols."""
    allowed = "a list of SymPy symbols"
    try:
        items = tuple(value) if isinstance(value, Iterable) else ()
    except TypeError:
        raise ParameterError(name, value, allowed) from None
    if not isinstance(value, Iterable) or not all(isinstance(item, sp.Symbol) for item in items):
        raise ParameterError(name, value, allowed)
    return items


def symbols_by_name(symbols: Iterable[Symbol]) -> dict[str, Symbol]:
    """Symbols by name; two different ones of one name are refused."""
    by_name: dict[str, Symbol] = {}
    for symbol in symbols:
        if by_name.setdefault(symbol.name, symbol) != symbol:
            raise SpaceError(
                f"two different symbols are called {symbol.name}: their assumptions differ "
                f"({assumptions_text(by_name[symbol.name])} against {assumptions_text(symbol)}); "
                "use one of them"
            )
    return by_name


def assumptions_text(symbol: Symbol) -> str:
    """A symbol's own assumptions, as text."""
    assumptions = (f"{key}={value}" for key, value in symbol._assumptions_orig.items())
    return (
        ", ".join(assumption for assumption in assumptions if assumption != "commutative=True")
        or "no assumption"
    )


def symbol_by_name(
    name: str, value: object, symbols: Iterable[Symbol], kind: str = "symbol"
) -> Symbol:
    """Look up a symbol by name, whatever its assumptions, or by itself.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> symbol_by_name("unknown", "x", [x]) is x
    True
    """
    if not isinstance(value, (str, sp.Symbol)):
        raise ParameterError(name, value, "a symbol or its name")
    by_name = symbols_by_name([*symbols, *([value] if isinstance(value, sp.Symbol) else ())])
    symbol_name = value.name if isinstance(value, sp.Symbol) else str(value)
    if symbol_name not in {s.name for s in symbols}:
        raise UnknownNameError(kind, symbol_name, sorted({s.name for s in symbols}))
    return by_name[symbol_name]
