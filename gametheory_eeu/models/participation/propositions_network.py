"""3b, participation: members with a complementarity for each pair, as the propositions name them.

Members are numbered by the order in question, which is no loss: relabelling them is a bijection of
the parameters. What a member gains from a set of others lies between nothing and all they give,
pair by pair: what holds for every such gain holds for every set.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.model.section import real
from gametheory_eeu.models.participation import Participation


class Network:
    """Members with a complementarity for each pair, in the game's own symbols."""

    def __init__(self, n: int) -> None:
        self.game = Participation.on_network(members=n)
        self.n, self.everyone = n, range(n)
        self.space, self.P = self.game.space, self.game.symbols.P
        self.gained: tuple[Symbol, ...] = real(f"y1:{n + 1}")

    def reluctance(self, i: int, joined: Iterable[int]) -> Expr:
        """The power at which a member joins when these have."""
        return self.game.resistances[i] - self.game.gains(i, joined)

    def among(self, i: int, others: Iterable[int]) -> Expr:
        """The same when some of the others have, whichever."""
        return self.game.resistances[i] - sp.Add(*(self.gained[j] for j in others if j != i))

    def cost(self) -> Expr:
        """What all joining takes in the order 1, 2, ..., n."""
        return sp.Max(*(self.reluctance(i, range(i)) for i in self.everyone))

    def gains(self, i: int, others: Iterable[int]) -> list[Boolean]:
        """What i gains from each of the others lies between nothing and what it gives."""
        pairs = ((self.gained[j], self.game.gain(i, j)) for j in others if j != i)
        return [sp.And(y >= 0, y <= most) for y, most in pairs]

    def chosen(self, k: int, j: int) -> list[Boolean]:
        """The greedy order takes k rather than j, once those before k have joined."""
        if k == j:
            return []
        return [self.reluctance(k, range(k)) <= self.reluctance(j, range(k))]


def pairs(n: int) -> list[tuple[int, int]]:
    """Each pair of members once."""
    return [(i, j) for i in range(n) for j in range(i + 1, n)]
