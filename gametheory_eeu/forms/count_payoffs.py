"""How payoffs by the number of others at each action are read, and written as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any, TypeAlias

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.forms.exact_values import exact_values
from gametheory_eeu.forms.payoff_arrays import named_apart
from gametheory_eeu.solvers.compositions import Counts, compositions, how_many

MOST_PLAYERS = 1_000
MOST_PAYOFFS = 20_000
Row: TypeAlias = tuple[Expr, ...]
"""What an action pays, in the order of the counts of the others."""
Written: TypeAlias = Mapping[
    str, Sequence[object] | Mapping[Counts, object] | Callable[[Any], object]
]


def read_payoffs(
    payoffs: Written, players: int, given: object
) -> tuple[int, Frozen[str, Row], Space]:
    """The number of players, exact payoffs by action and counts, and their space."""
    number = _check(payoffs, players)
    order = list(compositions(number - 1, len(payoffs)))
    told = [c[0] if len(payoffs) == 2 else c for c in order]
    named = (
        (f"payoff of {action} against {counts}", value)
        for action, values in payoffs.items()
        for counts, value in zip(told, _listed(action, values, told, order), strict=True)
    )
    flat, space = exact_values(named, given)
    width = len(order)
    rows = (flat[k * width : (k + 1) * width] for k in range(len(payoffs)))
    return number, Frozen(dict(zip(payoffs, rows, strict=True))), space


def _listed(
    action: str, values: object, told: Sequence[int | Counts], order: Sequence[Counts]
) -> list[object]:
    """One action's payoffs in the order of the counts, however they are written."""
    name = f"payoffs[{action!r}]"
    if callable(values):
        return [values(counts) for counts in told]
    if isinstance(values, Mapping):
        known = set(order)
        for counts in values:
            if counts not in known:
                what = f"split of the {sum(order[0])} others in {name}"
                raise UnknownNameError(what, counts, map(str, order[:20]))
        missing = [c for c in order if c not in values]
        if missing:
            allowed = f"a payoff for each of {len(order)} counts; {missing[0]} is missing"
            raise ParameterError(name, dict(values), allowed)
        return [values[c] for c in order]
    allowed = f"{len(order)} payoffs"
    if len(order[0]) > 2:
        allowed += ", a mapping of the others' counts to them, or a function of those counts"
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ParameterError(name, values, allowed)
    row = list(values)
    if len(row) != len(order):
        raise ParameterError(name, row, allowed)
    return row


def _check(payoffs: object, players: object) -> int:
    if not isinstance(payoffs, Mapping) or len(payoffs) < 2:
        raise ParameterError("payoffs", payoffs, "a mapping of two actions or more to payoffs")
    named_apart("payoffs", tuple(payoffs))
    if isinstance(players, bool) or not isinstance(players, Integral) or int(players) < 2:
        raise ParameterError("players", players, "a whole number of at least 2")
    if int(players) > MOST_PLAYERS:
        raise ParameterError("players", players, f"at most {MOST_PLAYERS} players")
    size = len(payoffs) * how_many(int(players) - 1, len(payoffs))
    if size > MOST_PAYOFFS:
        raise TooLargeError(
            f"{players} players with {len(payoffs)} actions have {size} payoffs, above the "
            f"limit of {MOST_PAYOFFS}; leave out dominated actions, or take fewer players"
        )
    return int(players)


__all__ = ["Row", "Written", "read_payoffs"]
