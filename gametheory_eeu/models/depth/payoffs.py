"""Depth and precaution: what a member chooses beyond what the treaty binds."""

from __future__ import annotations

from gametheory_eeu._types import Expr


def integrating(y: Expr, *, mu: Expr, benefit: Expr, loss: Expr, cost: Expr) -> Expr:
    """What a depth of integration is worth that binding does not protect."""
    return (mu * benefit - (1 - mu) * loss) * y - cost * y**2 / 2


def guarding(s: Expr, *, mu: Expr, loss: Expr, cost: Expr) -> Expr:
    """What a precaution is worth that spares a share of the expected loss."""
    return (1 - mu) * loss * s - cost * s**2 / 2


__all__ = ["guarding", "integrating"]
