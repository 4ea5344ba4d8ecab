"""On what a sign turns: the deciding expression as a condition a reader recognises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.model import Quantity
from gametheory_eeu.space import Space

_LONGEST = 60


@dataclass(frozen=True)
class Turning:
    """Where a weak sign is strict, or an undecided one positive, and the proof that it is there.

    Parameters
    ----------
    condition : SymPy Boolean
    text : str
        The condition in words: a quantity's name where it is one.
    proof : Proof
        That the derivative has that sign exactly where the condition holds.
    """

    condition: Boolean
    text: str
    proof: logic.Proof


def turning(result: logic.Sign, quantities: Iterable[Quantity]) -> Turning | None:
    """On what the sign turns.

    None where the sign is strict everywhere, or nothing simpler than the derivative was proved to
    decide it.
    """
    found = _condition(result, quantities)
    if found is None:
        return None
    strict = sp.Lt if result.sign == "<=0" else sp.Gt
    proof = logic.equivalent(strict(result.expr, 0), found[0], result.space)
    return Turning(*found, proof) if proof.verdict == "proved" else None


def _condition(result: logic.Sign, quantities: Iterable[Quantity]) -> tuple[Boolean, str] | None:
    deciding = result.deciding
    if deciding is None or result.sign in ("+", "-", "0"):
        return None
    if result.sign == "<=0":
        deciding = -deciding
    named = _named(deciding, quantities)
    if named is not None:
        return sp.Gt(named.expression, 0), f"{named.name} > 0"
    if deciding.has(sp.Max, sp.Min, sp.Piecewise) or sp.count_ops(deciding) > _LONGEST:
        return None
    condition = _by_factors(deciding, result.space)
    return condition, str(condition)


def _named(deciding: Expr, quantities: Iterable[Quantity]) -> Quantity | None:
    return next((q for q in quantities if sp.expand(deciding - q.expression) == 0), None)


def _by_factors(deciding: Expr, space: Space) -> Boolean:
    """A product of factors that never change sign is positive where none of them vanishes."""
    _, parts = sp.factor_list(deciding)
    oriented = [_oriented(factor, space) for factor, _ in parts]
    if any(factor is None for factor in oriented):
        return _solved(deciding)
    return sp.And(*map(_solved, oriented))


def _oriented(factor: Expr, space: Space) -> Expr | None:
    sign = logic.sign(factor, given=space).sign
    return None if sign == "?" else factor if sign in ("+", ">=0") else -factor


def _solved(expression: Expr) -> Boolean:
    """``expression > 0``, solved where it is linear in its only symbol."""
    symbols = expression.free_symbols
    if len(symbols) == 1:
        (x,) = symbols
        slope = sp.diff(expression, x)
        if slope.is_number and slope != 0:
            bound = -expression.subs(x, 0) / slope
            return sp.Gt(x, bound) if slope > 0 else sp.Lt(x, bound)
    return sp.Gt(expression, 0)
