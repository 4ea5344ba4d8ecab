"""Pure equilibria of anonymous games with any number of actions, by how many take each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.compositions import (
    Counts,
    compositions,
    how_many,
    less_one,
    plus_one,
)

MOST_STEPS = 20_000_000


@dataclass(frozen=True)
class ByCounts(Stored):
    """The pure equilibria in which ``counts`` players take each of the actions.

    ``content`` holds for each player the actions, by position, at which it would stay there; each
    way to seat all of them at such actions, with these counts, is an equilibrium: ``count`` in all.
    """

    counts: Counts
    content: tuple[tuple[int, ...], ...]
    count: int


def by_counts(worths: Sequence[Sequence[Mapping[Counts, Any]]]) -> Iterator[ByCounts]:
    """Every pure equilibrium of an anonymous game, by how many take each action.

    With counts given in all, each player would stay at some of the actions, whoever the
    others at them are. What is left is to seat the players there, so many at each action; the
    ways are counted player by player, by what each leaves of the seats. No profile is looked at.

    Parameters
    ----------
    worths : for each player and action a mapping of the others' counts to a number

    Raises
    ------
    TooLargeError
        More steps than can be taken.

    Examples
    --------
    Two players who want to be apart, at any two of three places:

    >>> apart = [{c: -c[a] for c in compositions(1, 3)} for a in range(3)]
    >>> [(found.counts, found.count) for found in by_counts([apart, apart])]
    [((0, 1, 1), 2), ((1, 0, 1), 2), ((1, 1, 0), 2)]
    """
    number, parts = len(worths), len(worths[0])
    steps = how_many(number, parts) ** 2 * parts * number
    if steps > MOST_STEPS:
        raise TooLargeError(
            f"{number} players with {parts} actions part in {how_many(number, parts)} ways, which "
            f"takes up to {steps:.1e} steps, above the limit of {MOST_STEPS:.0e}; leave out "
            "dominated actions, or write equal players as a SymmetricGame"
        )
    for counts in compositions(number, parts):
        content = tuple(_content(own, counts) for own in worths)
        count = _ways(counts, content) if all(content) else 0
        if count:
            yield ByCounts(counts, content, count)


def _content(own: Sequence[Mapping[Counts, Any]], counts: Counts) -> tuple[int, ...]:
    """The actions at which a player stays when so many in all take each."""
    found = []
    for a, count in enumerate(counts):
        if count:
            others = less_one(counts, a)
            if all(row[others] <= own[a][others] for row in own):
                found.append(a)
    return tuple(found)


def _ways(counts: Counts, content: tuple[tuple[int, ...], ...]) -> int:
    """In how many ways the players can be seated, each at an action that contents it."""
    ways = {(0,) * len(counts): 1}
    for own in content:
        seated: dict[Counts, int] = {}
        for taken, number in ways.items():
            for a in own:
                if taken[a] < counts[a]:
                    more = plus_one(taken, a)
                    seated[more] = seated.get(more, 0) + number
        ways = seated
    return ways.get(counts, 0)


__all__ = ["ByCounts", "by_counts"]
