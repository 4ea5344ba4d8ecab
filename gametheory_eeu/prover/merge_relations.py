"""Relations between the same two sides merged into one, by the order alone, without a proof.

``x > y or x = y`` is ``x >= y``, ``x >= y and x <= y`` is ``x = y``; a symbol that is said to be a
number is that number in whatever else is said. Each step is an identity, so nothing is proved.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.signs import ANY_SIGN, RELATION_OF, SIGNS, opposite


@lru_cache(maxsize=16384)
def merge(condition: Boolean) -> Boolean:
    """An equivalent condition in which relations between the same two sides are merged.

    Only relations between polynomials are touched, and the result is never the longer one.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c", real=True)
    >>> merge(sp.Or(sp.Eq(1, c), sp.Gt(1, c, evaluate=False)))
    c <= 1
    >>> merge(sp.Or(sp.And(a > 0, sp.Eq(b, c)), sp.And(a > 0, b > c)))
    (b >= c) & (a > 0)
    >>> merge(sp.And(sp.Eq(a, 1), sp.Eq(a * b, c)))
    Eq(a, 1) & Eq(b, c)
    """
    if not isinstance(condition, (sp.And, sp.Or)):
        return condition
    arguments = tuple(map(merge, condition.args))
    result = condition if arguments == condition.args else condition.func(*arguments)
    if isinstance(result, sp.And):
        result = _substitute_values(result)
    if isinstance(result, (sp.And, sp.Or)):
        parts = list(result.args)
        new_parts = _merge_parts(result.func, parts)
        result = result if new_parts is parts else result.func(*new_parts)
    if isinstance(result, sp.Or):
        result = _merge_disjuncts(result)
    if result is condition or result == condition or sp.count_ops(result) > sp.count_ops(condition):
        return condition
    return result if result in (sp.true, sp.false) else merge(result)


@lru_cache(maxsize=16384)
def sign_condition(relation: Boolean) -> tuple[Expr, frozenset[int]] | None:
    """The polynomial a relation compares with zero, up to a positive factor, and its signs.

    None for what is not a relation between polynomials.
    """
    signs = SIGNS.get(relation.func)
    if signs is None or not (relation.lhs.is_polynomial() and relation.rhs.is_polynomial()):
        return None
    _, polynomial = sp.expand(relation.lhs - relation.rhs).primitive()
    if not polynomial.could_extract_minus_sign():
        return polynomial, signs
    return -polynomial, opposite(signs)


def _merge_parts(join: type, parts: list[Boolean]) -> list[Boolean]:
    """The parts, with relations between the same two sides merged."""
    groups: dict[object, list[Boolean]] = {}
    for part in parts:
        comparison = sign_condition(part)
        groups.setdefault(part if comparison is None else comparison[0], []).append(part)
    if len(groups) == len(parts):
        return parts
    return [
        group[0] if len(group) == 1 else _merge_group(join, sorted(group, key=_rank))
        for group in groups.values()
    ]


def _rank(part: Boolean) -> tuple[int, str]:
    return int(sp.count_ops(part)), str(part)


def _merge_group(join: type, relations: list[Boolean]) -> Boolean:
    """One relation for several that compare the same two sides."""
    comparisons = [c for c in map(sign_condition, relations) if c is not None]
    combine = frozenset.intersection if join is sp.And else frozenset.union
    signs = combine(*(sign_set for _, sign_set in comparisons))
    if signs in (frozenset(), ANY_SIGN):
        return sp.true if signs else sp.false
    for relation, (_, relation_signs) in zip(relations, comparisons, strict=True):
        if relation_signs == signs:
            return relation
    template = next((r for r in relations if not isinstance(r, (sp.Eq, sp.Ne))), relations[0])
    is_reversed = SIGNS[template.func] != comparisons[relations.index(template)][1]
    result = RELATION_OF[opposite(signs) if is_reversed else signs](template.lhs, template.rhs)
    return result.reversed if result.is_Relational and result.lhs.is_number else result


def _substitute_values(condition: Boolean) -> Boolean:
    """Substitute a symbol's numeric value into the other conjuncts where that is shorter."""
    equations = [c for c in condition.args if _symbol_value(c) is not None]
    for equation in sorted(equations, key=str):
        value = _symbol_value(equation)
        others = sp.And(*(c for c in condition.args if c != equation))
        if value is None or not _is_polynomial(others) or others.free_symbols.isdisjoint(value):
            continue
        replaced = _substitute(others, value)
        if replaced != others and sp.count_ops(replaced) <= sp.count_ops(others):
            result = sp.And(equation, replaced)
            return _substitute_values(result) if isinstance(result, sp.And) else result
    return condition


def _substitute(condition: Boolean, values: dict[Expr, Expr]) -> Boolean:
    """The condition with a number for a symbol, the changed relations rearranged."""
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        return condition.func(*(_substitute(part, values) for part in condition.args))
    result = condition.subs(values)
    return condition if result == condition else _rearrange(result)


