"""A tree's normal form, and strategies of the two forms turned into each other (Kuhn 1953)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.forms.normal_form import NormalForm
from gametheory_eeu.model.subgames import Plan, first_sets, plan_counts, plans
from gametheory_eeu.model.tree import mixed, value
from gametheory_eeu.model.unique_names import told_apart
from gametheory_eeu.solvers.indifference import relation

if TYPE_CHECKING:
    from gametheory_eeu.forms.extensive_form import ExtensiveForm

MOST_CELLS = 100_000
MOST_STRATEGIES = 5_000
"""Of one player, where they are listed."""
MOST_COMPARED = 100
"""Strategies that are compared with each other where their worth is no rational number."""
IDLE = "no move"
"""The one strategy of a player that never moves."""


def how_many(game: ExtensiveForm, player: str, *, reduced: bool = True) -> int:
    """The number of a player's pure strategies, without listing them."""
    if not reduced:
        return prod(len(a) for n, a in game.actions.items() if game.player_at(n) == player)
    counts = plan_counts(game.root)
    return prod(counts[n] for n in first_sets(game.root) if game.player_at(n) == player)


def strategies(game: ExtensiveForm, player: str, *, reduced: bool = True) -> dict[str, Plan]:
    """A player's pure strategies by name; reduced ones say nothing of what they keep from play.

    Raises
    ------
    TooLargeError
        More than ``MOST_STRATEGIES``, by their count.
    """
    size = how_many(game, player, reduced=reduced)
    if size > MOST_STRATEGIES:
        raise TooLargeError(
            f"{player} has {size} strategies, above the limit of {MOST_STRATEGIES}; the tree's own "
            "solve() and verify_assessment(...) go by information sets instead"
        )
    if reduced:
        own = [
            list(plans(game.root, name))
            for name in first_sets(game.root)
            if game.player_at(name) == player
        ]
    else:
        places = [name for name in game.actions if game.player_at(name) == player]
        own = [[{name: action} for action in game.actions[name]] for name in places]
    found: list[Plan] = []
    for parts in product(*own):
        plan = {name: action for part in parts for name, action in part.items()}
        found.append({name: plan[name] for name in game.actions if name in plan})
    return dict(zip(_names(found), found, strict=True))


def _names(own: list[Plan]) -> list[str]:
    """Each strategy by its actions; with the information sets where actions alone read alike."""
    short = ["/".join(map(_label, plan.values())) or IDLE for plan in own]
    if len(set(short)) == len(short):
        return short
    return told_apart(["; ".join(f"{at}: {_label(a)}" for at, a in plan.items()) for plan in own])


def _label(action: str) -> str:
    """An action as part of a name: in quotes if it has what joins names in a normal form."""
    return repr(action) if ", " in action or " + " in action else action


def normal_form(game: ExtensiveForm, *, reduced: bool = True) -> NormalForm:
    """The game in normal form; each strategy is named by its actions in order."""
    if len(game.players) < 2:
        raise ParameterError("players", game.players, "two or more, for a normal form")
    counts = {p: how_many(game, p, reduced=reduced) for p in game.players}
    if prod(counts.values()) > MOST_CELLS:
        shape = " x ".join(map(str, counts.values()))
        raise TooLargeError(
            f"the normal form has {shape} = {prod(counts.values())} cells, more than the limit of "
            f"{MOST_CELLS}; the tree's own solve() goes by information sets instead"
        )
    by_player = {p: strategies(game, p, reduced=reduced) for p in game.players}

    def payoffs(profile: tuple[str, ...]) -> list[Expr]:
        played = {
            place: {action: sp.Integer(1)}
            for player, name in zip(game.players, profile, strict=True)
            for place, action in by_player[player][name].items()
        }
        return [value(game.root, played, player) for player in game.players]

    actions = {player: list(own) for player, own in by_player.items()}
    return NormalForm(payoffs, actions=actions, given=game.space, title=game.title)


def behaviour(game: ExtensiveForm, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
    """Behaviour strategies that play as mixed strategies of the reduced normal form do.

    Where a player's own play never leads, its first action stands for any.
    """
    found: dict[str, dict[str, Expr]] = {}
    for player in game.players:
        own = strategies(game, player)
        chances = mixed(player, profile.get(player, IDLE), tuple(own))
        for place, actions in game.actions.items():
            if game.player_at(place) != player:
                continue
            weight = {
                action: sp.Add(
                    *(chances[n] for n, plan in own.items() if plan.get(place) == action)
                )
                for action in actions
            }
            total = sp.simplify(sp.Add(*weight.values()))
            if total == 0:
                weight, total = {a: sp.Integer(int(a == actions[0])) for a in actions}, 1
            found[place] = {action: sp.simplify(w / total) for action, w in weight.items()}
    return {place: found[place] for place in game.actions}


def mixture(game: ExtensiveForm, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
    """Mixed strategies of the reduced normal form that play as behaviour strategies do."""
    played = game.mixes(profile)
    return {
        player: {
            name: sp.Mul(*(played[place][action] for place, action in plan.items()))
            for name, plan in strategies(game, player).items()
        }
        for player in game.players
    }


def best_replies(
    game: ExtensiveForm, profile: Mapping[str, Any], player: str
) -> dict[str, Boolean]:
    """The condition under which each of a player's reduced strategies is a best reply."""
    played = game.mixes(profile)
    own = strategies(game, player)
    worth = {
        name: value(
            game.root,
            {**played, **{place: {a: sp.Integer(1)} for place, a in plan.items()}},
            player,
        )
        for name, plan in own.items()
    }
    if all(w.is_Rational for w in worth.values()):
        return {name: sp.true for name, w in worth.items() if w == max(worth.values())}
    if len(own) > MOST_COMPARED:
        raise TooLargeError(
            f"{player} has {len(own)} strategies, above the limit of {MOST_COMPARED} that are "
            "compared with each other with symbols; give values with .at(...)"
        )
    best = {
        name: prover.simplify(
            sp.And(*(relation(sp.expand(w - v), ">=", game.space) for v in worth.values())),
            game.space,
        )
        for name, w in worth.items()
    }
    return {name: condition for name, condition in best.items() if condition != sp.false}


__all__ = ["IDLE", "behaviour", "best_replies", "mixture", "normal_form", "strategies"]
