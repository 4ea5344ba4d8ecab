"""Normal forms of rational expressions, kept: a solver meets the same expressions again and again.

SymPy keeps none of these itself, and they cost more than most questions that are asked about them.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.polynomial_quotients import factor_list, quotient_form

_SIZE = 8192


@lru_cache(maxsize=_SIZE)
def factorization(expression: Expr) -> Expr:
    """The product of irreducible factors.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> factorization(x**2 - y**2)
    (x - y)*(x + y)
    """
    return sp.factor(expression)


@lru_cache(maxsize=_SIZE)
def irreducible_factors(expression: Expr) -> tuple[Expr, ...]:
    """The irreducible factors of a polynomial, each once, without its constant.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> irreducible_factors(3 * x**2 * (x - y))
    (x, x - y)
    """
    return tuple(f for f, _ in factor_list(expression)[1])


@lru_cache(maxsize=_SIZE)
def lowest_terms(expression: Expr) -> tuple[Expr, Expr]:
    """The numerator and the denominator without a common factor.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> lowest_terms(x / (x - y) + y / (y - x))
    (1, 1)
    """
    quotient = quotient_form(expression)
    if quotient is None:
        quotient = sp.cancel(sp.together(expression))
    numerator, denominator = sp.fraction(quotient)
    return numerator, denominator


def has_quotient(expression: Expr) -> bool:
    """Whether a symbol is in a denominator.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> has_quotient(x / 2), has_quotient(2 / x)
    (False, True)
    """
    return any(p.exp.is_negative and p.base.free_symbols for p in expression.atoms(sp.Pow))


@lru_cache(maxsize=_SIZE)
def common_denominator(expression: Expr) -> tuple[Expr, Expr]:
    """A numerator and a denominator, which may have a common factor.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> common_denominator(x / y + 1)
    (x + y, y)
    """
    numerator, denominator = sp.fraction(sp.together(expression))
    return numerator, denominator


__all__ = [
    "common_denominator",
    "factorization",
    "has_quotient",
    "irreducible_factors",
    "lowest_terms",
]
