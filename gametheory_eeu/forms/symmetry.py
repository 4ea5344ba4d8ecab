"""Symmetry and anonymity of normal forms, and the symmetric form of a game."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms.symmetric_game import SymmetricGame
from gametheory_eeu.forms.two_player_equilibria import has_rational_payoffs
from gametheory_eeu.solvers.counts import Counts, compositions
from gametheory_eeu.solvers.pure_nash import (
    EquilibriaByCounts,
    EquilibriaByNumber,
    equilibria_by_counts,
    equilibria_by_number,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

PayoffKey = tuple[object, str, tuple[str, ...]]


def is_anonymous(game: NormalForm) -> bool:
    """Whether each payoff depends on one's own action and on how many others take each."""
    return _has_equal_payoffs(game, lambda i, action, others: (i, action, others))


def is_symmetric(game: NormalForm) -> bool:
    """Whether the game is anonymous and all players have the same payoffs."""
    return _has_equal_payoffs(game, lambda _, action, others: (None, action, others))


def _has_equal_payoffs(
    game: NormalForm, key: Callable[[int, str, tuple[str, ...]], PayoffKey]
) -> bool:
    if len(set(game.actions.values())) > 1:
        return False
    first_payoffs: dict[PayoffKey, Expr] = {}
    for i, table in enumerate(game.payoffs.values()):
        for profile, value in table.items():
            others = tuple(sorted(profile[:i] + profile[i + 1 :]))
            first_payoff = first_payoffs.setdefault(key(i, profile[i], others), value)
            if first_payoff is not value and sp.simplify(first_payoff - value) != 0:
                return False
    return True


def symmetric_form(game: NormalForm) -> SymmetricGame:
    """The symmetric form: payoffs by how many others take each action."""
    _check_symmetry(game, symmetric=True)
    actions, other_count = next(iter(game.actions.values())), len(game.players) - 1
    payoffs = {a: _payoffs_by_counts(game, 0, a) for a in actions}
    return SymmetricGame(payoffs, other_count + 1, given=game.space, title=game.title)


def pure_by_number(
    game: NormalForm,
) -> tuple[EquilibriaByNumber, ...] | tuple[EquilibriaByCounts, ...]:
    """The pure equilibria of an anonymous rational game, by how many take each action."""
    _check_symmetry(game, symmetric=False)
    if not has_rational_payoffs(game):
        raise UnsupportedError("pure equilibria by number are found in numbers; use at() first")
    actions, players = next(iter(game.actions.values())), range(len(game.players))
    payoffs = [[_payoffs_by_counts(game, i, action) for action in actions] for i in players]
    if len(actions) > 2:
        return tuple(equilibria_by_counts(payoffs))
    gains = [[first[c] - second[c] for c in first] for first, second in payoffs]
    return tuple(equilibria_by_number(gains))


def _payoffs_by_counts(game: NormalForm, i: int, action: str) -> dict[Counts, Expr]:
    """The payoffs of a player's action by the others' counts, in ascending order."""
    actions = next(iter(game.actions.values()))
    table = game.payoffs[game.players[i]]
    payoffs = {}
    for counts in compositions(len(game.players) - 1, len(actions)):
        others = [a for a, count in zip(actions, counts, strict=True) for _ in range(count)]
        payoffs[counts] = table[(*others[:i], action, *others[i:])]
    return payoffs


def _check_symmetry(game: NormalForm, *, symmetric: bool) -> None:
    kind = "symmetric" if symmetric else "anonymous"
    is_valid = is_symmetric(game) if symmetric else is_anonymous(game)
    if not is_valid or game.shape[0] < 2:
        raise UnsupportedError(
            f"{game!r} has no {kind} small form: that takes two or more actions of the same names "
            f"for all, and {'the same ' if symmetric else ''}payoffs by own action and by how many "
            "others take each; solve() takes the game as it is"
        )
