"""Kinds of arguments that are mathematics: symbols, conditions, points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.arguments.plain import mapping, sequence
from gametheory_eeu.errors import (
    ParameterError,
    SpaceError,
    UnknownNameError,
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
    "assumed",
    "condition",
    "conditions",
    "point",
    "symbol_named",
    "symbols",
    "symbols_by_name",
]
