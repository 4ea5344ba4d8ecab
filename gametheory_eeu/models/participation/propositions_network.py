"""3b, participation: the network that the propositions are about, in symbols.

Members are numbered by the order in question, which is no loss: relabelling them is a bijection of
the parameters. What a member gains from a set of others lies between nothing and all they give,
pair by pair: what holds for every such gain holds for every set.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.model.section import real_symbols
from gametheory_eeu.models.participation import Participation


class SymbolicNetwork:
    """Members with a complementarity for each pair, in the game's own symbols."""

    def __init__(self, n: int) -> None:
        self.game = Participation.on_network(members=n)
        self.n, self.positions = n, range(n)
        self.space, self.P = self.game.space, self.game.symbols.P
        self.gain_symbols: tuple[Symbol, ...] = real_symbols(f"y1:{n + 1}")

    def reluctance(self, i: int, joiners: Iterable[int]) -> Expr:
        """The power at which a member joins, given those that have joined."""
        return self.game.resistances[i] - self.game.gains(i, joiners)

    def partial_reluctance(self, i: int, others: Iterable[int]) -> Expr:
        """The power at which a member joins when some of the others have, whichever."""
        return self.game.resistances[i] - sp.Add(*(self.gain_symbols[j] for j in others if j != i))

    def cost(self) -> Expr:
        """The power at which all join in the order 1, 2, ..., n."""
        return sp.Max(*(self.reluctance(i, range(i)) for i in self.positions))

    def gains(self, i: int, others: Iterable[int]) -> list[Boolean]:
        """Bounds on what i gains from each of the others: 0 and the pair's complementarity."""
        pairs = ((self.gain_symbols[j], self.game.gain(i, j)) for j in others if j != i)
        return [sp.And(y >= 0, y <= bound) for y, bound in pairs]

    def greedy_conditions(self, k: int, j: int) -> list[Boolean]:
        """Premise that the greedy order takes k rather than j, once those before k have joined."""
        if k == j:
            return []
        return [self.reluctance(k, range(k)) <= self.reluctance(j, range(k))]


def pairs(n: int) -> list[tuple[int, int]]:
    """Each pair of members once."""
    return [(i, j) for i in range(n) for j in range(i + 1, n)]
