"""The Nash equilibria of a game of three or more players, pure and mixed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import fmpq, fmpq_poly

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms.two_players import in_numbers
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.solvers.support_enumeration import Isolated, Unsolved, mixed_equilibria
from gametheory_eeu.solvers.table import Support, Table, pure_equilibria

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm


def table(game: NormalForm) -> Table:
    """The game as a table of whole numbers.

    Raises
    ------
    UnsupportedError
        A payoff that is not a rational number.
    """
    for player, cells in game.payoffs.items():
        for profile, value in cells.items():
            if not value.is_Rational:
                raise UnsupportedError(
                    f"the payoff of {player} at {', '.join(profile)} is {value}, no rational "
                    "number; give values to all symbols, or solve for 'pure Nash'"
                )
    numbered = list(Table.positions(game.shape))
    payoffs = [dict(zip(numbered, cells.values(), strict=True)) for cells in game.payoffs.values()]
    return Table(game.shape, payoffs)


def candidates(game: NormalForm) -> list[tuple[str, ...]] | None:
    """The profiles of the pure equilibria of a game in rational numbers; None for other games."""
    if not in_numbers(game):
        return None
    actions = list(game.actions.values())
    found = pure_equilibria(table(game))
    return [tuple(own[a] for own, a in zip(actions, p, strict=True)) for p in found]


def nash(game: NormalForm) -> EquilibriumSet:
    """Every equilibrium of a game in numbers, however many play."""
    found = list(mixed_equilibria(table(game)))
    isolated = [e for e in found if isinstance(e, Isolated)]
    left = [e for e in found if isinstance(e, Unsolved)]
    count = Counter(e.support for e in isolated)
    seen: Counter[Support] = Counter()
    equilibria = []
    for e in sorted(isolated, key=lambda e: (sum(map(len, e.support)), e.support)):
        seen[e.support] += 1
        number = f" ({seen[e.support]})" if count[e.support] > 1 else ""
        equilibria.append(_equilibrium(game, e, support_name(game, e.support) + number))
    return EquilibriumSet(
        tuple(equilibria),
        game,
        "Nash",
        "support enumeration, each polynomial system solved exactly",
        sp.false if left else sp.true,
        _why(game, left),
    )


def support_name(game: NormalForm, support: Support) -> str:
    """The actions that are played: "a, b + c, d"."""
    actions = game.actions.values()
    return ", ".join(
        " + ".join(own[a] for a in played) for own, played in zip(actions, support, strict=True)
    )


def _equilibrium(game: NormalForm, found: Isolated, name: str) -> Equilibrium:
    point = found.point
    profile = {
        player: {a: point.number(chance) for a, chance in zip(own, mix, strict=True)}
        for (player, own), mix in zip(game.actions.items(), found.probabilities, strict=True)
    }
    payoffs = {player: _payoff(game, found, player) for player in game.players}
    return Equilibrium(name, profile, payoffs, sp.true, "Nash", game=game)


def _payoff(game: NormalForm, found: Isolated, player: str) -> Expr:
    total = fmpq_poly([0])
    for pure_profile, value in zip(
        Table.positions(game.shape), game.payoffs[player].values(), strict=True
    ):
        chance: Any = fmpq_poly([fmpq(int(value.p), int(value.q))])
        for mix, a in zip(found.probabilities, pure_profile, strict=True):
            chance = found.point.reduced(chance * mix[a])
        total += chance
    return found.point.number(total)


def _why(game: NormalForm, left: list[Unsolved]) -> str:
    if not left:
        return "every support was looked at; the systems have finitely many solutions, all found"
    open_ = "; ".join(f"{support_name(game, u.support)} ({_REASONS[u.why]})" for u in left)
    return f"all supports but these were settled: {open_}"


_REASONS = {
    "infinite": "its equations have infinitely many solutions",
    "large": "its equations are too large for the exact method",
}

__all__ = ["candidates", "nash", "support_name", "table"]
