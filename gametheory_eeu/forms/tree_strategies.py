"""Trees as they are written, checked, and the normal form of their plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, TooLargeError, UnsupportedError
from gametheory_eeu.forms.normal_form import NormalForm
from gametheory_eeu.games.equilibrium import unique_names
from gametheory_eeu.games.tree import (
    MAX_DEPTH,
    MAX_NODES,
    Chance,
    Move,
    Node,
    Outcome,
    Plan,
    Steps,
    edges,
    expected_payoff,
    first_information_sets,
    information_sets,
    levels,
    mixed_strategy,
    own_histories,
    plan_counts,
    plans,
    preorder,
    pure_strategies,
)
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.readable import relation

if TYPE_CHECKING:
    from gametheory_eeu.forms.extensive_form import ExtensiveForm


def check_tree(root: Node, players: Sequence[str], space: Space) -> Space:
    """Check a game tree; the space with the nonnegativity of probabilities added."""
    _check_size(root)
    _check_labels(root)
    _check_players(root, players)
    sets = information_sets(root)
    if not sets:
        raise ParameterError("tree", "no move", "a tree in which at least one player moves")
    for name, nodes in sets.items():
        _check_set(name, nodes)
    _check_recall(root)
    return _with_chance_constraints(root, space)


def _check_size(root: Node) -> None:
    count = 0
    for depth, level in enumerate(levels(root)):
        count += len(level)
        if depth > MAX_DEPTH or count > MAX_NODES:
            size = f"{count} nodes or more, {depth} moves after each other"
            raise TooLargeError(
                f"a tree of {size}, above the limits of {MAX_NODES} and {MAX_DEPTH}; leave out "
                "branches, or put what one of them is worth in its place"
            )


def _check_labels(root: Node) -> None:
    for node in preorder(root):
        if isinstance(node, Outcome):
            continue
        name = "chance's branches"
        if isinstance(node, Move):
            name = f"actions at {node.information_set}"
        labels = [edge[0] for edge in edges(node)]
        if not labels or len(set(labels)) < len(labels):
            raise ParameterError(name, labels, "one or more names that differ")


def _check_players(root: Node, players: Sequence[str]) -> None:
    for node in preorder(root):
        if isinstance(node, Move) and node.player not in players:
            raise ParameterError(f"player at {node.information_set}", node.player,
                                 f"one of {', '.join(players)}")  # fmt: skip
        if isinstance(node, Outcome) and set(node.payoffs) != set(players):
            allowed = f"a payoff for each of {', '.join(players)}"
            raise ParameterError("payoffs", dict(node.payoffs), allowed)


def _check_set(name: str, nodes: Sequence[Move]) -> None:
    players = sorted({node.player for node in nodes})
    if len(players) > 1:
        raise ParameterError(f"information set {name}", players, "nodes of one player",
                             "Give the other player's nodes a name of their own")  # fmt: skip
    actions = {frozenset(action for action, _ in node.actions) for node in nodes}
    if len(actions) > 1:
        action_lists = [", ".join(sorted(labels)) for labels in actions]
        raise ParameterError(f"information set {name}", sorted(action_lists), "the same actions at "
                             "every node: its player cannot tell the nodes apart")  # fmt: skip
    labels = [node.node for node in nodes]
    if len(set(labels)) < len(labels):
        raise ParameterError(f"information set {name}", labels, "nodes with names that differ")


def _check_recall(root: Node) -> None:
    first_visits: dict[str, tuple[Move, Steps]] = {}
    for move, steps in own_histories(root):
        first_move, first_steps = first_visits.setdefault(move.information_set, (move, steps))
        if first_steps != steps:
            histories = {first_move.node: _steps_text(first_steps), move.node: _steps_text(steps)}
            raise ParameterError(
                f"information set {move.information_set}",
                histories,
                f"perfect recall: {move.player} has done the same before each of its nodes",
                "What it would have to forget is shown node by node",
            )


def _steps_text(steps: Steps) -> str:
    return ", ".join(f"{action} at {name}" for name, action in steps) or "nothing yet"


def _with_chance_constraints(root: Node, space: Space) -> Space:
    """Check that probabilities sum to one; the space on which none is negative."""
    requirements: dict[Boolean, None] = {}
    for node in preorder(root):
        if not isinstance(node, Chance):
            continue
        values = {label: str(p) for label, p, _ in node.branches}
        requirements |= dict.fromkeys(sp.Ge(p, 0) for _, p, _ in node.branches)
        total = sp.Add(*(p for _, p, _ in node.branches))
        if sp.expand(total - 1) != 0 and prover.prove(sp.Eq(total, 1), space).verdict != "proved":
            raise ParameterError("probabilities of chance", values, "numbers that sum to one",
                                 f"These sum to {sp.expand(total)}")  # fmt: skip
        if sp.false in requirements:
            raise ParameterError("probabilities of chance", values, "none below zero")
    bounds = [c for c in requirements if c != sp.true and prover.simplify(c, space) != sp.true]
    result = Space.of(space, *bounds)
    if bounds and result.empty.verdict == "proved":
        raise ParameterError("given", str(space), "values at which chance has probabilities",
                             f"There {' and '.join(map(str, bounds))} cannot hold")  # fmt: skip
    return result


def check_chances(root: Node, space: Space) -> None:
    """Refuse chance moves whose probabilities may be zero."""
    chance_nodes = [node for node in preorder(root) if isinstance(node, Chance)]
    for probability in dict.fromkeys(p for node in chance_nodes for _, p, _ in node.branches):
        if not is_proved(sp.Gt(probability, 0), space):
            raise UnsupportedError(
                "sequential equilibrium is defined where every chance move has positive "
                f"probability, and {probability} is not known to: say so in given=, or leave out "
                "the branch"
            )


MAX_CELLS = 100_000
MAX_STRATEGIES = 5_000
"""Of one player, where they are listed."""
MAX_COMPARED = 100
"""Strategies that are compared with each other where their worth is no rational number."""
IDLE = "no move"
"""The one strategy of a player that never moves."""


def strategy_count(game: ExtensiveForm, player: str, *, reduced: bool = True) -> int:
    """The number of a player's pure strategies, without listing them."""
    if not reduced:
        return prod(len(a) for n, a in game.actions.items() if game.player_at(n) == player)
    counts = plan_counts(game.root)
    return prod(counts[n] for n in first_information_sets(game.root) if game.player_at(n) == player)


