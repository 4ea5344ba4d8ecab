"""Canonical forms of polynomials in one algebraic number."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Expr


def canonical_form(expression: Expr) -> Expr:
    """The expanded expression; a polynomial in one root, modulo the root's own polynomial.

    What is zero is then the number 0, which no precision tells from a number close to it.

    Examples
    --------
    >>> x = sp.Symbol("x")
    >>> root = sp.CRootOf(x**3 - x - 1, 0)
    >>> canonical_form(root**2 * root - root * (1 + 1 / sp.Integer(2)))
    1 - CRootOf(x**3 - x - 1, 0)/2
    """
    roots = expression.atoms(sp.CRootOf)
    if len(roots) != 1:
        return sp.expand(expression)
    root, unknown = roots.pop(), sp.Dummy()
    value = expression.xreplace({root: unknown})
    if not value.is_polynomial(unknown):
        return sp.expand(expression)
    remainder = sp.rem(sp.Poly(value, unknown), sp.Poly(root.poly.as_expr(unknown), unknown))
    return remainder.as_expr().xreplace({unknown: root})


__all__ = ["canonical_form"]
