"""Parsing of users' statements, text included, into conditions and the space they range over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, parse, rationalize_floats
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.grammar import relation_as_written
from gametheory_eeu.core.size_limits import STATEMENT_SYMBOLS, check_count, check_expression
from gametheory_eeu.errors import SpaceError, short_repr

SymbolTable: TypeAlias = Mapping[str, Symbol] | Iterable[Symbol]


def parse_statements(
    statements: Iterable[object], given: object, symbols: SymbolTable = ()
) -> tuple[list[Expr], Space]:
    """Expressions and conditions in one set of symbols, and the space with all of them.

    A name in text is a symbol of ``symbols``, of the space or of an earlier statement; where
    ``symbols`` is not given, any other name is a new real symbol.
    """
    items = list(statements)
    for item in items:
        if isinstance(item, sp.Basic):
            check_expression("the statement", item)
    symbol_table = _symbols_by_name(symbols)
    space = Space.of(given, symbols=_free_symbols([*items, *symbol_table.values()]))
    expressions = []
    for item in items:
        expr = (
            _parse_text(item, space, symbol_table)
            if isinstance(item, str)
            else _as_expression(item)
        )
        space = Space.of(space, symbols=(*space.symbols, *_free_symbols([expr])))
        expressions.append(expr)
    free_symbols = {s for expr in expressions for s in expr.free_symbols}
    check_count("the statement", len(free_symbols), STATEMENT_SYMBOLS)
    return expressions, space


def require_condition(statement: object) -> Boolean:
    """The statement, required to be a condition."""
    if not isinstance(statement, sp.logic.boolalg.Boolean) or isinstance(statement, sp.Symbol):
        raise SpaceError(
            f"{short_repr(statement)} is not a statement; write a relation such as x > 0, or text"
        )
    return statement


def iff(a: Boolean, b: Boolean) -> Boolean:
    """The biconditional: both defined and of one truth value, unlike SymPy's ``Equivalent``."""
    implications = (sp.Implies(*pair, evaluate=False) for pair in ((a, b), (b, a)))
    return sp.And(*implications, evaluate=False)


def _symbols_by_name(symbols: SymbolTable) -> dict[str, Symbol]:
    if isinstance(symbols, Mapping):
        arg.symbols("symbols", list(symbols.values()))
        return {arg.text("symbols", name): symbols[name] for name in symbols}
    return arg.symbols_by_name(arg.symbols("symbols", symbols))


def _as_expression(item: object) -> Expr:
    """An expression or a condition as it came."""
    if isinstance(item, bool):
        return sp.true if item else sp.false
    if isinstance(item, sp.logic.boolalg.Boolean):
        return rationalize_floats(item)
    return exact(item, "expression")


def _parse_text(text: str, space: Space, symbol_table: Mapping[str, Symbol]) -> Expr:
    space_symbols = {s.name: s for s in space.symbols}
    names = {n: space_symbols.get(s.name, s) for n, s in symbol_table.items()} or None
    result = parse(text, names, known=space_symbols, undefined=True)
    if result in (sp.true, sp.false):  # a reader of the proof wants to see what was claimed
        return relation_as_written(text, names, space_symbols)
    return result


def _free_symbols(items: Iterable[object]) -> list[Symbol]:
    return sorted({s for item in items for s in getattr(item, "free_symbols", ())}, key=str)
