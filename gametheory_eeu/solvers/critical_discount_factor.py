"""Critical discount factors of trigger strategies that sustain cooperation.

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
    short_repr,
)

MAX_PERIODS = 60
"""The longest finite punishment; its condition is a polynomial of that degree."""


def grim_trigger(cooperate: Expr, deviate: Expr, punished: Expr) -> Expr:
    """Critical discount factor of grim trigger (Friedman 1971).

    Examples
    --------
    Three firms that share a market and would otherwise price at cost:

    >>> grim_trigger(sp.Rational(1, 3), 1, 0)
    2/3
    """
    return sp.sympify(deviate - cooperate) / sp.sympify(deviate - punished)


def tit_for_tat(temptation: Expr, reward: Expr, punished: Expr, sucker: Expr) -> Expr:
    """Critical discount factor of tit-for-tat against itself in a prisoners' dilemma.

    The larger of what deters deviating for ever and what deters alternating (Axelrod 1984,
    proposition 2).

    Examples
    --------
    >>> tit_for_tat(5, 3, 1, 0)
    2/3
    """
    gain = sp.sympify(temptation - reward)
    return sp.Max(gain / (temptation - punished), gain / (reward - sucker))


def annuity(length: int, discount_factor: Expr) -> Expr:
    """Present value of a payoff of 1 in each of the next ``length`` periods."""
    return sp.Add(*(discount_factor**i for i in range(1, _check_periods(length) + 1)))


def deterrence_condition(
    cooperate: Expr, deviate: Expr, punished: Expr, length: int, discount_factor: Expr
) -> Boolean:
    """Condition that ``length`` periods of punishment outweigh the gain from one deviation."""
    loss = (cooperate - punished) * annuity(length, discount_factor)
    return sp.Le(deviate - cooperate, loss)


def finite_punishment(cooperate: Expr, deviate: Expr, punished: Expr, length: int) -> Expr:
    """Critical discount factor of a punishment of ``length`` periods.

    For one and two periods a formula; for more an algebraic number, exact, of rational payoffs.
    DoesNotExistError where even full patience would not do: the periods are too few.

    Examples
    --------
    >>> finite_punishment(2, 3, 0, 1), finite_punishment(1, 2, 0, 2)
    (1/2, -1/2 + sqrt(5)/2)
    >>> finite_punishment(1, 2, 0, 3).evalf(10)
    0.5436890127
    """
    _check_periods(length)
    loss = sp.sympify(cooperate - punished)
    ratio = sp.S.Zero if loss == 0 else sp.cancel(sp.sympify(deviate - cooperate) / loss)
    if ratio.is_nonpositive or loss.is_nonpositive:
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
    return _positive_root(ratio, length)


def _positive_root(ratio: Expr, length: int) -> Expr:
    """The only positive root of x + x² + … = ratio: its left side rises from 0."""
    if not ratio.is_Rational:
        raise UnsupportedError(
            f"the critical discount factor of {length} periods needs rational payoffs, and "
            f"{ratio} is none; the condition itself holds with symbols"
        )
    x = sp.Symbol("x")
    (root,) = (r for r in sp.Poly(annuity(length, x) - ratio, x).real_roots() if r > 0)
    return root


def _check_periods(length: object) -> int:
    if isinstance(length, bool) or not isinstance(length, int) or length < 1:
        raise ParameterError("length", length, "a whole number of periods, at least 1")
    if length > MAX_PERIODS:
        raise TooLargeError(
            f"{short_repr(length)} periods of punishment: exact conditions go to {MAX_PERIODS}. "
            "Use grim "
            f"trigger, the limit, which differs by what {MAX_PERIODS} discounted periods leave"
        )
    return length
