"""Risk dominance and payoff dominance between two pure equilibria."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.errors import ParameterError, UnknownNameError, UnsupportedError
from gametheory_eeu.solvers.condition_simplification import simplify_with_samples
from gametheory_eeu.solvers.readable import arrange_relation

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

PureProfile = tuple[str, ...]


def risk_dominates(game: NormalForm, first: PureProfile, second: PureProfile) -> Boolean:
    """The condition for risk dominance: strict equilibria and a greater product of losses."""
    if game.shape != (2, 2):
        raise UnsupportedError(
            f"risk dominance is for two players with two actions each, and this is {game!r}"
        )
    first, second = (_profile(game, profile) for profile in (first, second))
    if any(a == b for a, b in zip(first, second, strict=True)):
        raise UnsupportedError(f"{first} and {second} must differ in both players' actions")
    first_losses, second_losses = _losses(game, first), _losses(game, second)
    strict = [arrange_relation(loss, sp.Gt) for loss in (*first_losses, *second_losses)]
    difference = factorization(
        first_losses[0] * first_losses[1] - second_losses[0] * second_losses[1]
    )
    return simplify_with_samples(sp.And(*strict, sp.Gt(difference, 0)), game.space)


def payoff_dominates(game: NormalForm, first: tuple[str, ...], second: tuple[str, ...]) -> Boolean:
    """The condition for payoff dominance: equilibria, the first better for every player."""
    first, second = (_profile(game, profile) for profile in (first, second))
    conditions = {e.name: e.condition for e in game.solve("pure Nash")}
    existence = sp.And(
        conditions.get(", ".join(first), sp.false), conditions.get(", ".join(second), sp.false)
    )
    gains = (
        arrange_relation(game.payoffs[p][first] - game.payoffs[p][second], sp.Gt)
        for p in game.players
    )
    return simplify_with_samples(sp.And(existence, *gains), game.space)


def _profile(game: NormalForm, value: object) -> tuple[str, ...]:
    """A pure profile of the game."""
    allowed = f"an action for each of {', '.join(game.players)}"
    profile = arg.sequence("profile", value, allowed)
    if not all(isinstance(action, str) for action in profile):
        raise ParameterError("profile", value, allowed)
    if profile not in game.profiles:
        raise UnknownNameError("profile", ", ".join(profile), map(", ".join, game.profiles))
    return profile


def _losses(game: NormalForm, profile: PureProfile) -> tuple[Expr, Expr]:
    """Each player's loss from a unilateral deviation from a profile."""
    (first, first_actions), (second, second_actions) = game.actions.items()
    deviation = (
        next(a for a in first_actions if a != profile[0]),
        next(a for a in second_actions if a != profile[1]),
    )
    return (
        sp.expand(game.payoffs[first][profile] - game.payoffs[first][deviation[0], profile[1]]),
        sp.expand(game.payoffs[second][profile] - game.payoffs[second][profile[0], deviation[1]]),
    )
