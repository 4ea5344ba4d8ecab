"""Symbols that occur in powers of one power only: x**40 and x**20 are u**2 and u for u = x**20."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import gcd

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.definedness import replaced
from gametheory_eeu.prover.indeterminates import assumptions, is_relaxed
from gametheory_eeu.prover.smt_query import Part

_LEAST = 4
"""A solver loses nothing by lower powers themselves."""


def by_powers(statement: Boolean, part: Part) -> tuple[Boolean, Part]:
    """The same question with one symbol for each such power: it holds everywhere, or it does not.

    Every real number is an odd power of a real number, and every one that is not negative an even
    power: each point of either question is one of the other.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> by_powers(x**12 + y**8 >= x**6 * y**4, Part(frozenset({x, y}), ()))[0]
    _x^6**2 + _y^4**2 >= _x^6*_y^4
    """
    formulas = (statement, *part.constraints)
    powers = _common(formulas)
    new = {s: _symbol(s, power) for s, power in powers.items() if power >= _LEAST and _is_plain(s)}
    if not new:
        return statement, part
    swap = {node: new[node.base] ** (node.exp / powers[node.base])
            for f in formulas for node in _powers(f) if node.base in new}  # fmt: skip
    symbols = frozenset(new.get(s, s) for s in part.symbols)
    return replaced(statement, swap), Part(
        symbols, tuple(replaced(c, swap) for c in part.constraints)
    )


def _is_plain(symbol: Symbol) -> bool:
    """Whether any real number may be its value, or any that is not negative (or zero)."""
    return not is_relaxed(symbol) and (bool(symbol.is_nonnegative) or not assumptions(symbol))


def _symbol(symbol: Symbol, power: int) -> Symbol:
    kind = "real" if power % 2 else "nonnegative"
    kind = "positive" if symbol.is_positive else "nonnegative" if symbol.is_nonnegative else kind
    return sp.Dummy(f"{symbol.name}^{power}", **{kind: True})


def _common(formulas: Iterable[Boolean]) -> dict[Symbol, int]:
    """The greatest common divisor of each symbol's exponents."""
    common: dict[Symbol, int] = {}
    for formula in formulas:
        for symbol, power in _exponents(formula):
            common[symbol] = gcd(common.get(symbol, 0), power)
    return common


@lru_cache(maxsize=8192)
def _exponents(formula: Boolean) -> tuple[tuple[Symbol, int], ...]:
    """The same in one formula: the constraints of a space are asked again and again."""
    found: dict[Symbol, int] = {}
    for power in _powers(formula):
        symbol, exponent = (power.base, power.exp) if isinstance(power, sp.Pow) else (power, 1)
        found[symbol] = gcd(found.get(symbol, 0), abs(int(exponent)))
    return tuple(found.items())


def _powers(expr: Expr) -> Iterator[Expr]:
    """Whole powers of symbols, and the symbols that stand elsewhere."""
    if isinstance(expr, sp.Symbol) or (
        isinstance(expr, sp.Pow) and isinstance(expr.base, sp.Symbol) and expr.exp.is_Integer
    ):
        yield expr
    else:
        for part in expr.args:
            yield from _powers(part)


__all__ = ["by_powers"]
