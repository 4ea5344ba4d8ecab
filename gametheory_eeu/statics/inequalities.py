"""Inequalities as people write them: solved for a symbol, or with a product on either side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError

_MOST_OPERATIONS = 80
_TRIED = 4
_WORD = re.compile(r"[A-Za-z]\w*")
_RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le)


@lru_cache(maxsize=4096)
def positive(expression: Expr, space: Space, strict: bool = True) -> Boolean:
    """``expression > 0`` (or ``>= 0``), as short as it can be said, proved to say the same.

    Where nothing shorter was proved it comes back as it is.
    """
    plain = _facing(_relation(expression, sp.Integer(0), strict))
    if sp.count_ops(expression) > _MOST_OPERATIONS or expression.has(sp.Piecewise, sp.Max, sp.Min):
        return plain
    found = sorted(set(map(_facing, _candidates(expression, space, strict))), key=_length)
    for candidate in found[:_TRIED]:
        if candidate != plain and _same(plain, candidate, space):
            return candidate
    return plain


@lru_cache(maxsize=4096)
def factored(expression: Expr) -> Expr:
    """Factored, once: a row for each parameter asks for the same again."""
    return sp.factor(expression)


def _same(a: Boolean, b: Boolean, space: Space) -> bool:
    try:
        return prover.equivalent(a, b, space).verdict == "proved"
    except UnsupportedError:
        return False


def _length(condition: Boolean) -> tuple[int, int, str]:
    """How much there is to read; what is below a line, in front or said twice is more."""
    text = str(condition)
    below = [p.base for p in condition.atoms(sp.Pow) if p.exp.is_negative]
    parts = condition.args if isinstance(condition, _RELATIONS) else (condition,)
    heavy = sum(3 for b in below if b.is_Add) + sum(
        2 for p in condition.atoms(sp.Pow) if p.exp.is_Integer and p.exp < -1
    )
    signs = sum(str(part).startswith("-") for part in parts)
    if isinstance(condition, _RELATIONS) and condition.lhs.is_Symbol and condition.rhs.is_number:
        return 0, len(text), text
    repeated = len(_WORD.findall(text)) - len(condition.free_symbols)
    return sp.count_ops(condition) + signs + heavy + repeated, len(text), text


def _facing(relation: Boolean) -> Boolean:
    """A number goes to the right, and differences are written without a minus in front."""
    if not isinstance(relation, _RELATIONS):
        return relation
    relation = relation.func(unsigned(relation.lhs), unsigned(relation.rhs))
    if isinstance(relation, _RELATIONS) and relation.lhs.is_number:
        return relation.reversed
    return relation


def unsigned(expression: Expr) -> Expr:
    """A product with differences the way round that spares a minus sign: ``d*(g - v)``."""
    turn, found = sp.Integer(1), []
    for factor in sp.Mul.make_args(expression):
        base, power = factor.as_base_exp()
        if base.is_Add and power.is_Integer and str(base).startswith("-"):
            base, turn = -base, turn * (-1) ** int(power)
        found.append((base, power))
    numbers = (base**power for base, power in found if base.is_number and power.is_number)
    number = sp.Mul(turn, *numbers)
    for i, (base, power) in enumerate(found):
        mixed = base.is_Add and any(not t.could_extract_minus_sign() for t in base.args)
        if number < 0 and mixed and power.is_Integer and power % 2:
            found[i], turn, number = (-base, power), -turn, -number
    return sp.Mul(turn, *(base**power for base, power in found))


def _relation(left: Expr, right: Expr, strict: bool) -> Boolean:
    return (sp.Gt if strict else sp.Ge)(left, right)


def _candidates(expression: Expr, space: Space, strict: bool) -> Iterator[Boolean]:
    p = sp.expand(expression)
    symbols = sorted(p.free_symbols, key=str)
    for x in symbols:
        yield from _solved(p, x, space, strict)
    yield from _two_sides(p, symbols, strict)
    terms = sp.Add.make_args(p)
    yield _apart(
        [t for t in terms if not t.could_extract_minus_sign()],
        [-t for t in terms if t.could_extract_minus_sign()],
        strict,
    )
    yield _relation(factored(p), sp.Integer(0), strict)


def _solved(p: Expr, x: Expr, space: Space, strict: bool) -> Iterator[Boolean]:
    """Solved for a symbol in which it is linear, where the coefficient's sign is known."""
    if not p.is_polynomial(x) or sp.degree(p, x) != 1:
        return
    slope, rest = p.coeff(x, 1), p.coeff(x, 0)
    sign = _sign(slope, space)
    if sign in ("+", "-"):
        bound = _shortest(-rest / slope)
        rise, fall = (sp.Gt, sp.Lt) if strict else (sp.Ge, sp.Le)
        yield (rise if sign == "+" else fall)(x, bound)


def _sign(expression: Expr, space: Space) -> str:
    if expression.is_number:
        return "+" if expression > 0 else "-"
    return prover.sign(expression, given=space).sign


def _shortest(expression: Expr) -> Expr:
    forms = (expression, sp.expand(expression), factored(expression))
    return min((unsigned(form) for form in forms), key=_length)


def _two_sides(p: Expr, symbols: Sequence[Expr], strict: bool) -> Iterator[Boolean]:
    """``x*A > y*B``, for two symbols that between them are in every term."""
    for x, y in combinations(symbols, 2):
        if not (p.is_polynomial(x) and p.is_polynomial(y)):
            continue
        of_x = sp.Add(*(t for t in sp.Add.make_args(p) if t.has(x)))
        of_y = p - of_x
        if of_y != 0 and all(t.has(y) for t in sp.Add.make_args(of_y)):
            yield _apart([of_x], [-of_y], strict)


def _apart(left: Iterable[Expr], right: Iterable[Expr], strict: bool) -> Boolean:
    """Two sums on either side, each factored and with a positive sign in front if it can be."""
    a, b = factored(sp.Add(*left)), factored(sp.Add(*right))
    if a.could_extract_minus_sign() and b.could_extract_minus_sign():
        return (sp.Lt if strict else sp.Le)(-a, -b)
    return _relation(a, b, strict)


__all__ = ["factored", "positive", "unsigned"]
