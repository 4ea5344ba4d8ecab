"""Bounds on single unknowns with numbers: the tightest of them, without a prover."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol

Atom: TypeAlias = tuple[Expr, str]
"""An expression and how it compares with zero: ``">"``, ``">="``, ``"!="`` or ``"=="``."""
RELATIONS = {">": sp.Gt, ">=": sp.Ge, "!=": sp.Ne, "==": sp.Eq}


@lru_cache(maxsize=65536)
def line(expression: Expr) -> tuple[Symbol, Expr, Expr] | None:
    """The symbol, slope and intercept of a line in one symbol with rational coefficients."""
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


def tightened(atoms: Iterable[Atom]) -> tuple[Atom, ...] | None:
    """The same range with the tightest numerical bounds alone; None where they leave no point.

    Examples
    --------
    >>> q = sp.Symbol("q", real=True)
    >>> tightened([(q, ">"), (1 - q, ">"), (2 * q - 1, ">="), (3 - q, ">=")])
    ((1 - q, '>'), (q - 1/2, '>='))
    """
    low: dict[Symbol, tuple[Expr, bool]] = {}
    high: dict[Symbol, tuple[Expr, bool]] = {}
    others: dict[Atom, None] = {}
    for expression, op in atoms:
        known = line(expression)
        if known is None or op not in (">", ">="):
            others[expression, op] = None
            continue
        symbol, slope, intercept = known
        bound, strict = -intercept / slope, op == ">"
        if slope > 0:
            low[symbol] = max(low.get(symbol, (bound, strict)), (bound, strict))
        else:
            # A strict bound is tighter than a weak one at the same place.
            kept = high.get(symbol, (bound, strict))
            high[symbol] = min(kept, (bound, strict), key=lambda b: (b[0], not b[1]))
    for symbol in low.keys() & high.keys():
        (below, strict_below), (above, strict_above) = low[symbol], high[symbol]
        if below > above or (below == above and (strict_below or strict_above)):
            return None
    bounds = [(b - s, ">" if strict else ">=") for s, (b, strict) in high.items()]
    bounds += [(s - b, ">" if strict else ">=") for s, (b, strict) in low.items()]
    return (*others, *bounds)


def boxed(atoms: Iterable[Atom]) -> tuple[Symbol, ...]:
    """The symbols of which the atoms say nothing but numerical bounds."""
    kept = list(atoms)
    entangled = {s for e, op in kept if line(e) is None or op in ("!=", "==")
                 for s in e.free_symbols}  # fmt: skip
    return tuple(dict.fromkeys(s for e, _ in kept for s in e.free_symbols if s not in entangled))


def as_condition(atoms: Iterable[Atom]) -> Boolean:
    """The atoms as one Boolean."""
    return sp.And(*(RELATIONS[op](e, 0) for e, op in atoms))


__all__ = ["RELATIONS", "Atom", "as_condition", "boxed", "line", "tightened"]
