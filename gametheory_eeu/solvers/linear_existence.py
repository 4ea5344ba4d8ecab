"""Linear inequalities: readable relations, tightest bounds, and the elimination of unknowns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.signs import RELATIONS, reverse


def arrange_relation(expression: Expr, relation: Any) -> Boolean:
    """The relation of an expression with zero, with positive terms on either side.

    Examples
    --------
    >>> v, c = sp.symbols("v c", real=True)
    >>> arrange_relation(-v / 2 + c / 2, sp.Ge)
    c >= v
    >>> arrange_relation(-v - c + 1, sp.Gt)
    c + v < 1
    """
    _, primitive = sp.expand(expression).primitive()
    terms = sp.Add.make_args(primitive)
    symbolic = [t for t in terms if t.free_symbols]
    if symbolic and all(t.could_extract_minus_sign() for t in symbolic):
        terms, relation = tuple(-t for t in terms), reverse(relation)
    left = [t for t in terms if not t.could_extract_minus_sign()]
    right = [-t for t in terms if t.could_extract_minus_sign()]
    return relation(sp.Add(*left), sp.Add(*right))


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
    """The atoms with only the tightest numerical bounds; None where these are infeasible."""
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


_MAX_CONJUNCTIONS = 512  # conjunctions held at once


def solvability_condition(
    atoms: Iterable[AtomicFormula], unknowns: Iterable[Symbol]
) -> Boolean | None:
    """The exact condition under which some values of the unknowns satisfy every atom.

    Each unknown must have a lower bound among the atoms. None where an unknown occurs that no order
    of elimination keeps linear.
    """
    unknowns = tuple(unknowns)
    bounds = tightest_bounds(atoms)
    if bounds is None:
        return sp.false
    box = set(box_symbols(bounds)) & set(unknowns)
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
    has_exceptions = any(op == "!=" for _, op in lines)
    for i, (line, op) in enumerate(lines):
        if op == "!=":
            continue  # without the points it excludes there is a lower bound among the others
        for slope, intercept in (line, (-line[0], -line[1])) if op == "==" else (line,):
            if slope.is_nonpositive:
                continue  # no lower bound
            start = (*rest, (slope, ">"))
            values = [
                (sp.expand(slope * constant - a * intercept), a, relation)
                for (a, constant), relation in lines[:i] + lines[i + 1 :]
            ]
            yield from _virtual_substitution(start, values, just_above=op == ">")
            if op == ">=" and has_exceptions:  # the bound itself may be excluded
                yield from _virtual_substitution(start, values, just_above=True)


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
    if op == "==":
        return [((value, "=="), (slope, "=="))]
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
