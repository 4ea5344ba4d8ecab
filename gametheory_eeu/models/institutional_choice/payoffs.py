"""Institutions: what a deal is worth to both sides at a depth of binding."""

from __future__ import annotations

from gametheory_eeu._types import Expr


def surplus(
    alpha: Expr, *, hegemon: Expr, kappa: Expr, mu: Expr, benefit: Expr, loss: Expr, outside: Expr
) -> Expr:
    """Binding costs control and prevents the loss, but does not deliver the benefit."""
    return hegemon - kappa * alpha + mu * benefit - (1 - mu) * (1 - alpha) * loss - outside


def surplus_if_delivered(
    alpha: Expr, *, hegemon: Expr, kappa: Expr, mu: Expr, benefit: Expr, loss: Expr, outside: Expr
) -> Expr:
    """The other convention: a bound opportunist delivers the benefit too."""
    delivered = (1 - mu) * alpha * benefit
    terms = {"kappa": kappa, "mu": mu, "benefit": benefit, "loss": loss, "outside": outside}
    return surplus(alpha, hegemon=hegemon, **terms) + delivered


__all__ = ["surplus", "surplus_if_delivered"]
