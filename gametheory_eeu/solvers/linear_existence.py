"""Whether unknowns exist that satisfy linear inequalities, as a condition on the parameters.

Virtual substitution (Weispfenning 1988): where a conjunction of inequalities linear in q
has a solution, it has one at, or just above, one of its lower bounds. The coefficients may hold
parameters; their signs become part of the condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.solvers.linear_bounds import RELATIONS, Atom, as_condition, boxed, tightened

_MOST = 512  # conjunctions held at once


def exists(atoms: Iterable[Atom], unknowns: Iterable[Symbol]) -> Boolean | None:
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
    >>> exists([(q, ">"), (1 - q, ">"), (b - 2 * q, ">=")], [q])
    b > 0
    """
    tight = tightened(atoms)
    if tight is None:
        return sp.false
    free = boxed(tight)
    conjunctions = [tuple((e, op) for e, op in tight if e.free_symbols.isdisjoint(free))]
    left = [q for q in unknowns if q not in free]
    while left:
        chosen = next((q for q in left if all(_linear(c, q) for c in conjunctions)), None)
        if chosen is None:
            return None
        left.remove(chosen)
        found = (new for old in conjunctions for new in _without(old, chosen))
        conjunctions = list(dict.fromkeys(found))
        if len(conjunctions) > _MOST:
            return None
    return sp.Or(*map(as_condition, conjunctions))


def _linear(atoms: tuple[Atom, ...], q: Symbol) -> bool:
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


def _without(atoms: tuple[Atom, ...], q: Symbol) -> Iterator[tuple[Atom, ...]]:
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
        others = lines[:i] + lines[i + 1 :]
        at = [
            (sp.expand(slope * other - a * intercept), a, compared)
            for (a, other), compared in others
        ]
        yield from _conjunctions(start, at, just_above=op in (">", "!="))


def _conjunctions(
    start: tuple[Atom, ...], at: list[tuple[Expr, Expr, str]], *, just_above: bool
) -> Iterator[tuple[Atom, ...]]:
    """The other atoms at a lower bound, or just above it, multiplied out into conjunctions."""
    found: list[tuple[Atom, ...]] = [()]
    for value, slope, op in at:
        choices = _above(value, slope, op) if just_above else [((value, op),)]
        found = [(*old, *new) for old in found for new in choices]
    for atoms in found:
        kept = decided((*start, *atoms))
        if kept is not None:
            yield kept


def _above(value: Expr, slope: Expr, op: str) -> list[tuple[Atom, ...]]:
    """When a line with this value and slope satisfies its relation just to the right."""
    if op == "!=":
        return [()] if slope.is_nonzero else [((value, "!="),), ((slope, "!="),)]
    if slope.is_positive or (op == ">=" and slope.is_nonnegative):
        return [((value, ">="),)]
    if slope.is_number:
        return [((value, ">"),)]
    return [((value, ">"),), ((value, "=="), (slope, op))]


def decided(atoms: Iterable[Atom]) -> tuple[Atom, ...] | None:
    """Without what plainly holds; None where something plainly does not."""
    kept: dict[Atom, None] = {}
    for expression, op in atoms:
        if expression.free_symbols:
            kept[expression, op] = None
        elif RELATIONS[op](expression, 0) == sp.false:
            return None
    return tuple(kept)


__all__ = ["decided", "exists"]
