"""Every pure Nash equilibrium of a finite game, by looking at every profile."""

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
_MOST_PROFILES = 10**7


def _profiles(name: str, value: object) -> Iterable[PureProfile]:
    if not isinstance(value, Iterable) or isinstance(value, (str, bytes)):
        raise ParameterError(name, value, "profiles, each a tuple of actions")
    return (tuple(arg.sequence(name, each, "tuples of actions")) for each in value)


def _choices(name: str, value: object) -> list[tuple[str, ...]]:
    rows = arg.sequence(name, value, "a list of actions for each player")
    return [arg.sequence(name, each, "a list of actions for each player") for each in rows]


@arg.checks(actions=_choices, payoff=arg.function, candidates=arg.optional(_profiles))
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
    if candidates is None and prod(map(len, actions)) > _MOST_PROFILES:
        raise TooLargeError(
            f"{prod(map(len, actions))} profiles; at most {_MOST_PROFILES} are gone through. "
            "A game of fewer actions, or candidates, will do"
        )
    return _stable(actions, payoff, product(*actions) if candidates is None else candidates)


def _stable(
    actions: Sequence[Sequence[str]],
    payoff: Callable[[PureProfile, int], Any],
    candidates: Iterable[PureProfile],
) -> Iterator[tuple[PureProfile, Boolean]]:
    for profile in candidates:
        condition = _no_deviation(profile, actions, payoff)
        if condition != sp.false:
            yield profile, condition


def _no_deviation(
    profile: PureProfile,
    actions: Sequence[Sequence[str]],
    payoff: Callable[[PureProfile, int], Any],
) -> Boolean:
    owed: dict[Boolean, None] = {}
    for i, own in enumerate(actions):
        at = arg.called("payoff", payoff, profile, i)
        if len(profile) != len(actions):
            raise ParameterError("candidates", profile, "profiles with an action of each player")
        for other in own:
            if other == profile[i]:
                continue
            instead = arg.called("payoff", payoff, (*profile[:i], other, *profile[i + 1 :]), i)
            holds = _at_most(instead, at)
            if holds in (False, sp.false):
                return sp.false
            owed[sp.true if holds is True else holds] = None
    return sp.And(*owed)


def _at_most(one: Any, other: Any) -> Any:
    """Whether one payoff is at most another; what cannot be compared is no payoff."""
    try:
        return one <= other
    except TypeError:
        raise ParameterError("payoff", (one, other), "a function to real numbers") from None
