"""Relations of the same two sides read as one: what the order alone says, without a question.

``x > y or x = y`` is ``x >= y``, ``x >= y and x <= y`` is ``x = y``; a symbol that is said to be a
number is that number in whatever else is said. Each step is an identity, so nothing is proved.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr

_SIGNS = {
    sp.Gt: frozenset({1}),
    sp.Lt: frozenset({-1}),
    sp.Eq: frozenset({0}),
    sp.Ge: frozenset({0, 1}),
    sp.Le: frozenset({-1, 0}),
    sp.Ne: frozenset({-1, 1}),
}
_RELATIONS = {signs: relation for relation, signs in _SIGNS.items()}
_ANY = frozenset({-1, 0, 1})
_NEVER: frozenset[int] = frozenset()


@lru_cache(maxsize=16384)
def joined(condition: Boolean) -> Boolean:
    """A condition with the same points in which no two relations of the same sides stand together.

    Only relations between polynomials are touched, and the result is never the longer one.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c", real=True)
    >>> joined(sp.Or(sp.Eq(1, c), sp.Gt(1, c, evaluate=False)))
    c <= 1
    >>> joined(sp.Or(sp.And(a > 0, sp.Eq(b, c)), sp.And(a > 0, b > c)))
    (b >= c) & (a > 0)
    >>> joined(sp.And(sp.Eq(a, 1), sp.Eq(a * b, c)))
    Eq(a, 1) & Eq(b, c)
    """
    if not isinstance(condition, (sp.And, sp.Or)):
        return condition
    inner = tuple(map(joined, condition.args))
    found = condition if inner == condition.args else condition.func(*inner)
    if isinstance(found, sp.And):
        found = _put_in(found)
    if isinstance(found, (sp.And, sp.Or)):
        parts = list(found.args)
        merged = _merged(found.func, parts)
        found = found if merged is parts else found.func(*merged)
    if isinstance(found, sp.Or):
        found = _out_of_disjuncts(found)
    if found is condition or found == condition or sp.count_ops(found) > sp.count_ops(condition):
        return condition
    return found if found in (sp.true, sp.false) else joined(found)


@lru_cache(maxsize=16384)
def gap(relation: Boolean) -> tuple[Expr, frozenset[int]] | None:
    """What is compared with zero, up to a positive factor and its sign, and the signs it may have.

    None for what is not a relation between polynomials.
    """
    signs = _SIGNS.get(relation.func)
    if signs is None or not (relation.lhs.is_polynomial() and relation.rhs.is_polynomial()):
        return None
    _, whole = sp.expand(relation.lhs - relation.rhs).primitive()
    if not whole.could_extract_minus_sign():
        return whole, signs
    return -whole, frozenset(-s for s in signs)


def _merged(join: type, parts: list[Boolean]) -> list[Boolean]:
    """The parts, those that compare the same two sides as one."""
    groups: dict[object, list[Boolean]] = {}
    for part in parts:
        known = gap(part)
        groups.setdefault(part if known is None else known[0], []).append(part)
    if len(groups) == len(parts):
        return parts
    return [g[0] if len(g) == 1 else _one(join, sorted(g, key=_rank)) for g in groups.values()]


def _rank(part: Boolean) -> tuple[int, str]:
    return int(sp.count_ops(part)), str(part)


def _one(join: type, relations: list[Boolean]) -> Boolean:
    """One relation for several that compare the same two sides."""
    told = [known for relation in relations if (known := gap(relation)) is not None]
    together = frozenset.intersection if join is sp.And else frozenset.union
    signs = together(*(each for _, each in told))
    if signs in (_NEVER, _ANY):
        return sp.true if signs else sp.false
    for relation, (_, own) in zip(relations, told, strict=True):
        if own == signs:
            return relation
    model = next((r for r in relations if not isinstance(r, (sp.Eq, sp.Ne))), relations[0])
    turned = _SIGNS[model.func] != told[relations.index(model)][1]
    found = _RELATIONS[frozenset(-s for s in signs) if turned else signs](model.lhs, model.rhs)
    return found.reversed if found.is_Relational and found.lhs.is_number else found


def _put_in(condition: Boolean) -> Boolean:
    """A conjunct that says what number a symbol is, put into the others where that is shorter."""
    equations = [c for c in condition.args if _number(c) is not None]
    for equation in sorted(equations, key=str):
        value = _number(equation)
        others = sp.And(*(c for c in condition.args if c != equation))
        if value is None or not _total(others) or others.free_symbols.isdisjoint(value):
            continue
        rest = _at(others, value)
        if rest != others and sp.count_ops(rest) <= sp.count_ops(others):
            return _put_in(found) if isinstance(found := sp.And(equation, rest), sp.And) else found
    return condition


def _at(condition: Boolean, value: dict[Expr, Expr]) -> Boolean:
    """The condition where a symbol is a number, what that changes written anew."""
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        return condition.func(*(_at(part, value) for part in condition.args))
    found = condition.subs(value)
    return condition if found == condition else _written(found)


def _written(relation: Boolean) -> Boolean:
    """A relation with what is added on the left, a number on the right, one symbol by itself."""
    known = gap(relation) if relation.is_Relational else None
    factors = [f for f in relation.args[0].args if f.free_symbols] if known is not None else []
    if known is None or (relation.lhs.is_Mul and relation.rhs == 0 and len(factors) > 1):
        return relation
    whole, signs = known
    terms = sp.Add.make_args(whole)
    symbolic = [t for t in terms if t.free_symbols]
    scale = symbolic[0].as_coeff_Mul()[0] if len(symbolic) == 1 else sp.Integer(1)
    if scale < 0 or all(t.could_extract_minus_sign() for t in symbolic):
        terms = tuple(-t for t in terms)
        scale, signs = abs(scale), frozenset(-s for s in signs)
    left = [t / scale for t in terms if t.free_symbols and not t.could_extract_minus_sign()]
    right = [-t / scale for t in terms if not t.free_symbols or t.could_extract_minus_sign()]
    return _RELATIONS[signs](sp.Add(*left), sp.Add(*right))


def _number(equation: Boolean) -> dict[Expr, Expr] | None:
    if isinstance(equation, sp.Eq):
        for one, other in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
            if one.is_Symbol and other.is_Rational:
                return {one: other}
    return None


def _total(condition: Boolean) -> bool:
    """Whether every relation is between polynomials."""
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        return all(map(_total, condition.args))
    return condition in (sp.true, sp.false) or gap(condition) is not None


def solved(condition: Boolean) -> Boolean:
    """A condition in which what is linear in a single symbol is solved for it, exactly.

    Of several numbers that bound one symbol from one side only the tightest stays.

    Examples
    --------
    >>> q = sp.Symbol("q", real=True)
    >>> solved(sp.And(60 * q / 37 - sp.Rational(23, 37) <= 0, 0 < q, q <= 1))
    (q <= 23/60) & (q > 0)
    >>> solved(2 - 3 * q < 0)
    q > 2/3
    """
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [solved(part) for part in condition.args]
        if isinstance(condition, sp.And):
            parts = _tightest(parts)
        return condition if set(parts) == set(condition.args) else condition.func(*parts)
    return _alone(condition) if condition.is_Relational and len(condition.free_symbols) == 1 else (
        condition)  # fmt: skip


def _alone(relation: Boolean) -> Boolean:
    """A relation of one symbol, solved for it where it is linear."""
    (x,) = relation.free_symbols
    as_written = x in relation.args and any(side.is_number for side in relation.args)
    known = None if as_written else gap(relation)
    if known is None or sp.degree(known[0], x) != 1:
        return relation
    slope, rest = sp.Poly(known[0], x).all_coeffs()
    if not (slope.is_positive or slope.is_negative):
        return relation
    signs = known[1] if slope.is_positive else frozenset(-s for s in known[1])
    return _RELATIONS[signs](x, -rest / slope)


def _tightest(parts: list[Boolean]) -> list[Boolean]:
    """Without the bounds by a number of a symbol that another one of them implies."""
    best: dict[tuple[Expr, bool], tuple[Expr, bool]] = {}
    bounds = {part: bound for part in parts if (bound := _bound(part)) is not None}
    for side, how_tight in bounds.values():
        best[side] = max(best.get(side, how_tight), how_tight)
    return [p for p in parts if p not in bounds or best[bounds[p][0]] == bounds[p][1]]


def _bound(relation: Boolean) -> tuple[tuple[Expr, bool], tuple[Expr, bool]] | None:
    """The symbol that a number bounds and whether from above; how tightly, greater is tighter."""
    if not isinstance(relation, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
        return None
    is_strict = isinstance(relation, (sp.Gt, sp.Lt))
    if relation.lts.is_Symbol and relation.gts.is_Rational:
        return (relation.lts, True), (-relation.gts, is_strict)
    if relation.gts.is_Symbol and relation.lts.is_Rational:
        return (relation.gts, False), (relation.lts, is_strict)
    return None


def _out_of_disjuncts(condition: Boolean) -> Boolean:
    """Two disjuncts that differ in one relation of the same sides are one disjunct."""
    if not any(isinstance(part, sp.And) for part in condition.args):
        return condition
    parts = sorted(condition.args, key=str)
    for one, other in combinations(parts, 2):
        mine, theirs = set(sp.And.make_args(one)), set(sp.And.make_args(other))
        here, there = mine - theirs, theirs - mine
        if len(here) != 1 or len(there) != 1:
            continue
        differing = _merged(sp.Or, [*here, *there])
        if len(differing) == 1:
            rest = (c for c in parts if c not in (one, other))
            return sp.Or(*rest, sp.And(*(mine & theirs), *differing))
    return condition


__all__ = ["gap", "joined", "solved"]
