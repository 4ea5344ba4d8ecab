"""Which of two pure equilibria of a 2x2 game is the safer, and which pays everybody more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, UnknownNameError, UnsupportedError
from gametheory_eeu.solvers.condition_simplification import reduced
from gametheory_eeu.solvers.two_sided import sided

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

Pure = tuple[str, ...]


def risk_dominates(game: NormalForm, one: Pure, other: Pure) -> Boolean:
    """Where both are strict equilibria and the first has the greater product of losses."""
    if game.shape != (2, 2):
        raise UnsupportedError(
            f"risk dominance is for two players with two actions each, and this is {game!r}"
        )
    one, other = (_profile(game, profile) for profile in (one, other))
    if any(a == b for a, b in zip(one, other, strict=True)):
        raise UnsupportedError(f"{one} and {other} must differ in both players' actions")
    mine, theirs = _losses(game, one), _losses(game, other)
    strict = [sided(loss, sp.Gt) for loss in (*mine, *theirs)]
    gap = sp.factor(mine[0] * mine[1] - theirs[0] * theirs[1])
    return reduced(sp.And(*strict, sp.Gt(gap, 0)), game.space)


def payoff_dominates(game: NormalForm, one: tuple[str, ...], other: tuple[str, ...]) -> Boolean:
    """Where both are equilibria and the first gives every player more."""
    one, other = (_profile(game, profile) for profile in (one, other))
    pure = {e.name: e.condition for e in game.solve("pure Nash")}
    both = sp.And(pure.get(", ".join(one), sp.false), pure.get(", ".join(other), sp.false))
    more = (sided(game.payoffs[p][one] - game.payoffs[p][other], sp.Gt) for p in game.players)
    return reduced(sp.And(both, *more), game.space)


def _profile(game: NormalForm, given: object) -> tuple[str, ...]:
    """A pure profile of the game."""
    allowed = f"an action for each of {', '.join(game.players)}"
    found = arg.sequence("profile", given, allowed)
    if not all(isinstance(action, str) for action in found):
        raise ParameterError("profile", given, allowed)
    if found not in game.profiles:
        raise UnknownNameError("profile", ", ".join(found), map(", ".join, game.profiles))
    return found


def _losses(game: NormalForm, at: Pure) -> tuple[Expr, Expr]:
    """What each player loses by leaving a profile alone."""
    (first, mine), (second, theirs) = game.actions.items()
    there = next(a for a in mine if a != at[0]), next(a for a in theirs if a != at[1])
    return (
        sp.expand(game.payoffs[first][at] - game.payoffs[first][there[0], at[1]]),
        sp.expand(game.payoffs[second][at] - game.payoffs[second][at[0], there[1]]),
    )


__all__ = ["payoff_dominates", "risk_dominates"]
