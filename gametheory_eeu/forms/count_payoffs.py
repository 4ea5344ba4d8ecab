"""Payoffs of a symmetric game by the counts of the others at each action, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any, TypeAlias

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.forms.exact_values import exact_values
from gametheory_eeu.forms.payoff_arrays import check_support_names
from gametheory_eeu.solvers.compositions import Counts, composition_count, compositions

MAX_PLAYERS = 1_000
MAX_PAYOFFS = 20_000
PayoffRow: TypeAlias = tuple[Expr, ...]
"""What an action pays, in the order of the counts of the others."""
PayoffInput: TypeAlias = Mapping[
    str, Sequence[object] | Mapping[Counts, object] | Callable[[Any], object]
]


def read_payoffs(
    payoffs: PayoffInput, players: int, given: object
) -> tuple[int, FrozenMapping[str, PayoffRow], Space]:
    """The number of players, exact payoffs by action and counts, and their space."""
    player_count = _player_count(payoffs, players)
    all_counts = list(compositions(player_count - 1, len(payoffs)))
    keys = [c[0] if len(payoffs) == 2 else c for c in all_counts]
    named_payoffs = (
        (f"payoff of {action} against {counts}", value)
        for action, values in payoffs.items()
        for counts, value in zip(keys, _payoff_list(action, values, keys, all_counts), strict=True)
    )
    entries, space = exact_values(named_payoffs, given)
    width = len(all_counts)
    rows = (entries[k * width : (k + 1) * width] for k in range(len(payoffs)))
    return player_count, FrozenMapping(dict(zip(payoffs, rows, strict=True))), space


def _payoff_list(
    action: str, values: object, keys: Sequence[int | Counts], all_counts: Sequence[Counts]
) -> list[object]:
    """One action's payoffs in the order of the counts, from any accepted input."""
    name = f"payoffs[{action!r}]"
    if callable(values):
        return [values(counts) for counts in keys]
    if isinstance(values, Mapping):
        valid_counts = set(all_counts)
        for counts in values:
            if counts not in valid_counts:
                kind = f"split of the {sum(all_counts[0])} others in {name}"
                raise UnknownNameError(kind, counts, map(str, all_counts[:20]))
        missing = [c for c in all_counts if c not in values]
        if missing:
            allowed = f"a payoff for each of {len(all_counts)} counts; {missing[0]} is missing"
            raise ParameterError(name, dict(values), allowed)
        return [values[c] for c in all_counts]
    allowed = f"{len(all_counts)} payoffs"
    if len(all_counts[0]) > 2:
        allowed += ", a mapping of the others' counts to them, or a function of those counts"
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ParameterError(name, values, allowed)
    row = list(values)
    if len(row) != len(all_counts):
        raise ParameterError(name, row, allowed)
    return row


def _player_count(payoffs: object, players: object) -> int:
    if not isinstance(payoffs, Mapping) or len(payoffs) < 2:
        raise ParameterError("payoffs", payoffs, "a mapping of two actions or more to payoffs")
    check_support_names("payoffs", tuple(payoffs))
    if isinstance(players, bool) or not isinstance(players, Integral) or int(players) < 2:
        raise ParameterError("players", players, "a whole number of at least 2")
    if int(players) > MAX_PLAYERS:
        raise ParameterError("players", players, f"at most {MAX_PLAYERS} players")
    size = len(payoffs) * composition_count(int(players) - 1, len(payoffs))
    if size > MAX_PAYOFFS:
        raise TooLargeError(
            f"{players} players with {len(payoffs)} actions have {size} payoffs, above the "
            f"limit of {MAX_PAYOFFS}; leave out dominated actions, or take fewer players"
        )
    return int(players)


__all__ = ["PayoffInput", "PayoffRow", "read_payoffs"]
