"""Every pure Nash equilibrium of a finite game, by looking at every profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean

PureProfile = tuple[str, ...]


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

    Yields
    ------
    (profile, condition)
        With numbers the condition is ``true``; with symbols the conjunction of all no-deviation
        inequalities, not simplified. Profiles whose condition is plainly false are left out.

    Examples
    --------
    >>> stag = {("S", "S"): (3, 3), ("S", "H"): (0, 2), ("H", "S"): (2, 0), ("H", "H"): (2, 2)}
    >>> [p for p, _ in pure_nash([("S", "H")] * 2, lambda profile, i: stag[profile][i])]
    [('S', 'S'), ('H', 'H')]
    """
    for profile in product(*actions) if candidates is None else candidates:
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
        at = payoff(profile, i)
        for other in own:
            if other == profile[i]:
                continue
            holds = payoff((*profile[:i], other, *profile[i + 1 :]), i) <= at
            if holds in (False, sp.false):
                return sp.false
            owed[sp.true if holds is True else holds] = None
    return sp.And(*owed)
