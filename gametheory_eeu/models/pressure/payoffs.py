"""Pressure: a hegemon presses a leader whose public tolerates only so much.

The public's tolerance is uniform on [0, x_bar]: pressure x makes it revolt with probability
min(1, x/x_bar). After Putnam (1988), Iida (1993) and Tarar (2001).
"""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Expr


def revolt(x: Expr, x_bar: Expr) -> Expr:
    """The probability of a revolt."""
    return sp.Min(1, x / x_bar)


def hegemon(x: Expr, x_bar: Expr, value: Expr, exit_loss: Expr) -> Expr:
    """The hegemon's payoff: influence while there is no revolt, the exit if there is one."""
    risk = revolt(x, x_bar)
    return (1 - risk) * value * x - risk * exit_loss


def inside(x: Expr, x_bar: Expr, value: Expr, exit_loss: Expr) -> Expr:
    """The same for pressure between 0 and x_bar."""
    return (1 - x / x_bar) * value * x - x / x_bar * exit_loss


def leader(x: Expr, x_bar: Expr, reward: Expr, office: Expr, ouster: Expr) -> Expr:
    """The leader's payoff from complying, the reward being kept if he is ousted."""
    risk = revolt(x, x_bar)
    return reward + (1 - risk) * office - risk * ouster


def leader_at_risk(x: Expr, x_bar: Expr, reward: Expr, office: Expr, ouster: Expr) -> Expr:
    """The same, the reward being lost with the office."""
    risk = revolt(x, x_bar)
    return (1 - risk) * (office + reward) - risk * ouster


__all__ = ["hegemon", "inside", "leader", "leader_at_risk", "revolt"]
