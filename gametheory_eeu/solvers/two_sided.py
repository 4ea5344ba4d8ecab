"""Relations in readable form: positive terms on either side."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.signs import reverse


def arrange_relation(expression: Expr, relation: Any) -> Boolean:
    """The relation of an expression with zero, with positive terms on either side.

    Examples
    --------
    >>> v, c = sp.symbols("v c", real=True)
    >>> arrange_relation(-v / 2 + c / 2, sp.Ge)
    c >= v
    >>> arrange_relation(-v - c + 1, sp.Gt)
    c + v < 1
    """
    _, primitive = sp.expand(expression).primitive()
    terms = sp.Add.make_args(primitive)
    symbolic = [t for t in terms if t.free_symbols]
    if symbolic and all(t.could_extract_minus_sign() for t in symbolic):
        terms, relation = tuple(-t for t in terms), reverse(relation)
    left = [t for t in terms if not t.could_extract_minus_sign()]
    right = [-t for t in terms if t.could_extract_minus_sign()]
    return relation(sp.Add(*left), sp.Add(*right))


__all__ = ["arrange_relation"]
