"""Hedging: a member between two principals that pay for its alignment (Bernheim, Whinston 1986).

Alignment a in [0, 1] costs the member k(a - a_0)^2/2; the hegemon has V_R a from it, its rival
V_E(1 - a). Offers are truthful: each principal pays its value less a constant.
"""

from __future__ import annotations

from gametheory_eeu._types import Expr


def cost(a: Expr, k: Expr, natural: Expr) -> Expr:
    """The member's cost of alignment."""
    return k * (a - natural) ** 2 / 2


def hegemon(a: Expr, stake: Expr) -> Expr:
    """The hegemon's payoff from alignment."""
    return stake * a


def rival(a: Expr, stake: Expr) -> Expr:
    """The rival's payoff from alignment."""
    return stake * (1 - a)


__all__ = ["cost", "hegemon", "rival"]
