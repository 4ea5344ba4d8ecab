"""The electoral cycle: announcements that voters forget, and signals that cost types unequally.

After Nordhaus (1975) and Rogoff (1990).
"""

from __future__ import annotations

from gametheory_eeu._types import Expr


def announcing(amount: Expr, remembered: Expr, benefit: Expr, cost: Expr) -> Expr:
    """What an announcement is worth: the part remembered at the election, less its cost."""
    return benefit * remembered * amount - cost * amount**2 / 2


def signalling(amount: Expr, unit_cost: Expr, prize: Expr) -> Expr:
    """What a signal is worth to a type that is rewarded with the prize for it."""
    return prize - unit_cost * amount


__all__ = ["announcing", "signalling"]