def strategies(game: ExtensiveForm, player: str, *, reduced: bool = True) -> dict[str, Plan]:
    """A player's pure strategies by name; reduced ones omit unreachable information sets."""
    size = strategy_count(game, player, reduced=reduced)
    if size > MAX_STRATEGIES:
        raise TooLargeError(
            f"{player} has {size} strategies, above the limit of {MAX_STRATEGIES}; the tree's own "
            "solve() and verify_assessment(...) go by information sets instead"
        )
    if reduced:
        plan_lists = [
            list(plans(game.root, name))
            for name in first_information_sets(game.root)
            if game.player_at(name) == player
        ]
    else:
        set_names = [name for name in game.actions if game.player_at(name) == player]
        plan_lists = [[{name: action} for action in game.actions[name]] for name in set_names]
    all_plans: list[Plan] = []
    for parts in product(*plan_lists):
        plan = {name: action for part in parts for name, action in part.items()}
        all_plans.append({name: plan[name] for name in game.actions if name in plan})
    return dict(zip(_strategy_names(all_plans), all_plans, strict=True))


def _strategy_names(plan_list: list[Plan]) -> list[str]:
    """The names of strategies: their actions, with information sets where needed."""
    names = ["/".join(map(_action_label, plan.values())) or IDLE for plan in plan_list]
    if len(set(names)) == len(names):
        return names
    return unique_names(
        "; ".join(f"{place}: {_action_label(action)}" for place, action in plan.items())
        for plan in plan_list
    )


