"""What kind of thing came: the one place where an argument is looked at, with one wording.

Each function returns the argument where it is of the kind asked for, and refuses it by the name of
its parameter where it is not, before anything is done with it. :func:`checks` puts them before a
function.

Examples
--------
>>> @checks(title=text, edges=flag)
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
from typing import Any, ParamSpec, TypeAlias, TypeVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    PositionError,
    SpaceError,
    UnknownNameError,
    shown,
)

P = ParamSpec("P")
T = TypeVar("T")
Kind: TypeAlias = Callable[[str, Any], Any]
"""The name of a parameter and what came, to what is taken in its place."""
_MOST_CHARACTERS = 20_000
_NAMES = "a list of names that differ"


def checks(**kinds: Kind) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A function that looks at its arguments, by the names of its parameters, before it starts.

    Of a parameter ``*rows`` every argument is looked at, of ``**values`` none.
    """

    def checked(function: Callable[P, T]) -> Callable[P, T]:
        known = signature(function).parameters
        unknown = kinds.keys() - known.keys()
        assert not unknown, unknown
        by_place = Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD
        placed = [kinds.get(p.name) for p in known.values() if p.kind in by_place]
        names = list(known)[: len(placed)]
        rest = next((p.name for p in known.values() if p.kind is Parameter.VAR_POSITIONAL), "")
        each = kinds.get(rest)

        def wrapper(*args: Any, **named: Any) -> Any:
            first = [value if kind is None else kind(name, value)
                     for name, kind, value in zip(names, placed, args, strict=False)]  # fmt: skip
            more = args[len(placed) :]
            if each is not None:
                more = tuple(each(rest, value) for value in more)
            for name in kinds.keys() & named.keys():
                named[name] = kinds[name](name, named[name])
            return function(*first, *more, **named)

        # In the globals of the function, so that doctest finds the examples of its docstring.
        made = FunctionType(wrapper.__code__, function.__globals__, closure=wrapper.__closure__)
        return update_wrapper(made, function)

    return checked


def optional(kind: Kind) -> Kind:
    """None, or what the kind allows."""
    return lambda name, value: None if value is None else kind(name, value)


def a(kind: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = "") -> Kind:
    """An instance of a class, or of one of several."""
    return lambda name, value: instance(name, value, kind, allowed, fix)


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


def condition(name: str, value: object) -> Boolean:
    """The value, which is a condition: a relation, And, Or, Not, Implies, true or false.

    Examples
    --------
    >>> condition("where", sp.Symbol("x", real=True) > 0)
    x > 0
    """
    if isinstance(value, bool):
        return sp.true if value else sp.false
    if not isinstance(value, sp.logic.boolalg.Boolean) or isinstance(value, sp.Symbol):
        raise ParameterError(name, value, "a condition, such as x > 0")
    return value


def conditions(name: str, value: object) -> tuple[Boolean, ...]:
    """The value, a list of conditions.

    Examples
    --------
    >>> conditions("statements", [sp.Symbol("x", real=True) > 0])
    (x > 0,)
    """
    return tuple(condition(name, each) for each in sequence(name, value, "a list of conditions"))


def point(name: str, value: object) -> Mapping[Symbol, Expr]:
    """The value, a mapping of symbols to expressions.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> point("values", {x: sp.Integer(1)})
    {x: 1}
    """
    allowed = "a mapping of symbols to SymPy expressions"
    found = mapping(name, value, allowed)
    for each, number in found.items():
        if not isinstance(each, sp.Symbol) or not isinstance(number, sp.Expr):
            raise ParameterError(name, value, allowed)
    return found


def symbols(name: str, value: object) -> tuple[Symbol, ...]:
    """The value, a list of symbols.

    Examples
    --------
    >>> symbols("symbols", [sp.Symbol("x")])
    (x,)
    """
    allowed = "a list of SymPy symbols"
    try:
        found = tuple(value) if isinstance(value, Iterable) else ()
    except TypeError:
        raise ParameterError(name, value, allowed) from None
    if not isinstance(value, Iterable) or not all(isinstance(each, sp.Symbol) for each in found):
        raise ParameterError(name, value, allowed)
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


__all__ = [
    "a",
    "assumed",
    "called",
    "checks",
    "condition",
    "conditions",
    "flag",
    "function",
    "instance",
    "mapping",
    "names",
    "one_of",
    "optional",
    "path",
    "point",
    "row",
    "sequence",
    "symbol_named",
    "symbols",
    "symbols_by_name",
    "text",
    "texts",
    "whole",
    "written",
]
