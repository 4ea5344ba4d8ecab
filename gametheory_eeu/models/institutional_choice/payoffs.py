"""Institutional choice: the joint surplus of a deal by depth of binding."""

from __future__ import annotations

from gametheory_eeu._types import Expr


def surplus(
    alpha: Expr, *, hegemon: Expr, kappa: Expr, mu: Expr, benefit: Expr, loss: Expr, outside: Expr
) -> Expr:
    """Joint surplus where binding prevents the loss but does not deliver the benefit."""
    return hegemon - kappa * alpha + mu * benefit - (1 - mu) * (1 - alpha) * loss - outside


def surplus_if_delivered(
    alpha: Expr, *, hegemon: Expr, kappa: Expr, mu: Expr, benefit: Expr, loss: Expr, outside: Expr
) -> Expr:
    """Joint surplus where a bound opportunist delivers the benefit too."""
    extra_benefit = (1 - mu) * alpha * benefit
    terms = {"kappa": kappa, "mu": mu, "benefit": benefit, "loss": loss, "outside": outside}
    return surplus(alpha, hegemon=hegemon, **terms) + extra_benefit


__all__ = ["surplus", "surplus_if_delivered"]
