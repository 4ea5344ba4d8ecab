"""Substitution of a power by a new symbol: x**40 and x**20 are u**2 and u for u = x**20."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import gcd

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.prover.indeterminates import assumptions, is_relaxed
from gametheory_eeu.prover.smt_query import Part

_MIN_EXPONENT = 4
"""A solver loses nothing by lower powers themselves."""


def substitute_powers(statement: Boolean, part: Part) -> tuple[Boolean, Part]:
    """An equivalent statement and part, with a new symbol for each common power of a symbol.

    Every real number is an odd power of a real number, and every one that is not negative an even
    power: each point of either question is one of the other.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> substitute_powers(x**12 + y**8 >= x**6 * y**4, Part(frozenset({x, y}), ()))[0]
    _x^6**2 + _y^4**2 >= _x^6*_y^4
    """
    formulas = (statement, *part.constraints)
    powers = _common_exponents(formulas)
    new_symbols = {
        s: _power_symbol(s, power)
        for s, power in powers.items()
        if power >= _MIN_EXPONENT and _is_unrestricted(s)
    }
    if not new_symbols:
        return statement, part
    replacements = {
        node: new_symbols[node.base] ** (node.exp / powers[node.base])
        for f in formulas
        for node in _symbol_powers(f)
        if node.base in new_symbols
    }
    symbols = frozenset(new_symbols.get(s, s) for s in part.symbols)
    return replace_unevaluated(statement, replacements), Part(
        symbols, tuple(replace_unevaluated(c, replacements) for c in part.constraints)
    )


def _is_unrestricted(symbol: Symbol) -> bool:
    """Whether any real number may be its value, or any that is not negative (or zero)."""
    return not is_relaxed(symbol) and (bool(symbol.is_nonnegative) or not assumptions(symbol))


def _power_symbol(symbol: Symbol, power: int) -> Symbol:
    kind = "real" if power % 2 else "nonnegative"
    kind = "positive" if symbol.is_positive else "nonnegative" if symbol.is_nonnegative else kind
    return sp.Dummy(f"{symbol.name}^{power}", **{kind: True})


def _common_exponents(formulas: Iterable[Boolean]) -> dict[Symbol, int]:
    """The greatest common divisor of each symbol's exponents."""
    exponents: dict[Symbol, int] = {}
    for formula in formulas:
        for symbol, power in _exponent_gcds(formula):
            exponents[symbol] = gcd(exponents.get(symbol, 0), power)
    return exponents


@lru_cache(maxsize=8192)
def _exponent_gcds(formula: Boolean) -> tuple[tuple[Symbol, int], ...]:
    """The greatest common divisor of each symbol's exponents in one formula, cached."""
    gcds: dict[Symbol, int] = {}
    for power in _symbol_powers(formula):
        symbol, exponent = (power.base, power.exp) if isinstance(power, sp.Pow) else (power, 1)
        gcds[symbol] = gcd(gcds.get(symbol, 0), abs(int(exponent)))
    return tuple(gcds.items())


def _symbol_powers(expr: Expr) -> Iterator[Expr]:
    """Whole powers of symbols, and the symbols that stand elsewhere."""
    if isinstance(expr, sp.Symbol) or (
        isinstance(expr, sp.Pow) and isinstance(expr.base, sp.Symbol) and expr.exp.is_Integer
    ):
        yield expr
    else:
        for part in expr.args:
            yield from _symbol_powers(part)


__all__ = ["substitute_powers"]
