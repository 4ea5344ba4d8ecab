"""Validators of mathematical arguments: symbols, conditions, points."""

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
    """Validate a condition: a relation, And, Or, Not, Implies, true or false.

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
    """Validate a list of conditions.

    Examples
    --------
    >>> conditions("statements", [sp.Symbol("x", real=True) > 0])
    (x > 0,)
    """
    return tuple(condition(name, item) for item in sequence(name, value, "a list of conditions"))


def point(name: str, value: object) -> Mapping[Symbol, Expr]:
    """Validate a mapping of symbols to expressions.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> point("values", {x: sp.Integer(1)})
    {x: 1}
    """
    allowed = "a mapping of symbols to SymPy expressions"
    result = mapping(name, value, allowed)
    for symbol, expression in result.items():
        if not isinstance(symbol, sp.Symbol) or not isinstance(expression, sp.Expr):
            raise ParameterError(name, value, allowed)
    return result


def symbols(name: str, value: object) -> tuple[Symbol, ...]:
    """Validate a list of symbols.

    Examples
    --------
    >>> symbols("symbols", [sp.Symbol("x")])
    (x,)
    """
    allowed = "a list of SymPy symbols"
    try:
        items = tuple(value) if isinstance(value, Iterable) else ()
    except TypeError:
        raise ParameterError(name, value, allowed) from None
    if not isinstance(value, Iterable) or not all(isinstance(item, sp.Symbol) for item in items):
        raise ParameterError(name, value, allowed)
    return items


def symbols_by_name(symbols: Iterable[Symbol]) -> dict[str, Symbol]:
    """Symbols by name; two different ones of one name are refused.

    Examples
    --------
    >>> symbols_by_name([sp.Symbol("x", positive=True)])
    {'x': x}
    """
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
    """A symbol's own assumptions, as text.

    Examples
    --------
    >>> assumptions_text(sp.Symbol("x", positive=True))
    'positive=True'
    """
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
