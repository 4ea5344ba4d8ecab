"""Institutional choice: the joint surplus of a deal by depth of binding."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Expr


def surplus(
    alpha: Expr,
    *,
    hegemon: Expr,
    kappa: Expr,
    mu: Expr,
    benefit: Expr,
    loss: Expr,
    outside: Expr,
    delivery: Expr = sp.S.Zero,
) -> Expr:
    """Joint surplus where binding prevents the loss, and delivers a share of the benefit."""
    delivered = (1 - mu) * alpha * delivery * benefit
    member = mu * benefit + delivered - (1 - mu) * (1 - alpha) * loss - outside
    return hegemon - kappa * alpha + member


__all__ = ["surplus"]
