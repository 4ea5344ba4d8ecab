"""Every pure Nash equilibrium of a finite game, of any game or of an anonymous one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb, prod
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.solvers.counts import (
    Counts,
    add_player,
    composition_count,
    compositions,
    remove_player,
)


@dataclass(frozen=True)
class EquilibriaByNumber(Picklable):
    """The pure equilibria in which ``number`` players take the first action.

    Those at ``first`` take it, those at ``second`` the other, and of those at ``either`` any
    that make up the number: ``count`` equilibria in all.
    """

    number: int
    first: tuple[int, ...]
    second: tuple[int, ...]
    either: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of equilibria."""
        return comb(len(self.either), self.number - len(self.first))


def equilibria_by_number(gains: Sequence[Sequence[Any]]) -> Iterator[EquilibriaByNumber]:
    """Pure equilibria of an anonymous two-action game, by how many take the first action.

    A player's payoff depends on his own action and on how many of the others take the first:
    ``gains`` are what it brings him more than the second against 0, …, n - 1 others at it. So with
    k in all at the first, he stays there if he gains from it against k - 1 others, and stays away
    if he gains nothing from it against k. No profile is looked at: n players cost n^2 steps.
    """
    players = range(len(gains))
    for k in range(len(gains) + 1):
        prefer_first = {i for i in players if k > 0 and gains[i][k - 1] >= 0}
        prefer_second = {i for i in players if k < len(gains) and gains[i][k] <= 0}
        first, second = prefer_first - prefer_second, prefer_second - prefer_first
        either = prefer_first & prefer_second
        if len(prefer_first | prefer_second) == len(gains) and len(first) <= k <= len(prefer_first):
            yield EquilibriaByNumber(
                k, tuple(sorted(first)), tuple(sorted(second)), tuple(sorted(either))
            )


MAX_STEPS = 20_000_000


@dataclass(frozen=True)
class EquilibriaByCounts(Picklable):
    """The pure equilibria in which ``counts`` players take each of the actions.

    ``content`` holds for each player the actions, by position, at which it would stay there; each
    way to seat all of them at such actions, with these counts, is an equilibrium: ``count`` in all.
    """

    counts: Counts
    stable_actions: tuple[tuple[int, ...], ...]
    count: int


def equilibria_by_counts(
    payoffs: Sequence[Sequence[Mapping[Counts, Any]]],
) -> Iterator[EquilibriaByCounts]:
    """Pure equilibria of an anonymous game, by how many players take each action.

    With counts given in all, each player would stay at some of the actions, whoever the others at
    them are. What is left is to seat the players there, so many at each action; the ways are
    counted player by player, by what each leaves of the seats. No profile is looked at. Payoffs
    are, for each player and action, by the others' counts.
    """
    player_count, action_count = len(payoffs), len(payoffs[0])
    steps = composition_count(player_count, action_count) ** 2 * action_count * player_count
    if steps > MAX_STEPS:
        raise TooLargeError(
            f"{player_count} players with {action_count} actions part in "
            f"{composition_count(player_count, action_count)} ways, which "
            f"takes up to {steps:.1e} steps, above the limit of {MAX_STEPS:.0e}; leave out "
            "dominated actions, or write equal players as a SymmetricGame"
        )
    for counts in compositions(player_count, action_count):
        actions = tuple(_stable_actions(rows, counts) for rows in payoffs)
        count = _assignment_count(counts, actions) if all(actions) else 0
        if count:
            yield EquilibriaByCounts(counts, actions, count)


def _stable_actions(rows: Sequence[Mapping[Counts, Any]], counts: Counts) -> tuple[int, ...]:
    """Actions from which a player gains nothing by deviating at these counts."""
    actions = []
    for a, count in enumerate(counts):
        if count:
            other_counts = remove_player(counts, a)
            if all(row[other_counts] <= rows[a][other_counts] for row in rows):
                actions.append(a)
    return tuple(actions)


def _assignment_count(counts: Counts, stable_actions: tuple[tuple[int, ...], ...]) -> int:
    """Number of assignments of the players to stable actions with these counts."""
    multiplicities = {(0,) * len(counts): 1}
    for actions in stable_actions:
        extensions: dict[Counts, int] = {}
        for partial_counts, multiplicity in multiplicities.items():
            for a in actions:
                if partial_counts[a] < counts[a]:
                    new_counts = add_player(partial_counts, a)
                    extensions[new_counts] = extensions.get(new_counts, 0) + multiplicity
        multiplicities = extensions
    return multiplicities.get(counts, 0)


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
