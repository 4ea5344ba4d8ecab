"""The pure equilibria of a symmetric game, by how many players take each action."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Increment, Obligation
from gametheory_eeu.prover.budget import Budget, OutOfTimeError
from gametheory_eeu.solvers.counts import (
    Counts,
    add_player,
    composition_count,
    compositions,
    multinomial,
    remove_player,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.symmetric_game import SymmetricGame

MAX_SPLITS = 2_000
"""Compositions of a game with symbols and more than two actions."""
GUARD = Budget(claim_seconds=120)


def pure_equilibria(game: SymmetricGame) -> EquilibriumSet:
    """Every pure equilibrium; each stands for every choice of who takes which action."""
    is_binary = len(game.actions) == 2
    unit = "number of players" if is_binary else "split of the players among the actions"
    equilibria = tuple(_solve_rational(game) if game.in_numbers else _solve_symbolic(game))
    method = "enumeration of numbers" if is_binary else "enumeration of splits"
    why = f"every {unit} was looked at"
    return EquilibriumSet(equilibria, game, "pure Nash", method, sp.true, why)


def _solve_rational(game: SymmetricGame) -> Iterator[Equilibrium]:
    """Pure equilibria for numerical payoffs, from the best responses to each split."""
    rows = list(game.payoffs.values())
    best_responses = {}
    for k, others in enumerate(game.counts):
        maximum = max(row[k] for row in rows)
        best_responses[others] = {a for a, row in enumerate(rows) if row[k] == maximum}
    for counts in compositions(game.number, len(rows)):
        if all(
            a in best_responses[remove_player(counts, a)] for a, count in enumerate(counts) if count
        ):
            yield _equilibrium(game, counts, sp.true)


def _solve_symbolic(game: SymmetricGame) -> list[Equilibrium]:
    size = composition_count(game.number, len(game.actions))
    if len(game.actions) > 2 and size > MAX_SPLITS:
        raise TooLargeError(
            f"{game.number} players part among {len(game.actions)} actions in {size} ways, above "
            f"the limit of {MAX_SPLITS} for a game with symbols; give values to all of them "
            "with .at(...)"
        )
    equilibria = []
    try:
        with GUARD.guard():
            for counts in compositions(game.number, len(game.actions)):
                condition = prover.simplify(_equilibrium_condition(game, counts), game.space)
                if condition != sp.false:
                    equilibria.append(_equilibrium(game, counts, condition))
    except OutOfTimeError:
        raise TooLargeError(
            f"the {size} splits of the players took longer than {GUARD.claim_seconds:g} seconds; "
            "give values to some symbols with .at(...), or say more of them in given="
        ) from None
    return equilibria


def _equilibrium_condition(game: SymmetricGame, counts: Counts) -> Boolean:
    """The condition under which no player gains by a deviation."""
    payoffs = [game.by_counts(action) for action in game.actions]
    inequalities: list[Boolean] = []
    for a, count in enumerate(counts):
        others = remove_player(counts, a)
        for b in range(len(counts)):
            if count and a < b:
                inequalities.append(sp.Ge(sp.expand(payoffs[a][others] - payoffs[b][others]), 0))
            elif count and b < a:
                inequalities.append(sp.Le(sp.expand(payoffs[b][others] - payoffs[a][others]), 0))
    return sp.And(*inequalities)


def _equilibrium(game: SymmetricGame, counts: Counts, condition: Boolean) -> Equilibrium:
    group_sizes = {a: count for a, count in zip(game.actions, counts, strict=True) if count}
    profile = {
        _group_name(count, a): {b: sp.Integer(int(a == b)) for b in game.actions}
        for a, count in group_sizes.items()
    }
    payoffs = {
        _group_name(count, a): game.by_counts(a)[remove_player(counts, game.actions.index(a))]
        for a, count in group_sizes.items()
    }
    choice = (
        f"any {counts[0]} of {game.number}" if len(counts) == 2 else "any choice of who is where"
    )
    note = f"stands for {multinomial(counts)} equilibria: {choice}"
    name = ", ".join(profile)
    return Equilibrium(name, profile, payoffs, condition, "Nash", note=note, game=game)


def group_obligations(game: SymmetricGame, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """The obligations that no player of any group gains by another action."""
    group_sizes = {
        action: count for group in equilibrium.profile for count, action in [_parse_group(group)]
    }
    counts = tuple(group_sizes.get(action, 0) for action in game.actions)
    for current in group_sizes:
        others = remove_player(counts, game.actions.index(current))
        for alternative in game.actions:
            if alternative != current:
                gain = game.by_counts(alternative)[others] - game.by_counts(current)[others]
                name = f"those who {current}: {alternative} gains nothing"
                yield Obligation(name, sp.Le(sp.expand(gain), 0))


def _group_name(count: int, action: str) -> str:
    return f"{count} {action}"


def _parse_group(group: str) -> tuple[int, str]:
    count, action = group.split(" ", 1)
    return int(count), action


MAX_INCREMENTS = 4096


def increments(game: SymmetricGame) -> Iterator[Increment]:
    """The gain from a higher action at each split of the others, and after one of them moves up.

    Actions are in the order of the game, the first the lowest. Equal gains are told once.
    """
    steps = range(len(game.actions) - 1)
    pairs = list(combinations(range(len(game.actions)), 2))
    size = len(game.counts) * len(pairs)
    if size > MAX_INCREMENTS:
        raise TooLargeError(
            f"{size} gains from a higher action; at most {MAX_INCREMENTS} are gone through: take "
            "fewer players or actions"
        )
    seen: set[tuple[Expr, tuple[Expr, ...], bool]] = set()
    for low, high in pairs:
        lower, higher = (game.by_counts(game.actions[a]) for a in (low, high))
        gains = {others: sp.expand(higher[others] - lower[others]) for others in game.counts}
        for others, gain in gains.items():
            neighbours = (add_player(remove_player(others, a), a + 1) for a in steps if others[a])
            raised_gains = tuple(dict.fromkeys(gains[counts] for counts in neighbours))
            if (gain, raised_gains, high == low + 1) not in seen:
                seen.add((gain, raised_gains, high == low + 1))
                payoffs = (lower[others], higher[others])
                yield Increment(
                    _label(game, low, others), gain, raised_gains, (), payoffs, high == low + 1
                )


def _label(game: SymmetricGame, low: int, others: Counts) -> str:
    counts = (f"{k} {a}" for k, a in zip(others, game.actions, strict=True) if k)
    return f"a player at {game.actions[low]} (others: {', '.join(counts)})"
