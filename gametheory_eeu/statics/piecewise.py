"""Pieces of a quantity, each with its domain, and the breakpoints between two of them.

What does not turn on the parameter that moves is found here, once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.rational_forms import common_denominator, factorization
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import Quantity
from gametheory_eeu.prover.case_distinction import (
    cases,
    closure,
    conjunctions_of,
    is_satisfiable,
)
from gametheory_eeu.statics.condition_forms import (
    ALWAYS,
    ConditionForms,
    absorb_minus_signs,
    condition_forms,
    sign,
    simplify,
    zero_forms,
)
from gametheory_eeu.statics.conditions import domain_conditions

MAX_PIECES = 8
"""A quantity of more pieces than this has more edges than are looked at one by one."""
MAX_CONJUNCTIONS = 64
"""Conjunctions of a piece's condition, each of which is closed by itself."""


@dataclass(frozen=True)
class Piece:
    """A formula and where it holds: as it is said, and as the case distinction has it."""

    where: ConditionForms
    expression: Expr
    case: Boolean = sp.true


@dataclass(frozen=True)
class Breakpoint:
    """The set where one piece ends and another begins.

    ``zero`` vanishes there, and is positive on the side of ``above``; ``where`` is the equation,
    and ``place`` where the formulas on either side have a value. The sides are separating if each
    piece was proved to lie on its own everywhere. The ``gap`` is the formula above less that below,
    the ``jump`` its sign on the edge, the ``ratio`` the gap over ``zero``, where it has that as a
    factor: then the slopes differ by this times the slope of ``zero``.
    """

    zero: Expr
    where: ConditionForms
    place: Space
    below: Piece
    above: Piece
    is_separating: bool
    gap: Expr
    jump: prover.Sign
    ratio: Expr | None


@lru_cache(maxsize=1024)
def pieces(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = ()
) -> tuple[Piece, ...]:
    """The pieces of an expression over a space; refused where they are too many."""
    case_list = cases(expression, space)
    if len(case_list) == 1:
        return (Piece(ALWAYS, case_list[0].expression, case_list[0].condition),)
    are_simplified = len(case_list) <= MAX_PIECES
    result = []
    for c in case_list:
        plain = ConditionForms.plain(c.condition)
        forms = condition_forms(c.condition, space, quantities) if are_simplified else plain
        result.append(Piece(forms, c.expression, c.condition))
    return tuple(result)


@lru_cache(maxsize=1024)
def breakpoints(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = ()
) -> tuple[Breakpoint, ...]:
    """The breakpoints between the pieces of an expression."""
    result: dict[tuple[Expr, Expr, Expr], Breakpoint] = {}
    all_pieces = pieces(expression, space, quantities)
    conjunctive_space, alternatives = _without_disjunctions(all_pieces, space)
    for a, b in combinations(all_pieces, 2):
        for zero in _zeros(a, b):
            key = (zero, a.expression, b.expression)
            conditions = (sp.And(p.where.condition, alternatives[p]) for p in (a, b))
            closures = [_closure(condition, conjunctive_space) for condition in conditions]
            zero_set = Space.of(conjunctive_space, sp.Eq(zero, 0))
            domain = _common_domain(Space.of(zero_set, *closures), a, b)
            if key not in result and is_satisfiable(domain) and _is_facet(zero_set, closures, zero):
                result[key] = _breakpoint(zero, (a, b), domain, space, quantities)
    return tuple(result.values())


def _without_disjunctions(
    all_pieces: Sequence[Piece], space: Space
) -> tuple[Space, dict[Piece, Boolean]]:
    """The space without its disjunctions, and these simplified inside each piece."""
    disjunctions = [c for c in space.constraints if isinstance(c, sp.Or)]
    rest = Space(space.symbols, tuple(c for c in space.constraints if c not in disjunctions))
    if not disjunctions:
        return rest, dict.fromkeys(all_pieces, sp.true)
    either = sp.And(*disjunctions)
    return rest, {p: simplify(either, Space.of(rest, p.where.condition)) for p in all_pieces}


@lru_cache(maxsize=1024)
def _closure(condition: Boolean, space: Space) -> Boolean:
    """The closure of a condition on a space: of each of its conjunctions that occurs there.

    Relation by relation, of x < k or x < 0, and x >= k or x < 0, all of x = k would be in it.
    """
    if not any(isinstance(part, sp.Or) for part in sp.And.make_args(condition)):
        return closure(condition)
    conjunctions = list(islice(conjunctions_of(condition), MAX_CONJUNCTIONS + 1))
    if len(conjunctions) > MAX_CONJUNCTIONS:
        return closure(condition)
    possible = (c for c in conjunctions if is_satisfiable(Space.of(space, *c)))
    return sp.Or(*(closure(sp.And(*c)) for c in possible))


