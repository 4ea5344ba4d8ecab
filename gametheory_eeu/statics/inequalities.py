"""Short equivalent forms of inequalities: solved for a symbol, or with two sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.errors import UnsupportedError

_MAX_OPERATIONS = 80
_MAX_CANDIDATES = 4
_IDENTIFIER = re.compile(r"[A-Za-z]\w*")
_RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le)


@lru_cache(maxsize=4096)
def positive_condition(expression: Expr, space: Space, strict: bool = True) -> Boolean:
    """The shortest proved equivalent of ``expression > 0`` (or ``>= 0``).

    Where nothing shorter was proved it comes back as it is.
    """
    relation = _orient(_relation(expression, sp.Integer(0), strict))
    if sp.count_ops(expression) > _MAX_OPERATIONS or expression.has(sp.Piecewise, sp.Max, sp.Min):
        return relation
    candidates = sorted(set(map(_orient, _candidates(expression, space, strict))), key=_complexity)
    for candidate in candidates[:_MAX_CANDIDATES]:
        if candidate == relation or _is_equivalent(relation, candidate, space):
            return candidate
    return relation


@lru_cache(maxsize=4096)
def factorization(expression: Expr) -> Expr:
    """The factored expression, cached across rows."""
    return sp.factor(expression)


def _is_equivalent(a: Boolean, b: Boolean, space: Space) -> bool:
    try:
        return prover.equivalent(a, b, space).verdict == "proved"
    except UnsupportedError:
        return False


def _complexity(condition: Boolean) -> tuple[int, int, str]:
    """Sort key for readability: operations, signs, denominators and repetitions."""
    text = str(condition)
    denominators = [p.base for p in condition.atoms(sp.Pow) if p.exp.is_negative]
    parts = condition.args if isinstance(condition, _RELATIONS) else (condition,)
    power_cost = sum(3 for b in denominators if b.is_Add) + sum(
        2 for p in condition.atoms(sp.Pow) if p.exp.is_Integer and p.exp < -1
    )
    minus_signs = sum(str(part).startswith("-") for part in parts)
    if isinstance(condition, _RELATIONS) and condition.lhs.is_Symbol and condition.rhs.is_number:
        return 0, len(text), text
    repetitions = len(_IDENTIFIER.findall(text)) - len(condition.free_symbols)
    return sp.count_ops(condition) + minus_signs + power_cost + repetitions, len(text), text


def _orient(relation: Boolean) -> Boolean:
    """The relation with numbers on the right and no leading minus signs."""
    if not isinstance(relation, _RELATIONS):
        return relation
    relation = relation.func(absorb_minus_signs(relation.lhs), absorb_minus_signs(relation.rhs))
    if isinstance(relation, _RELATIONS) and relation.lhs.is_number:
        return relation.reversed
    return relation


def absorb_minus_signs(expression: Expr) -> Expr:
    """A product with differences reversed to spare a minus sign: ``d*(g - v)``."""
    sign, factors = sp.Integer(1), []
    for factor in sp.Mul.make_args(expression):
        base, power = factor.as_base_exp()
        if base.is_Add and power.is_Integer and str(base).startswith("-"):
            base, sign = -base, sign * sp.Integer(-1) ** power
        factors.append((base, power))
    numbers = (base**power for base, power in factors if base.is_number and power.is_number)
    number = sp.Mul(sign, *numbers)
    for i, (base, power) in enumerate(factors):
        has_mixed_signs = base.is_Add and any(
            not term.could_extract_minus_sign() for term in base.args
        )
        if number < 0 and has_mixed_signs and power.is_Integer and power % 2:
            factors[i], sign, number = (-base, power), -sign, -number
    return sp.Mul(sign, *(base**power for base, power in factors))


def _relation(left: Expr, right: Expr, strict: bool) -> Boolean:
    return (sp.Gt if strict else sp.Ge)(left, right)


def _candidates(expression: Expr, space: Space, strict: bool) -> Iterator[Boolean]:
    polynomial = sp.expand(expression)
    symbols = sorted(polynomial.free_symbols, key=str)
    for symbol in symbols:
        yield from _solutions(polynomial, symbol, space, strict)
    yield from _separate_symbols(polynomial, symbols, strict)
    terms = sp.Add.make_args(polynomial)
    yield _two_sided_relation(
        [term for term in terms if not term.could_extract_minus_sign()],
        [-term for term in terms if term.could_extract_minus_sign()],
        strict,
    )
    yield _relation(factorization(polynomial), sp.Integer(0), strict)


def _solutions(polynomial: Expr, symbol: Expr, space: Space, strict: bool) -> Iterator[Boolean]:
    """The inequality solved for a linear symbol, where its coefficient's sign is known."""
    coefficients = linear_coefficients(polynomial, symbol)
    if coefficients is None:
        return
    coefficient, constant = coefficients
    sign = _sign(coefficient, space)
    if sign in ("+", "-"):
        bound = _shortest_form(-constant / coefficient)
        greater, less = (sp.Gt, sp.Lt) if strict else (sp.Ge, sp.Le)
        yield (greater if sign == "+" else less)(symbol, bound)


def _sign(expression: Expr, space: Space) -> str:
    if expression.is_number:
        return "+" if expression > 0 else "-"
    return prover.sign(expression, given=space).sign


def _shortest_form(expression: Expr) -> Expr:
    forms = (expression, sp.expand(expression), factorization(expression))
    return min((absorb_minus_signs(form) for form in forms), key=_complexity)


def _separate_symbols(polynomial: Expr, symbols: Sequence[Expr], strict: bool) -> Iterator[Boolean]:
    """Relations ``x*A > y*B``, for two symbols that between them are in every term."""
    for x, y in combinations(symbols, 2):
        if not (polynomial.is_polynomial(x) and polynomial.is_polynomial(y)):
            continue
        x_terms = sp.Add(*(term for term in sp.Add.make_args(polynomial) if term.has(x)))
        y_terms = polynomial - x_terms
        if y_terms != 0 and all(term.has(y) for term in sp.Add.make_args(y_terms)):
            yield _two_sided_relation([x_terms], [-y_terms], strict)


def _two_sided_relation(left: Iterable[Expr], right: Iterable[Expr], strict: bool) -> Boolean:
    """A relation between two sums, each factored and with a positive sign if possible."""
    a, b = factorization(sp.Add(*left)), factorization(sp.Add(*right))
    if a.could_extract_minus_sign() and b.could_extract_minus_sign():
        return (sp.Lt if strict else sp.Le)(-a, -b)
    return _relation(a, b, strict)


__all__ = ["absorb_minus_signs", "factorization", "positive_condition"]