def _rearrange(relation: Boolean) -> Boolean:
    """A relation with positive terms on the left, numbers and negative terms on the right."""
    comparison = sign_condition(relation) if relation.is_Relational else None
    factors = [f for f in relation.args[0].args if f.free_symbols] if comparison is not None else []
    if comparison is None or (relation.lhs.is_Mul and relation.rhs == 0 and len(factors) > 1):
        return relation
    polynomial, signs = comparison
    terms = sp.Add.make_args(polynomial)
    symbolic = [t for t in terms if t.free_symbols]
    scale = symbolic[0].as_coeff_Mul()[0] if len(symbolic) == 1 else sp.Integer(1)
    if scale < 0 or all(t.could_extract_minus_sign() for t in symbolic):
        terms = tuple(-t for t in terms)
        scale, signs = abs(scale), opposite(signs)
    left = [t / scale for t in terms if t.free_symbols and not t.could_extract_minus_sign()]
    right = [-t / scale for t in terms if not t.free_symbols or t.could_extract_minus_sign()]
    return RELATION_OF[signs](sp.Add(*left), sp.Add(*right))


def _symbol_value(equation: Boolean) -> dict[Expr, Expr] | None:
    if isinstance(equation, sp.Eq):
        for symbol, number in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
            if symbol.is_Symbol and number.is_Rational:
                return {symbol: number}
    return None


def _is_polynomial(condition: Boolean) -> bool:
    """Whether every relation is between polynomials."""
    if isinstance(condition, (sp.And, sp.Or, sp.Not)):
        return all(map(_is_polynomial, condition.args))
    return condition in (sp.true, sp.false) or sign_condition(condition) is not None


def solve_linear(condition: Boolean) -> Boolean:
    """A condition whose relations that are linear in a single symbol are solved for it.

    Of several numbers that bound one symbol from one side only the tightest stays.

    Examples
    --------
    >>> q = sp.Symbol("q", real=True)
    >>> solve_linear(sp.And(60 * q / 37 - sp.Rational(23, 37) <= 0, 0 < q, q <= 1))
    (q <= 23/60) & (q > 0)
    >>> solve_linear(2 - 3 * q < 0)
    q > 2/3
    """
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [solve_linear(part) for part in condition.args]
        if isinstance(condition, sp.And):
            parts = _tightest_bounds(parts)
        return condition if set(parts) == set(condition.args) else condition.func(*parts)
    is_of_one_symbol = condition.is_Relational and len(condition.free_symbols) == 1
    return _solve_relation(condition) if is_of_one_symbol else condition


def _solve_relation(relation: Boolean) -> Boolean:
    """A relation of one symbol, solved for it where it is linear."""
    (x,) = relation.free_symbols
    is_solved = x in relation.args and any(side.is_number for side in relation.args)
    comparison = None if is_solved else sign_condition(relation)
    if comparison is None or sp.degree(comparison[0], x) != 1:
        return relation
    slope, constant = sp.Poly(comparison[0], x).all_coeffs()
    if not (slope.is_positive or slope.is_negative):
        return relation
    signs = comparison[1] if slope.is_positive else opposite(comparison[1])
    return RELATION_OF[signs](x, -constant / slope)


def _tightest_bounds(parts: list[Boolean]) -> list[Boolean]:
    """The parts without numeric bounds on a symbol that another bound implies."""
    best: dict[tuple[Expr, bool], tuple[Expr, bool]] = {}
    bounds = {part: bound for part in parts if (bound := _numeric_bound(part)) is not None}
    for side, tightness in bounds.values():
        best[side] = max(best.get(side, tightness), tightness)
    return [p for p in parts if p not in bounds or best[bounds[p][0]] == bounds[p][1]]


def _numeric_bound(relation: Boolean) -> tuple[tuple[Expr, bool], tuple[Expr, bool]] | None:
    """The symbol that a number bounds and whether from above; the tightness of the bound."""
    if not isinstance(relation, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
        return None
    is_strict = isinstance(relation, (sp.Gt, sp.Lt))
    if relation.lts.is_Symbol and relation.gts.is_Rational:
        return (relation.lts, True), (-relation.gts, is_strict)
    if relation.gts.is_Symbol and relation.lts.is_Rational:
        return (relation.gts, False), (relation.lts, is_strict)
    return None


def _merge_disjuncts(condition: Boolean) -> Boolean:
    """Merge two disjuncts that differ in one relation between the same two sides."""
    if not any(isinstance(part, sp.And) for part in condition.args):
        return condition
    parts = sorted(condition.args, key=str)
    for first, second in combinations(parts, 2):
        first_parts, second_parts = set(sp.And.make_args(first)), set(sp.And.make_args(second))
        only_first, only_second = first_parts - second_parts, second_parts - first_parts
        if len(only_first) != 1 or len(only_second) != 1:
            continue
        union = _merge_parts(sp.Or, [*only_first, *only_second])
        if len(union) == 1:
            rest = (c for c in parts if c not in (first, second))
            return sp.Or(*rest, sp.And(*(first_parts & second_parts), *union))
    return condition
