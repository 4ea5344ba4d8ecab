"""What a higher action gains, in a game of named actions: at every profile of the others.

In a tree the actions at each information set are a chain, and a plan is one action at each: a
player with several sets has a lattice of plans, on which gains must not fall in his own other
actions either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.model import Increment

MOST_PROFILES = 4096
MOST_INCREMENTS = 20_000


def increments_of(game: Any) -> Iterator[Increment]:
    """The gains from a higher action, in the order of the game's actions, the first the lowest.

    Raises
    ------
    ParameterError
        A game without named actions.
    TooLargeError
        Too many profiles or pairs of actions to go through.
    """
    own = getattr(game, "increments", None)
    return iter(own()) if own is not None else _Actions(game).increments()


class _Actions:
    """The actions of a game by place (player, or information set), and who takes them."""

    def __init__(self, game: Any) -> None:
        actions = getattr(game, "actions", None)
        if actions is None:
            raise ParameterError("game", game, "a game of named actions, such as a NormalForm")
        shared = not isinstance(actions, Mapping)
        self.game = game
        self.actions: Mapping[str, Sequence[str]] = (
            dict.fromkeys(game.players, actions) if shared else actions
        )
        at = getattr(game, "player_at", None)
        self.player = {place: at(place) if at is not None else place for place in self.actions}
        self._check_size()

    def _check_size(self) -> None:
        sizes = {place: len(actions) for place, actions in self.actions.items()}
        profiles = prod(sizes.values())
        pairs = sum(profiles // k * (k * (k - 1) // 2) for k in sizes.values() if k)
        for size, most, what in (
            (profiles, MOST_PROFILES, "profiles"),
            (pairs, MOST_INCREMENTS, "gains from a higher action"),
        ):
            if size > most:
                raise TooLargeError(
                    f"{size} {what}; at most {most} are gone through: take fewer players or actions"
                )

    def increments(self) -> Iterator[Increment]:
        """Each gain, and the same after one action elsewhere is the next higher one."""
        for place, own in self.actions.items():
            others = [p for p in self.actions if p != place]
            alone = all(self.player[p] != self.player[place] for p in others)
            for low, high in combinations(own, 2):
                consecutive = own.index(high) == own.index(low) + 1
                for rest in product(*(self.actions[p] for p in others)):
                    at = dict(zip(others, rest, strict=True))
                    raised = (self._gain(place, low, high, {**at, p: after})
                              for p in others for after in self._next(p, at[p]))  # fmt: skip
                    where = ", ".join(f"{p}: {a}" for p, a in at.items())
                    who = f"{self.player[place]} ({where})" if where else self.player[place]
                    payoffs = tuple(self._payoff(place, {**at, place: a}) for a in (low, high))
                    yield Increment(who, payoffs[1] - payoffs[0], tuple(raised), (), payoffs,
                                    consecutive, alone)  # fmt: skip

    def _gain(self, place: str, low: str, high: str, at: Mapping[str, str]) -> Expr:
        return self._payoff(place, {**at, place: high}) - self._payoff(place, {**at, place: low})

    def _payoff(self, place: str, profile: Mapping[str, str]) -> Expr:
        key = (self.player[place], *(profile[p] for p in self.actions))
        if key not in self._known:
            self._known[key] = sp.sympify(self.game.payoff(profile, self.player[place]))
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, ...], Expr]:
        return {}

    def _next(self, place: str, action: str) -> Sequence[str]:
        order = self.actions[place]
        return order[order.index(action) + 1 :][:1]


__all__ = ["MOST_INCREMENTS", "MOST_PROFILES", "increments_of"]
