"""The electoral cycle: announcements that voters forget, and signals that cost types unequally.

After Nordhaus (1975) and Rogoff (1990).
"""

from __future__ import annotations

from gametheory_eeu._types import Expr


def announcement_payoff(amount: Expr, memory: Expr, benefit: Expr, cost: Expr) -> Expr:
    """Payoff from an announcement: the benefit remembered at the election, less its cost."""
    return benefit * memory * amount - cost * amount**2 / 2


def signalling_payoff(amount: Expr, unit_cost: Expr, prize: Expr) -> Expr:
    """Payoff from a signal to a type that wins the prize with it."""
    return prize - unit_cost * amount


__all__ = ["announcement_payoff", "signalling_payoff"]