def _zeros(a: Piece, b: Piece) -> Iterator[Expr]:
    """Expressions that vanish where a relation of either piece becomes true or false."""
    seen: set[Expr] = set()
    for piece in (a, b):
        relations = piece.where.condition.atoms(sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne)
        for relation in sorted(relations, key=sp.default_sort_key):
            zero = _normal_form(relation.lhs - relation.rhs)
            if zero not in seen and zero.free_symbols:
                seen.add(zero)
                yield zero


def _is_facet(zero_set: Space, closures: list[Boolean], zero: Expr) -> bool:
    """Whether two pieces meet along a facet: where no other relation of theirs turns.

    At a corner the parameter passes to a third piece, of which the two say nothing. A relation
    that vanishes all along the edge is the edge itself, written otherwise.
    """
    strict_relations = {sp.Ge: sp.Gt, sp.Le: sp.Lt}
    substitutions: dict[Boolean, Boolean] = {}
    for relation in sorted({r for part in closures for r in part.atoms(sp.Ge, sp.Le)}, key=str):
        difference = _normal_form(relation.lhs - relation.rhs)
        if difference != zero and is_satisfiable(Space.of(zero_set, sp.Ne(difference, 0))):
            substitutions[relation] = strict_relations[relation.func](*relation.args)
    if not substitutions:
        return True
    return is_satisfiable(Space.of(zero_set, *(part.xreplace(substitutions) for part in closures)))


def _normal_form(difference: Expr) -> Expr:
    """The numerator that vanishes where the difference does, with a positive first coefficient."""
    numerator, _ = common_denominator(difference)
    if not numerator.is_polynomial(*numerator.free_symbols):
        return -difference if difference.could_extract_minus_sign() else difference
    _, primitive = sp.Poly(numerator, *sorted(numerator.free_symbols, key=str)).primitive()
    return (primitive * sp.sign(primitive.LC())).as_expr()


def _common_domain(space: Space, *sides: Piece) -> Space:
    """The part of a breakpoint where the formulas on either side have a value."""
    negative_powers = {p for c in sides for p in c.expression.atoms(sp.Pow) if p.exp.is_negative}
    for base in sorted({p.base for p in negative_powers}, key=sp.default_sort_key):
        zero_set = Space.of(space, sp.Eq(base, 0))
        if is_satisfiable(zero_set) and sign(base, space).sign not in ("+", "-"):
            space = Space.of(space, sp.Ne(base, 0))
    partial_functions = (c.expression for c in sides if c.expression.has(sp.log, sp.erfinv))
    try:
        return Space.of(space, *domain_conditions(tuple(partial_functions), space))
    except UnsupportedError:
        return space


def _breakpoint(
    zero: Expr,
    pair: tuple[Piece, Piece],
    domain: Space,
    space: Space,
    quantities: tuple[Quantity, ...],
) -> Breakpoint:
    a, b = pair
    sides = [_side(p, zero, space) for p in (a, b)]
    below, above = (b, a) if sides[0] == 1 or sides[1] == -1 else (a, b)
    gap = above.expression - below.expression
    solution = _equation(zero, space)
    jump = sign(substitute(solution, gap), domain)
    is_separating = None not in sides and sides[0] != sides[1]
    forms, ratio = zero_forms(zero, solution, quantities), _ratio(gap, zero)
    return Breakpoint(zero, forms, domain, below, above, is_separating, gap, jump, ratio)


def _side(piece: Piece, zero: Expr, space: Space) -> int | None:
    """The side on which a piece lies: 1 where the expression is positive, -1 where negative."""
    result = sign(zero, Space.of(space, piece.where.condition)).sign
    return 1 if result in ("+", ">=0") else -1 if result in ("-", "<=0") else None


def _ratio(gap: Expr, zero: Expr) -> Expr | None:
    if not zero.is_polynomial(*zero.free_symbols) or gap.has(sp.log, sp.exp):
        return None
    numerator, denominator = common_denominator(gap)
    if not numerator.is_polynomial(*numerator.free_symbols):
        return None
    symbols = sorted(numerator.free_symbols | zero.free_symbols, key=str)
    quotient, remainder = sp.div(numerator, zero, *symbols)
    return quotient / denominator if remainder == 0 else None


def _equation(zero: Expr, space: Space) -> Boolean:
    """The equation of a breakpoint, solved for a symbol where it is linear in one."""
    for symbol in sorted(zero.free_symbols, key=str):
        coefficients = linear_coefficients(zero, symbol)
        if coefficients is None:
            continue
        slope, intercept = coefficients
        if slope.is_number or sign(slope, space).sign in ("+", "-"):
            solution = absorb_minus_signs(factorization(-intercept / slope))
            return sp.Eq(symbol, solution, evaluate=False)
    return sp.Eq(zero, 0, evaluate=False)


def substitute(equation: Boolean, expression: Expr) -> Expr:
    """Substitute the equation of a breakpoint into an expression."""
    if not isinstance(equation.lhs, sp.Symbol) or equation.rhs.has(equation.lhs):
        return expression
    result = expression.xreplace({equation.lhs: equation.rhs})
    return result if result.has(sp.log, sp.exp) else factorization(result)
