"""How patient players must be for cooperation to last: the critical discount factors of triggers.

Four payoffs a period decide: cooperating, the best deviation from it, being punished and, for
tit-for-tat, being the one who cooperates alone.
"""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    TooLargeError,
    UnsupportedError,
    shown,
)

LONGEST = 60
"""The longest finite punishment; its condition is a polynomial of that degree."""


def grim_trigger(cooperate: Expr, deviate: Expr, punished: Expr) -> Expr:
    """The discount factor from which punishment for ever sustains cooperation (Friedman 1971).

    Examples
    --------
    Three firms that share a market and would otherwise price at cost:

    >>> grim_trigger(sp.Rational(1, 3), 1, 0)
    2/3
    """
    return sp.sympify(deviate - cooperate) / sp.sympify(deviate - punished)


def tit_for_tat(temptation: Expr, reward: Expr, punished: Expr, sucker: Expr) -> Expr:
    """The discount factor from which tit-for-tat is a best reply to itself in a prisoners' dilemma.

    The larger of what deters deviating for ever and what deters alternating (Axelrod 1984,
    proposition 2).

    Examples
    --------
    >>> tit_for_tat(5, 3, 1, 0)
    2/3
    """
    once = sp.sympify(temptation - reward)
    return sp.Max(once / (temptation - punished), once / (reward - sucker))


def lasting(length: int, discount_factor: Expr) -> Expr:
    """What a payoff of 1 in each of the next ``length`` periods is worth now."""
    return sp.Add(*(discount_factor**i for i in range(1, _periods(length) + 1)))


def deterred(
    cooperate: Expr, deviate: Expr, punished: Expr, length: int, discount_factor: Expr
) -> Boolean:
    """Whether ``length`` periods of punishment outweigh what deviating once brings."""
    loss = (cooperate - punished) * lasting(length, discount_factor)
    return sp.Le(deviate - cooperate, loss)


def finite_punishment(cooperate: Expr, deviate: Expr, punished: Expr, length: int) -> Expr:
    """The discount factor from which ``length`` periods of punishment sustain cooperation.

    For one and two periods a formula; for more an algebraic number, exact.

    Raises
    ------
    DoesNotExistError
        Even full patience would not do: the periods are too few for the temptation.
    UnsupportedError
        Symbols, where no formula is at hand.
    TooLargeError
        More periods than ``LONGEST``.

    Examples
    --------
    >>> finite_punishment(2, 3, 0, 1), finite_punishment(1, 2, 0, 2)
    (1/2, -1/2 + sqrt(5)/2)
    >>> finite_punishment(1, 2, 0, 3).evalf(10)
    0.5436890127
    """
    _periods(length)
    loss = sp.sympify(cooperate - punished)
    ratio = sp.cancel(sp.sympify(deviate - cooperate) / loss)
    if ratio.is_number and (ratio <= 0 or loss <= 0):
        raise ParameterError(
            "payoffs", (cooperate, deviate, punished), "punished < cooperate < deviate"
        )
    if ratio.is_number and ratio >= length:
        raise DoesNotExistError(
            f"{length} period(s) of punishment deter nobody, however patient: the temptation is "
            f"{ratio} periods' loss. Use more than {ratio} periods"
        )
    if length == 1:
        return ratio
    if length == 2:
        return (sp.sqrt(1 + 4 * ratio) - 1) / 2
    return _root(ratio, length)


def _root(ratio: Expr, length: int) -> Expr:
    """The only positive root of x + x² + … = ratio: its left side rises from 0."""
    if not ratio.is_Rational:
        raise UnsupportedError(
            f"the critical discount factor of {length} periods needs rational payoffs, and "
            f"{ratio} is none; the condition itself holds with symbols"
        )
    x = sp.Symbol("x")
    (root,) = (r for r in sp.Poly(lasting(length, x) - ratio, x).real_roots() if r > 0)
    return root


def _periods(length: object) -> int:
    if isinstance(length, bool) or not isinstance(length, int) or length < 1:
        raise ParameterError("length", length, "a whole number of periods, at least 1")
    if length > LONGEST:
        raise TooLargeError(
            f"{shown(length)} periods of punishment: exact conditions go to {LONGEST}. Use grim "
            f"trigger, the limit, which differs by what {LONGEST} discounted periods leave"
        )
    return length
