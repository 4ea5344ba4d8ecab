"""Depth and precaution: a member's choices beyond the depth that the treaty binds."""

from __future__ import annotations

from gametheory_eeu._types import Expr


def integration_payoff(y: Expr, *, mu: Expr, benefit: Expr, loss: Expr, cost: Expr) -> Expr:
    """Payoff from a depth of integration that binding does not protect."""
    return (mu * benefit - (1 - mu) * loss) * y - cost * y**2 / 2


def precaution_payoff(s: Expr, *, mu: Expr, loss: Expr, cost: Expr) -> Expr:
    """Payoff from a precaution that averts a share of the expected loss."""
    return (1 - mu) * loss * s - cost * s**2 / 2


__all__ = ["precaution_payoff", "integration_payoff"]
