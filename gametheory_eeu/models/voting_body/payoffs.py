"""Effective power, where some of a body's decisions are really taken one by one."""

from __future__ import annotations

from gametheory_eeu._types import Expr


def effective_power(formal: Expr, masking: Expr, bargaining: Expr) -> Expr:
    """Effective power: formal and bargaining power, weighted by the masked share."""
    return (1 - masking) * formal + masking * bargaining


def hegemon_share(mean_weight: Expr) -> Expr:
    """The hegemon's share of bargaining power, by the mean of the members' weights."""
    return 1 - mean_weight


def member_share(weight: Expr, members: Expr) -> Expr:
    """A member's share of bargaining power, by its weight and the number of members."""
    return weight / members


__all__ = ["effective_power", "hegemon_share", "member_share"]
