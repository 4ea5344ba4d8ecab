"""Gains from a higher action in a game of named actions, at every profile of the others.

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

MAX_PROFILES = 4096
MAX_INCREMENTS = 20_000


def increments_of(game: Any) -> Iterator[Increment]:
    """The gains from a higher action, in the order of the game's actions, the first the lowest.

    Raises
    ------
    ParameterError
        A game without named actions.
    TooLargeError
        Too many profiles or pairs of actions to go through.
    """
    increments = getattr(game, "increments", None)
    return iter(increments()) if increments is not None else _Actions(game).increments()


class _Actions:
    """The actions at each place (player, or information set), and the player who moves there."""

    def __init__(self, game: Any) -> None:
        actions = getattr(game, "actions", None)
        if actions is None:
            raise ParameterError("game", game, "a game of named actions, such as a NormalForm")
        is_shared = not isinstance(actions, Mapping)
        self.game = game
        self.actions: Mapping[str, Sequence[str]] = (
            dict.fromkeys(game.players, actions) if is_shared else actions
        )
        player_at = getattr(game, "player_at", None)
        self.player = {
            place: player_at(place) if player_at is not None else place for place in self.actions
        }
        self._check_size()

    def _check_size(self) -> None:
        sizes = {place: len(actions) for place, actions in self.actions.items()}
        profiles = prod(sizes.values())
        pairs = sum(
            profiles // count * (count * (count - 1) // 2) for count in sizes.values() if count
        )
        for size, limit, noun in (
            (profiles, MAX_PROFILES, "profiles"),
            (pairs, MAX_INCREMENTS, "gains from a higher action"),
        ):
            if size > limit:
                raise TooLargeError(
                    f"{size} {noun}; at most {limit} are gone through: take fewer players or "
                    "actions"
                )

    def increments(self) -> Iterator[Increment]:
        """Each gain from a higher action, and that gain after one action elsewhere is raised."""
        for place, own_actions in self.actions.items():
            others = [other for other in self.actions if other != place]
            is_only_place = all(self.player[other] != self.player[place] for other in others)
            for low, high in combinations(own_actions, 2):
                consecutive = own_actions.index(high) == own_actions.index(low) + 1
                for other_actions in product(*(self.actions[other] for other in others)):
                    profile = dict(zip(others, other_actions, strict=True))
                    raised_gains = (
                        self._gain(place, low, high, {**profile, other: next_action})
                        for other in others
                        for next_action in self._successors(other, profile[other])
                    )
                    context = ", ".join(f"{other}: {action}" for other, action in profile.items())
                    label = f"{self.player[place]} ({context})" if context else self.player[place]
                    payoffs = tuple(
                        self._payoff(place, {**profile, place: action}) for action in (low, high)
                    )
                    yield Increment(
                        label,
                        payoffs[1] - payoffs[0],
                        tuple(raised_gains),
                        (),
                        payoffs,
                        consecutive,
                        is_only_place,
                    )

    def _gain(self, place: str, low: str, high: str, profile: Mapping[str, str]) -> Expr:
        return self._payoff(place, {**profile, place: high}) - self._payoff(
            place, {**profile, place: low}
        )

    def _payoff(self, place: str, profile: Mapping[str, str]) -> Expr:
        key = (self.player[place], *(profile[p] for p in self.actions))
        if key not in self._payoff_cache:
            self._payoff_cache[key] = sp.sympify(self.game.payoff(profile, self.player[place]))
        return self._payoff_cache[key]

    @cached_property
    def _payoff_cache(self) -> dict[tuple[str, ...], Expr]:
        return {}

    def _successors(self, place: str, action: str) -> Sequence[str]:
        actions = self.actions[place]
        return actions[actions.index(action) + 1 :][:1]


__all__ = ["MAX_INCREMENTS", "MAX_PROFILES", "increments_of"]
