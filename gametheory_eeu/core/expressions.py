"""Expressions: functions by name, fresh symbols, linear coefficients, what is a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg

FUNCTIONS: dict[str, tuple[Callable[..., Expr], int]] = {
    "sqrt": (sp.sqrt, 1),
    "exp": (sp.exp, 1),
    "ln": (sp.log, 1),
    "log": (sp.log, 1),
    "abs": (sp.Abs, 1),
    "min": (sp.Min, 0),
    "max": (sp.Max, 0),
    "Abs": (sp.Abs, 1),
    "Min": (sp.Min, 0),
    "Max": (sp.Max, 0),
    "sign": (sp.sign, 1),
    "erfinv": (sp.erfinv, 1),
    "CRootOf": (sp.CRootOf, 2),
}
"""By the name in text: the function, and the number of its arguments, zero for any."""
FUNCTION_NAMES = frozenset({*FUNCTIONS, "Piecewise"})
"""What text reads as a function of the library."""


@arg.validate(bound=arg.symbols, values=arg.point)
def fresh_symbols(bound: Iterable[Symbol], values: Mapping[Symbol, Expr]) -> dict[Symbol, Symbol]:
    """Fresh symbols for the bound ones whose names occur in the values.

    Examples
    --------
    >>> q, b = sp.symbols("q b", real=True)
    >>> fresh_symbols([q], {b: q + 1})
    {q: q_}
    """
    bound = tuple(bound)
    in_values = {s.name for value in values.values() for s in value.free_symbols}
    names = in_values | {s.name for s in bound}
    fresh: dict[Symbol, Symbol] = {}
    for symbol in (s for s in bound if s.name in in_values):
        name = symbol.name
        while name in names:
            name += "_"
        names.add(name)
        fresh[symbol] = sp.Symbol(name, **symbol._assumptions_orig)
    return fresh


def linear_coefficients(expression: Expr, symbol: Symbol) -> tuple[Expr, Expr] | None:
    """The slope and the intercept of an expression that is linear in a symbol; None for others.

    Examples
    --------
    >>> x, a = sp.symbols("x a", real=True)
    >>> linear_coefficients(a * (x - 1), x)
    (a, -a)
    """
    polynomial = sp.expand(expression)
    if not polynomial.is_polynomial(symbol) or sp.degree(polynomial, symbol) != 1:
        return None
    return polynomial.coeff(symbol, 1), polynomial.coeff(symbol, 0)


@lru_cache(maxsize=65536)
def line_coefficients(expression: Expr) -> tuple[Symbol, Expr, Expr] | None:
    """The symbol, slope and intercept of a line in one symbol; None for anything else."""
    slope, intercept, symbol = sp.Integer(0), sp.Integer(0), None
    for term in sp.Add.make_args(expression):
        factor, rest = term.as_coeff_Mul()
        if not factor.is_Rational:
            return None
        if rest == 1:
            intercept += factor
        elif rest.is_Symbol and symbol in (None, rest):
            slope, symbol = slope + factor, rest
        else:
            return None
    return None if symbol is None or slope == 0 else (symbol, slope, intercept)


def is_condition(item: object) -> bool:
    """Whether it is a condition of SymPy: a Boolean that is no symbol."""
    return isinstance(item, sp.logic.boolalg.Boolean) and not isinstance(item, sp.Symbol)
