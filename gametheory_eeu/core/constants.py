"""Constants that stand for no real number: the root of a negative number, a logarithm of zero."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import UndecidedError, value

_PARTIAL = (sp.Pow, sp.Function, sp.Piecewise)


@lru_cache(maxsize=4096)
def is_real(constant: Expr) -> bool:
    """Whether a constant stands for a real number, as far as that can be settled.

    Examples
    --------
    >>> is_real(sp.sqrt(2)), is_real(sp.Pow(-2, sp.Rational(1, 2), evaluate=False))
    (True, False)
    """
    try:
        return value(constant, {}) is not None
    except UndecidedError:
        return True


@arg.checks(expr=arg.a(sp.Basic, "a SymPy expression"))
def unreal(expr: Expr | Boolean) -> Expr | None:
    """The first constant inside an expression or a condition that is no real number, if any.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> unreal(x + sp.log(-1, evaluate=False))
    log(-1)
    """
    for node in sp.postorder_traversal(expr):
        partial = node in (sp.I, sp.nan, sp.zoo) or isinstance(node, _PARTIAL)
        if partial and not node.free_symbols and not is_real(node):
            return node
    return None


__all__ = ["is_real", "unreal"]
