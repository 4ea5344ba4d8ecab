"""Constants that are no real numbers: the root of a negative number, the logarithm of zero."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import UndecidedError, value

_PARTIAL_FUNCTIONS = (sp.Pow, sp.Function, sp.Piecewise)


@lru_cache(maxsize=4096)
def is_real(constant: Expr) -> bool:
    """Whether a constant is a real number; true where that is undecided.

    Examples
    --------
    >>> is_real(sp.sqrt(2)), is_real(sp.Pow(-2, sp.Rational(1, 2), evaluate=False))
    (True, False)
    """
    try:
        return value(constant, {}) is not None
    except UndecidedError:
        return True


@arg.validate(expr=arg.instance_of(sp.Basic, "a SymPy expression"))
def nonreal_constant(expr: Expr | Boolean) -> Expr | None:
    """The first constant in an expression or a condition that is not a real number, if any.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> nonreal_constant(x + sp.log(-1, evaluate=False))
    log(-1)
    """
    for node in sp.postorder_traversal(expr):
        is_partial = node in (sp.I, sp.nan, sp.zoo) or isinstance(node, _PARTIAL_FUNCTIONS)
        if is_partial and not node.free_symbols and not is_real(node):
            return node
    return None


__all__ = ["is_real", "nonreal_constant"]
