"""What users write, text included, as a condition and the space it ranges over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, parse, without_floats
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.size_limits import SYMBOLS_OF_A_STATEMENT, check_count, check_expression
from gametheory_eeu.errors import SpaceError, shown

Symbols: TypeAlias = Mapping[str, Symbol] | Iterable[Symbol]


def read(
    statements: Iterable[object], given: object, symbols: Symbols = ()
) -> tuple[list[Expr], Space]:
    """Expressions and conditions in one set of symbols, and the space with all of them.

    A name in text is a symbol of ``symbols``, of the space or of an earlier statement; where
    ``symbols`` is not given, any other name is a new real symbol.
    """
    items = list(statements)
    for item in items:
        if isinstance(item, sp.Basic):
            check_expression("the statement", item)
    named = _by_name(symbols)
    space = Space.of(given, symbols=_free([*items, *named.values()]))
    found = []
    for item in items:
        expr = _parsed(item, space, named) if isinstance(item, str) else _expression(item)
        space = Space.of(space, symbols=(*space.symbols, *_free([expr])))
        found.append(expr)
    free = {s for expr in found for s in expr.free_symbols}
    check_count("the statement", len(free), SYMBOLS_OF_A_STATEMENT)
    return found, space


def condition(statement: object) -> Boolean:
    """The statement itself, refused where it is no condition."""
    if not isinstance(statement, sp.logic.boolalg.Boolean) or isinstance(statement, sp.Symbol):
        raise SpaceError(
            f"{shown(statement)} is not a statement; write a relation such as x > 0, or text"
        )
    return statement


def iff(a: Boolean, b: Boolean) -> Boolean:
    """Both defined, and both true or both false; SymPy's ``Equivalent`` forgets the first."""
    both_ways = (sp.Implies(*pair, evaluate=False) for pair in ((a, b), (b, a)))
    return sp.And(*both_ways, evaluate=False)


def _by_name(symbols: Symbols) -> dict[str, Symbol]:
    if isinstance(symbols, Mapping):
        arg.symbols("symbols", list(symbols.values()))
        return {arg.text("symbols", name): symbols[name] for name in symbols}
    return arg.symbols_by_name(arg.symbols("symbols", symbols))


def _expression(item: object) -> Expr:
    """An expression or a condition as it came."""
    if isinstance(item, bool):
        return sp.true if item else sp.false
    if isinstance(item, sp.logic.boolalg.Boolean):
        return without_floats(item)
    return exact(item, "expression")


def _parsed(text: str, space: Space, named: Mapping[str, Symbol]) -> Expr:
    own = {s.name: s for s in space.symbols}
    names = {n: own.get(s.name, s) for n, s in named.items()} or None
    return parse(text, names, known=own, undefined=True)


def _free(items: Iterable[object]) -> list[Symbol]:
    return sorted({s for item in items for s in getattr(item, "free_symbols", ())}, key=str)


__all__ = ["Symbols", "condition", "iff", "read"]
