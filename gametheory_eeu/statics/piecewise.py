"""The formulas a quantity falls into, where each holds, and the edges along which two of them meet.

What does not turn on the parameter that moves is found here, once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model import Quantity
from gametheory_eeu.statics.case_distinction import by_cases, closed, opened, possible
from gametheory_eeu.statics.condition_forms import ALWAYS, Said, said, said_zero
from gametheory_eeu.statics.existence import restriction
from gametheory_eeu.statics.inequalities import factored, unsigned
from gametheory_eeu.statics.settled import sign

MOST_LOOKED_AT = 8
"""A quantity of more pieces than this has more edges than are looked at one by one."""


@dataclass(frozen=True)
class Piece:
    """A formula and where it holds."""

    where: Said
    expression: Expr


@dataclass(frozen=True)
class Edge:
    """Where one piece ends and another begins.

    Parameters
    ----------
    zero : SymPy expression
        Zero on the edge; positive on the side of ``above``.
    where : Said
        The equation: a quantity is zero, or solved for a symbol where it is linear in one.
    place : Space
        The edge, where the formulas on either side have a value.
    below, above : Piece
    sided : bool
        Whether each piece was proved to lie on its side everywhere.
    gap : SymPy expression
        The formula above less that below.
    jump : Sign
        Of the gap, on the edge.
    ratio : SymPy expression or None
        The gap over ``zero``, where it has that as a factor: then the slopes differ by this times
        the slope of ``zero``.
    """

    zero: Expr
    where: Said
    place: Space
    below: Piece
    above: Piece
    sided: bool
    gap: Expr
    jump: prover.Sign
    ratio: Expr | None


@lru_cache(maxsize=1024)
def pieces(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = ()
) -> tuple[Piece, ...]:
    """The pieces of an expression over a space.

    Raises
    ------
    TooLargeError
        More than are worth a row each.
    """
    found = by_cases(expression, space)
    if len(found) == 1:
        return (Piece(ALWAYS, found[0].expression),)
    if len(found) > MOST_LOOKED_AT:
        return tuple(Piece(Said.plain(c.condition), c.expression) for c in found)
    return tuple(Piece(said(c.condition, space, quantities), c.expression) for c in found)


@lru_cache(maxsize=1024)
def edges(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = ()
) -> tuple[Edge, ...]:
    """The edges between the pieces of an expression."""
    found: dict[tuple[Expr, Expr, Expr], Edge] = {}
    all_pieces = pieces(expression, space, quantities)
    simple, known = _known(all_pieces, space)
    for a, b in combinations(all_pieces, 2):
        for zero in _zeros(a, b):
            key = (zero, a.expression, b.expression)
            near = [closed(sp.And(p.where.condition, known[p])) for p in (a, b)]
            line = Space.of(simple, sp.Eq(zero, 0))
            place = _defined(Space.of(line, *near), a, b)
            if key not in found and possible(place) and _more_than_a_corner(line, near, zero):
                found[key] = _edge(zero, (a, b), place, space, quantities)
    return tuple(found.values())


def _known(found: Sequence[Piece], space: Space) -> tuple[Space, dict[Piece, Boolean]]:
    """The space without its alternatives, and what is left of these inside each piece."""
    either = [c for c in space.constraints if isinstance(c, sp.Or)]
    simple = Space(space.symbols, tuple(c for c in space.constraints if c not in either))
    if not either:
        return simple, dict.fromkeys(found, sp.true)
    left = {p: _left(sp.And(*either), Space.of(simple, p.where.condition)) for p in found}
    return simple, left


def _left(condition: Boolean, space: Space) -> Boolean:
    try:
        return prover.simplify(condition, space)
    except UnsupportedError:
        return condition


def _zeros(a: Piece, b: Piece) -> Iterator[Expr]:
    """What vanishes where a relation turns, of which either side is in one of the pieces."""
    seen: set[Expr] = set()
    for piece in (a, b):
        relations = piece.where.condition.atoms(sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne)
        for relation in sorted(relations, key=sp.default_sort_key):
            zero = _normal(relation.lhs - relation.rhs)
            if zero not in seen and zero.free_symbols:
                seen.add(zero)
                yield zero


def _more_than_a_corner(line: Space, near: list[Boolean], zero: Expr) -> bool:
    """Whether two pieces meet at a point of the edge where no other relation of theirs turns.

    At a corner the parameter passes to a third piece, of which the two say nothing. A relation
    that vanishes all along the edge is the edge itself, written otherwise.
    """
    strict = {sp.Ge: sp.Gt, sp.Le: sp.Lt}
    swaps: dict[Boolean, Boolean] = {}
    for relation in sorted({r for part in near for r in part.atoms(sp.Ge, sp.Le)}, key=str):
        turns = _normal(relation.lhs - relation.rhs)
        if turns != zero and possible(Space.of(line, sp.Ne(turns, 0))):
            swaps[relation] = strict[relation.func](*relation.args)
    return not swaps or possible(Space.of(line, *(part.xreplace(swaps) for part in near)))


def _normal(difference: Expr) -> Expr:
    """The numerator that vanishes where the difference does, with a positive first coefficient."""
    above, _ = sp.fraction(sp.together(difference))
    if not above.is_polynomial(*above.free_symbols):
        return -difference if difference.could_extract_minus_sign() else difference
    _, primitive = sp.Poly(above, *sorted(above.free_symbols, key=str)).primitive()
    return (primitive * sp.sign(primitive.LC())).as_expr()


def _defined(place: Space, *found: Piece) -> Space:
    """The part of an edge where the formulas on either side have a value."""
    powers = {p for c in found for p in c.expression.atoms(sp.Pow) if p.exp.is_negative}
    for base in sorted({p.base for p in powers}, key=sp.default_sort_key):
        zero = Space.of(place, sp.Eq(base, 0))
        if possible(zero) and sign(base, place).sign not in ("+", "-"):
            place = Space.of(place, sp.Ne(base, 0))
    partial = (c.expression for c in found if c.expression.has(sp.log, sp.erfinv))
    try:
        return Space.of(place, *restriction(tuple(partial), place))
    except UnsupportedError:
        return place


def _edge(
    zero: Expr, two: tuple[Piece, Piece], place: Space, space: Space, named: tuple[Quantity, ...]
) -> Edge:
    a, b = two
    sides = [_side(p, zero, space) for p in (a, b)]
    below, above = (b, a) if sides[0] == 1 or sides[1] == -1 else (a, b)
    gap = above.expression - below.expression
    where = _solved(zero, space)
    jump = sign(on(where, gap), place)
    sided = None not in sides and sides[0] != sides[1]
    equation, ratio = said_zero(zero, where, named), _ratio(gap, zero)
    return Edge(zero, equation, place, below, above, sided, gap, jump, ratio)


def _side(piece: Piece, zero: Expr, space: Space) -> int | None:
    """Whether a piece lies where the expression is positive (1) or negative (-1)."""
    found = sign(zero, Space.of(space, piece.where.condition)).sign
    return 1 if found in ("+", ">=0") else -1 if found in ("-", "<=0") else None


def _ratio(gap: Expr, zero: Expr) -> Expr | None:
    if not zero.is_polynomial(*zero.free_symbols) or gap.has(sp.log, sp.exp):
        return None
    above, below = sp.fraction(sp.together(gap))
    if not above.is_polynomial(*above.free_symbols):
        return None
    times, rest = sp.div(above, zero, *sorted(above.free_symbols | zero.free_symbols, key=str))
    return times / below if rest == 0 else None


def _solved(zero: Expr, space: Space) -> Boolean:
    """The equation of an edge, solved for a symbol where it is linear in one."""
    expanded = sp.expand(zero)
    for x in sorted(zero.free_symbols, key=str):
        if expanded.is_polynomial(x) and sp.degree(expanded, x) == 1:
            slope = expanded.coeff(x, 1)
            if slope.is_number or sign(slope, space).sign in ("+", "-"):
                return sp.Eq(x, unsigned(factored(-expanded.coeff(x, 0) / slope)), evaluate=False)
    return sp.Eq(zero, 0, evaluate=False)


def on(where: Boolean, expression: Expr) -> Expr:
    """An expression on an edge: with what the equation gives in place of a symbol."""
    if not isinstance(where.lhs, sp.Symbol) or where.rhs.has(where.lhs):
        return expression
    found = expression.xreplace({where.lhs: where.rhs})
    return found if found.has(sp.log, sp.exp) else factored(found)


__all__ = ["MOST_LOOKED_AT", "Edge", "Piece", "closed", "edges", "on", "opened", "pieces"]
