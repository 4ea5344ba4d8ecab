"""The sign of an expression, "unknown" with the reason where the prover does not read it."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError

_INFINITE = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def sign(expression: Expr, space: Space) -> prover.Sign:
    """:func:`gametheory_eeu.prover.sign`, which refuses what it does not read."""
    if expression.has(*_INFINITE):  # a slope on an edge where it has none
        return unsettled(expression, space, "it has no value there")
    try:
        return prover.sign(expression, given=space)
    except UnsupportedError as error:
        return unsettled(expression, space, str(error))


def unsettled(expression: Expr, space: Space, why: str) -> prover.Sign:
    """A sign of which nothing is claimed, with the reason."""
    known = not expression.has(*_INFINITE)
    claim = sp.Ge(expression, 0, evaluate=False) if known else sp.false
    proof = prover.Proof(claim, space, "unknown", "none", why=why)
    return prover.Sign(expression, space, "?", "unknown", proof, (proof,))


__all__ = ["sign", "unsettled"]
