"""The public histories of the chain store, as far as plans depend on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr

State: TypeAlias = tuple[int, int]
"""How many members are left, and which member was the last to be fought (or one of the below)."""
UNTESTED, GAVE_WAY = -1, 0
"""Nobody has defied so far; the hegemon has given way before."""

Plans: TypeAlias = Mapping[State, Expr]


def states(n: int) -> list[State]:
    """Every state of n members, in the order of play.

    Examples
    --------
    >>> states(2)
    [(2, -1), (1, -1), (1, 2), (1, 0)]
    """
    return [(k, last) for k in range(n, 0, -1)
            for last in (UNTESTED, *range(k + 1, n + 1), *[GAVE_WAY] * (k < n))]  # fmt: skip


def after_fight(state: State) -> State:
    """The next state when the member is fought; weakness once shown is remembered."""
    k, last = state
    return k - 1, (GAVE_WAY if last == GAVE_WAY else k)


def after_giving_way(state: State) -> State:
    """The next state when the hegemon gives way."""
    return state[0] - 1, GAVE_WAY


def after_staying(state: State) -> State:
    """The next state when the member stays: nothing is learnt."""
    return state[0] - 1, state[1]


def member_set(state: State) -> str:
    """The member's information set."""
    return f"member {_history(state)}"


def hegemon_set(state: State) -> str:
    """The weak hegemon's information set, when the member has defied it."""
    return f"hegemon {_history(state)}"


def _history(state: State) -> str:
    k, last = state
    if last == UNTESTED:
        return f"{k}, untested"
    return f"{k}, weakness seen" if last == GAVE_WAY else f"{k}, after fighting {last}"


def arrivals(
    n: int, stay: Plans, fight: Plans, tough: Expr
) -> Iterator[dict[State, tuple[Expr, Expr]]]:
    """Turn by turn, how likely play comes to each state under the tough and the weak type."""
    zero = sp.Integer(0)
    now = {(n, UNTESTED): (tough, 1 - tough)}
    while now:
        yield now
        then: dict[State, tuple[Expr, Expr]] = {}
        for state, (strong, weak) in now.items():
            defied = 1 - stay[state]
            for after, t, w in (
                (after_staying(state), stay[state] * strong, stay[state] * weak),
                (after_fight(state), defied * strong, defied * weak * fight[state]),
                (after_giving_way(state), zero, defied * weak * (1 - fight[state])),
            ):
                if after[0] > 0 and (t != 0 or w != 0):
                    before = then.get(after, (zero, zero))
                    then[after] = (before[0] + t, before[1] + w)
        now = then
