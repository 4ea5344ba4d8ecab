"""Pure equilibria of anonymous games with any number of actions, by action counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gametheory_eeu.core.pickling import Picklable
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.compositions import (
    Counts,
    add_player,
    composition_count,
    compositions,
    remove_player,
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

    With counts given in all, each player would stay at some of the actions, whoever the
    others at them are. What is left is to seat the players there, so many at each action; the
    ways are counted player by player, by what each leaves of the seats. No profile is looked at.

    Parameters
    ----------
    payoffs : for each player and action a mapping of the others' counts to a number

    Raises
    ------
    TooLargeError
        More steps than can be taken.

    Examples
    --------
    Two players who want to be apart, at any two of three places:

    >>> apart = [{c: -c[a] for c in compositions(1, 3)} for a in range(3)]
    >>> [(found.counts, found.count) for found in equilibria_by_counts([apart, apart])]
    [((0, 1, 1), 2), ((1, 0, 1), 2), ((1, 1, 0), 2)]
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


__all__ = ["EquilibriaByCounts", "equilibria_by_counts"]
