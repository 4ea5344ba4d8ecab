"""The sign of an expression; unknown, with the reason, where the prover cannot read it."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError

_INFINITE = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def sign(expression: Expr, space: Space) -> prover.Sign:
    """The sign of an expression; unknown where the prover refuses to read it."""
    if expression.has(*_INFINITE):  # a slope on an edge where it has none
        return unknown_sign(expression, space, "it has no value there")
    try:
        return prover.sign(expression, given=space)
    except UnsupportedError as error:
        return unknown_sign(expression, space, str(error))


def unknown_sign(expression: Expr, space: Space, why: str) -> prover.Sign:
    """An unknown sign, with the reason."""
    is_finite = not expression.has(*_INFINITE)
    claim = sp.Ge(expression, 0, evaluate=False) if is_finite else sp.false
    proof = prover.Proof(claim, space, "unknown", "none", why=why)
    return prover.Sign(expression, space, "?", "unknown", proof, (proof,))


__all__ = ["sign", "unknown_sign"]
