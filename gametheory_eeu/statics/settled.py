"""The sign of an expression, "unknown" with the reason where the prover does not read it."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.space import Space

_INFINITE = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def sign(expression: Expr, space: Space) -> logic.Sign:
    """:func:`gametheory_eeu.logic.sign`, which refuses what it does not read."""
    if expression.has(*_INFINITE):  # a slope on an edge where it has none
        return unsettled(expression, space, "it has no value there")
    try:
        return logic.sign(expression, given=space)
    except UnsupportedError as error:
        return unsettled(expression, space, str(error))


def unsettled(expression: Expr, space: Space, why: str) -> logic.Sign:
    """A sign of which nothing is claimed, with the reason."""
    known = not expression.has(*_INFINITE)
    claim = sp.Ge(expression, 0, evaluate=False) if known else sp.false
    proof = logic.Proof(claim, space, "unknown", "none", why=why)
    return logic.Sign(expression, space, "?", "unknown", proof, (proof,))


__all__ = ["sign", "unsettled"]