def _action_label(action: str) -> str:
    """An action as part of a name, quoted if it contains a separator of names."""
    return repr(action) if ", " in action or " + " in action else action


def normal_form(game: ExtensiveForm, *, reduced: bool = True) -> NormalForm:
    """The game in normal form; each strategy is named by its actions in order."""
    if len(game.players) < 2:
        raise ParameterError("players", game.players, "two or more, for a normal form")
    counts = {p: strategy_count(game, p, reduced=reduced) for p in game.players}
    if prod(counts.values()) > MAX_CELLS:
        shape = " x ".join(map(str, counts.values()))
        raise TooLargeError(
            f"the normal form has {shape} = {prod(counts.values())} cells, more than the limit of "
            f"{MAX_CELLS}; the tree's own solve() goes by information sets instead"
        )
    strategies_by_player = {p: strategies(game, p, reduced=reduced) for p in game.players}

    def payoffs(profile: tuple[str, ...]) -> list[Expr]:
        pairs = zip(game.players, profile, strict=True)
        plans = (strategies_by_player[player][name] for player, name in pairs)
        pure = {place: mix for plan in plans for place, mix in pure_strategies(plan).items()}
        return [expected_payoff(game.root, pure, player) for player in game.players]

    actions = {player: list(by_name) for player, by_name in strategies_by_player.items()}
    return NormalForm(payoffs, actions=actions, given=game.space, title=game.title)


def behaviour(game: ExtensiveForm, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
    """Behaviour strategies equivalent to mixed strategies of the reduced normal form.

    Where a player's own play never leads, its first action stands for any.
    """
    result: dict[str, dict[str, Expr]] = {}
    for player in game.players:
        by_name = strategies(game, player)
        probabilities = mixed_strategy(player, profile.get(player, IDLE), tuple(by_name))
        for information_set, actions in game.actions.items():
            if game.player_at(information_set) != player:
                continue
            weights = dict.fromkeys(actions, sp.Integer(0))
            for name, plan in by_name.items():
                if information_set in plan:
                    weights[plan[information_set]] += probabilities[name]
            total = sp.simplify(sp.Add(*weights.values()))
            if total == 0:
                weights, total = {a: sp.Integer(int(a == actions[0])) for a in actions}, 1
            result[information_set] = {
                action: sp.simplify(w / total) for action, w in weights.items()
            }
    return {information_set: result[information_set] for information_set in game.actions}


def mixture(game: ExtensiveForm, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
    """Mixed strategies of the reduced normal form equivalent to behaviour strategies."""
    behaviour_profile = game.mixes(profile)
    return {
        player: {
            name: sp.Mul(*(behaviour_profile[place][action] for place, action in plan.items()))
            for name, plan in strategies(game, player).items()
        }
        for player in game.players
    }


def best_replies(
    game: ExtensiveForm, profile: Mapping[str, Any], player: str
) -> dict[str, Boolean]:
    """The condition under which each of a player's reduced strategies is a best reply."""
    behaviour_profile = game.mixes(profile)
    by_name = strategies(game, player)
    payoffs = {
        name: expected_payoff(game.root, {**behaviour_profile, **pure_strategies(plan)}, player)
        for name, plan in by_name.items()
    }
    if all(w.is_Rational for w in payoffs.values()):
        return {name: sp.true for name, w in payoffs.items() if w == max(payoffs.values())}
    if len(by_name) > MAX_COMPARED:
        raise TooLargeError(
            f"{player} has {len(by_name)} strategies, above the limit of {MAX_COMPARED} that are "
            "compared with each other with symbols; give values with .at(...)"
        )
    conditions = {
        name: prover.simplify(
            sp.And(*(relation(sp.expand(w - v), ">=", game.space) for v in payoffs.values())),
            game.space,
        )
        for name, w in payoffs.items()
    }
    return {name: condition for name, condition in conditions.items() if condition != sp.false}
