"""Elimination of unknowns from linear inequalities, as a condition on the parameters.

Virtual substitution (Weispfenning 1988): where a conjunction of inequalities linear in q
has a solution, it has one at, or just above, one of its lower bounds. The coefficients may hold
parameters; their signs become part of the condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.solvers.linear_bounds import (
    AtomicFormula,
    box_symbols,
    conjunction,
    tightest_bounds,
)

_MAX_CONJUNCTIONS = 512  # conjunctions held at once


def solvability_condition(
    atoms: Iterable[AtomicFormula], unknowns: Iterable[Symbol]
) -> Boolean | None:
    """The condition under which some values of the unknowns satisfy every atom.

    Parameters
    ----------
    atoms : iterable of (expression, comparison with zero)
        Each unknown must have a lower bound among them.
    unknowns : iterable of SymPy symbols

    Returns
    -------
    SymPy Boolean, exact; None where an unknown occurs that no order of elimination keeps linear.

    Examples
    --------
    >>> q, b = sp.symbols("q b", real=True)
    >>> solvability_condition([(q, ">"), (1 - q, ">"), (b - 2 * q, ">=")], [q])
    b > 0
    """
    bounds = tightest_bounds(atoms)
    if bounds is None:
        return sp.false
    box = box_symbols(bounds)
    conjunctions = [tuple((e, op) for e, op in bounds if e.free_symbols.isdisjoint(box))]
    remaining = [q for q in unknowns if q not in box]
    while remaining:
        unknown = next((q for q in remaining if all(_is_linear(c, q) for c in conjunctions)), None)
        if unknown is None:
            return None
        remaining.remove(unknown)
        eliminations = (new for old in conjunctions for new in _eliminate(old, unknown))
        conjunctions = list(dict.fromkeys(eliminations))
        if len(conjunctions) > _MAX_CONJUNCTIONS:
            return None
    return sp.Or(*map(conjunction, conjunctions))


def _is_linear(atoms: tuple[AtomicFormula, ...], q: Symbol) -> bool:
    return all(q not in e.free_symbols or _coefficients(e, q) is not None for e, _ in atoms)


@lru_cache(maxsize=65536)
def _coefficients(expression: Expr, q: Symbol) -> tuple[Expr, Expr] | None:
    """Slope and intercept of an expression that is linear in q."""
    if not expression.is_polynomial(q):
        return None
    poly = sp.Poly(expression, q)
    if poly.degree() > 1:
        return None
    return poly.coeff_monomial(q), poly.coeff_monomial(1)


def _eliminate(atoms: tuple[AtomicFormula, ...], q: Symbol) -> Iterator[tuple[AtomicFormula, ...]]:
    """Conjunctions, one of which holds exactly where some q satisfies all atoms."""
    lines = [
        (_coefficients(e, q) or (sp.Integer(0), e), op) for e, op in atoms if q in e.free_symbols
    ]
    rest = tuple(atom for atom in atoms if q not in atom[0].free_symbols)
    if not lines:
        yield rest
        return
    for i, ((slope, intercept), op) in enumerate(lines):
        if slope.is_nonpositive:
            continue  # no lower bound
        start = (*rest, (slope, ">"))
        other_lines = lines[:i] + lines[i + 1 :]
        values = [
            (sp.expand(slope * constant - a * intercept), a, relation)
            for (a, constant), relation in other_lines
        ]
        yield from _virtual_substitution(start, values, just_above=op in (">", "!="))


def _virtual_substitution(
    start: tuple[AtomicFormula, ...], lines: list[tuple[Expr, Expr, str]], *, just_above: bool
) -> Iterator[tuple[AtomicFormula, ...]]:
    """The other atoms at a lower bound, or just above it, multiplied out into conjunctions."""
    products: list[tuple[AtomicFormula, ...]] = [()]
    for value, slope, op in lines:
        cases = _right_limit_cases(value, slope, op) if just_above else [((value, op),)]
        products = [(*old, *new) for old in products for new in cases]
    for atoms in products:
        result = simplify_atoms((*start, *atoms))
        if result is not None:
            yield result


def _right_limit_cases(value: Expr, slope: Expr, op: str) -> list[tuple[AtomicFormula, ...]]:
    """Cases in which a linear form satisfies its relation just to the right of a point."""
    if op == "!=":
        return [()] if slope.is_nonzero else [((value, "!="),), ((slope, "!="),)]
    if slope.is_positive or (op == ">=" and slope.is_nonnegative):
        return [((value, ">="),)]
    if slope.is_number:
        return [((value, ">"),)]
    return [((value, ">"),), ((value, "=="), (slope, op))]


def simplify_atoms(atoms: Iterable[AtomicFormula]) -> tuple[AtomicFormula, ...] | None:
    """The atoms without those that are true; None where one is false."""
    remaining: dict[AtomicFormula, None] = {}
    for expression, op in atoms:
        if expression.free_symbols:
            remaining[expression, op] = None
        elif RELATIONS[op](expression, 0) == sp.false:
            return None
    return tuple(remaining)


__all__ = ["simplify_atoms", "solvability_condition"]
