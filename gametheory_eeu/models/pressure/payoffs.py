"""Pressure: a hegemon's demands on a leader whose public has a limited tolerance.

The public's tolerance is uniform on [0, x_bar]: pressure x makes it revolt with probability
min(1, x/x_bar). After Putnam (1988), Iida (1993) and Tarar (2001).
"""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Expr


def revolt_probability(x: Expr, x_bar: Expr) -> Expr:
    """The probability of a revolt."""
    return sp.Min(1, x / x_bar)


def hegemon(x: Expr, x_bar: Expr, value: Expr, exit_loss: Expr) -> Expr:
    """The hegemon's payoff: influence without a revolt, the exit loss with one."""
    risk = revolt_probability(x, x_bar)
    return (1 - risk) * value * x - risk * exit_loss


def interior_payoff(x: Expr, x_bar: Expr, value: Expr, exit_loss: Expr) -> Expr:
    """The hegemon's payoff for pressure between 0 and x_bar."""
    return (1 - x / x_bar) * value * x - x / x_bar * exit_loss


def leader_at_risk(
    risk: Expr, reward: Expr, office: Expr, ouster: Expr, at_risk: Expr = sp.S.Zero
) -> Expr:
    """The leader's payoff from complying at a risk of revolt, which takes a share of the reward."""
    return (1 - risk * at_risk) * reward + (1 - risk) * office - risk * ouster


def leader(
    x: Expr, x_bar: Expr, reward: Expr, office: Expr, ouster: Expr, at_risk: Expr = sp.S.Zero
) -> Expr:
    """The leader's payoff from complying with a pressure."""
    return leader_at_risk(revolt_probability(x, x_bar), reward, office, ouster, at_risk)


__all__ = ["hegemon", "interior_payoff", "leader", "leader_at_risk", "revolt_probability"]
