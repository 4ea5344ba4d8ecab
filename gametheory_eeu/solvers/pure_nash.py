"""Every pure Nash equilibrium of a finite game, by enumeration of profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, TooLargeError

PureProfile = tuple[str, ...]
_MAX_PROFILES = 10**7


def _read_profiles(name: str, value: object) -> Iterable[PureProfile]:
    if not isinstance(value, Iterable) or isinstance(value, (str, bytes)):
        raise ParameterError(name, value, "profiles, each a tuple of actions")
    return (tuple(arg.sequence(name, profile, "tuples of actions")) for profile in value)


def _read_actions(name: str, value: object) -> list[tuple[str, ...]]:
    rows = arg.sequence(name, value, "a list of actions for each player")
    return [arg.sequence(name, row, "a list of actions for each player") for row in rows]


@arg.validate(actions=_read_actions, payoff=arg.function, candidates=arg.optional(_read_profiles))
def pure_nash(
    actions: Sequence[Sequence[str]],
    payoff: Callable[[PureProfile, int], Any],
    candidates: Iterable[PureProfile] | None = None,
) -> Iterator[tuple[PureProfile, Boolean]]:
    """Pure profiles at which no player gains, each with the condition under which none does.

    Parameters
    ----------
    actions : one sequence of actions for each player
    payoff : callable of (profile, player's position)
        Fractions, or SymPy expressions.
    candidates : profiles, optional
        Where a theorem excludes all others; by default every profile.

    Returns
    -------
    iterator of
    (profile, condition)
        With numbers the condition is ``true``; with symbols the conjunction of all no-deviation
        inequalities, not simplified. Profiles whose condition is plainly false are left out.

    Examples
    --------
    >>> stag = {("S", "S"): (3, 3), ("S", "H"): (0, 2), ("H", "S"): (2, 0), ("H", "H"): (2, 2)}
    >>> [p for p, _ in pure_nash([("S", "H")] * 2, lambda profile, i: stag[profile][i])]
    [('S', 'S'), ('H', 'H')]
    """
    if candidates is None and prod(map(len, actions)) > _MAX_PROFILES:
        raise TooLargeError(
            f"{prod(map(len, actions))} profiles; at most {_MAX_PROFILES} are gone through. "
            "A game of fewer actions, or candidates, will do"
        )
    return _equilibria(actions, payoff, product(*actions) if candidates is None else candidates)


def _equilibria(
    actions: Sequence[Sequence[str]],
    payoff: Callable[[PureProfile, int], Any],
    candidates: Iterable[PureProfile],
) -> Iterator[tuple[PureProfile, Boolean]]:
    for profile in candidates:
        condition = _no_deviation_condition(profile, actions, payoff)
        if condition != sp.false:
            yield profile, condition


def _no_deviation_condition(
    profile: PureProfile,
    actions: Sequence[Sequence[str]],
    payoff: Callable[[PureProfile, int], Any],
) -> Boolean:
    conditions: dict[Boolean, None] = {}
    for i, own_actions in enumerate(actions):
        current = arg.call("payoff", payoff, profile, i)
        if len(profile) != len(actions):
            raise ParameterError("candidates", profile, "profiles with an action of each player")
        for action in own_actions:
            if action == profile[i]:
                continue
            deviation = arg.call("payoff", payoff, (*profile[:i], action, *profile[i + 1 :]), i)
            inequality = _is_at_most(deviation, current)
            if inequality in (False, sp.false):
                return sp.false
            conditions[sp.true if inequality is True else inequality] = None
    return sp.And(*conditions)


def _is_at_most(first: Any, second: Any) -> Any:
    """Whether one payoff is at most another."""
    try:
        return first <= second
    except TypeError:
        raise ParameterError("payoff", (first, second), "a function to real numbers") from None
