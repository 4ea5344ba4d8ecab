"""Numerical bounds on single unknowns, and the tightest of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.signs import RELATIONS

AtomicFormula: TypeAlias = tuple[Expr, str]
"""An expression and how it compares with zero: ``">"``, ``">="``, ``"!="`` or ``"=="``."""


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


def tightest_bounds(atoms: Iterable[AtomicFormula]) -> tuple[AtomicFormula, ...] | None:
    """The atoms with only the tightest numerical bounds; None where these are infeasible.

    Examples
    --------
    >>> q = sp.Symbol("q", real=True)
    >>> tightest_bounds([(q, ">"), (1 - q, ">"), (2 * q - 1, ">="), (3 - q, ">=")])
    ((1 - q, '>'), (q - 1/2, '>='))
    """
    lower: dict[Symbol, tuple[Expr, bool]] = {}
    upper: dict[Symbol, tuple[Expr, bool]] = {}
    rest: dict[AtomicFormula, None] = {}
    for expression, op in atoms:
        coefficients = line_coefficients(expression)
        if coefficients is None or op not in (">", ">="):
            rest[expression, op] = None
            continue
        symbol, slope, intercept = coefficients
        bound, strict = -intercept / slope, op == ">"
        if slope > 0:
            lower[symbol] = max(lower.get(symbol, (bound, strict)), (bound, strict))
        else:
            # A strict bound is tighter than a weak one at the same place.
            current = upper.get(symbol, (bound, strict))
            upper[symbol] = min(current, (bound, strict), key=lambda b: (b[0], not b[1]))
    for symbol in lower.keys() & upper.keys():
        (below, strict_below), (above, strict_above) = lower[symbol], upper[symbol]
        if below > above or (below == above and (strict_below or strict_above)):
            return None
    bounds = [(b - s, ">" if strict else ">=") for s, (b, strict) in upper.items()]
    bounds += [(s - b, ">" if strict else ">=") for s, (b, strict) in lower.items()]
    return (*rest, *bounds)


def box_symbols(atoms: Iterable[AtomicFormula]) -> tuple[Symbol, ...]:
    """The symbols constrained only by numerical bounds."""
    atom_list = list(atoms)
    coupled_symbols = {
        s
        for e, op in atom_list
        if line_coefficients(e) is None or op in ("!=", "==")
        for s in e.free_symbols
    }
    return tuple(
        dict.fromkeys(s for e, _ in atom_list for s in e.free_symbols if s not in coupled_symbols)
    )


def conjunction(atoms: Iterable[AtomicFormula]) -> Boolean:
    """The atoms as one Boolean."""
    return sp.And(*(RELATIONS[op](e, 0) for e, op in atoms))


__all__ = [
    "AtomicFormula",
    "conjunction",
    "box_symbols",
    "line_coefficients",
    "tightest_bounds",
]
