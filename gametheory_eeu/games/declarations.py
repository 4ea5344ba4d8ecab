"""What a class of games declares, read and checked: parameters, constraints, quantities, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import exact, parse
from gametheory_eeu.core.arguments import assumptions_text
from gametheory_eeu.core.expressions import is_condition
from gametheory_eeu.errors import ParameterError, SpaceError, TextError, UnknownNameError

_CONDITIONS = 'conditions in the game\'s symbols, such as ("g > c",) or (self.symbols.g > 0,)'


def check_distinct(label: str, rows: Iterable[Any]) -> None:
    """Refuse two parameters of which a name or a symbol is the same."""
    owners: dict[str, Any] = {}
    for row in rows:
        for word in {row.name: "name", row.symbol.name: "symbol"}:
            other = owners.setdefault(word, row)
            if other is not row:
                raise ParameterError(
                    label,
                    word,
                    "names and symbols that differ, each of one parameter",
                    f"It is of {other.name} ({other.symbol}) and of {row.name} ({row.symbol}): "
                    "rename one",
                )


def checked_constraints(write: Callable[[Any], object]) -> Callable[[Any], tuple[Boolean, ...]]:
    """A class's ``constraints``, whose result is read and checked."""

    @wraps(write)
    def constraints(self: Any) -> tuple[Boolean, ...]:
        given = write(self)
        is_list = isinstance(given, Iterable) and not isinstance(given, (str, sp.Basic))
        items: Any = given if is_list else (given,)
        label = f"constraints of {type(self).__name__}"
        conditions = tuple(read_condition(label, item, self, _CONDITIONS) for item in items)
        for condition in conditions:
            check_declared(label, condition.free_symbols, self)
        return conditions

    return constraints


def read_condition(label: str, given: object, game: Any, allowed: str = "a condition") -> Boolean:
    """A condition as a class states it: text by the names of its parameters, or SymPy's."""
    condition: Any = given
    if isinstance(given, str):
        try:
            condition = parse(given, game._symbols_by_name)
        except TextError as error:
            raise ParameterError(label, given, allowed, str(error)) from None
    if isinstance(condition, bool):
        return sp.true if condition else sp.false
    if not is_condition(condition):
        raise ParameterError(label, given, allowed)
    _check_namesakes(label, condition.free_symbols, game)
    return condition


def read_expression(label: str, given: object, game: Any) -> Expr:
    """An expression as a class states it: a number, text by names, or SymPy's.

    One of SymPy's may have further symbols than the parameters', such as those of a form.
    """
    expression = given if isinstance(given, sp.Expr) else exact(given, label, game._symbols_by_name)
    _check_namesakes(label, expression.free_symbols, game)
    return expression


def check_declared(label: str, symbols: Iterable[Symbol], game: Any) -> None:
    """Refuse a symbol that no parameter of the game has."""
    _check_namesakes(label, symbols, game)
    known = {symbol.name for symbol in game._symbols_by_name.values()}
    for name in sorted({symbol.name for symbol in symbols} - known):
        error = UnknownNameError(f"parameter of {type(game).__name__}", name, game._symbols_by_name)
        raise SpaceError(
            f"{label}: {error} Declare it in parameters, with the symbol "
            f"sp.Symbol({name!r}, real=True)"
        )


def _check_namesakes(label: str, symbols: Iterable[Symbol], game: Any) -> None:
    """Refuse a symbol that has a parameter's name, and other assumptions."""
    known = {symbol.name: symbol for symbol in game._symbols_by_name.values()}
    for symbol in sorted(symbols, key=str):
        own = known.get(symbol.name, symbol)
        if own != symbol:
            raise SpaceError(
                f"{label}: its {symbol.name} is another symbol than the parameter's, for their "
                f"assumptions differ ({assumptions_text(symbol)} against {assumptions_text(own)}). "
                f"Write self.symbols.{symbol.name}, and declare the parameter with "
                f"sp.Symbol({symbol.name!r}, real=True), as which text is read"
            )


def check_keys(label: str, given: Iterable[str], known: Iterable[str], what: str) -> None:
    """Refuse a key of a class's mapping that names nothing."""
    names = tuple(dict.fromkeys(known))
    for key in given:
        if key not in names:
            fix = str(UnknownNameError(what, key, names))
            raise ParameterError(label, key, f"names by each {what}", fix)
