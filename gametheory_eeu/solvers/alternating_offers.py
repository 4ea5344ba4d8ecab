"""Finite-horizon alternating-offers bargaining, by backward induction."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.exact import exact
from gametheory_eeu.errors import ParameterError, TooLargeError, short_repr

MAX_ROUNDS = 5000
MAX_SYMBOLIC_ROUNDS, MAX_IRRATIONAL_ROUNDS = 12, 200


@arg.validate(discounts=arg.sequence)
def backward_induction(
    horizon: int, discounts: tuple[Any, Any], quit_option: Any = 0
) -> tuple[Expr, ...]:
    """The proposer's share in each round, the first player proposing in the odd rounds.

    Parameters
    ----------
    horizon : int
        The number of rounds; after the last nobody gets anything.
    discounts : pair
        What one round later is worth to each player; exact numbers or SymPy expressions.
    quit_option : number or expression
        What the second player may take instead when it rejects an offer.

    Raises
    ------
    ParameterError
        A horizon below 1.
    TooLargeError
        More rounds than exact numbers, or symbols, allow.

    Examples
    --------
    >>> backward_induction(3, (sp.Rational(9, 10), sp.Rational(9, 10)))
    (91/100, 1/10, 1)
    """
    if type(horizon) is not int or horizon < 1:
        raise ParameterError("horizon", horizon, "a whole number of rounds, 1 or more")
    if len(discounts) != 2:
        raise ParameterError("discounts", discounts, "two numbers, one for each player")
    first_discount, second_discount = (exact(x, "discounts") for x in discounts)
    option = exact(quit_option, "quit_option")
    _check_length(horizon, (first_discount, second_discount, option))
    shares: list[Expr] = []
    share = sp.Integer(0)
    for round_number in range(horizon, 0, -1):
        if round_number % 2:
            continuation = second_discount * share
            share = 1 - (continuation if option == 0 else sp.Max(option, continuation))
        else:
            share = 1 - first_discount * share
        share = sp.expand(share)
        shares.append(share)
    return tuple(reversed(shares))


def _check_length(horizon: int, values: tuple[Expr, ...]) -> None:
    """Symbols and irrational numbers make longer expressions at each round."""
    limit, kind = MAX_ROUNDS, "rational numbers"
    if any(x.free_symbols for x in values):
        limit, kind = MAX_SYMBOLIC_ROUNDS, "symbols"
    elif not all(x.is_Rational or x.is_Float for x in values):
        limit, kind = MAX_IRRATIONAL_ROUNDS, "irrational numbers"
    if horizon > limit:
        raise TooLargeError(
            f"{short_repr(horizon)} rounds; at most {limit} are solved backwards with {kind}. "
            "The infinite horizon has a closed form"
        )


__all__ = ["backward_induction"]
