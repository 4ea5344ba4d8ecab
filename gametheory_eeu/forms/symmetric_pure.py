"""The pure equilibria of a symmetric game, by how many players take each action."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.prover.budget import Budget, OutOfTimeError
from gametheory_eeu.solvers.compositions import (
    Counts,
    compositions,
    how_many,
    less_one,
    multinomial,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.symmetric_game import SymmetricGame

MOST_WITH_SYMBOLS = 2_000
"""Compositions of a game with symbols and more than two actions."""
GUARD = Budget(claim_seconds=120)


def pure_equilibria(game: SymmetricGame) -> EquilibriumSet:
    """Every pure equilibrium; each stands for every choice of who takes which action."""
    two = len(game.actions) == 2
    looked = "number of players" if two else "split of the players among the actions"
    found = tuple(_in_numbers(game) if game.in_numbers else _with_symbols(game))
    method = "enumeration of numbers" if two else "enumeration of splits"
    why = f"every {looked} was looked at"
    return EquilibriumSet(found, game, "pure Nash", method, sp.true, why)


def _in_numbers(game: SymmetricGame) -> Iterator[Equilibrium]:
    """What is best against each split of the others, looked up."""
    rows = list(game.payoffs.values())
    best = {}
    for k, others in enumerate(game.counts):
        most = max(row[k] for row in rows)
        best[others] = {a for a, row in enumerate(rows) if row[k] == most}
    for counts in compositions(game.number, len(rows)):
        if all(a in best[less_one(counts, a)] for a, count in enumerate(counts) if count):
            yield _equilibrium(game, counts, sp.true)


def _with_symbols(game: SymmetricGame) -> list[Equilibrium]:
    size = how_many(game.number, len(game.actions))
    if len(game.actions) > 2 and size > MOST_WITH_SYMBOLS:
        raise TooLargeError(
            f"{game.number} players part among {len(game.actions)} actions in {size} ways, above "
            f"the limit of {MOST_WITH_SYMBOLS} for a game with symbols; give values to all of them "
            "with .at(...)"
        )
    found = []
    try:
        with GUARD.guard():
            for counts in compositions(game.number, len(game.actions)):
                condition = prover.simplify(_stays(game, counts), game.space)
                if condition != sp.false:
                    found.append(_equilibrium(game, counts, condition))
    except OutOfTimeError:
        raise TooLargeError(
            f"the {size} splits of the players took longer than {GUARD.claim_seconds:g} seconds; "
            "give values to some symbols with .at(...), or say more of them in given="
        ) from None
    return found


def _stays(game: SymmetricGame, counts: Counts) -> Boolean:
    """Nobody at any action gains by another."""
    pays = [game.by_counts(action) for action in game.actions]
    owed: list[Boolean] = []
    for a, count in enumerate(counts):
        others = less_one(counts, a)
        for b in range(len(counts)):
            if count and a < b:
                owed.append(sp.Ge(sp.expand(pays[a][others] - pays[b][others]), 0))
            elif count and b < a:
                owed.append(sp.Le(sp.expand(pays[b][others] - pays[a][others]), 0))
    return sp.And(*owed)


def _equilibrium(game: SymmetricGame, counts: Counts, condition: Boolean) -> Equilibrium:
    taken = {a: count for a, count in zip(game.actions, counts, strict=True) if count}
    profile = {
        _group(count, a): {b: sp.Integer(int(a == b)) for b in game.actions}
        for a, count in taken.items()
    }
    payoffs = {
        _group(count, a): game.by_counts(a)[less_one(counts, game.actions.index(a))]
        for a, count in taken.items()
    }
    who = f"any {counts[0]} of {game.number}" if len(counts) == 2 else "any choice of who is where"
    note = f"stands for {multinomial(counts)} equilibria: {who}"
    name = ", ".join(profile)
    return Equilibrium(name, profile, payoffs, condition, "Nash", note=note, game=game)


def owed_by_groups(game: SymmetricGame, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """No player of any group gains by another action."""
    taken = {action: count for group in equilibrium.profile for count, action in [_read(group)]}
    counts = tuple(taken.get(action, 0) for action in game.actions)
    for own in taken:
        others = less_one(counts, game.actions.index(own))
        for other in game.actions:
            if other != own:
                gain = game.by_counts(other)[others] - game.by_counts(own)[others]
                where = f"those who {own}: {other} gains nothing"
                yield Obligation(where, sp.Le(sp.expand(gain), 0))


def _group(count: int, action: str) -> str:
    return f"{count} {action}"


def _read(group: str) -> tuple[int, str]:
    count, action = group.split(" ", 1)
    return int(count), action


__all__ = ["owed_by_groups", "pure_equilibria"]
