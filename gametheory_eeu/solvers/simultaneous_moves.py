"""Trees in numbers in which each player moves at one information set: their normal form solves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.subgames import information_sets
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome, children
from gametheory_eeu.solvers.extreme_equilibria import bits, extreme_equilibria
from gametheory_eeu.solvers.integer_game import MOST_SUPPORTS, Profile, Table
from gametheory_eeu.solvers.realization_plans import in_numbers
from gametheory_eeu.solvers.support_enumeration import Isolated, mixed_equilibria

MOST_CELLS = 20_000
Played = Mapping[str, tuple[str, ...]]
"""At each information set what is played with positive probability."""
Mixes = Mapping[str, Mapping[str, Expr]]


@dataclass(frozen=True)
class OneSetEach:
    """A tree as the table of its normal form: behaviour and mixed strategies are the same here.

    Parameters
    ----------
    root : Node
    sets : mapping of information set to its actions
    """

    root: Node
    sets: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, root: Node, *, perfect: bool) -> OneSetEach | None:
        """The tree, if each of its players has one set and, to be perfect, play arrives there."""
        found = information_sets(root)
        players = {nodes[0].player for nodes in found.values()}
        if len(found) < 2 or len(players) < len(found) or not in_numbers(root):
            return None
        sets = {name: tuple(a for a, _ in nodes[0].actions) for name, nodes in found.items()}
        if prod(map(len, sets.values())) > MOST_CELLS:
            return None
        if perfect and not all(_surely(root, name) for name in sets):
            return None
        return cls(root, sets)

    def supports(self) -> Iterator[tuple[Played, Mixes | None]]:
        """The supports of equilibria: with the probabilities where these are single numbers."""
        two = len(self.sets) == 2
        if not two and prod(2 ** len(own) - 1 for own in self.sets.values()) > MOST_SUPPORTS:
            raise TooLargeError(
                f"{len(self.sets)} simultaneous moves of {'x'.join(map(str, self._shape))} actions "
                f"have more than {MOST_SUPPORTS} choices of supports; leave out dominated actions"
            )
        yield from self._of_two() if two else self._of_many()

    @property
    def _shape(self) -> tuple[int, ...]:
        return tuple(map(len, self.sets.values()))

    def _table(self) -> Table:
        own = list(self.sets.values())
        payoffs: list[dict[Profile, Expr]] = [{} for _ in own]
        movers = [nodes[0].player for nodes in information_sets(self.root).values()]
        for profile in product(*map(range, self._shape)):
            played = dict(zip(self.sets, (a[k] for a, k in zip(own, profile, strict=True)),
                              strict=True))  # fmt: skip
            for cells, worth in zip(payoffs, _worths(self.root, played, movers), strict=True):
                cells[profile] = worth
        return Table(self._shape, payoffs)

    def _played(self, positions: tuple[tuple[int, ...], ...]) -> Played:
        return {
            name: tuple(actions[k] for k in own)
            for (name, actions), own in zip(self.sets.items(), positions, strict=True)
        }

    def _of_two(self) -> Iterator[tuple[Played, Mixes | None]]:
        rows, across = self._table().rows
        found = extreme_equilibria(rows, [list(column) for column in zip(*across, strict=True)])
        for mine, theirs in found.supports():
            yield self._played((tuple(bits(mine)), tuple(bits(theirs)))), None

    def _of_many(self) -> Iterator[tuple[Played, Mixes | None]]:
        for each in mixed_equilibria(self._table()):
            yield (
                self._played(each.support),
                self._mixes(each) if isinstance(each, Isolated) else None,
            )

    def _mixes(self, found: Isolated) -> Mixes:
        return {
            name: dict(zip(actions, map(found.point.number, chances), strict=True))
            for (name, actions), chances in zip(self.sets.items(), found.probabilities, strict=True)
        }


def _worths(root: Node, played: Mapping[str, str], players: list[str]) -> list[Expr]:
    """What a pure profile brings each player."""
    if isinstance(root, Outcome):
        return [root.payoffs[p] for p in players]
    if isinstance(root, Chance):
        below = [(p, _worths(child, played, players)) for _, p, child in root.branches]
        return [sum(p * worth[k] for p, worth in below) for k in range(len(players))]
    return _worths(dict(root.actions)[played[root.information_set]], played, players)


def _surely(node: Node, name: str) -> bool:
    """Whether play gets to an information set with some chance, whatever anybody does."""
    if isinstance(node, Move):
        return node.information_set == name or all(_surely(c, name) for _, c in node.actions)
    return any(_surely(child, name) for child in children(node))


__all__ = ["Mixes", "OneSetEach", "Played"]
