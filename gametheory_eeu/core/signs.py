"""Signs of numbers: sets of -1, 0 and 1, with their symbols and their relations to zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr

Signs: TypeAlias = frozenset[int]
"""The signs that are possible: some of -1, 0 and 1."""
SignSymbol = Literal["+", "-", "0", ">=0", "<=0", "?"]

POSITIVE, ZERO, NEGATIVE = (frozenset({sign}) for sign in (1, 0, -1))
ANY_SIGN = POSITIVE | ZERO | NEGATIVE
_TABLE = (
    ("+", ">", sp.Gt, POSITIVE),
    ("-", "<", sp.Lt, NEGATIVE),
    ("0", "==", sp.Eq, ZERO),
    (">=0", ">=", sp.Ge, POSITIVE | ZERO),
    ("<=0", "<=", sp.Le, NEGATIVE | ZERO),
    ("!=0", "!=", sp.Ne, POSITIVE | NEGATIVE),
)
SIGNS: Mapping[Any, Signs] = {"?": ANY_SIGN} | {
    key: signs for *keys, signs in _TABLE for key in keys
}
"""The signs that a symbol, a comparison with zero (``">="``, ``sp.Ge``) allows."""
SYMBOLS: Mapping[Signs, Any] = {ANY_SIGN: "?"} | {signs: symbol for symbol, *_, signs in _TABLE}
"""The symbol of each set of signs."""
RELATIONS: Mapping[str, Any] = {operator: relation for _, operator, relation, _ in _TABLE}
"""SymPy's relation for each operator of comparison."""
RELATION_OF: Mapping[Signs, Any] = {signs: relation for *_, relation, signs in _TABLE}
"""The relation to zero of what has one of the signs."""


def opposite(signs: Signs) -> Signs:
    """The signs of minus a number that has one of the signs."""
    return frozenset(-sign for sign in signs)


def product_signs(first: Signs, second: Signs) -> Signs:
    """The signs of a product."""
    return frozenset(a * b for a in first for b in second)


def power_signs(signs: Signs, exponent: int) -> Signs:
    """The signs of a power of a number, where it has a value."""
    return signs if exponent % 2 else frozenset(s * s for s in signs)


def reverse(relation: Any) -> Any:
    """The relation with its sides exchanged: less for greater."""
    return RELATION_OF[opposite(SIGNS[relation])]


def sign_claim(expression: Expr, symbol: str) -> Boolean:
    """The unevaluated claim that an expression has a sign."""
    return RELATION_OF[SIGNS[symbol]](expression, 0, evaluate=False)
