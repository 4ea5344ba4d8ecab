"""Which permutations of the players leave a game as it is, and the small form it then has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms.symmetric_game import SymmetricGame
from gametheory_eeu.forms.two_player_equilibria import in_numbers
from gametheory_eeu.solvers.anonymous_counts import ByCounts, by_counts
from gametheory_eeu.solvers.anonymous_pure import ByNumber, by_number
from gametheory_eeu.solvers.compositions import Counts, compositions

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

Seen = tuple[object, str, tuple[str, ...]]


def is_anonymous(game: NormalForm) -> bool:
    """Whether each payoff depends on one's own action and on how many others take each."""
    return _agree(game, lambda i, own, others: (i, own, others))


def is_symmetric(game: NormalForm) -> bool:
    """Whether in addition all players have the same payoffs."""
    return _agree(game, lambda _, own, others: (None, own, others))


def _agree(game: NormalForm, key: Callable[[int, str, tuple[str, ...]], Seen]) -> bool:
    if len(set(game.actions.values())) > 1:
        return False
    seen: dict[Seen, Expr] = {}
    for i, cells in enumerate(game.payoffs.values()):
        for profile, value in cells.items():
            others = tuple(sorted(profile[:i] + profile[i + 1 :]))
            known = seen.setdefault(key(i, profile[i], others), value)
            if known is not value and sp.simplify(known - value) != 0:
                return False
    return True


def symmetric_form(game: NormalForm) -> SymmetricGame:
    """The game by how many others take each action."""
    _check(game, symmetric=True)
    own, rest = next(iter(game.actions.values())), len(game.players) - 1
    payoffs = {a: _by_counts(game, 0, a) for a in own}
    return SymmetricGame(payoffs, rest + 1, given=game.space, title=game.title)


def pure_by_number(game: NormalForm) -> tuple[ByNumber, ...] | tuple[ByCounts, ...]:
    """The pure equilibria of an anonymous game in numbers, by how many take each action."""
    _check(game, symmetric=False)
    if not in_numbers(game):
        raise UnsupportedError("pure equilibria by number are found in numbers; use at() first")
    own, players = next(iter(game.actions.values())), range(len(game.players))
    worths = [[_by_counts(game, i, action) for action in own] for i in players]
    if len(own) > 2:
        return tuple(by_counts(worths))
    gains = [[first[c] - second[c] for c in first] for first, second in worths]
    return tuple(by_number(gains))


def _by_counts(game: NormalForm, i: int, action: str) -> dict[Counts, Expr]:
    """What a player's action pays, the others' counts in ascending order."""
    own = next(iter(game.actions.values()))
    cells = game.payoffs[game.players[i]]
    found = {}
    for counts in compositions(len(game.players) - 1, len(own)):
        others = [a for a, count in zip(own, counts, strict=True) for _ in range(count)]
        found[counts] = cells[(*others[:i], action, *others[i:])]
    return found


def _check(game: NormalForm, *, symmetric: bool) -> None:
    what = "symmetric" if symmetric else "anonymous"
    holds = is_symmetric(game) if symmetric else is_anonymous(game)
    if not holds or game.shape[0] < 2:
        raise UnsupportedError(
            f"{game!r} has no {what} small form: that takes two or more actions of the same names "
            f"for all, and {'the same ' if symmetric else ''}payoffs by own action and by how many "
            "others take each; solve() takes the game as it is"
        )


__all__ = ["is_anonymous", "is_symmetric", "pure_by_number", "symmetric_form"]
